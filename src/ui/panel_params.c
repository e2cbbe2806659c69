/* panel_params: the parameters in force at the moment shown, who set each and when. What the file
 * sets stands first, then what the tuner assumes. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "ui/explain.h"
#include "ui/layout.h"
#include "ui/panel_rows.h"
#include "ui/params.h"

enum {
    HASH_SHOWN = 6,
    NAME_WIDTH = 23,
    VALUE_WIDTH = 8,
    BOUNDS_WIDTH = 16,
    UNIT_WIDTH = 16,
    WIDE = 62,       /* from here on with bounds */
    WIDE_RAIL = 112, /* with a rail, and the time of the change */
    RAIL_WIDTH = 20,
    RAIL_BOUND = 6,
    RAIL_COLUMN = 36,
    ORIGIN_MAX = 48,
    BY_MAX = 24
};

/* Rows for what is to be said of the file: at most a third of the panel. */
static int note_rows(const struct view *view, int height)
{
    char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX];
    int count = (int)params_disk_notes(view, notes);
    return count < height / 3 ? count : height / 3;
}

/* Rows under the last one shown. */
static int rows_below(const struct view *view)
{
    int inside = view->layout ? view->layout->panel[PANEL_PARAMS].height - 2 : 0;
    if (inside <= 0)
        return 0;
    int rows = inside - note_rows(view, inside);
    int top = (int)rows_top(view, PANEL_PARAMS, rows);
    int below = (int)rows_count(view, PANEL_PARAMS) - top - rows;
    return below > 0 ? below : 0;
}

static void panel_params_hint(const struct view *view, char *text, size_t size)
{
    const struct iteration *iteration = view_iteration(view);
    bool now = params_shows_now(view);
    const char *hash = now ? view->run.params_hash : iteration->signature;
    int length = now ? snprintf(text, size, "in force")
                     : snprintf(text, size, "during it %d", iteration->number);
    if (hash[0] != '\0')
        length += snprintf(text + length, size - (size_t)length, " %.*s", HASH_SHOWN, hash);
    int below = rows_below(view);
    if (below > 0)
        snprintf(text + length, size - (size_t)length, "  +%d", below);
}

/* What the file says instead, if it says something else than what is in force. */
static bool draw_disk(const struct view *view, struct canvas *canvas, struct rect row, int x,
                      int param)
{
    struct value disk;
    char number[32];
    if (!params_disk_differs(view, param, &disk))
        return false;
    canvas_put(canvas, row, row.x, row.y, STYLE_ALERT, '!');
    if (value_present(disk))
        canvas_printf(
            canvas, row, x, row.y, STYLE_ALERT, "on disk %s",
            param_format(&view->config->params.param[param], disk, number, sizeof number));
    else
        canvas_text(canvas, row, x, row.y, STYLE_ALERT, "not on disk");
    return true;
}

static void draw_origin(const struct view *view, struct canvas *canvas, struct rect row, int x,
                        int param)
{
    const struct change *change = params_change_of(view, param);
    char text[96], by[BY_MAX], origin[ORIGIN_MAX];
    if (draw_disk(view, canvas, row, x, param))
        return;
    params_origin(view, param, origin, sizeof origin);
    if (!change) {
        canvas_text(canvas, row, x, row.y, STYLE_DIM, origin);
        return;
    }
    panel_rows_who(by, sizeof by, change->by);
    const char *how = change->kind == CHANGE_APPLY ? "" : change_kind_name(change->kind);
    int digits = snprintf(NULL, 0, "%d", view_number(view));
    int length = snprintf(text, sizeof text, "it %-*d", digits, change->after_iteration);
    int room = row.x + row.width - x - length - 1;
    if ((int)(strlen(by) + strlen(how)) + 1 <= room)
        length += snprintf(text + length, sizeof text - (size_t)length, " %s%s%s", by,
                           *how ? " " : "", how);
    char utc[UTC_TEXT_MAX];
    utc_format(utc, change->utc_ms);
    if (row.width >= WIDE_RAIL && utc[0] != '\0')
        snprintf(text + length, sizeof text - (size_t)length, "  %.8s  %s", utc + 11, origin);
    canvas_text(canvas, row, x, row.y, change->kind == CHANGE_APPLY ? STYLE_APPLIED : STYLE_EVENT,
                text);
}

/* "0.08..0.12" or ">= 0". */
static void bounds_text(const struct param *param, char *text, size_t size)
{
    char floor[16], cap[16];
    param_format(param, param->floor, floor, sizeof floor);
    param_format(param, param->cap, cap, sizeof cap);
    if (value_present(param->floor) && value_present(param->cap))
        snprintf(text, size, "%s..%s", floor, cap);
    else if (value_present(param->floor))
        snprintf(text, size, ">= %s", floor);
    else
        text[0] = '\0';
}

/* "500 .....(620)....... 800": where the value stands between its bounds. */
static void draw_rail(struct canvas *canvas, struct rect row, int x, const struct param *param,
                      struct value shown)
{
    char text[64], floor[16], cap[16];
    struct value range = param_range(param);
    if (!value_present(range) || range.number <= 0.0 || !value_present(shown)) {
        bounds_text(param, text, sizeof text);
        canvas_text(canvas, row, x, row.y, STYLE_DIM, text);
        return;
    }
    param_format(param, param->floor, floor, sizeof floor);
    param_format(param, param->cap, cap, sizeof cap);
    double share = (param_clamp(param, shown.number) - param->floor.number) / range.number;
    int at = (int)(share * (RAIL_WIDTH - 1) + 0.5);
    canvas_text_right(canvas, row, x + RAIL_BOUND, row.y, STYLE_DIM, floor);
    for (int i = 0; i < RAIL_WIDTH; i++)
        canvas_put(canvas, row, x + RAIL_BOUND + 1 + i, row.y, i == at ? STYLE_BOLD : STYLE_DIM,
                   i == at ? 'o' : '.');
    canvas_text(canvas, row, x + RAIL_BOUND + RAIL_WIDTH + 2, row.y, STYLE_DIM, cap);
}

static bool outside(const struct param *param, double number)
{
    return (value_present(param->floor) && !number_at_least(number, param->floor.number)) ||
           (value_present(param->cap) && !number_at_most(number, param->cap.number));
}

static void draw_param(const struct view *view, struct canvas *canvas, struct rect row, int index,
                       struct value value)
{
    const struct param *param = &view->config->params.param[index];
    bool set = value_present(value);
    struct value shown = set ? value : param->assumed;
    char text[64];
    canvas_text(canvas, row, row.x + 1, row.y, set ? STYLE_TEXT : STYLE_DIM, param->name);
    int x = row.x + NAME_WIDTH + VALUE_WIDTH;
    canvas_text_right(canvas, row, x, row.y, set ? STYLE_BOLD : STYLE_DIM,
                      param_format(param, shown, text, sizeof text));
    if (set && outside(param, value.number))
        canvas_put(canvas, row, x, row.y, STYLE_WARN, '!');
    x += 2;
    if (row.width >= WIDE_RAIL) {
        draw_rail(canvas, row, x, param, shown);
        x += RAIL_COLUMN;
    } else if (row.width >= WIDE) {
        bounds_text(param, text, sizeof text);
        canvas_text(canvas, row, x, row.y, STYLE_DIM, text);
        x += BOUNDS_WIDTH;
    }
    if (row.width >= WIDE + UNIT_WIDTH) {
        canvas_text(canvas, row, x, row.y, STYLE_DIM, param->unit);
        x += UNIT_WIDTH;
    }
    draw_origin(view, canvas, row, x, index);
}

/* At the bottom what else the file holds; the rows that it takes. */
static int draw_notes(const struct view *view, struct canvas *canvas, struct rect area)
{
    char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX];
    int count = (int)params_disk_notes(view, notes), rows = note_rows(view, area.height);
    for (int i = 0; i < rows; i++) {
        struct rect row = {area.x, area.y + area.height - rows + i, area.width, 1};
        canvas_text(canvas, row, row.x + 1, row.y, STYLE_ALERT, notes[i]);
        if (i == rows - 1 && rows < count) {
            char more[24];
            snprintf(more, sizeof more, " (+%d)", count - rows);
            canvas_text_right(canvas, row, row.x + row.width, row.y, STYLE_DIM, more);
        }
    }
    return rows;
}

static void panel_params_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    size_t count = 0;
    const struct value *values = params_shown(view, &count);
    if (!values) {
        canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM,
                    view->run.count > 0 ? "n/a: this run's files hold no parameters" : "n/a yet");
        return;
    }
    int notes = draw_notes(view, canvas, area), rows = area.height - notes;
    size_t top = rows_top(view, PANEL_PARAMS, rows), total = rows_count(view, PANEL_PARAMS);
    int selected = rows_selected(view, PANEL_PARAMS);
    if (total == 0)
        canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM, "no parameter matches the filter");
    for (int y = 0; y < rows && top + (size_t)y < total; y++) {
        size_t index = panel_params_row(view, rows_row(view, PANEL_PARAMS, top + (size_t)y));
        struct value value = index < count ? values[index] : value_missing();
        struct rect row = {area.x, area.y + y, area.width, 1};
        draw_param(view, canvas, row, (int)index, value);
        if (view->focus == PANEL_PARAMS && (int)top + y == selected)
            canvas_restyle(canvas, row, STYLE_CURSOR);
    }
}

const struct panel_class panel_params = {
    .id = PANEL_PARAMS,
    .name = "Params",
    .hint = panel_params_hint,
    .draw = panel_params_draw,
    .explain = explain_params,
    .rows = &panel_params_list,
    .help =
        "The parameters that runtime_overrides.json holds at the moment shown, with the "
        "iteration after which each was last changed and by whom; ! behind a value: it is outside "
        "its bounds; ! before the name: the file on disk says something else. Second copies of "
        "a parameter and unknown keys in the file are listed at the bottom. "
        "What the file does not set "
        "stands below with the value that the tuner assumes (default), or n/a. {open} opens "
        "nothing here; {explain} explains the parameter. Columns: param, "
        "value, unit, min, max, step, default, from, it, time, by, how, section; filter: from:run "
        "it>10. {search} searches, {filter} filters, {sort} sorts, {copy} copies, {export} exports "
        "the rows.",
};
