/* panel_params_rows: the parameters at the moment shown: what the file sets first, then what the
 * tuner assumes. UI thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <stdio.h>

#include "ui/params.h"

enum column {
    COLUMN_PARAM,
    COLUMN_VALUE,
    COLUMN_UNIT,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_STEP,
    COLUMN_DEFAULT,
    COLUMN_FROM,
    COLUMN_IT,
    COLUMN_TIME,
    COLUMN_BY,
    COLUMN_HOW,
    COLUMN_SECTION,
    COLUMNS
};

static const struct row_column columns[COLUMNS] = {
    [COLUMN_PARAM] = {"param", NULL, false},
    [COLUMN_VALUE] = {"value", NULL, true},
    [COLUMN_UNIT] = {"unit", NULL, false},
    [COLUMN_MIN] = {"min", NULL, true},
    [COLUMN_MAX] = {"max", NULL, true},
    [COLUMN_STEP] = {"step", NULL, true},
    [COLUMN_DEFAULT] = {"default", NULL, true},
    [COLUMN_FROM] = {"from", NULL, false},
    [COLUMN_IT] = {"it", NULL, true},
    [COLUMN_TIME] = {"time", NULL, false},
    [COLUMN_BY] = {"by", NULL, false},
    [COLUMN_HOW] = {"how", NULL, false},
    [COLUMN_SECTION] = {"section", NULL, false},
};

static struct value value_in_force(const struct view *view, size_t param)
{
    size_t count = 0;
    const struct value *values = params_shown(view, &count);
    return values != NULL && param < count ? values[param] : value_missing();
}

/* The table's indices: those that are set, then the others. */
static void *prepare(const struct view *view)
{
    size_t total = view->config->params.count, rows = 0;
    size_t *order = mem_resize(NULL, total + 1, sizeof *order);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < total; i++)
            if (value_present(value_in_force(view, i)) == (pass == 0))
                order[rows++] = i;
    return order;
}

size_t panel_params_row(const struct view *view, size_t row)
{
    const size_t *order = rows_prepared(view, PANEL_PARAMS);
    return order[row];
}

static size_t row_count(const struct view *view)
{
    return view->config->params.count;
}

static void fill_change(struct row_cell *cell, enum column column, const struct change *change)
{
    if (column == COLUMN_IT)
        panel_rows_number(cell, change ? value_of(change->after_iteration) : value_missing(), 0);
    else if (change == NULL)
        return;
    else if (column == COLUMN_TIME)
        utc_format(cell->text, change->utc_ms);
    else if (column == COLUMN_BY)
        panel_rows_who(cell->text, sizeof cell->text, change->by);
    else
        panel_rows_text(cell, "%s", change_kind_name(change->kind));
}

static void fill_from(struct row_cell *cell, const struct view *view, size_t index)
{
    bool set = value_present(value_in_force(view, index));
    if (set && params_change_of(view, (int)index) == NULL)
        panel_rows_text(cell, "%s", view->run.has_manifest ? "start" : "file");
    else
        panel_rows_text(cell, "%s", set ? "run" : "default");
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    size_t index = panel_params_row(view, row);
    const struct param *param = &view->config->params.param[index];
    switch ((enum column)column) {
    case COLUMN_PARAM:
        panel_rows_text(cell, "%s", param->name);
        break;
    case COLUMN_VALUE:
        panel_rows_number(cell, value_in_force(view, index), param->decimals);
        break;
    case COLUMN_UNIT:
        panel_rows_text(cell, "%s", param->unit);
        break;
    case COLUMN_MIN:
        panel_rows_number(cell, param->floor, param->decimals);
        break;
    case COLUMN_MAX:
        panel_rows_number(cell, param->cap, param->decimals);
        break;
    case COLUMN_STEP:
        panel_rows_number(cell, param->step, param->decimals);
        break;
    case COLUMN_DEFAULT:
        panel_rows_number(cell, param->assumed, param->decimals);
        break;
    case COLUMN_FROM:
        fill_from(cell, view, index);
        break;
    case COLUMN_IT:
    case COLUMN_TIME:
    case COLUMN_BY:
    case COLUMN_HOW:
        fill_change(cell, (enum column)column, params_change_of(view, (int)index));
        break;
    case COLUMN_SECTION:
        panel_rows_text(cell, "%s", param->section);
        break;
    case COLUMNS:
        break;
    }
}

static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    snprintf(text, size, "%s", view->config->params.param[panel_params_row(view, row)].name);
}

static int row_iteration(const struct view *view, size_t row)
{
    const struct change *change = params_change_of(view, (int)panel_params_row(view, row));
    return change != NULL ? change->after_iteration : 0;
}

const struct row_class panel_params_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
    .iteration = row_iteration,
    .prepare = prepare,
};
