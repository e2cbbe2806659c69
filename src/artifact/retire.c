/* retire: moves the run that ended out of soak/latest to soak/runs, and deletes the oldest ones
 * when the operator said how many stay. Only directories with a name of our own making are ever
 * deleted, and no link is followed. Called with the lock held. */
#include "config.h"

#include "artifact/root.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "artifact/directory.h"
#include "artifact/manifest.h"
#include "artifact/remove.h"
#include "model/mem.h"
#include "model/run.h"

enum { ID_MAX = 48, NAME_SIZE = 128, SUFFIX_MAX = 100000 };
enum { STAMP_LENGTH = 16 }; /* "20250101T000000Z" */

/* Any file, in latest/ or in its artifacts/: directories alone are no run. */
struct look {
    int fd;
    bool found;
    int64_t newest_ms; /* UTC_NONE: no file */
};

static int64_t mtime_ms(const struct stat *status)
{
    return (int64_t)status->st_mtim.tv_sec * 1000 + status->st_mtim.tv_nsec / 1000000;
}

static int look_at(void *context, const char *name)
{
    struct look *look = context;
    struct stat status;

    if (fstatat(look->fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    look->found = look->found || !S_ISDIR(status.st_mode) || strcmp(name, "artifacts") != 0;
    if (S_ISREG(status.st_mode) && mtime_ms(&status) > look->newest_ms)
        look->newest_ms = mtime_ms(&status);
    return 0;
}

static int look_into(struct look *look, int fd, const char *shown, struct error *err)
{
    if (fd < 0)
        return 0;
    look->fd = fd;
    if (directory_each(fd, look_at, look) < 0)
        return error_set(err, ERROR_IO, "cannot list %s: %s", shown, strerror(errno));
    return 0;
}

/* A year of four digits; anything else in a run.json is not the start of a run. */
static bool is_plausible(int64_t utc_ms)
{
    return utc_ms >= 0 && utc_ms < INT64_C(253402300800000);
}

static void print_stamp(char *text, size_t size, int64_t utc_ms)
{
    time_t seconds = (time_t)(utc_ms / 1000);
    struct tm parts = {0};

    gmtime_r(&seconds, &parts);
    strftime(text, size, "%Y%m%dT%H%M%SZ", &parts);
}

static bool is_name_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
}

/* The id comes from a file: only characters that mean nothing to a path or a terminal stay. */
static void print_id(char text[ID_MAX + 1], const char *id)
{
    size_t length = 0;

    for (; *id && length < ID_MAX; id++)
        text[length++] = is_name_character(*id) ? *id : '_';
    text[length] = '\0';
    if (length == 0)
        strcpy(text, "unnamed");
}

/* "<utc>-<id>" of the run in DIR, by its run.json, else by its newest file. */
static void print_name(char name[NAME_SIZE], const struct rundir *dir, int64_t newest_ms)
{
    char id[ID_MAX + 1], stamp[STAMP_LENGTH + 8];
    struct run run;

    run_init(&run);
    /* What cannot be read is moved all the same, and read by whoever opens it later. */
    bool known = manifest_read(dir, &run, NULL) == 0 && run.has_manifest;
    print_id(id, known ? run.id : "");
    print_stamp(stamp, sizeof stamp,
                known && is_plausible(run.started_ms) ? run.started_ms : newest_ms);
    run_fini(&run);
    snprintf(name, NAME_SIZE, "%s-%s", stamp, id);
}

/* Makes an empty directory of a name that is free: NAME, NAME-2, NAME-3 ... */
static int reserve(int runs_fd, char name[NAME_SIZE], const struct root *root, struct error *err)
{
    size_t length = strlen(name);

    for (int n = 2; n < SUFFIX_MAX; n++) {
        if (mkdirat(runs_fd, name, 0777) == 0)
            return 0;
        if (errno != EEXIST)
            return error_set(err, ERROR_IO, "cannot make %s/soak/runs/%s: %s", root->path, name,
                             strerror(errno));
        snprintf(name + length, NAME_SIZE - length, "-%d", n);
    }
    return error_set(err, ERROR_IO, "%s/soak/runs has too many runs named %.*s", root->path,
                     (int)length, name);
}

/* A rename onto the empty directory just made is atomic: latest/ is here or there, whole. */
static int move(int runs_fd, const char *name, const struct root *root, struct error *err)
{
    if (renameat(root->soak_fd, "latest", runs_fd, name) < 0) {
        error_set(err, ERROR_IO, "cannot move %s/soak/latest to soak/runs/%s: %s", root->path, name,
                  strerror(errno));
        unlinkat(runs_fd, name, AT_REMOVEDIR);
        return -1;
    }
    if (directory_sync(runs_fd, root->path, err) < 0)
        return -1;
    return directory_sync(root->soak_fd, root->path, err);
}

/* An earlier run, as soak/runs lists it. */
struct old_run {
    char name[NAME_SIZE];
    int64_t mtime_ms;
};

struct old_runs {
    int fd;
    size_t count, capacity;
    struct old_run *run;
};

/* True for "20250101T000000Z-<id>": the only names that root_retire_latest gives. */
static bool is_our_name(const char *name)
{
    static const char pattern[] = "dddddddd"
                                  "Tdddddd"
                                  "Z-";
    size_t i;

    for (i = 0; pattern[i]; i++)
        if (pattern[i] == 'd' ? name[i] < '0' || name[i] > '9' : name[i] != pattern[i])
            return false;
    if (name[i] == '\0' || strlen(name) >= NAME_SIZE)
        return false;
    for (; name[i]; i++)
        if (!is_name_character(name[i]))
            return false;
    return true;
}

static int collect(void *context, const char *name)
{
    struct old_runs *runs = context;
    struct stat status;

    if (!is_our_name(name) || fstatat(runs->fd, name, &status, AT_SYMLINK_NOFOLLOW) < 0 ||
        !S_ISDIR(status.st_mode))
        return 0;
    mem_grow((void **)&runs->run, &runs->capacity, runs->count + 1, sizeof *runs->run);
    struct old_run *run = &runs->run[runs->count++];
    snprintf(run->name, sizeof run->name, "%s", name);
    run->mtime_ms = mtime_ms(&status);
    return 0;
}

/* Newest first: by the start in the name; mock runs all start at once, and of these the one written
 * last is the newest. */
static int newest_first(const void *a, const void *b)
{
    const struct old_run *left = a, *right = b;
    int order = strncmp(right->name, left->name, STAMP_LENGTH);

    if (order != 0)
        return order;
    if (left->mtime_ms != right->mtime_ms)
        return left->mtime_ms < right->mtime_ms ? 1 : -1;
    return strcmp(right->name, left->name);
}

static int delete_oldest(int runs_fd, int keep, const struct root *root, struct error *err)
{
    struct old_runs runs = {.fd = runs_fd};
    char shown[sizeof root->path + NAME_SIZE + 16];
    int result = 0;

    if (directory_each(runs_fd, collect, &runs) < 0)
        result = error_set(err, ERROR_IO, "cannot list %s/soak/runs: %s", root->path,
                           strerror(errno));
    if (runs.count > 0)
        qsort(runs.run, runs.count, sizeof *runs.run, newest_first);
    for (size_t i = (size_t)keep; result == 0 && i < runs.count; i++) {
        snprintf(shown, sizeof shown, "%s/soak/runs/%s", root->path, runs.run[i].name);
        result = remove_tree(runs_fd, runs.run[i].name, shown, err);
    }
    free(runs.run);
    return result;
}

/* Gives in NAME what the run is to be called; "" if latest/ is missing or holds no file. */
static int name_latest(const struct root *root, char name[NAME_SIZE], struct error *err)
{
    struct look look = {.newest_ms = UTC_NONE};
    struct rundir dir;
    struct stat status;

    *name = '\0';
    if (fstatat(root->soak_fd, "latest", &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
        return 0;
    if (rundir_open_latest(&dir, root, ROOT_READ, err) < 0)
        return -1;
    int result = look_into(&look, dir.fd, dir.path, err);
    if (result == 0)
        result = look_into(&look, dir.artifacts_fd, dir.path, err);
    if (result == 0 && look.found)
        print_name(name, &dir, is_plausible(look.newest_ms) ? look.newest_ms : 0);
    rundir_close(&dir);
    return result;
}

int root_retire_latest(const struct root *root, int keep, char *moved, size_t size,
                       struct error *err)
{
    char name[NAME_SIZE], shown[sizeof root->path + 16];
    int runs_fd;

    if (name_latest(root, name, err) < 0)
        return -1;
    if (moved)
        snprintf(moved, size, "%s", name);
    if (*name == '\0' && keep < 0)
        return 0;
    snprintf(shown, sizeof shown, "%s/soak/runs", root->path);
    if (directory_open(&runs_fd, root->soak_fd, "runs", shown, *name ? ROOT_CREATE : ROOT_READ,
                       err) < 0)
        return -1;
    int result = 0;
    if (*name && (result = reserve(runs_fd, name, root, err)) == 0)
        result = move(runs_fd, name, root, err);
    if (moved)
        snprintf(moved, size, "%s", name);
    if (result == 0 && keep >= 0 && runs_fd >= 0)
        result = delete_oldest(runs_fd, keep, root, err);
    if (runs_fd >= 0)
        close(runs_fd);
    return result;
}
