/* run_terms: what a run was started with, as its run.json says, for a process that goes on with it:
 * the manifest, the options as typed and the thresholds. Any thread. */
#ifndef SOAKTOP_ARTIFACT_RUN_TERMS_H
#define SOAKTOP_ARTIFACT_RUN_TERMS_H

#include "artifact/manifest.h"

enum { RUN_TERMS_OPTIONS_MAX = 128 };

struct run_terms {
    struct run run; /* the manifest's fields; has_manifest false: there is no run.json */
    size_t option_count;
    struct manifest_option option[RUN_TERMS_OPTIONS_MAX]; /* owned texts */
    struct kpi_limits strict, mock;
};

/* Reads DIR's run.json. Without one: 0 and has_manifest false. run_terms_fini also after a failure.
 */
int run_terms_read(struct run_terms *terms, const struct rundir *dir, struct error *err);
void run_terms_fini(struct run_terms *terms);
/* Value of the option NAME ("--exec"), "" for a flag; NULL: it was not given. */
const char *run_terms_option(const struct run_terms *terms, const char *name);
/* The option gets VALUE, or is added. */
void run_terms_set(struct run_terms *terms, const char *name, const char *value);

#endif
