/* config_list: the names of the data files of a folder, the user's and the installed ones together.
 * Declared in config.h. */
#include "config.h"

#include "artifact/config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/datadir.h"
#include "model/mem.h"

#define SUFFIX ".json"

bool config_is_name(const char *name)
{
    size_t length = strspn(name,
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");
    return length > 0 && name[length] == '\0' && name[0] != '.';
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

struct name_list {
    char **name;
    size_t count, capacity;
};

static void add_name(struct name_list *list, const char *file)
{
    char *name = mem_strdup(file);
    size_t length = strlen(name), suffix = strlen(SUFFIX);
    bool fits = length > suffix && strcmp(name + length - suffix, SUFFIX) == 0 &&
                config_is_name(name);
    if (fits)
        name[length - suffix] = '\0';
    for (size_t i = 0; fits && i < list->count; i++)
        fits = strcmp(list->name[i], name) != 0;
    if (!fits) {
        free(name);
        return;
    }
    void *names = list->name;
    mem_grow(&names, &list->capacity, list->count + 1, sizeof *list->name);
    list->name = names;
    list->name[list->count++] = name;
}

static void add_folder(struct name_list *list, const char *directory, const char *below)
{
    char path[DATADIR_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/%s", directory, below);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        add_name(list, entry->d_name);
    closedir(folder);
}

size_t config_list(const char *folder, char ***names)
{
    struct datadir_list dirs;
    struct name_list list = {0};
    datadir_list_fill(&dirs);
    for (size_t i = 0; i < dirs.count; i++)
        add_folder(&list, dirs.path[i], folder);
    if (list.count > 0)
        qsort(list.name, list.count, sizeof *list.name, compare_names);
    *names = list.name;
    return list.count;
}
