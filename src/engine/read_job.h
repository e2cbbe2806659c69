/* read_job: lists the runs of an artifact root, or reads one, in a thread of its own beside the
 * loop, so that no key waits for a disk. */
#ifndef SOAKTOP_ENGINE_READ_JOB_H
#define SOAKTOP_ENGINE_READ_JOB_H

#include "engine/event.h"

struct read_job;

/* Starts it over PATH. Posts READ_PROGRESS and at the end one RUNS (purpose READ_LIST) or LOADED
 * (any other) to OUTBOX, with the error if there is no result. PATH is copied, BEFORE (an earlier
 * list, may be NULL) too; CONFIG must outlive the job. NULL with ERR if no thread could be made. */
struct read_job *read_job_start(enum read_purpose purpose, const char *path,
                                const struct config *config, const struct run_list *before,
                                struct outbox *outbox, struct error *err);
/* Asks it to stop; its result then carries ERROR_STOPPED. */
void read_job_cancel(struct read_job *job);
/* Waits for its end and frees it. Call it when its last message was read, or after a cancel. */
void read_job_finish(struct read_job *job);

#endif
