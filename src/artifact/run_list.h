/* run_list: the runs of an artifact root, each with what a list shows of it: soak/latest, those of
 * soak/runs, and the directory that was asked for if it is neither. Any thread. */
#ifndef SOAKTOP_ARTIFACT_RUN_LIST_H
#define SOAKTOP_ARTIFACT_RUN_LIST_H

#include "artifact/config.h"
#include "artifact/loader.h"

struct run_entry {
    char path[512];  /* to open it by */
    char shown[256]; /* "soak/runs/20250101T000000Z-run_A" */
    char id[64];     /* of run.json; "" without one: see run_entry_name */
    bool has_manifest;
    enum run_source source;
    enum run_state state;
    int count, planned;   /* recorded iterations; 0 planned: not known or without end */
    enum verdict verdict; /* of all its iterations, without the delta verification */
    bool mock;            /* that verdict goes by the mock thresholds: the source is the mock */
    int64_t started_ms, ended_ms;
    int64_t date_ms;    /* what the list is ordered by: the start, else the first iteration's or the
                           directory's time */
    int64_t changed_ms; /* directory's modification: an ended run of the same time is not read anew
                         */
    char fault[ERROR_TEXT_MAX]; /* why it cannot be read; "": it can */
};

struct run_list {
    char root[512]; /* that the runs were looked for in */
    size_t count, capacity;
    struct run_entry *entry; /* owned; newest first, soak/latest before those of the same time */
};

/* Lists the runs around PATH: an artifact root, its soak directory, a run directory of either.
 * BEFORE (may be NULL) is an earlier list, of which ended runs that did not change are taken over.
 * A run that cannot be read is listed with its fault. PROGRESS counts runs. -1 with ERR if there is
 * no run at all, or ERROR_STOPPED. LIST is initialised in any case. */
int run_list_read(struct run_list *list, const char *path, const struct config *config,
                  const struct run_list *before, loader_progress *progress, void *context,
                  struct error *err);
void run_list_fini(struct run_list *list);

/* What a run is called: its id, or the last part of its directory's path. */
const char *run_entry_name(const struct run_entry *entry);
/* The entry with that id, directory name or path; NULL if there is none. The newest of several. */
const struct run_entry *run_list_find(const struct run_list *list, const char *name);

#endif
