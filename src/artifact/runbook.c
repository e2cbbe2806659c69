/* runbook: see runbook.h: the Markdown form and the command lines. */
#include "config.h"

#include "artifact/runbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/markdown.h"
#include "model/mem.h"
#include "model/text.h"

enum { TEXT_MAX = 400 };

/* Command lines. */

/* 'TEXT' for a shell, whatever is in it; control characters are made visible. */
static void add_quoted(struct buffer *text, const char *raw)
{
    char *safe = text_safe_copy(raw);
    buffer_puts(text, "'");
    for (const char *at = safe; *at != '\0'; at++)
        if (*at == '\'')
            buffer_puts(text, "'\\''");
        else
            buffer_add(text, at, 1);
    buffer_puts(text, "'");
    free(safe);
}

static void add_reason(struct buffer *text, const char *note)
{
    if (note[0] == '\0')
        return;
    buffer_puts(text, " --reason ");
    add_quoted(text, note);
}

static void add_line_command(const struct rehearsal *rehearsal, const struct rehearsal_entry *entry,
                             struct buffer *text)
{
    const struct rehearsal_order *order = &entry->order;
    const char *name = order->name[0] ? order->name : "--all";
    int param = param_find(rehearsal->table, order->name);
    char number[40] = "";
    buffer_printf(text, "soaktop deltas %s --iteration %d", line_op_name(order->line),
                  entry->iteration);
    if (order->line == DECIDE_EDIT && param >= 0)
        buffer_printf(text, " %s=%s", name,
                      param_format(&rehearsal->table->param[param], value_of(order->number), number,
                                   sizeof number));
    else
        buffer_printf(text, " %s", name);
    if (order->line == DECIDE_HOLD && order->number > 0)
        buffer_printf(text, " --until %.0f", order->number);
    if (order->line != DECIDE_OVERRIDE && order->line != DECIDE_RESET)
        add_reason(text, order->note);
}

/* True if ITERATION has a written line that wants the higher confirmation. */
static bool is_grave(const struct rehearsal *rehearsal, int iteration)
{
    const struct iteration *record = run_iteration(rehearsal->run, iteration);
    for (size_t i = 0; record && i < record->delta_count; i++) {
        const struct delta *delta = &record->delta[i];
        if (delta->state == DELTA_APPLIED &&
            (delta->overridden ||
             param_oversized(&rehearsal->table->param[delta->param], delta->now, delta->after)))
            return true;
    }
    return false;
}

static void add_apply_command(const struct rehearsal *rehearsal,
                              const struct rehearsal_entry *entry, struct buffer *text)
{
    bool grave = is_grave(rehearsal, entry->iteration);
    buffer_printf(text, "soaktop deltas apply --iteration %d", entry->iteration);
    if (!grave) {
        buffer_puts(text, " --yes");
        add_reason(text, entry->order.op == REHEARSE_APPLY ? entry->order.note : "");
        return;
    }
    buffer_puts(text, " --confirm OVERRIDE --reason ");
    add_quoted(text, entry->order.note[0] ? entry->order.note : "as auto would");
}

void runbook_command(const struct rehearsal *rehearsal, const struct rehearsal_entry *entry,
                     struct buffer *text)
{
    const struct rehearsal_order *order = &entry->order;
    switch (order->op) {
    case REHEARSE_LINE:
        add_line_command(rehearsal, entry, text);
        break;
    case REHEARSE_AUTO:
        buffer_printf(text, "soaktop deltas approve --iteration %d --all && ", entry->iteration);
        add_apply_command(rehearsal, entry, text);
        break;
    case REHEARSE_APPLY:
    case REHEARSE_PASS:
        add_apply_command(rehearsal, entry, text);
        break;
    case REHEARSE_NEXT:
        if (entry->passed)
            buffer_printf(text, "soaktop deltas apply --iteration %d --yes", entry->iteration);
        break;
    case REHEARSE_BACK:
        buffer_puts(text, "soaktop deltas rollback --last --yes");
        break;
    case REHEARSE_BACK_TO:
        buffer_printf(text, "soaktop deltas rollback --to %.0f --yes", order->number);
        break;
    case REHEARSE_BACK_OF:
        buffer_printf(text, "soaktop deltas rollback --param %s --yes", order->name);
        break;
    }
}

/* The document. */

static void add_head(struct buffer *text, const struct runbook *runbook)
{
    const struct rehearsal *rehearsal = runbook->rehearsal;
    const struct run *recorded = rehearsal->recorded;
    char utc[UTC_TEXT_MAX];
    buffer_puts(text, "# SANDBOX runbook: ");
    markdown_add_text(text, recorded->id[0] ? recorded->id : recorded->directory, TEXT_MAX);
    buffer_printf(text, ", it %d to %d\n\n", rehearsal->from, rehearsal_at(rehearsal));
    buffer_puts(text,
                "A rehearsal of a recorded run, not a run. **The KPIs are those that were\n"
                "recorded: they are not simulated, and other parameters would have led to\n"
                "others.** Parameters, proposals and guards follow from the decisions below.\n\n");
    buffer_puts(text, "Recorded in ");
    markdown_add_text(text, recorded->directory, TEXT_MAX);
    buffer_printf(text, " (source %s). %zu decision%s, by ", run_source_name(recorded->source),
                  rehearsal_decisions(rehearsal), rehearsal_decisions(rehearsal) == 1 ? "" : "s");
    markdown_add_text(text, runbook->by, TEXT_MAX);
    utc_format(utc, runbook->now_ms);
    buffer_printf(text, ", %s.\n", utc);
    if (rehearsal->differs)
        buffer_printf(text,
                      "\nThe proposal of it %d made anew is not the recorded one: params.json or\n"
                      "policy.json are not what that run had.\n",
                      rehearsal->from);
}

static void add_kpis(struct buffer *text, const struct runbook *runbook,
                     const struct iteration *iteration)
{
    const struct kpi_limits *limits = thresholds_limits(runbook->thresholds, runbook->mock_limits);
    if (iteration->state != ITERATION_OK) {
        buffer_puts(text, iteration->state == ITERATION_GAP ? "it could not be read" : "it failed");
        return;
    }
    buffer_printf(text, "%s", verdict_name(iteration->summary.kpi_verdict));
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        struct value value = iteration_kpi(iteration, (enum kpi)kpi);
        if (value_present(value))
            buffer_printf(text, ", %s %.*f%s%s", kpi_table[kpi].label, kpi_table[kpi].decimals,
                          value.number, kpi_table[kpi].unit[0] ? " " : "", kpi_table[kpi].unit);
        else
            buffer_printf(text, ", %s n/a", kpi_table[kpi].label);
        if (!kpi_passes((enum kpi)kpi, value, limits))
            buffer_puts(text, " (beyond the limit)");
    }
}

static void add_line(struct buffer *text, const struct rehearsal *rehearsal,
                     const struct delta *delta)
{
    const struct param *param = &rehearsal->table->param[delta->param];
    char now[40], target[40];
    buffer_printf(text, "- asked: %s %s -> %s, rule %s", delta->name,
                  param_format(param, value_of(delta->now), now, sizeof now),
                  param_format(param, value_of(delta->target), target, sizeof target),
                  rule_name(delta->rule));
    if (delta->why[0]) {
        buffer_puts(text, ": ");
        markdown_add_text(text, delta->why, TEXT_MAX);
    }
    if (delta->guard != GUARD_NONE) {
        buffer_printf(text, "; guard %s", guard_name(delta->guard));
        if (delta->clears_at > 0)
            buffer_printf(text, " until it %d", delta->clears_at);
    }
    buffer_puts(text, "\n");
}

static bool has_entries(const struct rehearsal *rehearsal, int number)
{
    for (size_t i = 0; i < rehearsal->done; i++)
        if (rehearsal->entry[i].iteration == number && rehearsal_decides(&rehearsal->entry[i]))
            return true;
    return false;
}

static void add_decisions(struct buffer *text, const struct rehearsal *rehearsal, int number)
{
    struct buffer commands = {0};
    for (size_t i = 0; i < rehearsal->done; i++) {
        const struct rehearsal_entry *entry = &rehearsal->entry[i];
        if (entry->iteration != number || !rehearsal_decides(entry))
            continue;
        buffer_puts(text, "- decided: ");
        markdown_add_text(text, entry->text, TEXT_MAX);
        buffer_puts(text, "\n");
        buffer_puts(&commands, "    ");
        runbook_command(rehearsal, entry, &commands);
        buffer_puts(&commands, "\n");
    }
    if (commands.length > 0)
        buffer_printf(text, "\n%s", commands.text);
    buffer_fini(&commands);
}

static void add_step(struct buffer *text, const struct runbook *runbook, int number)
{
    const struct rehearsal *rehearsal = runbook->rehearsal;
    const struct iteration *iteration = run_iteration(rehearsal->run, number);
    const struct iteration *recorded = run_iteration(rehearsal->recorded, number);
    if (!has_entries(rehearsal, number))
        return;
    buffer_printf(text, "\n### It %d\n\n- seen: ", number);
    add_kpis(text, runbook, iteration);
    buffer_puts(text, "\n");
    for (size_t i = 0; i < iteration->delta_count; i++)
        add_line(text, rehearsal, &iteration->delta[i]);
    buffer_puts(text, "- recorded: ");
    rehearsal_tell(recorded, rehearsal->table, text);
    buffer_puts(text, "\n");
    add_decisions(text, rehearsal, number);
}

/* The values of PARAM in RUN from iteration FROM on: "0.12, from it 7 0.135". END: those in force
 * after the last one. */
static void path_text(const struct rehearsal *rehearsal, const struct run *run, int param,
                      const struct value *end, struct buffer *text)
{
    const struct param *info = &rehearsal->table->param[param];
    struct value last = value_missing();
    int at = rehearsal_at(rehearsal);
    for (int number = rehearsal->from; number <= at + 1; number++) {
        const struct iteration *iteration = run_iteration(run, number);
        const struct value *values = number > at ? end : iteration ? iteration->params : NULL;
        char shown[40];
        if (!values)
            continue;
        struct value value = values[param];
        bool same = value_present(value) == value_present(last) &&
                    (!value_present(value) || value.number == last.number);
        if (number > rehearsal->from && same)
            continue;
        param_format(info, value_present(value) ? value : info->assumed, shown, sizeof shown);
        if (number > rehearsal->from)
            buffer_printf(text, ", from it %d ", number);
        buffer_puts(text, shown);
        if (!value_present(value) && value_present(info->assumed))
            buffer_puts(text, " (default)");
        last = value;
    }
}

/* The recorded parameters after the last iteration of the rehearsal. */
static const struct value *recorded_end(const struct rehearsal *rehearsal)
{
    const struct run *recorded = rehearsal->recorded;
    int at = rehearsal_at(rehearsal);
    const struct iteration *next = run_iteration(recorded, at + 1);
    if (next && next->param_count == rehearsal->table->count)
        return next->params;
    return !next && recorded->param_count == rehearsal->table->count ? recorded->params : NULL;
}

static void add_path(struct buffer *text, const struct runbook *runbook)
{
    static const struct markdown_column columns[] = {
        {"parameter", MARKDOWN_LEFT}, {"rehearsed", MARKDOWN_LEFT}, {"recorded", MARKDOWN_LEFT}};
    const struct rehearsal *rehearsal = runbook->rehearsal;
    struct markdown_table *table = markdown_table_new(columns, 3);
    size_t rows = 0;
    for (size_t i = 0; i < rehearsal->table->count; i++) {
        struct buffer here = {0}, there = {0};
        path_text(rehearsal, rehearsal->run, (int)i, rehearsal->values, &here);
        path_text(rehearsal, rehearsal->recorded, (int)i, recorded_end(rehearsal), &there);
        const char *a = here.text ? here.text : "n/a", *b = there.text ? there.text : "n/a";
        if (strstr(a, ", from") || strstr(b, ", from")) {
            markdown_cell(table, "%s", rehearsal->table->param[i].name);
            markdown_cell(table, "%s", a);
            markdown_cell(table, "%s", strcmp(a, b) == 0 ? "the same" : b);
            rows++;
        }
        buffer_fini(&here);
        buffer_fini(&there);
    }
    struct buffer drawn = {0};
    markdown_table_end(table, &drawn);
    buffer_puts(text, "\n## Path of the parameters\n\n");
    buffer_puts(text, rows > 0 ? drawn.text : "None moved, neither here nor in the record.\n");
    buffer_fini(&drawn);
}

static void add_guards(struct buffer *text, const struct rehearsal *rehearsal)
{
    size_t met = 0;
    buffer_puts(text, "\n## Guards met\n\n");
    for (int number = rehearsal->from; number <= rehearsal_at(rehearsal); number++) {
        const struct iteration *iteration = run_iteration(rehearsal->run, number);
        if (iteration->freeze_triggered && ++met)
            buffer_printf(text, "- it %d: a freeze starts\n", number);
        for (size_t i = 0; i < iteration->delta_count; i++) {
            const struct delta *delta = &iteration->delta[i];
            if (delta->guard == GUARD_NONE || delta->guard == GUARD_NO_OP)
                continue;
            met++;
            buffer_printf(text, "- it %d: %s%s %s, ", number, guard_name(delta->guard),
                          delta->overridden ? ", overridden," : "", delta->name);
            markdown_add_text(text, delta->note, TEXT_MAX);
            buffer_puts(text, "\n");
        }
    }
    if (met == 0)
        buffer_puts(text, "None.\n");
}

char *runbook_markdown(const struct runbook *runbook)
{
    const struct rehearsal *rehearsal = runbook->rehearsal;
    struct buffer text = {0};
    add_head(&text, runbook);
    add_path(&text, runbook);
    add_guards(&text, rehearsal);
    buffer_puts(&text, "\n## Decisions\n\n");
    if (rehearsal_decisions(rehearsal) == 0)
        buffer_puts(&text, "None yet.\n");
    else
        buffer_puts(&text, "For a run with --approve manual; --iteration keeps a command from the\n"
                           "proposal of another iteration. Look at the lines before each.\n");
    for (int number = rehearsal->from; number <= rehearsal_at(rehearsal); number++)
        add_step(&text, runbook, number);
    return buffer_take(&text);
}
