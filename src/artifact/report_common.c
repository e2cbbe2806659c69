/* report_common: see report_common.h. */
#include "config.h"

#include "artifact/report_common.h"

#include <stdio.h>
#include <string.h>

const struct kpi_limits *report_limits(const struct report_input *input)
{
    return thresholds_limits(&input->config->thresholds, input->judgement->mock);
}

void report_limit(char *text, size_t size, enum kpi kpi, const struct kpi_limits *limits)
{
    snprintf(text, size, "%s %g",
             kpi_table[kpi].larger_is_better ? ">=" : "<=", limits->limit[kpi]);
}

void report_limits_sentence(struct buffer *out, const struct report_input *input)
{
    buffer_printf(out, "Limits in use (%s):",
                  input->judgement->mock ? "MOCK thresholds" : "strict thresholds");
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        char limit[32];
        report_limit(limit, sizeof limit, (enum kpi)kpi, report_limits(input));
        buffer_printf(out, "%s %s %s%s%s", kpi > 0 ? "," : "", info->label, limit,
                      info->unit[0] != '\0' ? " " : "", info->unit);
    }
    buffer_puts(out, ".\n");
}

const char *report_directory(const struct report_input *input)
{
    return input->source != NULL && input->source[0] != '\0' ? input->source : ".";
}

void report_head(struct buffer *out, const struct report_input *input, const char *title,
                 const char *word)
{
    char time[UTC_TEXT_MAX];
    utc_format(time, input->generated_ms);
    buffer_printf(out, "# %s: %s%s\n\nGenerated %s from ", title, word,
                  input->judgement->mock ? " (MOCK thresholds)" : "", time);
    markdown_add_text(out, report_directory(input), REPORT_TEXT_MAX);
    if (input->run->id[0] != '\0') {
        buffer_puts(out, ", run ");
        markdown_add_text(out, input->run->id, REPORT_TEXT_MAX);
    }
    buffer_puts(out, ".\n\n");
}

void report_foot(struct buffer *out)
{
    buffer_puts(out, "\n---\n" REPORT_FOOTER "\n");
}

void report_time(char text[UTC_TEXT_MAX], const struct iteration *iteration)
{
    int64_t ms = iteration->utc_ms;
    if (ms == UTC_NONE)
        ms = utc_parse(iteration->summary.runtime_utc);
    utc_format(text, ms);
}

void report_time_short(char text[UTC_TEXT_MAX], const struct iteration *iteration)
{
    report_time(text, iteration);
    int64_t ms = utc_parse(text);
    utc_format(text, ms == UTC_NONE ? UTC_NONE : ms - ms % 1000);
}

const char *report_state_name(enum iteration_state state)
{
    switch (state) {
    case ITERATION_OK:
        return "ok";
    case ITERATION_FAILED:
        return "failed";
    case ITERATION_GAP:
        return "missing or torn";
    }
    return "unknown";
}

/* True if A and B are unusable for the same recorded reason. */
static bool same_fault(const struct iteration *a, const struct iteration *b)
{
    const char *left = a->error != NULL ? a->error : "", *right = b->error != NULL ? b->error : "";
    return a->state == b->state && strcmp(left, right) == 0;
}

static void add_unusable(struct buffer *out, const struct iteration *first, int last)
{
    if (last > first->number)
        buffer_printf(out, "- iterations %d to %d ", first->number, last);
    else
        buffer_printf(out, "- iteration %d ", first->number);
    buffer_printf(out, "%s: ", report_state_name(first->state));
    markdown_add_text(out, first->error != NULL ? first->error : "no reason is recorded",
                      REPORT_TEXT_MAX);
    if (first->state == ITERATION_FAILED)
        buffer_printf(out, " (ITER_SUMMARY_%d.json, output_tail)", first->number);
    buffer_puts(out, "\n");
}

void report_unusable(struct buffer *out, const struct report_input *input)
{
    const struct run *run = input->run;
    bool any = false;
    for (size_t i = 0, next; i < run->count; i = next) {
        const struct iteration *first = run->iteration[i];
        next = i + 1;
        if (iteration_valid(first))
            continue;
        while (next < run->count && same_fault(first, run->iteration[next]))
            next++;
        buffer_puts(out, any ? "" : "Iterations without KPIs; they count as not passed:\n\n");
        add_unusable(out, first, run->iteration[next - 1]->number);
        any = true;
    }
    buffer_puts(out, any ? "\n" : "");
}

const char *report_gate_word(const struct judgement *judgement)
{
    if (judgement->gate_failed)
        return "FAILED";
    return judgement->verdict == VERDICT_INCONCLUSIVE ? "not decided" : "passed";
}

void report_reasons(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    if (!judgement->gate_failed)
        return;
    buffer_puts(out, "The gate fails:\n\n");
    for (size_t i = 0; i < judgement->reason_count; i++)
        buffer_printf(out, "- %s\n", judgement->reason[i]);
    buffer_puts(out, "\n");
}

void report_checks(struct buffer *out, const struct report_input *input)
{
    static const struct markdown_column columns[] = {{"check", MARKDOWN_LEFT},
                                                     {"value", MARKDOWN_RIGHT},
                                                     {"limit", MARKDOWN_RIGHT},
                                                     {"result", MARKDOWN_LEFT},
                                                     {"decides", MARKDOWN_LEFT}};
    const struct judgement *judgement = input->judgement;
    struct markdown_table *table = markdown_table_new(columns, 5);
    for (size_t i = 0; i < judgement->check_count; i++) {
        const struct gate_check *check = &judgement->check[i];
        markdown_cell(table, "%s", check->name);
        markdown_cell(table, "%s", check->value);
        markdown_cell(table, "%s", check->limit);
        markdown_cell(table, "%s", check->passed ? "PASS" : "FAIL");
        markdown_cell(table, "%s", check->decides ? "yes" : "no");
    }
    markdown_table_end(table, out);
}
