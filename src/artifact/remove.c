/* remove: deletes a directory with all that is in it, through descriptors only. */
#include "config.h"

#include "artifact/remove.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"

/* A run is two levels deep; what is much deeper is none of ours. */
enum { LEVELS_MAX = 16 };

struct removal {
    int fd, levels;
    dev_t device;
};

static int remove_entry(void *context, const char *name);

/* 0, or -1 with errno. */
static int empty_directory(int dirfd, const char *name, int levels, dev_t device)
{
    struct stat status;
    int fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0)
        return -1;
    struct removal removal = {.fd = fd, .levels = levels, .device = device};
    int result = fstat(fd, &status);
    if (result == 0 && (levels == 0 || status.st_dev != device)) {
        errno = levels == 0 ? ELOOP : EXDEV;
        result = -1;
    }
    if (result == 0)
        result = directory_each(fd, remove_entry, &removal);
    int fault = errno;
    close(fd);
    errno = fault;
    return result;
}

static int remove_entry(void *context, const char *name)
{
    const struct removal *removal = context;
    struct stat status;

    if (fstatat(removal->fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return -1;
    if (!S_ISDIR(status.st_mode))
        return unlinkat(removal->fd, name, 0);
    if (empty_directory(removal->fd, name, removal->levels - 1, removal->device) < 0)
        return -1;
    return unlinkat(removal->fd, name, AT_REMOVEDIR);
}

int remove_tree(int dirfd, const char *name, const char *shown, struct error *err)
{
    struct stat status;

    if (fstatat(dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        empty_directory(dirfd, name, LEVELS_MAX, status.st_dev) == 0 &&
        unlinkat(dirfd, name, AT_REMOVEDIR) == 0)
        return 0;
    return error_set(err, ERROR_IO, "cannot delete the old run %s: %s", shown, strerror(errno));
}
