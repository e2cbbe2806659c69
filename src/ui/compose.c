/* compose: see compose.h. UI thread; pure. */
#include "config.h"

#include "ui/compose.h"

#include <stdio.h>
#include <string.h>

#include "ui/bindings.h"
#include "ui/deltas.h"
#include "ui/dialog.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/panel.h"
#include "ui/rails.h"
#include "ui/sandbox.h"
#include "ui/small.h"

enum { BORDER_WIDTH_MIN = 4, BORDER_HEIGHT_MIN = 3, WORDS_MARGIN = 2 };

int compose_border(const struct view *view, int width, int height)
{
    return view->mode == VIEW_SANDBOX && width >= BORDER_WIDTH_MIN && height >= BORDER_HEIGHT_MIN;
}

struct layout compose_layout(const struct view *view, int width, int height)
{
    int border = compose_border(view, width, height);
    return compose_layout_inside(view, width - 2 * border, height - 2 * border);
}

struct layout compose_layout_inside(const struct view *view, int width, int height)
{
    struct layout_input input = {.width = width,
                                 .height = height,
                                 .focus = view->focus,
                                 .size = view->size,
                                 .delta_rows = panel_deltas_rows(view)};
    memcpy(input.open, view->open, sizeof input.open);
    return layout_compute(&input);
}

static void draw_panel(const struct view *view, struct canvas *canvas, enum panel_id id,
                       struct rect area)
{
    const struct panel_class *panel = panel_table[id];
    char title[64 + 4 * ROW_FIND_MAX], hint[96] = "", list[4 * ROW_FIND_MAX];
    rows_describe(view, (int)id, list, sizeof list);
    snprintf(title, sizeof title, "%d %s%s%s", (int)id + 1, panel->name,
             list[0] != '\0' ? "  " : "", list);
    if (panel->hint)
        panel->hint(view, hint, sizeof hint);
    bindings_expand(hint, sizeof hint);
    struct rect inside = canvas_frame(canvas, area, title, hint, id == view->focus);
    if (inside.width > 0 && inside.height > 0)
        panel->draw(view, canvas, inside);
}

static void draw_panels(const struct view *view, struct canvas *canvas, const struct layout *layout)
{
    for (int id = 0; id < PANEL_COUNT; id++) {
        struct rect area = layout->panel[id];
        if (area.width <= 0 || area.height <= 0)
            continue;
        bool lines = view->focus != PANEL_KPIS || view->size == PANEL_NORMAL;
        if (layout->kind == LAYOUT_SMALL && id == PANEL_KPIS && lines)
            small_draw_kpis(view, canvas, area);
        else
            draw_panel(view, canvas, (enum panel_id)id, area);
    }
    if (layout->detail.width > 0 && layout->detail.height > 0) {
        char title[PARAM_NAME_MAX + 8];
        size_t count;
        const struct delta *deltas = deltas_shown(view, &count);
        int selected = deltas_selected(view);
        if (selected >= 0)
            snprintf(title, sizeof title, "%d.1 %s", PANEL_DELTAS + 1, deltas[selected].name);
        else
            snprintf(title, sizeof title, "%d.1 it %d", PANEL_DELTAS + 1, view_number(view));
        struct rect inside = canvas_frame(canvas, layout->detail, title, NULL, false);
        panel_deltas_draw_detail(view, canvas, inside);
    }
}

/* What VIEW is, in the middle of the border's row Y. */
static void draw_words(struct canvas *canvas, int y, const char *words)
{
    struct rect row = {0, y, canvas->width, 1};
    int columns = text_columns(words);
    int x = (canvas->width - columns) / 2;
    if (columns == 0)
        return;
    bool roomy = canvas->width >= columns + 2 * WORDS_MARGIN;
    if (roomy)
        x = canvas_text(canvas, row, x - 1, y, STYLE_HEADER_MODE, " ");
    x = canvas_text(canvas, row, x, y, STYLE_HEADER_MODE, words);
    if (roomy)
        canvas_text(canvas, row, x, y, STYLE_HEADER_MODE, " ");
}

/* A rehearsal must not be taken for the run: "~" all round, and what its KPIs are. */
static void draw_bordered(const struct view *view, struct canvas *canvas)
{
    struct canvas inside;
    struct rect all = {0, 0, canvas->width, canvas->height};
    canvas_fill(canvas, all, STYLE_BOLD, '~');
    draw_words(canvas, 0, sandbox_words(canvas->width - WORDS_MARGIN));
    if (!compose_border(view, canvas->width, canvas->height))
        return;
    draw_words(canvas, canvas->height - 1, "SANDBOX");
    canvas_init(&inside, canvas->width - 2, canvas->height - 2, canvas->charset);
    compose_draw_inside(view, &inside);
    for (int y = 0; y < inside.height; y++)
        memcpy(&canvas->cell[(size_t)(y + 1) * (size_t)canvas->width + 1],
               &inside.cell[(size_t)y * (size_t)inside.width],
               (size_t)inside.width * sizeof *inside.cell);
    canvas_fini(&inside);
}

void compose_draw(const struct view *view, struct canvas *canvas)
{
    if (view->mode == VIEW_SANDBOX)
        draw_bordered(view, canvas);
    else
        compose_draw_inside(view, canvas);
}

void compose_draw_inside(const struct view *view, struct canvas *canvas)
{
    struct layout layout = compose_layout_inside(view, canvas->width, canvas->height);
    canvas_clear(canvas, STYLE_TEXT);
    if (layout.kind == LAYOUT_LINE) {
        if (dialog_find_of(view) != NULL)
            footer_draw_keys(view, canvas, layout.header);
        else
            small_draw_line(view, canvas, layout.header);
        dialog_draw(view, canvas);
        return;
    }
    header_draw(view, canvas, layout.header);
    if (layout.rail_kpi.height > 0)
        rails_draw_kpi(view, canvas, layout.rail_kpi);
    if (layout.rail_event.height > 0)
        rails_draw_event(view, canvas, layout.rail_event);
    if (layout.tabs.height > 0)
        header_draw_tabs(view, canvas, layout.tabs);
    draw_panels(view, canvas, &layout);
    if (view->status[0] == '\0' && layout.status.y == layout.staged.y)
        layout.staged.width += layout.status.width; /* they share a row, and one has it all */
    footer_draw_status(view, canvas, layout.status);
    footer_draw_staged(view, canvas, layout.staged);
    footer_draw_keys(view, canvas, layout.keys);
    dialog_draw(view, canvas);
}

char *compose_dump(const struct view *view, int width, int height)
{
    struct canvas canvas;
    canvas_init(&canvas, width, height, view->charset);
    compose_draw(view, &canvas);
    char *text = canvas_dump(&canvas);
    canvas_fini(&canvas);
    return text;
}
