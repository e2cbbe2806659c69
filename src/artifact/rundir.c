/* rundir: opens the directory of a run: the current one, an earlier one, or whichever the operator
 * names by it, by its soak directory or by its artifact root. */
#include "config.h"

#include "artifact/root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/directory.h"

#define ITERATION_PREFIX "ITER_SUMMARY_"

static bool is_kind(int dirfd, const char *name, mode_t kind)
{
    struct stat status;

    return fstatat(dirfd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           (status.st_mode & S_IFMT) == kind;
}

static int is_iteration(void *context, const char *name)
{
    (void)context;
    return strncmp(name, ITERATION_PREFIX, strlen(ITERATION_PREFIX)) == 0;
}

static bool holds_a_run(int fd)
{
    return is_kind(fd, "run.json", S_IFREG) || is_kind(fd, "journal.jsonl", S_IFREG) ||
           is_kind(fd, "TUNING_REPORT.json", S_IFREG) || directory_each(fd, is_iteration, NULL) > 0;
}

/* "soak/latest" of "/home/me/artifacts/soak/latest": from the last part that is called soak on. */
static void show(struct rundir *dir)
{
    char *real = realpath(dir->path, NULL);
    const char *path = real ? real : dir->path, *soak = NULL;

    for (const char *at = strstr(path, "/soak/"); at; at = strstr(at + 1, "/soak/"))
        soak = at + 1;
    snprintf(dir->shown, sizeof dir->shown, "%.255s", soak ? soak : dir->path);
    free(real);
}

/* The run directory itself is open: finds what belongs to it. */
static int complete(struct rundir *dir, enum root_mode mode, struct error *err)
{
    char shown[sizeof dir->path + 16];

    show(dir);
    if (path_print(shown, sizeof shown, err, "%s/artifacts", dir->path) < 0)
        return -1;
    return directory_open(&dir->artifacts_fd, dir->fd, "artifacts", shown, mode, err);
}

/* A run that stands beside runtime_overrides.json is the one that these are in force for. */
static void find_soak(struct rundir *dir)
{
    int parent = openat(dir->fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (parent >= 0 && is_kind(parent, "runtime_overrides.json", S_IFREG))
        dir->soak_fd = parent;
    else if (parent >= 0)
        close(parent);
}

/* Goes on from the open soak directory SOAK_FD (taken over) at PATH to latest/ in it. */
static int enter_latest_take(struct rundir *dir, int soak_fd, const char *path, enum root_mode mode,
                             struct error *err)
{
    dir->soak_fd = soak_fd;
    if (path_print(dir->path, sizeof dir->path, err, "%s/latest", path) < 0 ||
        directory_open(&dir->fd, soak_fd, "latest", dir->path, mode, err) < 0)
        return -1;
    if (dir->fd < 0)
        return error_set(err, ERROR_INPUT, "%s: there is no run yet", dir->path);
    return 0;
}

/* TOP (taken over) is an artifact root at PATH. */
static int enter_soak_take(struct rundir *dir, int top, const char *path, struct error *err)
{
    char soak_path[sizeof dir->path];
    int soak = -1, result = path_print(soak_path, sizeof soak_path, err, "%s/soak", path);

    if (result == 0)
        result = directory_open(&soak, top, "soak", soak_path, ROOT_READ, err);
    close(top);
    return result < 0 ? -1 : enter_latest_take(dir, soak, soak_path, ROOT_READ, err);
}

/* TOP is open at PATH (taken over): the run's directory, or one above it. */
static int descend_take(struct rundir *dir, int top, const char *path, struct error *err)
{
    bool run = holds_a_run(top);

    if (!run && is_kind(top, "soak", S_IFDIR))
        return enter_soak_take(dir, top, path, err);
    if (!run && is_kind(top, "latest", S_IFDIR))
        return enter_latest_take(dir, top, path, ROOT_READ, err);
    dir->fd = top;
    find_soak(dir);
    return path_print(dir->path, sizeof dir->path, err, "%s", path);
}

/* PATH without the slashes at its end. */
static int trim(char *target, size_t size, const char *path, struct error *err)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    return path_print(target, size, err, "%.*s", (int)length, path);
}

int rundir_open(struct rundir *dir, const char *path, struct error *err)
{
    char top_path[sizeof dir->path];

    *dir = (struct rundir){.fd = -1, .artifacts_fd = -1, .soak_fd = -1};
    if (trim(top_path, sizeof top_path, path, err) < 0)
        return -1;
    int top = open(top_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0)
        return error_set(err, ERROR_INPUT, "cannot open the run directory %s: %s", path,
                         strerror(errno));
    if (descend_take(dir, top, top_path, err) < 0 || complete(dir, ROOT_READ, err) < 0) {
        rundir_close(dir);
        return -1;
    }
    return 0;
}

int rundir_open_latest(struct rundir *dir, const struct root *root, enum root_mode mode,
                       struct error *err)
{
    char soak_path[sizeof dir->path];

    *dir = (struct rundir){.fd = -1, .artifacts_fd = -1, .soak_fd = -1};
    if (path_print(soak_path, sizeof soak_path, err, "%s/soak", root->path) < 0)
        return -1;
    int soak = root->soak_fd < 0 ? -1 : fcntl(root->soak_fd, F_DUPFD_CLOEXEC, 0);
    if (soak < 0)
        return error_set(err, ERROR_INPUT, "%s: there is no run yet", soak_path);
    if (enter_latest_take(dir, soak, soak_path, mode, err) < 0 || complete(dir, mode, err) < 0) {
        rundir_close(dir);
        return -1;
    }
    return 0;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void rundir_close(struct rundir *dir)
{
    close_fd(&dir->artifacts_fd);
    close_fd(&dir->soak_fd);
    close_fd(&dir->fd);
}
