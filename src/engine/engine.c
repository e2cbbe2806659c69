/* engine: makes, starts and ends a soak. Main thread; the thread itself is loop.c. */
#include "config.h"

#include "engine/engine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine_impl.h"

static struct engine *engine_bare(const struct config *config)
{
    struct engine *engine = mem_alloc(sizeof(*engine));
    engine->config = config;
    engine->root = (struct root){.fd = -1, .reports_fd = -1, .soak_fd = -1};
    engine->lock.fd = -1;
    engine->dir = (struct rundir){.fd = -1, .artifacts_fd = -1, .soak_fd = -1};
    engine->waiter = (struct waiter){engine, engine_wait};
    run_init(&engine->run);
    return engine;
}

struct engine *engine_new(const struct engine_options *options, const struct config *config,
                          struct error *err)
{
    struct engine *engine = engine_bare(config);
    engine->outbox = outbox_new(err);
    engine->inbox = engine->outbox ? inbox_new(err) : NULL;
    if (engine->inbox && prepare_run(engine, options, err) == 0)
        return engine;
    engine_free(engine);
    return NULL;
}

int engine_start(struct engine *engine, struct error *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int fault = pthread_create(&engine->thread, NULL, loop_main, engine);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (fault != 0)
        return error_set(err, ERROR_IO, "the engine's thread cannot be started: %s",
                         strerror(fault));
    engine->started = true;
    return 0;
}

void engine_join(struct engine *engine)
{
    if (engine->started)
        pthread_join(engine->thread, NULL);
    engine->started = false;
}

static void free_typed(struct engine *engine)
{
    for (size_t i = 0; i < engine->typed_count; i++) {
        free((char *)(uintptr_t)engine->typed[i].name);
        free((char *)(uintptr_t)engine->typed[i].value);
    }
    free(engine->typed);
}

void engine_free(struct engine *engine)
{
    if (!engine)
        return;
    engine_join(engine);
    if (engine->source_state)
        engine->source->close(engine->source_state);
    tuning_report_free(engine->report);
    if (engine->recorder.journal)
        journal_close(engine->recorder.journal);
    pipeline_fini(&engine->pipeline);
    iteration_free(engine->decision.iteration);
    past_clear(&engine->decision);
    filewatch_free(engine->watch);
    standing_fini(&engine->standing);
    run_fini(&engine->run);
    free_typed(engine);
    inbox_free(engine->inbox);
    outbox_free(engine->outbox);
    rundir_close(&engine->dir);
    lock_release(&engine->lock);
    root_close(&engine->root);
    free(engine);
}

struct outbox *engine_outbox(struct engine *engine)
{
    return engine->outbox;
}

struct inbox *engine_inbox(struct engine *engine)
{
    return engine->inbox;
}

const struct rundir *engine_rundir(const struct engine *engine)
{
    return &engine->dir;
}
