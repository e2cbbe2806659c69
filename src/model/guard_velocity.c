/* guard_velocity: how far a parameter may move within a few iterations. Every change of what was in
 * force counts, also an operator's, a rollback and an external one: the bot has felt them all.
 * Blocked and declined lines do not: they moved nothing. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <math.h>

double guard_velocity_sum(const struct guard_context *context, int number, int param)
{
    double sum = 0.0;
    size_t end = guard_end_change(context);
    int from = number - context->policy->guard.velocity_iterations;
    for (size_t i = guard_first_change(context, from); i < end; i++)
        sum += guard_distance(context, &context->run->change[i], param);
    return sum;
}

struct value guard_velocity_limit(const struct guard_context *context, int param)
{
    struct value cap = guard_setting(context, context->policy->guard.velocity_cap);
    struct value range = param_range(&context->table->param[param]);
    if (!value_usable(cap) || !value_usable(range))
        return value_missing();
    return value_of(cap.number * range.number);
}

/* First iteration at which the same step would fit, if nothing else is applied; 0: never. */
static int velocity_clears(const struct guard_context *context, const struct delta *delta,
                           double step, double limit)
{
    if (!number_at_most(step, limit))
        return 0;
    int later = context->iteration + 1;
    while (!number_at_most(guard_velocity_sum(context, later, delta->param) + step, limit))
        later++;
    return later;
}

static void check_line(struct delta *delta, const struct guard_context *context)
{
    const struct guard_policy *policy = &context->policy->guard;
    const struct param *param = &context->table->param[delta->param];
    struct value limit = guard_velocity_limit(context, delta->param);
    int gap = guard_gap(context, context->iteration - policy->velocity_iterations);
    if (!value_usable(param_range(param)))
        return;
    if (!value_usable(limit)) {
        guard_block_unset(delta, GUARD_VELOCITY, context, "velocity_cap");
        return;
    }
    if (gap) {
        guard_block_gap(delta, GUARD_VELOCITY, gap, policy->velocity_iterations, context);
        return;
    }
    double step = fabs(delta->after - delta->now);
    double used = guard_velocity_sum(context, context->iteration, delta->param);
    if (number_at_most(used + step, limit.number))
        return;
    guard_block(delta, GUARD_VELOCITY, velocity_clears(context, delta, step, limit.number), context,
                "moves %.6g in %d iterations (%.6g applied before), limit %.6g", used + step,
                policy->velocity_iterations + 1, used, limit.number);
}

void guard_velocity_check(struct proposal *proposal, const struct guard_context *context)
{
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (guard_open(delta) && !guard_exempt(delta))
            check_line(delta, context);
    }
}

struct value guard_velocity_used(const struct run *run, int iteration, int param,
                                 const struct policy *policy, const struct param_table *table)
{
    struct value none[PARAM_MAX] = {{0.0, VALUE_MISSING}};
    const struct value *values = guard_values_at(run, iteration, table);
    struct guard_context context = {.run = run,
                                    .iteration = iteration,
                                    .values = values ? values : none,
                                    .policy = policy,
                                    .table = table};
    struct value limit = guard_velocity_limit(&context, param);
    if (!value_usable(limit) || limit.number <= 0.0)
        return value_missing();
    return value_of(fmin(1.0, guard_velocity_sum(&context, iteration, param) / limit.number));
}
