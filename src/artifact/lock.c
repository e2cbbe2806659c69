/* lock: one writer per artifact root. The kernel's flock is the lock, so that a file which a dead
 * process left is no obstacle; its text only tells others who holds it. */
#include "config.h"

#include "artifact/root.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "artifact/atomic.h"
#include "artifact/canon.h"
#include "artifact/jsonfile.h"
#include "artifact/realclock.h"
#include "model/mem.h"

enum { LOCK_TEXT_MAX = 1024 };

static int lock_failed(const struct root *root, const char *what, struct error *err)
{
    return error_set(err, ERROR_IO, "cannot %s the lock %s/soak/.lock: %s", what, root->path,
                     strerror(errno));
}

static int open_lock(const struct root *root, struct error *err)
{
    struct stat status;
    int fd = openat(root->soak_fd, ".lock",
                    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);

    if (fd < 0)
        return lock_failed(root, "open", err);
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        return fd;
    close(fd);
    return error_set(err, ERROR_IO, "%s/soak/.lock is not a regular file; remove it", root->path);
}

static void read_holder(int fd, struct lock_holder *holder)
{
    char text[LOCK_TEXT_MAX];
    ssize_t length = pread(fd, text, sizeof text, 0);
    json_auto_t *json = length > 0 ? json_read_text(text, (size_t)length, ".lock", NULL) : NULL;
    const json_t *pid = json_object_get(json, "pid");
    const json_t *host = json_object_get(json, "host");
    const json_t *started = json_object_get(json, "started");

    *holder = (struct lock_holder){0};
    if (!json_is_integer(pid) || !json_is_string(host) || !json_is_string(started))
        return;
    holder->pid = (long)json_integer_value(pid);
    snprintf(holder->host, sizeof holder->host, "%s", json_string_value(host));
    snprintf(holder->started, sizeof holder->started, "%s", json_string_value(started));
}

void lock_read_holder(const struct root *root, struct lock_holder *holder)
{
    int fd = open_lock(root, NULL);

    *holder = (struct lock_holder){0};
    if (fd < 0)
        return;
    read_holder(fd, holder);
    close(fd);
}

/* Another process holds it: tells who, as far as the file says. */
static int refuse(int fd, const struct root *root, struct error *err)
{
    struct lock_holder holder;

    read_holder(fd, &holder);
    if (holder.pid <= 0)
        return error_set(
            err, ERROR_LOCKED,
            "another process writes to %s; to look on without writing: soaktop watch %s",
            root->path, root->path);
    return error_set(
        err, ERROR_LOCKED,
        "%s is written by pid %ld on %s since %s; to look on without writing: soaktop watch %s; to "
        "decide: soaktop attach %s",
        root->path, holder.pid, holder.host, holder.started, root->path, root->path);
}

/* Who holds the lock, as text (free it). */
static char *holder_text(size_t *length, struct error *err)
{
    char host[256] = "", started[UTC_TEXT_MAX];
    struct clock clock = clock_real();

    gethostname(host, sizeof host - 1);
    utc_format(started, clock_now(&clock));
    json_auto_t *holder = json_pack("{s:I, s:s, s:s}", "pid", (json_int_t)getpid(), "host", host,
                                    "started", started);
    if (!holder) {
        error_set(err, ERROR_IO, "cannot describe this host and process for the lock");
        return NULL;
    }
    return canon_dump(holder, CANON_COMPACT, length, err);
}

static int write_holder(int fd, const struct root *root, struct error *err)
{
    size_t length;
    char *text = holder_text(&length, err);

    if (!text)
        return -1;
    ssize_t written = ftruncate(fd, 0) < 0 ? -1 : pwrite(fd, text, length, 0);
    free(text);
    if (written < 0)
        return lock_failed(root, "write", err);
    return 0;
}

static int lock_file(int fd)
{
    int result;

    do
        result = flock(fd, LOCK_EX | LOCK_NB);
    while (result < 0 && errno == EINTR);
    return result;
}

int lock_take(struct lock *lock, const struct root *root, struct error *err)
{
    int result;

    lock->fd = -1;
    if (root->soak_fd < 0)
        return error_set(err, ERROR_IO, "%s has no directory soak to lock", root->path);
    int fd = open_lock(root, err);
    if (fd < 0)
        return -1;
    if (lock_file(fd) < 0)
        result = errno == EWOULDBLOCK ? refuse(fd, root, err) : lock_failed(root, "take", err);
    else
        result = write_holder(fd, root, err);
    if (result < 0) {
        close(fd);
        return -1;
    }
    lock->fd = fd;
    atomic_sweep(root->soak_fd);
    return 0;
}

/* The file stays: a process that waits for it must not be left with one that has no name. */
void lock_release(struct lock *lock)
{
    if (lock->fd < 0)
        return;
    /* Its text is wrong from now on; if it cannot be emptied nothing depends on it. */
    if (ftruncate(lock->fd, 0) < 0)
        errno = 0;
    close(lock->fd);
    lock->fd = -1;
}

/* The process that FILE names runs on this host, or may run on another. */
static bool holder_may_live(int fd)
{
    char text[LOCK_TEXT_MAX], host[256] = "";
    ssize_t length = pread(fd, text, sizeof text, 0);
    json_auto_t *holder = length > 0 ? json_read_text(text, (size_t)length, ".lock", NULL) : NULL;
    const json_t *pid = json_object_get(holder, "pid");
    const char *on = json_string_value(json_object_get(holder, "host"));

    if (length <= 0)
        return false;
    if (gethostname(host, sizeof host - 1) < 0 || !on || strcmp(on, host) != 0 ||
        !json_is_integer(pid))
        return true;
    return kill((pid_t)json_integer_value(pid), 0) == 0 || errno == EPERM;
}

/* The lock itself is tried last: for that moment it would be in the way of a writer. */
bool lock_is_held(int soak_fd)
{
    int fd = openat(soak_fd, ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    bool held = false;

    if (fd < 0)
        return false;
    if (holder_may_live(fd))
        held = flock(fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}
