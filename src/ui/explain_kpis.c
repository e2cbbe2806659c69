/* explain_kpis: the arithmetic behind a KPI's word: the values of the window with what keeps one
 * out, their sum and mean, the limit with its file, the margin. UI thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/figure.h"

static const char *why_missing(const struct iteration *iteration, struct value value)
{
    if (iteration == NULL)
        return "not recorded";
    if (iteration->state == ITERATION_FAILED)
        return "the iteration failed";
    if (iteration->state == ITERATION_GAP)
        return "its file is missing or torn";
    switch (value.state) {
    case VALUE_SYNTHETIC:
        return "made up for want of data, no rule reads it";
    case VALUE_STALE:
        return "stale, no longer current";
    case VALUE_MISSING:
    case VALUE_OK:
        break;
    }
    return "the report did not give it";
}

static void add_number(struct buffer *text, enum kpi kpi, double number)
{
    buffer_printf(text, "%.*f", kpi_table[kpi].decimals, number);
}

/* Values that count; *SUM is theirs. */
static int list_values(const struct view *view, enum kpi kpi, struct buffer *text, double *sum)
{
    const struct judgement *judgement = &view->judgement;
    int count = 0;
    *sum = 0.0;
    for (int number = judgement->from; number <= judgement->to; number++) {
        struct value value = judgement->kpi_value[kpi][number - judgement->from];
        buffer_printf(text, "%sit %d ", number > judgement->from ? ", " : "Values: ", number);
        if (value_present(value) && !value_usable(value))
            buffer_puts(text, "~");
        if (value_present(value))
            add_number(text, kpi, value.number);
        else
            buffer_puts(text, "n/a");
        count += value_usable(value);
        *sum += value_usable(value) ? value.number : 0.0;
    }
    buffer_puts(text, ".\n");
    return count;
}

/* Why some of the window's iterations give no value. */
static void list_absent(const struct view *view, enum kpi kpi, struct buffer *text)
{
    const struct judgement *judgement = &view->judgement;
    for (int number = judgement->from; number <= judgement->to; number++) {
        struct value value = judgement->kpi_value[kpi][number - judgement->from];
        const struct iteration *iteration = run_iteration(&view->run, number);
        if (value_usable(value))
            continue;
        bool made = kpi == KPI_MAKER_TAKER && value.state == VALUE_SYNTHETIC && iteration != NULL;
        bool failed = iteration != NULL && iteration->error != NULL;
        buffer_printf(text, "it %d is not counted: %s%s%s%s.\n", number,
                      why_missing(iteration, value), failed || made ? ": " : "",
                      failed ? iteration->error : "",
                      made ? maker_taker_source_name(iteration->summary.maker_taker_source) : "");
    }
}

static void add_mean(const struct view *view, enum kpi kpi, struct buffer *text, double sum,
                     int count)
{
    const struct kpi_info *info = &kpi_table[kpi];
    double limit = thresholds_limits(&view->config->thresholds, view->mock_limits)->limit[kpi];
    struct value mean = view->judgement.kpi[kpi].mean;
    if (!value_usable(mean)) {
        buffer_puts(text, "Mean: n/a, because no value of the window counts. n/a does not pass.\n");
        return;
    }
    buffer_printf(text, "Sum %.*f / %d values = mean %.*f%s%s.\n", info->decimals, sum, count,
                  info->decimals + 1, mean.number, info->unit[0] ? " " : "", info->unit);
    double margin = info->larger_is_better ? mean.number - limit : limit - mean.number;
    bool passes = info->larger_is_better ? number_at_least(mean.number, limit)
                                         : number_at_most(mean.number, limit);
    buffer_printf(text, "Limit %s %g%s%s (%s, %s): the mean %s it, margin %+.*f.\n",
                  info->larger_is_better ? ">=" : "<=", limit, info->unit[0] ? " " : "", info->unit,
                  thresholds_name(view->mock_limits), view->config->thresholds_file,
                  passes ? "meets" : "misses", info->decimals + 1, margin);
}

static int count_passes(const struct view *view, enum kpi kpi)
{
    const struct judgement *judgement = &view->judgement;
    const struct kpi_limits *limits = thresholds_limits(&view->config->thresholds,
                                                        view->mock_limits);
    int count = 0;
    for (int i = 0; judgement->to > 0 && i <= judgement->to - judgement->from; i++)
        count += kpi_passes(kpi, judgement->kpi_value[kpi][i], limits);
    return count;
}

static void explain_kpi(const struct view *view, enum kpi kpi, struct buffer *text)
{
    char name[32];
    double sum;
    struct figure figure;
    figure_name(name, sizeof name, kpi);
    figure_fill(&figure, view, kpi);
    buffer_printf(text, "%s: %s in it %d, %s.\n", name, figure.now, view_number(view),
                  figure_word(figure.state));
    int count = list_values(view, kpi, text, &sum);
    list_absent(view, kpi, text);
    add_mean(view, kpi, text, sum, count);
    if (figure.state == FIGURE_NEAR)
        buffer_printf(text,
                      "NEAR: it passes, but misses the target %s or is within 5 %% of the "
                      "limit.\n",
                      figure.target);
    buffer_printf(text,
                  "%d of these %d iterations meet the limit; the verdict counts iterations that "
                  "meet all four.\n",
                  count_passes(view, kpi), view->judgement.to - view->judgement.from + 1);
    buffer_printf(text, "Source: summary.%s of ITER_SUMMARY_%d.json .. ITER_SUMMARY_%d.json.\n",
                  kpi_table[kpi].key, view->judgement.from, view->judgement.to);
}

void explain_kpis(const struct view *view, struct buffer *text)
{
    const char *chosen = explain_chosen(view, PANEL_KPIS);
    if (view->judgement.to == 0) {
        buffer_puts(text, "n/a: no iteration is recorded yet.\n");
        return;
    }
    for (int i = 0; i < KPI_COUNT; i++)
        if (strcmp(kpi_table[i].key, chosen) == 0) {
            explain_kpi(view, (enum kpi)i, text);
            return;
        }
    for (int i = 0; i < KPI_COUNT; i++) {
        explain_kpi(view, figure_order[i], text);
        buffer_puts(text, "\n");
    }
}
