/* follow: see follow.h. Its thread shares the outbox, and the descriptor that asks it to stop. */
#include "config.h"

#include "engine/follow.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/run_tail.h"
#include "engine/filewatch.h"
#include "engine/wake.h"
#include "model/mem.h"

/* How far the front end was told. */
struct told {
    size_t iterations, changes, events;
    bool manifest, over;
    enum run_state state;
    enum run_state manifest_state;
    char params_hash[HASH_TEXT_MAX];
    struct proposal *pending; /* owned; NULL: none */
    char fault[ERROR_TEXT_MAX];
};

struct follow {
    pthread_t thread;
    char path[512];
    const struct config *config;
    struct outbox *outbox;
    int stop_fd;
    atomic_bool stopped;
    struct run_tail *tail;
    struct told told;
};

static void tell_manifest(struct follow *follow, const struct run *run)
{
    struct told *told = &follow->told;
    if (told->manifest && told->manifest_state == run->state)
        return;
    struct message *message = message_new(MESSAGE_MANIFEST);
    struct run *copy = message->manifest = mem_alloc(sizeof *copy);
    run_init(copy);
    memcpy(copy->id, run->id, sizeof copy->id);
    memcpy(copy->source_detail, run->source_detail, sizeof copy->source_detail);
    memcpy(copy->directory, run->directory, sizeof copy->directory);
    copy->source = run->source;
    copy->mode = run->mode;
    copy->has_manifest = run->has_manifest;
    copy->planned = run->planned;
    copy->interval_s = run->interval_s;
    copy->started_ms = run->started_ms;
    copy->ended_ms = run->ended_ms;
    told->manifest = run->has_manifest || run->count > 0;
    told->manifest_state = run->state;
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

static void tell_news(struct follow *follow)
{
    struct error fault = ERROR_INIT;
    bool broken = run_tail_read(follow->tail, &fault) != 0;
    const struct run *run = run_tail_run(follow->tail);
    tell_manifest(follow, run);
    tell_events(follow, run);
    tell_iterations(follow, run, run->count);
    tell_changes(follow, run);
    tell_params(follow, run);
    tell_proposal(follow, run);
    tell_state(follow, run);
    if (broken)
        tell_fault(follow, &fault);
}

/* Another directory stands at the path, or the first one: the front end begins anew. */
static int open_tail(struct follow *follow, struct error *err)
{
    struct run_tail *tail = run_tail_new(follow->path, follow->config, err);
    if (!tail)
        return -1;
    struct message *message = message_new(MESSAGE_RESTART);
    message->stored = mem_alloc(sizeof *message->stored);
    run_init(&message->stored->run);
    if (rundir_open(&message->stored->dir, follow->path, NULL) != 0) {
        free(message->stored);
        message->stored = NULL;
    }
    run_tail_free(follow->tail);
    follow->tail = tail;
    free(follow->told.pending);
    follow->told = (struct told){.state = RUN_STARTING};
    outbox_post_take(follow->outbox, message);
    return 0;
}

/* Sleeps until WATCH or the owner has something; false: to stop. */
static bool sleep_on(const struct follow *follow, const struct filewatch *watch)
{
    struct pollfd fds[] = {{.fd = filewatch_fd(watch), .events = POLLIN},
                           {.fd = follow->stop_fd, .events = POLLIN}};
    while (poll(fds, 2, -1) < 0 && errno == EINTR)
        continue;
    return !atomic_load(&follow->stopped);
}

/* Tells of one run until another directory stands at its path; false: to stop. */
static bool follow_one(struct follow *follow)
{
    struct filewatch *watch = filewatch_directory(run_tail_dir(follow->tail)->path, NULL);
    bool go_on = watch != NULL;
    while (go_on && !run_tail_moved(follow->tail)) {
        filewatch_take(watch);
        tell_news(follow);
        go_on = sleep_on(follow, watch);
    }
    filewatch_free(watch);
    return !atomic_load(&follow->stopped);
}

/* Waits until a directory stands at the path again, and begins with it; false: to stop. */
static bool await_run(struct follow *follow)
{
    char *inside = mem_printf("%s/journal.jsonl", run_tail_dir(follow->tail)->path);
    bool go_on = true, found = false;
    while (go_on && !found) {
        struct filewatch *watch = filewatch_await(inside, NULL); /* before the look: no gap */
        found = open_tail(follow, NULL) == 0;
        go_on = found || (watch != NULL && sleep_on(follow, watch));
        filewatch_free(watch);
    }
    free(inside);
    return found;
}

static void *follow_main(void *context)
{
    struct follow *follow = context;
    while (follow_one(follow) && await_run(follow))
        continue;
    return NULL;
}

static void follow_free(struct follow *follow)
{
    run_tail_free(follow->tail);
    free(follow->told.pending);
    outbox_free(follow->outbox);
    if (follow->stop_fd >= 0)
        close(follow->stop_fd);
    free(follow);
}

struct follow *follow_start(const char *path, const struct config *config, struct error *err)
{
    struct follow *follow = mem_alloc(sizeof *follow);
    int fault = 0;
    snprintf(follow->path, sizeof follow->path, "%s", path);
    follow->config = config;
    follow->stop_fd = wake_open(err);
    follow->outbox = follow->stop_fd >= 0 ? outbox_new(err) : NULL;
    if (follow->outbox && open_tail(follow, err) == 0) {
        fault = pthread_create(&follow->thread, NULL, follow_main, follow);
        if (fault == 0)
            return follow;
        error_set(err, ERROR_IO, "%s cannot be followed: no thread: %s", path, strerror(fault));
    }
    follow_free(follow);
    return NULL;
}

void follow_stop(struct follow *follow)
{
    if (!follow)
        return;
    atomic_store(&follow->stopped, true);
    wake_ring(follow->stop_fd);
    pthread_join(follow->thread, NULL);
    follow_free(follow);
}

struct outbox *follow_outbox(struct follow *follow)
{
    return follow->outbox;
}
