/* rollback_offline: a rollback on an artifact root where no engine runs: what the running one does,
 * from the journal. Main thread. */
#include "config.h"

#include "engine/rollback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/loader.h"
#include "artifact/manifest.h"
#include "artifact/overrides.h"
#include "artifact/realclock.h"
#include "artifact/state_log.h"
#include "artifact/tuning_report.h"
#include "model/mem.h"

/* A root that is opened for one rollback. */
struct offline {
    const struct config *config;
    struct root root;
    struct lock lock;
    struct rundir dir;
    struct run run;
    struct clock clock;
    struct recorder recorder;
    struct pipeline pipeline;
    bool sealed;  /* run.json named the journal's head when this began */
    long records; /* of the journal then */
    int undone;
};

static void put_state(void *context, const char *hash, const char *text)
{
    states_put(context, hash, text);
}

/* One moment for the whole rollback: what is marked before the question is what the journal will
 * say. A mock run's time stands still once it has ended. */
static struct clock clock_of(const struct run *run)
{
    const struct iteration *last = run_last(run);
    const struct clock real = clock_real();
    if (run->source != SOURCE_MOCK)
        return clock_virtual(clock_now(&real));
    if (run->ended_ms != UTC_NONE)
        return clock_virtual(run->ended_ms);
    return clock_virtual(last && last->utc_ms != UTC_NONE ? last->utc_ms : CLOCK_MOCK_START_MS);
}

/* What should be in force by the journal's last word. */
static int open_pipeline(struct offline *offline, struct error *err)
{
    char hash[HASH_TEXT_MAX], begun[HASH_TEXT_MAX];
    struct states states = {0};
    struct runtime *runtime = NULL;
    if (state_log_each(&offline->dir, put_state, &states, err) == 0 &&
        state_log_last(&offline->dir, hash, begun, err) == 0) {
        const char *text = states.count ? states.state[states.count - 1].text : NULL;
        if (hash[0])
            text = states_find(&states, hash);
        if (text)
            runtime = overrides_from_text(&offline->config->params, text, JOURNAL_NAME, err);
        else
            error_set(err, ERROR_INTEGRITY, "%s/%s does not hold the parameters in force",
                      offline->dir.path, JOURNAL_NAME);
    }
    if (!runtime) {
        states_fini(&states);
        return -1;
    }
    int result = pipeline_init_take(&offline->pipeline, &offline->root, &offline->config->params,
                                    &offline->recorder, runtime, "", err);
    memcpy(offline->pipeline.disk_hash, offline->pipeline.hash, sizeof(offline->pipeline.hash));
    states_fini(&offline->pipeline.states);
    offline->pipeline.states = states;
    return result;
}

static int open_all(struct offline *offline, const char *artifacts, struct error *err)
{
    if (root_open(&offline->root, artifacts, ROOT_READ, err) != 0 ||
        lock_take(&offline->lock, &offline->root, err) != 0 ||
        rundir_open_latest(&offline->dir, &offline->root, ROOT_READ, err) != 0 ||
        run_load(&offline->run, &offline->dir, &offline->config->params, NULL, NULL, err) != 0)
        return -1;
    offline->clock = clock_of(&offline->run);
    if (open_pipeline(offline, err) != 0)
        return -1;
    offline->recorder = (struct recorder){.journal = journal_open(&offline->dir, NULL, err),
                                          .table = &offline->config->params,
                                          .clock = &offline->clock};
    if (!offline->recorder.journal)
        return -1;
    offline->records = journal_seq(offline->recorder.journal);
    return manifest_break_seal(&offline->dir, offline->recorder.journal, &offline->sealed, err);
}

/* What was recorded since is part of what run.json vouches for. */
static int seal(const struct offline *offline, struct error *err)
{
    if (!offline->sealed || journal_seq(offline->recorder.journal) == offline->records)
        return 0;
    const struct manifest_seal anew = manifest_seal_of(offline->recorder.journal);
    return manifest_put_seal(&offline->dir, &anew, err);
}

static void close_all(struct offline *offline)
{
    if (offline->recorder.journal)
        journal_close(offline->recorder.journal);
    pipeline_fini(&offline->pipeline);
    run_fini(&offline->run);
    rundir_close(&offline->dir);
    lock_release(&offline->lock);
    root_close(&offline->root);
}

static int look(struct offline *offline, struct error *err)
{
    struct change change = {0};
    switch (pipeline_look(&offline->pipeline, (int)offline->run.count, NULL, &change, err)) {
    case PIPELINE_SAME:
        return 0;
    case PIPELINE_CHANGED:
        change_fini(&change);
        return error_set(err, ERROR_CONFLICT,
                         "another process has changed the parameters since the last write: that "
                         "is in the journal now; look at them and roll back again");
    case PIPELINE_UNREADABLE:
        return error_set(err, offline->pipeline.unreadable.code, "nothing was rolled back: %s",
                         offline->pipeline.unreadable.text);
    case PIPELINE_FATAL:
        break;
    }
    return -1;
}

static int count_undone(void *context, const struct iteration *iteration, struct error *err)
{
    struct offline *offline = context;
    (void)iteration;
    (void)err;
    offline->undone++;
    return 0;
}

/* The whole report anew: it can be rebuilt from what was loaded. */
static int rewrite_report(struct offline *offline, struct error *err)
{
    struct tuning_report *report = tuning_report_new(&offline->dir, &offline->config->params);
    int result = 0;
    for (size_t i = 0; i < offline->run.count && result == 0; i++)
        if (offline->run.iteration[i]->state != ITERATION_GAP)
            result = tuning_report_put(report, offline->run.iteration[i], err);
    if (result == 0)
        result = tuning_report_flush(report, err);
    tuning_report_free(report);
    return result;
}

/* What writing TARGET will be, before it is written. Free with change_fini. */
static int change_ahead(struct change *change, const struct offline *offline,
                        const struct runtime *target, enum change_kind kind, const char *by,
                        struct error *err)
{
    const struct param_table *table = &offline->config->params;
    char hash[HASH_TEXT_MAX];
    char *text = overrides_text(target, hash, NULL, err);
    if (!text)
        return -1;
    free(text);
    *change = (struct change){.kind = kind,
                              .after_iteration = (int)offline->run.count,
                              .utc_ms = clock_now(&offline->clock),
                              .before = mem_alloc(table->count * sizeof(*change->before)),
                              .after = mem_alloc(table->count * sizeof(*change->after)),
                              .param_count = table->count};
    snprintf(change->by, sizeof(change->by), "%s", by);
    memcpy(change->hash_before, offline->pipeline.hash, sizeof(hash));
    memcpy(change->hash_after, hash, sizeof(hash));
    runtime_values(offline->pipeline.runtime, table, change->before);
    runtime_values(target, table, change->after);
    return 0;
}

/* The run is marked first: how much is undone is part of the question. If it is not written then,
 * the marked run is thrown away. */
static int mark_and_ask(struct offline *offline, const struct runtime *target,
                        enum change_kind kind, const char *by,
                        const struct rollback_approval *approval, struct error *err)
{
    struct change change;
    if (change_ahead(&change, offline, target, kind, by, err) != 0)
        return -1;
    int status = rollback_mark(&offline->run, &change, offline->config->params.count, count_undone,
                               offline, err);
    if (status == 0 && approval->ask)
        status = approval->ask(approval->context, &change, offline->undone, err);
    change_fini(&change);
    return status;
}

static int roll_back(struct offline *offline, struct rollback_result *result,
                     const struct rollback_request *request,
                     const struct rollback_approval *approval, struct error *err)
{
    char by[96];
    struct change change = {0};
    struct runtime *target = rollback_target(&offline->run, &offline->pipeline, request,
                                             &result->kind, err);
    if (!target)
        return -1;
    snprintf(by, sizeof(by), "operator:%.86s", approval->actor);
    const struct apply_request write = {result->kind, (int)offline->run.count, by,
                                        approval->note ? approval->note : ""};
    if (mark_and_ask(offline, target, result->kind, by, approval, err) != 0) {
        runtime_free(target);
        return -1;
    }
    if (apply_write_take(&offline->pipeline, target, &write, &change, err) != APPLY_WRITTEN)
        return -1;
    result->text = change_text(&change, &offline->config->params);
    memcpy(result->hash, offline->pipeline.hash, sizeof(result->hash));
    result->undone = offline->undone;
    change_fini(&change);
    if (rewrite_report(offline, err) == 0)
        return 0;
    error_prefix(err, "the parameters were rolled back, but not the report of it");
    return -1;
}

int rollback_offline(struct rollback_result *result, const char *artifacts,
                     const struct config *config, const struct rollback_request *request,
                     const struct rollback_approval *approval, struct error *err)
{
    struct offline offline = {.config = config,
                              .root = {.fd = -1, .reports_fd = -1, .soak_fd = -1},
                              .lock = {.fd = -1},
                              .dir = {.fd = -1, .artifacts_fd = -1, .soak_fd = -1}};
    *result = (struct rollback_result){0};
    run_init(&offline.run);
    int status = open_all(&offline, artifacts, err);
    if (status == 0)
        status = look(&offline, err);
    if (status == 0)
        status = roll_back(&offline, result, request, approval, err);
    if (seal(&offline, status == 0 ? err : NULL) != 0 && status == 0) {
        error_prefix(err, "the parameters were rolled back, but run.json does not say so");
        status = -1;
    }
    if (status != 0) {
        free(result->text);
        result->text = NULL;
    }
    close_all(&offline);
    return status;
}
