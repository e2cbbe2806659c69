/* record: the journal's records of each type, built from model values. Engine thread. */
#include "config.h"

#include "artifact/record.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/iteration_file.h"
#include "artifact/overrides.h"
#include "model/mem.h"
#include "model/text.h"

/* Text that need not be UTF-8: what is not becomes visible. NULL is "". */
static json_t *text_json(const char *text)
{
    json_t *json = json_string(text ? text : "");

    if (json)
        return json;
    char *safe = text_safe_copy(text);
    json = json_string(safe);
    free(safe);
    return json;
}

/* A parameter's number, as an integer where its step is whole; null if missing. */
static json_t *number_json(const struct param_table *table, const char *name, struct value value)
{
    int index = param_find(table, name);

    if (!value_present(value))
        return json_null();
    if (index >= 0 && table->param[index].integer && value.number > -1e15 && value.number < 1e15 &&
        value.number == (double)(json_int_t)value.number)
        return json_integer((json_int_t)value.number);
    return json_real(value.number);
}

/* The whole object, shared with RUNTIME while the record is written. */
static json_t *runtime_object(const struct runtime *runtime)
{
    return json_incref((json_t *)runtime_json(runtime));
}

static json_t *texts_json(const char *const *texts, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(list, text_json(texts[i])) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* Appends DATA (stolen; NULL: a part of it could not be built). */
static int append_take(struct recorder *to, const char *type, int iteration, json_t *data,
                       struct error *err)
{
    if (!data)
        return error_set(err, ERROR_IO, "a journal record of type %s cannot be built", type);
    return journal_append_take(to->journal, type, iteration, clock_now(to->clock), data, err);
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
    char started[UTC_TEXT_MAX];

    utc_format(started, run->started_ms);
    return json_pack("{s:o, s:s, s:o, s:s, s:i, s:f, s:s}", "run_id", text_json(run->id), "source",
                     run_source_name(run->source), "source_detail", text_json(run->source_detail),
                     "approve", approve_mode_name(run->mode), "iterations", run->planned,
                     "interval_s", run->interval_s, "started", started);
}

int record_start(struct recorder *to, const struct run *run, const struct runtime *runtime,
                 char *const *notes, size_t note_count, struct error *err)
{
    char hash[HASH_TEXT_MAX];

    if (hash_of(runtime, hash, err) < 0)
        return -1;
    json_t *data = json_pack("{s:o, s:o, s:s, s:o}", "run", manifest_json(run), "runtime_overrides",
                             runtime_object(runtime), "state_hash", hash, "notes",
                             texts_json((const char *const *)notes, note_count));
    return append_take(to, "start", 0, data, err);
}

static json_t *line_json(const struct param_table *table, const struct delta *delta)
{
    const char *name = delta->name;

    return json_pack(
        "{s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:i, s:o, s:o}", "name", text_json(name), "rule",
        rule_name(delta->rule), "now", number_json(table, name, value_of(delta->now)), "increment",
        number_json(table, name, value_of(delta->increment)), "target",
        number_json(table, name, value_of(delta->target)), "after",
        number_json(table, name, value_of(delta->after)), "state", delta_state_name(delta->state),
        "guard", guard_name(delta->guard), "clears_at", delta->clears_at, "note",
        text_json(delta->note), "why", text_json(delta->why));
}

static json_t *lines_json(const struct param_table *table, const struct proposal *proposal)
{
    json_t *list = json_array();

    for (size_t i = 0; i < proposal->count; i++) {
        if (json_array_append_new(list, line_json(table, &proposal->delta[i])) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

int record_proposal(struct recorder *to, const struct proposal *proposal,
                    const struct summary *summary, struct error *err)
{
    json_t *data = json_pack("{s:o, s:o, s:o, s:s, s:b}", "summary", summary_to_json(summary),
                             "lines", lines_json(to->table, proposal), "rationale",
                             text_json(proposal->rationale), "base_hash", proposal->base_hash,
                             "fallback_fired", (int)proposal->fallback_fired);

    return append_take(to, "proposal", proposal->iteration, data, err);
}

int record_decision(struct recorder *to, int iteration, const char *actor, const char *op,
                    const char *name, struct value from, struct value target, const char *note,
                    struct error *err)
{
    json_t *data = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "actor", text_json(actor), "op", op,
                             "name", text_json(name), "from", number_json(to->table, name, from),
                             "target", number_json(to->table, name, target), "note",
                             text_json(note));

    return append_take(to, "decision", iteration, data, err);
}

/* "apply" or "rollback": a restore is journalled as the kind of rollback that it is. */
static bool is_apply(enum change_kind kind)
{
    return kind == CHANGE_APPLY;
}

int record_intent(struct recorder *to, enum change_kind kind, int iteration, const char *actor,
                  const struct runtime *before, const struct runtime *after, const char *note,
                  struct error *err)
{
    char hash_before[HASH_TEXT_MAX], hash_after[HASH_TEXT_MAX];

    if (hash_of(before, hash_before, err) < 0 || hash_of(after, hash_after, err) < 0)
        return -1;
    json_t *data = json_pack("{s:s, s:o, s:o, s:s, s:o, s:s, s:o}", "kind", change_kind_name(kind),
                             "actor", text_json(actor), "before", runtime_object(before),
                             "hash_before", hash_before, "after", runtime_object(after),
                             "hash_after", hash_after, "note", text_json(note));
    return append_take(to, is_apply(kind) ? "apply_intent" : "rollback_intent", iteration, data,
                       err);
}

int record_outcome(struct recorder *to, enum change_kind kind, int iteration,
                   const char *state_hash, const char *fault, struct error *err)
{
    json_t *data = json_pack("{s:s, s:s, s:b, s:o}", "kind", change_kind_name(kind), "state_hash",
                             state_hash, "ok", fault == NULL, "error",
                             fault ? text_json(fault) : json_null());

    return append_take(to, is_apply(kind) ? "apply_outcome" : "rollback_outcome", iteration, data,
                       err);
}

int record_iteration(struct recorder *to, const struct iteration *iteration, struct error *err)
{
    return append_take(to, "iteration", iteration->number, iteration_to_json(iteration, to->table),
                       err);
}

int record_external_change(struct recorder *to, int iteration, const char *expected_hash,
                           const struct runtime *found, struct error *err)
{
    char hash[HASH_TEXT_MAX];

    if (hash_of(found, hash, err) < 0)
        return -1;
    json_t *data = json_pack("{s:s, s:s, s:o}", "expected_hash", expected_hash, "state_hash", hash,
                             "runtime_overrides", runtime_object(found));
    return append_take(to, "external_change", iteration, data, err);
}

int record_gate(struct recorder *to, int iteration, const char *name, enum verdict verdict,
                int exit_status, const char *const *reasons, size_t count, struct error *err)
{
    json_t *data = json_pack("{s:s, s:s, s:i, s:o}", "name", name, "verdict", verdict_name(verdict),
                             "exit_status", exit_status, "reasons", texts_json(reasons, count));

    return append_take(to, "gate", iteration, data, err);
}

int record_note(struct recorder *to, const char *type, int iteration, const char *actor,
                const char *text, struct error *err)
{
    json_t *data = json_pack("{s:o, s:o}", "actor", text_json(actor), "text", text_json(text));

    return append_take(to, type, iteration, data, err);
}
