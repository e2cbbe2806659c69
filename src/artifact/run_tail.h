/* run_tail: a run directory that another process writes, read as it grows: the journal's new
 * records, or, where the pipeline keeps none, its files. One thread. */
#ifndef SOAKTOP_ARTIFACT_RUN_TAIL_H
#define SOAKTOP_ARTIFACT_RUN_TAIL_H

#include "artifact/config.h"
#include "artifact/root.h"
#include "model/run.h"

struct run_tail;

/* Opens PATH (as rundir_open). Nothing is read yet. NULL with ERR. */
struct run_tail *run_tail_new(const char *path, const struct config *config, struct error *err);
void run_tail_free(struct run_tail *tail);
/* Folds what was written since the last call into the run. -1 with ERR if the journal is broken; a
 * file that is not whole yet is left for the next call. */
int run_tail_read(struct run_tail *tail, struct error *err);
/* The run as far as it was read; the tail's. */
const struct run *run_tail_run(const struct run_tail *tail);
const struct rundir *run_tail_dir(const struct run_tail *tail);
/* True if the directory's path leads to another directory now, or to none. */
bool run_tail_moved(const struct run_tail *tail);
/* True if the run has ended, and how: run.json says so, or for the pipeline summary.txt is there.
 */
bool run_tail_over(const struct run_tail *tail);

#endif
