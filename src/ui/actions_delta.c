/* actions_delta: decisions on the lines of the proposal that waits. They go to the engine, which
 * owns the lines' states; what came of them is seen when it tells. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/deltas.h"
#include "ui/dialog.h"
#include "ui/sandbox.h"

const char *why_no_proposal(const struct view *view)
{
    if (view->mode == VIEW_SANDBOX && sandbox_looks_back(view))
        return "this iteration is decided: {live} goes to the newest of the rehearsal";
    if (view->run.has_pending)
        return NULL;
    if (view->mode == VIEW_SANDBOX)
        return "nothing waits in this iteration: {next-iteration} goes on";
    switch (view->run.mode) {
    case APPROVE_AUTO:
        return "auto: what the guards let through is applied at once";
    case APPROVE_OBSERVE:
        return "observe: proposals are recorded and none is applied";
    case APPROVE_MANUAL:
    case APPROVE_COUNT:
        break;
    }
    return "no proposal waits for a decision";
}

static const struct delta *selected(const struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    int index = deltas_selected(view);
    return index >= 0 ? &deltas[index] : NULL;
}

static bool any_marked(const struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    for (size_t i = 0; i < count; i++)
        if (deltas_marked(view, &deltas[i]))
            return true;
    return false;
}

const char *why_no_open_line(const struct view *view)
{
    static char text[160]; /* UI thread only; valid until the next call */
    const char *why = why_no_proposal(view);
    const struct delta *delta = why == NULL ? selected(view) : NULL;
    if (why == NULL && delta == NULL && !any_marked(view))
        return "the cursor is on no line of the proposal that waits";
    if (delta == NULL || deltas_open(delta) || any_marked(view))
        return why;
    if (delta->clears_at > 0)
        snprintf(text, sizeof text, "%s blocks %s until it %d", guard_name(delta->guard),
                 delta->name, delta->clears_at);
    else
        snprintf(text, sizeof text, "%s blocks %s", guard_name(delta->guard), delta->name);
    return text;
}

/* A line that a guard holds can be staged against it; what is in force already cannot. */
static bool against_guard(const struct delta *delta)
{
    return (delta->state == DELTA_BLOCKED || delta->state == DELTA_HELD) &&
           delta->guard != GUARD_NONE && delta->guard != GUARD_NO_OP;
}

const char *why_no_approve(const struct view *view)
{
    const struct delta *delta = why_no_proposal(view) == NULL ? selected(view) : NULL;
    return delta != NULL && against_guard(delta) ? NULL : why_no_open_line(view);
}

static void drop_marks(struct view *view)
{
    memset(view->marked, 0, sizeof view->marked);
    view->range_from[0] = '\0';
}

/* Turns the open range into marks. */
static void close_range(struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    for (size_t i = 0; i < count; i++)
        if (deltas_marked(view, &deltas[i]) && deltas[i].param >= 0)
            view->marked[deltas[i].param] = true;
    view->range_from[0] = '\0';
}

unsigned action_mark(struct view *view)
{
    const struct delta *delta = selected(view);
    if (view->range_from[0] != '\0') {
        close_range(view);
        return REACT_REDRAW;
    }
    if (delta == NULL || delta->param < 0)
        return REACT_NONE;
    view->marked[delta->param] = !view->marked[delta->param];
    deltas_select(view, deltas_selected(view) + 1);
    return REACT_REDRAW;
}

unsigned action_range(struct view *view)
{
    const struct delta *delta = selected(view);
    if (view->range_from[0] != '\0') {
        close_range(view);
        return REACT_REDRAW;
    }
    if (delta == NULL) {
        view_say(view, true, "the cursor is on no line of the proposal that waits");
        return REACT_REDRAW;
    }
    memcpy(view->range_from, delta->name, sizeof view->range_from);
    memcpy(view->selected, delta->name, sizeof view->selected);
    view_say(view, false, "range: move to its other end, then {approve}, {reject} or {mark}");
    return REACT_REDRAW;
}

/* All open lines that are seen; once all are marked, none. */
unsigned action_mark_all(struct view *view)
{
    size_t count, open = 0, marked = 0;
    const struct delta *deltas = deltas_shown(view, &count);
    for (size_t i = 0; i < count; i++) {
        open += deltas_open(&deltas[i]) && deltas_visible(view, &deltas[i]);
        marked += deltas_marked(view, &deltas[i]);
    }
    drop_marks(view);
    for (size_t i = 0; i < count && marked < open; i++)
        if (deltas_open(&deltas[i]) && deltas[i].param >= 0 && deltas_visible(view, &deltas[i]))
            view->marked[deltas[i].param] = true;
    if (open == 0)
        view_say(view, true,
                 deltas_listed(view) ? "no line that is seen here is open"
                                     : "a guard holds every line");
    return REACT_REDRAW;
}

/* One command a line, so that each has its own line in the journal. */
static unsigned decide(struct view *view, enum decide_op op)
{
    struct delta_targets targets = deltas_targets(view);
    struct command command = {.kind = COMMAND_DECIDE, .op = op, .iteration = targets.iteration};
    unsigned react = REACT_REDRAW;
    bool one = !any_marked(view);
    command.batch = view->next_command_id + 1;
    for (size_t i = 0; i < targets.count; i++) {
        memcpy(command.name, targets.name[i], sizeof command.name);
        react |= view_send(view, &command);
    }
    drop_marks(view);
    if (one)
        deltas_select(view, deltas_selected(view) + 1);
    return react;
}

unsigned action_approve(struct view *view)
{
    const struct delta *delta = selected(view);
    bool against = delta != NULL && against_guard(delta) && !any_marked(view);
    return decide(view, against ? DECIDE_OVERRIDE : DECIDE_APPROVE);
}

unsigned action_hold(struct view *view)
{
    return dialog_hold_open(view);
}

unsigned action_reject(struct view *view)
{
    return dialog_reason_open(view);
}

unsigned action_edit(struct view *view)
{
    const struct delta *delta = selected(view);
    return delta != NULL ? dialog_edit_open(view, delta->name) : REACT_NONE;
}

unsigned action_apply(struct view *view)
{
    return dialog_apply_open(view);
}

const char *why_no_rollback(const struct view *view)
{
    if (run_newest_apply(&view->run) != NULL || run_newest_rollback(&view->run) != NULL)
        return NULL;
    return "nothing that was applied is in force";
}

unsigned action_rollback(struct view *view)
{
    return dialog_rollback_open(view);
}
