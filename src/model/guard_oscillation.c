/* guard_oscillation: one parameter that goes to and fro without getting anywhere. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <math.h>

/* The steps between a parameter's values, consecutive repeats dropped. */
struct swing {
    bool started;
    double last, step; /* the last value, and the step that led to it */
    double sum, path;  /* of the steps, and of their sizes */
    int reversals;
};

static void swing_add(struct swing *swing, double value)
{
    if (swing->started && number_equal(value, swing->last))
        return;
    double step = swing->started ? value - swing->last : 0.0;
    if (step * swing->step < 0.0)
        swing->reversals++;
    swing->sum += step;
    swing->path += fabs(step);
    swing->step = step;
    swing->last = value;
    swing->started = true;
}

/* What PARAM has done since iteration FROM, with TARGET as its next value. */
static struct swing swing_since(const struct guard_context *context, int from, int param,
                                double target)
{
    struct swing swing = {0};
    struct guard_states states = guard_states_since(context, from);
    for (size_t i = 0; i < states.count; i++) {
        struct value value = guard_effective(context->table, states.state[i], param);
        if (value_usable(value))
            swing_add(&swing, value.number);
    }
    guard_states_fini(&states);
    swing_add(&swing, target);
    return swing;
}

static bool swings(const struct guard_context *context, const struct swing *swing)
{
    const struct guard_policy *policy = &context->policy->guard;
    return swing->reversals >= policy->oscillation_reversals &&
           number_at_most(fabs(swing->sum), policy->oscillation_net_share * swing->path);
}

/* First iteration whose window no longer shows the swing, if nothing else is applied. */
static int swing_clears(const struct guard_context *context, const struct delta *delta, int window)
{
    int later = context->iteration;
    struct swing swing;
    do {
        later++;
        swing = swing_since(context, later - window + 2, delta->param, delta->after);
    } while (swings(context, &swing));
    return later;
}

static void check_line(struct delta *delta, const struct guard_context *context, int window)
{
    int from = context->iteration - window + 2; /* the target is the window's last value */
    int gap = guard_gap(context, from);
    if (gap) {
        guard_block_gap(delta, GUARD_OSCILLATION, gap, window - 2, context);
        return;
    }
    struct swing swing = swing_since(context, from, delta->param, delta->after);
    if (!swings(context, &swing))
        return;
    guard_block(delta, GUARD_OSCILLATION, swing_clears(context, delta, window), context,
                "%d reversals in the last %d values (limit %d), %.6g of %.6g gained (limit %.6g)",
                swing.reversals, window, context->policy->guard.oscillation_reversals,
                fabs(swing.sum), swing.path,
                context->policy->guard.oscillation_net_share * swing.path);
}

void guard_oscillation_check(struct proposal *proposal, const struct guard_context *context)
{
    struct value window = guard_setting(context, context->policy->guard.oscillation_window);
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (!guard_open(delta) || guard_exempt(delta))
            continue;
        if (value_usable(window))
            check_line(delta, context, (int)window.number);
        else
            guard_block_unset(delta, GUARD_OSCILLATION, context, "oscillation_window");
    }
}
