/* actions_axis: the axis of time: stretched, shrunk, and gone along column by column. UI thread. */
#include "config.h"

#include "ui/actions.h"
#include "ui/play.h"

static unsigned zoomed(struct view *view, bool changed, const char *end)
{
    char text[64];
    struct timespan span = timeaxis_shown(view);
    timespan_text(&span, text, sizeof text);
    view_say(view, false, "%s%s", text, changed ? "" : end);
    return REACT_REDRAW;
}

unsigned action_stretch(struct view *view)
{
    return zoomed(view, timeaxis_zoom(view, 1), ": this is as wide as it goes");
}

unsigned action_shrink(struct view *view)
{
    return zoomed(view, timeaxis_zoom(view, -1), ": all of the run is shown");
}

/* In the graphs' panel sideways is time, a column at a time. */
unsigned action_left(struct view *view)
{
    int from, to;
    if (view->focus != PANEL_KPIS || view_count(view) == 0)
        return REACT_NONE;
    timeaxis_here(view, &from, &to);
    if (from == to)
        return action_previous_iteration(view);
    play_stop(view);
    return view_show(view, from - 1);
}

unsigned action_right(struct view *view)
{
    int from, to;
    if (view->focus != PANEL_KPIS || view->mode == VIEW_LIVE || view_count(view) == 0)
        return REACT_NONE;
    timeaxis_here(view, &from, &to);
    if (from == to)
        return action_next_iteration(view);
    play_stop(view);
    return view_show(view, to + 1);
}
