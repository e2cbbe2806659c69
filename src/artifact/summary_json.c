/* summary_json: see summary_json.h. One table of fields serves both directions. Any thread. */
#include "config.h"

#include "artifact/summary_json.h"

#include <jansson.h>
#include <stddef.h>
#include <string.h>

#include "artifact/document.h"
#include "artifact/iteration_file.h"

/* A figure beyond this is garbage. */
#define FIGURE_MAX 1e15

struct field {
    const char *key;
    size_t offset;
};

#define FIELD(name)                                                                                \
    {                                                                                              \
#name, offsetof(struct summary, name)                                                      \
    }

static const struct field real_fields[] = {
    {"risk_ratio", offsetof(struct summary, kpi[KPI_RISK])},
    {"maker_taker_ratio", offsetof(struct summary, kpi[KPI_MAKER_TAKER])},
    {"net_bps", offsetof(struct summary, kpi[KPI_NET])},
    {"p95_latency_ms", offsetof(struct summary, kpi[KPI_P95])},
    FIELD(gross_bps),
    FIELD(fees_eff_bps),
    FIELD(slippage_bps),
    FIELD(adverse_bps),
    FIELD(inventory_bps),
    FIELD(adverse_bps_p95),
    FIELD(slippage_bps_p95),
    FIELD(order_age_p95_ms),
    FIELD(min_interval_ratio),
    FIELD(concurrency_ratio),
};

static const struct field fills_counts[] = {
    {"maker_count", offsetof(struct summary, fills.maker_count)},
    {"taker_count", offsetof(struct summary, fills.taker_count)},
};

static const struct field fills_volumes[] = {
    {"maker_volume", offsetof(struct summary, fills.maker_volume)},
    {"taker_volume", offsetof(struct summary, fills.taker_volume)},
};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static struct value field_get(const struct summary *summary, const struct field *field)
{
    struct value value;
    memcpy(&value, (const char *)summary + field->offset, sizeof value);
    return value;
}

static void field_set(struct summary *summary, const struct field *field, struct value value)
{
    memcpy((char *)summary + field->offset, &value, sizeof value);
}

static json_t *fills_to_json(const struct summary *summary)
{
    json_t *fills = document_object();
    for (size_t i = 0; i < COUNT_OF(fills_counts); i++)
        document_put(fills, fills_counts[i].key,
                     document_count(field_get(summary, &fills_counts[i])));
    for (size_t i = 0; i < COUNT_OF(fills_volumes); i++)
        document_put(fills, fills_volumes[i].key,
                     document_value(field_get(summary, &fills_volumes[i])));
    return fills;
}

static json_t *blocks_to_json(const struct audit_blocks *blocks)
{
    if (!blocks->given)
        return json_null();
    json_t *counts = document_object(), *ratios = document_object(), *json = document_object();
    for (int i = 0; i < AUDIT_BLOCK_COUNT; i++) {
        document_put(counts, audit_block_names[i], document_integer(blocks->count[i]));
        if (blocks->total > 0)
            document_put(
                ratios, audit_block_names[i],
                document_value(value_of((double)blocks->count[i] / (double)blocks->total)));
    }
    document_put(json, "counts", counts);
    document_put(json, "ratios", ratios);
    document_put(json, "total", document_integer(blocks->total));
    return json;
}

struct json_t *summary_to_json(const struct summary *summary)
{
    json_t *json = document_object(), *drivers = document_array(), *reasons = document_array();
    enum maker_taker_source source = summary->maker_taker_source;
    for (size_t i = 0; i < COUNT_OF(real_fields); i++)
        document_put(json, real_fields[i].key, document_value(field_get(summary, &real_fields[i])));
    for (size_t i = 0; i < summary->driver_count; i++)
        document_append(drivers, document_string(summary->driver[i]));
    for (size_t i = 0; i < summary->reason_count; i++)
        document_append(reasons, document_string(summary->reason[i]));
    document_put(json, "neg_edge_drivers", drivers);
    document_put(json, "kpi_reasons", reasons);
    document_put(json, "sentinel_advice", document_array());
    document_put(json, "fills", fills_to_json(summary));
    document_put(json, "blocks", blocks_to_json(&summary->blocks));
    document_put(json, "kpi_verdict",
                 summary->kpi_verdict == VERDICT_NONE
                     ? json_null()
                     : document_string(verdict_name(summary->kpi_verdict)));
    document_put(json, "maker_taker_source",
                 source == MAKER_TAKER_NONE ? json_null()
                                            : document_string(maker_taker_source_name(source)));
    document_put(json, "runtime_utc", document_text(summary->runtime_utc));
    document_put(json, "version", document_text(summary->version));
    if (summary->overrides_hash[0])
        document_put(json, "overrides_hash", document_string(summary->overrides_hash));
    return json;
}

static int read_value(const struct node *node, const char *key, struct value *value,
                      struct error *err)
{
    struct node member = node_member(node, key);
    if (node_value(node, key, value, err) < 0)
        return -1;
    if (value_present(*value) && (value->number > FIGURE_MAX || value->number < -FIGURE_MAX))
        return node_refuse(&member, err, "it must be within %g .. %g", -FIGURE_MAX, FIGURE_MAX);
    return 0;
}

static int read_fields(struct summary *summary, const struct node *node, const struct field *list,
                       size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct value value;
        if (read_value(node, list[i].key, &value, err) < 0)
            return -1;
        field_set(summary, &list[i], value);
    }
    return 0;
}

/* Member KEY, which must be an object if it is there. */
static int find_object(const struct node *node, const char *key, struct node *member,
                       struct error *err)
{
    *member = node_member(node, key);
    return node_absent(member) ? 0 : node_object(member, NULL, err);
}

static int read_fills(struct summary *summary, const struct node *node, struct error *err)
{
    struct node fills;
    if (find_object(node, "fills", &fills, err) < 0 ||
        read_fields(summary, &fills, fills_counts, COUNT_OF(fills_counts), err) < 0)
        return -1;
    return read_fields(summary, &fills, fills_volumes, COUNT_OF(fills_volumes), err);
}

static int read_long(const struct node *node, const char *key, long *number, struct error *err)
{
    struct value value;
    if (read_value(node, key, &value, err) < 0)
        return -1;
    *number = value_present(value) ? (long)value.number : 0;
    return 0;
}

static int read_blocks(struct audit_blocks *blocks, const struct node *node, struct error *err)
{
    struct node json, counts;
    if (find_object(node, "blocks", &json, err) < 0 ||
        find_object(&json, "counts", &counts, err) < 0)
        return -1;
    blocks->given = !node_absent(&json);
    for (int i = 0; i < AUDIT_BLOCK_COUNT; i++)
        if (read_long(&counts, audit_block_names[i], &blocks->count[i], err) < 0)
            return -1;
    return read_long(&json, "total", &blocks->total, err);
}

/* Reads up to MOST strings of SIZE bytes each from the array KEY into TEXTS. */
static int read_texts(const struct node *node, const char *key, char *texts, size_t size,
                      size_t most, size_t *count, struct error *err)
{
    struct node list = node_member(node, key);
    *count = 0;
    if (node_absent(&list))
        return 0;
    if (node_array(&list, err) < 0)
        return -1;
    for (size_t i = 0; i < node_count(&list) && i < most; i++, (*count)++) {
        struct node element = node_element(&list, i);
        if (node_own_text_cut(&element, texts + i * size, size, err) < 0)
            return -1;
    }
    return 0;
}

static int read_names(struct summary *summary, const struct node *node, struct error *err)
{
    char verdict[16], source[24];
    if (node_text_cut(node, "kpi_verdict", verdict, sizeof verdict, err) < 0 ||
        node_text_cut(node, "maker_taker_source", source, sizeof source, err) < 0)
        return -1;
    summary->kpi_verdict = verdict_parse(verdict);
    summary->maker_taker_source = maker_taker_source_parse(source);
    bool made_up = summary->maker_taker_source == MAKER_TAKER_MOCK_DEFAULT ||
                   summary->maker_taker_source == MAKER_TAKER_FALLBACK;
    if (made_up && value_present(summary->kpi[KPI_MAKER_TAKER]))
        summary->kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    return 0;
}

int summary_from_json(struct summary *summary, const struct node *node, struct error *err)
{
    *summary = (struct summary){.driver_count = 0};
    if (node_absent(node))
        return 0;
    if (node_object(node, NULL, err) < 0 ||
        read_fields(summary, node, real_fields, COUNT_OF(real_fields), err) < 0 ||
        read_fills(summary, node, err) < 0 || read_blocks(&summary->blocks, node, err) < 0 ||
        read_texts(node, "neg_edge_drivers", summary->driver[0], sizeof summary->driver[0],
                   EDGE_DRIVERS_MAX, &summary->driver_count, err) < 0 ||
        read_texts(node, "kpi_reasons", summary->reason[0], sizeof summary->reason[0],
                   SUMMARY_REASONS_MAX, &summary->reason_count, err) < 0 ||
        read_names(summary, node, err) < 0 ||
        node_text_cut(node, "runtime_utc", summary->runtime_utc, sizeof summary->runtime_utc, err) <
            0 ||
        node_text_cut(node, "version", summary->version, sizeof summary->version, err) < 0)
        return -1;
    return node_text_cut(node, "overrides_hash", summary->overrides_hash,
                         sizeof summary->overrides_hash, err);
}
