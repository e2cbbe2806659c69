/* actions_move: moving inside the focused panel and from panel to panel. UI thread. */
#include "config.h"

#include <limits.h>

#include "ui/actions.h"
#include "ui/layout.h"
#include "ui/panel.h"

enum { PAGE_DEFAULT = 10, FRAME_ROWS = 3 };

static unsigned move(struct view *view, int rows)
{
    const struct panel_class *panel = panel_table[view->focus];
    if (panel == NULL)
        return REACT_NONE;
    return panel->move != NULL ? panel->move(view, rows) : rows_move(view, (int)view->focus, rows);
}

/* Rows that the focused panel shows at once. */
static int page_of(const struct view *view)
{
    int height = view->layout != NULL ? view->layout->panel[view->focus].height : 0;
    return height > FRAME_ROWS ? height - FRAME_ROWS : PAGE_DEFAULT;
}

unsigned action_up(struct view *view)
{
    return move(view, -1);
}

unsigned action_down(struct view *view)
{
    return move(view, 1);
}

unsigned action_page_up(struct view *view)
{
    return move(view, -page_of(view));
}

unsigned action_page_down(struct view *view)
{
    return move(view, page_of(view));
}

static int half_page(const struct view *view)
{
    int page = page_of(view);
    return page > 1 ? page / 2 : 1;
}

unsigned action_half_up(struct view *view)
{
    return move(view, -half_page(view));
}

unsigned action_half_down(struct view *view)
{
    return move(view, half_page(view));
}

unsigned action_first(struct view *view)
{
    return move(view, -INT_MAX / 2);
}

unsigned action_last(struct view *view)
{
    return move(view, INT_MAX / 2);
}

unsigned action_open(struct view *view)
{
    return panel_table[view->focus]->open(view);
}

const char *why_no_open(const struct view *view)
{
    const struct panel_class *panel = panel_table[view->focus];
    if (view->mode == VIEW_SANDBOX && view->focus == PANEL_RUNS)
        return "a sandbox only rehearses: {rehearse} leaves it";
    return panel == NULL || panel->open == NULL ? "nothing in this panel opens" : NULL;
}

static unsigned focus(struct view *view, int id)
{
    if (panel_table[id] == NULL || view->focus == (enum panel_id)id)
        return REACT_NONE;
    view->focus = (enum panel_id)id;
    if (id == PANEL_RUNS)
        runs_refresh(view);
    return REACT_REDRAW | REACT_RELAYOUT;
}

/* The next panel in DIRECTION, around the end. */
static unsigned focus_by(struct view *view, int direction)
{
    int id = (int)view->focus;
    do
        id = (id + direction + PANEL_COUNT) % PANEL_COUNT;
    while (panel_table[id] == NULL && id != (int)view->focus);
    return focus(view, id);
}

unsigned action_next_panel(struct view *view)
{
    return focus_by(view, 1);
}

unsigned action_previous_panel(struct view *view)
{
    return focus_by(view, -1);
}

unsigned action_focus_1(struct view *view)
{
    return focus(view, 0);
}

unsigned action_focus_2(struct view *view)
{
    return focus(view, 1);
}

unsigned action_focus_3(struct view *view)
{
    return focus(view, 2);
}

unsigned action_focus_4(struct view *view)
{
    return focus(view, 3);
}

unsigned action_focus_5(struct view *view)
{
    return focus(view, 4);
}

unsigned action_focus_6(struct view *view)
{
    return focus(view, 5);
}

unsigned action_focus_7(struct view *view)
{
    return focus(view, 6);
}

unsigned action_zoom(struct view *view)
{
    view->size = (enum panel_size)((view->size + 1) % PANEL_SIZES);
    return REACT_REDRAW | REACT_RELAYOUT;
}
