/* path_complete: see path_complete.h. Hidden directories only where a dot was typed. */
#include "config.h"

#include "artifact/path_complete.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"
#include "model/mem.h"
#include "model/text.h"

enum { ENTRIES_MAX = 20000, NAME_SIZE = 256 };

struct search {
    int fd;
    const char *prefix;
    size_t looked, found;
    char common[NAME_SIZE];
    struct buffer names;
};

static bool is_directory(int fd, const char *name)
{
    struct stat status;
    return fstatat(fd, name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

static int look_at(void *context, const char *name)
{
    struct search *search = context;
    if (search->looked++ >= ENTRIES_MAX)
        return 1;
    if (strncmp(name, search->prefix, strlen(search->prefix)) != 0 ||
        (name[0] == '.' && search->prefix[0] != '.') || strlen(name) >= NAME_SIZE ||
        !is_directory(search->fd, name))
        return 0;
    size_t same = 0;
    while (search->found > 0 && name[same] != '\0' && name[same] == search->common[same])
        same++;
    if (search->found++ == 0)
        snprintf(search->common, NAME_SIZE, "%s", name);
    else
        search->common[same] = '\0';
    buffer_printf(&search->names, "%s%s", search->names.length > 0 ? "  " : "", name);
    return 0;
}

/* The directory that the last part of TEXT is looked for in; -1: none. */
static int open_parent(const char *text, const char *last)
{
    if (last == text)
        return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    char *parent = mem_printf("%.*s", (int)(last - text), text);
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(parent);
    return fd;
}

void path_complete(char *text, size_t size, char *choices, size_t choices_size)
{
    const char *slash = strrchr(text, '/');
    size_t start = slash ? (size_t)(slash - text) + 1 : 0;
    struct search search = {.prefix = text + start};
    choices[0] = '\0';
    search.fd = open_parent(text, text + start);
    if (search.fd < 0)
        return;
    directory_each(search.fd, look_at, &search);
    close(search.fd);
    const char *end = search.found == 1 ? "/" : "";
    if (search.found > 1)
        text_make_safe(choices, choices_size, search.names.text, search.names.length);
    if (search.found > 0 && start + strlen(search.common) + 1 < size)
        snprintf(text + start, size - start, "%s%s", search.common, end);
    else if (search.found == 0)
        snprintf(choices, choices_size, "no directory begins so");
    buffer_fini(&search.names);
}
