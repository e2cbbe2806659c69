/* manifest: run.json, which says what a run is and how far it came, and summary.txt. Engine thread
 * writes; any thread reads. */
#include "config.h"

#include "artifact/manifest_json.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "model/mem.h"
#include "model/node.h"

#define MANIFEST_SCHEMA "soaktop-run-1"

#define INTERVAL_MAX 1e9

enum { SHOWN_SIZE = sizeof((struct rundir *)NULL)->path + 32, MS_PER_SECOND = 1000 };

static void print_shown(char shown[SHOWN_SIZE], const struct rundir *dir, const char *name)
{
    snprintf(shown, SHOWN_SIZE, "%s/%s", dir->path, name);
}

static json_t *time_to_json(int64_t ms)
{
    char text[UTC_TEXT_MAX];
    utc_format(text, ms);
    return document_text(text);
}

static json_t *limits_to_json(const struct kpi_limits *limits)
{
    json_t *json = document_object();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        document_put(json, kpi_table[kpi].key, document_value(value_of(limits->limit[kpi])));
    return json;
}

static json_t *thresholds_to_json(const struct thresholds *thresholds)
{
    json_t *json = document_object();
    document_put(json, "strict", limits_to_json(&thresholds->strict));
    document_put(json, "mock", limits_to_json(&thresholds->mock));
    return json;
}

static json_t *options_to_json(const struct manifest_option *options, size_t count)
{
    json_t *list = document_array();
    for (size_t i = 0; i < count; i++) {
        json_t *option = document_object();
        document_put(option, "name", document_string(options[i].name));
        document_put(option, "value", document_text(options[i].value));
        document_append(list, option);
    }
    return list;
}

int manifest_write(const struct rundir *dir, const struct run *run, const struct config *config,
                   const struct manifest_option *options, size_t count, struct error *err)
{
    return manifest_write_sealed(dir, run, config, options, count, NULL, err);
}

int manifest_write_sealed(const struct rundir *dir, const struct run *run,
                          const struct config *config, const struct manifest_option *options,
                          size_t count, const struct manifest_seal *seal, struct error *err)
{
    char shown[SHOWN_SIZE], wire[TRIPWIRE_TEXT_MAX];
    json_t *json = document_object();
    document_put(json, "schema", document_string(MANIFEST_SCHEMA));
    document_put(json, "run_id", document_text(run->id));
    document_put(json, "source", document_string(run_source_name(run->source)));
    document_put(json, "source_detail", document_text(run->source_detail));
    document_put(json, "approve", document_string(approve_mode_name(run->mode)));
    document_put(json, "iterations",
                 run->planned > 0 ? document_integer(run->planned) : json_null());
    document_put(json, "interval_s", document_value(value_of(run->interval_s)));
    document_put(json, "tripwire",
                 document_text(run->has_tripwire ? tripwire_text(&run->tripwire, wire) : NULL));
    document_put(json, "tripwire_rollback", document_flag(run->tripwire_rollback));
    document_put(json, "options", options_to_json(options, count));
    document_put(json, "thresholds", thresholds_to_json(&config->thresholds));
    document_put(json, "started", time_to_json(run->started_ms));
    document_put(json, "ended", time_to_json(run->ended_ms));
    document_put(json, "state", document_string(run_state_name(run->state)));
    document_put(json, "journal", manifest_seal_to_json(seal));
    print_shown(shown, dir, MANIFEST_NAME);
    return document_write_take(dir->fd, MANIFEST_NAME, shown, json, DURABLE, err);
}

static int read_time(const struct node *root, const char *key, int64_t *ms, struct error *err)
{
    char text[UTC_TEXT_MAX];
    struct node member = node_member(root, key);
    *ms = UTC_NONE;
    if (node_text_cut(root, key, text, sizeof text, err) < 0)
        return -1;
    if (text[0] == '\0')
        return 0;
    *ms = utc_parse(text);
    return *ms == UTC_NONE ? node_refuse(&member, err, "it must be a UTC time") : 0;
}

static int read_names(const struct node *root, struct run *run, struct error *err)
{
    char source[24], mode[24], state[24];
    struct node mode_node = node_member(root, "approve"), state_node = node_member(root, "state");
    if (node_text_cut(root, "run_id", run->id, sizeof run->id, err) < 0 ||
        node_text_cut(root, "source_detail", run->source_detail, sizeof run->source_detail, err) <
            0 ||
        node_text(root, "source", source, sizeof source, err) < 0 ||
        node_text(root, "approve", mode, sizeof mode, err) < 0 ||
        node_text(root, "state", state, sizeof state, err) < 0)
        return -1;
    run->source = run_source_parse(source);
    run->mode = approve_mode_parse(mode);
    run->state = run_state_parse(state);
    if (run->mode == APPROVE_COUNT)
        return node_refuse(&mode_node, err, "it must be observe, auto or manual");
    if (run->state == RUN_STATE_COUNT)
        return node_refuse(&state_node, err, "it is no state of a run");
    return 0;
}

/* A run of an older program has none. */
static int read_tripwire(const struct node *root, struct run *run, struct error *err)
{
    char text[TRIPWIRE_TEXT_MAX];
    struct node member = node_member(root, "tripwire");
    run->has_tripwire = !node_absent(&member);
    if (run->has_tripwire && (node_text(root, "tripwire", text, sizeof text, err) < 0 ||
                              tripwire_parse(&run->tripwire, text, err) < 0))
        return -1;
    return node_flag(root, "tripwire_rollback", &run->tripwire_rollback, err);
}

static int read_fields(const struct node *root, struct run *run, struct error *err)
{
    struct node planned = node_member(root, "iterations");
    if (node_object(root, NULL, err) < 0 || node_schema(root, MANIFEST_SCHEMA, err) < 0 ||
        read_names(root, run, err) < 0 ||
        (!node_absent(&planned) &&
         node_integer(root, "iterations", 1, INT_MAX, &run->planned, err) < 0) ||
        node_number_in(root, "interval_s", 0.0, INTERVAL_MAX, &run->interval_s, err) < 0 ||
        read_tripwire(root, run, err) < 0 || read_time(root, "started", &run->started_ms, err) < 0)
        return -1;
    return read_time(root, "ended", &run->ended_ms, err);
}

/* What a faulty file filled in is taken back. */
static void forget(struct run *run)
{
    run->id[0] = run->source_detail[0] = '\0';
    run->source = SOURCE_UNKNOWN;
    run->mode = APPROVE_OBSERVE;
    run->state = RUN_STARTING;
    run->planned = 0;
    run->has_tripwire = run->tripwire_rollback = false;
    run->interval_s = 0.0;
    run->started_ms = run->ended_ms = UTC_NONE;
}

int manifest_read(const struct rundir *dir, struct run *run, struct error *err)
{
    char shown[SHOWN_SIZE];
    struct stat status;
    run->has_manifest = false;
    if (fstatat(dir->fd, MANIFEST_NAME, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
        return 0;
    print_shown(shown, dir, MANIFEST_NAME);
    json_auto_t *json = json_read_file(dir->fd, MANIFEST_NAME, shown, err);
    struct node root = node_root(json, shown);
    if (!json || read_fields(&root, run, err) < 0) {
        forget(run);
        return -1;
    }
    run->has_manifest = true;
    return 0;
}

/* From start to end; while it goes on, to the newest recorded iteration. */
static int64_t duration_s(const struct run *run)
{
    const struct iteration *last = run_last(run);
    int64_t end = run->ended_ms;
    if (end == UTC_NONE && last)
        end = last->utc_ms;
    if (end == UTC_NONE || run->started_ms == UTC_NONE || end < run->started_ms)
        return 0;
    return (end - run->started_ms) / MS_PER_SECOND;
}

char *manifest_summary_text(const struct run *run, size_t *length)
{
    int64_t seconds = duration_s(run);
    struct buffer text = {0};
    buffer_printf(&text,
                  "\nREAL DURATION (wall-clock): %lld:%02d:%02d\n"
                  "ITERATIONS COMPLETED: %zu\n",
                  (long long)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60),
                  run->count);
    *length = text.length;
    return buffer_take(&text);
}

int manifest_write_summary(const struct rundir *dir, const struct run *run, struct error *err)
{
    char shown[SHOWN_SIZE];
    size_t length = 0;
    char *text = manifest_summary_text(run, &length);
    print_shown(shown, dir, SUMMARY_NAME);
    int result = atomic_write(dir->fd, SUMMARY_NAME, shown, text, length, REBUILDABLE, err);
    free(text);
    return result;
}
