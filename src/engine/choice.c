/* choice: the operator's decisions on single lines of the proposal that waits. Each is in the
 * journal before anybody sees it, and stands on the stack of what u takes back. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int choice_pending(const struct engine *engine, const struct command *command, struct error *err)
{
    const struct decision *decision = &engine->decision;
    if (!decision->holding || decision->done)
        return error_set(err, ERROR_REFUSED, "no proposal waits for a decision");
    if (command->iteration != 0 && command->iteration != decision->proposal.iteration)
        return error_set(err, ERROR_REFUSED,
                         "the proposal of iteration %d is gone; that of iteration %d waits",
                         command->iteration, decision->proposal.iteration);
    return 0;
}

static bool is_staged(const struct delta *delta)
{
    return delta->state == DELTA_APPROVED || delta->state == DELTA_EDITED;
}

/* PROPOSAL as if the staged lines alone had been proposed; those that an operator stages against a
 * guard stay staged. */
static struct proposal judge_staged(struct engine *engine, const struct proposal *proposal)
{
    struct proposal staged = *proposal;
    struct guard_report report;
    for (size_t i = 0; i < staged.count; i++) {
        struct delta *delta = &staged.delta[i];
        if (!is_staged(delta))
            delta->state = DELTA_REJECTED;
        else if (!delta->overridden)
            delta->state = DELTA_PROPOSED;
    }
    iterate_guard(engine, &staged, &report);
    return staged;
}

int choice_check_staged(struct engine *engine, const struct proposal *proposal, struct error *err)
{
    struct proposal staged = judge_staged(engine, proposal);
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
static int edit(struct engine *engine, struct proposal *next, struct delta *delta,
                const struct command *command, struct error *err)
{
    const struct param *param = &engine->config->params.param[delta->param];
    bool overridden = delta->overridden;
    if (param_check(param, command->number, err) != 0)
        return -1;
    delta->after = param_quantize(param, command->number);
    clear_line(delta, DELTA_EDITED);
    put_note(delta, command->note);
    struct proposal staged = judge_staged(engine, next);
    const struct delta *judged = &staged.delta[delta - next->delta];
    if (overridden && judged->state == DELTA_BLOCKED && judged->guard != GUARD_NO_OP) {
        delta->overridden = true;
        delta->guard = judged->guard;
        delta->clears_at = judged->clears_at;
        put_note(delta, judged->note);
    }
    return choice_check_staged(engine, next, err);
}

static int approve(struct engine *engine, struct proposal *next, struct delta *delta,
                   const struct command *command, struct error *err)
{
    if (delta->state == DELTA_BLOCKED || (delta->state == DELTA_HELD && delta->guard != GUARD_NONE))
        return refuse_blocked(delta, err);
    if (delta->state == DELTA_EDITED || delta->overridden)
        return 0;
    bool held = delta->state == DELTA_HELD;
    clear_line(delta, DELTA_APPROVED);
    put_note(delta, command->note);
    return held ? choice_check_staged(engine, next, err) : 0;
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

static int reject(struct delta *delta, const struct command *command, struct error *err)
{
    if (delta->state == DELTA_BLOCKED)
        return refuse_blocked(delta, err);
    clear_line(delta, DELTA_REJECTED);
    delta->after = delta->target;
    put_note(delta, command->note);
    return 0;
}

/* Until iteration NUMBER, or (0) until no guard holds the line. */
static int check_hold(const struct engine *engine, const struct delta *delta, double number,
                      struct error *err)
{
    int here = engine->decision.proposal.iteration, planned = engine->run.planned;
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

static int hold(struct engine *engine, struct delta *delta, const struct command *command,
                struct error *err)
{
    if (floor(command->number) != command->number)
        return error_set(err, ERROR_REFUSED, "an iteration is a whole number");
    if (check_hold(engine, delta, command->number, err) != 0)
        return -1;
    delta->state = DELTA_HELD;
    delta->after = delta->target;
    delta->overridden = false;
    delta->hold_until = (int)command->number;
    if (delta->held_at == 0)
        delta->held_at = engine->decision.proposal.iteration;
    if (delta->guard == GUARD_NONE)
        put_note(delta, command->note);
    return 0;
}

/* Carries COMMAND out on one line of NEXT, a copy of the proposal. */
static int decide_line(struct engine *engine, struct proposal *next, struct delta *delta,
                       const struct command *command, struct error *err)
{
    if (delta->held_at == next->iteration)
        delta->held_at = 0;
    switch (command->op) {
    case DECIDE_APPROVE:
        return approve(engine, next, delta, command, err);
    case DECIDE_REJECT:
        return reject(delta, command, err);
    case DECIDE_EDIT:
        return edit(engine, next, delta, command, err);
    case DECIDE_HOLD:
        return hold(engine, delta, command, err);
    case DECIDE_OVERRIDE:
        return override(delta, err);
    case DECIDE_RESET:
        *delta = engine->decision.offered.delta[delta - next->delta];
        return 0;
    case DECIDE_UNDO:
    case DECIDE_REDO:
        break;
    }
    return error_set(err, ERROR_REFUSED, "there is no such decision");
}

static const char *op_name(enum decide_op op)
{
    static const char *const names[] = {
        [DECIDE_APPROVE] = "approve", [DECIDE_REJECT] = "reject",     [DECIDE_EDIT] = "edit",
        [DECIDE_HOLD] = "hold",       [DECIDE_OVERRIDE] = "override", [DECIDE_RESET] = "reset",
        [DECIDE_UNDO] = "undo",       [DECIDE_REDO] = "redo"};
    return names[op];
}

static void tell_decision(struct engine *engine, const struct delta *line,
                          const struct command *command)
{
    char shown[40] = "";
    if (command->op == DECIDE_EDIT)
        param_format(&engine->config->params.param[line->param], value_of(line->after), shown,
                     sizeof(shown));
    post_event(engine, EVENT_DECISION, "%s %s%s%s by %s%s%s", op_name(command->op), line->name,
               shown[0] ? " to " : "", shown, command->actor, command->note[0] ? ": " : "",
               command->note);
}

/* Decides on LINE of the proposal; the journal first. 1: it was as asked already. */
static int decide_one(struct engine *engine, struct delta *line, const struct command *command,
                      struct error *err)
{
    struct proposal next = engine->decision.proposal;
    struct delta *delta = &next.delta[line - engine->decision.proposal.delta];
    if (decide_line(engine, &next, delta, command, err) != 0)
        return -1;
    if (memcmp(delta, line, sizeof(*delta)) == 0)
        return 1;
    const struct decision_record record = {.iteration = next.iteration,
                                           .actor = command->actor,
                                           .op = op_name(command->op),
                                           .note = command->note,
                                           .from = line,
                                           .line = delta};
    if (record_decision(&engine->recorder, &record, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    past_note(engine, command, line, delta);
    *line = *delta;
    tell_decision(engine, line, command);
    return 0;
}

/* Every line that no guard holds; one that cannot be decided ends it. */
static int decide_all(struct engine *engine, const struct command *command, int *decided,
                      struct error *err)
{
    struct proposal *proposal = &engine->decision.proposal;
    if (command->op == DECIDE_EDIT || command->op == DECIDE_OVERRIDE)
        return error_set(err, ERROR_REFUSED, "an %s names one parameter", op_name(command->op));
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *line = &proposal->delta[i];
        bool passed_over = line->state == DELTA_BLOCKED || line->state == DELTA_HELD;
        int result = passed_over && command->op != DECIDE_RESET
                         ? 1
                         : decide_one(engine, line, command, err);
        if (result < 0)
            return -1;
        *decided += result == 0;
    }
    return 0;
}

/* "freeze holds impact_cap_ratio until it 7: staged against it, A asks why": it must fit
 * the narrow status line. */
static void say_overridden(const struct delta *line, struct buffer *text)
{
    buffer_printf(text, "%s holds %s", guard_name(line->guard), line->name);
    if (line->clears_at > 0)
        buffer_printf(text, " until it %d", line->clears_at);
    buffer_puts(text, ": staged against it, A asks why");
}

static void say_line(struct engine *engine, const struct delta *line, const struct command *command,
                     struct buffer *text)
{
    const struct param *param = &engine->config->params.param[line->param];
    char now[40], after[40];
    if (line->overridden) {
        say_overridden(line, text);
        return;
    }
    buffer_printf(text, "%s %s: %s -> %s, now %s", op_name(command->op), line->name,
                  param_format(param, value_of(line->now), now, sizeof(now)),
                  param_format(param, value_of(line->after), after, sizeof(after)),
                  delta_state_name(line->state));
    if (line->state == DELTA_HELD && line->hold_until > 0)
        buffer_printf(text, " until it %d", line->hold_until);
    else if (line->state == DELTA_HELD)
        buffer_printf(text, " until %s clears", guard_name(line->guard));
    if (command->note[0])
        buffer_printf(text, " (%s)", command->note);
}

/* The line that COMMAND names. */
static int decide_named(struct engine *engine, const struct command *command, struct buffer *text,
                        struct error *err)
{
    struct proposal *proposal = &engine->decision.proposal;
    struct delta *line = proposal_find(proposal, command->name);
    if (!line)
        return error_set(err, ERROR_REFUSED, "the proposal of iteration %d has no line %s",
                         proposal->iteration, command->name);
    int result = decide_one(engine, line, command, err);
    if (result >= 0)
        say_line(engine, line, command, text);
    if (result == 0)
        post_proposal(engine);
    return result < 0 ? -1 : 0;
}

/* All lines that no guard holds; what was decided before one could not be stays so. */
static int decide_open(struct engine *engine, const struct command *command, struct buffer *text,
                       struct error *err)
{
    struct command all = *command;
    int decided = 0;
    if (all.batch == 0)
        all.batch = command->id;
    int result = decide_all(engine, &all, &decided, err);
    buffer_printf(text, "%s: %d lines", op_name(command->op), decided);
    if (decided > 0)
        post_proposal(engine);
    return result;
}

static int take_back(struct engine *engine, const struct command *command, struct buffer *text,
                     struct error *err)
{
    int result = command->op == DECIDE_UNDO ? past_undo(engine, command, text, err)
                                            : past_redo(engine, command, text, err);
    post_proposal(engine);
    return result;
}

int choice_decide(struct engine *engine, const struct command *command, struct buffer *text,
                  struct error *err)
{
    if (choice_pending(engine, command, err) != 0)
        return -1;
    if (command->op == DECIDE_UNDO || command->op == DECIDE_REDO)
        return take_back(engine, command, text, err);
    if (command->op < DECIDE_APPROVE || command->op > DECIDE_RESET)
        return error_set(err, ERROR_REFUSED, "there is no such decision");
    return command->name[0] ? decide_named(engine, command, text, err)
                            : decide_open(engine, command, text, err);
}
