/* guard_freeze: two steady iterations running lock the risk parameters for some iterations; a bad
 * one unlocks them at once, so that its own proposal is no longer blocked. Pure. */
#include "config.h"

#include "model/guard_internal.h"

/* The summary of iteration NUMBER, the one being decided included; NULL unless it is valid. */
static const struct summary *summary_of(const struct guard_context *context, int number)
{
    if (number == context->iteration)
        return context->summary;
    const struct iteration *iteration = run_iteration(context->run, number);
    return iteration && iteration_valid(iteration) ? &iteration->summary : NULL;
}

static bool steady(const struct guard_context *context, int number)
{
    const struct guard_policy *policy = &context->policy->guard;
    const struct summary *summary = summary_of(context, number);
    return summary && value_at_most(summary->kpi[KPI_RISK], policy->freeze_risk_max) &&
           value_at_least(summary->kpi[KPI_NET], policy->freeze_net_min);
}

static bool ends_freeze(const struct guard_context *context, int number)
{
    const struct guard_policy *policy = &context->policy->guard;
    const struct summary *summary = summary_of(context, number);
    return summary && (value_above(summary->kpi[KPI_RISK], policy->freeze_end_risk_above) ||
                       value_below(summary->kpi[KPI_NET], policy->freeze_end_net_below));
}

/* Walks back from the iteration being decided: the newest start that still covers NUMBER; stops at
 * an iteration that ends every freeze before it. *GAP is the newest unreadable one on the way. */
static int find_start(const struct guard_context *context, int number, int *gap)
{
    *gap = 0;
    int oldest = number - context->policy->guard.freeze_for;
    for (int k = context->iteration; k >= oldest && k >= 1; k--) {
        if (ends_freeze(context, k))
            return 0;
        if (k == context->iteration)
            continue;
        const struct iteration *iteration = run_iteration(context->run, k);
        if (iteration && iteration->state != ITERATION_GAP && iteration->freeze_triggered)
            return k;
        if (*gap == 0 && (!iteration || iteration->state == ITERATION_GAP))
            *gap = k;
    }
    return 0;
}

int guard_freeze_covering(const struct guard_context *context, int number)
{
    int gap;
    return find_start(context, number, &gap);
}

bool guard_freeze_starts(const struct guard_context *context)
{
    for (int back = 0; back < context->policy->guard.freeze_after; back++)
        if (!steady(context, context->iteration - back))
            return false;
    return guard_freeze_covering(context, context->iteration + 1) == 0;
}

static bool is_frozen_param(const struct guard_policy *policy, int param)
{
    for (size_t i = 0; i < policy->frozen_count; i++)
        if (policy->frozen[i] == param)
            return true;
    return false;
}

void guard_freeze_check(struct proposal *proposal, const struct guard_context *context)
{
    const struct guard_policy *policy = &context->policy->guard;
    int gap;
    int start = find_start(context, context->iteration, &gap);
    if (start == 0 && gap == 0)
        return;
    int until = start + policy->freeze_for;
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (!guard_open(delta) || guard_exempt(delta) || !is_frozen_param(policy, delta->param))
            continue;
        if (start)
            guard_block(delta, GUARD_FREEZE, until + 1, context,
                        "frozen by iteration %d until %d (steady_state_lock)", start, until);
        else
            guard_block_gap(delta, GUARD_FREEZE, gap, policy->freeze_for, context);
    }
}
