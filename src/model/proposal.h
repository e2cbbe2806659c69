/* proposal: what the tuner asks for in one iteration, what the guards let through and what the
 * operator makes of it; one line (delta) a parameter. A plain value: copied across threads. */
#ifndef SOAKTOP_MODEL_PROPOSAL_H
#define SOAKTOP_MODEL_PROPOSAL_H

#include <stdint.h>

#include "model/policy.h"
#include "model/summary.h"

enum guard {
    GUARD_NONE,
    GUARD_FREEZE,
    GUARD_OSCILLATION,
    GUARD_VELOCITY,
    GUARD_COOLDOWN,
    GUARD_STATE_OSCILLATION,
    GUARD_LATE,
    GUARD_NO_OP,
    GUARD_COUNT
};
const char *guard_name(enum guard guard); /* "velocity"; "state_oscillation"; NONE is "-" */
enum guard guard_parse(const char *name);

enum delta_state {
    DELTA_PROPOSED, /* PROP: waits for a decision */
    DELTA_APPROVED, /* OK: staged */
    DELTA_EDITED,   /* EDIT: staged with the operator's own value */
    DELTA_HELD,     /* HOLD */
    DELTA_REJECTED, /* NO */
    DELTA_BLOCKED,  /* by a guard */
    DELTA_APPLIED,  /* written */
    DELTA_VERIFIED, /* written, and the next iteration ran with it */
    DELTA_DECLINED, /* recorded, not written: observe mode, stop, time-out */
    DELTA_SUPERSEDED,
    DELTA_ROLLED_BACK,
    DELTA_DIVERGED, /* written, but the bot says that it ran with other parameters; never recorded
                     */
    DELTA_STATE_COUNT
};
const char *delta_state_name(enum delta_state state); /* "PROP", "OK", "BLOCKED", "APPLIED" ... */
enum delta_state delta_state_parse(const char *name);

enum { DELTA_NOTE_MAX = 160 };

struct delta {
    char name[PARAM_NAME_MAX];
    int param; /* index in the param table; -1: an older file names one it does not know */
    enum rule rule;
    double now;       /* in force when proposed */
    double increment; /* that the rule asked for, before bounds; recorded, never written */
    double target;    /* the tuner's absolute value, inside bounds, on the step */
    double after;     /* what would be or was written: target, or the operator's edit */
    enum delta_state state;
    enum guard guard; /* that blocked it; GUARD_NONE otherwise */
    int clears_at;    /* iteration from which that guard would let it pass; 0: not known */
    bool overridden;  /* staged, or written, against GUARD by an operator's word */
    bool oversized;   /* written though it moves by more than the parameter's max step */
    int hold_until;   /* HELD: comes back in this iteration; 0: once no guard holds it */
    int held_at;      /* iteration in which it was first held; 0: never */
    int rejected_at;  /* last iteration in which an operator rejected this target; 0: none */
    char note[DELTA_NOTE_MAX]; /* the guard's value and limit, or the operator's reason */
    char why[DELTA_NOTE_MAX];  /* "risk 0.68 >= 0.60: impact_cap_ratio -0.01 (limit 0.08)" */
};

enum { PROPOSAL_DELTAS_MAX = 16, HASH_TEXT_MAX = 65, DECISION_NAME_MAX = 128 };

/* Decisions on a proposal that can be taken back, or done again; the next one's name. */
struct decision_stack {
    size_t count;
    char name[DECISION_NAME_MAX]; /* "edited tail_age_ms 650 -> 640" */
};

struct proposal {
    int iteration;
    char base_hash[HASH_TEXT_MAX]; /* of the parameters that NOW was read from */
    size_t count;
    struct delta delta[PROPOSAL_DELTAS_MAX];
    bool fallback_fired;  /* the negative streak restarts at 0 */
    char rationale[1024]; /* "STABLE", or the rules' whys joined by " | " */
    /* What it was made from; the engine sets it before the proposal waits, so that an operator sees
     * the figures that he decides on: the iteration itself is recorded after the decision. */
    bool has_summary;
    struct summary summary;
    /* while it waits */
    struct decision_stack undo, redo;
    unsigned decided, taken_back; /* how often: tells a front end that one was made, or undone */
    int64_t decide_by_ms;         /* wall clock: then it is decided without an operator; 0: never */
    bool timeout_applies;         /* and what no guard holds is written, not rejected */
};

/* Line of the parameter of that name, or NULL. */
struct delta *proposal_find(struct proposal *proposal, const char *name);
/* Lines in STATE. */
size_t proposal_count(const struct proposal *proposal, enum delta_state state);
/* Lines that would be written: APPROVED and EDITED. */
size_t proposal_staged(const struct proposal *proposal);

#endif
