/* disk_lens: see disk_lens.h. */
#include "config.h"

#include "artifact/disk_lens.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "artifact/overrides.h"
#include "artifact/sha256.h"

enum { LENS_BYTES_MAX = 1024 * 1024, LENS_DEPTH_MAX = 8 };

static struct value number_of(const json_t *json)
{
    double number = json_is_number(json) ? json_number_value(json) : NAN;
    return isfinite(number) ? value_of(number) : value_missing();
}

static void add_copy(struct disk_lens *lens, int param, const char *path, const json_t *json)
{
    if (lens->copy_count < DISK_LENS_LIST_MAX) {
        struct disk_copy *copy = &lens->copy[lens->copy_count];
        copy->param = param;
        copy->value = number_of(json);
        snprintf(copy->path, sizeof copy->path, "%s", path);
    }
    lens->copy_count++;
}

static void add_unknown(struct disk_lens *lens, const char *path)
{
    if (lens->unknown_count < DISK_LENS_LIST_MAX)
        snprintf(lens->unknown[lens->unknown_count], DISK_LENS_PATH_MAX, "%s", path);
    lens->unknown_count++;
}

/* What stands at PATH, whose last part is KEY: a parameter's own value, a copy, or unknown. */
static void add_leaf(struct disk_lens *lens, const struct param_table *table, const char *path,
                     const char *key, const json_t *json)
{
    char own[2 * PARAM_NAME_MAX];
    int param = param_find(table, key);
    if (param < 0) {
        add_unknown(lens, path);
        return;
    }
    snprintf(own, sizeof own, "%s.%s", table->param[param].section, key);
    if (strcmp(own, path) == 0) {
        lens->value[param] = number_of(json);
        return;
    }
    add_copy(lens, param, path, json);
}

static void walk(struct disk_lens *lens, const struct param_table *table, json_t *object,
                 const char *above, int depth)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        char path[DISK_LENS_PATH_MAX];
        snprintf(path, sizeof path, "%s%s%s", above, above[0] ? "." : "", key);
        if (json_is_object(value) && depth < LENS_DEPTH_MAX)
            walk(lens, table, value, path, depth + 1);
        else
            add_leaf(lens, table, path, key, value);
    }
}

/* A parameter that stands flat only has that value: so the engine reads an older file. */
static void adopt_flat(struct disk_lens *lens, const struct param_table *table)
{
    for (size_t i = 0; i < lens->copy_count && i < DISK_LENS_LIST_MAX; i++) {
        const struct disk_copy *copy = &lens->copy[i];
        if (strcmp(copy->path, table->param[copy->param].name) == 0 &&
            !value_present(lens->value[copy->param]))
            lens->value[copy->param] = copy->value;
    }
}

static void read_lens(struct disk_lens *lens, int fd, const char *shown,
                      const struct param_table *table)
{
    size_t length;
    char *text = file_read(fd, OVERRIDES_NAME, shown, LENS_BYTES_MAX, &length, &lens->error);
    json_t *json = NULL;
    if (text != NULL) {
        sha256_hex(lens->hash, text, length);
        json = json_read_text(text, length, shown, &lens->error);
    }
    if (json_is_object(json)) {
        walk(lens, table, json, "", 0);
        adopt_flat(lens, table);
        lens->state = DISK_LENS_READ;
    } else {
        if (json != NULL)
            error_set(&lens->error, ERROR_INPUT, "%s is no object", shown);
        lens->state = DISK_LENS_UNREADABLE;
    }
    json_decref(json);
    free(text);
}

static bool same_file(const struct disk_lens *lens, const struct stat *status)
{
    return lens->state != DISK_LENS_NONE && lens->state != DISK_LENS_MISSING &&
           lens->device == (uint64_t)status->st_dev && lens->inode == (uint64_t)status->st_ino &&
           lens->size == (uint64_t)status->st_size &&
           lens->changed_s == (int64_t)status->st_mtim.tv_sec &&
           lens->changed_ns == (int64_t)status->st_mtim.tv_nsec;
}

bool disk_lens_look(struct disk_lens *lens, const struct rundir *dir,
                    const struct param_table *table)
{
    struct stat status;
    char shown[sizeof dir->path + 32];
    enum disk_lens_state before = lens->state;
    if (dir == NULL || dir->soak_fd < 0)
        return false;
    if (fstatat(dir->soak_fd, OVERRIDES_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        *lens = (struct disk_lens){.state = DISK_LENS_MISSING};
        return before != DISK_LENS_MISSING;
    }
    if (same_file(lens, &status))
        return false;
    *lens = (struct disk_lens){.device = (uint64_t)status.st_dev,
                               .inode = (uint64_t)status.st_ino,
                               .size = (uint64_t)status.st_size,
                               .changed_s = (int64_t)status.st_mtim.tv_sec,
                               .changed_ns = (int64_t)status.st_mtim.tv_nsec};
    snprintf(shown, sizeof shown, "%s/../%s", dir->path, OVERRIDES_NAME);
    read_lens(lens, dir->soak_fd, shown, table);
    return true;
}
