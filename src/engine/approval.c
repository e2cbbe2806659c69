/* approval: the operator's part of a decision: the hold, and the apply of the staged lines. The
 * decision is in the journal before anybody sees it. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <string.h>

#include "artifact/realclock.h"

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

/* What was not staged counts as declined; what is held comes back. */
static void decline_rest(struct decision *decision, const char *note)
{
    struct proposal *proposal = &decision->proposal;
    if (proposal_count(proposal, DELTA_PROPOSED) + proposal_count(proposal, DELTA_REJECTED) > 0)
        decision->skip |= SKIP_OPERATOR;
    decide_decline(proposal, DELTA_PROPOSED, note);
    decide_note_declined(decision);
}

/* The staged line that wants the higher confirmation; NULL: none. */
static const struct delta *find_grave(const struct engine *engine)
{
    const struct proposal *proposal = &engine->decision.proposal;
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (line_staged(delta) && (delta->overridden || decide_oversized(engine, delta)))
            return delta;
    }
    return NULL;
}

static int check_consent(const struct engine *engine, const struct command *command,
                         struct error *err)
{
    const struct delta *grave = find_grave(engine);
    if (!grave || (command->confirmed && command->note[0]))
        return 0;
    if (grave->overridden)
        return error_set(err, ERROR_REFUSED,
                         "%s is staged against the guard %s: that wants the word and a reason",
                         grave->name, guard_name(grave->guard));
    return error_set(err, ERROR_REFUSED,
                     "%s moves by more than its largest step %g: that wants the word and a reason",
                     grave->name, engine->config->params.param[grave->param].max_step.number);
}

/* Journal and log: ACTOR's OP on the whole proposal. */
static int record_whole(struct engine *engine, const char *actor, const char *op, const char *note,
                        const char *tripwire, struct error *err)
{
    const struct decision_record record = {.iteration = engine->decision.proposal.iteration,
                                           .actor = actor,
                                           .op = op,
                                           .note = note,
                                           .tripwire = tripwire};
    if (record_decision(&engine->recorder, &record, err) != 0) {
        loop_fail(engine, err);
        return -1;
    }
    post_event(engine, EVENT_DECISION, "%s all lines by %s%s%s", op, actor, note[0] ? ": " : "",
               note);
    return 0;
}

void approval_take(struct engine *engine, const char *actor, const char *note, const char *tripwire)
{
    struct decision *decision = &engine->decision;
    bool grave = find_grave(engine) != NULL;
    snprintf(decision->actor, sizeof(decision->actor), "operator:%.86s", actor);
    if (grave)
        snprintf(decision->override_reason, sizeof(decision->override_reason), "%s", note);
    snprintf(decision->tripwire, sizeof(decision->tripwire), "%s", tripwire);
    decision->done = true;
    decision->stage = DECISION_TAKEN;
    decline_rest(decision, grave ? "" : note);
}

int approval_apply(struct engine *engine, const struct command *command, struct buffer *text,
                   struct error *err)
{
    struct decision *decision = &engine->decision;
    if (choice_pending(engine, command, err) != 0 || wiring_check(command->tripwire, err) != 0 ||
        check_apply(engine, command, err) != 0 || check_consent(engine, command, err) != 0)
        return -1;
    size_t staged = proposal_staged(&decision->proposal);
    size_t lines = decision->proposal.count;
    if (record_whole(engine, command->actor, "apply", command->note, command->tripwire, err) != 0)
        return -1;
    approval_take(engine, command->actor, command->note, command->tripwire);
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
    if (line->state != DELTA_PROPOSED && old->state != DELTA_EDITED && old->state != DELTA_HELD)
        return;
    if (old->overridden)
        return; /* it was said of another guard, or of another value */
    switch (old->state) {
    case DELTA_APPROVED:
    case DELTA_REJECTED:
        line->state = old->state;
        memcpy(line->note, old->note, sizeof(line->note));
        break;
    case DELTA_HELD:
        line->state = DELTA_HELD;
        line->hold_until = old->hold_until;
        line->held_at = old->held_at;
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

/* Lines that an operator could still stage or has decided on: no guard holds them, nor did he hold
 * them back before. */
static bool anything_to_decide(const struct decision *decision)
{
    for (size_t i = 0; i < decision->proposal.count; i++) {
        enum delta_state offered = decision->offered.delta[i].state;
        enum delta_state state = decision->proposal.delta[i].state;
        if ((offered != DELTA_BLOCKED && offered != DELTA_HELD) ||
            (state != DELTA_BLOCKED && state != DELTA_HELD))
            return true;
    }
    return false;
}

/* The time to decide starts anew with each proposal that is shown. */
static void start_countdown(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    const struct clock wall = clock_real();
    int64_t span = (int64_t)(engine->approve_timeout_s * 1000);
    decision->deadline_ms = span > 0 ? monotonic_ms() + span : -1;
    decision->proposal.decide_by_ms = span > 0 ? clock_now(&wall) + span : 0;
    decision->proposal.timeout_applies = engine->timeout_applies;
}

/* Durable before anybody sees it. */
static int show_pending(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    const struct proposal *proposal = &decision->proposal;
    struct error err = ERROR_INIT;
    start_countdown(engine);
    if (record_proposal(&engine->recorder, proposal, &decision->summary, true, &err) != 0) {
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
        decision->done = !anything_to_decide(decision);
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

/* Nobody decided: what a person alone may let pass is not written. */
static void leave_to_guards(struct engine *engine, bool applies, const char *note)
{
    struct decision *decision = &engine->decision;
    for (size_t i = 0; i < decision->proposal.count; i++) {
        struct delta *delta = &decision->proposal.delta[i];
        bool own = delta->state == DELTA_EDITED || !rule_is_safety(delta->rule);
        if (!line_staged(delta) && delta->state != DELTA_PROPOSED)
            continue;
        if (delta->overridden) {
            delta->state = DELTA_BLOCKED;
            delta->overridden = false;
        } else if (!applies || (own && decide_oversized(engine, delta))) {
            delta->state = DELTA_DECLINED;
            snprintf(delta->note, sizeof(delta->note), "%s", note);
            decision->skip |= SKIP_TIMEOUT;
        } else if (delta->state == DELTA_PROPOSED) {
            delta->state = DELTA_APPROVED;
        }
    }
}

/* Together the lines may meet a guard that each alone did not: then none is written. */
static void check_left(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct error why = ERROR_INIT;
    if (choice_check_staged(engine, &decision->proposal, &why) == 0)
        return;
    decide_decline(&decision->proposal, DELTA_APPROVED, why.text);
    decide_decline(&decision->proposal, DELTA_EDITED, why.text);
    decision->skip |= SKIP_TIMEOUT;
}

/* The file must be what the proposal was made for; false: it is not, or cannot be told. */
static bool may_still_write(struct engine *engine)
{
    enum pipeline_news news = external_look(engine);
    if (news == PIPELINE_CHANGED)
        approval_renew(engine);
    return news == PIPELINE_SAME;
}

void approval_take_timeout(struct engine *engine, bool applies, const char *note)
{
    struct decision *decision = &engine->decision;
    snprintf(decision->timeout_note, sizeof(decision->timeout_note), "timeout: %s", note);
    snprintf(decision->actor, sizeof(decision->actor), "timeout");
    decision->done = true;
    decision->stage = DECISION_TAKEN;
    leave_to_guards(engine, applies, note);
    if (applies && engine->pipeline.unreadable.code != ERROR_NONE) {
        decide_decline(&decision->proposal, DELTA_APPROVED, engine->pipeline.unreadable.text);
        decide_decline(&decision->proposal, DELTA_EDITED, engine->pipeline.unreadable.text);
        decision->skip |= SKIP_TIMEOUT | SKIP_ERROR;
    }
    if (proposal_count(&decision->proposal, DELTA_REJECTED) > 0) {
        decision->skip |= SKIP_OPERATOR;
        decide_note_declined(decision);
    }
    check_left(engine);
}

static void time_out(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct error err = ERROR_INIT;
    bool unreadable = false;
    if (engine->timeout_applies && !may_still_write(engine)) {
        unreadable = engine->pipeline.unreadable.code != ERROR_NONE;
        if (!unreadable)
            return; /* made anew: its time starts again */
    }
    char note[64];
    snprintf(note, sizeof(note), "no decision within %g s", engine->approve_timeout_s);
    const char *op = engine->timeout_applies && !unreadable ? "apply" : "reject";
    if (record_whole(engine, "timeout", op, note, NULL, &err) != 0)
        return;
    approval_take_timeout(engine, engine->timeout_applies, note);
    if (proposal_staged(&decision->proposal) > 0)
        decide_write(engine, &err);
}

static void wait_for_decision(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    enum wait_result result = WAIT_WOKEN;
    while (!decision->done && result != WAIT_STOP) {
        result = engine_wait(engine, NULL, 0, decision->deadline_ms);
        if (result == WAIT_TIMEOUT && !decision->done)
            time_out(engine);
    }
    if (!decision->done && engine->fatal.code == ERROR_NONE)
        give_up(decision);
    decision->holding = false;
    past_clear(decision);
    post_proposal(engine);
    post_state(engine, RUN_RUNNING);
}

void approval_hold(struct engine *engine)
{
    engine->decision.holding = true;
    loop_flush(engine);
    if (show_pending(engine) == 0)
        post_state(engine, RUN_HOLDING);
    wait_for_decision(engine);
}

void approval_hold_again(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    decision->holding = true;
    if (strcmp(decision->proposal.base_hash, engine->pipeline.hash) != 0) {
        approval_renew(engine);
    } else {
        start_countdown(engine);
        decision->done = !anything_to_decide(decision);
        post_proposal(engine);
    }
    if (!decision->done)
        post_state(engine, RUN_HOLDING);
    wait_for_decision(engine);
}
