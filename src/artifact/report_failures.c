/* report_failures: FAILURES.md, every KPI beyond its limit, iteration by iteration; written only
 * when the verdict is FAIL. Any thread. */
#include "config.h"

#include "artifact/report_sections.h"

#include <math.h>

static void violation_row(struct markdown_table *table, const struct report_input *input,
                          const struct iteration *iteration, enum kpi kpi)
{
    const struct kpi_info *info = &kpi_table[kpi];
    struct value value = iteration_kpi(iteration, kpi);
    char limit[32];
    report_limit(limit, sizeof limit, kpi, report_limits(input));
    markdown_cell(table, "%d", iteration->number);
    markdown_cell(table, "%s%s%s", info->label, info->unit[0] != '\0' ? ", " : "", info->unit);
    markdown_cell_value(table, value, info->decimals);
    markdown_cell(table, "%s", limit);
    if (value_usable(value))
        markdown_cell(table, "%.*f", info->decimals,
                      fabs(value.number - report_limits(input)->limit[kpi]));
    else
        markdown_cell(table, "no real value");
    markdown_cell(table, "%s", iteration->number >= input->judgement->from ? "yes" : "no");
    markdown_cell(table, "ITER_SUMMARY_%d.json", iteration->number);
}

static void violations(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"iteration", MARKDOWN_RIGHT}, {"KPI", MARKDOWN_LEFT},        {"value", MARKDOWN_RIGHT},
        {"limit", MARKDOWN_RIGHT},     {"missed by", MARKDOWN_RIGHT}, {"in window", MARKDOWN_LEFT},
        {"file", MARKDOWN_LEFT},
    };
    struct markdown_table *table = markdown_table_new(columns, sizeof columns / sizeof columns[0]);
    struct buffer text = {0};
    size_t rows = 0;
    for (size_t i = 0; i < input->run->count; i++) {
        const struct iteration *iteration = input->run->iteration[i];
        for (int kpi = 0; kpi < KPI_COUNT && iteration_valid(iteration); kpi++) {
            if (kpi_passes((enum kpi)kpi, iteration_kpi(iteration, (enum kpi)kpi),
                           report_limits(input)))
                continue;
            violation_row(table, input, iteration, (enum kpi)kpi);
            rows++;
        }
    }
    markdown_table_end(table, &text);
    buffer_puts(out, "## KPIs beyond their limits\n\n");
    report_limits_sentence(out, input);
    buffer_puts(out, "\n");
    buffer_puts(out, rows > 0 ? text.text : "No iteration with KPIs misses a limit.\n");
    buffer_puts(out, "\n");
    buffer_fini(&text);
}

char *report_failures(const struct report_input *input)
{
    struct buffer out = {0};
    const struct judgement *judgement = input->judgement;
    report_head(&out, input, "Soak failures", verdict_name(judgement->verdict));
    buffer_printf(&out, "%d of the last %d iterations (%d to %d) do not pass; at most %d may.\n\n",
                  judgement->fail_count, judgement->window, judgement->from, judgement->to,
                  judgement->window - input->config->thresholds.warn_count);
    report_reasons(&out, input);
    violations(&out, input);
    report_unusable(&out, input);
    buffer_puts(&out, "## Anomalies\n\n");
    report_anomalies(&out, input);
    buffer_puts(&out, "\n## What to do\n\n");
    report_advice(&out, input);
    report_foot(&out);
    return buffer_take(&out);
}
