/* command: the bounded queue of a front end's commands into the engine. Any thread posts; the
 * engine thread takes. The eventfd holds a count above 0 exactly while commands wait. */
#include "config.h"

#include "engine/command.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "model/mem.h"

enum { INBOX_MAX = 64 };

struct inbox {
    pthread_mutex_t mutex;
    size_t first, count;
    struct command ring[INBOX_MAX];
    int fd;
};

struct inbox *inbox_new(struct error *err)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (fd < 0) {
        error_set(err, ERROR_IO, "eventfd: %s", strerror(errno));
        return NULL;
    }
    struct inbox *inbox = mem_alloc(sizeof(*inbox));
    pthread_mutex_init(&inbox->mutex, NULL);
    inbox->fd = fd;
    return inbox;
}

void inbox_free(struct inbox *inbox)
{
    if (!inbox)
        return;
    pthread_mutex_destroy(&inbox->mutex);
    close(inbox->fd);
    free(inbox);
}

int inbox_post(struct inbox *inbox, const struct command *command)
{
    int result = -1;
    pthread_mutex_lock(&inbox->mutex);
    if (inbox->count < INBOX_MAX) {
        inbox->ring[(inbox->first + inbox->count) % INBOX_MAX] = *command;
        if (inbox->count++ == 0)
            eventfd_write(inbox->fd, 1);
        result = 0;
    }
    pthread_mutex_unlock(&inbox->mutex);
    return result;
}

bool inbox_next(struct inbox *inbox, struct command *command)
{
    pthread_mutex_lock(&inbox->mutex);
    bool found = inbox->count > 0;
    if (found) {
        *command = inbox->ring[inbox->first];
        inbox->first = (inbox->first + 1) % INBOX_MAX;
        if (--inbox->count == 0) {
            eventfd_t count;
            eventfd_read(inbox->fd, &count);
        }
    }
    pthread_mutex_unlock(&inbox->mutex);
    return found;
}

int inbox_fd(const struct inbox *inbox)
{
    return inbox->fd;
}
