/* command: the bounded queue of a front end's commands into the engine. Any thread posts; the
 * engine thread takes. The descriptor is readable exactly while commands wait. */
#include "config.h"

#include "engine/command.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/wake.h"
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
    int fd = wake_open(err);
    if (fd < 0)
        return NULL;
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
            wake_ring(inbox->fd);
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
            wake_clear(inbox->fd);
        }
    }
    pthread_mutex_unlock(&inbox->mutex);
    return found;
}

int inbox_fd(const struct inbox *inbox)
{
    return inbox->fd;
}
