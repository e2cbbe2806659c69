/* approval: the operator's part of a decision: the hold, and the apply of the staged lines. The
 * decision is in the journal before anybody sees it. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <string.h>

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
    return choice_check_staged(engine, &decision->proposal, err);
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
    if (choice_pending(engine, command, err) != 0 || check_apply(engine, command, err) != 0)
        return -1;
    size_t staged = proposal_staged(&decision->proposal);
    size_t lines = decision->proposal.count;
    const struct decision_record record = {.iteration = decision->proposal.iteration,
                                           .actor = command->actor,
                                           .op = "apply",
                                           .note = command->note};
    if (record_decision(&engine->recorder, &record, err) != 0) {
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
        memcpy(line->note, old->note, sizeof(line->note));
        break;
    case DELTA_EDITED:
        line->state = DELTA_EDITED;
        line->after = old->after;
        line->guard = GUARD_NONE;
        line->clears_at = 0;
        memcpy(line->note, old->note, sizeof(line->note));
        if (choice_check_staged(engine, &decision->proposal, NULL) != 0)
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
    decision->proposal.decided = old.decided;
    decision->proposal.taken_back = old.taken_back;
    past_renew(engine);
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
    past_clear(decision);
    post_proposal(engine);
    post_state(engine, RUN_RUNNING);
}
