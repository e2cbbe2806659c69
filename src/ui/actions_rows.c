/* actions_rows: search, filter and order of the focused panel's list. They change what is seen and
 * nothing else. UI thread. */
#include "config.h"

#include <stdio.h>

#include "ui/actions.h"
#include "ui/dialog.h"
#include "ui/panel.h"

const char *why_no_rows(const struct view *view)
{
    return panel_table[view->focus]->rows == NULL ? "this panel has no list" : NULL;
}

const char *why_no_hit(const struct view *view)
{
    if (view->list[view->focus].search[0] == '\0')
        return "nothing is searched for in this panel: {search}";
    return why_no_rows(view);
}

bool rows_searched(const struct view *view)
{
    return view->list[view->focus].search[0] != '\0';
}

/* The iterations are listed below the graphs once their panel has half of the screen. */
static unsigned show_list(struct view *view)
{
    if (view->focus != PANEL_KPIS || view->size != PANEL_NORMAL)
        return REACT_NONE;
    view->size = PANEL_HALF;
    return REACT_RELAYOUT;
}

unsigned action_search(struct view *view)
{
    return show_list(view) | dialog_find_open(view, false);
}

unsigned action_filter(struct view *view)
{
    return show_list(view) | dialog_find_open(view, true);
}

static unsigned go_to_hit(struct view *view, int direction)
{
    int panel = (int)view->focus;
    int hit = rows_next_hit(view, panel, rows_selected(view, panel), direction), number = 0;
    if (hit < 0) {
        view_say(view, true, "no row of %s holds \"%s\"", panel_table[panel]->name,
                 view->list[panel].search);
        return REACT_REDRAW;
    }
    for (int place = -1, last = -1; place < hit && number <= hit; number++) {
        place = rows_next_hit(view, panel, last, 1);
        last = place;
    }
    view_say(view, false, "hit %d of %zu", number, rows_hits(view, panel));
    return rows_go(view, panel, hit) | REACT_REDRAW;
}

unsigned action_next_hit(struct view *view)
{
    return go_to_hit(view, 1);
}

unsigned action_previous_hit(struct view *view)
{
    return go_to_hit(view, -1);
}

unsigned action_sort(struct view *view)
{
    return show_list(view) | dialog_sort_open(view);
}

unsigned action_invert(struct view *view)
{
    struct row_list *list = &view->list[view->focus];
    list->inverted = !list->inverted;
    view_say(view, false, list->inverted ? "inverted; {invert} turns it back" : "in order again");
    return show_list(view) | REACT_REDRAW;
}

const char *why_no_row(const struct view *view)
{
    const char *why = why_no_rows(view);
    return why == NULL && rows_count(view, (int)view->focus) == 0 ? "there is no row" : why;
}

unsigned action_copy(struct view *view)
{
    return dialog_copy_open(view);
}

unsigned action_export(struct view *view)
{
    return dialog_export_open(view, false);
}

unsigned action_save_screen(struct view *view)
{
    return dialog_export_open(view, true);
}

bool rows_undo(struct view *view)
{
    struct row_list *list = &view->list[view->focus];
    if (list->search[0] != '\0') {
        list->search[0] = '\0';
    } else if (list->filter[0] != '\0') {
        list->filter[0] = '\0';
    } else if (list->sort > 0 || list->inverted) {
        list->sort = 0;
        list->inverted = false;
    } else {
        return false;
    }
    return true;
}
