/* record: the journal's records of each type, built from model values. Engine thread. */
#include "config.h"

#include "artifact/record.h"

#include <stdlib.h>

#include <jansson.h>

#include "artifact/delta_json.h"
#include "artifact/document.h"
#include "artifact/iteration_file.h"
#include "artifact/overrides.h"

/* Text that a caller may leave out: NULL is "". */
static json_t *text_json(const char *text)
{
    return document_string(text ? text : "");
}

/* The number of the parameter NAME, as it is written; null if missing. */
static json_t *number_json(const struct param_table *table, const char *name, struct value value)
{
    int index = param_find(table, name);

    return document_param(index < 0 ? NULL : &table->param[index], value);
}

/* The whole object, shared with RUNTIME while the record is written. */
static json_t *runtime_object(const struct runtime *runtime)
{
    return json_incref((json_t *)runtime_json(runtime));
}

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *list = document_array();

    for (size_t i = 0; i < count; i++)
        document_append(list, text_json(texts[i]));
    return list;
}

static int append_take(struct recorder *to, const char *type, int iteration, json_t *data,
                       struct error *err)
{
    to->utc_ms = clock_now(to->clock);
    return journal_append_take(to->journal, type, iteration, to->utc_ms, data, err);
}

static int hash_of(const struct runtime *runtime, char hash[HASH_TEXT_MAX], struct error *err)
{
    char *text = overrides_text(runtime, hash, NULL, err);

    if (!text)
        return -1;
    free(text);
    return 0;
}

static json_t *manifest_json(const struct run *run)
{
    json_t *manifest = document_object();
    char started[UTC_TEXT_MAX];

    utc_format(started, run->started_ms);
    document_put(manifest, "run_id", text_json(run->id));
    document_put(manifest, "source", text_json(run_source_name(run->source)));
    document_put(manifest, "source_detail", text_json(run->source_detail));
    document_put(manifest, "approve", text_json(approve_mode_name(run->mode)));
    document_put(manifest, "iterations", document_integer(run->planned));
    document_put(manifest, "interval_s", document_value(value_of(run->interval_s)));
    document_put(manifest, "started", text_json(started));
    return manifest;
}

int record_start(struct recorder *to, const struct run *run, const struct runtime *runtime,
                 const char *disk_hash, char *const *notes, size_t note_count, struct error *err)
{
    char hash[HASH_TEXT_MAX];

    if (hash_of(runtime, hash, err) < 0)
        return -1;
    json_t *data = document_object();
    document_put(data, "run", manifest_json(run));
    document_put(data, "runtime_overrides", runtime_object(runtime));
    document_put(data, "state_hash", text_json(hash));
    document_put(data, "disk_hash", document_text(disk_hash));
    document_put(data, "notes", texts_json((const char *const *)notes, note_count));
    return append_take(to, "start", 0, data, err);
}

/* How far audit.jsonl was read, if there is one. */
static void put_audit(const struct recorder *to, json_t *data)
{
    if (!to->audit || to->audit->inode == 0)
        return;
    json_t *json = document_object();
    document_put(json, "inode", document_integer((long long)to->audit->inode));
    document_put(json, "offset", document_integer(to->audit->offset));
    document_put(data, "audit_read", json);
}

int record_proposal(struct recorder *to, const struct proposal *proposal,
                    const struct summary *summary, bool hold, struct error *err)
{
    json_t *data = document_object(), *lines = document_array();

    for (size_t i = 0; i < proposal->count; i++)
        document_append(lines, delta_to_json(&proposal->delta[i], to->table));
    document_put(data, "summary", summary_to_json(summary));
    document_put(data, "lines", lines);
    document_put(data, "rationale", text_json(proposal->rationale));
    document_put(data, "base_hash", text_json(proposal->base_hash));
    document_put(data, "fallback_fired", document_flag(proposal->fallback_fired));
    document_put(data, "hold", document_flag(hold));
    put_audit(to, data);
    return append_take(to, "proposal", proposal->iteration, data, err);
}

/* What would be written of LINE; null of all lines. */
static json_t *after_json(const struct param_table *table, const struct delta *line)
{
    return line ? number_json(table, line->name, value_of(line->after)) : json_null();
}

int record_decision(struct recorder *to, const struct decision_record *decision, struct error *err)
{
    json_t *data = document_object();
    const struct delta *line = decision->line;
    long undo_of = decision->undo_of;

    document_put(data, "actor", text_json(decision->actor));
    document_put(data, "op", text_json(decision->op));
    document_put(data, "name", text_json(line ? line->name : ""));
    document_put(data, "from", after_json(to->table, decision->from));
    document_put(data, "target", after_json(to->table, line));
    document_put(data, "note", text_json(decision->note));
    document_put(data, "line", line ? delta_to_json(line, to->table) : json_null());
    document_put(data, "undo_of", undo_of > 0 ? document_integer(undo_of) : json_null());
    document_put(data, "tripwire", document_text(decision->tripwire));
    document_put(data, "batch",
                 decision->batch > 0 ? document_integer(decision->batch) : json_null());
    return append_take(to, "decision", decision->iteration, data, err);
}

int record_intent(struct recorder *to, enum change_kind kind, int iteration, const char *actor,
                  const struct runtime *before, const struct runtime *after, const char *note,
                  struct error *err)
{
    char hash_before[HASH_TEXT_MAX], hash_after[HASH_TEXT_MAX];

    if (hash_of(before, hash_before, err) < 0 || hash_of(after, hash_after, err) < 0)
        return -1;
    json_t *data = document_object();
    document_put(data, "kind", text_json(change_kind_name(kind)));
    document_put(data, "actor", text_json(actor));
    document_put(data, "before", runtime_object(before));
    document_put(data, "hash_before", text_json(hash_before));
    document_put(data, "after", runtime_object(after));
    document_put(data, "hash_after", text_json(hash_after));
    document_put(data, "note", text_json(note));
    return append_take(to, kind == CHANGE_APPLY ? "apply_intent" : "rollback_intent", iteration,
                       data, err);
}

int record_outcome(struct recorder *to, enum change_kind kind, int iteration,
                   const char *state_hash, const char *fault, struct error *err)
{
    json_t *data = document_object();

    document_put(data, "kind", text_json(change_kind_name(kind)));
    document_put(data, "state_hash", text_json(state_hash));
    document_put(data, "ok", document_flag(fault == NULL));
    document_put(data, "error", document_text(fault));
    return append_take(to, kind == CHANGE_APPLY ? "apply_outcome" : "rollback_outcome", iteration,
                       data, err);
}

int record_iteration(struct recorder *to, const struct iteration *iteration, struct error *err)
{
    json_t *data = iteration_to_json(iteration, to->table);

    put_audit(to, data);
    return append_take(to, "iteration", iteration->number, data, err);
}

int record_external_change(struct recorder *to, int iteration, const char *expected_hash,
                           const struct runtime *found, struct error *err)
{
    char hash[HASH_TEXT_MAX];

    if (hash_of(found, hash, err) < 0)
        return -1;
    json_t *data = document_object();
    document_put(data, "expected_hash", text_json(expected_hash));
    document_put(data, "state_hash", text_json(hash));
    document_put(data, "runtime_overrides", runtime_object(found));
    return append_take(to, "external_change", iteration, data, err);
}

int record_gate(struct recorder *to, int iteration, const char *name, enum verdict verdict,
                int exit_status, const char *const *reasons, size_t count, struct error *err)
{
    json_t *data = document_object();

    document_put(data, "name", text_json(name));
    document_put(data, "verdict", text_json(verdict_name(verdict)));
    document_put(data, "exit_status", document_integer(exit_status));
    document_put(data, "reasons", texts_json(reasons, count));
    return append_take(to, "gate", iteration, data, err);
}

int record_gate_void(struct recorder *to, int iteration, int report, const char *actor,
                     const char *reason, struct error *err)
{
    json_t *data = document_object();

    document_put(data, "report", document_integer(report));
    document_put(data, "actor", text_json(actor));
    document_put(data, "reason", text_json(reason));
    return append_take(to, "gate_void", iteration, data, err);
}

int record_note(struct recorder *to, const char *type, int iteration, const char *actor,
                const char *text, struct error *err)
{
    json_t *data = document_object();

    document_put(data, "actor", text_json(actor));
    document_put(data, "text", text_json(text));
    return append_take(to, type, iteration, data, err);
}

int record_resumed(struct recorder *to, int iteration, const char *actor, const char *text,
                   long torn, const struct term_change *changes, size_t count, struct error *err)
{
    json_t *data = document_object(), *list = document_array();

    for (size_t i = 0; i < count; i++) {
        json_t *change = document_object();
        document_put(change, "name", text_json(changes[i].name));
        document_put(change, "from", text_json(changes[i].from));
        document_put(change, "to", text_json(changes[i].to));
        document_append(list, change);
    }
    document_put(data, "actor", text_json(actor));
    document_put(data, "text", text_json(text));
    document_put(data, "run_resumed", document_flag(true));
    document_put(data, "torn_bytes", document_integer(torn));
    document_put(data, "changed", list);
    return append_take(to, "resume", iteration, data, err);
}
