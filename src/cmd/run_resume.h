/* run_resume: the options of run --resume: what the run is comes from its run.json, a few of its
 * terms may be given anew. Main thread. */
#ifndef SOAKTOP_CMD_RUN_RESUME_H
#define SOAKTOP_CMD_RUN_RESUME_H

#include "cmd/options.h"
#include "engine/resume.h"

/* Completes WITH, read from LINE, for the newest run of its artifacts; RESUME must outlive it, and
 * wants resume_fini also after a failure. ERROR_USAGE: an option that a run which goes on cannot
 * take. */
int run_resume_read(struct resume *resume, const struct command_line *line,
                    struct engine_options *with, struct error *err);
/* The policy file that the run goes on with; NULL: the installed one. */
const char *run_resume_policy(struct resume *resume, const struct command_line *line);
/* The thresholds are the run's own. */
void run_resume_config(struct config *config, const struct resume *resume);

#endif
