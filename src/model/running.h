/* running: which parameters a bot says that it really runs with (runtime.overrides_hash in its edge
 * report), against those that were in force by the journal. Pure; any thread. */
#ifndef SOAKTOP_MODEL_RUNNING_H
#define SOAKTOP_MODEL_RUNNING_H

#include "model/run.h"

enum running {
    RUNNING_UNKNOWN,  /* the report does not say, or what was in force is not known */
    RUNNING_EXPECTED, /* those in force; also those before a change that came while it ran */
    RUNNING_DIVERGED  /* others */
};

/* Of iteration NUMBER of RUN. */
enum running running_of(const struct run *run, int number);
/* What became of the written line DELTA of iteration NUMBER, as far as RUN tells: APPLIED becomes
 * DIVERGED if the next iteration ran with other parameters by the bot's own word. */
enum delta_state running_state(const struct run *run, const struct delta *delta, int number);
/* "the bot ran it 5 with 9f3a1c2d4e5f, not with 77aa02.."; "" unless it diverged. */
void running_text(const struct run *run, int number, char *text, size_t size);

#endif
