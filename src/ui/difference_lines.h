/* difference_lines: what another process made of runtime_overrides.json, as a table of text: for a
 * dialog, an explanation and a terminal. Pure; any thread. */
#ifndef SOAKTOP_UI_DIFFERENCE_LINES_H
#define SOAKTOP_UI_DIFFERENCE_LINES_H

#include "model/mem.h"
#include "model/run.h"

/* Appends the head of the table, each row of CHANGE's difference and what its words mean, one a
 * line: key, expected, on disk, wanted, word. */
void difference_lines(const struct change *change, const struct param_table *table,
                      struct buffer *text);

#endif
