/* root: an artifact root on disk and its directories. Opened once; files under it with openat and
 * O_NOFOLLOW. Paths come from the operator only. */
#ifndef SOAKTOP_ARTIFACT_ROOT_H
#define SOAKTOP_ARTIFACT_ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"

struct root {
    char path[512];              /* as the operator typed it, for messages */
    int fd, reports_fd, soak_fd; /* directories; -1: none */
};

/* Opens PATH as an artifact root; CREATE makes it and reports/ and soak/ where they are missing. */
enum root_mode { ROOT_READ, ROOT_CREATE };
int root_open(struct root *root, const char *path, enum root_mode mode, struct error *err);
void root_close(struct root *root);

/* The lock of one writer: flock on soak/.lock (0600), held for the life of the process. */
struct lock {
    int fd;
};
/* Who holds it, as its file says. */
struct lock_holder {
    long pid; /* 0: it does not say */
    char host[65], started[32];
};
void lock_read_holder(const struct root *root, struct lock_holder *holder);
/* ERROR_LOCKED names the holder's pid, host and start time, and offers read-only. A file that a
 * dead process left is no obstacle; temporary files that it left in soak/ are removed. */
int lock_take(struct lock *lock, const struct root *root, struct error *err);
void lock_release(struct lock *lock);
/* True if a process holds the lock of the soak directory SOAK_FD. Disturbs none that does, and none
 * that is about to unless it follows one that was killed. */
bool lock_is_held(int soak_fd);

/* A run directory: soak/latest, an older one under soak/runs, or any that the operator names. */
struct rundir {
    char path[512];       /* for messages */
    char shown[256];      /* short, for the header: "soak/latest" */
    int fd, artifacts_fd; /* artifacts_fd -1: none */
    int soak_fd;          /* the directory with runtime_overrides.json; -1: none */
};
/* Opens PATH: a run directory, or an artifact root (its soak/latest), or its soak directory. */
int rundir_open(struct rundir *dir, const char *path, struct error *err);
/* Opens soak/latest of ROOT; creates it (and artifacts/) if CREATE. */
int rundir_open_latest(struct rundir *dir, const struct root *root, enum root_mode mode,
                       struct error *err);
void rundir_close(struct rundir *dir);

/* Moves soak/latest, if it holds anything, to soak/runs/<utc>-<id>, as 20250101T000000Z-<id> (a
 * taken name gets -2, -3 ...). UTC is the start and ID the run id of its run.json; without one the
 * newest file's time and "unnamed". Of a hostile id only letters, digits and ._- stay. MOVED (may
 * be NULL) gets the name, "" if there was nothing to move. Nothing is deleted unless KEEP >= 0:
 * then only the newest KEEP old runs stay, by the time in the name and, where that is the same, by
 * when they were last written. Only directories with a name of this form are ever deleted, and no
 * link is followed. Called with the lock held. */
int root_retire_latest(const struct root *root, int keep, char *moved, size_t size,
                       struct error *err);

#endif
