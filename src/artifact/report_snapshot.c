/* report_snapshot: POST_SOAK_SNAPSHOT.json, schema 1.1: the judgement for other programs. Any
 * thread. */
#include "config.h"

#include "artifact/report_common.h"
#include "artifact/report_json.h"

#include <jansson.h>

static json_t *kpi_means(const struct judgement *judgement)
{
    json_t *kpis = json_object();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct stats *stats = &judgement->kpi[kpi];
        json_t *pair = json_pack("{s:o, s:o}", "mean", report_json_rounded(stats->mean), "median",
                                 report_json_rounded(stats->median));
        if (json_object_set_new(kpis, kpi_table[kpi].key, pair) != 0) {
            json_decref(kpis);
            return NULL;
        }
    }
    return kpis;
}

static json_t *values_of(const struct judgement *judgement, int kpi)
{
    json_t *values = json_array();
    for (int i = 0; i < judgement->window - judgement->lacking_count; i++) {
        if (json_array_append_new(values, report_json_value(judgement->kpi_value[kpi][i])) != 0) {
            json_decref(values);
            return NULL;
        }
    }
    return values;
}

static json_t *kpi_values(const struct judgement *judgement)
{
    json_t *kpis = json_object();
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        if (json_object_set_new(kpis, kpi_table[kpi].key, values_of(judgement, kpi)) != 0) {
            json_decref(kpis);
            return NULL;
        }
    }
    return kpis;
}

static json_t *guards(const struct judgement *judgement)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "oscillation_count", judgement->oscillation_count,
                     "velocity_count", judgement->velocity_count, "cooldown_count",
                     judgement->cooldown_count, "freeze_events", judgement->freeze_events);
}

static json_t *time_of(const struct run *run, size_t index)
{
    char text[UTC_TEXT_MAX] = "";
    if (index < run->count)
        report_time(text, run->iteration[index]);
    return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *time_range(const struct run *run)
{
    return json_pack("{s:o, s:o}", "from", time_of(run, 0), "to",
                     time_of(run, run->count > 0 ? run->count - 1 : 0));
}

static json_t *parity(const struct report_input *input)
{
    switch (judge_parity(input->run, input->kpi_gate, &input->config->thresholds,
                         input->judgement->mock)) {
    case PARITY_AGREES:
        return json_true();
    case PARITY_DIFFERS:
        return json_false();
    case PARITY_UNKNOWN:
        break;
    }
    return json_null();
}

char *report_snapshot(const struct report_input *input, enum snapshot_form form, struct error *err)
{
    const struct judgement *judgement = input->judgement;
    json_t *json = json_pack(
        "{s:s, s:i, s:b, s:b, s:o, s:o, s:o, s:o, s:i, s:i, s:o, s:s, s:s, s:b, s:o, s:o}",
        "verdict", verdict_name(judgement->verdict), "pass_count_last8", judgement->pass_count,
        "freeze_seen", judgement->freeze_seen, "freeze_ready", judgement->freeze_ready, "kpi_last8",
        kpi_means(judgement), "guards_last8", guards(judgement), "time_range",
        time_range(input->run), "kpi_gate_parity", parity(input), "anomalies_count",
        judgement->anomalies_in_window, "signature_loops", judgement->signature_loops,
        "kpi_values_last8", kpi_values(judgement), "schema_version", "1.1", "thresholds",
        thresholds_name(judgement->mock), "promotable", judgement->promotable, "reasons",
        report_json_reasons(judgement), "diverged_count",
        input->verify != NULL ? json_integer(input->verify->diverged_count) : json_null());
    return report_json_text_take(json, form, "POST_SOAK_SNAPSHOT.json", err);
}
