/* past: what the earlier part of a run tells about a line of a proposal: what the same change did
 * to the KPIs, and whether the operator has said no to it before. It counts what was recorded and
 * claims no cause: how many cases there are, and whether other parameters moved with them, is part
 * of each answer. Pure; any thread. */
#ifndef SOAKTOP_MODEL_PAST_H
#define SOAKTOP_MODEL_PAST_H

#include "model/run.h"

enum {
    PAST_AFTER = 4,   /* iterations that a change is followed for */
    PAST_EVIDENCE = 3 /* fewer cases are weak evidence */
};

/* One earlier apply of the same change. */
struct past_effect {
    int iteration; /* whose apply it was */
    double step;   /* after - before of the parameter */
    bool mixed;    /* other parameters moved with it */
    int followed;  /* of the next PAST_AFTER iterations: valid, and run with the value */
    struct value change[KPI_COUNT]; /* mean of those minus the KPI of ITERATION; missing: n/a */
};

enum past_match {
    PAST_NONE,      /* it was never moved that way */
    PAST_SAME_STEP, /* by the same amount */
    PAST_SAME_WAY   /* in the same direction, by other amounts */
};

/* Fills EFFECTS (room for MAX) with the newest applies before iteration BEFORE that moved PARAM by
 * STEP, or, if there are none, in its direction; oldest first. *COUNT is how many there are in all,
 * which may be more than MAX. */
enum past_match past_effects(struct past_effect *effects, size_t max, size_t *count,
                             const struct run *run, int before, int param, double step);

#endif
