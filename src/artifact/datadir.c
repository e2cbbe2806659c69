/* datadir: see datadir.h. A program that lies in a source tree or in a build directory below one
 * belongs to it; configure.ac beside data/ tells a source tree from somebody else's directory. */
#include "config.h"

#include "artifact/datadir.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/userdir.h"

static void add(struct datadir_list *list, const char *directory, const char *below)
{
    char *path = list->path[list->count];
    int length = snprintf(path, DATADIR_PATH_MAX, "%s%s", directory, below);
    if (length > 0 && length < DATADIR_PATH_MAX)
        list->count++;
}

static void add_user(struct datadir_list *list)
{
    char path[DATADIR_PATH_MAX];
    if (userdir_path(USERDIR_CONFIG, path, sizeof path, NULL) == 0)
        add(list, path, "");
}

static bool is_file(const char *directory, const char *name)
{
    char path[DATADIR_PATH_MAX];
    struct stat status;
    int length = snprintf(path, sizeof path, "%s/%s", directory, name);
    return length > 0 && length < (int)sizeof path && stat(path, &status) == 0 &&
           S_ISREG(status.st_mode);
}

/* Cuts the last part off PATH; false if there is none left. */
static bool cut_last(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

static void add_tree(struct datadir_list *list)
{
    char directory[DATADIR_PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", directory, sizeof directory - 1);
    if (length <= 0 || length >= (ssize_t)sizeof directory - 1)
        return;
    directory[length] = '\0';
    for (int level = 0; level < 2 && cut_last(directory); level++)
        if (is_file(directory, "configure.ac") && is_file(directory, "data/params.json")) {
            add(list, directory, "/data");
            return;
        }
}

void datadir_list_fill(struct datadir_list *list)
{
    const char *datadir = getenv("SOAKTOP_DATADIR");
    list->count = 0;
    add_user(list);
    if (datadir && *datadir)
        add(list, datadir, "");
    add_tree(list);
    add(list, PKGDATADIR, "");
}
