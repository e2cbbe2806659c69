/* wait: the engine's only place to wait: on descriptors, a deadline and the inbox at once. Commands
 * that arrive are carried out at once; a stop ends every wait. Engine thread. */
#ifndef SOAKTOP_ENGINE_WAIT_H
#define SOAKTOP_ENGINE_WAIT_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

enum wait_result {
    WAIT_READY,   /* a descriptor is ready: see its revents */
    WAIT_TIMEOUT, /* the deadline has passed */
    WAIT_WOKEN,   /* a command changed what is waited for (next, resume, apply): look again */
    WAIT_STOP     /* stop now */
};

struct waiter {
    void *context;
    /* DEADLINE_MS of monotonic_ms(), or -1 for none. */
    enum wait_result (*wait)(void *context, struct pollfd *fds, size_t count, int64_t deadline_ms);
};

static inline enum wait_result waiter_wait(struct waiter *waiter, struct pollfd *fds, size_t count,
                                           int64_t deadline_ms)
{
    return waiter->wait(waiter->context, fds, count, deadline_ms);
}

#endif
