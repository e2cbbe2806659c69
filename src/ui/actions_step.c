/* actions_step: , and . : one step down or up: of the value of the line under the cursor, which
 * opens the edit in place, or, in the larger gate panel, of an imagined limit. UI thread. */
#include "config.h"

#include "ui/actions.h"
#include "ui/dialog.h"
#include "ui/gate_facts.h"

const char *why_no_step(const struct view *view)
{
    const char *why = NULL;
    if (view->focus == PANEL_DELTAS)
        return view_may_write(view, &why) ? why_no_open_line(view) : why;
    whatif_kpi(view, &why);
    return why;
}

static unsigned step(struct view *view, int direction)
{
    if (view->focus == PANEL_DELTAS) {
        unsigned react = action_edit(view);
        return view->dialog != NULL ? react | dialog_key(view, direction > 0 ? '.' : ',') : react;
    }
    whatif_step(view, direction);
    return REACT_REDRAW;
}

unsigned action_step_down(struct view *view)
{
    return step(view, -1);
}

unsigned action_step_up(struct view *view)
{
    return step(view, 1);
}
