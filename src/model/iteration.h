/* iteration: everything that is recorded of one iteration (ITER_SUMMARY_n.json as a struct). */
#ifndef SOAKTOP_MODEL_ITERATION_H
#define SOAKTOP_MODEL_ITERATION_H

#include "model/clock.h"
#include "model/proposal.h"
#include "model/summary.h"

enum iteration_state {
    ITERATION_OK,
    ITERATION_FAILED, /* the source gave no valid report: error and output_tail say why */
    ITERATION_GAP     /* the file is missing or torn: error names it */
};

enum skip_flag {
    SKIP_COOLDOWN = 1 << 0,
    SKIP_VELOCITY = 1 << 1,
    SKIP_OSCILLATION = 1 << 2,
    SKIP_FREEZE = 1 << 3,
    SKIP_NO_OP = 1 << 4,
    SKIP_LATE = 1 << 5,
    SKIP_OBSERVE = 1 << 6,
    SKIP_OPERATOR = 1 << 7,
    SKIP_TIMEOUT = 1 << 8,
    SKIP_ERROR = 1 << 9
};
enum { SKIP_FLAG_COUNT = 10 };
extern const char *const skip_flag_names[SKIP_FLAG_COUNT]; /* "cooldown", ... in the bits' order */

struct iteration {
    int number; /* from 1 */
    enum iteration_state state;
    int64_t utc_ms; /* when it was recorded; UTC_NONE if the file does not say */
    struct summary summary;

    /* tuning */
    size_t delta_count;
    struct delta *delta; /* proposed lines with what became of each; owned */
    bool applied;        /* something was written */
    unsigned skip;       /* skip_flag bits; 0: skip_reason is "" */
    bool oscillation_detected, velocity_violation, cooldown_active, freeze_triggered;
    char freeze_reason[32];
    bool fallback_fired;
    char signature[HASH_TEXT_MAX];     /* of the parameters in force during it; "" if not known */
    char state_hash[HASH_TEXT_MAX];    /* after the decision */
    char decided_by[96];               /* "auto", "operator:user@host"; "" if nothing was decided */
    char rolled_back_at[UTC_TEXT_MAX]; /* "" unless its apply was undone */
    int rolled_back_after; /* last recorded iteration when it was undone; 0: not undone */

    /* parameters in force during it; NULL: the file has none (the Python pipeline's) */
    struct value *params; /* [param_count], in the param table's order; owned */
    size_t param_count;

    /* bulky text, owned, may be NULL; dropped by iteration_drop_text */
    char *rationale, *skip_note, *error, *output_tail;
    char *override_reason; /* of the higher confirmation that lines were written with; NULL: none */
    char *runtime_text;    /* runtime_overrides in compact canonical form */
};

struct iteration *iteration_new(int number);
struct iteration *iteration_copy(const struct iteration *iteration);
void iteration_free(struct iteration *iteration);
/* Frees runtime_text and output_tail: what panels read from disk when they need it. */
void iteration_drop_text(struct iteration *iteration);

/* True if the iteration counts: state ok. */
bool iteration_valid(const struct iteration *iteration);
/* The KPI, missing unless the iteration is valid. */
struct value iteration_kpi(const struct iteration *iteration, enum kpi kpi);
/* True if all four KPIs pass LIMITS. */
bool iteration_passes(const struct iteration *iteration, const struct kpi_limits *limits);

#endif
