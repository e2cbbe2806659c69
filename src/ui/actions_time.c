/* actions_time: which moment is on the screen (changes nothing in the run), and the pace of the
 * soak itself (commands to the engine). UI thread. */
#include "config.h"

#include <stdio.h>

#include "ui/actions.h"
#include "ui/dialog_class.h"
#include "ui/rails.h"
#include "ui/sandbox.h"
#include "ui/scene.h"

const char *why_no_iteration(const struct view *view)
{
    return view->run.count == 0 ? "no iteration is recorded yet" : NULL;
}

unsigned action_previous_iteration(struct view *view)
{
    play_stop(view);
    return view_show(view, view_number(view) - 1);
}

unsigned action_next_iteration(struct view *view)
{
    if (view->mode == VIEW_LIVE)
        return REACT_NONE;
    if (view->mode == VIEW_SANDBOX)
        return sandbox_next(view);
    play_stop(view);
    return view_show(view, view_number(view) + 1);
}

/* The nearest iteration in DIRECTION where something happened; stays if there is none. */
static unsigned show_event(struct view *view, int direction)
{
    int start = looked_start(view);
    int number = start > 0 && direction > 0 ? start + 1 : view_number(view) + direction;
    play_stop(view);
    for (; number >= 1 && number <= view_count(view); number += direction) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        if (iteration != NULL && rail_event_letter(iteration) != '-')
            return view_show(view, number);
    }
    view_say(view, false, "no %s event", direction < 0 ? "earlier" : "later");
    return REACT_REDRAW;
}

unsigned action_previous_event(struct view *view)
{
    return show_event(view, -1);
}

unsigned action_next_event(struct view *view)
{
    return show_event(view, 1);
}

const char *why_no_freeze(const struct view *view)
{
    return view->mode == VIEW_REPLAY ? why_no_iteration(view) : NULL;
}

unsigned action_freeze(struct view *view)
{
    if (view->mode == VIEW_REPLAY)
        return play_toggle(view);
    if (view->mode == VIEW_FROZEN)
        return action_live(view);
    view_say(view, false,
             "the view stands still, the soak goes on; {freeze} or {live}: back to live");
    return view_freeze(view) | REACT_REDRAW;
}

unsigned action_slower(struct view *view)
{
    return play_speed(view, -1);
}

unsigned action_faster(struct view *view)
{
    return play_speed(view, 1);
}

const char *why_no_live(const struct view *view)
{
    bool covered = view->mode == VIEW_REPLAY && view->runs.under != NULL &&
                   view->runs.under->mode != VIEW_REPLAY;
    if (!view_recorded(view) || covered || view_number(view) < view_count(view))
        return NULL;
    return view->run.count == 0 ? "no iteration is recorded yet"
                                : "the newest iteration is shown already";
}

/* From a run opened on top of a live one: to that; else to the end of the replay. */
unsigned action_live(struct view *view)
{
    view->status[0] = '\0';
    play_stop(view);
    if (view->mode != VIEW_SANDBOX && view->runs.under != NULL &&
        view->runs.under->mode != VIEW_REPLAY)
        runs_leave(view);
    return view_newest(view) | REACT_REDRAW;
}

static bool is_over(const struct view *view)
{
    enum run_state state = view->run.state;
    return view->ended || state == RUN_STOPPED || state == RUN_COMPLETED || state == RUN_FAILED;
}

const char *why_no_pause(const struct view *view)
{
    return is_over(view) ? "the run is over" : NULL;
}

/* Also while an iteration runs or a proposal waits, before the pause takes effect: the last word
 * about it stands in the log. */
static bool is_paused(const struct view *view)
{
    for (size_t i = view->run.event_count; i > 0; i--) {
        enum event_kind kind = view->run.event[i - 1].kind;
        if (kind == EVENT_PAUSE || kind == EVENT_RESUME)
            return kind == EVENT_PAUSE;
    }
    return view->run.state == RUN_PAUSED;
}

unsigned action_pause(struct view *view)
{
    struct command command = {.kind = is_paused(view) ? COMMAND_RESUME : COMMAND_PAUSE};
    return view_send(view, &command);
}

const char *why_no_run_next(const struct view *view)
{
    if (view->mode == VIEW_SANDBOX)
        return NULL; /* says itself where the record ends */
    return is_over(view) ? "the run is over" : NULL;
}

unsigned action_run_next(struct view *view)
{
    struct command command = {.kind = COMMAND_NEXT};
    if (view->mode == VIEW_SANDBOX)
        return sandbox_auto(view);
    return view_send(view, &command);
}

static void stop_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "STOP THE SOAK after this iteration");
}

static void stop_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct run *run = &view->run;
    (void)data;
    if (run->current > 0)
        dialog_add(lines, STYLE_TEXT, "iteration %d is finished and recorded, then the run ends",
                   run->current);
    else
        dialog_add(lines, STYLE_TEXT, "the run ends after iteration %zu", run->count);
    if (run->planned > 0)
        dialog_add(lines, STYLE_TEXT, "%d iterations were planned", run->planned);
    if (run->has_pending)
        dialog_add(lines, STYLE_TEXT, "the proposal that waits can still be decided");
    dialog_add(lines, STYLE_TEXT,
               "the dashboard stays open: gate, roll back and {quit} go on working");
    dialog_add(lines, STYLE_WARN, "a stopped run cannot be started again");
}

static const char *stop_refuse(const struct view *view, const void *data)
{
    (void)data;
    return why_no_stop(view);
}

static unsigned stop_accept(struct view *view, const void *data, const char *reason)
{
    struct command command = {.kind = COMMAND_STOP_AFTER};
    (void)data;
    (void)reason;
    return view_send(view, &command);
}

static const struct confirm stop_confirm = {
    .level = 1,
    .cancel = "go on soaking",
    .accept_text = "stop after it",
    .title = stop_title,
    .lines = stop_lines,
    .refuse = stop_refuse,
    .accept = stop_accept,
};

const char *why_no_stop(const struct view *view)
{
    return is_over(view) ? "the run is over" : NULL;
}

unsigned action_stop_after(struct view *view)
{
    return dialog_confirm_open(view, &stop_confirm, NULL, 0);
}
