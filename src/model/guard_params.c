/* guard_params: what the guards see of each parameter, in numbers, for the guards panel. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <string.h>

static void add_to_window(struct guard_param *row, double value)
{
    if (row->window_count > 0 && number_equal(row->window[row->window_count - 1], value))
        return;
    if (row->window_count == GUARD_WINDOW_MAX) {
        memmove(row->window, row->window + 1, sizeof row->window - sizeof *row->window);
        row->window_count--;
    }
    row->window[row->window_count++] = value;
}

/* The values that the oscillation guard holds a target against. */
static void fill_window(struct guard_param *row, const struct guard_context *context,
                        const struct guard_states *states)
{
    for (size_t i = 0; i < states->count; i++) {
        struct value value = guard_effective(context->table, states->state[i], row->param);
        if (value_usable(value))
            add_to_window(row, value.number);
    }
    for (size_t i = 2; i < row->window_count; i++) {
        double before = row->window[i - 1] - row->window[i - 2];
        row->reversals += before * (row->window[i] - row->window[i - 1]) < 0.0;
    }
}

static void fill_velocity(struct guard_param *row, const struct guard_context *context)
{
    row->velocity_limit = guard_velocity_limit(context, row->param);
    if (!value_usable(row->velocity_limit))
        return;
    int later = context->iteration;
    double used = guard_velocity_sum(context, later, row->param);
    row->velocity_used = value_of(used);
    if (number_at_most(used, 0.0))
        return;
    while (!number_at_most(guard_velocity_sum(context, later, row->param), 0.0))
        later++;
    row->velocity_resets = later;
}

static bool is_frozen(const struct guard_policy *policy, int param)
{
    for (size_t i = 0; i < policy->frozen_count; i++)
        if (policy->frozen[i] == param)
            return true;
    return false;
}

static void fill_holds(struct guard_param *row, const struct guard_context *context)
{
    const struct guard_policy *policy = &context->policy->guard;
    int start = guard_freeze_covering(context, context->iteration);
    if (start > 0 && is_frozen(policy, row->param))
        row->frozen_until = start + policy->freeze_for;
    struct guard_cooldown cooldown = guard_cooldown_now(context, row->param);
    if (cooldown.until >= context->iteration)
        row->cooldown_until = cooldown.until;
}

bool guard_params_fill(struct guard_param *params, const struct run *run, int number,
                       const struct policy *policy, const struct param_table *table)
{
    int shown = run_iteration(run, number) != NULL ? number : (int)run->count;
    const struct value *values = guard_values_at(run, shown + 1, table);
    for (size_t i = 0; i < table->count; i++)
        params[i] = (struct guard_param){.param = (int)i};
    if (values == NULL)
        return false;
    struct guard_context context = {
        .run = run, .iteration = shown + 1, .values = values, .policy = policy, .table = table};
    struct value window = guard_setting(&context, policy->guard.oscillation_window);
    int from = value_usable(window) ? context.iteration - (int)window.number + 2
                                    : context.iteration;
    struct guard_states states = guard_states_since(&context, from);
    for (size_t i = 0; i < table->count; i++) {
        params[i].now = guard_effective(table, values, (int)i);
        fill_window(&params[i], &context, &states);
        fill_velocity(&params[i], &context);
        fill_holds(&params[i], &context);
    }
    guard_states_fini(&states);
    return true;
}
