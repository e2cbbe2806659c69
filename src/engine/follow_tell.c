/* follow_tell: what is new in a run's directory, told with the messages of an engine. While the
 * soak itself is attached to, its state and its proposal are told by it. The follower's thread. */
#include "config.h"

#include "engine/follow_impl.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/control_json.h"
#include "model/mem.h"

/* What the soak says of itself is newer than what run.json says. */
static void note_live(struct told *told, const struct run *run, const struct control_notice *now)
{
    told->mode = now ? now->mode : run->mode;
    told->planned = now ? now->planned : run->planned;
    told->interval_s = now ? now->interval_s : run->interval_s;
    told->manifest = run->has_manifest || run->count > 0;
    told->manifest_state = run->state;
}

void follow_tell_manifest(struct follow *follow)
{
    const struct run *run = run_tail_run(follow->tail);
    struct told *told = &follow->told, before = *told;
    note_live(told, run, live_state(follow->live));
    if (before.manifest && before.manifest_state == run->state && before.mode == told->mode &&
        before.planned == told->planned && before.interval_s == told->interval_s)
        return;
    struct message *message = message_new(MESSAGE_MANIFEST);
    struct run *copy = message->manifest = mem_alloc(sizeof *copy);
    run_init(copy);
    memcpy(copy->id, run->id, sizeof copy->id);
    memcpy(copy->source_detail, run->source_detail, sizeof copy->source_detail);
    memcpy(copy->directory, run->directory, sizeof copy->directory);
    copy->source = run->source;
    copy->mode = told->mode;
    copy->has_manifest = run->has_manifest;
    copy->planned = told->planned;
    copy->interval_s = told->interval_s;
    copy->started_ms = run->started_ms;
    copy->ended_ms = run->ended_ms;
    copy->has_tripwire = run->has_tripwire;
    copy->tripwire = run->tripwire;
    copy->tripwire_rollback = run->tripwire_rollback;
    outbox_post_take(follow->outbox, message);
}

/* Those up to UNTIL that were not told yet. */
static void tell_iterations(struct follow *follow, const struct run *run, size_t until)
{
    until = until < run->count ? until : run->count;
    for (; follow->told.iterations < until; follow->told.iterations++) {
        struct message *message = message_new(MESSAGE_ITERATION);
        message->iteration = iteration_copy(run->iteration[follow->told.iterations]);
        outbox_post_take(follow->outbox, message);
    }
}

static void tell_changes(struct follow *follow, const struct run *run)
{
    for (; follow->told.changes < run->change_count; follow->told.changes++) {
        const struct change *change = &run->change[follow->told.changes];
        struct message *message = message_new(MESSAGE_CHANGE);
        message->param_count = change->param_count;
        message->change = change_copy(change, change->param_count);
        outbox_post_take(follow->outbox, message);
    }
}

static void tell_events(struct follow *follow, const struct run *run)
{
    for (; follow->told.events < run->event_count; follow->told.events++) {
        const struct run_event *event = &run->event[follow->told.events];
        bool recorded = event->kind == EVENT_ITERATION || event->kind == EVENT_ERROR;
        if (event->iteration > 0) /* each where it belongs among the iterations */
            tell_iterations(follow, run, (size_t)event->iteration - !recorded);
        struct message *message = message_new(MESSAGE_EVENT);
        message->event = event->kind;
        message->event_iteration = event->iteration;
        message->utc_ms = event->utc_ms;
        message->text = mem_strdup(event->text);
        outbox_post_take(follow->outbox, message);
    }
}

static bool same_proposal(const struct proposal *a, const struct proposal *b)
{
    if (!a || a->iteration != b->iteration || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->delta[i].state != b->delta[i].state ||
            !number_equal(a->delta[i].after, b->delta[i].after))
            return false;
    return true;
}

static void tell_proposal(struct follow *follow, const struct run *run)
{
    struct told *told = &follow->told;
    if (!run->has_pending && !told->pending)
        return;
    if (run->has_pending && same_proposal(told->pending, &run->pending))
        return;
    struct message *message = message_new(MESSAGE_PROPOSAL);
    free(told->pending);
    told->pending = NULL;
    message->has_pending = run->has_pending;
    if (run->has_pending) {
        message->proposal = mem_alloc(sizeof *message->proposal);
        *message->proposal = run->pending;
        told->pending = mem_alloc(sizeof *told->pending);
        *told->pending = run->pending;
    }
    outbox_post_take(follow->outbox, message);
}

/* True if the front end knows WIRE as it is. */
static bool told_wire(const struct told *told, const struct wire *wire)
{
    for (size_t i = 0; i < told->wires; i++)
        if (told->wire[i].applied_at == wire->applied_at &&
            told->wire[i].revision == wire->revision)
            return true;
    return false;
}

static void tell_wires(struct follow *follow, const struct run *run)
{
    struct told *told = &follow->told;
    for (size_t i = 0; i < run->wire_count; i++) {
        if (told_wire(told, &run->wire[i]))
            continue;
        struct message *message = message_new(MESSAGE_WIRE);
        message->wire = mem_alloc(sizeof *message->wire);
        *message->wire = run->wire[i];
        outbox_post_take(follow->outbox, message);
    }
    if (run->wire_count == 0)
        return;
    told->wires = run->wire_count;
    told->wire = mem_resize(told->wire, run->wire_count, sizeof *told->wire);
    memcpy(told->wire, run->wire, run->wire_count * sizeof *told->wire);
}

static void tell_params(struct follow *follow, const struct run *run)
{
    struct told *told = &follow->told;
    if (!run->params ||
        (told->params_hash[0] != '\0' && strcmp(told->params_hash, run->params_hash) == 0))
        return;
    struct message *message = message_new(MESSAGE_PARAMS);
    message->params = mem_resize(NULL, run->param_count, sizeof *message->params);
    memcpy(message->params, run->params, run->param_count * sizeof *message->params);
    message->param_count = run->param_count;
    memcpy(message->params_hash, run->params_hash, sizeof message->params_hash);
    memcpy(told->params_hash, run->params_hash, sizeof told->params_hash);
    outbox_post_take(follow->outbox, message);
}

static void tell_state(struct follow *follow, const struct run *run)
{
    bool over = run_tail_over(follow->tail);
    if (run->state != follow->told.state) {
        struct message *message = message_new(MESSAGE_STATE);
        message->state = follow->told.state = run->state;
        message->current = over ? 0 : (int)run->count + 1;
        outbox_post_take(follow->outbox, message);
    }
    if (over && !follow->told.over)
        outbox_post_take(follow->outbox, message_new(MESSAGE_END));
    follow->told.over = over;
}

static void tell_fault(struct follow *follow, const struct error *fault)
{
    if (strcmp(follow->told.fault, fault->text) == 0)
        return;
    memcpy(follow->told.fault, fault->text, sizeof follow->told.fault);
    struct message *message = message_new(MESSAGE_EVENT);
    message->event = EVENT_ERROR;
    message->event_iteration = (int)run_tail_run(follow->tail)->count;
    message->text = mem_strdup(fault->text);
    outbox_post_take(follow->outbox, message);
}

void follow_tell_news(struct follow *follow)
{
    struct error fault = ERROR_INIT;
    bool broken = run_tail_read(follow->tail, &fault) != 0;
    const struct run *run = run_tail_run(follow->tail);
    follow_tell_manifest(follow);
    tell_events(follow, run);
    tell_iterations(follow, run, run->count);
    tell_changes(follow, run);
    tell_wires(follow, run);
    tell_params(follow, run);
    if (!live_state(follow->live)) {
        tell_proposal(follow, run);
        tell_state(follow, run);
    }
    if (broken)
        tell_fault(follow, &fault);
}
