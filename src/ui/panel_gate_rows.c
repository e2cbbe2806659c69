/* panel_gate_rows: the checks of the last gate; before there is one, those of the verdict so far.
 * UI thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <stdio.h>

enum column { COLUMN_CHECK, COLUMN_STATE, COLUMN_VALUE, COLUMN_LIMIT, COLUMN_OF, COLUMNS };

static const struct row_column columns[COLUMNS] = {
    [COLUMN_CHECK] = {"check", NULL, false}, [COLUMN_STATE] = {"state", NULL, false},
    [COLUMN_VALUE] = {"value", NULL, false}, [COLUMN_LIMIT] = {"limit", NULL, false},
    [COLUMN_OF] = {"of", NULL, false},
};

static const struct judgement *judgement_of(const struct view *view)
{
    return view->gate != NULL ? &view->gate->judgement : &view->judgement;
}

static size_t row_count(const struct view *view)
{
    return view->run.count > 0 ? judgement_of(view)->check_count : 0;
}

const struct gate_check *panel_gate_row(const struct view *view, size_t row)
{
    return &judgement_of(view)->check[row];
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    const struct judgement *judgement = judgement_of(view);
    const struct gate_check *check = &judgement->check[row];
    switch ((enum column)column) {
    case COLUMN_CHECK:
        panel_rows_text(cell, "%s", check->name);
        break;
    case COLUMN_STATE:
        panel_rows_text(cell, "%s", check->passed ? "PASS" : check->decides ? "FAIL" : "note");
        break;
    case COLUMN_VALUE:
        panel_rows_text(cell, "%s", check->value);
        break;
    case COLUMN_LIMIT:
        panel_rows_text(cell, "%s", check->limit);
        break;
    case COLUMN_OF:
        panel_rows_text(cell, "%s%s", judgement->mock ? "MOCK " : "",
                        view->gate != NULL ? "last gate" : "so far");
        break;
    case COLUMNS:
        break;
    }
}

static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    snprintf(text, size, "%s", panel_gate_row(view, row)->name);
}

const struct row_class panel_gate_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
};
