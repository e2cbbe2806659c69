/* report_sections: the audit's sections of figures: KPIs, trends, guards, signatures, edge
 * decomposition, anomalies. Any thread. */
#include "config.h"

#include "artifact/report_sections.h"

#include <stdlib.h>
#include <string.h>

enum { SPARK_WIDTH = 60, LOOPS_SHOWN = 32 };

void report_kpis(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"KPI", MARKDOWN_LEFT},        {"mean", MARKDOWN_RIGHT},   {"median", MARKDOWN_RIGHT},
        {"min", MARKDOWN_RIGHT},       {"max", MARKDOWN_RIGHT},    {"stdev", MARKDOWN_RIGHT},
        {"threshold", MARKDOWN_RIGHT}, {"values", MARKDOWN_RIGHT}, {"mean passes", MARKDOWN_LEFT},
    };
    struct markdown_table *table = markdown_table_new(columns, sizeof columns / sizeof columns[0]);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        const struct stats *stats = &input->judgement->kpi[kpi];
        const struct value shown[] = {stats->mean, stats->median, stats->minimum, stats->maximum,
                                      stats->deviation};
        char limit[32];
        report_limit(limit, sizeof limit, (enum kpi)kpi, report_limits(input));
        markdown_cell(table, "%s%s%s", info->label, info->unit[0] != '\0' ? ", " : "", info->unit);
        for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
            markdown_cell_value(table, shown[i], 3);
        markdown_cell(table, "%s", limit);
        markdown_cell(table, "%zu", stats->count);
        markdown_cell(table, "%s",
                      kpi_passes((enum kpi)kpi, stats->mean, report_limits(input)) ? "PASS"
                                                                                   : "FAIL");
    }
    buffer_printf(out, "## 3. KPIs over the last %d iterations\n\n", input->judgement->window);
    markdown_table_end(table, out);
    buffer_puts(out, "\nThe verdict counts iterations that pass all four, not these means.\n");
}

void report_trends(struct buffer *out, const struct report_input *input)
{
    const struct run *run = input->run;
    struct value *values = mem_alloc((run->count + 1) * sizeof *values);
    buffer_puts(out, "\n## 4. Trends\n\n```text\n");
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        for (size_t i = 0; i < run->count; i++)
            values[i] = iteration_kpi(run->iteration[i], (enum kpi)kpi);
        struct stats stats = stats_of(values, run->count);
        buffer_printf(out, "%-12s ", info->label);
        markdown_add_sparkline(out, values, run->count, SPARK_WIDTH);
        if (stats.count > 0)
            buffer_printf(out, "  %.*f to %.*f%s%s", info->decimals, stats.minimum.number,
                          info->decimals, stats.maximum.number, info->unit[0] != '\0' ? " " : "",
                          info->unit);
        else
            buffer_puts(out, "  no values");
        buffer_puts(out, "\n");
    }
    buffer_puts(out, "```\n");
    if (run->count > SPARK_WIDTH)
        buffer_printf(out,
                      "\nAll %zu iterations, in %d groups of equal size: each block is the "
                      "mean of one.\n",
                      run->count, SPARK_WIDTH);
    free(values);
}

/* Which of the guards' flags an iteration carries. */
static bool guard_flag(const struct iteration *iteration, int guard)
{
    switch (guard) {
    case 0:
        return iteration->oscillation_detected;
    case 1:
        return iteration->velocity_violation;
    case 2:
        return iteration->cooldown_active;
    default:
        return iteration->freeze_triggered;
    }
}

/* How many iterations had proposals that were not applied, by what is on record for it. */
static void held_back(struct buffer *out, const struct run *run)
{
    bool any = false;
    for (int flag = 0; flag < SKIP_FLAG_COUNT; flag++) {
        int count = 0;
        for (size_t i = 0; i < run->count; i++)
            count += run->iteration[i]->delta_count > 0 &&
                     (run->iteration[i]->skip & (1u << flag)) != 0;
        if (count == 0)
            continue;
        buffer_printf(out, "%s %s %d",
                      any ? "," : "\nIterations with proposals that were not applied:",
                      skip_flag_names[flag], count);
        any = true;
    }
    buffer_puts(out, any ? ".\n" : "\nNo proposal was held back.\n");
}

void report_guards(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {{"guard", MARKDOWN_LEFT},
                                                     {"in the window", MARKDOWN_RIGHT},
                                                     {"in the run", MARKDOWN_RIGHT},
                                                     {"last at", MARKDOWN_RIGHT}};
    static const char *const names[] = {"oscillation detected", "velocity limit reached",
                                        "cooldown active", "freeze started"};
    const struct judgement *judgement = input->judgement;
    const int window[] = {judgement->oscillation_count, judgement->velocity_count,
                          judgement->cooldown_count, judgement->freeze_events};
    struct markdown_table *table = markdown_table_new(columns, 4);
    for (int guard = 0; guard < 4; guard++) {
        int total = 0, last = 0;
        for (size_t i = 0; i < input->run->count; i++) {
            if (!guard_flag(input->run->iteration[i], guard))
                continue;
            total++;
            last = input->run->iteration[i]->number;
        }
        markdown_cell(table, "%s", names[guard]);
        markdown_cell(table, "%d", window[guard]);
        markdown_cell(table, "%d", total);
        if (last > 0)
            markdown_cell(table, "iteration %d", last);
        else
            markdown_cell(table, "-");
    }
    buffer_puts(out, "\n## 5. Guards\n\n");
    markdown_table_end(table, out);
    held_back(out, input->run);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static size_t count_signatures(const struct run *run)
{
    const char **known = mem_alloc((run->count + 1) * sizeof *known);
    size_t count = 0, different = 0;
    for (size_t i = 0; i < run->count; i++) {
        if (run->iteration[i]->signature[0] != '\0')
            known[count++] = run->iteration[i]->signature;
    }
    qsort(known, count, sizeof *known, compare_texts);
    for (size_t i = 0; i < count; i++)
        different += i == 0 || strcmp(known[i - 1], known[i]) != 0;
    free(known);
    return different;
}

/* What one parameter did over the iterations that record it. */
struct course {
    struct value first, last;
    int changes;
};

static struct course course_of(const struct run *run, size_t param)
{
    struct course course = {.first = value_missing(), .last = value_missing()};
    bool any = false;
    for (size_t i = 0; i < run->count; i++) {
        const struct iteration *iteration = run->iteration[i];
        if (iteration->params == NULL || param >= iteration->param_count)
            continue;
        struct value value = iteration->params[param];
        if (!any)
            course.first = value;
        else
            course.changes += value.state != course.last.state ||
                              (value_present(value) && value.number != course.last.number);
        course.last = value;
        any = true;
    }
    return course;
}

static void parameters(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"parameter", MARKDOWN_LEFT},        {"unit", MARKDOWN_LEFT},
        {"first iteration", MARKDOWN_RIGHT}, {"last iteration", MARKDOWN_RIGHT},
        {"changes", MARKDOWN_RIGHT},
    };
    const struct param_table *params = &input->config->params;
    struct markdown_table *table = markdown_table_new(columns, 5);
    size_t rows = 0;
    for (size_t i = 0; i < params->count; i++) {
        char first[64], last[64];
        struct course course = course_of(input->run, i);
        if (course.changes == 0)
            continue;
        markdown_cell(table, "%s", params->param[i].name);
        markdown_cell(table, "%s", params->param[i].unit);
        markdown_cell(table, "%s",
                      param_format(&params->param[i], course.first, first, sizeof first));
        markdown_cell(table, "%s", param_format(&params->param[i], course.last, last, sizeof last));
        markdown_cell(table, "%d", course.changes);
        rows++;
    }
    struct buffer text = {0};
    markdown_table_end(table, &text);
    buffer_puts(out, rows > 0
                         ? "\nParameters that changed:\n\n"
                         : "\nNo recorded parameter changed from one iteration to the next.\n");
    buffer_puts(out, rows > 0 ? text.text : "");
    buffer_fini(&text);
}

static void loops(struct buffer *out, const struct report_input *input)
{
    struct signature_loop loop[LOOPS_SHOWN];
    size_t states = count_signatures(input->run);
    size_t count = judge_loops(input->run, 0, loop, LOOPS_SHOWN);
    buffer_printf(out, "The run was in %zu state%s of the parameters. ", states,
                  states == 1 ? "" : "s");
    if (count == 0) {
        buffer_puts(out, "It never came back to an earlier one (A, B, A).\n");
        return;
    }
    buffer_printf(out, "It came back to an earlier one (A, B, A) %zu time%s, %d in the window:\n\n",
                  count, count == 1 ? "" : "s", input->judgement->signature_loops);
    for (size_t i = 0; i < count && i < LOOPS_SHOWN; i++)
        buffer_printf(out, "- iterations %d, %d, %d\n", loop[i].a, loop[i].via, loop[i].back);
    if (count > LOOPS_SHOWN)
        buffer_printf(out, "- and %zu more\n", count - LOOPS_SHOWN);
}

void report_signatures(struct buffer *out, const struct report_input *input)
{
    buffer_puts(out, "\n## 6. Signatures and parameters\n\n");
    loops(out, input);
    parameters(out, input);
}

struct component {
    const char *name;
    size_t offset; /* of its value in struct summary */
};

static const struct component components[] = {
    {"gross", offsetof(struct summary, gross_bps)},
    {"fees", offsetof(struct summary, fees_eff_bps)},
    {"slippage", offsetof(struct summary, slippage_bps)},
    {"adverse selection", offsetof(struct summary, adverse_bps)},
    {"inventory", offsetof(struct summary, inventory_bps)},
    {"net", offsetof(struct summary, kpi) + KPI_NET * sizeof(struct value)},
    {"adverse, p95", offsetof(struct summary, adverse_bps_p95)},
    {"slippage, p95", offsetof(struct summary, slippage_bps_p95)},
};

struct stats report_window_stats(const struct report_input *input, size_t offset)
{
    struct value values[sizeof input->judgement->kpi_value[0] / sizeof(struct value)];
    size_t count = 0;
    for (int n = input->judgement->from; n > 0 && n <= input->judgement->to; n++) {
        const struct iteration *iteration = run_iteration(input->run, n);
        if (iteration == NULL || !iteration_valid(iteration))
            continue;
        memcpy(&values[count++], (const char *)&iteration->summary + offset, sizeof values[0]);
    }
    return stats_of(values, count);
}

static void drivers(struct buffer *out, const struct report_input *input)
{
    bool any = false;
    for (int n = input->judgement->from; n > 0 && n <= input->judgement->to; n++) {
        const struct iteration *iteration = run_iteration(input->run, n);
        if (iteration == NULL || !iteration_valid(iteration) ||
            iteration->summary.driver_count == 0)
            continue;
        buffer_puts(out, any ? "" : "\nDrivers of a negative edge, as the reports name them:\n\n");
        buffer_printf(out, "- iteration %d: ", n);
        for (size_t i = 0; i < iteration->summary.driver_count; i++) {
            buffer_puts(out, i > 0 ? ", " : "");
            markdown_add_text(out, iteration->summary.driver[i], REPORT_TEXT_MAX);
        }
        buffer_puts(out, "\n");
        any = true;
    }
}

void report_edge(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {{"bps", MARKDOWN_LEFT},
                                                     {"mean", MARKDOWN_RIGHT},
                                                     {"median", MARKDOWN_RIGHT},
                                                     {"min", MARKDOWN_RIGHT},
                                                     {"max", MARKDOWN_RIGHT}};
    struct markdown_table *table = markdown_table_new(columns, 5);
    for (size_t i = 0; i < sizeof components / sizeof components[0]; i++) {
        struct stats stats = report_window_stats(input, components[i].offset);
        markdown_cell(table, "%s", components[i].name);
        markdown_cell_value(table, stats.mean, 3);
        markdown_cell_value(table, stats.median, 3);
        markdown_cell_value(table, stats.minimum, 3);
        markdown_cell_value(table, stats.maximum, 3);
    }
    buffer_printf(out, "\n## 7. Edge decomposition, last %d iterations\n\n",
                  input->judgement->window);
    markdown_table_end(table, out);
    buffer_puts(out, "\n`n/a`: the reports do not give it.\n");
    drivers(out, input);
}

void report_anomalies(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {{"iteration", MARKDOWN_RIGHT},
                                                     {"what", MARKDOWN_LEFT},
                                                     {"value", MARKDOWN_RIGHT},
                                                     {"limit", MARKDOWN_RIGHT}};
    const struct judgement *judgement = input->judgement;
    if (judgement->anomaly_count == 0) {
        buffer_puts(out, "None.\n");
        return;
    }
    struct markdown_table *table = markdown_table_new(columns, 4);
    for (size_t i = 0; i < judgement->anomaly_count; i++) {
        const struct anomaly *anomaly = &judgement->anomaly[i];
        const char *sign = anomaly->kind == ANOMALY_RISK_JUMP ? "+" : "";
        markdown_cell(table, "%d", anomaly->iteration);
        markdown_cell(table, "%s", anomaly_name(anomaly->kind));
        markdown_cell(table, "%s%.3f", sign, anomaly->value);
        markdown_cell(table, "%s %s%g",
                      anomaly->kind == ANOMALY_MAKER_TAKER_LOW ? ">=" : "<=", sign, anomaly->limit);
    }
    markdown_table_end(table, out);
    buffer_printf(out, "\n%d of them in the window.\n", judgement->anomalies_in_window);
}
