/* filewatch: the only file that knows inotify. The directory is watched, not the file: a writer may
 * rename a new file over the old one. */
#include "config.h"

#include "engine/filewatch.h"

#include <errno.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "model/mem.h"

struct filewatch {
    int fd;
    char *name;     /* within the directory; NULL: anything in it */
    bool stands_in; /* above a directory that is missing: any event may be its return */
};

static char *directory_of(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_printf("%.*s", (int)(slash - path), path);
}

static struct filewatch *wrap(int fd, const char *name, bool stands_in)
{
    struct filewatch *made = mem_alloc(sizeof(*made));
    made->fd = fd;
    made->name = mem_strdup(name);
    made->stands_in = stands_in;
    return made;
}

enum {
    WATCH_COMPLETED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
};

static struct filewatch *watch_file(const char *path, uint32_t events, struct error *err)
{
    const char *name;
    char *directory = directory_of(path, &name);
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    int watch = -1;
    if (fd >= 0)
        watch = inotify_add_watch(fd, directory, events);
    if (watch < 0) {
        error_set(err, ERROR_INPUT, "cannot watch the directory %s for %s: %s", directory, name,
                  strerror(errno));
        if (fd >= 0)
            close(fd);
        free(directory);
        return NULL;
    }
    free(directory);
    return wrap(fd, name, false);
}

struct filewatch *filewatch_new(const char *path, struct error *err)
{
    return watch_file(path, WATCH_COMPLETED, err);
}

struct filewatch *filewatch_any(const char *path, struct error *err)
{
    return watch_file(path, WATCH_COMPLETED | IN_DELETE | IN_MOVED_FROM, err);
}

struct filewatch *filewatch_directory(const char *path, struct error *err)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    int watch = -1;
    if (fd >= 0)
        watch = inotify_add_watch(fd, path,
                                  IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO |
                                      IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF |
                                      IN_ONLYDIR);
    if (watch >= 0)
        return wrap(fd, NULL, false);
    error_set(err, ERROR_INPUT, "cannot watch the directory %s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return NULL;
}

/* Watches DIRECTORY and all above it, those that exist, from the top down: what is created behind
 * its back then shows in the one above. Tells how many. */
static int watch_upwards(int fd, const char *directory)
{
    const char *name;
    char *above = directory_of(directory, &name);
    int count = strcmp(above, directory) != 0 ? watch_upwards(fd, above) : 0;
    free(above);
    const uint32_t events = IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;
    return count + (inotify_add_watch(fd, directory, events) >= 0);
}

struct filewatch *filewatch_await(const char *path, struct error *err)
{
    struct filewatch *watch = filewatch_new(path, NULL);
    if (watch)
        return watch;
    const char *name;
    char *directory = directory_of(path, &name);
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    int count = fd >= 0 ? watch_upwards(fd, directory) : 0;
    free(directory);
    watch = filewatch_new(path, count > 0 ? NULL : err); /* it may have come meanwhile */
    if (!watch && count > 0)
        return wrap(fd, name, true);
    if (fd >= 0)
        close(fd);
    return watch;
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
    if (watch->stands_in || event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT))
        return FILEWATCH_GONE;
    if (event->mask & IN_Q_OVERFLOW)
        return FILEWATCH_COMPLETE; /* events were lost: have a look */
    if (!watch->name)
        return FILEWATCH_COMPLETE;
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
