/* atomic: whole-file writes by a temporary file in the same directory and a rename. Any thread; two
 * writers of one name at once leave one of the two contents, whole. */
#include "config.h"

#include "artifact/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"

enum { TEMP_NAME_MAX = 255, TEMP_TRIES = 1000 };

/* Opens a new file beside NAME; its name in TEMP. Of MODE the umask takes its part. */
static int temp_open(int dirfd, const char *name, char temp[TEMP_NAME_MAX + 1], mode_t mode)
{
    static atomic_uint counter;

    for (int i = 0; i < TEMP_TRIES; i++) {
        int length = snprintf(temp, TEMP_NAME_MAX + 1, ".%s.%ld-%u.tmp", name, (long)getpid(),
                              atomic_fetch_add(&counter, 1));
        if (length < 0 || length > TEMP_NAME_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = openat(dirfd, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        if (written == 0) {
            errno = EIO;
            return -1;
        }
        data += written;
        length -= (size_t)written;
    }
    return 0;
}

/* Writes and closes FD in every case. */
static int fill(int fd, const void *data, size_t length, enum durability durability)
{
    int fault = 0;

    if (write_all(fd, data, length) < 0 || (durability == DURABLE && fsync(fd) < 0))
        fault = errno;
    if (close(fd) < 0 && fault == 0 && errno != EINTR)
        fault = errno;
    errno = fault;
    return fault == 0 ? 0 : -1;
}

static int write_failed(int fault, const char *shown, struct error *err)
{
    const char *advice = "the old file stays";

    if (fault == ENOSPC || fault == EDQUOT || fault == EFBIG)
        advice = "the old file stays; make room and try again";
    else if (fault == EACCES || fault == EPERM || fault == EROFS)
        advice = "the old file stays; check the permissions of the directory";
    return error_set(err, ERROR_IO, "cannot write %s: %s; %s", shown, strerror(fault), advice);
}

int atomic_write(int dirfd, const char *name, const char *shown, const void *data, size_t length,
                 enum durability durability, struct error *err)
{
    return atomic_write_mode(dirfd, name, shown, data, length, durability, 0666, err);
}

int atomic_write_mode(int dirfd, const char *name, const char *shown, const void *data,
                      size_t length, enum durability durability, mode_t mode, struct error *err)
{
    char temp[TEMP_NAME_MAX + 1];

    int fd = temp_open(dirfd, name, temp, mode);
    if (fd < 0)
        return write_failed(errno, shown, err);
    if (fill(fd, data, length, durability) < 0 || renameat(dirfd, temp, dirfd, name) < 0) {
        int fault = errno;
        unlinkat(dirfd, temp, 0);
        return write_failed(fault, shown, err);
    }
    return durability == DURABLE ? directory_sync(dirfd, shown, err) : 0;
}

/* True for ".NAME.<pid>-<count>.tmp", as temp_open makes them. */
static bool is_temporary(const char *name)
{
    const char *end = strrchr(name, '.'), *number = end;

    if (*name != '.' || !end || strcmp(end, ".tmp") != 0)
        return false;
    while (number > name && number[-1] != '.')
        number--;
    size_t pid = strspn(number, "0123456789");
    size_t count = number[pid] == '-' ? strspn(number + pid + 1, "0123456789") : 0;
    return number > name + 1 && pid > 0 && count > 0 && number + pid + 1 + count == end;
}

static int sweep(void *context, const char *name)
{
    const int *dirfd = context;
    struct stat status;

    /* What cannot be removed does no harm: it is only a name that nobody reads. */
    if (is_temporary(name) && fstatat(*dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(status.st_mode))
        unlinkat(*dirfd, name, 0);
    return 0;
}

void atomic_sweep(int dirfd)
{
    directory_each(dirfd, sweep, &dirfd);
}
