/* crash: see crash.h. Any thread. */
#include "config.h"

#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t __real_write(int fd, const void *data, size_t size);
int __real_openat(int dirfd, const char *name, int flags, ...);
int __real_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __real_unlinkat(int dirfd, const char *name, int flags);
int __real_ftruncate(int fd, off_t length);
int __real_mkdirat(int dirfd, const char *name, mode_t mode);

ssize_t __wrap_write(int fd, const void *data, size_t size);
int __wrap_openat(int dirfd, const char *name, int flags, ...);
int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __wrap_unlinkat(int dirfd, const char *name, int flags);
int __wrap_ftruncate(int fd, off_t length);
int __wrap_mkdirat(int dirfd, const char *name, mode_t mode);
int __wrap_fsync(int fd);
int __wrap_fdatasync(int fd);

static struct {
    enum crash_kind kind;
    long at;
    size_t bytes, size;
} crash;
static atomic_long steps;

void crash_arm(enum crash_kind kind, long at, size_t bytes)
{
    crash.kind = kind;
    crash.at = at;
    crash.bytes = bytes;
    crash.size = 0;
    atomic_store(&steps, 0);
}

long crash_steps(void)
{
    return atomic_load(&steps);
}

size_t crash_size(void)
{
    return crash.size;
}

static void die(void)
{
    raise(SIGKILL);
    _exit(1);
}

/* One more step; true if the disk is full now. */
static bool step(void)
{
    long now = atomic_fetch_add(&steps, 1) + 1;
    if (crash.kind == CRASH_KILL && now == crash.at)
        die();
    return crash.kind == CRASH_FULL && now >= crash.at;
}

static int full(void)
{
    errno = ENOSPC;
    return -1;
}

static bool is_file(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
    if (!is_file(fd))
        return __real_write(fd, data, size);
    bool refused = step();
    bool here = crash_steps() == crash.at;
    size_t part = crash.bytes < size ? crash.bytes : size;
    if (here)
        crash.size = size;
    if (here && crash.kind == CRASH_TORN) {
        if (part > 0 && __real_write(fd, data, part) < 0)
            _exit(1);
        die();
    }
    if (refused)
        return here && part > 0 ? __real_write(fd, data, part) : full();
    return __real_write(fd, data, size);
}

int __wrap_openat(int dirfd, const char *name, int flags, ...)
{
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        /* a file that is there is opened, not made */
        if ((flags & O_EXCL) && step())
            return full();
    }
    return __real_openat(dirfd, name, flags, mode);
}

int __wrap_renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    step();
    return __real_renameat(from_fd, from, to_fd, to);
}

int __wrap_unlinkat(int dirfd, const char *name, int flags)
{
    step();
    return __real_unlinkat(dirfd, name, flags);
}

int __wrap_ftruncate(int fd, off_t length)
{
    if (is_file(fd))
        step();
    return __real_ftruncate(fd, length);
}

int __wrap_mkdirat(int dirfd, const char *name, mode_t mode)
{
    return step() ? full() : __real_mkdirat(dirfd, name, mode);
}

int __wrap_fsync(int fd)
{
    (void)fd;
    return 0;
}

int __wrap_fdatasync(int fd)
{
    (void)fd;
    return 0;
}
