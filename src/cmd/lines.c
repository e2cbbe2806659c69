/* lines: see lines.h. Invariant: a value that is missing reads n/a, a made-up one has a ~. */
#include "config.h"
#include "cmd/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/twin.h"
#include "cmd/delta_text.h"
#include "model/text.h"

int line_form_read(enum line_form *form, const struct command_line *line, struct error *err)
{
    bool json = option_given(line, "--json"), plain = option_given(line, "--plain");
    *form = json ? LINE_JSON : plain ? LINE_PLAIN : LINE_TABLE;
    if (json && plain)
        return error_set(err, ERROR_USAGE, "--json and --plain exclude each other");
    return 0;
}

bool line_colour_wanted(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    bool refused = no && *no;
    return !refused && isatty(STDOUT_FILENO) == 1 && term && strcmp(term, "dumb") != 0;
}

static void add_safe(struct buffer *out, const char *text)
{
    char *safe = text_safe_copy(text);
    buffer_puts(out, safe);
    free(safe);
}

/* "0.300", "0.600~" (made up), "n/a" */
static void format_kpi(const struct iteration *iteration, enum kpi kpi, char *text, size_t size)
{
    struct value value = iteration_kpi(iteration, kpi);
    if (!value_present(value))
        snprintf(text, size, "n/a");
    else
        snprintf(text, size, "%.*f%s", kpi_table[kpi].decimals, value.number,
                 value.state == VALUE_SYNTHETIC ? "~" : "");
}

static const char *colour_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
        return "\033[36m";
    case VERDICT_WARN:
        return "\033[33m";
    case VERDICT_FAIL:
        return "\033[35m";
    default:
        return "";
    }
}

static enum verdict shown_verdict(const struct iteration *iteration)
{
    if (iteration->state == ITERATION_FAILED)
        return VERDICT_FAIL;
    return iteration_valid(iteration) ? iteration->summary.kpi_verdict : VERDICT_NONE;
}

static void add_verdict(struct buffer *out, const struct line_style *style, enum verdict verdict)
{
    const char *colour = style->colour ? colour_of(verdict) : "";
    buffer_printf(out, "%s%-4s%s", colour, verdict_name(verdict), *colour ? "\033[0m" : "");
}

static void add_reason(struct buffer *out, const struct iteration *iteration,
                       const struct delta *delta)
{
    char reason[DELTA_NOTE_MAX + 32];
    if (delta_text_was_written(delta))
        return;
    delta_text_reason(delta, iteration, reason, sizeof reason);
    if (!*reason)
        return;
    buffer_puts(out, " (");
    add_safe(out, reason);
    buffer_puts(out, ")");
}

/* "  applied a 1 -> 2, b 3 -> 4; blocked c 5 -> 6 (velocity ...)" */
static void add_deltas(struct buffer *out, const struct line_style *style,
                       const struct iteration *iteration)
{
    const char *fate = "";
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        char now[32], after[32];
        delta_text_number(delta, delta->now, style->params, now, sizeof now);
        delta_text_number(delta, delta->after, style->params, after, sizeof after);
        if (strcmp(fate, delta_text_fate(delta)) == 0)
            buffer_puts(out, ", ");
        else
            buffer_printf(out, "%s%s ", i == 0 ? "  " : "; ", delta_text_fate(delta));
        fate = delta_text_fate(delta);
        add_safe(out, delta->name);
        buffer_printf(out, " %s -> %s", now, after);
        add_reason(out, iteration, delta);
    }
}

static void add_number(struct buffer *out, const struct line_style *style, int number)
{
    int last = style->planned > 0 ? style->planned : style->last;
    int width = last > 0 ? snprintf(NULL, 0, "%d", last) : 4;
    buffer_printf(out, "it %*d", width, number);
    if (style->planned > 0)
        buffer_printf(out, "/%d", style->planned);
}

static void add_table_line(struct buffer *out, const struct line_style *style,
                           const struct iteration *iteration)
{
    char kpi[KPI_COUNT][32];
    for (int k = 0; k < KPI_COUNT; k++)
        format_kpi(iteration, (enum kpi)k, kpi[k], sizeof kpi[k]);
    add_number(out, style, iteration->number);
    buffer_printf(out, "  risk %6s  maker/taker %6s  net %6s bps  p95 %6s ms  ", kpi[KPI_RISK],
                  kpi[KPI_MAKER_TAKER], kpi[KPI_NET], kpi[KPI_P95]);
    add_verdict(out, style, shown_verdict(iteration));
    if (!iteration_valid(iteration)) {
        buffer_puts(out, iteration->state == ITERATION_FAILED ? "  failed: " : "  gap: ");
        add_safe(out, iteration->error ? iteration->error : "no reason is recorded");
    }
    add_deltas(out, style, iteration);
    if (iteration->freeze_triggered)
        buffer_printf(out, "  freeze (%s)", iteration->freeze_reason);
    buffer_puts(out, "\n");
}

static void add_kpi_sentence(struct buffer *out, const struct line_style *style,
                             const struct iteration *iteration)
{
    char kpi[KPI_COUNT][32];
    for (int k = 0; k < KPI_COUNT; k++)
        format_kpi(iteration, (enum kpi)k, kpi[k], sizeof kpi[k]);
    buffer_printf(out, "Iteration %d", iteration->number);
    if (style->planned > 0)
        buffer_printf(out, " of %d", style->planned);
    if (!iteration_valid(iteration)) {
        buffer_puts(out, iteration->state == ITERATION_FAILED ? " failed: " : " is missing: ");
        add_safe(out, iteration->error ? iteration->error : "no reason is recorded");
        buffer_puts(out, ".\n");
        return;
    }
    buffer_printf(out,
                  " is %s: risk ratio %s, maker/taker %s, net %s bps, 95th percentile of latency "
                  "%s ms.\n",
                  verdict_name(shown_verdict(iteration)), kpi[KPI_RISK], kpi[KPI_MAKER_TAKER],
                  kpi[KPI_NET], kpi[KPI_P95]);
}

/* "tail_age_ms goes from 600 to 630." or "tail_age_ms stays at 600: 630 was blocked (why)." */
static void add_delta_sentence(struct buffer *out, const struct line_style *style,
                               const struct iteration *iteration, const struct delta *delta)
{
    char now[32], after[32];
    delta_text_number(delta, delta->now, style->params, now, sizeof now);
    delta_text_number(delta, delta->after, style->params, after, sizeof after);
    add_safe(out, delta->name);
    if (delta_text_was_written(delta)) {
        bool back = delta->state == DELTA_ROLLED_BACK;
        buffer_printf(out, " goes from %s to %s%s.\n", now, after,
                      back ? "; that was rolled back later" : "");
        return;
    }
    buffer_printf(out, " stays at %s: %s was %s", now, after, delta_text_fate(delta));
    add_reason(out, iteration, delta);
    buffer_puts(out, ".\n");
}

static void add_sentences(struct buffer *out, const struct line_style *style,
                          const struct iteration *iteration)
{
    add_kpi_sentence(out, style, iteration);
    for (size_t i = 0; i < iteration->delta_count; i++)
        add_delta_sentence(out, style, iteration, &iteration->delta[i]);
    if (iteration->freeze_triggered)
        buffer_printf(out, "A freeze starts (%s).\n", iteration->freeze_reason);
}

int line_iteration(struct buffer *out, const struct line_style *style,
                   const struct iteration *iteration, struct error *err)
{
    if (style->form == LINE_TABLE)
        add_table_line(out, style, iteration);
    else if (style->form == LINE_PLAIN)
        add_sentences(out, style, iteration);
    else {
        char *text = twin_iteration(iteration, style->params, err);
        if (!text)
            return -1;
        buffer_puts(out, text);
        free(text);
    }
    return 0;
}
