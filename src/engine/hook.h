/* hook: a command of the user's that is told of something: run by /bin/sh in its own process group,
 * beside the program, which never waits for it. UI thread. */
#ifndef SOAKTOP_ENGINE_HOOK_H
#define SOAKTOP_ENGINE_HOOK_H

#include <stdbool.h>
#include <stdint.h>
#include "model/error.h"

/* One at a time. Initialise with HOOK_INIT. */
struct hook {
    int pid;        /* 0: none runs */
    int pidfd;      /* readable once it has ended; -1: none */
    int64_t end_ms; /* monotonic: then it is told to end, and later killed */
    bool told;      /* to end */
};
#define HOOK_INIT                                                                                  \
    {                                                                                              \
        .pidfd = -1                                                                                \
    }

/* Starts COMMAND; SETTINGS ("NAME=value", ends with NULL) stand in its environment before what is
 * inherited; its input and output are /dev/null. It may take TIMEOUT_MS from NOW_MS (monotonic) on.
 * -1 with ERR. */
int hook_start(struct hook *hook, const char *command, const char *const *settings, int64_t now_ms,
               int64_t timeout_ms, struct error *err);
/* Reaps it if it has ended; tells its group to end, then kills it, if its time is over. Never
 * waits. True if none runs any more. */
bool hook_serve(struct hook *hook, int64_t now_ms);
/* Milliseconds until hook_serve has something to do but for its end; -1: never. */
int64_t hook_tick_ms(const struct hook *hook, int64_t now_ms);
/* Forgets it, at NOW_MS: what still runs goes on by itself, but no longer than it may: a process
 * beside it tells its group to end then, and kills it. */
void hook_leave(struct hook *hook, int64_t now_ms);

#endif
