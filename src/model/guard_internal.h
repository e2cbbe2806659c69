/* guard_internal: what the guards share: the run's history as they read it, and blocking a line.
 * Only guard*.c includes it. Same thread as the caller of guard.h. */
#ifndef SOAKTOP_MODEL_GUARD_INTERNAL_H
#define SOAKTOP_MODEL_GUARD_INTERNAL_H

#include "model/guard.h"

/* The value in force: what is set, else the default; missing if there is neither. */
struct value guard_effective(const struct param_table *table, const struct value *values,
                             int param);

/* The parameters in force when iteration NUMBER is decided (recorded, or the next to come), from
 * its record, the run's present state or, in a run from disk, what was written last; NULL: not
 * known. Borrowed from the run. */
const struct value *guard_values_at(const struct run *run, int number,
                                    const struct param_table *table);

/* A guard's own setting from the parameters in force, moved into its bounds; missing if the table
 * lacks the parameter or it has neither value nor default. */
struct value guard_setting(const struct guard_context *context, int param);

/* The newest iteration of FROM..iteration-1 whose record is missing or lacks its parameters, or
 * after which a change of unknown values came; 0 if all can be read. Failed ones can: nothing was
 * tuned in them. */
int guard_gap(const struct guard_context *context, int from);

/* Every state of the parameters that was in force from iteration FROM on, oldest first, the present
 * one last; repeats included. The vectors are borrowed from the run. */
struct guard_states {
    size_t count, capacity;
    const struct value **state;
};
struct guard_states guard_states_since(const struct guard_context *context, int from);
void guard_states_fini(struct guard_states *states);

/* Index of the first change that came after iteration FROM was judged, or later; change_count if
 * there is none. Changes of the iteration being decided and later ones are not looked at. */
size_t guard_first_change(const struct guard_context *context, int from);
size_t guard_end_change(const struct guard_context *context);

/* |after - before| of PARAM by CHANGE; 0 if it was set for the first time and has no default. */
double guard_distance(const struct guard_context *context, const struct change *change, int param);

/* True if the tuner itself aims DELTA towards safety (not so once an operator edited it). */
bool guard_exempt(const struct delta *delta);
bool guard_open(const struct delta *delta);

/* Blocks DELTA by GUARD, with a note "NOW -> AFTER: " and what FORMAT says. */
void guard_block(struct delta *delta, enum guard guard, int clears_at,
                 const struct guard_context *context, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same because iteration GAP cannot be read, which GUARD looks back at for SPAN iterations. */
void guard_block_gap(struct delta *delta, enum guard guard, int gap, int span,
                     const struct guard_context *context);
/* The same because the setting NAME is not there. */
void guard_block_unset(struct delta *delta, enum guard guard, const struct guard_context *context,
                       const char *name);

/* The guards, in the order in which they look at a proposal; each passes over lines that are no
 * longer open. */
void guard_freeze_check(struct proposal *proposal, const struct guard_context *context);
void guard_oscillation_check(struct proposal *proposal, const struct guard_context *context);
void guard_velocity_check(struct proposal *proposal, const struct guard_context *context);
void guard_cooldown_check(struct proposal *proposal, const struct guard_context *context);
void guard_state_check(struct proposal *proposal, const struct guard_context *context);

/* Starts of a freeze in the iteration being decided (summary judged). */
bool guard_freeze_starts(const struct guard_context *context);
/* Iteration whose freeze covers iteration NUMBER (at most one after the one being decided), as far
 * as the iterations before NUMBER and the present summary tell; 0: none. */
int guard_freeze_covering(const struct guard_context *context, int number);

/* What keeps automatic proposals back. */
struct guard_cooldown {
    int since;   /* iteration after which it began; 0: none */
    int until;   /* last iteration that it covers */
    int covers;  /* cooldown_iters */
    bool rolled; /* after a rollback, not after a large change */
};
/* The cooldown that covers the iteration and lasts longest; with PARAM >= 0 only those after a
 * rollback that moved PARAM. */
struct guard_cooldown guard_cooldown_now(const struct guard_context *context, int param);

/* Sum of |change| of PARAM applied in the last velocity iterations before NUMBER. */
double guard_velocity_sum(const struct guard_context *context, int number, int param);
/* What it may not exceed; missing without bounds or setting. */
struct value guard_velocity_limit(const struct guard_context *context, int param);

#endif
