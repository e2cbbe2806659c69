/* prepare: everything that can be refused before the first iteration, in engine_new's order.
 *
 * The mock guard's marker: the file was last written by a mock run if soak/latest is a mock's run
 * (its run.json says so) and the file's hash is that of the last state in its journal, or of an
 * apply that it had begun when it was ended. Main thread. */
#include "config.h"

#include "engine/engine_impl.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "artifact/overrides.h"
#include "artifact/realclock.h"
#include "artifact/state_log.h"
#include "engine/resume.h"
#include "engine/starting.h"

static bool is_run_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length < sizeof(((struct run *)0)->id) && id[0] != '.' && id[0] != '-' &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
               length;
}

static int check_options(const struct engine_options *options, struct error *err)
{
    if (!source_find(options->source))
        return error_set(err, ERROR_USAGE,
                         "no source: give --mock, --exec COMMAND or --edge-report PATH");
    if (options->iterations < 0)
        return error_set(err, ERROR_USAGE, "--iterations %d: at least 1", options->iterations);
    if (!isfinite(options->interval_s) || options->interval_s < 0 || options->interval_s > 1e7)
        return error_set(err, ERROR_USAGE, "--interval %g: 0 to 10000000 seconds",
                         options->interval_s);
    if (!isfinite(options->approve_timeout_s) || options->approve_timeout_s < 0 ||
        options->approve_timeout_s > 1e7)
        return error_set(err, ERROR_USAGE, "--approve-timeout %g: 0 to 10000000 seconds",
                         options->approve_timeout_s);
    struct tripwire wire;
    if (options->tripwire && tripwire_parse(&wire, options->tripwire, err) != 0) {
        error_prefix(err, "--tripwire \"%s\"", options->tripwire);
        return -1;
    }
    if (options->run_id && !is_run_id(options->run_id))
        return error_set(err, ERROR_USAGE,
                         "--run-id \"%s\": 1 to 63 letters, digits, dots, dashes and underscores, "
                         "no dot or dash at the start",
                         options->run_id);
    return 0;
}

/* True if the newest run of ROOT is a mock's whose last state the file holds. */
static bool mock_wrote(const struct root *root, const char *disk_hash)
{
    struct rundir dir;
    struct run run;
    char hash[HASH_TEXT_MAX], begun[HASH_TEXT_MAX];
    if (rundir_open_latest(&dir, root, ROOT_READ, NULL) != 0)
        return false;
    run_init(&run);
    bool wrote = manifest_read(&dir, &run, NULL) == 0 && run.has_manifest &&
                 run.source == SOURCE_MOCK && state_log_last(&dir, hash, begun, NULL) == 0 &&
                 (strcmp(disk_hash, hash) == 0 || strcmp(disk_hash, begun) == 0);
    run_fini(&run);
    rundir_close(&dir);
    return wrote;
}

static int check_mock(const struct engine *engine, const struct engine_options *options,
                      struct error *err)
{
    char hash[HASH_TEXT_MAX];
    if (options->source != SOURCE_MOCK || options->force_mock)
        return 0;
    if (overrides_disk_hash(&engine->root, hash, err) != 0)
        return -1;
    if (hash[0] == '\0' || mock_wrote(&engine->root, hash))
        return 0;
    return error_set(err, ERROR_REFUSED,
                     "%s/soak/%s was not written by a mock run: a mock could move the parameters "
                     "of a live bot; use another --artifacts, or --force-mock",
                     engine->root.path, OVERRIDES_NAME);
}

/* Time and chance: "69219e3f-4b1c". */
static void make_id(const struct engine *engine, char *id, size_t size)
{
    uint16_t chance = 0;
    const struct clock clock = engine->virtual_time ? engine->clock : clock_real();
    if (!engine->virtual_time && getrandom(&chance, sizeof(chance), 0) != (ssize_t)sizeof(chance))
        chance = (uint16_t)getpid();
    snprintf(id, size, "%08llx-%04x", (unsigned long long)(clock_now(&clock) / 1000), chance);
}

static void fill_run(struct engine *engine, const struct engine_options *options)
{
    struct run *run = &engine->run;
    if (options->run_id)
        snprintf(run->id, sizeof(run->id), "%s", options->run_id);
    else
        make_id(engine, run->id, sizeof(run->id));
    const char *detail = options->source == SOURCE_EXEC          ? options->exec_command
                         : options->source == SOURCE_EDGE_REPORT ? options->edge_report_path
                                                                 : "";
    snprintf(run->source_detail, sizeof(run->source_detail), "%s", detail);
    memcpy(run->directory, engine->dir.shown, sizeof(run->directory));
    run->source = options->source;
    run->mode = options->mode;
    run->state = RUN_STARTING;
    run->has_manifest = true;
    run->planned = options->iterations;
    run->interval_s = options->interval_s;
    run->started_ms = clock_now(&engine->clock);
    run->ended_ms = UTC_NONE;
    run->next_ms = UTC_NONE;
    run->has_tripwire = options->tripwire &&
                        tripwire_parse(&run->tripwire, options->tripwire, NULL) == 0;
    run->tripwire_rollback = options->tripwire_rollback;
}

/* Journal, run.json, the start record, and the parameters on disk. */
static int begin_run(struct engine *engine, struct starting *starting, struct error *err)
{
    engine->recorder = (struct recorder){.journal = journal_open(&engine->dir, NULL, err),
                                         .table = &engine->config->params,
                                         .clock = &engine->clock,
                                         .audit = &engine->audit};
    if (!engine->recorder.journal)
        return -1;
    struct runtime *runtime = starting->runtime;
    starting->runtime = NULL;
    if (pipeline_init_take(&engine->pipeline, &engine->root, &engine->config->params,
                           &engine->recorder, runtime, starting->disk_hash, err) != 0)
        return -1;
    engine->run.state = RUN_RUNNING;
    engine->turn_ms = engine->virtual_from_ms = clock_now(&engine->clock);
    if (loop_write_manifest(engine, err) != 0 ||
        record_start(&engine->recorder, &engine->run, engine->pipeline.runtime,
                     engine->pipeline.disk_hash, starting->note, starting->note_count, err) != 0)
        return -1;
    engine->report = tuning_report_new(&engine->dir, &engine->config->params);
    return pipeline_write_first(&engine->pipeline, err);
}

/* From where on an earlier run's place is taken. */
static int replace_run(struct engine *engine, const struct engine_options *options,
                       struct starting *starting, struct error *err)
{
    char moved[256] = "";
    if (root_retire_latest(&engine->root, options->keep, moved, sizeof(moved), err) != 0 ||
        rundir_open_latest(&engine->dir, &engine->root, ROOT_CREATE, err) != 0)
        return -1;
    fill_run(engine, options);
    if (begin_run(engine, starting, err) != 0)
        return -1;
    post_manifest(engine);
    post_params(engine);
    post_event(engine, EVENT_START, "run %s started: %s, %s", engine->run.id,
               run_source_name(engine->run.source), approve_mode_name(engine->run.mode));
    if (moved[0])
        post_event(engine, EVENT_NOTE, "the run before is kept as soak/runs/%s", moved);
    for (size_t i = 0; i < starting->note_count; i++)
        post_event(engine, EVENT_NOTE, "%s", starting->note[i]);
    return 0;
}

static void copy_typed(struct engine *engine, const struct engine_options *options)
{
    const struct run_terms *terms = options->resume ? &options->resume->terms : NULL;
    const struct manifest_option *typed = terms ? terms->option : options->typed;
    size_t count = terms ? terms->option_count : options->typed_count;
    engine->typed = mem_resize(NULL, count, sizeof(*engine->typed));
    engine->typed_count = count;
    for (size_t i = 0; i < count; i++)
        engine->typed[i] = (struct manifest_option){mem_strdup(typed[i].name),
                                                    mem_strdup(typed[i].value)};
}

static void take_options(struct engine *engine, const struct engine_options *options)
{
    copy_typed(engine, options);
    engine->linger = options->linger;
    engine->approve_timeout_s = options->approve_timeout_s;
    engine->timeout_applies = options->timeout_applies;
    engine->source = source_find(options->source);
    engine->virtual_time = options->virtual_time;
    engine->clock = options->source == SOURCE_MOCK || options->virtual_time
                        ? clock_virtual(CLOCK_MOCK_START_MS)
                        : clock_real();
}

static int start_run(struct engine *engine, const struct engine_options *options, struct error *err)
{
    const struct starting_options wanted = {.profile = options->profile,
                                            .preset = options->preset,
                                            .set_count = options->set_count,
                                            .set = options->set,
                                            .environment = getenv(STARTING_ENVIRONMENT)};
    struct starting starting;
    int result = starting_fill(&starting, &engine->root, &wanted, engine->config, err);
    if (result == 0) {
        engine->source_state = engine->source->open(options, &engine->root, err);
        result = engine->source_state ? replace_run(engine, options, &starting, err) : -1;
    }
    starting_fini(&starting);
    return result;
}

int prepare_run(struct engine *engine, const struct engine_options *options, struct error *err)
{
    const char *artifacts = options->artifacts ? options->artifacts : "artifacts";
    if (check_options(options, err) != 0 ||
        root_open(&engine->root, artifacts, ROOT_CREATE, err) != 0 ||
        lock_take(&engine->lock, &engine->root, err) != 0 ||
        (!options->resume && check_mock(engine, options, err) != 0))
        return -1;
    take_options(engine, options);
    return options->resume ? resume_run(engine, options, err) : start_run(engine, options, err);
}
