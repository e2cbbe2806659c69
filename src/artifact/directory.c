/* directory: directories of an artifact root. Any thread. */
#include "config.h"

#include "artifact/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(int dirfd, const char *name, const char *shown, struct error *err)
{
    if (mkdirat(dirfd, name, 0777) == 0)
        return directory_sync(dirfd, shown, err);
    if (errno == EEXIST)
        return 0;
    return error_set(err, ERROR_IO, "cannot make the directory %s: %s", shown, strerror(errno));
}

static int open_failed(int fault, const char *shown, struct error *err)
{
    if (fault == ELOOP || fault == ENOTDIR)
        return error_set(err, ERROR_INPUT,
                         "%s is not a directory (symbolic links below an artifact root are not "
                         "followed)",
                         shown);
    return error_set(err, ERROR_INPUT, "cannot open the directory %s: %s", shown, strerror(fault));
}

int directory_open(int *fd, int dirfd, const char *name, const char *shown, enum root_mode mode,
                   struct error *err)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

    *fd = openat(dirfd, name, flags);
    if (*fd < 0 && errno == ENOENT) {
        if (mode == ROOT_READ)
            return 0;
        if (make(dirfd, name, shown, err) < 0)
            return -1;
        *fd = openat(dirfd, name, flags);
    }
    return *fd < 0 ? open_failed(errno, shown, err) : 0;
}

int directory_sync(int fd, const char *shown, struct error *err)
{
    /* Some file systems cannot sync a directory and say EINVAL: nothing more can be done there. */
    if (fsync(fd) == 0 || errno == EINVAL)
        return 0;
    return error_set(err, ERROR_IO, "cannot sync the directory of %s: %s; check the disk", shown,
                     strerror(errno));
}

int directory_each(int fd, directory_visit *visit, void *context)
{
    int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = own < 0 ? NULL : fdopendir(own);
    int result = 0;

    if (!list) {
        if (own >= 0)
            close(own);
        return -1;
    }
    while (result == 0) {
        errno = 0;
        struct dirent *entry = readdir(list);
        if (!entry)
            break;
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            result = visit(context, entry->d_name);
    }
    int fault = errno;
    closedir(list);
    errno = fault;
    return result == 0 && fault != 0 ? -1 : result;
}

int path_print(char *path, size_t size, struct error *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(path, size, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < size)
        return 0;
    return error_set(err, ERROR_INPUT, "the path %s... is too long: the limit is %zu bytes", path,
                     size - 1);
}
