/* loop: the UI thread's one wait: terminal, engine and signals. It draws only when something
 * changed, and sleeps without a wake-up otherwise. */
#ifndef SOAKTOP_UI_LOOP_H
#define SOAKTOP_UI_LOOP_H

#include "ui/view.h"

enum loop_end {
    LOOP_QUIT,    /* the operator left */
    LOOP_SIGNAL,  /* SIGINT, SIGTERM, SIGQUIT */
    LOOP_HANG_UP, /* SIGHUP, or the terminal is gone */
    LOOP_FAULT    /* ERR says what the system refused */
};

/* Runs until one of these. The screen has started; SIGNAL_FD is signals_open's. */
enum loop_end loop_run(struct view *view, int signal_fd, struct error *err);

#endif
