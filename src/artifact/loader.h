/* loader: fills struct run from a run directory: ours, or one that the Python pipeline wrote. */
#ifndef SOAKTOP_ARTIFACT_LOADER_H
#define SOAKTOP_ARTIFACT_LOADER_H

#include "artifact/config.h"
#include "artifact/root.h"
#include "model/run.h"

/* DONE of TOTAL files were read; return false to stop (ERROR_STOPPED). May be NULL. */
typedef bool loader_progress(void *context, size_t done, size_t total);

/* Reads run.json, every ITER_SUMMARY, TUNING_REPORT, and the journal's changes and events if there
 * is one. Missing numbers and torn files become ITERATION_GAP with the file's name; without any
 * ITER_SUMMARY it is ERROR_INPUT. RUN must be initialised. */
int run_load(struct run *run, const struct rundir *dir, const struct param_table *table,
             loader_progress *progress, void *context, struct error *err);

#endif
