/* read_job: see read_job.h. The job's thread shares with its owner only the flag. */
#include "config.h"

#include "engine/read_job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/realclock.h"
#include "model/mem.h"

/* Progress is told no more often than a screen could show it. */
enum { PROGRESS_MS = 40 };

struct read_job {
    pthread_t thread;
    enum read_purpose purpose;
    char path[512];
    const struct config *config;
    struct run_list before; /* owned */
    struct outbox *outbox;
    atomic_bool cancelled;
    int64_t told_ms;
};

static bool tell_progress(void *context, size_t done, size_t total)
{
    struct read_job *job = context;
    int64_t now = monotonic_ms();
    if (now - job->told_ms >= PROGRESS_MS) {
        struct message *message = message_new(MESSAGE_READ_PROGRESS);
        message->purpose = job->purpose;
        message->done = done;
        message->total = total;
        job->told_ms = now;
        outbox_post_take(job->outbox, message);
    }
    return !atomic_load(&job->cancelled);
}

static struct message *list_runs(struct read_job *job)
{
    struct message *message = message_new(MESSAGE_RUNS);
    message->runs = mem_alloc(sizeof *message->runs);
    if (run_list_read(message->runs, job->path, job->config, &job->before, tell_progress, job,
                      &message->error) == 0)
        return message;
    run_list_fini(message->runs);
    free(message->runs);
    message->runs = NULL;
    return message;
}

static struct message *read_run(struct read_job *job)
{
    struct message *message = message_new(MESSAGE_LOADED);
    message->stored = stored_run_new(job->path, &job->config->params, tell_progress, job,
                                     &message->error);
    return message;
}

static void *job_main(void *context)
{
    struct read_job *job = context;
    struct message *message = job->purpose == READ_LIST ? list_runs(job) : read_run(job);
    message->purpose = job->purpose;
    outbox_post_take(job->outbox, message);
    return NULL;
}

static void copy_list(struct run_list *copy, const struct run_list *list)
{
    if (!list || list->count == 0)
        return;
    copy->entry = mem_resize(NULL, list->count, sizeof *copy->entry);
    memcpy(copy->entry, list->entry, list->count * sizeof *copy->entry);
    copy->count = copy->capacity = list->count;
}

static void job_free(struct read_job *job)
{
    run_list_fini(&job->before);
    free(job);
}

struct read_job *read_job_start(enum read_purpose purpose, const char *path,
                                const struct config *config, const struct run_list *before,
                                struct outbox *outbox, struct error *err)
{
    struct read_job *job = mem_alloc(sizeof *job);
    job->purpose = purpose;
    snprintf(job->path, sizeof job->path, "%s", path);
    job->config = config;
    job->outbox = outbox;
    job->told_ms = monotonic_ms();
    copy_list(&job->before, before);
    int fault = pthread_create(&job->thread, NULL, job_main, job);
    if (fault == 0)
        return job;
    error_set(err, ERROR_IO, "a run cannot be read: no thread could be made: %s", strerror(fault));
    job_free(job);
    return NULL;
}

void read_job_cancel(struct read_job *job)
{
    atomic_store(&job->cancelled, true);
}

void read_job_finish(struct read_job *job)
{
    pthread_join(job->thread, NULL);
    job_free(job);
}
