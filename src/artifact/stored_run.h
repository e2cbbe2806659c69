/* stored_run: a run read from the disk together with its open directory. Any thread. */
#ifndef SOAKTOP_ARTIFACT_STORED_RUN_H
#define SOAKTOP_ARTIFACT_STORED_RUN_H

#include "artifact/loader.h"

struct stored_run {
    struct run run;
    struct rundir dir;
};

/* Opens PATH (as rundir_open) and reads its run. NULL with ERR. */
struct stored_run *stored_run_new(const char *path, const struct param_table *table,
                                  loader_progress *progress, void *context, struct error *err);
void stored_run_free(struct stored_run *stored); /* NULL is allowed */

#endif
