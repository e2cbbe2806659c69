/* gate_job: one gate in a thread of its own, beside the loop. */
#ifndef SOAKTOP_ENGINE_GATE_JOB_H
#define SOAKTOP_ENGINE_GATE_JOB_H

#include "engine/event.h"

struct gate_job;

/* Starts a gate over DIR (opened anew by path, so that DIR may go away). Posts GATE_PROGRESS and
 * one GATE_RESULT to OUTBOX. OPTIONS are copied. NULL with ERR if no thread could be made. */
struct gate_job *gate_job_start(const struct rundir *dir, const struct config *config,
                                const struct gate_options *options, struct outbox *outbox,
                                struct error *err);
/* The same, but the GATE_RESULT is kept for gate_job_finish, so that the owner can journal the gate
 * before anybody sees what it says. */
struct gate_job *gate_job_start_kept(const struct rundir *dir, const struct config *config,
                                     const struct gate_options *options, struct outbox *outbox,
                                     struct error *err);
bool gate_job_done(const struct gate_job *job);
/* Readable once the job is done: for poll. */
int gate_job_fd(const struct gate_job *job);
/* Asks it to stop; its result then carries ERROR_STOPPED. */
void gate_job_cancel(struct gate_job *job);

/* How a gate ended, without its bulk. */
struct gate_ending {
    enum verdict verdict; /* NONE if it could not run */
    int exit_status;      /* that the gate command would have: by the judgement, or by the error */
    size_t reason_count;
    char reason[GATE_CHECKS_MAX][GATE_REASON_MAX];
    struct error error;
    struct message *result; /* of gate_job_start_kept: the GATE_RESULT, owned by the caller */
};
/* Waits for it and frees it; ENDING (may be NULL) tells how it ended. */
void gate_job_finish(struct gate_job *job, struct gate_ending *ending);

#endif
