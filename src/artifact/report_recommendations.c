/* report_recommendations: RECOMMENDATIONS.md: what the tuner's rules would change if the means of
 * the window were one iteration. Nothing here is applied by anyone. Any thread. */
#include "config.h"

#include "artifact/report_sections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/guard.h"
#include "model/tuner.h"

/* The mean with the decimals that the reports show, so that the rules judge what is read there. */
static struct value shown_mean(const struct stats *stats)
{
    return value_present(stats->mean) ? value_of(stats_round(stats->mean.number, 3))
                                      : value_missing();
}

/* A summary whose figures are the window's means. */
static struct summary summary_of_means(const struct report_input *input)
{
    struct summary summary = {.maker_taker_source = MAKER_TAKER_NONE};
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        summary.kpi[kpi] = shown_mean(&input->judgement->kpi[kpi]);
    struct stats adverse = report_window_stats(input, offsetof(struct summary, adverse_bps_p95));
    struct stats slippage = report_window_stats(input, offsetof(struct summary, slippage_bps_p95));
    summary.adverse_bps_p95 = shown_mean(&adverse);
    summary.slippage_bps_p95 = shown_mean(&slippage);
    return summary;
}

/* The parameters after the last iteration: in force now if that is known, else what the last
 * iteration ran with and then applied. *KNOWN: the files say it. */
static void current_values(const struct report_input *input, struct value values[PARAM_MAX],
                           bool *known)
{
    const struct iteration *last = run_last(input->run);
    size_t count = input->config->params.count;
    *known = true;
    for (size_t i = 0; i < count; i++)
        values[i] = value_missing();
    if (input->run->params != NULL) {
        memcpy(values, input->run->params,
               (input->run->param_count < count ? input->run->param_count : count) *
                   sizeof *values);
        return;
    }
    *known = last != NULL && last->params != NULL;
    if (!*known)
        return;
    memcpy(values, last->params,
           (last->param_count < count ? last->param_count : count) * sizeof *values);
    for (size_t i = 0; i < last->delta_count; i++) {
        const struct delta *delta = &last->delta[i];
        bool written = delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED;
        if (written && delta->param >= 0 && (size_t)delta->param < count && isfinite(delta->after))
            values[delta->param] = value_of(delta->after);
    }
}

static void basis(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"KPI", MARKDOWN_LEFT},    {"mean", MARKDOWN_RIGHT},   {"median", MARKDOWN_RIGHT},
        {"limit", MARKDOWN_RIGHT}, {"target", MARKDOWN_RIGHT},
    };
    const struct thresholds *thresholds = &input->config->thresholds;
    const struct kpi_limits *targets = input->judgement->mock ? &thresholds->target_mock
                                                              : &thresholds->target_strict;
    struct markdown_table *table = markdown_table_new(columns, 5);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        char limit[32], target[32];
        report_limit(limit, sizeof limit, (enum kpi)kpi, report_limits(input));
        report_limit(target, sizeof target, (enum kpi)kpi, targets);
        markdown_cell(table, "%s%s%s", info->label, info->unit[0] != '\0' ? ", " : "", info->unit);
        markdown_cell_value(table, input->judgement->kpi[kpi].mean, 3);
        markdown_cell_value(table, input->judgement->kpi[kpi].median, 3);
        markdown_cell(table, "%s", limit);
        markdown_cell(table, "%s", target);
    }
    buffer_printf(out, "## KPIs, last %d iterations\n\n", input->judgement->window);
    markdown_table_end(table, out);
}

static void change_row(struct markdown_table *table, const struct delta *delta,
                       const struct param_table *params, const struct value *values)
{
    char now[64], target[64];
    const struct param *param = &params->param[delta->param];
    param_format(param, value_of(delta->now), now, sizeof now);
    param_format(param, value_of(delta->target), target, sizeof target);
    markdown_cell(table, "%s", delta->name);
    markdown_cell(table, "%s%s", now, value_present(values[delta->param]) ? "" : " (default)");
    markdown_cell(table, "%s", target);
    markdown_cell(table, "%+.6g", delta->target - delta->now);
    markdown_cell(table, "%s", param->unit);
    markdown_cell_text(table, delta->why, DELTA_NOTE_MAX);
}

static void changes(struct buffer *out, const struct report_input *input,
                    const struct proposal *proposal, const struct value *values)
{
    static const struct markdown_column columns[] = {
        {"parameter", MARKDOWN_LEFT}, {"now", MARKDOWN_RIGHT}, {"proposed", MARKDOWN_RIGHT},
        {"change", MARKDOWN_RIGHT},   {"unit", MARKDOWN_LEFT}, {"why", MARKDOWN_LEFT},
    };
    buffer_puts(out, "\n## Proposed changes\n\n");
    if (!value_usable(input->judgement->kpi[KPI_NET].mean)) {
        buffer_puts(out, "None: no iteration of the window has a net edge, and the tuner proposes "
                         "nothing without one.\n");
        return;
    }
    if (proposal->count == 0) {
        buffer_puts(out, "None: with these means no rule of the tuner would change anything.\n");
        return;
    }
    struct markdown_table *table = markdown_table_new(columns, 6);
    for (size_t i = 0; i < proposal->count; i++)
        change_row(table, &proposal->delta[i], &input->config->params, values);
    markdown_table_end(table, out);
}

static void guards_now(struct buffer *out, const struct report_input *input)
{
    struct guard_status status[GUARD_COUNT];
    bool any = false;
    if (input->run->count == 0)
        return;
    guard_status_fill(status, input->run, 0, &input->config->policy, &input->config->params);
    buffer_puts(out, "\n## Guards\n\n");
    for (int guard = 0; guard < GUARD_COUNT; guard++) {
        /* these two are about one proposal, not about the next one */
        bool momentary = status[guard].guard == GUARD_NO_OP || status[guard].guard == GUARD_LATE;
        if (!status[guard].active || momentary)
            continue;
        buffer_printf(out, "- %s: ", guard_name(status[guard].guard));
        markdown_add_text(out, status[guard].text, sizeof status[guard].text);
        buffer_puts(out, "\n");
        any = true;
    }
    if (!any)
        buffer_puts(out, "No guard would hold a change back now.\n");
}

char *report_recommendations(const struct report_input *input)
{
    struct buffer out = {0};
    struct value values[PARAM_MAX];
    struct proposal proposal;
    bool known;
    struct summary means = summary_of_means(input);
    /* a window whose mean is negative has more of a streak than FALLBACK asks for */
    int streak = value_below(means.kpi[KPI_NET], 0.0) ? (int)input->judgement->kpi[KPI_NET].count
                                                      : 0;
    current_values(input, values, &known);
    tuner_propose(&proposal, &means, values, streak, &input->config->policy,
                  &input->config->params);
    report_head(&out, input, "Recommendations", verdict_name(input->judgement->verdict));
    buffer_puts(&out, "What the tuner's rules say to the means of the window, as if it were one "
                      "iteration. Nothing here is applied by itself.\n\n");
    if (!known)
        buffer_puts(&out, "The iterations do not record their parameters: the defaults stand in "
                          "for them.\n\n");
    basis(&out, input);
    changes(&out, input, &proposal, values);
    guards_now(&out, input);
    buffer_puts(&out, "\n## What to do\n\n");
    report_advice(&out, input);
    report_foot(&out);
    return buffer_take(&out);
}
