/* explain_deltas: the line under the cursor in sentences: the rule, the arithmetic from the value
 * in force to the target with the policy's numbers, the guard that blocks it, the decision. UI
 * thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/guard.h"
#include "ui/deltas.h"

static char *plain(const struct param *param, double number, char *text, size_t size)
{
    if (!isfinite(number))
        snprintf(text, size, "n/a");
    else if (param != NULL)
        param_format(param, value_of(number), text, size);
    else
        snprintf(text, size, "%.6g", number);
    return text;
}

static void add_rule(const struct view *view, const struct delta *delta, int iteration,
                     struct buffer *text)
{
    const struct iteration *own = run_iteration(&view->run, iteration);
    if (delta->why[0] == '\0') {
        buffer_printf(text, "Rule: the file does not tell it by line; of all lines it says: %s.\n",
                      own != NULL && own->rationale != NULL ? own->rationale : "nothing");
        return;
    }
    buffer_printf(text, "Rule %s%s: %s.\n", rule_name(delta->rule),
                  rule_is_safety(delta->rule) ? " (towards safety: guards let it through)" : "",
                  delta->why);
    buffer_printf(text, "Its figures are of ITER_SUMMARY_%d.json, its numbers of %s, rules.%s.\n",
                  iteration, view->config->policy_file, rule_key(delta->rule));
}

/* The step that the policy has for the line's parameter. */
static const struct rule_step *step_of(const struct view *view, const struct delta *delta)
{
    const struct rule_policy *rule = &view->config->policy.rule[delta->rule];
    for (size_t i = 0; i < rule->step_count; i++)
        if (rule->step[i].param == delta->param)
            return &rule->step[i];
    return NULL;
}

static void add_step(const struct view *view, const struct delta *delta, struct buffer *text)
{
    const struct rule_step *step = delta->rule != RULE_NONE ? step_of(view, delta) : NULL;
    if (step == NULL)
        return;
    switch (step->kind) {
    case STEP_ADD:
        buffer_printf(text, "Step of the policy: add %+g", step->amount);
        break;
    case STEP_MUL:
        buffer_printf(text, "Step of the policy: times %g", step->amount);
        break;
    case STEP_MUL_FLOOR:
        buffer_printf(text, "Step of the policy: times %g, rounded down, at least 1", step->amount);
        break;
    case STEP_AT_LEAST:
        buffer_printf(text, "Step of the policy: raised to at least %g", step->amount);
        break;
    case STEP_ADD_SHARE:
        buffer_printf(text, "Step of the policy: add the smaller of %g and %g of the value",
                      step->amount, step->share);
        break;
    }
    if (value_present(step->limit))
        buffer_printf(text, ", not beyond %g", step->limit.number);
    buffer_puts(text, ".\n");
}

static void add_arithmetic(const struct delta *delta, const struct param *param,
                           struct buffer *text)
{
    char now[32], sum[32], clamped[32], target[32];
    if (param == NULL || !isfinite(delta->now) || !isfinite(delta->increment)) {
        buffer_printf(text, "Arithmetic: n/a, %s.\n",
                      param == NULL ? "the parameter is not in the table"
                                    : "the file does not tell value and increment");
        return;
    }
    double raw = delta->now + delta->increment, inside = param_clamp(param, raw);
    snprintf(sum, sizeof sum, "%.6g", raw);
    buffer_printf(text, "Arithmetic: %s in force %+.6g asked for = %s; in %g..%g: %s",
                  plain(param, delta->now, now, sizeof now), delta->increment, sum,
                  value_present(param->floor) ? param->floor.number : -HUGE_VAL,
                  value_present(param->cap) ? param->cap.number : HUGE_VAL,
                  plain(param, inside, clamped, sizeof clamped));
    if (value_present(param->step))
        buffer_printf(text, "; on the step of %g: %s", param->step.number,
                      plain(param, param_quantize(param, inside), clamped, sizeof clamped));
    buffer_printf(text, ". Target %s", plain(param, delta->target, target, sizeof target));
    if (!number_equal(delta->target, param_quantize(param, inside)))
        buffer_puts(text, ": the rule's own limit stopped it there");
    buffer_puts(text, ".\n");
}

static const char *guard_path(enum guard guard)
{
    switch (guard) {
    case GUARD_FREEZE:
        return ", guards.freeze";
    case GUARD_OSCILLATION:
    case GUARD_STATE_OSCILLATION:
        return ", guards.oscillation";
    case GUARD_VELOCITY:
        return ", guards.velocity";
    case GUARD_COOLDOWN:
        return ", guards.cooldown";
    case GUARD_NONE:
    case GUARD_LATE:
    case GUARD_NO_OP:
    case GUARD_COUNT:
        break;
    }
    return "";
}

static void add_guard(const struct view *view, const struct delta *delta, struct buffer *text)
{
    char when[EXPLAIN_WHEN_MAX];
    if (delta->guard == GUARD_NONE) {
        buffer_puts(text, "Guards: none blocks it.\n");
        return;
    }
    buffer_printf(text, "Guard %s blocks it: %s.\n", guard_name(delta->guard),
                  delta->note[0] ? delta->note : "its file gives no reason");
    buffer_printf(text, "Its limits are of %s%s.\n", view->config->policy_file,
                  guard_path(delta->guard));
    if (delta->clears_at > 0)
        buffer_printf(text, "It clears at %s.\n", explain_when(view, delta->clears_at, when));
    else
        buffer_puts(text, "When it clears is not known: it depends on what is proposed.\n");
}

static void add_decision(const struct view *view, const struct delta *delta, int iteration,
                         struct buffer *text)
{
    const struct iteration *own = run_iteration(&view->run, iteration);
    enum delta_state state = deltas_state(view, delta, iteration);
    const struct param *param = deltas_param(view, delta);
    char after[32], target[32];
    buffer_printf(text, "Decision: %s", delta_state_name(state));
    if (delta->state == DELTA_EDITED || (isfinite(delta->after) && isfinite(delta->target) &&
                                         !number_equal(delta->after, delta->target)))
        buffer_printf(text, ", %s (was %s by the tuner)",
                      plain(param, delta->after, after, sizeof after),
                      plain(param, delta->target, target, sizeof target));
    if (own != NULL && own->decided_by[0] != '\0')
        buffer_printf(text, ", by %s", own->decided_by);
    if (delta->guard == GUARD_NONE && delta->note[0] != '\0')
        buffer_printf(text, ": %s", delta->note);
    buffer_puts(text, ".\n");
    if (state == DELTA_APPLIED && own != NULL)
        buffer_printf(text, "VERIFIED once it %d has run with the value.\n", iteration + 1);
    if (state == DELTA_ROLLED_BACK && own != NULL && own->rolled_back_at[0] != '\0')
        buffer_printf(text, "Rolled back %s.\n", own->rolled_back_at);
}

void explain_deltas(const struct view *view, struct buffer *text)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    int selected = deltas_selected(view), iteration = deltas_iteration(view);
    const struct iteration *shown = view_iteration(view);
    if (selected < 0) {
        if (count > 0)
            buffer_puts(text, "The cursor is on a line of an earlier proposal: go to its iteration "
                              "to have it explained.\n");
        else if (shown == NULL)
            buffer_puts(text, "Nothing is proposed: no iteration is recorded yet.\n");
        else if (shown->state != ITERATION_OK)
            explain_iteration(view, shown->number, text);
        else
            buffer_printf(text, "it %d proposes nothing: %s.\n", shown->number,
                          shown->rationale ? shown->rationale : "no rule asked for a change");
        return;
    }
    const struct delta *delta = &deltas[selected];
    buffer_printf(text, "%s in it %d: %s.\n", delta->name, iteration,
                  delta_state_name(deltas_state(view, delta, iteration)));
    add_rule(view, delta, iteration, text);
    add_step(view, delta, text);
    add_arithmetic(delta, deltas_param(view, delta), text);
    add_guard(view, delta, text);
    add_decision(view, delta, iteration, text);
}
