/* iteration_json: ITER_SUMMARY_n.json to and from struct iteration; declared in iteration_file.h.
 * Any thread. */
#include "config.h"

#include "artifact/iteration_json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/delta_json.h"
#include "artifact/document.h"
#include "artifact/iteration_file.h"
#include "artifact/summary_json.h"
#include "model/mem.h"

enum { ITERATION_MAX = 1000000 };

/* The summary's values that the tuner's rules look at, under the names that older readers know. */
static json_t *conditions_to_json(const struct summary *summary)
{
    json_t *json = document_object();
    document_put(json, "adverse_p95", document_value(summary->adverse_bps_p95));
    document_put(json, "concurrency_ratio", document_value(summary->concurrency_ratio));
    document_put(json, "maker_taker_ratio", document_value(summary->kpi[KPI_MAKER_TAKER]));
    document_put(json, "min_interval_ratio", document_value(summary->min_interval_ratio));
    document_put(json, "net_bps", document_value(summary->kpi[KPI_NET]));
    document_put(json, "order_age_p95_ms", document_value(summary->order_age_p95_ms));
    document_put(json, "p95_latency_ms", document_value(summary->kpi[KPI_P95]));
    document_put(json, "risk_ratio", document_value(summary->kpi[KPI_RISK]));
    document_put(json, "slippage_p95", document_value(summary->slippage_bps_p95));
    return json;
}

struct json_t *iteration_skip_to_json(const struct iteration *iteration)
{
    if (iteration->skip == 0)
        return document_string("");
    json_t *json = document_object();
    for (int i = 0; i < SKIP_FLAG_COUNT; i++)
        document_put(json, skip_flag_names[i],
                     document_flag((iteration->skip & (1U << (unsigned)i)) != 0));
    document_put(json, "note", document_string(iteration->skip_note ? iteration->skip_note : ""));
    return json;
}

static json_t *tuning_to_json(const struct iteration *iteration, const struct param_table *table)
{
    json_t *json = document_object();
    deltas_to_json(json, iteration, table);
    document_put(json, "rationale", document_text(iteration->rationale));
    document_put(json, "conditions", conditions_to_json(&iteration->summary));
    document_put(json, "applied", document_flag(iteration->applied));
    document_put(json, "skip_reason", iteration_skip_to_json(iteration));
    document_put(json, "signature", document_text(iteration->signature));
    document_put(json, "old_hash", document_text(iteration->signature));
    document_put(json, "state_hash", document_text(iteration->state_hash));
    document_put(json, "oscillation_detected", document_flag(iteration->oscillation_detected));
    document_put(json, "velocity_violation", document_flag(iteration->velocity_violation));
    document_put(json, "cooldown_active", document_flag(iteration->cooldown_active));
    document_put(json, "freeze_triggered", document_flag(iteration->freeze_triggered));
    document_put(json, "freeze_reason", document_text(iteration->freeze_reason));
    document_put(json, "fallback_fired", document_flag(iteration->fallback_fired));
    document_put(json, "decided_by", document_text(iteration->decided_by));
    overrides_to_json(json, iteration, table);
    return json;
}

/* The nested object of the known parameters: what is left when the bulky text was dropped. */
static json_t *params_to_json(const struct iteration *iteration, const struct param_table *table)
{
    json_t *json = document_object();
    for (size_t i = 0; i < iteration->param_count && i < table->count; i++) {
        const struct param *param = &table->param[i];
        if (!value_present(iteration->params[i]))
            continue;
        if (!json_object_get(json, param->section))
            document_put(json, param->section, document_object());
        document_put(json_object_get(json, param->section), param->name,
                     document_param(param, iteration->params[i]));
    }
    return json;
}

static json_t *runtime_to_json(const struct iteration *iteration, const struct param_table *table)
{
    json_t *json = iteration->runtime_text
                       ? json_loads(iteration->runtime_text, JSON_ALLOW_NUL, NULL)
                       : NULL;
    if (json)
        return json;
    return iteration->params ? params_to_json(iteration, table) : json_null();
}

struct json_t *iteration_to_json(const struct iteration *iteration, const struct param_table *table)
{
    bool failed = iteration->state != ITERATION_OK;
    char recorded[UTC_TEXT_MAX];
    json_t *json = document_object();
    utc_format(recorded, iteration->utc_ms);
    document_put(json, "iteration", document_integer(iteration->number));
    document_put(json, "recorded", document_text(recorded));
    document_put(json, "state", document_string(failed ? "failed" : "ok"));
    if (failed) {
        document_put(json, "error", document_text(iteration->error));
        document_put(json, "output_tail", document_text(iteration->output_tail));
    }
    document_put(json, "summary", summary_to_json(&iteration->summary));
    document_put(json, "tuning", tuning_to_json(iteration, table));
    document_put(json, "runtime_overrides", runtime_to_json(iteration, table));
    return json;
}

/* Member KEY as text of any length; NULL if it is absent. */
static int read_text(const struct node *node, const char *key, char **text, struct error *err)
{
    struct node member = node_member(node, key);
    if (node_absent(&member))
        return 0;
    if (!json_is_string(member.json))
        return node_refuse(&member, err, "it must be a string");
    free(*text);
    *text = mem_strdup(json_string_value(member.json));
    return 0;
}

int iteration_skip_from_json(struct iteration *iteration, const struct node *tuning,
                             struct error *err)
{
    struct node skip = node_member(tuning, "skip_reason");
    if (node_absent(&skip))
        return 0;
    if (json_is_string(skip.json)) {
        bool empty = json_string_length(skip.json) == 0;
        return empty ? 0 : read_text(tuning, "skip_reason", &iteration->skip_note, err);
    }
    if (node_object(&skip, NULL, err) < 0)
        return -1;
    for (int i = 0; i < SKIP_FLAG_COUNT; i++) {
        bool flag = false;
        if (node_flag(&skip, skip_flag_names[i], &flag, err) < 0)
            return -1;
        if (flag)
            iteration->skip |= 1U << (unsigned)i;
    }
    return read_text(&skip, "note", &iteration->skip_note, err);
}

int iteration_flags_from_json(struct iteration *iteration, const struct node *tuning,
                              struct error *err)
{
    if (node_flag(tuning, "applied", &iteration->applied, err) < 0 ||
        node_flag(tuning, "oscillation_detected", &iteration->oscillation_detected, err) < 0 ||
        node_flag(tuning, "velocity_violation", &iteration->velocity_violation, err) < 0 ||
        node_flag(tuning, "cooldown_active", &iteration->cooldown_active, err) < 0)
        return -1;
    return node_flag(tuning, "freeze_triggered", &iteration->freeze_triggered, err);
}

/* That of the first line is that of all; a list without lines is kept, with a reason that is lost.
 */
static int read_override_reason(struct iteration *iteration, const struct node *tuning,
                                struct error *err)
{
    struct node overridden = node_member(tuning, "overridden");
    struct node first = node_element(&overridden, 0);
    if (node_absent(&overridden))
        return 0;
    free(iteration->override_reason);
    iteration->override_reason = mem_strdup("");
    return node_absent(&first) ? 0 : read_text(&first, "reason", &iteration->override_reason, err);
}

static int read_tuning(struct iteration *iteration, const struct node *tuning,
                       const struct param_table *table, struct error *err)
{
    if (node_absent(tuning))
        return 0;
    if (node_object(tuning, NULL, err) < 0 ||
        iteration_flags_from_json(iteration, tuning, err) < 0 ||
        node_flag(tuning, "fallback_fired", &iteration->fallback_fired, err) < 0 ||
        iteration_skip_from_json(iteration, tuning, err) < 0 ||
        read_text(tuning, "rationale", &iteration->rationale, err) < 0 ||
        node_text_cut(tuning, "signature", iteration->signature, HASH_TEXT_MAX, err) < 0 ||
        node_text_cut(tuning, "state_hash", iteration->state_hash, HASH_TEXT_MAX, err) < 0 ||
        node_text_cut(tuning, "freeze_reason", iteration->freeze_reason,
                      sizeof iteration->freeze_reason, err) < 0 ||
        node_text_cut(tuning, "decided_by", iteration->decided_by, sizeof iteration->decided_by,
                      err) < 0)
        return -1;
    if (read_override_reason(iteration, tuning, err) < 0)
        return -1;
    return deltas_from_json(iteration, tuning, table, err);
}

static int read_params(struct iteration *iteration, const struct node *runtime,
                       const struct param_table *table, struct error *err)
{
    if (node_absent(runtime))
        return 0;
    if (node_object(runtime, NULL, err) < 0)
        return -1;
    iteration->params = mem_alloc(table->count * sizeof *iteration->params);
    iteration->param_count = table->count;
    for (size_t i = 0; i < table->count; i++) {
        struct node section = node_member(runtime, table->param[i].section);
        if (!node_absent(&section) && node_object(&section, NULL, err) < 0)
            return -1;
        if (node_value(&section, table->param[i].name, &iteration->params[i], err) < 0)
            return -1;
    }
    iteration->runtime_text = canon_dump(runtime->json, CANON_COMPACT, NULL, err);
    return iteration->runtime_text ? 0 : -1;
}

static int read_state(struct iteration *iteration, const struct node *root, struct error *err)
{
    char state[16], recorded[UTC_TEXT_MAX];
    struct node member = node_member(root, "state");
    if (node_text_cut(root, "state", state, sizeof state, err) < 0 ||
        node_text_cut(root, "recorded", recorded, sizeof recorded, err) < 0)
        return -1;
    if (state[0] && strcmp(state, "ok") != 0 && strcmp(state, "failed") != 0)
        return node_refuse(&member, err, "it must be \"ok\" or \"failed\"");
    iteration->state = strcmp(state, "failed") == 0 ? ITERATION_FAILED : ITERATION_OK;
    iteration->utc_ms = utc_parse(recorded);
    if (read_text(root, "error", &iteration->error, err) < 0)
        return -1;
    return read_text(root, "output_tail", &iteration->output_tail, err);
}

struct iteration *iteration_from_json(const struct json_t *json, const struct param_table *table,
                                      const char *shown, struct error *err)
{
    int number = 0;
    struct node root = node_root(json, shown), summary = node_member(&root, "summary");
    struct node tuning = node_member(&root, "tuning");
    struct node runtime = node_member(&root, "runtime_overrides");
    if (node_object(&root, NULL, err) < 0 ||
        node_integer(&root, "iteration", 1, ITERATION_MAX, &number, err) < 0)
        return NULL;
    struct iteration *iteration = iteration_new(number);
    if (read_state(iteration, &root, err) < 0 ||
        summary_from_json(&iteration->summary, &summary, err) < 0 ||
        read_params(iteration, &runtime, table, err) < 0 ||
        read_tuning(iteration, &tuning, table, err) < 0) {
        iteration_free(iteration);
        return NULL;
    }
    return iteration;
}
