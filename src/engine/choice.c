/* choice: the operator's decisions on single lines of the proposal that waits. Each is in the
 * journal before anybody sees it, and stands on the stack of what u takes back. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <string.h>

/* Who decided on the proposal of iteration NUMBER; "" if nobody did, or there is none. */
static const char *decider_of(const struct engine *engine, int number)
{
    static const char operator[] = "operator:";
    const struct decision *decision = &engine->decision;
    const struct iteration *recorded = run_iteration(&engine->run, number);
    bool waits = decision->iteration && decision->iteration->number == number;
    const char *by = recorded ? recorded->decided_by : waits ? decision->actor : "";
    return strncmp(by, operator, strlen(operator)) == 0 ? by + strlen(operator) : by;
}

int choice_pending(const struct engine *engine, const struct command *command, struct error *err)
{
    const struct decision *decision = &engine->decision;
    bool holding = decision->holding && !decision->done;
    if (holding && (command->iteration == 0 || command->iteration == decision->proposal.iteration))
        return 0;
    const char *by = decider_of(engine, command->iteration);
    if (by[0] != '\0')
        return error_set(err, ERROR_REFUSED, "the proposal of iteration %d was decided by %s",
                         command->iteration, by);
    if (!holding)
        return error_set(err, ERROR_REFUSED, "no proposal waits for a decision");
    return error_set(err, ERROR_REFUSED,
                     "the proposal of iteration %d is gone; that of iteration %d waits",
                     command->iteration, decision->proposal.iteration);
}

/* What a decision on a line is made in; VALUES is room for those in force. */
static struct line_context context_of(const struct engine *engine, struct value values[PARAM_MAX])
{
    return (struct line_context){.guards = iterate_context(engine, values),
                                 .offered = &engine->decision.offered,
                                 .planned = engine->run.planned};
}

int choice_check_staged(struct engine *engine, const struct proposal *proposal, struct error *err)
{
    struct value values[PARAM_MAX];
    const struct line_context context = context_of(engine, values);
    return line_check_staged(proposal, &context, err);
}

static void tell_decision(struct engine *engine, const struct delta *line,
                          const struct command *command)
{
    char shown[40] = "";
    if (command->op == DECIDE_EDIT)
        param_format(&engine->config->params.param[line->param], value_of(line->after), shown,
                     sizeof(shown));
    post_event(engine, EVENT_DECISION, "%s %s%s%s by %s%s%s", line_op_name(command->op), line->name,
               shown[0] ? " to " : "", shown, command->actor, command->note[0] ? ": " : "",
               command->note);
}

/* Decides on LINE of the proposal; the journal first. 1: it was as asked already. */
static int decide_one(struct engine *engine, struct delta *line, const struct command *command,
                      struct error *err)
{
    struct proposal next = engine->decision.proposal;
    struct delta *delta = &next.delta[line - engine->decision.proposal.delta];
    struct value values[PARAM_MAX];
    const struct line_context context = context_of(engine, values);
    const struct line_decision decision = {command->op, command->number, command->note};
    if (line_decide(&next, delta, &decision, &context, err) != 0)
        return -1;
    if (memcmp(delta, line, sizeof(*delta)) == 0)
        return 1;
    const struct decision_record record = {.iteration = next.iteration,
                                           .actor = command->actor,
                                           .op = line_op_name(command->op),
                                           .note = command->note,
                                           .from = line,
                                           .line = delta,
                                           .batch = command->batch};
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
        return error_set(err, ERROR_REFUSED, "an %s names one parameter",
                         line_op_name(command->op));
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
    buffer_printf(text, "%s %s: %s -> %s, now %s", line_op_name(command->op), line->name,
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
    buffer_printf(text, "%s: %d lines", line_op_name(command->op), decided);
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
