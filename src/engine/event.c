/* event: messages, their queue out of the engine and how a front end folds them. Any thread posts;
 * one thread reads. The descriptor is readable exactly while the queue is not empty. */
#include "config.h"

#include "engine/event.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/wake.h"
#include "model/mem.h"
#include "model/wires.h"

struct outbox {
    pthread_mutex_t mutex;
    struct message *first, *last;
    size_t count;
    int fd;
    outbox_listener *listener;
    void *listener_context;
};

struct message *message_new(enum message_kind kind)
{
    struct message *message = mem_alloc(sizeof(*message));
    message->kind = kind;
    message->next_ms = UTC_NONE;
    message->utc_ms = UTC_NONE;
    return message;
}

void message_free(struct message *message)
{
    if (!message)
        return;
    if (message->manifest) {
        run_fini(message->manifest);
        free(message->manifest);
    }
    free(message->params);
    free(message->proposal);
    iteration_free(message->iteration);
    change_fini(&message->change);
    free(message->wire);
    free(message->text);
    if (message->gate) {
        gate_result_fini(message->gate);
        free(message->gate);
    }
    if (message->runs) {
        run_list_fini(message->runs);
        free(message->runs);
    }
    stored_run_free(message->stored);
    free(message);
}

struct outbox *outbox_new(struct error *err)
{
    int fd = wake_open(err);
    if (fd < 0)
        return NULL;
    struct outbox *outbox = mem_alloc(sizeof(*outbox));
    pthread_mutex_init(&outbox->mutex, NULL);
    outbox->fd = fd;
    return outbox;
}

void outbox_free(struct outbox *outbox)
{
    if (!outbox)
        return;
    struct message *message;
    while ((message = outbox_next(outbox)))
        message_free(message);
    pthread_mutex_destroy(&outbox->mutex);
    close(outbox->fd);
    free(outbox);
}

void outbox_post_take(struct outbox *outbox, struct message *message)
{
    message->next = NULL;
    pthread_mutex_lock(&outbox->mutex);
    if (outbox->listener && outbox->listener(outbox->listener_context, message)) {
        pthread_mutex_unlock(&outbox->mutex);
        message_free(message);
        return;
    }
    bool wake = !outbox->first;
    if (wake)
        outbox->first = message;
    else
        outbox->last->next = message;
    outbox->last = message;
    outbox->count++;
    if (wake)
        wake_ring(outbox->fd);
    pthread_mutex_unlock(&outbox->mutex);
}

void outbox_listen(struct outbox *outbox, outbox_listener *listener, void *context)
{
    pthread_mutex_lock(&outbox->mutex);
    outbox->listener = listener;
    outbox->listener_context = context;
    for (struct message *message = outbox->first; listener && message; message = message->next)
        listener(context, message);
    pthread_mutex_unlock(&outbox->mutex);
}

struct message *outbox_next(struct outbox *outbox)
{
    pthread_mutex_lock(&outbox->mutex);
    struct message *message = outbox->first;
    if (message) {
        outbox->first = message->next;
        message->next = NULL;
        outbox->count--;
        if (!outbox->first) {
            wake_clear(outbox->fd);
        }
    }
    pthread_mutex_unlock(&outbox->mutex);
    return message;
}

size_t outbox_count(struct outbox *outbox)
{
    pthread_mutex_lock(&outbox->mutex);
    size_t count = outbox->count;
    pthread_mutex_unlock(&outbox->mutex);
    return count;
}

int outbox_fd(const struct outbox *outbox)
{
    return outbox->fd;
}

static void fold_manifest(struct run *run, const struct run *from)
{
    memcpy(run->id, from->id, sizeof(run->id));
    memcpy(run->source_detail, from->source_detail, sizeof(run->source_detail));
    memcpy(run->directory, from->directory, sizeof(run->directory));
    run->source = from->source;
    run->mode = from->mode;
    run->has_manifest = from->has_manifest;
    run->planned = from->planned;
    run->interval_s = from->interval_s;
    run->started_ms = from->started_ms;
    run->ended_ms = from->ended_ms;
    run->has_tripwire = from->has_tripwire;
    run->tripwire = from->tripwire;
    run->tripwire_rollback = from->tripwire_rollback;
}

static void fold_proposal(struct run *run, const struct message *message)
{
    run->has_pending = message->has_pending && message->proposal;
    if (run->has_pending)
        run->pending = *message->proposal;
}

static void fold_iteration(struct run *run, struct message *message)
{
    if (!message->iteration)
        return;
    iteration_drop_text(message->iteration);
    run_put_iteration_take(run, message->iteration);
    message->iteration = NULL;
}

void run_fold(struct run *run, struct message *message)
{
    switch (message->kind) {
    case MESSAGE_MANIFEST:
        if (message->manifest)
            fold_manifest(run, message->manifest);
        break;
    case MESSAGE_STATE:
        run->state = message->state;
        run->current = message->current;
        run->next_ms = message->next_ms;
        break;
    case MESSAGE_PARAMS:
        run_set_params(run, message->params, message->param_count, message->params_hash);
        break;
    case MESSAGE_PROPOSAL:
        fold_proposal(run, message);
        break;
    case MESSAGE_ITERATION:
        fold_iteration(run, message);
        break;
    case MESSAGE_CHANGE:
        run_add_change(run, &message->change, message->param_count);
        break;
    case MESSAGE_WIRE:
        if (message->wire)
            run_put_wire(run, message->wire);
        break;
    case MESSAGE_EVENT:
        run_add_event(run, message->event, message->event_iteration, message->utc_ms,
                      message->text ? message->text : "");
        break;
    case MESSAGE_RESTART:
        run_fini(run);
        break;
    case MESSAGE_REPLY:
    case MESSAGE_DETACHED:
    case MESSAGE_GATE_PROGRESS:
    case MESSAGE_GATE_RESULT:
    case MESSAGE_READ_PROGRESS:
    case MESSAGE_RUNS:
    case MESSAGE_LOADED:
    case MESSAGE_REST:
    case MESSAGE_END:
        break;
    }
}
