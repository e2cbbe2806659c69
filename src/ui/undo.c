/* undo: see undo.h. Of the screen's newest step and the newest decision the later one goes first.
 * UI thread. */
#include "config.h"

#include "ui/undo.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ui/view.h"

void undo_note(struct view *view, const struct undo_class *class, const char *name,
               const void *data, size_t size)
{
    struct undo *undo = &view->undo;
    assert(size <= UNDO_DATA_MAX);
    undo->undone = 0;
    if (undo->done == UNDO_STEPS_MAX) {
        undo->done--;
        memmove(undo->step, undo->step + 1, undo->done * sizeof undo->step[0]);
    }
    struct undo_step *step = &undo->step[undo->done++];
    *step = (struct undo_step){.class = class, .at_ms = view->mono_ms};
    snprintf(step->name, sizeof step->name, "%s", name);
    if (size > 0)
        memcpy(step->data.bytes, data, size);
}

/* The step of the screen that u, or U, is for; NULL: none. */
static struct undo_step *step_done(struct undo *undo)
{
    return undo->done > 0 ? &undo->step[undo->done - 1] : NULL;
}

static struct undo_step *step_undone(struct undo *undo)
{
    return undo->undone > 0 ? &undo->step[undo->done] : NULL;
}

void undo_note_proposal(struct view *view, const struct proposal *proposal)
{
    const struct run *run = &view->run;
    if (!proposal)
        return;
    bool same = run->has_pending && run->pending.iteration == proposal->iteration;
    if (proposal->decided != (same ? run->pending.decided : 0))
        view->undo.decided_ms = view->mono_ms;
    if (proposal->taken_back != (same ? run->pending.taken_back : 0))
        view->undo.taken_back_ms = view->mono_ms;
}

/* Why no decision can be taken back, or done again, here and now; NULL: one can. */
static const char *why_no_decision(const struct view *view, const struct decision_stack *stack)
{
    const char *why = NULL;
    if (view->mode == VIEW_SANDBOX) /* there it goes back beyond the iteration that waits */
        return stack->count == 0 ? "" : NULL;
    if (!view_pending(view) || stack->count == 0)
        return "";
    return view_may_write(view, &why) ? NULL : why;
}

const char *why_no_undo(const struct view *view)
{
    const char *why = why_no_decision(view, &view->run.pending.undo);
    if (view->undo.done > 0 || why == NULL)
        return NULL;
    return why[0] ? why : "there is nothing to take back";
}

const char *why_no_redo(const struct view *view)
{
    const char *why = why_no_decision(view, &view->run.pending.redo);
    if (view->undo.undone > 0 || why == NULL)
        return NULL;
    return why[0] ? why : "nothing was taken back";
}

static unsigned send(struct view *view, enum decide_op op)
{
    struct command command = {
        .kind = COMMAND_DECIDE, .op = op, .iteration = view->run.pending.iteration};
    return view_send(view, &command);
}

unsigned undo_newest(struct view *view)
{
    struct undo *undo = &view->undo;
    struct undo_step *step = step_done(undo);
    if (why_no_decision(view, &view->run.pending.undo) == NULL &&
        (step == NULL || undo->decided_ms >= step->at_ms))
        return send(view, DECIDE_UNDO);
    if (step == NULL)
        return REACT_NONE;
    undo->done--;
    undo->undone++;
    step->at_ms = view->mono_ms;
    unsigned react = step->class->undo(view, step->data.bytes);
    view_say(view, false, "undid: %s", step->name);
    return react | REACT_REDRAW;
}

unsigned redo_newest(struct view *view)
{
    struct undo *undo = &view->undo;
    struct undo_step *step = step_undone(undo);
    if (why_no_decision(view, &view->run.pending.redo) == NULL &&
        (step == NULL || undo->taken_back_ms >= step->at_ms))
        return send(view, DECIDE_REDO);
    if (step == NULL)
        return REACT_NONE;
    undo->undone--;
    undo->done++;
    step->at_ms = view->mono_ms;
    unsigned react = step->class->redo(view, step->data.bytes);
    view_say(view, false, "redid: %s", step->name);
    return react | REACT_REDRAW;
}
