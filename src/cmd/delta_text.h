/* delta_text: a proposed line in words: its numbers, what became of it and why. Pure. */
#ifndef SOAKTOP_CMD_DELTA_TEXT_H
#define SOAKTOP_CMD_DELTA_TEXT_H

#include "model/iteration.h"

/* NUMBER with the decimals of DELTA's parameter. */
void delta_text_number(const struct delta *delta, double number, const struct param_table *table,
                       char *text, size_t size);
/* True if it was written, also if that was rolled back later. */
bool delta_text_was_written(const struct delta *delta);
/* "applied", "blocked", "not applied" ... */
const char *delta_text_fate(const struct delta *delta);
/* Why DELTA of ITERATION was not written: "velocity: moves 30 ..., limit 27", "observe"; "" if
 * nothing is recorded. ITERATION NULL: DELTA waits. Raw: make it safe. */
void delta_text_reason(const struct delta *delta, const struct iteration *iteration, char *text,
                       size_t size);

#endif
