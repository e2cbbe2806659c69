/* dialog_quit: leaving a dashboard that drives a live soak stops the soak, so it asks. UI thread.
 */
#include "config.h"

#include <stdio.h>

#include "ui/dialog_class.h"

static void quit_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "LEAVE: this dashboard drives the soak");
}

static void quit_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct run *run = &view->run;
    (void)data;
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

static const struct confirm quit_confirm = {
    .level = 1,
    .cancel = "stay",
    .accept_text = "stop the soak and leave",
    .title = quit_title,
    .lines = quit_lines,
    .accept = quit_accept,
};

unsigned dialog_quit_open(struct view *view)
{
    return dialog_confirm_open(view, &quit_confirm, NULL, 0);
}
