/* tuner: walks the policy's rules in order; each whose conditions hold proposes targets for the
 * parameters that it would really move and that no earlier rule has named. Pure. */
#include "config.h"

#include "model/tuner.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "model/stats.h"

enum comparison { AT_LEAST, AT_MOST, ABOVE, BELOW };
static const char *const comparison_signs[] = {">=", "<=", ">", "<"};

/* What the rules look at, and where they write. */
struct tuning {
    struct proposal *proposal;
    const struct summary *summary;
    const struct value *values;
    int negative_streak;
    const struct param_table *table;
    struct buffer rationale;
};

static bool compare(struct value value, enum comparison comparison, double limit)
{
    switch (comparison) {
    case AT_LEAST:
        return value_at_least(value, limit);
    case AT_MOST:
        return value_at_most(value, limit);
    case ABOVE:
        return value_above(value, limit);
    case BELOW:
        return value_below(value, limit);
    }
    return false;
}

/* One condition: true if LIMIT is not asked for, or VALUE is on its right side; told in WHY. */
static bool asks(struct buffer *why, const char *name, struct value value,
                 enum comparison comparison, struct value limit)
{
    if (!value_present(limit))
        return true;
    if (!compare(value, comparison, limit.number))
        return false;
    buffer_printf(why, "%s%s %.6g %s %.6g", why->length ? ", " : "", name, value.number,
                  comparison_signs[comparison], limit.number);
    return true;
}

/* The streak of iterations with a loss, this one included, that FALLBACK waits for. */
static bool asks_streak(struct buffer *why, const struct rule_policy *rule,
                        const struct tuning *tuning)
{
    if (rule->negative_streak <= 0)
        return true;
    struct value net = tuning->summary->kpi[KPI_NET];
    if (!value_below(net, 0.0) || tuning->negative_streak < rule->negative_streak)
        return false;
    buffer_printf(why, "net %.6g < 0 in %d iterations running", net.number,
                  tuning->negative_streak);
    return true;
}

/* "and (risk >= a or net < b)": true if neither is asked for. */
static bool asks_either(struct buffer *why, const struct rule_policy *rule,
                        const struct summary *summary)
{
    bool asked = value_present(rule->or_risk_min) || value_present(rule->or_net_below);
    return !asked ||
           (value_present(rule->or_risk_min) &&
            asks(why, "risk", summary->kpi[KPI_RISK], AT_LEAST, rule->or_risk_min)) ||
           (value_present(rule->or_net_below) &&
            asks(why, "net", summary->kpi[KPI_NET], BELOW, rule->or_net_below));
}

static bool rule_applies(struct buffer *why, const struct rule_policy *rule,
                         const struct tuning *tuning)
{
    const struct summary *summary = tuning->summary;
    const struct value *kpi = summary->kpi;
    return rule->enabled && asks_streak(why, rule, tuning) &&
           asks(why, "risk", kpi[KPI_RISK], AT_LEAST, rule->risk_min) &&
           asks(why, "risk", kpi[KPI_RISK], AT_MOST, rule->risk_max) &&
           asks(why, "risk", kpi[KPI_RISK], BELOW, rule->risk_below) &&
           asks(why, "net", kpi[KPI_NET], AT_LEAST, rule->net_min) &&
           asks(why, "net", kpi[KPI_NET], BELOW, rule->net_below) &&
           asks(why, "maker/taker", kpi[KPI_MAKER_TAKER], AT_LEAST, rule->maker_taker_min) &&
           asks(why, "maker/taker", kpi[KPI_MAKER_TAKER], BELOW, rule->maker_taker_below) &&
           asks(why, "p95", kpi[KPI_P95], AT_LEAST, rule->p95_min) &&
           asks(why, "p95", kpi[KPI_P95], AT_MOST, rule->p95_max) &&
           asks(why, "p95", kpi[KPI_P95], ABOVE, rule->p95_above) &&
           asks(why, "p95", kpi[KPI_P95], BELOW, rule->p95_below) &&
           asks(why, "adverse p95", summary->adverse_bps_p95, ABOVE, rule->adverse_p95_above) &&
           asks(why, "slippage p95", summary->slippage_bps_p95, ABOVE, rule->slippage_p95_above) &&
           asks_either(why, rule, summary);
}

/* What STEP asks for on top of NOW, free of the arithmetic's last binary digits. */
static double step_increment(const struct rule_step *step, double now)
{
    switch (step->kind) {
    case STEP_ADD:
        return step->amount;
    case STEP_MUL:
        return stats_round(now * step->amount - now, 9);
    case STEP_MUL_FLOOR:
        return stats_round(fmax(1.0, floor(now * step->amount + VALUE_EPSILON)) - now, 9);
    case STEP_AT_LEAST:
        return stats_round(fmax(0.0, step->amount - now), 9);
    case STEP_ADD_SHARE:
        return stats_round(fmin(step->amount, step->share * now), 9);
    }
    return 0.0;
}

/* The step's own direction, whatever the value in force: 1 up, -1 down. */
static double step_direction(const struct rule_step *step)
{
    bool factor = step->kind == STEP_MUL || step->kind == STEP_MUL_FLOOR;
    double change = factor ? step->amount - 1.0 : step->amount;
    return step->kind == STEP_AT_LEAST || change > 0.0 ? 1.0 : -1.0;
}

/* Where a step may end: the parameter's bounds, and the rule's own limit in the step's direction.
 */
struct reach {
    double low, high;
};

static struct reach step_reach(const struct param *param, const struct rule_step *step,
                               double increment)
{
    struct reach reach = {
        .low = value_present(param->floor) ? param->floor.number : -INFINITY,
        .high = value_present(param->cap) ? param->cap.number : INFINITY,
    };
    if (value_present(step->limit) && increment < 0.0)
        reach.low = fmax(reach.low, step->limit.number);
    if (value_present(step->limit) && increment > 0.0)
        reach.high = fmin(reach.high, step->limit.number);
    return reach;
}

/* The multiple of the parameter's step nearest to NUMBER that lies within REACH: an end that is
 * itself off the step is approached from the inside. */
static double settle(const struct param *param, double number, struct reach reach)
{
    double target = param_quantize(param, fmin(fmax(number, reach.low), reach.high));
    double step = value_present(param->step) ? param->step.number : 0.0;
    if (!number_at_most(target, reach.high))
        target = param_quantize(param, target - step);
    else if (!number_at_least(target, reach.low))
        target = param_quantize(param, target + step);
    return target;
}

/* True and *TARGET if STEP really moves PARAM from NOW, in its own direction. */
static bool step_target(const struct param *param, const struct rule_step *step, double now,
                        double increment, double *target)
{
    struct reach reach = step_reach(param, step, increment);
    *target = settle(param, now + increment, reach);
    bool within = number_at_least(*target, reach.low) && number_at_most(*target, reach.high);
    bool forward = increment > 0.0 ? !number_at_most(*target, now) : !number_at_least(*target, now);
    return increment * step_direction(step) > 0.0 && within && forward &&
           param_check(param, *target, NULL) == 0;
}

/* Adds the line of STEP, if it moves its parameter and no earlier rule has named it. */
static struct delta *propose_step(struct tuning *tuning, enum rule rule,
                                  const struct rule_step *step)
{
    struct proposal *proposal = tuning->proposal;
    const struct param *param = &tuning->table->param[step->param];
    struct value set = tuning->values[step->param];
    struct value now = value_usable(set) ? set : param->assumed;
    if (!value_usable(now) || proposal->count == PROPOSAL_DELTAS_MAX ||
        proposal_find(proposal, param->name))
        return NULL;
    double increment = step_increment(step, now.number);
    double target;
    if (!step_target(param, step, now.number, increment, &target))
        return NULL;
    struct delta *delta = &proposal->delta[proposal->count++];
    *delta = (struct delta){.param = step->param,
                            .rule = rule,
                            .now = now.number,
                            .increment = increment,
                            .target = target,
                            .after = target,
                            .state = DELTA_PROPOSED};
    snprintf(delta->name, sizeof delta->name, "%s", param->name);
    return delta;
}

static void propose_rule(struct tuning *tuning, enum rule rule, const struct rule_policy *policy,
                         const char *conditions)
{
    bool first = true;
    for (size_t i = 0; i < policy->step_count; i++) {
        const struct rule_step *step = &policy->step[i];
        struct delta *delta = propose_step(tuning, rule, step);
        if (!delta)
            continue;
        char move[80], limit[40] = "";
        if (value_present(step->limit))
            snprintf(limit, sizeof limit, " (limit %.6g)", step->limit.number);
        snprintf(move, sizeof move, "%+.6g%s", delta->increment, limit);
        const char *name = tuning->table->param[step->param].name;
        snprintf(delta->why, sizeof delta->why, "%s: %s %s", conditions, name, move);
        if (first)
            buffer_printf(&tuning->rationale, "%s%s %s: ", tuning->rationale.length ? " | " : "",
                          rule_name(rule), conditions);
        buffer_printf(&tuning->rationale, "%s%s %s", first ? "" : ", ", name, move);
        first = false;
    }
}

/* Lets RULE propose if it applies; true if it did apply. */
static bool try_rule(struct tuning *tuning, enum rule rule, const struct policy *policy)
{
    struct buffer conditions = {0};
    buffer_puts(&conditions, "");
    bool applies = rule_applies(&conditions, &policy->rule[rule], tuning);
    if (applies)
        propose_rule(tuning, rule, &policy->rule[rule], conditions.text);
    buffer_fini(&conditions);
    return applies;
}

void tuner_propose(struct proposal *proposal, const struct summary *summary,
                   const struct value *values, int negative_streak, const struct policy *policy,
                   const struct param_table *table)
{
    struct tuning tuning = {.proposal = proposal,
                            .summary = summary,
                            .values = values,
                            .negative_streak = negative_streak,
                            .table = table};
    *proposal = (struct proposal){0};
    if (value_usable(summary->kpi[KPI_NET])) {
        proposal->fallback_fired = try_rule(&tuning, RULE_FALLBACK, policy);
        for (int rule = RULE_FALLBACK + 1; rule < RULE_COUNT && !proposal->fallback_fired; rule++)
            try_rule(&tuning, (enum rule)rule, policy);
    }
    snprintf(proposal->rationale, sizeof proposal->rationale, "%s",
             tuning.rationale.length ? tuning.rationale.text : rule_name(RULE_NONE));
    buffer_fini(&tuning.rationale);
}
