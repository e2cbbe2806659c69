/* filewatch: the only file that knows inotify. The directory is watched, not the file: a writer may
 * rename a new file over the old one. */
#include "config.h"

#include "engine/filewatch.h"

#include <errno.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "model/mem.h"

struct filewatch {
    int fd;
    char *name; /* within the directory */
};

static char *directory_of(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_printf("%.*s", (int)(slash - path), path);
}

struct filewatch *filewatch_new(const char *path, struct error *err)
{
    const char *name;
    char *directory = directory_of(path, &name);
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    int watch = -1;
    if (fd >= 0)
        watch = inotify_add_watch(fd, directory,
                                  IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF |
                                      IN_ONLYDIR);
    if (watch < 0) {
        error_set(err, ERROR_INPUT, "cannot watch the directory %s for %s: %s", directory, name,
                  strerror(errno));
        if (fd >= 0)
            close(fd);
        free(directory);
        return NULL;
    }
    free(directory);
    struct filewatch *made = mem_alloc(sizeof(*made));
    made->fd = fd;
    made->name = mem_strdup(name);
    return made;
}

void filewatch_free(struct filewatch *watch)
{
    if (!watch)
        return;
    close(watch->fd);
    free(watch->name);
    free(watch);
}

int filewatch_fd(const struct filewatch *watch)
{
    return watch->fd;
}

static enum filewatch_news judge(const struct filewatch *watch, const struct inotify_event *event)
{
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT))
        return FILEWATCH_GONE;
    if (event->mask & IN_Q_OVERFLOW)
        return FILEWATCH_COMPLETE; /* events were lost: have a look */
    if (event->len > 0 && strcmp(event->name, watch->name) == 0)
        return FILEWATCH_COMPLETE;
    return FILEWATCH_NOTHING;
}

enum filewatch_news filewatch_take(struct filewatch *watch)
{
    alignas(struct inotify_event) char block[4096];
    enum filewatch_news news = FILEWATCH_NOTHING;
    for (;;) {
        ssize_t got = read(watch->fd, block, sizeof(block));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return news;
        for (size_t at = 0; at < (size_t)got;) {
            const struct inotify_event *event = (const void *)(block + at);
            enum filewatch_news one = judge(watch, event);
            if (one > news)
                news = one;
            at += sizeof(*event) + event->len;
        }
    }
}
