/* handover: see handover.h. */
#include "config.h"

#include "artifact/handover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/text.h"

enum { EVENTS_MAX = 60 };

static void add_safe(struct buffer *text, const char *raw)
{
    char *safe = text_safe_copy(raw);
    for (char *at = safe; *at; at++) /* no cell and no markup of its own */
        if (*at == '|' || *at == '`' || *at == '<')
            *at = '\'';
    buffer_puts(text, safe);
    free(safe);
}

static void add_verdict(struct buffer *text, const struct handover *handover)
{
    const struct judgement *judgement = handover->judgement;
    const struct forecast *forecast = handover->forecast;
    buffer_printf(text, "## Verdict\n\n%s: %d of the last %d pass all four KPIs (%s limits).\n",
                  verdict_name(judgement->verdict), judgement->pass_count, judgement->window,
                  thresholds_name(handover->mock_limits));
    if (judgement->verdict != VERDICT_PASS && forecast->out_of_reach)
        buffer_puts(text, "PASS is out of reach in this run.\n");
    else if (forecast->earliest_pass > handover->number)
        buffer_printf(text, "PASS is possible from iteration %d on.\n", forecast->earliest_pass);
    if (forecast->misses_left >= 0)
        buffer_printf(text, "The last window bears %d more miss%s.\n", forecast->misses_left,
                      forecast->misses_left == 1 ? "" : "es");
}

static void number(char *text, size_t size, struct value value, int decimals)
{
    if (value_present(value))
        snprintf(text, size, "%.*f", decimals, value.number);
    else
        snprintf(text, size, "n/a");
}

static void add_kpis(struct buffer *text, const struct handover *handover)
{
    const struct kpi_limits *limits = thresholds_limits(handover->thresholds,
                                                        handover->mock_limits);
    const struct iteration *now = run_iteration(handover->run, handover->number);
    buffer_puts(text, "\n## KPIs\n\n| KPI | now | mean of the window | limit |\n"
                      "| --- | ---: | ---: | ---: |\n");
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        char value[32], mean[32];
        number(value, sizeof value, now ? iteration_kpi(now, (enum kpi)kpi) : value_missing(),
               info->decimals);
        number(mean, sizeof mean, handover->judgement->kpi[kpi].mean, info->decimals);
        buffer_printf(text, "| %s%s%s | %s | %s | %s %g |\n", info->label, info->unit[0] ? " " : "",
                      info->unit, value, mean,
                      info->larger_is_better ? ">=" : "<=", limits->limit[kpi]);
    }
}

static void add_events(struct buffer *text, const struct handover *handover)
{
    const struct run *run = handover->run;
    size_t from = handover->since_event, end = run->event_count;
    while (end > from && run->event[end - 1].iteration > handover->number)
        end--;
    buffer_printf(text, "\n## What happened%s%s\n\n", handover->since[0] ? ": " : "",
                  handover->since);
    if (end > from + EVENTS_MAX) {
        buffer_printf(text, "(%zu earlier lines are left out)\n\n", end - from - EVENTS_MAX);
        from = end - EVENTS_MAX;
    }
    if (from >= end)
        buffer_puts(text, "Nothing.\n");
    for (size_t i = from; i < end; i++) {
        char utc[UTC_TEXT_MAX];
        utc_format(utc, run->event[i].utc_ms);
        buffer_printf(text, "- %s it %d: ", utc[0] ? utc : "n/a", run->event[i].iteration);
        add_safe(text, run->event[i].text ? run->event[i].text : "");
        buffer_puts(text, "\n");
    }
}

static void add_open(struct buffer *text, const struct handover *handover)
{
    const struct run *run = handover->run;
    buffer_puts(text, "\n## Open decisions\n\n");
    if (!run->has_pending)
        buffer_puts(text, "None.\n");
    for (size_t i = 0; run->has_pending && i < run->pending.count; i++) {
        const struct delta *delta = &run->pending.delta[i];
        buffer_printf(text, "- it %d ", run->pending.iteration);
        add_safe(text, delta->name);
        buffer_printf(text, " %g -> %g: %s", delta->now, delta->after,
                      delta_state_name(delta->state));
        if (delta->guard != GUARD_NONE)
            buffer_printf(text, " (%s)", guard_name(delta->guard));
        buffer_puts(text, "\n");
    }
}

static void add_bookmarks(struct buffer *text, const struct handover *handover)
{
    size_t shown = 0;
    buffer_puts(text, "\n## Bookmarks\n\n");
    for (size_t i = 0; i < handover->bookmarks->count; i++) {
        const struct bookmark *bookmark = &handover->bookmarks->item[i];
        if (strcmp(bookmark->run, handover->run->id) != 0)
            continue;
        shown++;
        buffer_printf(text, "- it %d ", bookmark->iteration);
        add_safe(text, bookmark->note);
        buffer_puts(text, "\n");
    }
    if (shown == 0)
        buffer_puts(text, "None.\n");
}

char *handover_text(const struct handover *handover)
{
    const struct run *run = handover->run;
    struct buffer text = {0};
    char utc[UTC_TEXT_MAX];
    utc_format(utc, handover->now_ms);
    buffer_puts(&text, "# Handover: ");
    add_safe(&text, run->id[0] ? run->id : run->directory);
    buffer_printf(&text, "\n\nWritten %s by ", utc);
    add_safe(&text, handover->by[0] ? handover->by : "n/a");
    buffer_printf(&text, ". Iteration %d", handover->number);
    if (run->planned > 0)
        buffer_printf(&text, " of %d", run->planned);
    buffer_printf(&text, ", %s, source %s, decisions %s.\n\n", run_state_name(run->state),
                  run_source_name(run->source), approve_mode_name(run->mode));
    add_verdict(&text, handover);
    add_kpis(&text, handover);
    add_open(&text, handover);
    add_events(&text, handover);
    add_bookmarks(&text, handover);
    return buffer_take(&text);
}
