/* actions_runs: opening another run, and comparing with one. UI thread. */
#include "config.h"

#include "ui/actions.h"
#include "ui/dialog.h"

const char *why_no_other_run(const struct view *view)
{
    return view->outbox == NULL ? "no directory was opened" : NULL;
}

unsigned action_open_path(struct view *view)
{
    runs_refresh(view);
    return dialog_pick_open(view, READ_TO_SHOW, "");
}

unsigned action_compare(struct view *view)
{
    if (view_baseline(view) != NULL)
        return dialog_compare_open(view);
    runs_refresh(view);
    return dialog_pick_open(view, READ_TO_COMPARE, "");
}
