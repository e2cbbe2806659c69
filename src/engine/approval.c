/* approval: the operator's part of a decision: the hold, decisions on single lines, and the apply
 * of the staged ones. Each decision is in the journal before anybody sees it. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <string.h>

/* The proposal waits, and COMMAND means it. */
static int check_pending(const struct engine *engine, const struct command *command,
                         struct error *err)
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

/* Runs the guards over the staged lines of PROPOSAL, as if they alone had been proposed. -1 with
 * ERR names the first that is blocked. */
static int check_staged(struct engine *engine, const struct proposal *proposal, struct error *err)
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
    return check_staged(engine, next, err);
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
    if (record_decision(&engine->recorder, next.iteration, command->actor, op_name(command->op),
                        delta->name, value_of(line->after), value_of(delta->after), command->note,
                        err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
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

int approval_decide(struct engine *engine, const struct command *command, struct buffer *text,
                    struct error *err)
{
    int decided = 0, result;
    if (check_pending(engine, command, err) != 0)
        return -1;
    if (command->op < DECIDE_APPROVE || command->op > DECIDE_RESET)
        return error_set(err, ERROR_REFUSED, "there is no such decision");
    struct delta *line = command->name[0] ? proposal_find(&engine->decision.proposal, command->name)
                                          : NULL;
    if (command->name[0] && !line)
        return error_set(err, ERROR_REFUSED, "the proposal of iteration %d has no line %s",
                         engine->decision.proposal.iteration, command->name);
    if (line) {
        result = decide_one(engine, line, command, err);
        decided = result == 0;
        if (result >= 0)
            say_line(engine, line, command, text);
    } else {
        result = decide_all(engine, command, &decided, err);
        buffer_printf(text, "%s: %d lines", op_name(command->op), decided);
    }
    if (decided > 0)
        post_proposal(engine);
    return result < 0 ? -1 : 0;
}

/* What stands in the way of an apply: another base, another process's change, a guard. */
static int check_apply(struct engine *engine, const struct command *command, struct error *err)
{
    const struct decision *decision = &engine->decision;
    if (command->base_hash[0] && strcmp(command->base_hash, decision->proposal.base_hash) != 0)
        return error_set(err, ERROR_CONFLICT,
                         "the parameters changed since this was shown: look at the proposal again");
    switch (external_look(engine)) {
    case PIPELINE_SAME:
        break;
    case PIPELINE_CHANGED:
        approval_renew(engine);
        return error_set(err, ERROR_CONFLICT,
                         "another process has changed the parameters: nothing was written, the "
                         "proposal was made anew for them; look at it and apply again");
    case PIPELINE_UNREADABLE:
        return error_set(err, ERROR_CONFLICT, "nothing was written: %s",
                         engine->pipeline.unreadable.text);
    case PIPELINE_FATAL:
        return error_set(err, engine->fatal.code, "%s", engine->fatal.text);
    }
    return check_staged(engine, &decision->proposal, err);
}

/* What was not staged counts as declined. */
static void decline_rest(struct decision *decision, const char *note)
{
    struct proposal *proposal = &decision->proposal;
    if (proposal_count(proposal, DELTA_PROPOSED) + proposal_count(proposal, DELTA_HELD) +
            proposal_count(proposal, DELTA_REJECTED) >
        0)
        decision->skip |= SKIP_OPERATOR;
    decide_decline(proposal, DELTA_PROPOSED, note);
    decide_decline(proposal, DELTA_HELD, note);
    decide_note_declined(decision);
}

int approval_apply(struct engine *engine, const struct command *command, struct buffer *text,
                   struct error *err)
{
    struct decision *decision = &engine->decision;
    if (check_pending(engine, command, err) != 0 || check_apply(engine, command, err) != 0)
        return -1;
    size_t staged = proposal_staged(&decision->proposal);
    size_t lines = decision->proposal.count;
    if (record_decision(&engine->recorder, decision->proposal.iteration, command->actor, "apply",
                        "", value_missing(), value_missing(), command->note, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    post_event(engine, EVENT_DECISION, "apply all lines by %s%s%s", command->actor,
               command->note[0] ? ": " : "", command->note);
    snprintf(decision->actor, sizeof(decision->actor), "operator:%.86s", command->actor);
    decision->done = true;
    decline_rest(decision, command->note);
    if (staged == 0) {
        buffer_printf(text, "no line is staged: nothing was written, the others are declined");
        return 0;
    }
    switch (decide_write(engine, err)) {
    case APPLY_WRITTEN:
        buffer_printf(text, "applied %zu of %zu lines", staged, lines);
        return 0;
    case APPLY_NO_OP:
        buffer_puts(text, "nothing to write: the values are in force already");
        return 0;
    case APPLY_FAILED:
    case APPLY_FATAL:
        break;
    }
    return -1;
}

/* Gives LINE of the renewed proposal the decision of its predecessor OLD. */
static void carry_over(struct engine *engine, struct delta *line, const struct delta *old)
{
    struct decision *decision = &engine->decision;
    struct delta before = *line;
    if (line->state != DELTA_PROPOSED && old->state != DELTA_EDITED)
        return;
    switch (old->state) {
    case DELTA_APPROVED:
    case DELTA_REJECTED:
        line->state = old->state;
        put_note(line, old->note);
        break;
    case DELTA_EDITED:
        line->state = DELTA_EDITED;
        line->after = old->after;
        line->guard = GUARD_NONE;
        line->clears_at = 0;
        put_note(line, old->note);
        if (check_staged(engine, &decision->proposal, NULL) != 0)
            *line = before;
        break;
    default:
        break;
    }
}

/* Lines that an operator could still stage or has staged. */
static bool anything_to_decide(const struct proposal *proposal)
{
    return proposal_count(proposal, DELTA_BLOCKED) < proposal->count;
}

/* Durable before anybody sees it. */
static int show_pending(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    const struct proposal *proposal = &decision->proposal;
    struct error err = ERROR_INIT;
    if (record_proposal(&engine->recorder, proposal, &decision->summary, &err) != 0) {
        loop_fail(engine, &err);
        return -1;
    }
    post_proposal(engine);
    post_event(engine, EVENT_PROPOSAL, "iteration %d proposes %zu changes, %zu of them blocked",
               proposal->iteration, proposal->count, proposal_count(proposal, DELTA_BLOCKED));
    return 0;
}

void approval_renew(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    if (!decision->holding || decision->done)
        return;
    struct proposal old = decision->proposal;
    iterate_propose(engine);
    for (size_t i = 0; i < decision->proposal.count; i++) {
        struct delta *line = &decision->proposal.delta[i];
        const struct delta *before = proposal_find(&old, line->name);
        if (before)
            carry_over(engine, line, before);
    }
    if (show_pending(engine) == 0)
        decision->done = !anything_to_decide(&decision->proposal);
}

/* A stop ends the hold: nothing more is written, and that is what is recorded. */
static void give_up(struct decision *decision)
{
    static const char note[] = "the run was stopped before a decision";
    decide_decline(&decision->proposal, DELTA_APPROVED, note);
    decide_decline(&decision->proposal, DELTA_EDITED, note);
    decision->skip |= SKIP_OPERATOR;
    decline_rest(decision, note);
}

void approval_hold(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    decision->holding = true;
    loop_flush(engine);
    if (show_pending(engine) == 0)
        post_state(engine, RUN_HOLDING);
    while (!decision->done && engine_wait(engine, NULL, 0, -1) != WAIT_STOP)
        ;
    if (!decision->done && engine->fatal.code == ERROR_NONE)
        give_up(decision);
    decision->holding = false;
    post_proposal(engine);
    post_state(engine, RUN_RUNNING);
}
