/* runs: see runs.h. UI thread. Invariant: at most one scene lies under the one shown; what the
 * engine says always goes to the live one, wherever it is. */
#include "config.h"

#include "ui/runs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/gate_job.h"
#include "engine/read_job.h"
#include "model/mem.h"
#include "ui/dialog.h"
#include "ui/scene.h"
#include "ui/view.h"

/* A job whose last message came, or that nobody waits for. */
static void end_job(struct read_job **job)
{
    if (*job == NULL)
        return;
    read_job_cancel(*job);
    read_job_finish(*job);
    *job = NULL;
}

unsigned runs_refresh(struct view *view)
{
    struct error err = ERROR_INIT;
    struct runs *runs = &view->runs;
    if (runs->listing != NULL || view->dir == NULL || view->outbox == NULL)
        return REACT_NONE;
    runs->listing = read_job_start(READ_LIST, view->dir->path, view->config, &runs->list,
                                   view->outbox, &err);
    if (runs->listing == NULL)
        snprintf(runs->list_fault, sizeof runs->list_fault, "%s", err.text);
    return REACT_REDRAW;
}

unsigned runs_read(struct view *view, const char *path, enum read_purpose purpose)
{
    struct error err = ERROR_INIT;
    struct runs *runs = &view->runs;
    if (view->outbox == NULL)
        return REACT_NONE;
    if (runs->reading != NULL) {
        view_say(view, true, "a run is being read already: wait for it");
        return REACT_REDRAW;
    }
    runs->reading = read_job_start(purpose, path, view->config, NULL, view->outbox, &err);
    runs->reading_for = purpose;
    runs->done = runs->total = 0;
    if (runs->reading == NULL)
        view_say(view, true, "%s", err.text);
    else
        view_say(view, false, "reading %s ...", path);
    return REACT_REDRAW;
}

/* A gate job of the run that goes away ends; what it told is not for the next one. */
static void drop_gate_job(struct view *view)
{
    if (view->gate_job == NULL)
        return;
    view->runs.stale_gates += view->gate_running;
    gate_job_cancel(view->gate_job);
    gate_job_finish(view->gate_job, NULL);
    view->gate_job = NULL;
    view->gate_running = false;
}

static void settle(struct view *view)
{
    view->judged = false;
    view->play.on = false;
    memset(view->top, 0, sizeof view->top);
    rows_touch(view);
}

bool runs_leave(struct view *view)
{
    struct runs *runs = &view->runs;
    struct scene *under = runs->under;
    if (under == NULL)
        return false;
    drop_gate_job(view);
    scene_swap(view, under);
    scene_fini(under);
    free(under);
    runs->under = NULL;
    stored_run_free(runs->shown);
    runs->shown = NULL;
    settle(view);
    return true;
}

/* STORED becomes what the view shows, on top of what lay there before anything was opened. */
static unsigned show_take(struct view *view, struct stored_run *stored)
{
    struct runs *runs = &view->runs;
    runs_leave(view);
    dialog_close(view);
    if (view->mode == VIEW_REPLAY)
        drop_gate_job(view);
    struct scene *scene = mem_alloc(sizeof *scene);
    scene->run = stored->run;
    run_init(&stored->run);
    scene->mode = VIEW_REPLAY;
    scene->readonly = scene->forever_readonly = true;
    scene->mock_limits = scene->run.source == SOURCE_MOCK;
    scene->dir = &stored->dir;
    scene->state_ms = view->mono_ms;
    runs->under_count = (int)view->run.count - (view->provisional > 0);
    scene_swap(view, scene);
    runs->under = scene;
    runs->shown = stored;
    settle(view);
    view_say(view, false, "%s: a replay, read-only; q goes back to %s", view->run.directory,
             scene->mode == VIEW_REPLAY ? "the run before" : "the live run, which goes on");
    return REACT_REDRAW | REACT_RELAYOUT;
}

void runs_drop_baseline(struct view *view)
{
    stored_run_free(view->runs.baseline);
    view->runs.baseline = NULL;
    view->baseline = NULL;
    view->runs.baseline_at = 0;
}

static unsigned fold_list(struct view *view, struct message *message)
{
    struct runs *runs = &view->runs;
    end_job(&runs->listing);
    if (message->runs == NULL) {
        memcpy(runs->list_fault, message->error.text, sizeof runs->list_fault);
        return REACT_REDRAW;
    }
    run_list_fini(&runs->list);
    runs->list = *message->runs;
    *message->runs = (struct run_list){.count = 0};
    runs->list_fault[0] = '\0';
    rows_touch(view);
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned fold_loaded(struct view *view, struct message *message)
{
    struct stored_run *stored = message->stored;
    message->stored = NULL;
    end_job(&view->runs.reading);
    if (stored == NULL) {
        view_say(view, true, "%s", message->error.text);
        return REACT_REDRAW;
    }
    if (message->purpose == READ_TO_SHOW)
        return show_take(view, stored);
    runs_drop_baseline(view);
    view->runs.baseline = stored;
    view->baseline = &stored->run;
    view_say(view, false, "compared with %s; it stays behind the graphs",
             stored->run.id[0] ? stored->run.id : stored->run.directory);
    if (view->dialog == NULL) /* never in the way of a question that was opened meanwhile */
        dialog_compare_open(view);
    return REACT_REDRAW | REACT_RELAYOUT;
}

unsigned runs_fold_take(struct view *view, struct message *message)
{
    unsigned react = REACT_REDRAW;
    if (message->kind == MESSAGE_RUNS) {
        react = fold_list(view, message);
    } else if (message->kind == MESSAGE_LOADED) {
        react = fold_loaded(view, message);
    } else if (message->purpose != READ_LIST) {
        view->runs.done = message->done;
        view->runs.total = message->total;
        view_say(view, false, "reading: %zu of %zu iterations", message->done, message->total);
    }
    message_free(message);
    return react;
}

void runs_fini(struct view *view)
{
    struct runs *runs = &view->runs;
    end_job(&runs->listing);
    end_job(&runs->reading);
    runs_leave(view);
    runs_drop_baseline(view);
    run_list_fini(&runs->list);
    if (runs->followed != NULL)
        view->dir = NULL;
    stored_run_free(runs->followed);
    runs->followed = NULL;
}

bool runs_is_shown(const struct view *view, const struct run_entry *entry)
{
    return strcmp(entry->shown, view->run.directory) == 0 && strcmp(entry->id, view->run.id) == 0;
}

void runs_under_text(const struct view *view, char *text, size_t size)
{
    const struct scene *under = view->runs.under;
    text[0] = '\0';
    if (under == NULL || under->mode == VIEW_REPLAY)
        return;
    int more = (int)under->run.count - (under->provisional > 0) - view->runs.under_count;
    if (under->ended)
        snprintf(text, size, "the live run ENDED: +%d it", more);
    else if (under->run.has_pending)
        snprintf(text, size, "LIVE WAITS: +%d it", more);
    else
        snprintf(text, size, "LIVE goes on: +%d it", more);
}
