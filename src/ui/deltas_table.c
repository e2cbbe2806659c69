/* deltas_table: see deltas_table.h. UI thread; pure. */
#include "config.h"

#include "ui/deltas_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/deltas.h"
#include "ui/deltas_past.h"
#include "ui/dialog.h"

static const struct {
    const char *name;
    bool right; /* numbers */
    int drop;   /* order in which columns are left out; 0: never */
} columns[COLUMN_COUNT] = {
    [COLUMN_BOX] = {"", false, 0},        [COLUMN_STATE] = {"state", false, 0},
    [COLUMN_PARAM] = {"param", false, 0}, [COLUMN_NOW] = {"now", true, 4},
    [COLUMN_AFTER] = {"after", true, 0},  [COLUMN_CHANGE] = {"change", true, 3},
    [COLUMN_PERCENT] = {"", true, 1},     [COLUMN_LIMITS] = {"limits", false, 2},
    [COLUMN_GUARD] = {"guard", false, 5},
};
enum { DROPS = 5, LEAD = 2 /* mark and cursor */ };

static enum style state_style(enum delta_state state)
{
    switch (state) {
    case DELTA_APPROVED:
    case DELTA_EDITED:
        return STYLE_PASS;
    case DELTA_APPLIED:
    case DELTA_VERIFIED:
        return STYLE_APPLIED;
    case DELTA_BLOCKED:
    case DELTA_HELD:
        return STYLE_WARN;
    case DELTA_REJECTED:
    case DELTA_ROLLED_BACK:
        return STYLE_EVENT;
    case DELTA_DIVERGED:
        return STYLE_FAIL;
    case DELTA_PROPOSED:
        return STYLE_BOLD;
    case DELTA_DECLINED:
    case DELTA_SUPERSEDED:
    case DELTA_STATE_COUNT:
        break;
    }
    return STYLE_DIM;
}

static const char *box_of(enum delta_state state)
{
    switch (state) {
    case DELTA_APPROVED:
    case DELTA_EDITED:
    case DELTA_APPLIED:
    case DELTA_VERIFIED:
    case DELTA_DIVERGED:
        return "[x]";
    case DELTA_REJECTED:
    case DELTA_DECLINED:
    case DELTA_ROLLED_BACK:
        return "[-]";
    case DELTA_BLOCKED:
    case DELTA_HELD:
        return "[!]";
    case DELTA_PROPOSED:
    case DELTA_SUPERSEDED:
    case DELTA_STATE_COUNT:
        break;
    }
    return "[ ]";
}

/* Zeros at the end of a fraction that NUMBER has after DECIMALS digits. */
static int spare_zeros(double number, int decimals)
{
    char text[DELTAS_CELL_MAX];
    int length = snprintf(text, sizeof text, "%.*f", decimals, number), zeros = 0;
    while (zeros < decimals && text[length - 1 - zeros] == '0')
        zeros++;
    return zeros;
}

/* Value, value after and change; "n/a" for what an older file does not tell. As few decimals as
 * show both values in full: 0.09 and 0.085 take three. */
static void fill_values(struct deltas_row *row, const struct delta *delta, int decimals)
{
    if (!isfinite(delta->after)) {
        snprintf(row->cell[COLUMN_AFTER], DELTAS_CELL_MAX, "n/a");
    } else {
        int spare = spare_zeros(delta->after, decimals);
        int spare_now = isfinite(delta->now) ? spare_zeros(delta->now, decimals) : spare;
        decimals -= spare_now < spare ? spare_now : spare;
        snprintf(row->cell[COLUMN_AFTER], DELTAS_CELL_MAX, "%.*f", decimals, delta->after);
    }
    if (!isfinite(delta->now)) {
        snprintf(row->cell[COLUMN_NOW], DELTAS_CELL_MAX, "n/a");
        return;
    }
    snprintf(row->cell[COLUMN_NOW], DELTAS_CELL_MAX, "%.*f", decimals, delta->now);
    double change = delta->after - delta->now;
    if (!isfinite(change))
        return;
    snprintf(row->cell[COLUMN_CHANGE], DELTAS_CELL_MAX, "%+.*f", decimals, change);
    if (delta->now != 0.0)
        snprintf(row->cell[COLUMN_PERCENT], DELTAS_CELL_MAX, "%+.0f%%",
                 change / fabs(delta->now) * 100.0);
}

static void fill_numbers(struct deltas_row *row, const struct view *view, const struct delta *delta)
{
    const struct param *param = deltas_param(view, delta);
    fill_values(row, delta, param != NULL ? param->decimals : 4);
    char cap[20] = "";
    if (param == NULL || !value_present(param->floor))
        return;
    if (value_present(param->cap))
        snprintf(cap, sizeof cap, "%g", param->cap.number);
    char floor[20];
    snprintf(floor, sizeof floor, "%g", param->floor.number);
    snprintf(row->cell[COLUMN_LIMITS], DELTAS_CELL_MAX, "%s..%s",
             strncmp(floor, "0.", 2) == 0 ? floor + 1 : floor, cap); /* ".08..0.12" */
}

/* The line whose value is being typed shows the text, and what it would mean. */
static void fill_edit(struct deltas_row *row, const struct view *view, const struct delta *delta)
{
    const struct dialog_edit *edit = dialog_edit_of(view);
    if (edit == NULL || strcmp(edit->param, delta->name) != 0)
        return;
    struct delta after = *delta;
    after.after = value_present(edit->number) ? edit->number.number : delta->now;
    fill_numbers(row, view, &after);
    snprintf(row->cell[COLUMN_AFTER], DELTAS_CELL_MAX, "%s_", edit->text);
    if (!value_present(edit->number)) {
        snprintf(row->cell[COLUMN_CHANGE], DELTAS_CELL_MAX, "?");
        row->cell[COLUMN_PERCENT][0] = '\0';
    }
    row->editing = true;
}

/* Until when it is held; the guard that holds it, "!freeze" if it is staged against one; of a line
 * without one, what the tuner asked where the operator edited it, and when the same line was
 * rejected before. */
static void fill_guard(struct deltas_row *row, const struct view *view, const struct delta *delta)
{
    char target[24];
    const char *against = delta->overridden ? "!" : "";
    bool open = delta->state == DELTA_PROPOSED && delta->guard == GUARD_NONE;
    int rejected = open ? delta->rejected_at : 0;
    if (delta->state == DELTA_HELD && delta->hold_until > 0) {
        snprintf(row->brief, sizeof row->brief, "to it %d", delta->hold_until);
        snprintf(row->cell[COLUMN_GUARD], DELTAS_CELL_MAX, "until it %d", delta->hold_until);
        return;
    }
    if (rejected > 0)
        snprintf(row->brief, sizeof row->brief, "NO it %d", rejected);
    else
        snprintf(row->brief, sizeof row->brief, "%s%s", against, guard_name(delta->guard));
    if (rejected > 0)
        snprintf(row->cell[COLUMN_GUARD], DELTAS_CELL_MAX, "rejected at it %d", rejected);
    else if (delta->guard == GUARD_NONE && delta->state == DELTA_EDITED)
        snprintf(row->cell[COLUMN_GUARD], DELTAS_CELL_MAX, "was %s",
                 deltas_number(view, delta, delta->target, target, sizeof target));
    else
        snprintf(row->cell[COLUMN_GUARD], DELTAS_CELL_MAX, "%s%s", against,
                 guard_name(delta->guard));
}

bool deltas_table_add(struct deltas_table *table, const struct view *view,
                      const struct delta *delta, int iteration, bool older)
{
    if (table->count == DELTAS_TABLE_ROWS)
        return false;
    struct deltas_row *row = &table->row[table->count++];
    memset(row, 0, sizeof *row);
    row->mark = ' ';
    row->older = older;
    enum delta_state state = deltas_state(view, delta, iteration);
    row->style = state_style(state);
    snprintf(row->cell[COLUMN_STATE], DELTAS_CELL_MAX, "%s", delta_state_name(state));
    snprintf(row->cell[COLUMN_PARAM], DELTAS_CELL_MAX, "%s", delta->name);
    fill_guard(row, view, delta);
    fill_numbers(row, view, delta);
    if (older) {
        snprintf(row->cell[COLUMN_BOX], DELTAS_CELL_MAX, "it %d", iteration);
        return true;
    }
    snprintf(row->cell[COLUMN_BOX], DELTAS_CELL_MAX, "%s", box_of(state));
    row->mark = deltas_marked(view, delta) ? '*' : ' ';
    fill_edit(row, view, delta);
    return true;
}

/* Widths of the columns for the rows FROM up to TO; 0: empty or left out. */
static void measure(const struct deltas_table *table, size_t from, size_t to, int room,
                    int widths[COLUMN_COUNT])
{
    int total = LEAD - 1; /* nothing behind the last */
    for (int c = 0; c < COLUMN_COUNT; c++) {
        widths[c] = 0;
        for (size_t i = from; i < to; i++) {
            int columns_of = text_columns(table->row[i].cell[c]);
            widths[c] = columns_of > widths[c] ? columns_of : widths[c];
        }
        int name = text_columns(columns[c].name);
        if (widths[c] > 0 && name > widths[c])
            widths[c] = name;
        total += widths[c] > 0 ? widths[c] + 1 : 0;
    }
    total += widths[COLUMN_NOW] > 0 ? 3 : 0; /* the arrow */
    for (int drop = 1; drop <= DROPS && total > room; drop++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (columns[c].drop == drop && widths[c] > 0) {
                total -= widths[c] + 1 + (c == COLUMN_NOW ? 3 : 0);
                widths[c] = 0;
            }
}

static void draw_cell(struct canvas *canvas, struct rect row, int x, int width, bool right,
                      enum style style, const char *text)
{
    struct rect clip = {x, row.y, width, 1};
    if (x + width > row.x + row.width)
        clip.width = row.x + row.width - x;
    if (clip.width <= 0)
        return;
    int pad = right ? width - text_columns(text) : 0;
    canvas_text(canvas, clip, x + (pad > 0 ? pad : 0), row.y, style, text);
}

static enum style cell_style(const struct deltas_row *row, int column)
{
    if (column == COLUMN_AFTER && row->editing)
        return STYLE_BUTTON_FOCUS;
    if (column == COLUMN_STATE || (column == COLUMN_GUARD && row->cell[column][0] != '-'))
        return row->style;
    if (row->older || column == COLUMN_LIMITS || column == COLUMN_PERCENT)
        return STYLE_DIM;
    return column == COLUMN_AFTER ? STYLE_BOLD : STYLE_TEXT;
}

static void draw_row(const struct deltas_row *row, struct canvas *canvas, struct rect area,
                     const int widths[COLUMN_COUNT])
{
    int x = area.x + LEAD;
    canvas_put(canvas, area, area.x, area.y, STYLE_BOLD, (unsigned char)row->mark);
    if (row->selected)
        canvas_put(canvas, area, area.x + 1, area.y, STYLE_BOLD, '>');
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (widths[c] == 0)
            continue;
        draw_cell(canvas, area, x, widths[c], columns[c].right, cell_style(row, c), row->cell[c]);
        x += widths[c] + 1;
        if (c == COLUMN_NOW) {
            canvas_text(canvas, area, x, area.y, STYLE_DIM, "->");
            x += 3;
        }
    }
    if (row->selected && !row->editing)
        canvas_restyle(canvas, area, STYLE_CURSOR);
}

static void draw_names(struct canvas *canvas, struct rect row, const int widths[COLUMN_COUNT])
{
    int x = row.x + LEAD;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (widths[c] == 0)
            continue;
        draw_cell(canvas, row, x, widths[c], columns[c].right, STYLE_TITLE, columns[c].name);
        x += widths[c] + 1 + (c == COLUMN_NOW ? 3 : 0);
    }
}

/* Where a column would be left out the guard's column is worded shorter. */
static void fit(struct deltas_table *table, size_t from, size_t to, int room,
                int widths[COLUMN_COUNT])
{
    bool dropped = false;
    measure(table, from, to, room, widths);
    for (int c = 0; c < COLUMN_COUNT; c++)
        for (size_t i = from; i < to; i++)
            dropped = dropped || (widths[c] == 0 && table->row[i].cell[c][0] != '\0');
    if (!dropped)
        return;
    for (size_t i = from; i < to; i++)
        memcpy(table->row[i].cell[COLUMN_GUARD], table->row[i].brief, sizeof table->row[i].brief);
    measure(table, from, to, room, widths);
}

void deltas_table_draw(struct deltas_table *table, struct canvas *canvas, struct rect area,
                       size_t from)
{
    int widths[COLUMN_COUNT];
    size_t rows = area.height > 1 ? (size_t)area.height - 1 : 0;
    size_t to = from + rows < table->count ? from + rows : table->count;
    fit(table, from, to, area.width, widths);
    if (area.height > 0)
        draw_names(canvas, (struct rect){area.x, area.y, area.width, 1}, widths);
    size_t hidden = 0;
    while (to + hidden < table->count && !table->row[to + hidden].older)
        hidden++;
    for (size_t i = from; i < to; i++)
        draw_row(&table->row[i], canvas,
                 (struct rect){area.x, area.y + 1 + (int)(i - from), area.width, 1}, widths);
    if (hidden > 0 && to > from) {
        char text[32];
        snprintf(text, sizeof text, " +%zu ", hidden);
        canvas_text_right(canvas, area, area.x + area.width, area.y + (int)(to - from), STYLE_BOLD,
                          text);
    }
}
