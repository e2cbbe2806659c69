/* panel_guards_rows: the guards, as they are after the iteration shown. UI thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <stdio.h>

#include "model/guard.h"

enum column { COLUMN_GUARD, COLUMN_STATE, COLUMN_UNTIL, COLUMN_LAST, COLUMN_SEES, COLUMNS };

static const struct row_column columns[COLUMNS] = {
    [COLUMN_GUARD] = {"guard", NULL, false}, [COLUMN_STATE] = {"state", NULL, false},
    [COLUMN_UNTIL] = {"until", "it", true},  [COLUMN_LAST] = {"last", "it", true},
    [COLUMN_SEES] = {"sees", NULL, false},
};

static void *prepare(const struct view *view)
{
    struct guard_status *status = mem_alloc(GUARD_COUNT * sizeof *status);
    guard_status_fill(status, &view->run, view_number(view), &view->config->policy,
                      &view->config->params);
    return status;
}

static size_t row_count(const struct view *view)
{
    (void)view;
    return GUARD_COUNT - 1;
}

const struct guard_status *panel_guards_row(const struct view *view, size_t row)
{
    const struct guard_status *status = rows_prepared(view, PANEL_GUARDS);
    return &status[row + 1];
}

static void fill_iteration(struct row_cell *cell, int number)
{
    panel_rows_number(cell, number > 0 ? value_of(number) : value_missing(), 0);
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    const struct guard_status *status = panel_guards_row(view, row);
    switch ((enum column)column) {
    case COLUMN_GUARD:
        panel_rows_text(cell, "%s", guard_name(status->guard));
        break;
    case COLUMN_STATE:
        panel_rows_text(cell, "%s", status->active ? "ON" : "off");
        break;
    case COLUMN_UNTIL:
        fill_iteration(cell, status->clears_at);
        break;
    case COLUMN_LAST:
        fill_iteration(cell, status->last_at);
        break;
    case COLUMN_SEES:
        panel_rows_text(cell, "%s", status->text);
        break;
    case COLUMNS:
        break;
    }
}

static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    snprintf(text, size, "%s", guard_name(panel_guards_row(view, row)->guard));
}

static int row_iteration(const struct view *view, size_t row)
{
    return panel_guards_row(view, row)->last_at;
}

const struct row_class panel_guards_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
    .iteration = row_iteration,
    .prepare = prepare,
};
