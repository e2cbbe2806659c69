/* userdir: see userdir.h. */
#include "config.h"

#include "artifact/userdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *variable, *below_home;
} userdir_table[] = {
    [USERDIR_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [USERDIR_STATE] = {"XDG_STATE_HOME", ".local/state"},
};

int userdir_path(enum userdir which, char *path, size_t size, struct error *err)
{
    const char *variable = userdir_table[which].variable;
    const char *base = getenv(variable), *home = getenv("HOME");
    int length;
    if (base && base[0] == '/')
        length = snprintf(path, size, "%s/soaktop", base);
    else if (home && home[0] == '/')
        length = snprintf(path, size, "%s/%s/soaktop", home, userdir_table[which].below_home);
    else
        return error_set(err, ERROR_INPUT, "neither %s nor HOME names a directory: set %s",
                         variable, variable);
    if (length < 0 || (size_t)length >= size)
        return error_set(err, ERROR_INPUT, "the path of %s is longer than %zu bytes", variable,
                         size - 1);
    return 0;
}

/* Makes PATH and each directory above it that is missing. */
static int make_all(char *path)
{
    for (char *at = path + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        int made = mkdir(path, 0700);
        *at = '/';
        if (made != 0 && errno != EEXIST)
            return -1;
    }
    return mkdir(path, 0700) != 0 && errno != EEXIST ? -1 : 0;
}

int userdir_open(enum userdir which, char *path, size_t size, struct error *err)
{
    if (userdir_path(which, path, size, err) != 0)
        return -1;
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    int fd = open(path, flags);
    if (fd < 0 && errno == ENOENT && make_all(path) == 0)
        fd = open(path, flags);
    if (fd < 0)
        error_set(err, ERROR_IO, "cannot make or open the directory %s: %s", path, strerror(errno));
    return fd;
}
