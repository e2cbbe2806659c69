/* source_mock: the deterministic mock (ENGINE section 4): two bad iterations, then ones that get
 * better step by step. It leaves its report where a bot would. Engine thread. */
#include "config.h"

#include "engine/source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "artifact/atomic.h"
#include "model/mem.h"
#include "model/stats.h"

/* Formulas' results are rounded to this many decimals: 3.1, not 3.0999999999999996. */
enum { DECIMALS = 10 };

/* Of one iteration; the first two are given, the others follow from their number. */
struct mock_figures {
    double net, adverse_p95, slippage_p95, cancel, age, lag, p95;
    double maker_count, taker_count;
    double block_count[BLOCK_COUNT], block_ratio[BLOCK_COUNT];
    const char *driver[2];
};

static const struct mock_figures first_two[] = {
    {.net = -1.5,
     .adverse_p95 = 5.0,
     .slippage_p95 = 3.5,
     .cancel = 0.60,
     .age = 340,
     .lag = 130,
     .p95 = 250,
     .maker_count = 500,
     .taker_count = 500,
     .block_count = {[BLOCK_MIN_INTERVAL] = 15, [BLOCK_CONCURRENCY] = 10, [BLOCK_RISK] = 5},
     .block_ratio = {[BLOCK_MIN_INTERVAL] = 0.5, [BLOCK_CONCURRENCY] = 0.33, [BLOCK_RISK] = 0.17},
     .driver = {"slippage_bps", "adverse_bps"}},
    {.net = -0.8,
     .adverse_p95 = 4.5,
     .slippage_p95 = 3.2,
     .cancel = 0.55,
     .age = 335,
     .lag = 125,
     .p95 = 280,
     .maker_count = 600,
     .taker_count = 400,
     .block_count = {[BLOCK_MIN_INTERVAL] = 12, [BLOCK_CONCURRENCY] = 8, [BLOCK_RISK] = 10},
     .block_ratio = {[BLOCK_MIN_INTERVAL] = 0.4, [BLOCK_CONCURRENCY] = 0.27, [BLOCK_RISK] = 0.33},
     .driver = {"slippage_bps", "fees_eff_bps"}},
};

static double rounded(double number)
{
    return stats_round(number, DECIMALS);
}

/* Iteration INDEX + 1, for INDEX >= 2. */
static struct mock_figures figures_later(double index)
{
    double risk = rounded(fmax(0.30, 0.68 * pow(0.83, index - 2)));
    double maker = nearbyint(1000 * fmin(0.85, 0.50 + 0.05 * index));
    return (struct mock_figures){
        .net = rounded(2.8 + 0.1 * index),
        .adverse_p95 = rounded(fmax(1.5, 3.5 - 0.2 * index)),
        .slippage_p95 = rounded(fmax(1.0, 2.5 - 0.15 * index)),
        .cancel = rounded(fmax(0.05, 0.48 - 0.05 * index)),
        .age = 350,
        .lag = 95 + 5 * index,
        .p95 = fmax(180, 320 - 5 * index),
        .maker_count = maker,
        .taker_count = 1000 - maker,
        .block_count = {[BLOCK_MIN_INTERVAL] = 5,
                        [BLOCK_CONCURRENCY] = 3,
                        [BLOCK_RISK] = floor(25 * risk + VALUE_EPSILON)},
        .block_ratio =
            {[BLOCK_MIN_INTERVAL] = 0.2, [BLOCK_CONCURRENCY] = 0.12, [BLOCK_RISK] = risk},
    };
}

static void fill_report(struct edge_report *report, const struct mock_figures *figures)
{
    enum { VOLUME_PER_FILL = 50 };
    report->net_bps = value_of(figures->net);
    report->adverse_bps_p95 = value_of(figures->adverse_p95);
    report->slippage_bps_p95 = value_of(figures->slippage_p95);
    report->cancel_ratio = value_of(figures->cancel);
    report->order_age_p95_ms = value_of(figures->age);
    report->ws_lag_p95_ms = value_of(figures->lag);
    report->p95_latency_ms = value_of(figures->p95);
    report->fills = (struct fills){
        .maker_count = value_of(figures->maker_count),
        .taker_count = value_of(figures->taker_count),
        .maker_volume = value_of(figures->maker_count * VOLUME_PER_FILL),
        .taker_volume = value_of(figures->taker_count * VOLUME_PER_FILL),
    };
    for (int i = 0; i < BLOCK_COUNT; i++) {
        report->block_count[i] = value_of(figures->block_count[i]);
        report->block_ratio[i] = value_of(figures->block_ratio[i]);
    }
    for (int i = 0; i < 2 && figures->driver[i]; i++)
        snprintf(report->driver[report->driver_count++], EDGE_DRIVER_NAME_MAX, "%s",
                 figures->driver[i]);
}

static void *mock_open(const struct engine_options *options, const struct root *root,
                       struct error *err)
{
    (void)options;
    (void)root;
    (void)err;
    return mem_alloc(1);
}

static int mock_iterate(void *state, struct source_call *call, struct edge_report *report,
                        struct error *err)
{
    (void)state;
    struct edge_report made = {0};
    int index = call->iteration - 1;
    struct mock_figures figures = index < 2 ? first_two[index] : figures_later(index);
    fill_report(&made, &figures);
    if (index >= 2)
        made.maker_share_pct = value_of(90 + 0.5 * index);
    utc_format(made.utc, call->now_ms);
    snprintf(made.version, sizeof(made.version), "mock");
    snprintf(made.overrides_hash, sizeof(made.overrides_hash), "%s", call->params_hash);
    size_t length;
    char *text = edge_file_text(&made, &length, err);
    if (!text)
        return -1;
    char shown[sizeof(call->root->path) + 40];
    snprintf(shown, sizeof(shown), "%s/reports/%s", call->root->path, EDGE_REPORT_NAME);
    if (atomic_write(call->root->reports_fd, EDGE_REPORT_NAME, shown, text, length, REBUILDABLE,
                     err) != 0) {
        free(text);
        return -1;
    }
    return source_use_take(call, text, length, shown, report, err) == EDGE_READ ? 0 : -1;
}

static void mock_close(void *state)
{
    free(state);
}

const struct source_class source_mock = {
    .kind = SOURCE_MOCK, .open = mock_open, .iterate = mock_iterate, .close = mock_close};
