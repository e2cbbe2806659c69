/* guard: the guards in their order, what they have in common, and what they report. Each takes the
 * lines that are still open; what one blocks the next does not see. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool guard_open(const struct delta *delta)
{
    return delta->state == DELTA_PROPOSED;
}

bool guard_exempt(const struct delta *delta)
{
    return rule_is_safety(delta->rule) && delta->after == delta->target;
}

/* "60 -> 65: " */
static size_t note_start(struct delta *delta, enum guard guard, int clears_at,
                         const struct guard_context *context)
{
    const struct param *param = &context->table->param[delta->param];
    char now[32], after[32];
    delta->state = DELTA_BLOCKED;
    delta->guard = guard;
    delta->clears_at = clears_at;
    int length = snprintf(delta->note, sizeof delta->note,
                          "%s -> %s: ", param_format(param, value_of(delta->now), now, sizeof now),
                          param_format(param, value_of(delta->after), after, sizeof after));
    return length > 0 && (size_t)length < sizeof delta->note ? (size_t)length : 0;
}

void guard_block(struct delta *delta, enum guard guard, int clears_at,
                 const struct guard_context *context, const char *format, ...)
{
    size_t length = note_start(delta, guard, clears_at, context);
    va_list args;
    va_start(args, format);
    vsnprintf(delta->note + length, sizeof delta->note - length, format, args);
    va_end(args);
}

void guard_block_gap(struct delta *delta, enum guard guard, int gap, int span,
                     const struct guard_context *context)
{
    guard_block(delta, guard, gap + span + 1, context,
                "iteration %d cannot be read, and the guard looks back %d iterations", gap, span);
}

void guard_block_unset(struct delta *delta, enum guard guard, const struct guard_context *context,
                       const char *name)
{
    guard_block(delta, guard, 0, context, "the guard needs %s, which has no value", name);
}

static void late_check(struct proposal *proposal, const struct guard_context *context)
{
    for (size_t i = 0; context->final && i < proposal->count; i++)
        if (guard_open(&proposal->delta[i]))
            guard_block(&proposal->delta[i], GUARD_LATE, 0, context, "final iteration");
}

/* All or none: a line that changes nothing does no harm beside one that does. */
static void no_op_check(struct proposal *proposal, const struct guard_context *context)
{
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if ((guard_open(delta) || delta->overridden) && !number_equal(delta->after, delta->now))
            return;
    }
    for (size_t i = 0; i < proposal->count; i++)
        if (guard_open(&proposal->delta[i]))
            guard_block(&proposal->delta[i], GUARD_NO_OP, 0, context, "is in force already");
}

static unsigned skip_of(enum guard guard)
{
    static const unsigned skip[GUARD_COUNT] = {
        [GUARD_FREEZE] = SKIP_FREEZE,
        [GUARD_OSCILLATION] = SKIP_OSCILLATION,
        [GUARD_VELOCITY] = SKIP_VELOCITY,
        [GUARD_COOLDOWN] = SKIP_COOLDOWN,
        [GUARD_STATE_OSCILLATION] = SKIP_OSCILLATION,
        [GUARD_LATE] = SKIP_LATE,
        [GUARD_NO_OP] = SKIP_NO_OP,
    };
    return skip[guard];
}

void guard_report_lines(struct guard_report *report, const struct proposal *proposal)
{
    size_t length = 0;
    report->skip = 0;
    report->note[0] = '\0';
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (delta->state != DELTA_BLOCKED)
            continue;
        report->skip |= skip_of(delta->guard);
        int added = snprintf(report->note + length, sizeof report->note - length, "%s%s: %s %s",
                             length ? "; " : "", guard_name(delta->guard), delta->name,
                             delta->note);
        length += added > 0 ? (size_t)added : 0;
        if (length >= sizeof report->note)
            length = sizeof report->note - 1;
    }
}

static void report_fill(struct guard_report *report, const struct proposal *proposal,
                        const struct guard_context *context)
{
    *report = (struct guard_report){0};
    guard_report_lines(report, proposal);
    report->oscillation_detected = report->skip & SKIP_OSCILLATION;
    report->velocity_violation = report->skip & SKIP_VELOCITY;
    report->cooldown_active = report->skip & SKIP_COOLDOWN ||
                              guard_cooldown_now(context, -1).until >= context->iteration;
    report->freeze_triggered = guard_freeze_starts(context);
    if (report->freeze_triggered)
        snprintf(report->freeze_reason, sizeof report->freeze_reason, "steady_state_lock");
}

void guard_check(struct proposal *proposal, struct guard_report *report,
                 const struct guard_context *context)
{
    guard_freeze_check(proposal, context);
    guard_oscillation_check(proposal, context);
    guard_velocity_check(proposal, context);
    guard_cooldown_check(proposal, context);
    guard_state_check(proposal, context);
    late_check(proposal, context);
    no_op_check(proposal, context);
    report_fill(report, proposal, context);
}

static bool fallback_fired(const struct iteration *iteration)
{
    if (iteration->fallback_fired)
        return true;
    for (size_t i = 0; i < iteration->delta_count; i++)
        if (iteration->delta[i].rule == RULE_FALLBACK)
            return true;
    return false;
}

int guard_negative_streak(const struct run *run, const struct summary *summary)
{
    int streak = 0;
    struct value net = summary ? summary->kpi[KPI_NET] : value_missing();
    if (value_usable(net) && !value_below(net, 0.0))
        return 0;
    streak += value_usable(net);
    for (size_t i = run->count; i; i--) {
        const struct iteration *iteration = run->iteration[i - 1];
        net = iteration_kpi(iteration, KPI_NET);
        if (fallback_fired(iteration) || (value_usable(net) && !value_below(net, 0.0)))
            break;
        streak += value_usable(net);
    }
    return streak;
}
