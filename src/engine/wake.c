/* wake: eventfd behind three calls. Any thread may ring; one thread waits and clears. */
#include "config.h"

#include "engine/wake.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>

int wake_open(struct error *err)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0)
        error_set(err, ERROR_IO, "eventfd: %s; close other programs and try again",
                  strerror(errno));
    return fd;
}

void wake_ring(int fd)
{
    eventfd_write(fd, 1);
}

void wake_clear(int fd)
{
    eventfd_t count;
    eventfd_read(fd, &count);
}
