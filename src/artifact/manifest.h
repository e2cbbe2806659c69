/* manifest: run.json and summary.txt. */
#ifndef SOAKTOP_ARTIFACT_MANIFEST_H
#define SOAKTOP_ARTIFACT_MANIFEST_H

#include "artifact/config.h"
#include "artifact/journal.h"
#include "artifact/root.h"
#include "model/run.h"

/* Options as typed, kept in run.json: name and value ("" for a flag). */
struct manifest_option {
    const char *name, *value;
};

/* Writes run.json: schema, run id, source, options, thresholds, start, end, state. */
int manifest_write(const struct rundir *dir, const struct run *run, const struct config *config,
                   const struct manifest_option *options, size_t count, struct error *err);

/* What run.json says of the journal of a run that is over: how many records it has and the SHA-256
 * of the last line, so that nothing can be changed, cut off or put on behind. */
struct manifest_seal {
    long records;
    char head[65];
};
/* The seal of JOURNAL as it stands. */
struct manifest_seal manifest_seal_of(const struct journal *journal);
/* manifest_write with `journal`: SEAL, or null. */
int manifest_write_sealed(const struct rundir *dir, const struct run *run,
                          const struct config *config, const struct manifest_option *options,
                          size_t count, const struct manifest_seal *seal, struct error *err);
/* The seal in run.json: *SEALED tells whether there is one (none without a run.json). */
int manifest_read_seal(const struct rundir *dir, struct manifest_seal *seal, bool *sealed,
                       struct error *err);
/* Puts SEAL into run.json in place of the one that is there; NULL takes it out. */
int manifest_put_seal(const struct rundir *dir, const struct manifest_seal *seal,
                      struct error *err);
/* JOURNAL of DIR may grow: if run.json has a seal it is taken out before the next record. *SEALED
 * tells whether it has; then the caller puts a new one in when he is done. DIR must outlive that
 * record. ERROR_INTEGRITY if the seal is not that of JOURNAL: nobody may vouch anew for it. */
int manifest_break_seal(const struct rundir *dir, struct journal *journal, bool *sealed,
                        struct error *err);

/* Fills RUN's manifest fields; has_manifest stays false if there is no run.json (0 then). */
int manifest_read(const struct rundir *dir, struct run *run, struct error *err);
/* summary.txt: wall-clock duration and iterations completed. */
#define SUMMARY_NAME "summary.txt"
char *manifest_summary_text(const struct run *run, size_t *length); /* free it */
int manifest_write_summary(const struct rundir *dir, const struct run *run, struct error *err);

#endif
