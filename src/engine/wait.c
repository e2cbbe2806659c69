/* wait: the engine's one poll. Besides what the caller waits for it watches the inbox and a gate
 * that runs. Engine thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "artifact/realclock.h"

/* CALLER_MAX: descriptors that a source may wait for at once. */
enum { CALLER_MAX = 8 };

/* True if one of the caller's is ready; its revents are set in any case. */
static bool copy_back(struct pollfd *fds, const struct pollfd *all, size_t count)
{
    bool ready = false;
    for (size_t i = 0; i < count; i++) {
        fds[i].revents = all[i].revents;
        ready |= all[i].revents != 0;
    }
    return ready;
}

static int timeout_until(int64_t deadline_ms)
{
    if (deadline_ms < 0)
        return -1;
    int64_t left = deadline_ms - monotonic_ms();
    if (left < 0)
        return 0;
    return left > INT_MAX ? INT_MAX : (int)left;
}

/* WAIT_WOKEN: neither a descriptor nor the deadline; look again. CHANGED: another process changed
 * the parameters, and with them what is waited for. */
static enum wait_result poll_once(struct engine *engine, struct pollfd *fds, size_t count,
                                  int64_t deadline_ms, bool *changed)
{
    struct pollfd all[CALLER_MAX + 3];
    size_t used = count < CALLER_MAX ? count : CALLER_MAX;
    if (used)
        memcpy(all, fds, used * sizeof(*fds));
    size_t total = used;
    all[total++] = (struct pollfd){.fd = inbox_fd(engine->inbox), .events = POLLIN};
    if (engine->gate)
        all[total++] = (struct pollfd){.fd = gate_job_fd(engine->gate), .events = POLLIN};
    size_t watched = total;
    if (engine->watch)
        all[total++] = (struct pollfd){.fd = filewatch_fd(engine->watch), .events = POLLIN};
    int got = poll(all, (nfds_t)total, timeout_until(deadline_ms));
    if (got < 0)
        return WAIT_WOKEN; /* a signal, or no memory for a moment */
    if (engine->watch && all[watched].revents)
        *changed = external_notice(engine);
    if (used && copy_back(fds, all, used))
        return WAIT_READY;
    return got == 0 ? WAIT_TIMEOUT : WAIT_WOKEN;
}

/* A script goes on once nothing happens any more; a gate first tells its result. */
static void tell_rest(struct engine *engine)
{
    if (!engine->rest_wanted || engine->gate)
        return;
    engine->rest_wanted = false;
    post_rest(engine);
}

enum wait_result engine_wait(void *context, struct pollfd *fds, size_t count, int64_t deadline_ms)
{
    struct engine *engine = context;
    for (;;) {
        bool changed = false;
        gates_reap(engine);
        bool served = serve_commands(engine);
        if (loop_must_end(engine))
            return WAIT_STOP;
        if (served)
            return WAIT_WOKEN;
        tell_rest(engine);
        enum wait_result result = poll_once(engine, fds, count, deadline_ms, &changed);
        if (result == WAIT_READY)
            return result;
        if (changed)
            return WAIT_WOKEN; /* the deadline may be another now */
        if (result == WAIT_TIMEOUT && deadline_ms >= 0 && monotonic_ms() >= deadline_ms)
            return result;
    }
}
