/* mouse: see mouse.h. Which row of a panel is clicked is read off the picture: the cursor's row is
 * found there, and the cursor moves by the difference, whatever the panel draws. */
#include "config.h"

#include "ui/mouse.h"

#include "ui/actions.h"
#include "ui/chart_at.h"
#include "ui/compose.h"
#include "ui/dialog_class.h"
#include "ui/footer.h"
#include "ui/header.h"
#include "ui/keymap.h"
#include "ui/panel.h"

enum { DOUBLE_MS = 400, WHEEL_ROWS = 3 };

static bool inside(struct rect area, int x, int y)
{
    return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

/* The panel at X, Y; PANEL_COUNT: none. */
static enum panel_id panel_at(const struct layout *layout, int x, int y)
{
    int id = 0;
    while (id < PANEL_COUNT && !inside(layout->panel[id], x, y))
        id++;
    return (enum panel_id)id;
}

static unsigned move_by(struct view *view, enum panel_id id, int rows)
{
    const struct panel_class *panel = panel_table[id];
    return panel->move != NULL ? panel->move(view, rows) : rows_move(view, (int)id, rows);
}

static unsigned focus(struct view *view, enum panel_id id)
{
    if (view->focus == id)
        return REACT_NONE;
    view->focus = id;
    return REACT_REDRAW | REACT_RELAYOUT;
}

/* The row of the screen in AREA that bears the cursor; -1: none does. */
static int cursor_row(const struct view *view, struct rect area)
{
    struct canvas canvas;
    int row = -1;
    canvas_init(&canvas, view->layout->width, view->layout->height, view->charset);
    compose_draw_inside(view, &canvas);
    for (int y = area.y + 1; row < 0 && y < area.y + area.height - 1; y++) {
        const struct cell *cell = &canvas.cell[(size_t)y * (size_t)canvas.width];
        int bright = 0;
        for (int x = area.x + 1; x < area.x + area.width - 1; x++)
            bright += cell[x].style == STYLE_CURSOR;
        row = bright > area.width / 2 ? y : -1;
    }
    canvas_fini(&canvas);
    return row;
}

/* Two presses on one cell within DOUBLE_MS. */
static bool is_double(struct view *view, const struct mouse_event *event)
{
    struct mouse *mouse = &view->mouse;
    bool again = mouse->pressed_ms > 0 && mouse->x == event->x && mouse->y == event->y &&
                 view->mono_ms - mouse->pressed_ms <= DOUBLE_MS;
    *mouse = (struct mouse){event->x, event->y, again ? 0 : view->mono_ms};
    return again;
}

static unsigned press_panel(struct view *view, enum panel_id id, const struct mouse_event *event)
{
    struct rect area = view->layout->panel[id];
    bool twice = is_double(view, event);
    unsigned react = focus(view, id);
    if (react & REACT_RELAYOUT) /* the next frame shows where its rows are */
        return react;
    int number = chart_iteration_at(view, view->layout, event->x, event->y);
    if (number > 0)
        return react | view_show(view, number) | REACT_REDRAW;
    int row = cursor_row(view, area);
    if (row < 0 || event->y <= area.y || event->y >= area.y + area.height - 1)
        return react;
    if (event->y != row)
        react |= move_by(view, id, event->y - row);
    if (twice)
        react |= keymap_run(view, action_find("open"));
    return react;
}

static unsigned press(struct view *view, const struct mouse_event *event)
{
    const struct layout *layout = view->layout;
    if (inside(layout->keys, event->x, event->y)) {
        const struct action *action = footer_action_at(view, layout->keys, event->x);
        if (action == NULL || action->level > 0 || action->run == action_quit)
            return REACT_NONE;
        return keymap_run(view, action);
    }
    if (inside(layout->tabs, event->x, event->y)) {
        enum panel_id tab = header_tab_at(view, layout->tabs, event->x);
        return tab == PANEL_COUNT ? REACT_NONE : focus(view, tab);
    }
    enum panel_id id = panel_at(layout, event->x, event->y);
    if (id != PANEL_COUNT)
        return press_panel(view, id, event);
    int number = chart_iteration_at(view, layout, event->x, event->y);
    return number > 0 ? view_show(view, number) | REACT_REDRAW : REACT_NONE;
}

static unsigned wheel(struct view *view, const struct mouse_event *event)
{
    int rows = event->kind == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS;
    enum panel_id id = panel_at(view->layout, event->x, event->y);
    return id == PANEL_COUNT ? REACT_NONE : move_by(view, id, rows) | REACT_REDRAW;
}

unsigned mouse_dispatch(struct view *view, const struct mouse_event *at)
{
    struct mouse_event behind = *at, *event = &behind; /* the border of a sandbox */
    if (view->layout == NULL)
        return REACT_NONE;
    int border = compose_border(view, view->layout->width + 2, view->layout->height + 2);
    behind.x -= border;
    behind.y -= border;
    if (view->dialog != NULL) {
        if (event->kind == MOUSE_PRESS || view->dialog->class->in_place)
            return REACT_NONE;
        unsigned key = event->kind == MOUSE_WHEEL_UP ? KEYCODE_UP : KEYCODE_DOWN;
        return dialog_scroll(view->dialog, key);
    }
    return event->kind == MOUSE_PRESS ? press(view, event) : wheel(view, event);
}
