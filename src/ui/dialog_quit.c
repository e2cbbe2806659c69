/* dialog_quit: leaving a dashboard whose soak goes on asks: leave it running, or stop it. UI
 * thread.
 */
#include "config.h"

#include <stdio.h>

#include "ui/dialog_class.h"

static void quit_title(const void *data, char *text, size_t size)
{
    const bool *attached = data;
    snprintf(text, size,
             *attached ? "LEAVE: the soak runs in another process"
                       : "LEAVE: this dashboard drives the soak");
}

/* What a stop would end. */
static void add_stop(const struct view *view, struct dialog_lines *lines)
{
    const struct run *run = &view->run;
    if (run->planned > 0)
        dialog_add(lines, STYLE_TEXT, "%zu of %d iterations are recorded; the rest will not run",
                   run->count, run->planned);
    else
        dialog_add(lines, STYLE_TEXT, "%zu iterations are recorded", run->count);
    if (run->has_pending)
        dialog_add(lines, STYLE_WARN, "the proposal of it %d is not decided: it ends as declined",
                   run->pending.iteration);
    else if (run->state == RUN_RUNNING)
        dialog_add(lines, STYLE_TEXT,
                   "iteration %d is running: it is broken off, nothing is recorded of it",
                   run->current);
    dialog_add(lines, STYLE_TEXT, "what was recorded, applied and decided stays on disk");
}

static void quit_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)data;
    if (view->may_detach || view->attached) {
        dialog_add(lines, STYLE_BOLD, "Shift-D detaches: the soak goes on without this screen");
        if (view->run.has_pending)
            dialog_add(lines, STYLE_TEXT, "the proposal of it %d waits on; what is staged stays so",
                       view->run.pending.iteration);
        dialog_add(lines, STYLE_TEXT, "back to it, on this host: %s", view->attach_with);
        dialog_add(lines, STYLE_TEXT, "%s", "");
        dialog_add(lines, STYLE_BOLD, "Shift-Y stops: the soak ends now%s",
                   view->attached ? ", for all who are attached" : "");
    }
    add_stop(view, lines);
    dialog_add(lines, STYLE_TEXT,
               "Esc stays here; {stop-after} instead stops after the current iteration");
}

static unsigned quit_accept(struct view *view, const void *data, const char *reason)
{
    struct command command = {.kind = COMMAND_STOP_NOW};
    (void)data;
    (void)reason;
    view_say(view, false, "stopping the soak ...");
    view_send(view, &command);
    return REACT_QUIT;
}

static unsigned quit_detach(struct view *view, const void *data)
{
    (void)data;
    view->detached = true;
    return REACT_QUIT;
}

static const struct confirm stop_alone = {
    .level = 1,
    .cancel = "stay",
    .accept_text = "stop the soak and leave",
    .title = quit_title,
    .lines = quit_lines,
    .accept = quit_accept,
};

static const struct confirm stop_or_detach = {
    .level = 1,
    .cancel = "stay",
    .other_text = "detach",
    .accept_text = "stop the soak",
    .title = quit_title,
    .lines = quit_lines,
    .accept = quit_accept,
    .other = quit_detach,
};

unsigned dialog_quit_open(struct view *view)
{
    bool both = view->may_detach || view->attached;
    return dialog_confirm_open(view, both ? &stop_or_detach : &stop_alone, &view->attached,
                               sizeof view->attached);
}
