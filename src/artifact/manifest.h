/* manifest: run.json and summary.txt. */
#ifndef SOAKTOP_ARTIFACT_MANIFEST_H
#define SOAKTOP_ARTIFACT_MANIFEST_H

#include "artifact/config.h"
#include "artifact/root.h"
#include "model/run.h"

/* Options as typed, kept in run.json: name and value ("" for a flag). */
struct manifest_option {
    const char *name, *value;
};

/* Writes run.json: schema, run id, source, options, thresholds, start, end, state. */
int manifest_write(const struct rundir *dir, const struct run *run, const struct config *config,
                   const struct manifest_option *options, size_t count, struct error *err);
/* Fills RUN's manifest fields; has_manifest stays false if there is no run.json (0 then). */
int manifest_read(const struct rundir *dir, struct run *run, struct error *err);
/* summary.txt: wall-clock duration and iterations completed. */
#define SUMMARY_NAME "summary.txt"
char *manifest_summary_text(const struct run *run, size_t *length); /* free it */
int manifest_write_summary(const struct rundir *dir, const struct run *run, struct error *err);

#endif
