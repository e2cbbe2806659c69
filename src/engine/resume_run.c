/* resume_run: goes on with the run of soak/latest where its journal ends (ENGINE section 8): cuts a
 * torn line off, rebuilds what follows from the journal, settles a write that was begun, and leaves
 * the engine as the process before it would have been. Main thread, before the engine's starts. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/atomic.h"
#include "artifact/realclock.h"
#include "artifact/rebuild.h"
#include "engine/resume.h"
#include "engine/resume_read.h"
#include "engine/rollback.h"

/* The run as run.json says, with the terms that are merged. */
static void fill_run(struct engine *engine, const struct engine_options *options)
{
    struct run *run = &engine->run;
    const struct run *from = &options->resume->terms.run;
    memcpy(run->id, from->id, sizeof(run->id));
    memcpy(run->source_detail, from->source_detail, sizeof(run->source_detail));
    memcpy(run->directory, engine->dir.shown, sizeof(run->directory));
    run->source = from->source;
    run->mode = options->mode;
    run->state = RUN_STARTING;
    run->has_manifest = true;
    run->planned = options->iterations;
    run->interval_s = options->interval_s;
    run->started_ms = from->started_ms;
    run->has_tripwire = options->tripwire &&
                        tripwire_parse(&run->tripwire, options->tripwire, NULL) == 0;
    run->tripwire_rollback = options->tripwire_rollback;
    run->ended_ms = UTC_NONE;
    run->next_ms = UTC_NONE;
}

/* Between the reading of the terms and the lock another process may have begun a run. */
static int check_same(const struct engine *engine, const struct engine_options *options,
                      struct error *err)
{
    struct run now;
    run_init(&now);
    int result = manifest_read(&engine->dir, &now, err);
    if (result == 0 && strcmp(now.id, options->resume->terms.run.id) != 0)
        result = error_set(err, ERROR_CONFLICT, "%s holds another run by now: %s", engine->dir.path,
                           now.id);
    run_fini(&now);
    return result;
}

static bool all_done(const struct engine *engine)
{
    return engine->run.planned > 0 && engine->run.count >= (size_t)engine->run.planned;
}

/* Before anything is written. */
static int check_begun(const struct engine *engine, const struct resume_read *read,
                       struct error *err)
{
    const struct run *run = &engine->run;
    if (!read->started)
        return error_set(err, ERROR_REFUSED,
                         "nothing to resume: the run %s ended before it began; start it anew",
                         run->id);
    if (run->planned > 0 && run->count > (size_t)run->planned)
        return error_set(err, ERROR_REFUSED,
                         "--iterations %d: the run %s has %zu iterations already", run->planned,
                         run->id, run->count);
    return 0;
}

/* Is there anything left to do? */
static int check_open(const struct engine *engine, const struct engine_options *options,
                      const struct resume_read *read, struct error *err)
{
    const struct run *run = &engine->run;
    bool half = read->torn > 0 || read->has_intent || engine->decision.iteration;
    bool whole = options->resume->terms.run.state == RUN_COMPLETED && !half;
    if (whole && all_done(engine))
        return error_set(err, ERROR_REFUSED,
                         "nothing to resume: the run %s has completed its %zu iterations; "
                         "--iterations with a larger number goes on with it",
                         run->id, run->count);
    return 0;
}

/* Temporary files of writers that died. In reports/ only a mock of ours writes so. */
static void sweep(const struct engine *engine)
{
    atomic_sweep(engine->dir.fd);
    if (engine->dir.artifacts_fd >= 0)
        atomic_sweep(engine->dir.artifacts_fd);
    if (engine->run.source == SOURCE_MOCK && engine->root.reports_fd >= 0)
        atomic_sweep(engine->root.reports_fd);
}

static int rebuild(struct engine *engine, struct error *err)
{
    const struct run *run = &engine->run;
    engine->report = tuning_report_new(&engine->dir, &engine->config->params);
    for (size_t i = 0; i < run->count; i++)
        if (tuning_report_note(engine->report, run->iteration[i], err) != 0)
            return -1;
    return rebuild_write(&engine->dir, &engine->config->params, NULL, err);
}

/* "run x resumed at iteration 5; iterations 24 -> 30; ..." (free it). */
static char *sentence(const struct engine *engine, const struct engine_options *options,
                      const struct resume_read *read)
{
    const struct resume *resume = options->resume;
    struct buffer text = {0};
    buffer_printf(&text, "run %s resumed at ", engine->run.id);
    if (all_done(engine))
        buffer_puts(&text, "its end");
    else
        buffer_printf(&text, "iteration %zu", engine->run.count + 1);
    for (size_t i = 0; i < resume->change_count; i++)
        buffer_printf(&text, "; %s %s -> %s", resume->change[i].name, resume->change[i].from,
                      resume->change[i].to);
    if (read->torn > 0)
        buffer_printf(&text, "; a torn last line of %ld bytes was cut off the journal", read->torn);
    return buffer_take(&text);
}

static int record(struct engine *engine, const struct engine_options *options,
                  const struct resume_read *read, struct error *err)
{
    const struct resume *resume = options->resume;
    char *text = sentence(engine, options, read);
    int result = record_resumed(&engine->recorder, (int)engine->run.count,
                                options->actor ? options->actor : "", text, read->torn,
                                resume->change, resume->change_count, err);
    if (result == 0)
        post_event(engine, EVENT_RESUME, "%s%s%s", text, options->actor ? " by " : "",
                   options->actor ? options->actor : "");
    free(text);
    return result;
}

static int put_entry(void *context, const struct iteration *iteration, struct error *err)
{
    struct engine *engine = context;
    post_iteration(engine, iteration);
    return tuning_report_note(engine->report, iteration, err);
}

static int tell_rollback(struct engine *engine, struct change *change, struct error *err)
{
    char *what = change_text(change, &engine->config->params);
    post_change(engine, change);
    int result = rollback_mark(&engine->run, change, engine->config->params.count, put_entry,
                               engine, err);
    if (result == 0)
        result = tuning_report_flush(engine->report, err);
    post_params(engine);
    post_event(engine, EVENT_ROLLBACK, "%s by %s: %s", change_kind_name(change->kind), change->by,
               what);
    change_fini(change);
    free(what);
    return result;
}

/* The write that was begun: it was done, is done now, or counts as failed. */
static int settle(struct engine *engine, const struct resume_read *read, struct error *err)
{
    const struct resume_intent *intent = &read->intent;
    const struct apply_request request = {intent->kind, intent->iteration, intent->actor,
                                          intent->note};
    struct change change = {0};
    struct error why = ERROR_INIT;
    struct runtime *target = overrides_from_text(&engine->config->params, intent->text,
                                                 "journal.jsonl", err);
    if (!target)
        return -1;
    bool apply = intent->kind == CHANGE_APPLY && engine->decision.iteration;
    switch (apply_settle_take(&engine->pipeline, target, &request, &change, &why)) {
    case APPLY_WRITTEN:
        if (intent->kind != CHANGE_APPLY)
            return tell_rollback(engine, &change, err);
        decide_tell_written(engine, &change);
        return 0;
    case APPLY_NO_OP:
    case APPLY_FAILED:
        if (apply)
            decide_tell_failed(engine, &why);
        else
            post_event(engine, EVENT_ERROR, "the %s failed: %s", change_kind_name(intent->kind),
                       why.text);
        return 0;
    case APPLY_FATAL:
        break;
    }
    return error_set(err, why.code, "%s", why.text);
}

/* The first file of the run was not written yet: there is nothing else to take it for. */
static bool is_unwritten(const struct engine *engine, const struct resume_read *read)
{
    char disk_hash[HASH_TEXT_MAX];
    const char *before = read->has_disk_hash ? read->disk_hash : "";
    return read->only_start && overrides_disk_hash(&engine->root, disk_hash, NULL) == 0 &&
           strcmp(disk_hash, engine->pipeline.hash) != 0 && strcmp(disk_hash, before) == 0;
}

static int settle_file(struct engine *engine, const struct resume_read *read, struct error *err)
{
    if (read->has_intent && settle(engine, read, err) != 0)
        return -1;
    if (is_unwritten(engine, read)) {
        memcpy(engine->pipeline.disk_hash, read->disk_hash, sizeof(engine->pipeline.disk_hash));
        return pipeline_write_first(&engine->pipeline, err);
    }
    if (external_look(engine) == PIPELINE_FATAL)
        return error_set(err, engine->fatal.code, "%s", engine->fatal.text);
    return 0;
}

/* A mock's time goes on where it was; a real soak's next iteration is due when it would have been.
 */
static void set_time(struct engine *engine, const struct resume_read *read)
{
    const struct clock wall = clock_real();
    int64_t last = read->last_ms == UTC_NONE ? CLOCK_MOCK_START_MS : read->last_ms;
    int64_t interval = (int64_t)(engine->run.interval_s * 1000);
    if (clock_is_virtual(&engine->clock)) {
        engine->clock = clock_virtual(last);
        engine->virtual_from_ms = last;
        return;
    }
    int64_t since = clock_now(&wall) - engine->turn_ms;
    if (engine->run.count > 0 && since >= 0 && since < interval)
        engine->next_mono_ms = monotonic_ms() + interval - since;
}

static int open_source(struct engine *engine, const struct engine_options *options,
                       struct error *err)
{
    struct engine_options with = *options;
    const struct iteration *last = run_last(&engine->run);
    with.report_used = last && last->state == ITERATION_OK;
    engine->source_state = engine->source->open(&with, &engine->root, err);
    return engine->source_state ? 0 : -1;
}

static int open_journal(struct engine *engine, struct error *err)
{
    engine->recorder = (struct recorder){.journal = journal_open(&engine->dir, NULL, err),
                                         .table = &engine->config->params,
                                         .clock = &engine->clock,
                                         .audit = &engine->audit};
    if (!engine->recorder.journal)
        return -1;
    /* of a run that was over; the next record takes it out */
    bool sealed;
    return manifest_break_seal(&engine->dir, engine->recorder.journal, &sealed, err);
}

/* From here on the run is this process's. */
static int take_over(struct engine *engine, const struct engine_options *options,
                     struct resume_read *read, struct error *err)
{
    set_time(engine, read);
    if (open_journal(engine, err) != 0)
        return -1;
    sweep(engine);
    if (rebuild(engine, err) != 0 || check_open(engine, options, read, err) != 0 ||
        open_source(engine, options, err) != 0 || record(engine, options, read, err) != 0)
        return -1;
    engine->run.state = RUN_RUNNING;
    engine->end_recorded = read->ended && all_done(engine);
    engine->end_ms = read->end_ms;
    if (loop_write_manifest(engine, err) != 0 || settle_file(engine, read, err) != 0)
        return -1;
    if (engine->decision.iteration)
        wiring_end(engine); /* before the proposal is made anew */
    post_params(engine);
    return 0;
}

static int read_journal(struct engine *engine, struct resume_read *read, struct error *err)
{
    struct error why = ERROR_INIT;
    if (resume_read_journal(read, engine, &why) == 0)
        return check_begun(engine, read, err);
    return error_set(err, why.code, "%s%s%s", why.text,
                     why.code == ERROR_INTEGRITY ? "; see soaktop audit " : "",
                     why.code == ERROR_INTEGRITY ? engine->dir.path : "");
}

int resume_run(struct engine *engine, const struct engine_options *options, struct error *err)
{
    struct resume_read read = {.engine = engine};
    if (rundir_open_latest(&engine->dir, &engine->root, ROOT_CREATE, err) != 0 ||
        check_same(engine, options, err) != 0)
        return -1;
    fill_run(engine, options);
    post_manifest(engine);
    int result = read_journal(engine, &read, err);
    if (result == 0)
        result = take_over(engine, options, &read, err);
    resume_read_fini(&read);
    return result;
}
