/* follow_impl: struct follow and what its files need of each other; nobody else includes it. All of
 * it belongs to the follower's thread once that runs, but the queues and the stop. */
#ifndef SOAKTOP_ENGINE_FOLLOW_IMPL_H
#define SOAKTOP_ENGINE_FOLLOW_IMPL_H

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#include "artifact/run_tail.h"
#include "engine/follow.h"

struct control_notice;
struct live;

/* How far the front end was told. */
struct told {
    size_t iterations, changes, events;
    bool manifest, over;
    enum run_state state;
    enum run_state manifest_state;
    enum approve_mode mode;
    int planned;
    double interval_s;
    char params_hash[HASH_TEXT_MAX];
    struct proposal *pending; /* owned; NULL: none */
    size_t wires;
    struct wire *wire; /* [wires] as they were told; owned */
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
    struct live *live; /* the soak itself, attached to; NULL: only its files are read */
};

/* follow_tell.c: reads what is new in the directory and tells it. */
void follow_tell_news(struct follow *follow);
/* Of the run's manifest what changed, with what the soak itself says of it. */
void follow_tell_manifest(struct follow *follow);

/* follow_live.c: the soak that is attached to. LIVE may be NULL everywhere. */
struct live *live_open(const struct follow *follow, struct error *err);
void live_free(struct live *live);
/* The soak's own state; NULL: it is not heard any more. */
const struct control_notice *live_state(const struct live *live);
enum { LIVE_POLLS = 3 };
/* Fills LIVE_POLLS descriptors to poll for; how long at most, in milliseconds (-1: for ever). */
int live_watch(const struct live *live, struct pollfd *fds);
struct inbox *live_inbox(struct live *live);
const struct control_notice *live_hello(const struct live *live);
/* Takes in what the soak said, before the directory is read: what it tells of is in the files. */
void live_read(struct follow *follow);
/* Tells it, and sends what the front end asked for. */
void live_serve(struct follow *follow);
/* At the end: sends what waits to be sent, and waits a little for the answers. */
void live_leave(struct follow *follow);
/* Names what no answer came to; "" if nothing. */
void live_unanswered(const struct live *live, char *text, size_t size);

#endif
