/* edge_report: the metrics that a bot leaves after an iteration (EDGE_REPORT.json), checked.
 * Ratios are 0..1 after reading: if any block ratio is above 1, all of them are percentages. */
#ifndef SOAKTOP_MODEL_EDGE_REPORT_H
#define SOAKTOP_MODEL_EDGE_REPORT_H

#include <stddef.h>
#include "model/error.h"
#include "model/value.h"

struct json_t;

enum { EDGE_DRIVERS_MAX = 8, EDGE_DRIVER_NAME_MAX = 40, EDGE_TEXT_MAX = 64 };

enum block_reason {
    BLOCK_MIN_INTERVAL,
    BLOCK_CONCURRENCY,
    BLOCK_RISK,
    BLOCK_THROTTLE,
    BLOCK_COUNT
};
extern const char *const block_reason_names[BLOCK_COUNT]; /* "min_interval" */

struct fills {
    struct value maker_count, taker_count, maker_volume, taker_volume;
};

struct edge_report {
    /* basis points; a p95 that is missing has its mean */
    struct value net_bps, gross_bps, fees_eff_bps, slippage_bps, adverse_bps, inventory_bps;
    struct value adverse_bps_p95, slippage_bps_p95;
    struct value order_age_p95_ms, ws_lag_p95_ms, p95_latency_ms; /* ms, never negative */
    struct value cancel_ratio, maker_share_pct;
    struct value block_count[BLOCK_COUNT], block_ratio[BLOCK_COUNT];
    struct fills fills;
    struct value maker_taker_ratio;  /* if the report itself gives one */
    struct value weekly_taker_share; /* weekly_rollup.taker_share_pct.median, percent */
    struct value maker_fills, taker_fills;
    size_t driver_count;
    char driver[EDGE_DRIVERS_MAX][EDGE_DRIVER_NAME_MAX];
    char utc[EDGE_TEXT_MAX], version[EDGE_TEXT_MAX], overrides_hash[EDGE_TEXT_MAX + 1];
};

/* Reads and checks the parsed FILE. Refuses, naming FILE, path, value and limit: wrong types, a
 * ratio outside 0..1 after normalising, negative latency or counts, deeper than 64 levels. */
int edge_report_read(struct edge_report *report, const struct json_t *json, const char *file,
                     struct error *err);

#endif
