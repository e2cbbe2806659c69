/* guards_table: see guards_table.h. UI thread; pure. */
#include "config.h"

#include "ui/rows_draw.h"
#include "ui/guards_table.h"

#include <stdio.h>
#include <string.h>

#include "model/guard.h"

enum {
    AT_USED = 24,
    AT_BAR = 38,
    AT_LEFT = 51,
    AT_RESETS = 59,
    AT_HOLDS = 67,
    AT_VALUES = 90,
    BAR_WIDTH = 12,
    TEXT_MAX = 64
};

static bool of_interest(const struct guard_param *row)
{
    return row->velocity_resets > 0 || row->frozen_until > 0 || row->cooldown_until > 0 ||
           row->window_count > 1;
}

/* Rows of the table: those that something happens to, then those that have a budget at all. */
static size_t order_rows(const struct guard_param *params, size_t count, size_t *order)
{
    size_t rows = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            if (of_interest(&params[i]) == (pass == 0) &&
                (pass == 0 || value_present(params[i].velocity_limit)))
                order[rows++] = i;
    return rows;
}

static void draw_names(struct canvas *canvas, struct rect row)
{
    static const struct {
        int at;
        const char *text;
    } names[] = {{1, "param"},
                 {AT_USED, "used/limit"},
                 {AT_BAR, "velocity"},
                 {AT_LEFT, "left"},
                 {AT_RESETS, "resets"},
                 {AT_HOLDS, "held by"},
                 {AT_VALUES, "values in the oscillation window"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        canvas_text(canvas, row, row.x + names[i].at, row.y, STYLE_TITLE, names[i].text);
}

/* "[####------]": how much of the budget is used. */
static void draw_bar(struct canvas *canvas, struct rect row, int x, double share)
{
    int inside = BAR_WIDTH - 2, full = (int)(share * inside + 0.5);
    full = full > inside ? inside : full == 0 && share > 0.0 ? 1 : full;
    canvas_put(canvas, row, x, row.y, STYLE_FRAME, '[');
    for (int i = 0; i < inside; i++)
        canvas_put(canvas, row, x + 1 + i, row.y, i < full ? STYLE_GRAPH : STYLE_DIM,
                   i < full ? '#' : '-');
    canvas_put(canvas, row, x + BAR_WIDTH - 1, row.y, STYLE_FRAME, ']');
}

static void draw_velocity(const struct guard_param *row, struct canvas *canvas, struct rect area)
{
    struct value used = row->velocity_used, limit = row->velocity_limit;
    if (!value_present(used) || !value_present(limit)) {
        canvas_text(canvas, area, area.x + AT_USED, area.y, STYLE_DIM, "n/a");
        return;
    }
    bool full = number_at_least(used.number, limit.number);
    double share = limit.number > 0.0 ? used.number / limit.number : 1.0;
    double left = limit.number - used.number;
    canvas_printf(canvas, area, area.x + AT_USED, area.y, full ? STYLE_WARN : STYLE_TEXT,
                  "%.6g/%.6g", used.number, limit.number);
    draw_bar(canvas, area, area.x + AT_BAR, share > 1.0 ? 1.0 : share);
    if (full)
        canvas_text(canvas, area, area.x + AT_LEFT, area.y, STYLE_WARN, "FULL");
    else
        canvas_printf(canvas, area, area.x + AT_LEFT, area.y, STYLE_TEXT, "%.6g", left);
    if (row->velocity_resets > 0)
        canvas_printf(canvas, area, area.x + AT_RESETS, area.y, STYLE_TEXT, "it %d",
                      row->velocity_resets);
    else
        canvas_text(canvas, area, area.x + AT_RESETS, area.y, STYLE_DIM, "-");
}

static void holds_text(const struct guard_param *row, char *text, size_t size)
{
    if (row->frozen_until > 0 && row->cooldown_until > 0)
        snprintf(text, size, "FREEZE %d COOLDOWN %d", row->frozen_until, row->cooldown_until);
    else if (row->frozen_until > 0)
        snprintf(text, size, "FREEZE until it %d", row->frozen_until);
    else if (row->cooldown_until > 0)
        snprintf(text, size, "COOLDOWN until it %d", row->cooldown_until);
    else
        snprintf(text, size, "-");
}

/* The newest values that fit, oldest first; how often they turned. */
static void draw_values(const struct guard_param *row, const struct param *param,
                        struct canvas *canvas, struct rect area)
{
    char text[TEXT_MAX * 4] = "", number[32];
    size_t length = 0, from = 0;
    int room = area.width - AT_VALUES - 1;
    for (; from < row->window_count; from++) {
        length = 0;
        for (size_t i = from; i < row->window_count && length < sizeof text; i++)
            length += (size_t)snprintf(
                text + length, sizeof text - length, "%s%s", i > from ? " " : "",
                param_format(param, value_of(row->window[i]), number, sizeof number));
        if (row->reversals > 0 && length < sizeof text)
            length += (size_t)snprintf(text + length, sizeof text - length, " (%d turn%s)",
                                       row->reversals, row->reversals == 1 ? "" : "s");
        if ((int)length <= room)
            break;
    }
    if (room > 0 && (int)length <= room)
        canvas_text(canvas, area, area.x + AT_VALUES, area.y,
                    row->reversals > 0 ? STYLE_WARN : STYLE_DIM, text);
}

static void draw_param(const struct view *view, const struct guard_param *row,
                       struct canvas *canvas, struct rect area)
{
    const struct param *param = &view->config->params.param[row->param];
    char holds[TEXT_MAX];
    bool held = row->frozen_until > 0 || row->cooldown_until > 0;
    canvas_text(canvas, area, area.x + 1, area.y, of_interest(row) ? STYLE_TEXT : STYLE_DIM,
                param->name);
    draw_velocity(row, canvas, area);
    holds_text(row, holds, sizeof holds);
    canvas_text(canvas, area, area.x + AT_HOLDS, area.y, held ? STYLE_WARN : STYLE_DIM, holds);
    draw_values(row, param, canvas, area);
}

void guards_table_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct guard_param params[PARAM_MAX];
    size_t order[PARAM_MAX];
    if (area.height < 1)
        return;
    if (!guard_params_fill(params, &view->run, view_number(view), &view->config->policy,
                           &view->config->params)) {
        canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM,
                    "n/a: no parameters were recorded, so the guards block what is not exempt");
        return;
    }
    size_t count = order_rows(params, view->config->params.count, order);
    size_t rows = (size_t)area.height - 1 < count ? (size_t)area.height - 1 : count;
    draw_names(canvas, (struct rect){area.x, area.y, area.width, 1});
    for (size_t i = 0; i < rows; i++)
        draw_param(view, &params[order[i]], canvas,
                   (struct rect){area.x, area.y + 1 + (int)i, area.width, 1});
    if (rows < count)
        rows_draw_left_out(canvas, (struct rect){area.x, area.y, area.width, (int)rows + 1},
                           count - rows, "");
}
