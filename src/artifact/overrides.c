/* overrides: soak/runtime_overrides.json, the file that the bot reads. It is never rewritten but by
 * overrides_write: reading an older, flat one migrates the object in memory only. Engine thread. */
#include "config.h"

#include "artifact/overrides.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "artifact/atomic.h"
#include "artifact/canon.h"
#include "artifact/directory.h"
#include "artifact/jsonfile.h"
#include "artifact/sha256.h"

/* The object stands in records and iterations too, two of it in one line: both must stay readable
 * within the limits of any file. */
enum { OVERRIDES_BYTES_MAX = 1024 * 1024, OVERRIDES_DEPTH_MAX = JSONFILE_DEPTH_MAX - 8 };

static int depth_of(const json_t *json)
{
    json_t *object = (json_t *)json, *value; /* jansson's loops know no const */
    const char *key;
    size_t index;
    int below = 0;

    json_object_foreach(object, key, value)
    {
        int depth = depth_of(value);
        below = depth > below ? depth : below;
    }
    json_array_foreach(json, index, value)
    {
        int depth = depth_of(value);
        below = depth > below ? depth : below;
    }
    return json_is_object(json) || json_is_array(json) ? below + 1 : 0;
}

static int check_size(const json_t *json, size_t length, const char *shown, struct error *err)
{
    if (length > OVERRIDES_BYTES_MAX)
        return error_set(err, ERROR_INPUT, "%s has %zu bytes; the limit is %d", shown, length,
                         (int)OVERRIDES_BYTES_MAX);
    if (depth_of(json) > OVERRIDES_DEPTH_MAX)
        return error_set(err, ERROR_INPUT, "%s is nested deeper than %d levels", shown,
                         (int)OVERRIDES_DEPTH_MAX);
    return 0;
}

char *overrides_text(const struct runtime *runtime, char hash[HASH_TEXT_MAX], size_t *length,
                     struct error *err)
{
    size_t size;
    char *text = canon_dump(runtime_json(runtime), CANON_COMPACT, &size, err);

    if (!text) {
        error_prefix(err, "%s", OVERRIDES_NAME);
        return NULL;
    }
    if (check_size(runtime_json(runtime), size, OVERRIDES_NAME, err) < 0) {
        free(text);
        return NULL;
    }
    if (hash)
        sha256_hex(hash, text, size);
    if (length)
        *length = size;
    return text;
}

static struct runtime *parse(const struct param_table *table, const char *text, size_t length,
                             const char *shown, struct runtime_notes *notes, struct error *err)
{
    json_auto_t *json = json_read_text(text, length, shown, err);

    if (!json || check_size(json, length, shown, err) < 0)
        return NULL;
    return runtime_new_from_json(table, json, shown, notes, err);
}

struct runtime *overrides_from_text(const struct param_table *table, const char *text,
                                    const char *shown, struct error *err)
{
    return parse(table, text, strlen(text), shown, NULL, err);
}

static int print_path(char path[600], const struct root *root, struct error *err)
{
    return path_print(path, 600, err, "%s/soak/" OVERRIDES_NAME, root->path);
}

/* 1 if the file is there, 0 if not, -1 with ERR if that cannot be told. */
static int is_there(const struct root *root, const char *path, struct error *err)
{
    struct stat status;

    if (root->soak_fd < 0)
        return 0;
    if (fstatat(root->soak_fd, OVERRIDES_NAME, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return 1;
    if (errno == ENOENT)
        return 0;
    return error_set(err, ERROR_INPUT, "cannot look at %s: %s", path, strerror(errno));
}

static char *read_text(const struct root *root, const char *path, size_t *length, struct error *err)
{
    return file_read(root->soak_fd, OVERRIDES_NAME, path, OVERRIDES_BYTES_MAX, length, err);
}

struct runtime *overrides_read(const struct root *root, const struct param_table *table,
                               char hash[HASH_TEXT_MAX], struct runtime_notes *notes, bool *missing,
                               struct error *err)
{
    char path[600];
    size_t length;

    *missing = false;
    *hash = '\0';
    int there = print_path(path, root, err) < 0 ? -1 : is_there(root, path, err);
    if (there <= 0) {
        *missing = there == 0;
        return NULL;
    }
    char *text = read_text(root, path, &length, err);
    if (!text)
        return NULL;
    sha256_hex(hash, text, length);
    struct runtime *runtime = parse(table, text, length, path, notes, err);
    free(text);
    return runtime;
}

int overrides_disk_hash(const struct root *root, char hash[HASH_TEXT_MAX], struct error *err)
{
    char path[600];
    size_t length;

    *hash = '\0';
    int there = print_path(path, root, err) < 0 ? -1 : is_there(root, path, err);
    if (there <= 0)
        return there;
    char *text = read_text(root, path, &length, err);
    if (!text)
        return -1;
    sha256_hex(hash, text, length);
    free(text);
    return 0;
}

/* The verification barrier: what the bot will read is what was meant. */
static int verify(const struct root *root, const char *path, const char *hash, struct error *err)
{
    char found[HASH_TEXT_MAX];

    if (overrides_disk_hash(root, found, err) < 0)
        return -1;
    if (strcmp(found, hash) == 0)
        return 0;
    return error_set(err, ERROR_INTEGRITY,
                     "%s: %s was written but %s is on the disk; another process writes this file",
                     path, hash, *found ? found : "nothing");
}

int overrides_write(const struct root *root, const struct runtime *runtime,
                    char hash[HASH_TEXT_MAX], size_t *bytes, struct error *err)
{
    char path[600];
    size_t length;

    if (print_path(path, root, err) < 0)
        return -1;
    char *text = overrides_text(runtime, hash, &length, err);
    if (!text)
        return -1;
    int result = atomic_write(root->soak_fd, OVERRIDES_NAME, path, text, length, DURABLE, err);
    free(text);
    if (result < 0)
        return -1;
    if (bytes)
        *bytes = length;
    return verify(root, path, hash, err);
}
