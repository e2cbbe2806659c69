/* guard_cooldown: after a large applied change or a rollback the tuner waits and looks. Pure. */
#include "config.h"

#include "model/guard_internal.h"

static bool is_rollback(const struct change *change)
{
    return change->kind == CHANGE_ROLLBACK || change->kind == CHANGE_RESTORE;
}

/* True if an apply moved some parameter by more than the policy's share of its range. */
static bool is_large(const struct guard_context *context, const struct change *change)
{
    if (change->kind != CHANGE_APPLY)
        return false;
    for (int param = 0; (size_t)param < context->table->count; param++) {
        struct value range = param_range(&context->table->param[param]);
        double limit = context->policy->guard.cooldown_change_share * range.number;
        if (value_usable(range) && !number_at_most(guard_distance(context, change, param), limit))
            return true;
    }
    return false;
}

struct guard_cooldown guard_cooldown_now(const struct guard_context *context, int param)
{
    struct guard_cooldown cooldown = {0};
    struct value covers = guard_setting(context, context->policy->guard.cooldown_iters);
    if (!value_usable(covers))
        return cooldown;
    cooldown.covers = (int)covers.number;
    size_t end = guard_end_change(context);
    for (size_t i = guard_first_change(context, context->iteration - cooldown.covers); i < end;
         i++) {
        const struct change *change = &context->run->change[i];
        bool rolled = is_rollback(change);
        if (param >= 0 ? rolled && change_moves(change, param)
                       : rolled || is_large(context, change)) {
            cooldown.since = change->after_iteration;
            cooldown.until = change->after_iteration + cooldown.covers;
            cooldown.rolled = rolled;
        }
    }
    return cooldown;
}

static void block(struct delta *delta, const struct guard_context *context,
                  const struct guard_cooldown *cooldown)
{
    int left = cooldown->until - context->iteration;
    guard_block(delta, GUARD_COOLDOWN, cooldown->until + 1, context,
                "%d of %d iterations after %s at iteration %d, %d left", cooldown->covers - left,
                cooldown->covers, cooldown->rolled ? "the rollback" : "the large change",
                cooldown->since, left);
}

/* A line towards safety waits only where a rollback moved its parameter: the operator's word. */
static void check_line(struct delta *delta, const struct guard_context *context, int covers)
{
    bool exempt = guard_exempt(delta);
    int gap = guard_gap(context, context->iteration - covers);
    struct guard_cooldown cooldown = guard_cooldown_now(context, exempt ? delta->param : -1);
    if (cooldown.until >= context->iteration)
        block(delta, context, &cooldown);
    else if (gap && !exempt)
        guard_block_gap(delta, GUARD_COOLDOWN, gap, covers, context);
}

void guard_cooldown_check(struct proposal *proposal, const struct guard_context *context)
{
    struct value covers = guard_setting(context, context->policy->guard.cooldown_iters);
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (!guard_open(delta))
            continue;
        if (value_usable(covers))
            check_line(delta, context, (int)covers.number);
        else if (!guard_exempt(delta))
            guard_block_unset(delta, GUARD_COOLDOWN, context, "cooldown_iters");
    }
}
