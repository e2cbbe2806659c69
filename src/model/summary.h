/* summary: what one iteration is judged by, made from its edge report (ENGINE section 3). */
#ifndef SOAKTOP_MODEL_SUMMARY_H
#define SOAKTOP_MODEL_SUMMARY_H

#include "model/edge_report.h"
#include "model/kpi.h"
#include "model/thresholds.h"

enum maker_taker_source {
    MAKER_TAKER_NONE,
    MAKER_TAKER_EXISTING,
    MAKER_TAKER_FILLS_VOLUME,
    MAKER_TAKER_FILLS_COUNT,
    MAKER_TAKER_WEEKLY_ROLLUP,
    MAKER_TAKER_INTERNAL_FILLS,
    MAKER_TAKER_MOCK_DEFAULT, /* synthetic */
    MAKER_TAKER_FALLBACK,     /* synthetic */
    MAKER_TAKER_SOURCE_COUNT
};
const char *maker_taker_source_name(enum maker_taker_source source); /* "fills_volume" */
enum maker_taker_source maker_taker_source_parse(const char *name);  /* NONE if unknown */

enum { SUMMARY_REASONS_MAX = 6, SUMMARY_REASON_MAX = 80 };

/* Counts of the bot's audit.jsonl (allowed, concurrency, min_interval, other, risk, throttle). */
enum audit_block {
    AUDIT_ALLOWED,
    AUDIT_CONCURRENCY,
    AUDIT_MIN_INTERVAL,
    AUDIT_OTHER,
    AUDIT_RISK,
    AUDIT_THROTTLE,
    AUDIT_BLOCK_COUNT
};
extern const char *const audit_block_names[AUDIT_BLOCK_COUNT];
struct audit_blocks {
    long count[AUDIT_BLOCK_COUNT];
    long total;
    bool given; /* false: the bot writes no audit file, and nothing above is known */
};

struct summary {
    struct value kpi[KPI_COUNT]; /* maker/taker is SYNTHETIC for mock_default and fallback */
    enum maker_taker_source maker_taker_source;
    struct value gross_bps, fees_eff_bps, slippage_bps, adverse_bps, inventory_bps;
    struct value adverse_bps_p95, slippage_bps_p95, order_age_p95_ms;
    struct value min_interval_ratio, concurrency_ratio;
    struct fills fills;
    struct audit_blocks blocks;
    size_t driver_count;
    char driver[EDGE_DRIVERS_MAX][EDGE_DRIVER_NAME_MAX];
    enum verdict kpi_verdict; /* KPI_GATE of this iteration: PASS, WARN or FAIL */
    size_t reason_count;
    char reason[SUMMARY_REASONS_MAX][SUMMARY_REASON_MAX];
    char runtime_utc[EDGE_TEXT_MAX], version[EDGE_TEXT_MAX], overrides_hash[EDGE_TEXT_MAX + 1];
};

/* MOCK: the run's source is the mock (then a maker/taker ratio without data is mock_default). */
void summary_from_report(struct summary *summary, const struct edge_report *report, bool mock,
                         const struct kpi_gate_limits *limits);

/* FAIL, WARN or PASS of one iteration with its reasons (risk, net_bps, adverse_bps_p95 read). A
 * missing KPI does not pass: FAIL with the reason that it is missing. */
void summary_judge(struct summary *summary, const struct kpi_gate_limits *limits);

#endif
