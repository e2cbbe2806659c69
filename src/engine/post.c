/* post: messages to the front end; each is a copy of what it tells. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The manifest's fields alone, in a run of their own. */
static struct run *manifest_copy(const struct run *run)
{
    struct run *copy = mem_alloc(sizeof(*copy));
    run_init(copy);
    memcpy(copy->id, run->id, sizeof(copy->id));
    memcpy(copy->source_detail, run->source_detail, sizeof(copy->source_detail));
    memcpy(copy->directory, run->directory, sizeof(copy->directory));
    copy->source = run->source;
    copy->mode = run->mode;
    copy->has_manifest = run->has_manifest;
    copy->planned = run->planned;
    copy->interval_s = run->interval_s;
    copy->started_ms = run->started_ms;
    copy->ended_ms = run->ended_ms;
    copy->has_tripwire = run->has_tripwire;
    copy->tripwire = run->tripwire;
    copy->tripwire_rollback = run->tripwire_rollback;
    return copy;
}

void post_manifest(struct engine *engine)
{
    struct message *message = message_new(MESSAGE_MANIFEST);
    message->manifest = manifest_copy(&engine->run);
    outbox_post_take(engine->outbox, message);
}

void post_state(struct engine *engine, enum run_state state)
{
    engine->run.state = state;
    struct message *message = message_new(MESSAGE_STATE);
    message->state = state;
    message->current = engine->run.current;
    message->next_ms = engine->run.next_ms;
    outbox_post_take(engine->outbox, message);
}

void post_params(struct engine *engine)
{
    size_t count = engine->config->params.count;
    struct message *message = message_new(MESSAGE_PARAMS);
    message->params = mem_resize(NULL, count, sizeof(*message->params));
    runtime_values(engine->pipeline.runtime, &engine->config->params, message->params);
    message->param_count = count;
    snprintf(message->params_hash, sizeof(message->params_hash), "%s", engine->pipeline.hash);
    run_set_params(&engine->run, message->params, count, engine->pipeline.hash);
    outbox_post_take(engine->outbox, message);
}

void post_proposal(struct engine *engine)
{
    struct message *message = message_new(MESSAGE_PROPOSAL);
    message->has_pending = engine->decision.holding;
    if (message->has_pending) {
        message->proposal = mem_alloc(sizeof(*message->proposal));
        *message->proposal = engine->decision.proposal;
    }
    outbox_post_take(engine->outbox, message);
}

void post_iteration(struct engine *engine, const struct iteration *iteration)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = iteration_copy(iteration);
    outbox_post_take(engine->outbox, message);
}

void post_earlier_iteration(struct engine *engine, const struct iteration *iteration)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->earlier = true;
    message->iteration = iteration_copy(iteration);
    outbox_post_take(engine->outbox, message);
}

void post_earlier_change(struct engine *engine, const struct change *change)
{
    struct message *message = message_new(MESSAGE_CHANGE);
    message->earlier = true;
    message->param_count = engine->config->params.count;
    message->change = change_copy(change, message->param_count);
    outbox_post_take(engine->outbox, message);
}

void post_earlier_event(struct engine *engine, const struct run_event *event)
{
    struct message *message = message_new(MESSAGE_EVENT);
    message->earlier = true;
    message->event = event->kind;
    message->event_iteration = event->iteration;
    message->utc_ms = event->utc_ms;
    message->text = mem_strdup(event->text);
    outbox_post_take(engine->outbox, message);
}

void post_change(struct engine *engine, const struct change *change)
{
    struct message *message = message_new(MESSAGE_CHANGE);
    message->param_count = engine->config->params.count;
    message->change = change_copy(change, message->param_count);
    outbox_post_take(engine->outbox, message);
}

/* As in the journal's record: what belongs to the iteration at work has its number, what comes
 * between two that of the last recorded one. */
static int iteration_of(const struct engine *engine, enum event_kind kind)
{
    const struct decision *decision = &engine->decision;
    bool at_work = kind == EVENT_ITERATION || kind == EVENT_PROPOSAL || kind == EVENT_DECISION ||
                   kind == EVENT_APPLY || kind == EVENT_ERROR ||
                   (kind == EVENT_TRIPWIRE && decision->iteration &&
                    (!decision->holding || decision->done));
    return at_work && engine->run.current ? engine->run.current : (int)engine->run.count;
}

void post_wire(struct engine *engine, const struct wire *wire)
{
    struct message *message = message_new(MESSAGE_WIRE);
    message->wire = mem_alloc(sizeof(*message->wire));
    *message->wire = *wire;
    outbox_post_take(engine->outbox, message);
}

void post_event(struct engine *engine, enum event_kind kind, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    struct message *message = message_new(MESSAGE_EVENT);
    message->event = kind;
    message->event_iteration = iteration_of(engine, kind);
    message->utc_ms = clock_now(&engine->clock);
    message->text = mem_strdup(text);
    outbox_post_take(engine->outbox, message);
}

void post_reply(struct engine *engine, const struct command *command, bool ok, const char *text)
{
    struct message *message = message_new(MESSAGE_REPLY);
    message->command_id = command->id;
    message->client = command->client;
    message->ok = ok;
    message->text = mem_strdup(text);
    outbox_post_take(engine->outbox, message);
}

void post_rest(struct engine *engine)
{
    outbox_post_take(engine->outbox, message_new(MESSAGE_REST));
}

void post_end(struct engine *engine)
{
    struct message *message = message_new(MESSAGE_END);
    message->error = engine->fatal;
    outbox_post_take(engine->outbox, message);
}
