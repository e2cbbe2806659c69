/* summary: see summary.h. */
#include "config.h"

#include "model/summary.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A ratio that a report gives itself is believed from here on; below, it stands for "no data". */
#define RATIO_EXISTING_MIN 0.05

/* Made up for want of data. */
#define RATIO_MOCK_DEFAULT 0.80
#define RATIO_FALLBACK     0.60

const char *const audit_block_names[AUDIT_BLOCK_COUNT] = {
    [AUDIT_ALLOWED] = "allowed",
    [AUDIT_CONCURRENCY] = "concurrency",
    [AUDIT_MIN_INTERVAL] = "min_interval",
    [AUDIT_OTHER] = "other",
    [AUDIT_RISK] = "risk",
    [AUDIT_THROTTLE] = "throttle",
};

static const char *const source_names[MAKER_TAKER_SOURCE_COUNT] = {
    [MAKER_TAKER_NONE] = "n/a",
    [MAKER_TAKER_EXISTING] = "existing",
    [MAKER_TAKER_FILLS_VOLUME] = "fills_volume",
    [MAKER_TAKER_FILLS_COUNT] = "fills_count",
    [MAKER_TAKER_WEEKLY_ROLLUP] = "weekly_rollup",
    [MAKER_TAKER_INTERNAL_FILLS] = "internal_fills",
    [MAKER_TAKER_MOCK_DEFAULT] = "mock_default",
    [MAKER_TAKER_FALLBACK] = "fallback",
};

const char *maker_taker_source_name(enum maker_taker_source source)
{
    return source_names[source];
}

enum maker_taker_source maker_taker_source_parse(const char *name)
{
    for (int source = MAKER_TAKER_EXISTING; name && source < MAKER_TAKER_SOURCE_COUNT; source++)
        if (strcmp(name, source_names[source]) == 0)
            return (enum maker_taker_source)source;
    return MAKER_TAKER_NONE;
}

/* maker / (maker + taker); missing without both or when they are zero. */
static struct value share_of(struct value maker, struct value taker)
{
    if (!value_usable(maker) || !value_usable(taker) || maker.number + taker.number <= 0.0)
        return value_missing();
    return value_of(maker.number / (maker.number + taker.number));
}

static struct value existing_ratio(const struct edge_report *report)
{
    return value_at_least(report->maker_taker_ratio, RATIO_EXISTING_MIN) ? report->maker_taker_ratio
                                                                         : value_missing();
}

static struct value weekly_ratio(const struct edge_report *report)
{
    return value_usable(report->weekly_taker_share)
               ? value_of(1.0 - report->weekly_taker_share.number / 100.0)
               : value_missing();
}

static void judge_maker_taker(struct summary *summary, const struct edge_report *report, bool mock)
{
    const struct fills *fills = &report->fills;
    const struct {
        enum maker_taker_source source;
        struct value ratio;
    } candidates[] = {
        {MAKER_TAKER_EXISTING, existing_ratio(report)},
        {MAKER_TAKER_FILLS_VOLUME, share_of(fills->maker_volume, fills->taker_volume)},
        {MAKER_TAKER_FILLS_COUNT, share_of(fills->maker_count, fills->taker_count)},
        {MAKER_TAKER_WEEKLY_ROLLUP, weekly_ratio(report)},
        {MAKER_TAKER_INTERNAL_FILLS, share_of(report->maker_fills, report->taker_fills)},
        {mock ? MAKER_TAKER_MOCK_DEFAULT : MAKER_TAKER_FALLBACK,
         {mock ? RATIO_MOCK_DEFAULT : RATIO_FALLBACK, VALUE_SYNTHETIC}},
    };
    size_t at = 0;
    while (!value_present(candidates[at].ratio))
        at++;
    summary->maker_taker_source = candidates[at].source;
    summary->kpi[KPI_MAKER_TAKER] = candidates[at].ratio;
}

void summary_from_report(struct summary *summary, const struct edge_report *report, bool mock,
                         const struct kpi_gate_limits *limits)
{
    *summary = (struct summary){
        .gross_bps = report->gross_bps,
        .fees_eff_bps = report->fees_eff_bps,
        .slippage_bps = report->slippage_bps,
        .adverse_bps = report->adverse_bps,
        .inventory_bps = report->inventory_bps,
        .adverse_bps_p95 = report->adverse_bps_p95,
        .slippage_bps_p95 = report->slippage_bps_p95,
        .order_age_p95_ms = report->order_age_p95_ms,
        .min_interval_ratio = report->block_ratio[BLOCK_MIN_INTERVAL],
        .concurrency_ratio = report->block_ratio[BLOCK_CONCURRENCY],
        .fills = report->fills,
        .driver_count = report->driver_count,
    };
    summary->kpi[KPI_RISK] = report->block_ratio[BLOCK_RISK];
    summary->kpi[KPI_NET] = report->net_bps;
    summary->kpi[KPI_P95] = report->p95_latency_ms;
    judge_maker_taker(summary, report, mock);
    memcpy(summary->driver, report->driver, sizeof summary->driver);
    memcpy(summary->runtime_utc, report->utc, sizeof summary->runtime_utc);
    memcpy(summary->version, report->version, sizeof summary->version);
    memcpy(summary->overrides_hash, report->overrides_hash, sizeof summary->overrides_hash);
    summary_judge(summary, limits);
}

static void add_reason(struct summary *summary, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_reason(struct summary *summary, const char *format, ...)
{
    if (summary->reason_count == SUMMARY_REASONS_MAX)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(summary->reason[summary->reason_count++], SUMMARY_REASON_MAX, format, args);
    va_end(args);
}

/* True if one of the reasons to fail was found. */
static bool fails(struct summary *summary, const struct kpi_gate_limits *limits)
{
    struct value risk = summary->kpi[KPI_RISK], net = summary->kpi[KPI_NET];
    if (!value_usable(risk))
        add_reason(summary, "risk_ratio missing");
    if (value_above(risk, limits->fail_risk_above))
        add_reason(summary, "risk_ratio %.4g > %.4g", risk.number, limits->fail_risk_above);
    if (!value_usable(net))
        add_reason(summary, "net_bps missing");
    if (value_below(net, limits->fail_net_below))
        add_reason(summary, "net_bps %.4g < %.4g", net.number, limits->fail_net_below);
    return summary->reason_count > 0;
}

static bool warns(struct summary *summary, const struct kpi_gate_limits *limits)
{
    struct value risk = summary->kpi[KPI_RISK], adverse = summary->adverse_bps_p95;
    if (value_above(risk, limits->warn_risk_above))
        add_reason(summary, "risk_ratio %.4g > %.4g", risk.number, limits->warn_risk_above);
    if (value_above(adverse, limits->warn_adverse_p95_above))
        add_reason(summary, "adverse_bps_p95 %.4g > %.4g", adverse.number,
                   limits->warn_adverse_p95_above);
    return summary->reason_count > 0;
}

void summary_judge(struct summary *summary, const struct kpi_gate_limits *limits)
{
    summary->reason_count = 0;
    if (fails(summary, limits))
        summary->kpi_verdict = VERDICT_FAIL;
    else
        summary->kpi_verdict = warns(summary, limits) ? VERDICT_WARN : VERDICT_PASS;
}
