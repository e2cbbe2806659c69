/* choice: the operator's decisions on single lines of the proposal that waits. Each is in the
 * journal before anybody sees it, and stands on the stack of what u takes back. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

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

int choice_check_staged(struct engine *engine, const struct proposal *proposal, struct error *err)
{
    struct proposal staged = *proposal;
    struct guard_report report;
    for (size_t i = 0; i < staged.count; i++)
        staged.delta[i].state = is_staged(&staged.delta[i]) ? DELTA_PROPOSED : DELTA_REJECTED;
    iterate_guard(engine, &staged, &report);
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

static int edit(struct engine *engine, struct proposal *next, struct delta *delta,
                const struct command *command, struct error *err)
{
    const struct param *param = &engine->config->params.param[delta->param];
    if (param_check(param, command->number, err) != 0)
        return -1;
    delta->after = param_quantize(param, command->number);
    delta->state = DELTA_EDITED;
    delta->guard = GUARD_NONE;
    delta->clears_at = 0;
    put_note(delta, command->note);
    return choice_check_staged(engine, next, err);
}

/* Carries COMMAND out on one line of NEXT, a copy of the proposal. */
static int decide_line(struct engine *engine, struct proposal *next, struct delta *delta,
                       const struct command *command, struct error *err)
{
    switch (command->op) {
    case DECIDE_APPROVE:
        if (delta->state == DELTA_BLOCKED)
            return refuse_blocked(delta, err);
        if (delta->state != DELTA_EDITED) {
            delta->state = DELTA_APPROVED;
            put_note(delta, command->note);
        }
        return 0;
    case DECIDE_REJECT:
        if (delta->state == DELTA_BLOCKED)
            return refuse_blocked(delta, err);
        delta->state = DELTA_REJECTED;
        delta->after = delta->target;
        put_note(delta, command->note);
        return 0;
    case DECIDE_EDIT:
        return edit(engine, next, delta, command, err);
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
    static const char *const names[] = {[DECIDE_APPROVE] = "approve",
                                        [DECIDE_REJECT] = "reject",
                                        [DECIDE_EDIT] = "edit",
                                        [DECIDE_RESET] = "reset"};
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
    if (command->op == DECIDE_EDIT)
        return error_set(err, ERROR_REFUSED, "an edit names one parameter");
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *line = &proposal->delta[i];
        int result = line->state == DELTA_BLOCKED ? 1 : decide_one(engine, line, command, err);
        if (result < 0)
            return -1;
        *decided += result == 0;
    }
    return 0;
}

static void say_line(struct engine *engine, const struct delta *line, const struct command *command,
                     struct buffer *text)
{
    const struct param *param = &engine->config->params.param[line->param];
    char now[40], after[40];
    buffer_printf(text, "%s %s: %s -> %s, now %s", op_name(command->op), line->name,
                  param_format(param, value_of(line->now), now, sizeof(now)),
                  param_format(param, value_of(line->after), after, sizeof(after)),
                  delta_state_name(line->state));
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
