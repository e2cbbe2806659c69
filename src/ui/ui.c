/* ui: sets a view up, runs the loop on the terminal and leaves everything in order: the session
 * closed, the terminal given back. UI thread. */
#include "config.h"

#include "ui/ui.h"

#include <stdlib.h>
#include <unistd.h>

#include "engine/signals.h"
#include "model/mem.h"
#include "ui/loop.h"
#include "ui/screen.h"
#include "ui/session.h"

static int run_on_terminal(struct view *view, int signal_fd, struct error *err)
{
    if (screen_start(err) != 0) {
        screen_stop();
        return -1;
    }
    view->charset_best = screen_charset();
    preferences_meet_terminal(view);
    enum loop_end end = loop_run(view, signal_fd, err);
    view->detached |= end == LOOP_HANG_UP && view->may_detach;
    preferences_save(view);
    screen_stop();
    return end == LOOP_FAULT ? -1 : 0;
}

int ui_run(const struct ui_options *options, struct error *err)
{
    struct view *view = mem_alloc(sizeof *view);
    int signal_fd = signals_open(err);
    if (signal_fd >= 0 && session_open(view, options, err) == 0)
        run_on_terminal(view, signal_fd, err);
    if (view->end_error.code != ERROR_NONE && view->end_error.code != ERROR_STOPPED)
        error_set(err, view->end_error.code, "%s", view->end_error.text);
    if (options->detached)
        *options->detached = view->detached;
    if (view->config)
        session_close(view);
    if (signal_fd >= 0)
        close(signal_fd);
    free(view);
    return error_exit_status(err->code);
}
