/* line: see line.h. */
#include "config.h"

#include "model/line.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *line_op_name(enum decide_op op)
{
    static const char *const names[] = {
        [DECIDE_APPROVE] = "approve", [DECIDE_REJECT] = "reject",     [DECIDE_EDIT] = "edit",
        [DECIDE_HOLD] = "hold",       [DECIDE_OVERRIDE] = "override", [DECIDE_RESET] = "reset",
        [DECIDE_UNDO] = "undo",       [DECIDE_REDO] = "redo"};
    return names[op];
}

const char *line_op_past(enum decide_op op)
{
    static const char *const verbs[] = {[DECIDE_APPROVE] = "approved",
                                        [DECIDE_REJECT] = "rejected",
                                        [DECIDE_EDIT] = "edited",
                                        [DECIDE_HOLD] = "held",
                                        [DECIDE_OVERRIDE] = "overrode the guard of",
                                        [DECIDE_RESET] = "reset",
                                        [DECIDE_UNDO] = "undid",
                                        [DECIDE_REDO] = "redid"};
    return verbs[op];
}

bool line_staged(const struct delta *delta)
{
    return delta->state == DELTA_APPROVED || delta->state == DELTA_EDITED;
}

/* PROPOSAL as if the staged lines alone had been proposed; those that an operator stages against a
 * guard stay staged. */
static struct proposal judge_staged(const struct proposal *proposal,
                                    const struct line_context *context)
{
    struct proposal staged = *proposal;
    struct guard_report report;
    for (size_t i = 0; i < staged.count; i++) {
        struct delta *delta = &staged.delta[i];
        if (!line_staged(delta))
            delta->state = DELTA_REJECTED;
        else if (!delta->overridden)
            delta->state = DELTA_PROPOSED;
    }
    guard_check(&staged, &report, &context->guards);
    return staged;
}

int line_check_staged(const struct proposal *proposal, const struct line_context *context,
                      struct error *err)
{
    struct proposal staged = judge_staged(proposal, context);
    for (size_t i = 0; i < staged.count; i++)
        if (staged.delta[i].state == DELTA_BLOCKED)
            return error_set(err, ERROR_REFUSED, "%s is blocked by the guard %s: %s",
                             staged.delta[i].name, guard_name(staged.delta[i].guard),
                             staged.delta[i].note);
    return 0;
}

static int refuse_blocked(const struct delta *delta, struct error *err)
{
    if (delta->clears_at > 0)
        return error_set(err, ERROR_REFUSED, "%s is blocked by the guard %s until iteration %d: %s",
                         delta->name, guard_name(delta->guard), delta->clears_at, delta->note);
    return error_set(err, ERROR_REFUSED, "%s is blocked by the guard %s: %s", delta->name,
                     guard_name(delta->guard), delta->note);
}

static void put_note(struct delta *delta, const char *note)
{
    snprintf(delta->note, sizeof(delta->note), "%s", note);
}

/* No guard, hold or override is left of what the line was. */
static void clear_line(struct delta *delta, enum delta_state state)
{
    delta->state = state;
    delta->guard = GUARD_NONE;
    delta->clears_at = 0;
    delta->overridden = false;
    delta->hold_until = 0;
}

/* An edit of a line that was staged against a guard stays so if one blocks the new value too. */
static int edit(struct proposal *proposal, struct delta *delta,
                const struct line_decision *decision, const struct line_context *context,
                struct error *err)
{
    const struct param *param = &context->guards.table->param[delta->param];
    bool overridden = delta->overridden;
    if (param_check(param, decision->number, err) != 0)
        return -1;
    delta->after = param_quantize(param, decision->number);
    clear_line(delta, DELTA_EDITED);
    put_note(delta, decision->note);
    struct proposal staged = judge_staged(proposal, context);
    const struct delta *judged = &staged.delta[delta - proposal->delta];
    if (overridden && judged->state == DELTA_BLOCKED && judged->guard != GUARD_NO_OP) {
        delta->overridden = true;
        delta->guard = judged->guard;
        delta->clears_at = judged->clears_at;
        put_note(delta, judged->note);
    }
    return line_check_staged(proposal, context, err);
}

static int approve(struct proposal *proposal, struct delta *delta,
                   const struct line_decision *decision, const struct line_context *context,
                   struct error *err)
{
    if (delta->state == DELTA_BLOCKED || (delta->state == DELTA_HELD && delta->guard != GUARD_NONE))
        return refuse_blocked(delta, err);
    if (delta->state == DELTA_EDITED || delta->overridden)
        return 0;
    bool held = delta->state == DELTA_HELD;
    clear_line(delta, DELTA_APPROVED);
    put_note(delta, decision->note);
    return held ? line_check_staged(proposal, context, err) : 0;
}

static int override(struct delta *delta, struct error *err)
{
    if (delta->guard == GUARD_NO_OP)
        return error_set(err, ERROR_REFUSED, "%s is in force already: there is nothing to write",
                         delta->name);
    if (delta->guard == GUARD_NONE)
        return error_set(err, ERROR_REFUSED, "no guard holds %s: approve it", delta->name);
    delta->state = DELTA_APPROVED;
    delta->after = delta->target;
    delta->overridden = true;
    delta->hold_until = 0;
    return 0;
}

static int reject(struct delta *delta, const struct line_decision *decision, struct error *err)
{
    if (delta->state == DELTA_BLOCKED)
        return refuse_blocked(delta, err);
    clear_line(delta, DELTA_REJECTED);
    delta->after = delta->target;
    put_note(delta, decision->note);
    return 0;
}

/* Until iteration NUMBER, or (0) until no guard holds the line. */
static int check_hold(const struct line_context *context, const struct delta *delta, double number,
                      struct error *err)
{
    int here = context->guards.iteration, planned = context->planned;
    if (delta->guard == GUARD_NO_OP)
        return error_set(err, ERROR_REFUSED, "%s is in force already: there is nothing to hold",
                         delta->name);
    if (number == 0.0 && (delta->guard == GUARD_NONE || delta->guard == GUARD_LATE))
        return error_set(err, ERROR_REFUSED, "no guard that clears holds %s: name an iteration",
                         delta->name);
    if (number == 0.0 || (number > here && number <= (planned > 0 ? planned : 1e6)))
        return 0;
    if (planned > 0 && here >= planned)
        return error_set(err, ERROR_REFUSED, "iteration %d is the last: nothing comes back", here);
    return error_set(err, ERROR_REFUSED, "hold until an iteration from %d%s%.0d", here + 1,
                     planned > 0 ? " to " : " on", planned);
}

static int hold(struct delta *delta, const struct line_decision *decision,
                const struct line_context *context, struct error *err)
{
    if (floor(decision->number) != decision->number)
        return error_set(err, ERROR_REFUSED, "an iteration is a whole number");
    if (check_hold(context, delta, decision->number, err) != 0)
        return -1;
    delta->state = DELTA_HELD;
    delta->after = delta->target;
    delta->overridden = false;
    delta->hold_until = (int)decision->number;
    if (delta->held_at == 0)
        delta->held_at = context->guards.iteration;
    if (delta->guard == GUARD_NONE)
        put_note(delta, decision->note);
    return 0;
}

int line_decide(struct proposal *proposal, struct delta *delta,
                const struct line_decision *decision, const struct line_context *context,
                struct error *err)
{
    if (delta->held_at == proposal->iteration)
        delta->held_at = 0;
    switch (decision->op) {
    case DECIDE_APPROVE:
        return approve(proposal, delta, decision, context, err);
    case DECIDE_REJECT:
        return reject(delta, decision, err);
    case DECIDE_EDIT:
        return edit(proposal, delta, decision, context, err);
    case DECIDE_HOLD:
        return hold(delta, decision, context, err);
    case DECIDE_OVERRIDE:
        return override(delta, err);
    case DECIDE_RESET:
        *delta = context->offered->delta[delta - proposal->delta];
        return 0;
    case DECIDE_UNDO:
    case DECIDE_REDO:
        break;
    }
    return error_set(err, ERROR_REFUSED, "there is no such decision");
}
