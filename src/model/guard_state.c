/* guard_state: A, B, A: the parameters as a whole would return to a state that was left a short
 * while ago. Going back is what rollback is for. Pure. */
#include "config.h"

#include "model/guard_internal.h"

static bool same_state(const struct param_table *table, const struct value *a,
                       const struct value *b)
{
    for (int param = 0; (size_t)param < table->count; param++) {
        struct value x = guard_effective(table, a, param), y = guard_effective(table, b, param);
        if (value_usable(x) != value_usable(y))
            return false;
        if (value_usable(x) && !number_equal(x.number, y.number))
            return false;
    }
    return true;
}

/* The newest iteration of FROM..iteration-1 since which STATE was in force; 0: in none. */
static int last_in_force(const struct guard_context *context, const struct value *state, int from)
{
    for (int number = context->iteration - 1; number >= from && number >= 1; number--) {
        struct guard_states states = guard_states_since(context, number);
        bool found = false;
        for (size_t i = 0; i < states.count && !found; i++)
            found = same_state(context->table, states.state[i], state);
        guard_states_fini(&states);
        if (found)
            return number;
    }
    return 0;
}

/* STATE: the parameters once all open lines are written. */
static void produced_state(const struct proposal *proposal, const struct guard_context *context,
                           struct value *state)
{
    for (size_t param = 0; param < context->table->count; param++)
        state[param] = context->values[param];
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (guard_open(delta) || delta->overridden)
            state[delta->param] = value_of(delta->after);
    }
}

static void block(struct delta *delta, const struct guard_context *context, int window, int gap,
                  int back)
{
    if (window == 0)
        guard_block_unset(delta, GUARD_STATE_OSCILLATION, context, "oscillation_window");
    else if (gap)
        guard_block_gap(delta, GUARD_STATE_OSCILLATION, gap, window - 1, context);
    else
        guard_block(delta, GUARD_STATE_OSCILLATION, back + window, context,
                    "would bring back the state of iteration %d, %d iterations ago (limit %d)",
                    back, context->iteration - back, window);
}

void guard_state_check(struct proposal *proposal, const struct guard_context *context)
{
    struct value setting = guard_setting(context, context->policy->guard.oscillation_window);
    int window = value_usable(setting) ? (int)setting.number : 0;
    int from = context->iteration - window + 1;
    struct value state[PARAM_MAX];
    produced_state(proposal, context, state);
    if (same_state(context->table, state, context->values))
        return;
    int gap = guard_gap(context, from);
    int back = gap || window == 0 ? 0 : last_in_force(context, state, from);
    if (gap == 0 && back == 0 && window > 0)
        return;
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (guard_open(delta) && !guard_exempt(delta))
            block(delta, context, window, gap, back);
    }
}
