/* effect_json: see effect_json.h. */
#include "config.h"

#include "artifact/effect_json.h"

#include <jansson.h>

#include "artifact/document.h"
#include "model/effect.h"
#include "model/wires.h"

static json_t *kpi_to_json(const struct effect_kpi *kpi)
{
    json_t *json = document_object();
    document_put(json, "answer", document_string(effect_answer_name(kpi->answer)));
    document_put(json, "why", document_text(effect_why_name(kpi->why)));
    document_put(json, "before", document_value(kpi->before));
    document_put(json, "after", document_value(kpi->after));
    document_put(json, "before_count", document_integer((long long)kpi->before_count));
    document_put(json, "after_count", document_integer((long long)kpi->after_count));
    document_put(json, "shift", document_value(kpi->shift));
    document_put(json, "low", document_value(kpi->low));
    document_put(json, "high", document_value(kpi->high));
    return json;
}

static json_t *effect_to_json(const struct effect *effect)
{
    json_t *json = document_object(), *kpis = document_object();
    document_put(json, "apply", document_integer(effect->applied_at));
    document_put(json, "k", document_integer(effect->k));
    document_put(json, "have", document_integer(effect->have));
    document_put(json, "ready", document_flag(effect->ready));
    document_put(json, "from", document_integer(effect->from));
    document_put(json, "parameters", document_integer(effect->params));
    document_put(json, "other_at",
                 effect->other_at > 0 ? document_integer(effect->other_at) : json_null());
    document_put(json, "mixed", document_flag(effect->mixed));
    document_put(json, "rolled_back", document_flag(effect->taken_back));
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        document_put(kpis, kpi_table[kpi].key, kpi_to_json(&effect->kpi[kpi]));
    document_put(json, "kpis", kpis);
    return json;
}

json_t *effects_to_json(const struct run *run)
{
    json_t *list = document_array();
    for (size_t i = 0; i < run->change_count; i++) {
        struct effect effect;
        if (run->change[i].kind != CHANGE_APPLY)
            continue;
        effect_fill(&effect, run, &run->change[i], EFFECT_K, 0, run->state >= RUN_STOPPED);
        document_append(list, effect_to_json(&effect));
    }
    return list;
}

json_t *wires_to_json(const struct run *run)
{
    json_t *list = document_array();
    for (size_t i = 0; i < run->wire_count; i++) {
        const struct wire *wire = &run->wire[i];
        struct wire_status status = wire_status(run, wire, 0);
        char condition[TRIPWIRE_TEXT_MAX];
        json_t *json = document_object();
        document_put(json, "apply", document_integer(wire->applied_at));
        document_put(json, "condition", document_string(tripwire_text(&wire->what, condition)));
        document_put(json, "by", document_text(wire->by));
        document_put(json, "fate", document_string(wire_fate_name(status.fate)));
        document_put(json, "streak", document_integer(status.streak));
        document_put(json, "fired_at",
                     wire->fired_at > 0 ? document_integer(wire->fired_at) : json_null());
        document_put(json, "ends_at", document_integer(status.ends_at));
        document_put(json, "waits", document_flag(wire_waits(run, wire)));
        document_put(json, "note", document_text(wire->note));
        document_append(list, json);
    }
    return list;
}
