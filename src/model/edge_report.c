/* edge_report: see edge_report.h. What passes here is safe for the tuner: finite, of the right
 * type, in its range. Pure. */
#include "config.h"

#include "model/edge_report.h"

#include <jansson.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "model/node.h"

enum { DEPTH_MAX = 64 };

/* Above any figure that a market has; keeps what is printed short. */
#define FIGURE_MAX 1e15

const char *const block_reason_names[BLOCK_COUNT] = {
    [BLOCK_MIN_INTERVAL] = "min_interval",
    [BLOCK_CONCURRENCY] = "concurrency",
    [BLOCK_RISK] = "risk",
    [BLOCK_THROTTLE] = "throttle",
};

/* What a field's number must be within. */
enum field_range { ANY_FIGURE, NOT_NEGATIVE, RATIO, PERCENT };

static const struct {
    double least, most;
} field_ranges[] = {
    [ANY_FIGURE] = {-FIGURE_MAX, FIGURE_MAX},
    [NOT_NEGATIVE] = {0.0, FIGURE_MAX},
    [RATIO] = {0.0, 1.0},
    [PERCENT] = {0.0, 100.0},
};

struct field {
    const char *key;
    size_t offset;
    enum field_range range;
};

#define FIELD(name, range)                                                                         \
    {                                                                                              \
#name, offsetof(struct edge_report, name), range                                           \
    }
#define FILLS_FIELD(name, range)                                                                   \
    {                                                                                              \
#name, offsetof(struct edge_report, fills.name), range                                     \
    }

static const struct field totals_fields[] = {
    FIELD(net_bps, ANY_FIGURE),
    FIELD(gross_bps, ANY_FIGURE),
    FIELD(fees_eff_bps, ANY_FIGURE),
    FIELD(slippage_bps, ANY_FIGURE),
    FIELD(adverse_bps, ANY_FIGURE),
    FIELD(inventory_bps, ANY_FIGURE),
    FIELD(adverse_bps_p95, ANY_FIGURE),
    FIELD(slippage_bps_p95, ANY_FIGURE),
    FIELD(order_age_p95_ms, NOT_NEGATIVE),
    FIELD(ws_lag_p95_ms, NOT_NEGATIVE),
    FIELD(p95_latency_ms, NOT_NEGATIVE),
    FIELD(cancel_ratio, RATIO),
    FIELD(maker_share_pct, NOT_NEGATIVE),
};

/* Means that a report may give in its breakdown only. */
static const struct field breakdown_fields[] = {
    FIELD(net_bps, ANY_FIGURE),      FIELD(gross_bps, ANY_FIGURE),
    FIELD(fees_eff_bps, ANY_FIGURE), FIELD(slippage_bps, ANY_FIGURE),
    FIELD(adverse_bps, ANY_FIGURE),  FIELD(inventory_bps, ANY_FIGURE),
};

static const struct field fills_fields[] = {
    FILLS_FIELD(maker_count, NOT_NEGATIVE),
    FILLS_FIELD(taker_count, NOT_NEGATIVE),
    FILLS_FIELD(maker_volume, NOT_NEGATIVE),
    FILLS_FIELD(taker_volume, NOT_NEGATIVE),
};

static const struct field top_fields[] = {
    FIELD(maker_taker_ratio, RATIO),
    FIELD(maker_fills, NOT_NEGATIVE),
    FIELD(taker_fills, NOT_NEGATIVE),
};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static int check_depth(const json_t *json, int depth, const char *file, struct error *err)
{
    const char *key;
    json_t *member;
    size_t index;
    if (depth > DEPTH_MAX)
        return error_set(err, ERROR_INPUT, "%s: it is nested deeper than %d levels", file,
                         DEPTH_MAX);
    json_object_foreach((json_t *)json, key, member)
    {
        if (check_depth(member, depth + 1, file, err) < 0)
            return -1;
    }
    json_array_foreach(json, index, member)
    {
        if (check_depth(member, depth + 1, file, err) < 0)
            return -1;
    }
    return 0;
}

/* A number in its range, or missing. */
static int read_number(const struct node *node, const char *key, enum field_range range,
                       struct value *value, struct error *err)
{
    struct node member = node_member(node, key);
    double least = field_ranges[range].least, most = field_ranges[range].most;
    if (node_value(node, key, value, err) < 0)
        return -1;
    if (!value_present(*value))
        return 0;
    if (!number_at_least(value->number, least) || !number_at_most(value->number, most))
        return node_refuse(&member, err, "it must be within %.15g .. %.15g", least, most);
    value->number = fmin(fmax(value->number, least), most);
    return 0;
}

/* Reads those of LIST that the report has not yet. */
static int read_fields(const struct node *node, const struct field *list, size_t count,
                       struct edge_report *report, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct value *value = (struct value *)(void *)((char *)report + list[i].offset);
        struct value read;
        if (read_number(node, list[i].key, list[i].range, &read, err) < 0)
            return -1;
        if (!value_present(*value))
            *value = read;
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

static int read_drivers(const struct node *totals, struct edge_report *report, struct error *err)
{
    struct node list = node_member(totals, "neg_edge_drivers");
    if (node_absent(&list))
        return 0;
    if (node_array(&list, err) < 0)
        return -1;
    for (size_t i = 0; i < node_count(&list); i++) {
        char name[EDGE_DRIVER_NAME_MAX];
        struct node element = node_element(&list, i);
        if (node_own_text(&element, name, sizeof name, err) < 0)
            return -1;
        if (report->driver_count < EDGE_DRIVERS_MAX)
            memcpy(report->driver[report->driver_count++], name, sizeof name);
    }
    return 0;
}

static int read_block(const struct node *blocks, int reason, struct edge_report *report,
                      struct error *err)
{
    struct node block;
    if (find_object(blocks, block_reason_names[reason], &block, err) < 0 ||
        read_number(&block, "count", NOT_NEGATIVE, &report->block_count[reason], err) < 0)
        return -1;
    return read_number(&block, "ratio", PERCENT, &report->block_ratio[reason], err);
}

/* One ratio above 1 tells that all of them are percentages. */
static void normalise_ratios(struct edge_report *report)
{
    bool percent = false;
    for (int reason = 0; reason < BLOCK_COUNT; reason++)
        percent = percent || value_above(report->block_ratio[reason], 1.0);
    for (int reason = 0; percent && reason < BLOCK_COUNT; reason++)
        report->block_ratio[reason].number /= 100.0;
}

static int read_blocks(const struct node *totals, struct edge_report *report, struct error *err)
{
    struct node blocks;
    if (find_object(totals, "block_reasons", &blocks, err) < 0)
        return -1;
    for (int reason = 0; reason < BLOCK_COUNT; reason++)
        if (read_block(&blocks, reason, report, err) < 0)
            return -1;
    normalise_ratios(report);
    return 0;
}

static int read_totals(const struct node *root, struct edge_report *report, struct error *err)
{
    struct node totals = node_member(root, "totals"), fills, breakdown;
    if (node_absent(&totals) && node_member(root, "total").json)
        totals = node_member(root, "total");
    if (node_object(&totals, NULL, err) < 0 ||
        read_fields(&totals, totals_fields, COUNT_OF(totals_fields), report, err) < 0 ||
        find_object(&totals, "component_breakdown", &breakdown, err) < 0 ||
        read_fields(&breakdown, breakdown_fields, COUNT_OF(breakdown_fields), report, err) < 0 ||
        find_object(&totals, "fills", &fills, err) < 0 ||
        read_fields(&fills, fills_fields, COUNT_OF(fills_fields), report, err) < 0 ||
        read_drivers(&totals, report, err) < 0 || read_blocks(&totals, report, err) < 0)
        return -1;
    if (!value_present(report->adverse_bps_p95))
        report->adverse_bps_p95 = report->adverse_bps;
    if (!value_present(report->slippage_bps_p95))
        report->slippage_bps_p95 = report->slippage_bps;
    return read_fields(&totals, top_fields, COUNT_OF(top_fields), report, err);
}

static int read_top(const struct node *root, struct edge_report *report, struct error *err)
{
    struct node runtime, symbols, weekly, share;
    if (find_object(root, "runtime", &runtime, err) < 0 ||
        node_text_cut(&runtime, "utc", report->utc, sizeof report->utc, err) < 0 ||
        node_text_cut(&runtime, "version", report->version, sizeof report->version, err) < 0 ||
        node_text_cut(&runtime, "overrides_hash", report->overrides_hash,
                      sizeof report->overrides_hash, err) < 0 ||
        find_object(root, "symbols", &symbols, err) < 0 ||
        find_object(root, "weekly_rollup", &weekly, err) < 0 ||
        find_object(&weekly, "taker_share_pct", &share, err) < 0 ||
        read_number(&share, "median", PERCENT, &report->weekly_taker_share, err) < 0)
        return -1;
    return read_fields(root, top_fields, COUNT_OF(top_fields), report, err);
}

int edge_report_read(struct edge_report *report, const struct json_t *json, const char *file,
                     struct error *err)
{
    struct node root = node_root(json, file);
    *report = (struct edge_report){.driver_count = 0};
    if (check_depth(json, 1, file, err) < 0 || node_object(&root, NULL, err) < 0 ||
        read_top(&root, report, err) < 0)
        return -1;
    return read_totals(&root, report, err);
}
