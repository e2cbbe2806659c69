/* rehearsal_order: the orders of a rehearsal, one by one: decisions on lines, the end of an
 * iteration, going back. See rehearsal.h. */
#include "config.h"

#include "model/rehearsal_internal.h"

#include <stdio.h>
#include <string.h>

static int refuse(struct error *err, const char *text)
{
    return error_set(err, ERROR_REFUSED, "%s", text);
}

/* A line of the proposal that waits. */

static void name_line(const struct rehearsal *rehearsal, const struct rehearsal_order *order,
                      const struct delta *line, struct buffer *text)
{
    const struct param *param = &rehearsal->table->param[line->param];
    char target[40], after[40];
    buffer_printf(text, "%s %s", line_op_past(order->line), line->name);
    if (order->line == DECIDE_EDIT)
        buffer_printf(text, " %s -> %s",
                      param_format(param, value_of(line->target), target, sizeof target),
                      param_format(param, value_of(line->after), after, sizeof after));
    if (order->line == DECIDE_HOLD && line->hold_until > 0)
        buffer_printf(text, " until it %d", line->hold_until);
    else if (order->line == DECIDE_HOLD)
        buffer_printf(text, " until %s clears", guard_name(line->guard));
    if (order->line == DECIDE_OVERRIDE && line->clears_at > 0)
        buffer_printf(text, " (%s, until it %d)", guard_name(line->guard), line->clears_at);
    else if (order->line == DECIDE_OVERRIDE)
        buffer_printf(text, " (%s)", guard_name(line->guard));
    if (order->note[0])
        buffer_printf(text, " (%s)", order->note);
}

/* Decides on the line INDEX of the proposal that waits. 1: it was as asked already. */
static int decide_one(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                      size_t index, struct error *err)
{
    struct run before, *run = rehearsal->run;
    struct proposal next = run->pending;
    const struct line_context context = rehearsal_context(rehearsal, &before);
    const struct line_decision decision = {order->line, order->number, order->note};
    if (line_decide(&next, &next.delta[index], &decision, &context, err) != 0)
        return -1;
    if (memcmp(&next.delta[index], &run->pending.delta[index], sizeof next.delta[index]) == 0)
        return 1;
    run->pending = next;
    return 0;
}

static int decide_all(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                      struct buffer *text, struct error *err)
{
    struct proposal *pending = &rehearsal->run->pending, old = *pending;
    size_t decided = 0;
    if (order->line == DECIDE_EDIT || order->line == DECIDE_OVERRIDE)
        return refuse(err, "that names one parameter");
    for (size_t i = 0; i < pending->count; i++) {
        enum delta_state state = pending->delta[i].state;
        bool passed_over = state == DELTA_BLOCKED || state == DELTA_HELD;
        if (passed_over && order->line != DECIDE_RESET)
            continue;
        int result = decide_one(rehearsal, order, i, err);
        if (result < 0) {
            *pending = old;
            return -1;
        }
        decided += result == 0;
    }
    buffer_printf(text, "%s %zu line%s", line_op_past(order->line), decided,
                  decided == 1 ? "" : "s");
    return decided > 0 ? 0 : refuse(err, "every line is as asked already");
}

static int do_line(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                   struct buffer *text, struct error *err)
{
    struct proposal *pending = &rehearsal->run->pending;
    if (!rehearsal->run->has_pending)
        return refuse(err, "no proposal waits for a decision in this iteration");
    if (order->line == DECIDE_UNDO || order->line == DECIDE_REDO)
        return refuse(err, "there is no such decision");
    if (order->name[0] == '\0')
        return decide_all(rehearsal, order, text, err);
    const struct delta *line = proposal_find(pending, order->name);
    if (!line)
        return error_set(err, ERROR_REFUSED, "the proposal of iteration %d has no line %s",
                         pending->iteration, order->name);
    int result = decide_one(rehearsal, order, (size_t)(line - pending->delta), err);
    if (result > 0)
        return refuse(err, "the line is as asked already");
    if (result == 0)
        name_line(rehearsal, order, line, text);
    return result;
}

/* The end of an iteration. */

/* The staged line that wants the higher confirmation; NULL: none. */
static const struct delta *find_grave(const struct rehearsal *rehearsal)
{
    const struct proposal *pending = &rehearsal->run->pending;
    for (size_t i = 0; i < pending->count; i++) {
        const struct delta *delta = &pending->delta[i];
        if (line_staged(delta) &&
            (delta->overridden ||
             param_oversized(&rehearsal->table->param[delta->param], delta->now, delta->after)))
            return delta;
    }
    return NULL;
}

static void close_iteration(struct rehearsal *rehearsal, const char *note, const char *reason,
                            struct buffer *text)
{
    size_t changes = rehearsal->run->change_count, lines = rehearsal->run->pending.count;
    rehearsal_close(rehearsal, note, reason);
    const struct run *run = rehearsal->run;
    const struct iteration *iteration = run_last(run);
    if (run->change_count > changes && iteration->applied) {
        rehearsal_tell(iteration, rehearsal->table, text);
        return;
    }
    buffer_printf(text, "left out all %zu line%s of it %d", lines, lines == 1 ? "" : "s",
                  iteration->number);
    if (note[0])
        buffer_printf(text, " (%s)", note);
}

static int do_apply(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                    struct buffer *text, struct error *err)
{
    struct run before;
    if (!rehearsal->run->has_pending)
        return refuse(err, "no proposal waits for a decision in this iteration");
    const struct line_context context = rehearsal_context(rehearsal, &before);
    if (line_check_staged(&rehearsal->run->pending, &context, err) != 0)
        return -1;
    const struct delta *grave = find_grave(rehearsal);
    if (grave && (!order->confirmed || order->note[0] == '\0'))
        return error_set(err, ERROR_REFUSED,
                         "%s is staged against a guard, or moves by more than its largest step: "
                         "that wants the word and a reason",
                         grave->name);
    close_iteration(rehearsal, grave ? "" : order->note, grave ? order->note : "", text);
    return 0;
}

static int do_auto(struct rehearsal *rehearsal, struct buffer *text, struct error *err)
{
    struct proposal *pending = &rehearsal->run->pending;
    if (!rehearsal->run->has_pending)
        return refuse(err, "no proposal waits for a decision in this iteration");
    for (size_t i = 0; i < pending->count; i++)
        if (pending->delta[i].state == DELTA_PROPOSED)
            pending->delta[i].state = DELTA_APPROVED;
    close_iteration(rehearsal, "", "", text);
    return 0;
}

/* Nothing of a proposal is written that an operator has staged but not applied. */
static int do_pass(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                   struct buffer *text, struct error *err)
{
    struct proposal *pending = &rehearsal->run->pending;
    size_t staged = proposal_staged(pending);
    if (!rehearsal->run->has_pending)
        return refuse(err, "no proposal waits for a decision in this iteration");
    if (staged > 0)
        return error_set(err, ERROR_REFUSED,
                         "%zu line%s staged and not applied: apply, or take that back", staged,
                         staged == 1 ? " is" : "s are");
    close_iteration(rehearsal, order->note, "", text);
    return 0;
}

static int do_next(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                   struct buffer *text, struct error *err)
{
    bool waits = rehearsal->run->has_pending;
    if (waits && do_pass(rehearsal, order, text, err) != 0)
        return -1;
    if (rehearsal_open_next(rehearsal)) {
        buffer_printf(text, "%swent on to it %d", waits ? "; " : "", rehearsal_at(rehearsal));
        return 0;
    }
    return waits
               ? 0
               : error_set(err, ERROR_REFUSED,
                           "the recorded run ends with iteration %d: what came after was not seen",
                           rehearsal_at(rehearsal));
}

/* Back. */

/* Where the newest apply in force came from: the parameters before it; if something else came
 * since, what it changed and still has its value goes back, the rest stays. */
static int last_values(const struct rehearsal *rehearsal, struct value *values, struct error *err)
{
    const struct run *run = rehearsal->run;
    size_t count = rehearsal->table->count;
    const struct change *apply = run_newest_apply(run);
    if (!apply || apply->param_count != count)
        return refuse(err, "there is no apply left to roll back: the run's first state is in "
                           "force");
    for (size_t i = 0; i < count; i++) {
        bool has = value_present(values[i]) && value_present(apply->after[i]) &&
                   number_equal(values[i].number, apply->after[i].number);
        if (change_moves(apply, (int)i) && has)
            values[i] = apply->before[i];
    }
    return 0;
}

static int back_values(const struct rehearsal *rehearsal, const struct rehearsal_order *order,
                       struct value *values, struct error *err)
{
    const struct run *run = rehearsal->run;
    int number = (int)order->number;
    const struct iteration *iteration = run_iteration(run, number);
    if (order->op == REHEARSE_BACK)
        return last_values(rehearsal, values, err);
    if (order->op == REHEARSE_BACK_TO) {
        if (!iteration || !iteration->params || iteration->param_count != rehearsal->table->count)
            return error_set(err, ERROR_REFUSED,
                             iteration ? "the parameters of iteration %d were not recorded"
                                       : "there is no iteration %d in this rehearsal yet",
                             number);
        memcpy(values, iteration->params, iteration->param_count * sizeof *values);
        return 0;
    }
    int param = param_find(rehearsal->table, order->name);
    const struct change *apply = param >= 0 ? run_newest_apply_of(run, param) : NULL;
    if (!apply)
        return error_set(err, ERROR_REFUSED, "no apply of %s is in force: it has its first value",
                         order->name);
    values[param] = apply->before[param];
    return 0;
}

static int do_back(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                   struct buffer *text, struct error *err)
{
    struct value values[PARAM_MAX];
    int after = rehearsal_at(rehearsal) - (rehearsal->run->has_pending ? 1 : 0);
    enum change_kind kind = order->op == REHEARSE_BACK_TO ? CHANGE_RESTORE : CHANGE_ROLLBACK;
    memcpy(values, rehearsal->values, sizeof values);
    if (back_values(rehearsal, order, values, err) != 0)
        return -1;
    if (!rehearsal_put(rehearsal, kind, after, values))
        return refuse(err, "these parameters are in force already");
    buffer_puts(text, kind == CHANGE_RESTORE ? "restored " : "rolled back ");
    rehearsal_name_change(rehearsal, text);
    if (order->note[0])
        buffer_printf(text, " (%s)", order->note);
    rehearsal_renew(rehearsal);
    return 0;
}

int rehearsal_carry_out(struct rehearsal *rehearsal, const struct rehearsal_order *order,
                        struct buffer *text, struct error *err)
{
    switch (order->op) {
    case REHEARSE_LINE:
        return do_line(rehearsal, order, text, err);
    case REHEARSE_APPLY:
        return do_apply(rehearsal, order, text, err);
    case REHEARSE_PASS:
        return do_pass(rehearsal, order, text, err);
    case REHEARSE_AUTO:
        return do_auto(rehearsal, text, err);
    case REHEARSE_BACK:
    case REHEARSE_BACK_TO:
    case REHEARSE_BACK_OF:
        return do_back(rehearsal, order, text, err);
    case REHEARSE_NEXT:
        return do_next(rehearsal, order, text, err);
    }
    return refuse(err, "there is no such order");
}
