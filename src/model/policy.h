/* policy: the numbers of the tuner's rules and of the guards (data/policy.json; ENGINE sections 5
 * and 6). Limits are NAN-free: a rule without a limit has the parameter's bound. */
#ifndef SOAKTOP_MODEL_POLICY_H
#define SOAKTOP_MODEL_POLICY_H

#include "model/param.h"

enum rule {
    RULE_NONE, /* nothing proposed: STABLE */
    RULE_FALLBACK,
    RULE_AGGRESSIVE,
    RULE_MODERATE,
    RULE_MAKER_BOOST,
    RULE_LATENCY_BUFFER,
    RULE_LATENCY_HARD,
    RULE_DRIVER_ADVERSE,
    RULE_DRIVER_SLIPPAGE,
    RULE_NORMALIZE,
    RULE_COUNT
};
const char *
rule_name(enum rule rule); /* "LATENCY_BUFFER"; NONE is "STABLE"; both DRIVERs "DRIVER" */
enum rule
rule_parse(const char *key); /* the key in policy.json: "latency_buffer"; NONE if unknown */
const char *rule_key(enum rule rule); /* that key; NONE is "" */
/* Targets of FALLBACK, AGGRESSIVE and LATENCY_HARD move towards safety (ENGINE section 6). */
bool rule_is_safety(enum rule rule);

/* How a step changes the value in force. */
enum step_kind {
    STEP_ADD,       /* + amount */
    STEP_MUL,       /* * amount */
    STEP_MUL_FLOOR, /* * amount, rounded down, at least 1 */
    STEP_AT_LEAST,  /* raised to amount if it is lower */
    STEP_ADD_SHARE  /* + min(amount, share of the value) */
};

struct rule_step {
    int param; /* index in the param table */
    enum step_kind kind;
    double amount, share;
    struct value limit; /* the rule's own limit, in the step's direction; missing: none */
};

enum { RULE_STEPS_MAX = 8 };

struct rule_policy {
    bool enabled;
    size_t step_count;
    struct rule_step step[RULE_STEPS_MAX];
    /* conditions; missing: not asked. All are inclusive except *_above and *_below. */
    struct value risk_min, risk_max, risk_below;
    struct value net_min, net_below;
    struct value maker_taker_min, maker_taker_below;
    struct value p95_min, p95_max, p95_above, p95_below;
    struct value adverse_p95_above, slippage_p95_above;
    struct value or_risk_min, or_net_below; /* DRIVER: and (risk >= a or net < b) */
    int negative_streak;                    /* FALLBACK: iterations running with net < 0 */
};

struct guard_policy {
    double freeze_risk_max, freeze_net_min; /* steady: 0.35 and 2.7 */
    int freeze_after, freeze_for;           /* 2 iterations running, then the next 4 */
    double freeze_end_risk_above, freeze_end_net_below;
    size_t frozen_count;
    int frozen[PARAM_MAX];        /* indexes of impact_cap_ratio and max_delta_ratio */
    int oscillation_reversals;    /* 2 */
    double oscillation_net_share; /* 0.5 */
    int velocity_iterations;      /* 2 before this one */
    double cooldown_change_share; /* 0.5 of the range */
    /* indexes of the parameters that hold the guards' own settings, -1 if the table lacks one */
    int velocity_cap, oscillation_window, cooldown_iters;
};

struct policy {
    struct rule_policy rule[RULE_COUNT];
    struct guard_policy guard;
};

/* Checks the parsed FILE against TABLE; a fault names FILE and the JSON path. */
int policy_read(struct policy *policy, const struct json_t *json, const char *file,
                const struct param_table *table, struct error *err);

#endif
