/* gate_job: see gate_job.h. The job's thread shares with its owner only the two flags and what is
 * read after the join. */
#include "config.h"

#include "engine/gate_job.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "engine/wake.h"
#include "model/mem.h"

/* Progress is told no more often than a screen could show it. */
enum { PROGRESS_MS = 40 };

struct gate_job {
    pthread_t thread;
    char path[sizeof(((struct rundir *)0)->path)];
    const struct config *config;
    struct gate_options options;
    struct clock clock; /* the options' clock, as it stood */
    struct outbox *outbox;
    bool kept; /* the result is the owner's to post */
    int fd;    /* readable once it is done */
    atomic_bool done, cancelled;
    enum gate_step told_step;
    int64_t told_ms;
    struct gate_ending ending; /* read after the join */
};

static bool tell_progress(void *context, enum gate_step step, size_t done, size_t total)
{
    struct gate_job *job = context;
    int64_t now = monotonic_ms();
    if (step != job->told_step || done == total || now - job->told_ms >= PROGRESS_MS) {
        struct message *message = message_new(MESSAGE_GATE_PROGRESS);
        message->step = step;
        message->done = done;
        message->total = total;
        message->gate_strict = job->options.strict;
        message->of_job = !job->kept;
        job->told_step = step;
        job->told_ms = now;
        outbox_post_take(job->outbox, message);
    }
    return !atomic_load(&job->cancelled);
}

static void keep_ending(struct gate_job *job, const struct gate_result *result)
{
    const struct judgement *judgement = &result->judgement;
    job->ending.verdict = judgement->verdict;
    job->ending.exit_status = result->exit_status;
    job->ending.reason_count = judgement->reason_count;
    memcpy(job->ending.reason, judgement->reason, sizeof(job->ending.reason));
}

static int run_gate(struct gate_job *job, struct gate_result *result)
{
    struct rundir dir;
    if (rundir_open(&dir, job->path, &job->ending.error) != 0)
        return -1;
    int status = gate_run(result, &dir, job->config, &job->options, tell_progress, job,
                          &job->ending.error);
    rundir_close(&dir);
    return status;
}

static void *job_main(void *context)
{
    struct gate_job *job = context;
    struct message *message = message_new(MESSAGE_GATE_RESULT);
    struct gate_result *result = mem_alloc(sizeof(*result));
    message->gate_strict = job->options.strict;
    message->of_job = !job->kept;
    if (run_gate(job, result) == 0) {
        keep_ending(job, result);
        message->gate = result;
    } else {
        job->ending.exit_status = error_exit_status(job->ending.error.code);
        message->error = job->ending.error;
        free(result);
    }
    if (job->kept)
        job->ending.result = message;
    else
        outbox_post_take(job->outbox, message);
    atomic_store(&job->done, true);
    wake_ring(job->fd);
    return NULL;
}

static struct gate_job *job_new(const struct rundir *dir, const struct config *config,
                                const struct gate_options *options, struct outbox *outbox, int fd)
{
    struct gate_job *job = mem_alloc(sizeof(*job));
    memcpy(job->path, dir->path, sizeof(job->path));
    job->config = config;
    job->options = *options;
    job->clock = options->clock ? *options->clock : clock_real();
    job->options.clock = &job->clock;
    job->outbox = outbox;
    job->fd = fd;
    return job;
}

static struct gate_job *start(const struct rundir *dir, const struct config *config,
                              const struct gate_options *options, struct outbox *outbox, bool kept,
                              struct error *err)
{
    int fd = wake_open(err);
    if (fd < 0) {
        error_prefix(err, "the gate cannot start");
        return NULL;
    }
    struct gate_job *job = job_new(dir, config, options, outbox, fd);
    job->kept = kept;
    int fault = pthread_create(&job->thread, NULL, job_main, job);
    if (fault == 0)
        return job;
    error_set(err, ERROR_IO, "the gate cannot start a thread: %s", strerror(fault));
    close(fd);
    free(job);
    return NULL;
}

struct gate_job *gate_job_start(const struct rundir *dir, const struct config *config,
                                const struct gate_options *options, struct outbox *outbox,
                                struct error *err)
{
    return start(dir, config, options, outbox, false, err);
}

struct gate_job *gate_job_start_kept(const struct rundir *dir, const struct config *config,
                                     const struct gate_options *options, struct outbox *outbox,
                                     struct error *err)
{
    return start(dir, config, options, outbox, true, err);
}

bool gate_job_done(const struct gate_job *job)
{
    return atomic_load(&job->done);
}

int gate_job_fd(const struct gate_job *job)
{
    return job->fd;
}

void gate_job_cancel(struct gate_job *job)
{
    atomic_store(&job->cancelled, true);
}

void gate_job_finish(struct gate_job *job, struct gate_ending *ending)
{
    pthread_join(job->thread, NULL);
    if (ending)
        *ending = job->ending;
    else
        message_free(job->ending.result);
    close(job->fd);
    free(job);
}
