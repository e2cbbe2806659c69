/* follow: see follow.h. Its thread shares the outbox, and the descriptor that asks it to stop. */
#include "config.h"

#include "engine/follow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/control_json.h"
#include "engine/filewatch.h"
#include "engine/follow_impl.h"
#include "engine/wake.h"
#include "model/mem.h"

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
    free(follow->told.wire);
    follow->told = (struct told){.state = RUN_STARTING};
    outbox_post_take(follow->outbox, message);
    return 0;
}

/* Sleeps until WATCH, the owner or the soak has something; false: to stop. */
static bool sleep_on(const struct follow *follow, const struct filewatch *watch)
{
    enum { OWN = 2 };
    struct pollfd fds[OWN + LIVE_POLLS] = {{.fd = filewatch_fd(watch), .events = POLLIN},
                                           {.fd = follow->stop_fd, .events = POLLIN}};
    int patience = live_watch(follow->live, fds + OWN);
    while (poll(fds, OWN + LIVE_POLLS, patience) < 0 && errno == EINTR)
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
        live_read(follow);
        follow_tell_news(follow);
        live_serve(follow);
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
        live_read(follow);
        live_serve(follow);
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
    live_leave(follow);
    return NULL;
}

static void follow_free(struct follow *follow)
{
    live_free(follow->live);
    run_tail_free(follow->tail);
    free(follow->told.pending);
    free(follow->told.wire);
    outbox_free(follow->outbox);
    if (follow->stop_fd >= 0)
        close(follow->stop_fd);
    free(follow);
}

static struct follow *follow_new(const char *path, const struct config *config, struct error *err)
{
    struct follow *follow = mem_alloc(sizeof *follow);
    snprintf(follow->path, sizeof follow->path, "%s", path);
    follow->config = config;
    follow->stop_fd = wake_open(err);
    follow->outbox = follow->stop_fd >= 0 ? outbox_new(err) : NULL;
    if (follow->outbox && open_tail(follow, err) == 0)
        return follow;
    follow_free(follow);
    return NULL;
}

static struct follow *follow_begin_take(struct follow *follow, struct error *err)
{
    int fault = pthread_create(&follow->thread, NULL, follow_main, follow);
    if (fault == 0)
        return follow;
    error_set(err, ERROR_IO, "%s cannot be followed: no thread: %s", follow->path, strerror(fault));
    follow_free(follow);
    return NULL;
}

struct follow *follow_start(const char *path, const struct config *config, struct error *err)
{
    struct follow *follow = follow_new(path, config, err);
    return follow ? follow_begin_take(follow, err) : NULL;
}

struct follow *follow_attach(const char *path, const struct config *config, struct error *err)
{
    struct follow *follow = follow_new(path, config, err);
    if (!follow)
        return NULL;
    follow->live = live_open(follow, err);
    if (follow->live)
        return follow_begin_take(follow, err);
    follow_free(follow);
    return NULL;
}

void follow_leave(struct follow *follow, char *text, size_t size)
{
    atomic_store(&follow->stopped, true);
    wake_ring(follow->stop_fd);
    pthread_join(follow->thread, NULL);
    live_unanswered(follow->live, text, size);
    follow_free(follow);
}

void follow_stop(struct follow *follow)
{
    char unanswered[8];
    if (follow)
        follow_leave(follow, unanswered, sizeof unanswered);
}

struct outbox *follow_outbox(struct follow *follow)
{
    return follow->outbox;
}

struct inbox *follow_inbox(struct follow *follow)
{
    return live_inbox(follow->live);
}

const char *follow_actor(const struct follow *follow)
{
    return live_hello(follow->live)->you;
}

int follow_pid(const struct follow *follow)
{
    return live_hello(follow->live)->pid;
}
