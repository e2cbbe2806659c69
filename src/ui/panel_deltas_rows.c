/* panel_deltas_rows: every line of every proposal up to the moment shown, the newest proposal
 * first. The cursor is the selected line of the proposal shown, or an earlier line by its key. UI
 * thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/deltas.h"

enum column {
    COLUMN_IT,
    COLUMN_STATE,
    COLUMN_PARAM,
    COLUMN_NOW,
    COLUMN_AFTER,
    COLUMN_CHANGE,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_GUARD,
    COLUMN_CLEARS,
    COLUMN_RULE,
    COLUMN_BY,
    COLUMN_NOTE,
    COLUMN_WHY,
    COLUMNS
};

static const struct row_column columns[COLUMNS] = {
    [COLUMN_IT] = {"it", NULL, true},        [COLUMN_STATE] = {"state", NULL, false},
    [COLUMN_PARAM] = {"param", NULL, false}, [COLUMN_NOW] = {"now", NULL, true},
    [COLUMN_AFTER] = {"after", NULL, true},  [COLUMN_CHANGE] = {"change", NULL, true},
    [COLUMN_MIN] = {"min", NULL, true},      [COLUMN_MAX] = {"max", NULL, true},
    [COLUMN_GUARD] = {"guard", NULL, false}, [COLUMN_CLEARS] = {"clears", "it", true},
    [COLUMN_RULE] = {"rule", NULL, false},   [COLUMN_BY] = {"by", NULL, false},
    [COLUMN_NOTE] = {"note", NULL, false},   [COLUMN_WHY] = {"why", NULL, false},
};

struct place {
    int iteration, line;
};

struct places {
    size_t count;
    struct place place[];
};

/* Iteration that the lines begin with: the one that waits, else the one shown. */
static int newest(const struct view *view)
{
    return view_pending(view) ? view->run.pending.iteration : view_number(view);
}

static size_t lines_of(const struct view *view, int number, const struct delta **lines)
{
    const struct iteration *iteration = run_iteration(&view->run, number);
    if (view_pending(view) && number == view->run.pending.iteration) {
        *lines = view->run.pending.delta;
        return view->run.pending.count;
    }
    *lines = iteration != NULL ? iteration->delta : NULL;
    return iteration != NULL ? iteration->delta_count : 0;
}

static void *prepare(const struct view *view)
{
    const struct delta *lines;
    size_t total = 0;
    for (int number = newest(view); number > 0; number--)
        total += lines_of(view, number, &lines);
    struct places *places = mem_alloc(sizeof *places + total * sizeof *places->place);
    for (int number = newest(view); number > 0; number--) {
        int count = (int)lines_of(view, number, &lines);
        for (int line = 0; line < count; line++)
            places->place[places->count++] = (struct place){number, line};
    }
    return places;
}

static size_t row_count(const struct view *view)
{
    const struct places *places = rows_prepared(view, PANEL_DELTAS);
    return places->count;
}

const struct delta *panel_deltas_row(const struct view *view, size_t row, int *iteration)
{
    const struct places *places = rows_prepared(view, PANEL_DELTAS);
    const struct delta *lines;
    lines_of(view, places->place[row].iteration, &lines);
    *iteration = places->place[row].iteration;
    return &lines[places->place[row].line];
}

static void fill_number(struct row_cell *cell, const struct param *param, double number)
{
    panel_rows_number(cell, value_of(number), param != NULL ? param->decimals : -1);
}

static void fill_bound(struct row_cell *cell, const struct param *param, bool cap)
{
    struct value bound = param == NULL ? value_missing() : cap ? param->cap : param->floor;
    panel_rows_number(cell, bound, param != NULL ? param->decimals : -1);
}

static void fill_by(struct row_cell *cell, const struct view *view, int number)
{
    const struct iteration *iteration = run_iteration(&view->run, number);
    if (iteration != NULL)
        panel_rows_who(cell->text, sizeof cell->text, iteration->decided_by);
}

static void fill_cell(const struct view *view, size_t row, size_t column, struct row_cell *cell)
{
    int number;
    const struct delta *delta = panel_deltas_row(view, row, &number);
    const struct param *param = deltas_param(view, delta);
    switch ((enum column)column) {
    case COLUMN_IT:
        panel_rows_number(cell, value_of(number), 0);
        break;
    case COLUMN_STATE:
        panel_rows_text(cell, "%s", delta_state_name(deltas_state(view, delta, number)));
        break;
    case COLUMN_PARAM:
        panel_rows_text(cell, "%s", delta->name);
        break;
    case COLUMN_NOW:
        fill_number(cell, param, delta->now);
        break;
    case COLUMN_AFTER:
        fill_number(cell, param, delta->after);
        break;
    case COLUMN_CHANGE:
        fill_number(cell, param, delta->after - delta->now);
        break;
    case COLUMN_MIN:
        fill_bound(cell, param, false);
        break;
    case COLUMN_MAX:
        fill_bound(cell, param, true);
        break;
    case COLUMN_GUARD:
        panel_rows_text(cell, "%s", guard_name(delta->guard));
        break;
    case COLUMN_CLEARS:
        panel_rows_number(cell, delta->clears_at > 0 ? value_of(delta->clears_at) : value_missing(),
                          0);
        break;
    case COLUMN_RULE:
        panel_rows_text(cell, "%s", rule_name(delta->rule));
        break;
    case COLUMN_BY:
        fill_by(cell, view, number);
        break;
    case COLUMN_NOTE:
        panel_rows_text(cell, "%s", delta->note);
        break;
    case COLUMN_WHY:
        panel_rows_text(cell, "%s", delta->why);
        break;
    case COLUMNS:
        break;
    }
}

static void row_key(const struct view *view, size_t row, char *text, size_t size)
{
    int number;
    const struct delta *delta = panel_deltas_row(view, row, &number);
    snprintf(text, size, "%d %s", number, delta->name);
}

static int row_iteration(const struct view *view, size_t row)
{
    int number;
    panel_deltas_row(view, row, &number);
    return number;
}

static size_t first_row(const struct places *places, int iteration)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->place[middle].iteration > iteration)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The row of line NAME of ITERATION; -1: there is none. */
static int find_row(const struct view *view, int iteration, const char *name)
{
    const struct places *places = rows_prepared(view, PANEL_DELTAS);
    for (size_t row = first_row(places, iteration);
         row < places->count && places->place[row].iteration == iteration; row++) {
        int number;
        if (strcmp(panel_deltas_row(view, row, &number)->name, name) == 0)
            return (int)row;
    }
    return -1;
}

/* An earlier line by its key, else the selected one of the proposal shown. */
static int row_at(const struct view *view)
{
    const char *key = view->list[PANEL_DELTAS].selected, *name = strchr(key, ' ');
    int row = -1;
    if (name != NULL)
        row = find_row(view, atoi(key), name + 1);
    if (row < 0)
        row = find_row(view, deltas_iteration(view), view->selected);
    return row >= 0 ? row : row_count(view) > 0 ? 0 : -1;
}

static unsigned row_go(struct view *view, size_t row)
{
    struct row_list *list = &view->list[PANEL_DELTAS];
    int number;
    const struct delta *delta = panel_deltas_row(view, row, &number);
    list->selected[0] = '\0';
    if (number == deltas_iteration(view))
        memcpy(view->selected, delta->name, sizeof view->selected);
    else
        row_key(view, row, list->selected, sizeof list->selected);
    return REACT_REDRAW;
}

const struct row_class panel_deltas_list = {
    .column = columns,
    .columns = COLUMNS,
    .count = row_count,
    .cell = fill_cell,
    .key = row_key,
    .iteration = row_iteration,
    .at = row_at,
    .go = row_go,
    .prepare = prepare,
};
