/* apply: see apply.h. What is in memory changes only after the file did. */
#include "config.h"

#include "engine/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/difference_json.h"
#include "artifact/overrides.h"
#include "model/mem.h"

/* Makes RUNTIME (stolen) with its TEXT (stolen) and HASH what is in force. */
static void adopt_take(struct pipeline *pipeline, struct runtime *runtime, char *text,
                       const char *hash)
{
    if (runtime != pipeline->runtime)
        runtime_free(pipeline->runtime);
    free(pipeline->text);
    pipeline->runtime = runtime;
    pipeline->text = text;
    snprintf(pipeline->hash, sizeof(pipeline->hash), "%s", hash);
    states_put(&pipeline->states, hash, text);
}

int pipeline_init_take(struct pipeline *pipeline, const struct root *root,
                       const struct param_table *table, struct recorder *recorder,
                       struct runtime *runtime, const char *disk_hash, struct error *err)
{
    *pipeline = (struct pipeline){.root = root, .table = table, .recorder = recorder};
    snprintf(pipeline->disk_hash, sizeof(pipeline->disk_hash), "%s", disk_hash);
    char hash[HASH_TEXT_MAX];
    char *text = overrides_text(runtime, hash, NULL, err);
    if (!text) {
        runtime_free(runtime);
        return -1;
    }
    adopt_take(pipeline, runtime, text, hash);
    return 0;
}

void pipeline_fini(struct pipeline *pipeline)
{
    runtime_free(pipeline->runtime);
    free(pipeline->text);
    states_fini(&pipeline->states);
    *pipeline = (struct pipeline){0};
}

int pipeline_write_first(struct pipeline *pipeline, struct error *err)
{
    if (strcmp(pipeline->hash, pipeline->disk_hash) == 0)
        return 0;
    return overrides_write(pipeline->root, pipeline->runtime, pipeline->disk_hash, NULL, err);
}

static struct value *values_of(const struct pipeline *pipeline, const struct runtime *runtime)
{
    struct value *values = mem_resize(NULL, pipeline->table->count, sizeof(*values));
    runtime_values(runtime, pipeline->table, values);
    return values;
}

/* Tells in *CHANGE that RUNTIME with HASH replaces what is in force: at the moment of the record
 * that says so, so that what follows from the change follows from the journal. */
static void tell_change(struct change *change, const struct pipeline *pipeline,
                        const struct runtime *runtime, const char *hash)
{
    *change = (struct change){.utc_ms = pipeline->recorder->utc_ms};
    snprintf(change->hash_before, sizeof(change->hash_before), "%s", pipeline->hash);
    snprintf(change->hash_after, sizeof(change->hash_after), "%s", hash);
    change->before = values_of(pipeline, pipeline->runtime);
    change->after = values_of(pipeline, runtime);
    change->param_count = pipeline->table->count;
}

int pipeline_take_up(struct pipeline *pipeline, const char *text, const char *hash,
                     struct change *change, struct error *err)
{
    struct runtime *runtime = overrides_from_text(pipeline->table, text, "journal.jsonl", err);
    if (!runtime)
        return -1;
    if (change)
        tell_change(change, pipeline, runtime, hash);
    adopt_take(pipeline, runtime, mem_strdup(text), hash);
    snprintf(pipeline->disk_hash, sizeof(pipeline->disk_hash), "%s", hash);
    return 0;
}

static enum pipeline_news unreadable(struct pipeline *pipeline, const struct error *why)
{
    pipeline->unreadable = *why;
    return PIPELINE_UNREADABLE;
}

/* Reads the file that another process wrote; NULL with WHY if it cannot be used. */
static struct runtime *read_found(const struct pipeline *pipeline, char disk_hash[HASH_TEXT_MAX],
                                  struct error *why)
{
    bool missing = false;
    struct runtime *found = overrides_read(pipeline->root, pipeline->table, disk_hash, NULL,
                                           &missing, why);
    if (missing)
        error_set(why, ERROR_INPUT, "%s/soak/%s is gone; put it back, or start a new run",
                  pipeline->root->path, OVERRIDES_NAME);
    return found;
}

/* Tells in *CHANGE that FOUND with HASH is in force now; WAITING as in pipeline_look. */
static void tell_external(struct change *change, const struct pipeline *pipeline,
                          const struct runtime *found, const char *hash,
                          const struct proposal *waiting)
{
    tell_change(change, pipeline, found, hash);
    change->kind = CHANGE_EXTERNAL;
    change->difference = difference_new(change->before, change->after, pipeline->table->count,
                                        pipeline->table, waiting);
    difference_add_keys(change->difference, runtime_json(pipeline->runtime), runtime_json(found),
                        pipeline->table);
}

enum pipeline_news pipeline_look(struct pipeline *pipeline, int after,
                                 const struct proposal *waiting, struct change *change,
                                 struct error *err)
{
    struct error why = ERROR_INIT;
    char disk_hash[HASH_TEXT_MAX], hash[HASH_TEXT_MAX];
    if (overrides_disk_hash(pipeline->root, disk_hash, &why) != 0)
        return unreadable(pipeline, &why);
    if (strcmp(disk_hash, pipeline->disk_hash) == 0) {
        error_clear(&pipeline->unreadable);
        return PIPELINE_SAME;
    }
    struct runtime *found = read_found(pipeline, disk_hash, &why);
    char *text = found ? overrides_text(found, hash, NULL, &why) : NULL;
    if (!text) {
        runtime_free(found);
        return unreadable(pipeline, &why);
    }
    bool same = strcmp(hash, pipeline->hash) == 0; /* written anew, or in another form */
    if (!same &&
        record_external_change(pipeline->recorder, after, pipeline->hash, found, err) != 0) {
        runtime_free(found);
        free(text);
        return PIPELINE_FATAL;
    }
    error_clear(&pipeline->unreadable);
    memcpy(pipeline->disk_hash, disk_hash, sizeof(disk_hash));
    if (!same) {
        tell_external(change, pipeline, found, hash, waiting);
        change->after_iteration = after;
    }
    adopt_take(pipeline, found, text, hash);
    return same ? PIPELINE_SAME : PIPELINE_CHANGED;
}

/* Every parameter that TARGET changes must be readable back at its nested path. */
static int verify_target(const struct pipeline *pipeline, const char *text,
                         const struct runtime *target, struct error *err)
{
    struct runtime *back = overrides_from_text(pipeline->table, text, OVERRIDES_NAME, err);
    if (!back)
        return -1;
    int result = 0;
    for (size_t i = 0; result == 0 && i < pipeline->table->count; i++) {
        const struct param *param = &pipeline->table->param[i];
        struct value wanted = runtime_get(target, param), found = runtime_get(back, param);
        if (wanted.state != found.state ||
            (value_present(wanted) && !number_equal(wanted.number, found.number)))
            result = error_set(err, ERROR_INTEGRITY,
                               "%s.%s would read back as another value; nothing was written",
                               param->section, param->name);
    }
    runtime_free(back);
    return result;
}

/* After a failed write the old content must be what a reader finds, also if the fault came after
 * the rename. */
static void put_back(const struct pipeline *pipeline, const char *failed_hash)
{
    char found[HASH_TEXT_MAX];
    if (overrides_disk_hash(pipeline->root, found, NULL) == 0 && strcmp(found, failed_hash) == 0)
        overrides_write(pipeline->root, pipeline->runtime, found, NULL, NULL);
}

static enum apply_result write_target(struct pipeline *pipeline, const struct runtime *target,
                                      const char *hash, const struct apply_request *request,
                                      struct error *err)
{
    struct error fault = ERROR_INIT;
    char written[HASH_TEXT_MAX];
    if (overrides_write(pipeline->root, target, written, NULL, &fault) != 0) {
        put_back(pipeline, hash);
        if (record_outcome(pipeline->recorder, request->kind, request->iteration, pipeline->hash,
                           fault.text, err) != 0)
            return APPLY_FATAL;
        error_set(err, fault.code, "%s", fault.text);
        return APPLY_FAILED;
    }
    memcpy(pipeline->disk_hash, written, sizeof(written));
    return record_outcome(pipeline->recorder, request->kind, request->iteration, hash, NULL, err)
               ? APPLY_FATAL
               : APPLY_WRITTEN;
}

/* TARGET (stolen) with its TEXT (stolen) and HASH was written. */
static void take_over(struct pipeline *pipeline, struct runtime *target, char *text,
                      const char *hash, const struct apply_request *request, struct change *change)
{
    tell_change(change, pipeline, target, hash);
    change->kind = request->kind;
    change->after_iteration = request->iteration;
    snprintf(change->by, sizeof(change->by), "%s", request->actor);
    adopt_take(pipeline, target, text, hash);
}

enum apply_result apply_write_take(struct pipeline *pipeline, struct runtime *target,
                                   const struct apply_request *request, struct change *change,
                                   struct error *err)
{
    char hash[HASH_TEXT_MAX];
    enum apply_result result = APPLY_FAILED;
    char *text = overrides_text(target, hash, NULL, err);
    if (!text || verify_target(pipeline, text, target, err) != 0)
        goto out;
    result = APPLY_NO_OP;
    if (strcmp(hash, pipeline->hash) == 0)
        goto out;
    result = APPLY_FATAL;
    if (record_intent(pipeline->recorder, request->kind, request->iteration, request->actor,
                      pipeline->runtime, target, request->note, err) != 0)
        goto out;
    result = write_target(pipeline, target, hash, request, err);
    if (result == APPLY_WRITTEN) {
        take_over(pipeline, target, text, hash, request, change);
        return result;
    }
out:
    free(text);
    runtime_free(target);
    return result;
}

/* The file that was to become what HASH names, from what is in force. */
static enum apply_result settle(struct pipeline *pipeline, const struct runtime *target,
                                const char *hash, const struct apply_request *request,
                                struct error *err)
{
    static const char fault[] = "the program ended before the outcome was known, and another "
                                "process has changed the parameters since";
    char disk_hash[HASH_TEXT_MAX];
    if (overrides_disk_hash(pipeline->root, disk_hash, NULL) != 0)
        disk_hash[0] = '\0';
    if (strcmp(disk_hash, hash) == 0) {
        memcpy(pipeline->disk_hash, disk_hash, sizeof(disk_hash));
        return record_outcome(pipeline->recorder, request->kind, request->iteration, hash, NULL,
                              err)
                   ? APPLY_FATAL
                   : APPLY_WRITTEN;
    }
    if (strcmp(disk_hash, pipeline->hash) == 0)
        return write_target(pipeline, target, hash, request, err);
    if (record_outcome(pipeline->recorder, request->kind, request->iteration, pipeline->hash, fault,
                       err) != 0)
        return APPLY_FATAL;
    error_set(err, ERROR_CONFLICT, "%s", fault);
    return APPLY_FAILED;
}

enum apply_result apply_settle_take(struct pipeline *pipeline, struct runtime *target,
                                    const struct apply_request *request, struct change *change,
                                    struct error *err)
{
    char hash[HASH_TEXT_MAX];
    enum apply_result result = APPLY_FATAL;
    char *text = overrides_text(target, hash, NULL, err);
    if (text)
        result = settle(pipeline, target, hash, request, err);
    if (result == APPLY_WRITTEN) {
        take_over(pipeline, target, text, hash, request, change);
        return result;
    }
    free(text);
    runtime_free(target);
    return result;
}

struct runtime *apply_target(const struct pipeline *pipeline, const struct proposal *proposal)
{
    struct runtime *target = runtime_copy(pipeline->runtime);
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        if (delta->state == DELTA_APPROVED || delta->state == DELTA_EDITED)
            runtime_set(target, &pipeline->table->param[delta->param], delta->after);
    }
    return target;
}

char *change_text(const struct change *change, const struct param_table *table)
{
    struct buffer text = {0};
    buffer_puts(&text, "");
    for (size_t i = 0; i < table->count && i < change->param_count; i++) {
        char before[40], after[40];
        if (!change_moves(change, (int)i))
            continue;
        const struct param *param = &table->param[i];
        buffer_printf(&text, "%s%s %s -> %s", text.length ? ", " : "", param->name,
                      param_format(param, change->before[i], before, sizeof(before)),
                      param_format(param, change->after[i], after, sizeof(after)));
    }
    if (text.length == 0)
        buffer_puts(&text, "no known parameter");
    return buffer_take(&text);
}
