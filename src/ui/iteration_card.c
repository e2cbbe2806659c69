/* iteration_card: see iteration_card.h. What the report did not give is n/a. UI thread; pure. */
#include "config.h"

#include "ui/iteration_card.h"

#include <stdio.h>

enum { TEXT_MAX = 400, LABEL_WIDTH = 8, VALUE_TEXT_MAX = 24 };

typedef void card_text(const struct iteration *iteration, char *text, size_t size);

/* Appends FORMAT's text at *LENGTH of TEXT. */
static void append(char *text, size_t size, size_t *length, const char *name, const char *value)
{
    if (*length < size)
        *length += (size_t)snprintf(text + *length, size - *length, "%s%s %s",
                                    *length > 0 ? ", " : "", name, value);
}

static void append_value(char *text, size_t size, size_t *length, const char *name,
                         struct value value)
{
    char number[VALUE_TEXT_MAX] = "n/a";
    if (value_present(value))
        snprintf(number, sizeof number, "%.4g%s", value.number,
                 value.state == VALUE_SYNTHETIC ? " (made up)" : "");
    append(text, size, length, name, number);
}

static void verdict_text(const struct iteration *iteration, char *text, size_t size)
{
    char utc[UTC_TEXT_MAX];
    utc_format(utc, iteration->utc_ms);
    const struct summary *summary = &iteration->summary;
    size_t length = (size_t)snprintf(text, size, "it %d %s %s", iteration->number,
                                     verdict_name(summary->kpi_verdict), utc);
    for (size_t i = 0; i < summary->reason_count && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s", i > 0 ? ", " : ": ",
                                   summary->reason[i]);
}

static void kpi_text(const struct iteration *iteration, char *text, size_t size)
{
    size_t length = 0;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        append_value(text, size, &length, kpi_table[kpi].label, iteration->summary.kpi[kpi]);
    append(text, size, &length, "maker/taker from",
           maker_taker_source_name(iteration->summary.maker_taker_source));
}

static void edge_text(const struct iteration *iteration, char *text, size_t size)
{
    const struct summary *summary = &iteration->summary;
    size_t length = 0;
    append_value(text, size, &length, "gross", summary->gross_bps);
    append_value(text, size, &length, "fees", summary->fees_eff_bps);
    append_value(text, size, &length, "slippage", summary->slippage_bps);
    append_value(text, size, &length, "adverse", summary->adverse_bps);
    append_value(text, size, &length, "inventory", summary->inventory_bps);
    append_value(text, size, &length, "p95 adverse", summary->adverse_bps_p95);
    append_value(text, size, &length, "p95 slippage", summary->slippage_bps_p95);
}

static void blocks_text(const struct iteration *iteration, char *text, size_t size)
{
    const struct summary *summary = &iteration->summary;
    size_t length = 0;
    append_value(text, size, &length, "min_interval", summary->min_interval_ratio);
    append_value(text, size, &length, "concurrency", summary->concurrency_ratio);
    append_value(text, size, &length, "order age p95", summary->order_age_p95_ms);
    for (size_t i = 0; i < summary->driver_count; i++)
        append(text, size, &length, "driver", summary->driver[i]);
}

static void tuner_text(const struct iteration *iteration, char *text, size_t size)
{
    const char *rationale = iteration->rationale ? iteration->rationale : "";
    const char *note = iteration->skip_note ? iteration->skip_note : "";
    snprintf(text, size, "%s%s%s%s", rationale, rationale[0] && note[0] ? "; " : "", note,
             iteration->freeze_triggered ? "; a freeze starts" : "");
}

static void params_text(const struct iteration *iteration, char *text, size_t size)
{
    bool changed = iteration->state_hash[0] != '\0';
    snprintf(text, size, "ran with %.6s%s%.6s",
             iteration->signature[0] ? iteration->signature : "n/a",
             changed ? ", after its decision " : "", iteration->state_hash);
}

static void fault_text(const struct iteration *iteration, char *text, size_t size)
{
    snprintf(text, size, "it %d %s: %s", iteration->number,
             iteration->state == ITERATION_FAILED ? "failed" : "is missing",
             iteration->error ? iteration->error : "no reason given");
}

static const struct {
    const char *label;
    card_text *text;
    bool valid_only;
} rows[] = {
    {"fault", fault_text, false},   {"verdict", verdict_text, true}, {"kpis", kpi_text, true},
    {"tuner", tuner_text, true},    {"edge", edge_text, true},       {"blocks", blocks_text, true},
    {"params", params_text, false},
};

void iteration_card_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct iteration *iteration = view_iteration(view);
    int y = area.y;
    if (iteration == NULL)
        return;
    bool valid = iteration_valid(iteration);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && y < area.y + area.height; i++) {
        char text[TEXT_MAX] = "";
        if (rows[i].valid_only != valid && rows[i].text != params_text)
            continue;
        rows[i].text(iteration, text, sizeof text);
        if (text[0] == '\0')
            continue;
        struct rect row = {area.x, y++, area.width, 1};
        canvas_text(canvas, row, row.x + 1, row.y, STYLE_DIM, rows[i].label);
        canvas_text_cut(canvas, row, row.x + 1 + LABEL_WIDTH, row.y,
                        valid ? STYLE_TEXT : STYLE_ALERT, text);
    }
}
