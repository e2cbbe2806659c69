/* panel_kpis_rows: the iterations, oldest first. The cursor is the iteration shown. UI thread;
 * pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <stdio.h>

#include "ui/rails.h"

enum column {
    COLUMN_IT,
    COLUMN_TIME,
    COLUMN_VERDICT,
    COLUMN_MAKER_TAKER,
    COLUMN_P95,
    COLUMN_RISK,
    COLUMN_NET,
    COLUMN_EVENTS,
    COLUMN_APPLIED,
    COLUMN_LINES,
    COLUMN_SKIPPED,
    COLUMN_BY,
    COLUMN_NOTE,
    COLUMNS
};

static const struct row_column columns[COLUMNS] = {
    [COLUMN_IT] = {"it", NULL, true},
    [COLUMN_TIME] = {"time", NULL, false},
    [COLUMN_VERDICT] = {"verdict", NULL, false},
    [COLUMN_MAKER_TAKER] = {"maker_taker", NULL, true},
    [COLUMN_P95] = {"p95_ms", "ms", true},
    [COLUMN_RISK] = {"risk", NULL, true},
    [COLUMN_NET] = {"net", "bps", true},
    [COLUMN_EVENTS] = {"events", NULL, false},
    [COLUMN_APPLIED] = {"applied", NULL, true},
    [COLUMN_LINES] = {"lines", NULL, true},
    [COLUMN_SKIPPED] = {"skipped", NULL, false},
    [COLUMN_BY] = {"by", NULL, false},
    [COLUMN_NOTE] = {"note", NULL, false},
};

static const struct iteration *iteration_of(const struct view *view, size_t row)
{
    return run_iteration(&view->run, (int)row + 1);
}

static size_t row_count(const struct view *view)
{
    return (size_t)view_count(view);
}

static void fill_events(struct row_cell *cell, const struct iteration *iteration)
{
    const char *word = "";
    char letter = rail_event_letter(iteration);
    switch (letter) {
    case 'A':
        word = " applied";
        break;
    case 'r':
        word = " rolled back";
        break;
    case 'x':
        word = " rejected";
        break;
    case '?':
        word = " waits";
        break;
    case 'V':
        word = " velocity";
        break;
    case 'O':
        word = " oscillation";
        break;
    case 'C':
        word = " cooldown";
        break;
    case 'Z':
        word = " freeze";
        break;
    default:
        break;
    }
    panel_rows_text(cell, "%c%s", letter, word);
}

static void fill_verdict(struct row_cell *cell, const struct iteration *iteration)
{
    static const char *const words[] = {"", "failed", "missing"};
    if (iteration->state != ITERATION_OK)
        panel_rows_text(cell, "%s", words[iteration->state]);
    else
        panel_rows_text(cell, "%s", verdict_name(iteration->summary.kpi_verdict));
}

/* Lines that were written. */
static int applied(const struct iteration *iteration)
{
    int lines = 0;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        enum delta_state state = iteration->delta[i].state;
        lines += state == DELTA_APPLIED || state == DELTA_VERIFIED || state == DELTA_ROLLED_BACK;
    }
    return lines;
}

static void fill_skipped(struct row_cell *cell, unsigned skip)
{
    size_t length = 0;
    for (int bit = 0; bit < SKIP_FLAG_COUNT; bit++)
        if (skip & 1u << bit && length < sizeof cell->text)
            length += (size_t)snprintf(cell->text + length, sizeof cell->text - length, "%s%s",
                                       length > 0 ? " " : "", skip_flag_names[bit]);
}

static void fill_note(struct row_cell *cell, const struct iteration *iteration)
{
    const char *note = iteration->state != ITERATION_OK ? iteration->error : iteration->rationale;
    panel_rows_text(cell, "%s", note != NULL ? note : "");
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    const struct iteration *iteration = iteration_of(view, row);
    static const enum kpi kpis[COLUMNS] = {[COLUMN_MAKER_TAKER] = KPI_MAKER_TAKER,
                                           [COLUMN_P95] = KPI_P95,
                                           [COLUMN_RISK] = KPI_RISK,
                                           [COLUMN_NET] = KPI_NET};
    switch ((enum column)column) {
    case COLUMN_IT:
        panel_rows_number(cell, value_of(iteration->number), 0);
        break;
    case COLUMN_TIME:
        utc_format(cell->text, iteration->utc_ms);
        break;
    case COLUMN_VERDICT:
        fill_verdict(cell, iteration);
        break;
    case COLUMN_MAKER_TAKER:
    case COLUMN_P95:
    case COLUMN_RISK:
    case COLUMN_NET:
        panel_rows_number(cell, iteration_kpi(iteration, kpis[column]),
                          kpi_table[kpis[column]].decimals);
        break;
    case COLUMN_EVENTS:
        fill_events(cell, iteration);
        break;
    case COLUMN_APPLIED:
        panel_rows_number(cell, value_of(applied(iteration)), 0);
        break;
    case COLUMN_LINES:
        panel_rows_number(cell, value_of((double)iteration->delta_count), 0);
        break;
    case COLUMN_SKIPPED:
        fill_skipped(cell, iteration->skip);
        break;
    case COLUMN_BY:
        panel_rows_who(cell->text, sizeof cell->text, iteration->decided_by);
        break;
    case COLUMN_NOTE:
        fill_note(cell, iteration);
        break;
    case COLUMNS:
        break;
    }
}

static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    (void)view;
    snprintf(text, size, "it %zu", row + 1);
}

static int row_iteration(const struct view *view, size_t row)
{
    (void)view;
    return (int)row + 1;
}

static int row_at(const struct view *view)
{
    return view_number(view) - 1;
}

/* Going to the newest of a live view does not freeze it. */
static unsigned row_go(struct view *view, size_t row)
{
    int number = (int)row + 1;
    if (view->mode == VIEW_LIVE && number == view_count(view))
        return REACT_NONE;
    return view_show(view, number);
}

const struct row_class panel_kpis_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
    .iteration = row_iteration,
    .at = row_at,
    .go = row_go,
    .timeless = true,
};
