/* decide: what becomes of a proposal: observed, applied at once, or held for the operator; and how
 * that stands in the iteration (ENGINE section 7). Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void decide_decline(struct proposal *proposal, enum delta_state state, const char *note)
{
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (delta->state != state)
            continue;
        delta->state = DELTA_DECLINED;
        if (note[0])
            snprintf(delta->note, sizeof(delta->note), "%s", note);
    }
}

static void note_reason(struct buffer *note, const struct delta *delta)
{
    const char *own = delta->guard == GUARD_NONE ? delta->note : "";
    if (delta->state != DELTA_HELD && delta->note[0])
        buffer_printf(note, " (%s)", delta->note);
    else if (delta->state == DELTA_HELD && delta->hold_until > 0)
        buffer_printf(note, " (held until it %d%s%s)", delta->hold_until, own[0] ? ": " : "", own);
    else if (delta->state == DELTA_HELD)
        buffer_printf(note, " (held until no guard holds it)");
}

/* "operator: impact_cap_ratio (too big), tail_age_ms, max_delta_ratio (held until it 9)" */
void decide_note_declined(struct decision *decision)
{
    struct buffer note = {0};
    for (size_t i = 0; i < decision->proposal.count; i++) {
        const struct delta *delta = &decision->proposal.delta[i];
        if (delta->state != DELTA_REJECTED && delta->state != DELTA_DECLINED &&
            delta->state != DELTA_HELD)
            continue;
        buffer_printf(&note, "%s%s", note.length ? ", " : "operator: ", delta->name);
        note_reason(&note, delta);
    }
    snprintf(decision->declined, sizeof(decision->declined), "%s", note.text ? note.text : "");
    buffer_fini(&note);
}

static void decline_staged(struct decision *decision, unsigned skip, const char *note)
{
    decide_decline(&decision->proposal, DELTA_APPROVED, note);
    decide_decline(&decision->proposal, DELTA_EDITED, note);
    decision->skip |= skip;
}

bool decide_oversized(const struct engine *engine, const struct delta *delta)
{
    return delta->param >= 0 &&
           param_oversized(&engine->config->params.param[delta->param], delta->now, delta->after);
}

/* Lines that were written are APPLIED; an edit back to the value in force changed nothing. */
void decide_mark_written(struct engine *engine, const struct change *change)
{
    struct decision *decision = &engine->decision;
    for (size_t i = 0; i < decision->proposal.count; i++) {
        struct delta *delta = &decision->proposal.delta[i];
        if (!line_staged(delta))
            continue;
        delta->oversized = decision->override_reason[0] && decide_oversized(engine, delta);
        delta->state = DELTA_APPLIED;
        if (!change_moves(change, delta->param)) {
            delta->state = DELTA_DECLINED;
            delta->guard = GUARD_NO_OP;
            snprintf(delta->note, sizeof(delta->note), "is in force already");
            decision->skip |= SKIP_NO_OP;
        }
    }
    decision->applied = true;
    decision->stage = DECISION_DONE;
}

void decide_tell_written(struct engine *engine, struct change *change)
{
    char *what = change_text(change, &engine->config->params);
    decide_mark_written(engine, change);
    run_add_change(&engine->run, change, engine->config->params.count);
    post_change(engine, change);
    post_params(engine);
    post_event(engine, EVENT_APPLY, "applied by %s: %s", change->by, what);
    change_fini(change);
    free(what);
}

void decide_mark_failed(struct decision *decision, const char *fault)
{
    snprintf(decision->fault, sizeof(decision->fault), "%s", fault);
    decline_staged(decision, SKIP_ERROR, "could not be written");
    decision->stage = DECISION_DONE;
}

void decide_tell_failed(struct engine *engine, const struct error *err)
{
    decide_mark_failed(&engine->decision, err->text);
    post_event(engine, EVENT_ERROR, "the apply failed, nothing was written: %s", err->text);
}

enum apply_result decide_write(struct engine *engine, struct error *err)
{
    struct decision *decision = &engine->decision;
    struct change change = {0};
    const struct apply_request request = {CHANGE_APPLY, decision->iteration->number,
                                          decision->actor, ""};
    if (wiring_attach(engine, decision->actor, decision->tripwire) != 0) {
        error_set(err, engine->fatal.code, "%s", engine->fatal.text);
        return APPLY_FATAL;
    }
    struct runtime *target = apply_target(&engine->pipeline, &decision->proposal);
    enum apply_result result = apply_write_take(&engine->pipeline, target, &request, &change, err);
    switch (result) {
    case APPLY_WRITTEN:
        decide_tell_written(engine, &change);
        break;
    case APPLY_NO_OP:
        decline_staged(decision, SKIP_NO_OP, "is in force already");
        wiring_detach(engine);
        break;
    case APPLY_FAILED:
        decide_tell_failed(engine, err);
        wiring_detach(engine);
        break;
    case APPLY_FATAL:
        loop_fail(engine, err);
        break;
    }
    return result;
}

static void stage_all(struct proposal *proposal)
{
    for (size_t i = 0; i < proposal->count; i++)
        if (proposal->delta[i].state == DELTA_PROPOSED)
            proposal->delta[i].state = DELTA_APPROVED;
}

/* What is staged is in the journal before it is written, so that a process which goes on need not
 * ask the source again. */
static void write_unasked(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct error err = ERROR_INIT;
    if (record_proposal(&engine->recorder, &decision->proposal, &decision->summary, false, &err) !=
        0)
        loop_fail(engine, &err);
    else
        decide_write(engine, &err);
}

/* Allowed lines are written at once; where another process changed the parameters meanwhile, the
 * proposal is made anew for what is in force now. */
static void decide_auto(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    enum pipeline_news news = external_look(engine);
    for (int tries = 0; news == PIPELINE_CHANGED && tries < 8; tries++) {
        iterate_propose(engine);
        news = external_look(engine);
    }
    stage_all(&decision->proposal);
    if (proposal_staged(&decision->proposal) == 0)
        return;
    if (news == PIPELINE_SAME)
        write_unasked(engine);
    else if (news == PIPELINE_UNREADABLE)
        decide_tell_failed(engine, &engine->pipeline.unreadable);
    else if (news == PIPELINE_CHANGED)
        decline_staged(decision, SKIP_ERROR, "another process keeps writing the parameters");
}

void decide(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    size_t allowed = proposal_count(&decision->proposal, DELTA_PROPOSED);
    if (decision->proposal.count > 0)
        snprintf(decision->actor, sizeof(decision->actor), "auto");
    if (allowed == 0)
        return;
    switch (engine->run.mode) {
    case APPROVE_AUTO:
        decide_auto(engine);
        break;
    case APPROVE_MANUAL:
        approval_hold(engine);
        break;
    case APPROVE_OBSERVE:
    case APPROVE_COUNT:
        decide_decline(&decision->proposal, DELTA_PROPOSED, "observe mode");
        decision->skip |= SKIP_OBSERVE;
        break;
    }
}

/* The operator's word was for the parameters as they were: he is asked again, with the lines that
 * he had staged. */
static void ask_again(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    decision->done = false;
    decision->stage = DECISION_OPEN;
    decision->skip = 0;
    decision->declined[0] = decision->override_reason[0] = decision->timeout_note[0] = '\0';
    snprintf(decision->actor, sizeof(decision->actor), "auto");
    approval_hold_again(engine);
}

/* What is staged was to be written when the process before ended. */
static void write_again(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct error err = ERROR_INIT;
    enum pipeline_news news = external_look(engine);
    bool same = strcmp(decision->proposal.base_hash, engine->pipeline.hash) == 0;
    if (news == PIPELINE_FATAL)
        return;
    if (news == PIPELINE_UNREADABLE) {
        decide_tell_failed(engine, &engine->pipeline.unreadable);
    } else if (news == PIPELINE_SAME && same) {
        decide_write(engine, &err);
    } else if (decision->holding) {
        ask_again(engine);
    } else {
        iterate_propose(engine);
        decide_auto(engine);
    }
}

void decide_go_on(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    if (decision->stage == DECISION_OPEN)
        approval_hold_again(engine);
    else if (decision->stage == DECISION_TAKEN && proposal_staged(&decision->proposal) > 0)
        write_again(engine);
    decision->holding = false;
    past_clear(decision);
}

static void note_part(struct buffer *note, const char *text)
{
    if (text[0])
        buffer_printf(note, "%s%s", note->length ? "; " : "", text);
}

static char *skip_note(const struct decision *decision)
{
    struct buffer note = {0};
    note_part(&note, decision->guards.note);
    if (decision->skip & SKIP_OBSERVE)
        note_part(&note, "observe: proposals are recorded, none is applied");
    if (decision->skip & SKIP_OPERATOR)
        note_part(&note, decision->declined);
    if (decision->skip & SKIP_TIMEOUT)
        note_part(&note, decision->timeout_note);
    if (decision->skip & SKIP_NO_OP)
        note_part(&note, "no_op: is in force already");
    if (decision->fault[0]) {
        note_part(&note, "error: ");
        buffer_puts(&note, decision->fault);
    }
    return buffer_take(&note);
}

static void put_guards(struct iteration *iteration, const struct guard_report *guards)
{
    iteration->oscillation_detected = guards->oscillation_detected;
    iteration->velocity_violation = guards->velocity_violation;
    iteration->cooldown_active = guards->cooldown_active;
    iteration->freeze_triggered = guards->freeze_triggered;
    memcpy(iteration->freeze_reason, guards->freeze_reason, sizeof(iteration->freeze_reason));
}

void decide_finish(struct engine *engine)
{
    struct decision *decision = &engine->decision;
    struct iteration *iteration = decision->iteration;
    const struct proposal *proposal = &decision->proposal;
    iteration->utc_ms = clock_now(&engine->clock);
    iteration->summary = decision->summary;
    iteration->delta_count = proposal->count;
    iteration->delta = mem_resize(NULL, proposal->count, sizeof(*iteration->delta));
    memcpy(iteration->delta, proposal->delta, proposal->count * sizeof(*iteration->delta));
    iteration->fallback_fired = proposal->fallback_fired;
    iteration->rationale = mem_strdup(proposal->rationale);
    iteration->applied = decision->applied;
    guard_report_lines(&decision->guards, proposal);
    if (proposal_count(proposal, DELTA_HELD) > 0) {
        decision->skip |= SKIP_OPERATOR;
        decide_note_declined(decision);
    }
    iteration->skip = decision->guards.skip | decision->skip;
    if (decision->applied && decision->override_reason[0])
        iteration->override_reason = mem_strdup(decision->override_reason);
    if (iteration->skip)
        iteration->skip_note = skip_note(decision);
    put_guards(iteration, &decision->guards);
    snprintf(iteration->decided_by, sizeof(iteration->decided_by), "%s", decision->actor);
    memcpy(iteration->state_hash, engine->pipeline.hash, sizeof(iteration->state_hash));
}
