/* ui: the dashboard. The UI thread owns curses, the keyboard and signals; it waits in one ppoll and
 * folds the engine's messages into its own struct run. */
#ifndef SOAKTOP_UI_UI_H
#define SOAKTOP_UI_UI_H

#include "engine/engine.h"
#include "ui/link.h"
#include "ui/preferences.h"

struct ui_options {
    const struct config *config;
    struct engine *engine;    /* live: its queues; NULL: replay or watched */
    struct run *run;          /* replay: loaded, taken over; NULL: live */
    const struct rundir *dir; /* replay: for the gate and reports */
    bool readonly;
    bool mock_gate_default;  /* thresholds in use: mock for a mock run */
    int at;                  /* replay: iteration to begin with; 0: the end */
    struct outbox *watched;  /* another process's run: a follower's queue; NULL otherwise */
    struct inbox *attached;  /* and what takes its commands; NULL: it is only watched */
    const char *not_mine;    /* watched: why it cannot be written; NULL: as usual */
    bool may_detach;         /* live: the soak can go on without the screen */
    const char *attach_with; /* the command that brings a dashboard back to it */
    const struct link *link; /* replay: the moment to begin with; NULL: none */
    bool *detached;    /* set: the operator left, or the terminal went, and the soak is to go on */
    const char *actor; /* "user@host" */
    struct preferences *preferences; /* taken over; NULL: defaults */
};

/* Runs the dashboard until the operator leaves or the run's end is acknowledged. Restores the
 * terminal however it ends. Returns the exit status. */
int ui_run(const struct ui_options *options, struct error *err);

#endif
