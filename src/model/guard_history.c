/* guard_history: how the guards read a run's applied history. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <math.h>
#include <stdlib.h>

#include "model/mem.h"

struct value guard_effective(const struct param_table *table, const struct value *values, int param)
{
    return value_usable(values[param]) ? values[param] : table->param[param].assumed;
}

const struct value *guard_values_at(const struct run *run, int number,
                                    const struct param_table *table)
{
    const struct iteration *iteration = run_iteration(run, number);
    if (iteration)
        return iteration->param_count >= table->count ? iteration->params : NULL;
    if (run->params)
        return run->param_count >= table->count ? run->params : NULL;
    const struct change *change = run->change_count ? &run->change[run->change_count - 1] : NULL;
    if (change)
        return change->param_count >= table->count ? change->after : NULL;
    const struct iteration *last = run_last(run);
    return last && last->param_count >= table->count ? last->params : NULL;
}

struct value guard_setting(const struct guard_context *context, int param)
{
    if (param < 0)
        return value_missing();
    struct value value = guard_effective(context->table, context->values, param);
    if (value_usable(value))
        value.number = param_clamp(&context->table->param[param], value.number);
    return value;
}

static bool readable(const struct guard_context *context, const struct iteration *iteration)
{
    if (!iteration || iteration->state == ITERATION_GAP)
        return false;
    return iteration->state == ITERATION_FAILED ||
           (iteration->params && iteration->param_count >= context->table->count);
}

/* The newest iteration since FROM after which a change came whose values are not known; 0: none. */
static int unknown_change(const struct guard_context *context, int from)
{
    size_t first = guard_first_change(context, from);
    for (size_t i = guard_end_change(context); i > first; i--) {
        const struct change *change = &context->run->change[i - 1];
        if (change->param_count < context->table->count)
            return change->after_iteration > 0 ? change->after_iteration : 1;
    }
    return 0;
}

int guard_gap(const struct guard_context *context, int from)
{
    int unknown = unknown_change(context, from);
    for (int number = context->iteration - 1; number >= from && number >= 1; number--)
        if (number == unknown || !readable(context, run_iteration(context->run, number)))
            return number;
    return unknown;
}

size_t guard_end_change(const struct guard_context *context)
{
    const struct run *run = context->run;
    size_t end = run->change_count;
    while (end && run->change[end - 1].after_iteration >= context->iteration)
        end--;
    return end;
}

size_t guard_first_change(const struct guard_context *context, int from)
{
    const struct run *run = context->run;
    size_t first = guard_end_change(context);
    while (first && run->change[first - 1].after_iteration >= from)
        first--;
    return first;
}

static void add_state(struct guard_states *states, const struct value *values)
{
    void *items = states->state;
    mem_grow(&items, &states->capacity, states->count + 1, sizeof *states->state);
    states->state = items;
    states->state[states->count++] = values;
}

/* What a change left in force is what the next one found, an iteration ran with, or is now. */
struct guard_states guard_states_since(const struct guard_context *context, int from)
{
    struct guard_states states = {0};
    const struct run *run = context->run;
    size_t count = context->table->count;
    size_t next = guard_first_change(context, from), end = guard_end_change(context);
    for (int number = from > 1 ? from : 1; number < context->iteration; number++) {
        const struct iteration *iteration = run_iteration(run, number);
        if (iteration && iteration->params && iteration->param_count >= count)
            add_state(&states, iteration->params);
        for (; next < end && run->change[next].after_iteration <= number; next++) {
            if (run->change[next].param_count >= count)
                add_state(&states, run->change[next].before);
        }
    }
    add_state(&states, context->values);
    return states;
}

void guard_states_fini(struct guard_states *states)
{
    free(states->state);
    *states = (struct guard_states){0};
}

double guard_distance(const struct guard_context *context, const struct change *change, int param)
{
    if (!change_moves(change, param))
        return 0.0;
    struct value before = guard_effective(context->table, change->before, param);
    struct value after = guard_effective(context->table, change->after, param);
    if (!value_usable(before) || !value_usable(after))
        return 0.0;
    return fabs(after.number - before.number);
}
