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
    WIDE = 62, /* from here on with bounds */
    BY_MAX = 24
};

static int params_total(const struct view *view)
{
    return (int)view->config->params.count;
}

/* Rows under the last one shown. */
static int rows_below(const struct view *view)
{
    int inside = view->layout ? view->layout->panel[PANEL_PARAMS].height - 2 : 0;
    int below = params_total(view) - view->top[PANEL_PARAMS] - inside;
    return inside > 0 && below > 0 ? below : 0;
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

static void draw_origin(const struct view *view, struct canvas *canvas, struct rect row, int x,
                        int param, bool set)
{
    const struct change *change = params_change_of(view, param);
    char text[64], by[BY_MAX];
    if (!change) {
        const char *origin = view->run.has_manifest ? "start" : "file";
        canvas_text(canvas, row, x, row.y, STYLE_DIM, set ? origin : "default");
        return;
    }
    panel_rows_who(by, sizeof by, change->by);
    const char *how = change->kind == CHANGE_APPLY ? "" : change_kind_name(change->kind);
    int digits = snprintf(NULL, 0, "%d", view_number(view));
    int length = snprintf(text, sizeof text, "it %-*d", digits, change->after_iteration);
    int room = row.x + row.width - x - length - 1;
    if ((int)(strlen(by) + strlen(how)) + 1 <= room)
        snprintf(text + length, sizeof text - (size_t)length, " %s%s%s", by, *how ? " " : "", how);
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
    if (row.width >= WIDE) {
        bounds_text(param, text, sizeof text);
        canvas_text(canvas, row, x, row.y, STYLE_DIM, text);
        x += BOUNDS_WIDTH;
    }
    if (row.width >= WIDE + UNIT_WIDTH) {
        canvas_text(canvas, row, x, row.y, STYLE_DIM, param->unit);
        x += UNIT_WIDTH;
    }
    draw_origin(view, canvas, row, x, index, set);
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
    int order[PARAM_MAX], total = params_total(view), rows = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < total; i++)
            if ((i < (int)count && value_present(values[i])) == (pass == 0))
                order[rows++] = i;
    int top = view->top[PANEL_PARAMS];
    if (top > total - area.height)
        top = total > area.height ? total - area.height : 0;
    for (int y = 0; y < area.height && top + y < total; y++) {
        int index = order[top + y];
        struct value value = index < (int)count ? values[index] : value_missing();
        draw_param(view, canvas, (struct rect){area.x, area.y + y, area.width, 1}, index, value);
    }
}

static unsigned panel_params_move(struct view *view, int rows)
{
    int last = params_total(view) - 1, top = view->top[PANEL_PARAMS] + rows;
    view->top[PANEL_PARAMS] = top < 0 ? 0 : top > last ? last : top;
    return REACT_REDRAW;
}

const struct panel_class panel_params = {
    .id = PANEL_PARAMS,
    .name = "Params",
    .hint = panel_params_hint,
    .draw = panel_params_draw,
    .move = panel_params_move,
    .explain = explain_params,
    .rows = &panel_params_list,
    .help = "The parameters that runtime_overrides.json holds at the moment shown, with the "
            "iteration after which each was last changed and by whom; ! is outside its bounds. "
            "What the file does not set "
            "stands below with the value that the tuner assumes (default), or n/a.",
};
