/* panel_journal_rows: the log of the run up to the moment shown, oldest first. UI thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <stdio.h>

enum column { COLUMN_TIME, COLUMN_IT, COLUMN_EVENT, COLUMN_TEXT, COLUMNS };

static const struct row_column columns[COLUMNS] = {
    [COLUMN_TIME] = {"time", NULL, false},
    [COLUMN_IT] = {"it", NULL, true},
    [COLUMN_EVENT] = {"event", NULL, false},
    [COLUMN_TEXT] = {"text", NULL, false},
};

static size_t row_count(const struct view *view)
{
    const struct run *run = &view->run;
    size_t known = run->event_count;
    if (view->mode == VIEW_LIVE || view->at == 0)
        return known;
    while (known > 0 && run->event[known - 1].iteration > view_number(view))
        known--;
    return known;
}

const struct run_event *panel_journal_row(const struct view *view, size_t row)
{
    return &view->run.event[row];
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    const struct run_event *event = panel_journal_row(view, row);
    switch ((enum column)column) {
    case COLUMN_TIME:
        utc_format(cell->text, event->utc_ms);
        break;
    case COLUMN_IT:
        panel_rows_number(cell, event->iteration > 0 ? value_of(event->iteration) : value_missing(),
                          0);
        break;
    case COLUMN_EVENT:
        panel_rows_text(cell, "%s", event_kind_name(event->kind));
        break;
    case COLUMN_TEXT:
        panel_rows_text(cell, "%s", event->text != NULL ? event->text : "");
        break;
    case COLUMNS:
        break;
    }
}

/* Events are only ever added at the end. */
static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    (void)view;
    snprintf(text, size, "event %zu", row + 1);
}

static int row_iteration(const struct view *view, size_t row)
{
    return panel_journal_row(view, row)->iteration;
}

const struct row_class panel_journal_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
    .iteration = row_iteration,
    .follows = true,
};
