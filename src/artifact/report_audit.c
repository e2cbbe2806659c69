/* report_audit: POST_SOAK_AUDIT.md, the whole story of a run in one document. Any thread. */
#include "config.h"

#include "artifact/report_sections.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { HASH_SHOWN = 8, OVERVIEW_MAX = 400 };

/* One row of the overview; its texts are ours or were escaped. */
static void field(struct markdown_table *table, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void field(struct markdown_table *table, const char *name, const char *format, ...)
{
    char text[OVERVIEW_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    markdown_cell(table, "%s", name);
    markdown_cell(table, "%s", text);
}

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

static int count_state(const struct run *run, enum iteration_state state)
{
    int count = 0;
    for (size_t i = 0; i < run->count; i++)
        count += run->iteration[i]->state == state;
    return count;
}

static void overview_run(struct markdown_table *table, const struct run *run)
{
    char from[UTC_TEXT_MAX] = "", to[UTC_TEXT_MAX] = "";
    int failed = count_state(run, ITERATION_FAILED), missing = count_state(run, ITERATION_GAP);
    if (run->count > 0) {
        report_time_short(from, run->iteration[0]);
        report_time_short(to, run->iteration[run->count - 1]);
    }
    field(table, "source", "%s",
          run->has_manifest ? run_source_name(run->source) : "not recorded (no run.json)");
    if (run->planned > 0)
        field(table, "iterations", "%zu of %d: %d failed, %d missing", run->count, run->planned,
              failed, missing);
    else
        field(table, "iterations", "%zu: %d failed, %d missing", run->count, failed, missing);
    field(table, "time", "%s to %s", from[0] != '\0' ? from : "n/a", to[0] != '\0' ? to : "n/a");
}

static void overview(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {{"what", MARKDOWN_LEFT},
                                                     {"value", MARKDOWN_LEFT}};
    static const char *const parity[] = {"", ", as its four KPIs say",
                                         ", but its four KPIs differ"};
    const struct judgement *judgement = input->judgement;
    struct markdown_table *table = markdown_table_new(columns, 2);
    field(table, "verdict", "%s", verdict_name(judgement->verdict));
    field(table, "gate", "%s%s", report_gate_word(judgement),
          judgement->strict ? " (--strict)" : "");
    overview_run(table, input->run);
    field(table, "window", "iterations %d to %d: %d pass, %d do not, %d lacking", judgement->from,
          judgement->to, judgement->pass_count, judgement->fail_count, judgement->lacking_count);
    field(table, "thresholds", "%s", judgement->mock ? "MOCK" : "strict");
    field(table, "freeze in the run", "%s", yes_no(judgement->freeze_seen));
    field(table, "freeze ready", "%s", yes_no(judgement->freeze_ready));
    field(table, "promotable", "%s", yes_no(judgement->promotable));
    field(table, "KPI_GATE of the last iteration", "%s%s", verdict_name(input->kpi_gate),
          parity[judge_parity(input->run, input->kpi_gate, &input->config->thresholds,
                              judgement->mock)]);
    buffer_puts(out, "## 1. Overview\n\n");
    markdown_table_end(table, out);
    buffer_puts(out, "\n");
    report_limits_sentence(out, input);
}

static void kpi_cell(struct markdown_table *table, const struct report_input *input,
                     const struct iteration *iteration, enum kpi kpi)
{
    struct value value = iteration_kpi(iteration, kpi);
    if (value_usable(value) && !kpi_passes(kpi, value, report_limits(input)))
        markdown_cell(table, "!%.*f", kpi_table[kpi].decimals, value.number);
    else
        markdown_cell_value(table, value, kpi_table[kpi].decimals);
}

static void add_word(char *text, size_t size, const char *word)
{
    size_t length = strlen(text);
    snprintf(text + length, size - length, "%s%s", length > 0 ? ", " : "", word);
}

static void guards_cell(struct markdown_table *table, const struct iteration *iteration)
{
    char text[160] = "";
    if (iteration->freeze_triggered)
        add_word(text, sizeof text, "freeze starts");
    for (int i = 0; i < SKIP_FLAG_COUNT && iteration->delta_count > 0; i++) {
        if ((iteration->skip & (1u << i)) != 0)
            add_word(text, sizeof text, skip_flag_names[i]);
    }
    markdown_cell(table, "%s", text[0] != '\0' ? text : "-");
}

static void deltas_cells(struct markdown_table *table, const struct iteration *iteration)
{
    size_t written = 0;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        enum delta_state state = iteration->delta[i].state;
        written += state == DELTA_APPLIED || state == DELTA_VERIFIED || state == DELTA_ROLLED_BACK;
    }
    if (iteration->applied && written == 0) /* an older file does not say which */
        written = iteration->delta_count;
    markdown_cell(table, "%s",
                  iteration->rolled_back_at[0] != '\0' ? "rolled back"
                                                       : yes_no(iteration->applied));
    if (iteration->delta_count > 0)
        markdown_cell(table, "%zu of %zu", written, iteration->delta_count);
    else
        markdown_cell(table, "-");
}

static void matrix_row(struct markdown_table *table, const struct report_input *input,
                       const struct iteration *iteration)
{
    char time[UTC_TEXT_MAX], signature[HASH_SHOWN + 1];
    report_time_short(time, iteration);
    snprintf(signature, sizeof signature, "%.*s", HASH_SHOWN, iteration->signature);
    markdown_cell(table, "%d", iteration->number);
    markdown_cell(table, "%s", time[0] != '\0' ? time : "n/a");
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        kpi_cell(table, input, iteration, (enum kpi)kpi);
    deltas_cells(table, iteration);
    guards_cell(table, iteration);
    markdown_cell_text(table, signature[0] != '\0' ? signature : "n/a", HASH_SHOWN);
    markdown_cell(table, "%s", iteration_passes(iteration, report_limits(input)) ? "PASS" : "FAIL");
}

static void matrix(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {
        {"#", MARKDOWN_RIGHT},           {"time", MARKDOWN_LEFT},     {"risk", MARKDOWN_RIGHT},
        {"maker/taker", MARKDOWN_RIGHT}, {"net bps", MARKDOWN_RIGHT}, {"p95 ms", MARKDOWN_RIGHT},
        {"applied", MARKDOWN_LEFT},      {"deltas", MARKDOWN_LEFT},   {"guards", MARKDOWN_LEFT},
        {"signature", MARKDOWN_LEFT},    {"result", MARKDOWN_LEFT},
    };
    struct markdown_table *table = markdown_table_new(columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < input->run->count; i++)
        matrix_row(table, input, input->run->iteration[i]);
    buffer_puts(out, "\n## 2. Iterations\n\n");
    markdown_table_end(table, out);
    buffer_printf(out,
                  "\n`!` a KPI beyond its limit, `~` a synthetic one that no rule uses; deltas: "
                  "applied of proposed; guards: why the others were not applied. The verdict looks "
                  "at iterations %d to %d.\n\n",
                  input->judgement->from, input->judgement->to);
    report_unusable(out, input);
}

static void verdict(struct buffer *out, const struct report_input *input)
{
    buffer_puts(out, "\n## 9. Verdict and what to do\n\n");
    report_checks(out, input);
    buffer_puts(out, "\n");
    report_reasons(out, input);
    buffer_puts(out, "What to do:\n\n");
    report_advice(out, input);
}

/* What a hurried reader has to know. */
static void lead(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    buffer_printf(out, "%d of the last %d iterations pass all four KPIs; the gate %s%s",
                  judgement->pass_count, judgement->window, judgement->gate_failed ? "" : "is ",
                  report_gate_word(judgement));
    for (size_t i = 0; i < judgement->reason_count; i++)
        buffer_printf(out, "%s %s", i == 0 ? ":" : ";", judgement->reason[i]);
    buffer_puts(out, ". Section 9 says what to do.\n\n");
}

char *report_audit(const struct report_input *input)
{
    struct buffer out = {0};
    report_head(&out, input, "Post-soak audit", verdict_name(input->judgement->verdict));
    lead(&out, input);
    overview(&out, input);
    matrix(&out, input);
    report_kpis(&out, input);
    report_trends(&out, input);
    report_guards(&out, input);
    report_signatures(&out, input);
    report_edge(&out, input);
    buffer_puts(&out, "\n## 8. Anomalies\n\n");
    report_anomalies(&out, input);
    verdict(&out, input);
    report_foot(&out);
    return buffer_take(&out);
}
