/* standing: what an operator said of earlier proposals and still counts: lines that he holds back,
 * and targets that he rejected. Follows from the recorded iterations alone, so that a run that was
 * read from its journal goes on as it would have. Pure; one thread owns it. */
#ifndef SOAKTOP_MODEL_STANDING_H
#define SOAKTOP_MODEL_STANDING_H

#include "model/iteration.h"

struct rejection {
    int param, iteration;
    double target;
};

struct standing {
    size_t held_count;
    struct delta held[PARAM_MAX]; /* one a parameter: its newest line */
    size_t rejected_count, rejected_capacity;
    struct rejection *rejected; /* newest of each target; owned */
};

/* ITERATION was recorded, the one after the last that was added. A hold ends when its line came
 * back, when another line of its parameter took its place, or when its target is in force. */
void standing_add(struct standing *standing, const struct iteration *iteration);
void standing_fini(struct standing *standing);

/* Before the guards: lines of PROPOSAL (the tuner's, of parameters VALUES) whose parameter is held
 * are HELD until their iteration, but none towards safety by the hold of a line that was not; lines
 * whose iteration has come, or that wait for a guard, come back. Nothing comes back beside
 * FALLBACK. JUDGED: the same proposal after a first try and the guards: what waits for a guard and
 * is blocked there stays held; NULL: this is the first try. Each line gets the iteration in which
 * its target was rejected. */
void standing_lay(struct proposal *proposal, const struct standing *standing,
                  const struct value *values, const struct param_table *table,
                  const struct proposal *judged);
/* True if a second try is needed. */
bool standing_waits_for_guard(const struct standing *standing);

#endif
