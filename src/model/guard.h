/* guard: allows or blocks each line of a proposal by the run's applied history (ENGINE section 6).
 * Pure: counts iterations and recorded times only, so that a replay gives the same answer. */
#ifndef SOAKTOP_MODEL_GUARD_H
#define SOAKTOP_MODEL_GUARD_H

#include "model/run.h"

/* What the guards look at besides the proposal. */
struct guard_context {
    const struct run *run;         /* recorded iterations before this one, and all changes */
    int iteration;                 /* the one being decided */
    const struct summary *summary; /* its summary; NULL if it failed */
    const struct value *values;    /* in force, [table->count], as runtime_values gives them */
    bool final;                    /* the last iteration of a run of fixed length */
    const struct policy *policy;
    const struct param_table *table;
};

enum { GUARD_NOTE_MAX = PROPOSAL_DELTAS_MAX * (DELTA_NOTE_MAX + PARAM_NAME_MAX + 24) };

/* What the guards found, for ITER_SUMMARY. */
struct guard_report {
    bool oscillation_detected, velocity_violation, cooldown_active, freeze_triggered;
    char freeze_reason[32]; /* "steady_state_lock" or "" */
    unsigned skip;          /* skip_flag bits of what was blocked */
    /* every guard that blocked something: parameter, value, limit; "; " between them */
    char note[GUARD_NOTE_MAX];
};

/* Marks each line DELTA_BLOCKED (guard, note, clears_at) or leaves it DELTA_PROPOSED; lines in
 * another state are passed over, but what an overridden one will write counts. Judged is `after`:
 * the target, or an operator's edit; an edited line of a safety rule has lost its exemption. A
 * history that cannot be judged (a gap among the iterations that a guard looks at, parameters that
 * were not recorded, a guard's own setting that is not there) blocks what is not exempt: fails
 * closed. oscillation_detected and velocity_violation: a line was blocked for it; cooldown_active:
 * this iteration is within a cooldown, whether or not there was anything to block. */
void guard_check(struct proposal *proposal, struct guard_report *report,
                 const struct guard_context *context);

/* Fills skip and note anew from the lines that are still blocked: an operator may have overridden
 * a guard, or edited a line so that it passes. */
void guard_report_lines(struct guard_report *report, const struct proposal *proposal);

/* Valid iterations running with net_bps < 0 up to and including the current one (SUMMARY NULL:
 * failed), counted from 0 since FALLBACK last fired in RUN. */
int guard_negative_streak(const struct run *run, const struct summary *summary);

/* State of one guard after iteration NUMBER of RUN, for the guards panel and reports. */
struct guard_status {
    enum guard guard;
    bool active;   /* it blocks now; oscillation, state_oscillation and no_op, which depend on the
                      targets: it blocked a line of that iteration */
    int clears_at; /* first iteration that it no longer covers; 0: not active or not known */
    int last_at;   /* iteration in which it last blocked or started; 0: never */
    struct value used; /* velocity: the largest share of a budget that is used; missing: none */
    int resets_at;     /* velocity: iteration from which nothing of that one is used */
    char text[DELTA_NOTE_MAX + PARAM_NAME_MAX + 32]; /* what it sees, with values and limits */
};
/* Fills STATUS[GUARD_COUNT], in the order of enum guard. NUMBER 0, or none that was
 * recorded: the newest. */
void guard_status_fill(struct guard_status status[GUARD_COUNT], const struct run *run, int number,
                       const struct policy *policy, const struct param_table *table);

enum { GUARD_WINDOW_MAX = 24 };

/* What the guards see of one parameter, in the iteration after the one asked for. */
struct guard_param {
    int param;
    struct value now;                           /* in force, else the default */
    struct value velocity_used, velocity_limit; /* in the parameter's unit; missing: no bounds */
    int velocity_resets;                        /* iteration from which nothing of it is used */
    size_t window_count;                        /* values in the oscillation window, below */
    double window[GUARD_WINDOW_MAX];            /* oldest first, consecutive repeats dropped */
    int reversals;                              /* of direction among them */
    int frozen_until;   /* last iteration that a freeze of it covers; 0: not frozen */
    int cooldown_until; /* last iteration of the cooldown after a rollback that moved it; 0: none */
};
/* Fills PARAMS[table->count], in the table's order. NUMBER as for guard_status_fill. False if the
 * parameters in force then are not known: then only param is set. */
bool guard_params_fill(struct guard_param *params, const struct run *run, int number,
                       const struct policy *policy, const struct param_table *table);

/* Share of its velocity budget that PARAM has used by changes in force since the last two
 * iterations before ITERATION: 0..1; missing without bounds. */
struct value guard_velocity_used(const struct run *run, int iteration, int param,
                                 const struct policy *policy, const struct param_table *table);

#endif
