/* report_prometheus: POST_SOAK_METRICS.prom, the judgement in the Prometheus text format. All are
 * gauges: each tells the state of one run. What is not known has its HELP and TYPE but no sample.
 * Any thread. */
#include "config.h"

#include "artifact/canon.h"
#include "artifact/report_common.h"

#include <stdio.h>

static void metric(struct buffer *out, const char *name, struct value value, const char *help)
{
    buffer_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
    if (value_usable(value)) {
        char number[32];
        canon_number(number, value.number);
        buffer_printf(out, "%s %s\n", name, number);
    }
}

static void count_metric(struct buffer *out, const char *name, int count, const char *help)
{
    buffer_printf(out, "# HELP %s %s\n# TYPE %s gauge\n%s %d\n", name, help, name, name, count);
}

static struct value rounded(struct value value)
{
    return value_usable(value) ? value_of(stats_round(value.number, 3)) : value_missing();
}

static void kpi_metrics(struct buffer *out, const struct judgement *judgement)
{
    metric(out, "soak_kpi_risk_ratio_mean", rounded(judgement->kpi[KPI_RISK].mean),
           "Mean risk ratio of the last 8 iterations (0 to 1).");
    metric(out, "soak_kpi_maker_taker_mean", rounded(judgement->kpi[KPI_MAKER_TAKER].mean),
           "Mean maker share of the fills of the last 8 iterations (0 to 1).");
    metric(out, "soak_kpi_net_bps_mean", rounded(judgement->kpi[KPI_NET].mean),
           "Mean net edge of the last 8 iterations, basis points.");
    metric(out, "soak_kpi_latency_p95_mean", rounded(judgement->kpi[KPI_P95].mean),
           "Mean 95th percentile latency of the last 8 iterations, milliseconds.");
}

static void verdict_metrics(struct buffer *out, const struct judgement *judgement)
{
    count_metric(out, "soak_guards_velocity_count", judgement->velocity_count,
                 "Iterations of the last 8 in which the velocity guard blocked.");
    count_metric(out, "soak_guards_cooldown_count", judgement->cooldown_count,
                 "Iterations of the last 8 that were in cooldown.");
    count_metric(out, "soak_guards_oscillation_count", judgement->oscillation_count,
                 "Iterations of the last 8 in which an oscillation was detected.");
    count_metric(out, "soak_verdict_pass_count", judgement->pass_count,
                 "Iterations of the last 8 that pass all four KPIs.");
    count_metric(out, "soak_freeze_ready", judgement->freeze_ready,
                 "1 if the parameters are ready to be frozen, else 0.");
    count_metric(out, "soak_anomalies_count", judgement->anomalies_in_window,
                 "Anomalies in the last 8 iterations.");
}

/* Without a verification (VERIFY NULL) nothing is known of the deltas. */
static void delta_metrics(struct buffer *out, const struct verify *verify)
{
    static const struct verify none = {0};
    const struct verify *from = verify != NULL ? verify : &none;
    const struct {
        const char *name, *help;
        int count;
    } rows[] = {
        {"soak_delta_full_apply_count", "Proposals that were in force in the next iteration.",
         from->full_apply_count},
        {"soak_delta_partial_ok_count", "Proposals not applied, or taken back, for a known reason.",
         from->partial_ok_count},
        {"soak_delta_fail_count", "Proposals that are not accounted for.", from->fail_count},
        {"soak_delta_signature_stuck_count", "Applies after which the signature did not change.",
         from->signature_stuck_count},
        {"soak_delta_proposed_count", "Pairs of iterations with a proposal.", from->proposed_count},
    };
    metric(out, "soak_delta_full_apply_ratio", rounded(from->full_apply_ratio),
           "Share of the judged proposals that were applied in full (0 to 1).");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (verify != NULL)
            count_metric(out, rows[i].name, rows[i].count, rows[i].help);
        else
            metric(out, rows[i].name, value_missing(), rows[i].help);
    }
}

char *report_prometheus(const struct report_input *input)
{
    struct buffer out = {0};
    buffer_printf(&out, "# soak gate, %s thresholds, verdict %s\n",
                  input->judgement->mock ? "MOCK" : "strict",
                  verdict_name(input->judgement->verdict));
    kpi_metrics(&out, input->judgement);
    verdict_metrics(&out, input->judgement);
    delta_metrics(&out, input->verify);
    return buffer_take(&out);
}
