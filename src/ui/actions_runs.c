/* actions_runs: opening another run, comparing with one, bookmarks and the handover note. UI
 * thread. */
#include "config.h"

#include "ui/actions.h"
#include "ui/dialog.h"
#include "ui/sandbox.h"

const char *why_no_other_run(const struct view *view)
{
    return view->outbox == NULL ? "no directory was opened" : NULL;
}

unsigned action_open_path(struct view *view)
{
    runs_refresh(view);
    return dialog_pick_open(view, READ_TO_SHOW, "");
}

/* Begins a rehearsal, and leaves it. */
unsigned action_rehearse(struct view *view)
{
    return view->mode == VIEW_SANDBOX ? sandbox_leave(view) : sandbox_enter(view);
}

unsigned action_compare(struct view *view)
{
    if (view_baseline(view) != NULL)
        return dialog_compare_open(view);
    runs_refresh(view);
    return dialog_pick_open(view, READ_TO_COMPARE, "");
}

unsigned action_bookmark(struct view *view)
{
    return dialog_bookmark_open(view);
}

unsigned action_bookmarks(struct view *view)
{
    return dialog_bookmarks_open(view);
}

unsigned action_handover(struct view *view)
{
    return dialog_handover_open(view);
}
