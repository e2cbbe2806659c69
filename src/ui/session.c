/* session: see session.h. */
#include "config.h"

#include "ui/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/gate_job.h"
#include "model/text.h"
#include "ui/bindings_load.h"
#include "ui/sandbox.h"

enum { STOP_TRIES = 200, STOP_PAUSE_MS = 10 };

/* FAULT without the directory of its file: the status line is short. */
static const char *without_directory(const char *fault)
{
    const char *name = fault;
    for (const char *at = fault; *at != '\0' && *at != ':' && *at != ' '; at++)
        if (*at == '/')
            name = at + 1;
    return name;
}

/* Faults of the keys.json files are told before the screen is taken, and on it. */
static void load_keys(struct view *view)
{
    struct key_faults faults;
    bindings_load(&faults);
    for (char *line = faults.text.text, *end; line && *line; line = end + 1) {
        end = strchr(line, '\n');
        *end = '\0';
        char *safe = text_safe_copy(line);
        fprintf(stderr, "soaktop: %s\n", safe);
        free(safe);
    }
    if (faults.count > 1)
        view_say(view, true, "keys.json: %zu faults; %s", faults.count,
                 without_directory(faults.text.text));
    else if (faults.count == 1)
        view_say(view, true, "%s", without_directory(faults.text.text));
    key_faults_fini(&faults);
}

int session_open(struct view *view, const struct ui_options *options, struct error *err)
{
    view_init(view, options->config);
    load_keys(view);
    bool replay = options->engine == NULL && options->attached == NULL;
    view->readonly = view->forever_readonly = options->readonly || replay;
    view->mock_limits = options->mock_gate_default;
    view->dir = options->dir;
    if (options->preferences) {
        view->preferences = *options->preferences;
        preferences_init(options->preferences);
        preferences_take_effect(view);
    }
    snprintf(view->actor, sizeof view->actor, "%s", options->actor ? options->actor : "");
    snprintf(view->attach_with, sizeof view->attach_with, "%s",
             options->attach_with ? options->attach_with : "soaktop attach");
    if (options->attached) {
        view->inbox = options->attached;
        view->outbox = options->watched;
        view->attached = true;
        return 0;
    }
    if (!replay) {
        view->may_detach = options->may_detach;
        view->inbox = engine_inbox(options->engine);
        view->outbox = engine_outbox(options->engine);
        view->dir = engine_rundir(options->engine);
        return 0;
    }
    if (options->watched) {
        view->outbox = options->watched;
        view->watching = true;
        snprintf(view->not_mine, sizeof view->not_mine, "%s",
                 options->not_mine ? options->not_mine : "");
        if (view->not_mine[0] != '\0')
            view_say(view, true, "%s", view->not_mine);
        return 0;
    }
    view->mode = VIEW_REPLAY;
    view->run = *options->run;
    run_init(options->run);
    if (options->at > 0)
        view_show(view, options->at);
    if (options->link)
        link_follow(view, options->link);
    view->outbox = outbox_new(err);
    return view->outbox ? 0 : -1;
}

/* Asks the engine to end; its caller joins it. Tries again while the queue is full. */
static void stop_engine(struct view *view)
{
    struct command command = {.kind = COMMAND_STOP_NOW};
    const struct timespec pause = {0, STOP_PAUSE_MS * 1000000L};
    memcpy(command.actor, view->actor, sizeof command.actor);
    for (int i = 0; i < STOP_TRIES && inbox_post(view->inbox, &command) != 0; i++)
        nanosleep(&pause, NULL);
}

void session_close(struct view *view)
{
    sandbox_drop(view);
    runs_fini(view); /* what lies under an opened run is shown again */
    if (view->gate_job) {
        gate_job_cancel(view->gate_job);
        gate_job_finish(view->gate_job, NULL);
    }
    if (view->inbox && !view->ended && !view->attached && !view->detached)
        stop_engine(view);
    if (view->mode == VIEW_REPLAY && view->outbox)
        outbox_free(view->outbox);
    view_fini(view);
}
