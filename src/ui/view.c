/* view: folds what the engine says into what the operator looks at, and moves through the run's
 * iterations. UI thread. Invariants: AT is 0 or one of 1..view_count; a live view has AT 0. While a
 * proposal waits, its iteration stands in RUN provisionally, so that rails, graphs and figures show
 * what the operator decides on; the recorded one replaces it. */
#include "config.h"

#include "ui/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/bindings.h"
#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/external.h"
#include "ui/sandbox.h"
#include "ui/scene.h"

void view_init(struct view *view, const struct config *config)
{
    *view = (struct view){.config = config, .focus = PANEL_DELTAS};
    run_init(&view->run);
    view->rows = rows_cache_new();
    view->gate_facts = mem_alloc(sizeof *view->gate_facts);
    preferences_init(&view->preferences);
    for (int id = 0; id < PANEL_COUNT; id++)
        view->open[id] = true;
}

void view_fini(struct view *view)
{
    dialog_close(view);
    sandbox_drop(view);
    runs_fini(view);
    gate_drop(&view->gate);
    gate_drop(&view->gate_before);
    judge_fini(&view->judgement);
    series_fini(&view->series);
    series_fini(&view->series_behind);
    run_fini(&view->run);
    rows_cache_free(view->rows);
    free(view->gate_facts);
    free(view->clipboard);
    preferences_fini(&view->preferences);
}

/* Takes out the iteration that stood in for a proposal which is gone without a record. */
static void drop_provisional(struct view *view)
{
    struct run *run = &view->run;
    if (!view->provisional || (int)run->count != view->provisional)
        return;
    iteration_free(run->iteration[--run->count]);
    run->iteration[run->count] = NULL;
    series_forget(&view->series, view->provisional);
    view->provisional = 0;
}

static void put_provisional(struct view *view, const struct proposal *proposal)
{
    int next = (int)view->run.count + (view->provisional ? 0 : 1);
    if (!proposal->has_summary || proposal->iteration != next)
        return;
    struct iteration *iteration = iteration_new(proposal->iteration);
    iteration->summary = proposal->summary;
    iteration->delta_count = proposal->count;
    if (proposal->count > 0) {
        iteration->delta = mem_resize(NULL, proposal->count, sizeof *iteration->delta);
        memcpy(iteration->delta, proposal->delta, proposal->count * sizeof *iteration->delta);
    }
    iteration->utc_ms = view->now_ms;
    memcpy(iteration->signature, proposal->base_hash, sizeof iteration->signature);
    run_put_iteration_take(&view->run, iteration);
    series_forget(&view->series, proposal->iteration);
    view->provisional = proposal->iteration;
}

static unsigned fold_proposal(struct view *view, const struct message *message)
{
    bool waits = message->has_pending && message->proposal;
    bool fresh = waits && (!view->run.has_pending ||
                           view->run.pending.iteration != message->proposal->iteration);
    if (fresh) {
        memset(view->marked, 0, sizeof view->marked);
        view->range_from[0] = '\0';
    }
    undo_note_proposal(view, waits ? message->proposal : NULL);
    if (waits)
        put_provisional(view, message->proposal);
    return REACT_RELAYOUT;
}

static unsigned fold_iteration(struct view *view, const struct message *message)
{
    const struct iteration *iteration = message->iteration;
    if (!iteration)
        return REACT_NONE;
    if (iteration->number == view->provisional)
        view->provisional = 0;
    series_forget(&view->series, iteration->number);
    if (iteration->state == ITERATION_FAILED && iteration->number > (int)view->run.count)
        view_say(view, true, "iteration %d failed: %s", iteration->number,
                 iteration->error ? iteration->error : "no reason given");
    return REACT_RELAYOUT;
}

static unsigned fold_gate(struct view *view, struct message *message)
{
    view->gate_strict = message->gate_strict;
    if (message->kind == MESSAGE_GATE_PROGRESS) {
        if (!view->gate_running)
            view->gate_started_ms = view->mono_ms;
        view->gate_running = true;
        view->gate_step = message->step;
        view->gate_done = message->done;
        view->gate_total = message->total;
        return REACT_REDRAW;
    }
    view->gate_running = false;
    if (view->gate && message->gate) { /* what the new one is compared with */
        gate_drop(&view->gate_before);
        view->gate_before = view->gate;
        view->gate = NULL;
    }
    gate_drop(&view->gate);
    view->gate = message->gate;
    message->gate = NULL;
    view->gate_error = message->error;
    const char *which = message->gate_strict ? "strict" : "mock";
    if (!view->gate)
        view_say(view, true, "%s gate: %s", which, message->error.text);
    else
        view_say(view, view->gate->judgement.gate_failed,
                 "%s gate: %s%s; {focus-gate} shows it, {report} its reports", which,
                 verdict_name(view->gate->judgement.verdict),
                 view->gate->judgement.gate_failed ? ", the gate FAILED" : "");
    return REACT_REDRAW;
}

static unsigned fold_end(struct view *view, const struct message *message)
{
    view->ended = true;
    view->end_error = message->error;
    if (message->error.code != ERROR_NONE && message->error.code != ERROR_STOPPED)
        view_say(view, true, "the run ended: %s", message->error.text);
    return REACT_RELAYOUT;
}

/* A followed directory holds another run now: nothing of the one before is shown on. */
static unsigned fold_restart(struct view *view, struct message *message)
{
    struct runs *runs = &view->runs;
    if (runs->followed != NULL)
        view_say(view, true, "another run began here: it is followed now");
    stored_run_free(runs->followed);
    runs->followed = message->stored;
    message->stored = NULL;
    view->dir = runs->followed != NULL ? &runs->followed->dir : NULL;
    view->at = view->provisional = 0;
    view->looked = (struct looked){.key_ms = 0};
    view->ended = false;
    view->end_error = (struct error)ERROR_INIT;
    view->state_ms = view->mono_ms;
    if (view->mode == VIEW_FROZEN)
        view->mode = VIEW_LIVE;
    gate_drop(&view->gate);
    gate_drop(&view->gate_before);
    return REACT_RELAYOUT | REACT_BELL;
}

static void fold_state(struct view *view, const struct message *message)
{
    if (message->state != view->run.state || message->current != view->run.current)
        view->state_ms = view->mono_ms;
    if (message->utc_ms != UTC_NONE && message->utc_ms < view->now_ms)
        view->state_ms = view->mono_ms - (view->now_ms - message->utc_ms);
}

/* The soak that was attached to is not heard any more: what its files say is shown on. */
static unsigned fold_detached(struct view *view, const struct message *message)
{
    view->attached = false;
    view->watching = true;
    view->inbox = NULL;
    snprintf(view->lost, sizeof view->lost, "%s", message->text ? message->text : "");
    view_say(view, true, "%s: read-only from now on", view->lost);
    return REACT_RELAYOUT | REACT_BELL;
}

/* TEXT ("... by ACTOR: reason") tells what ACTOR did. */
static bool is_by(const char *text, const char *actor)
{
    size_t length = strlen(actor);
    const char *at = strstr(text, " by ");
    if (at == NULL || strncmp(at + 4, actor, length) != 0)
        return false;
    at += 4 + length;
    return *at == '\0' || *at == ' ' || *at == ';' || *at == ',' || strncmp(at, ": ", 2) == 0;
}

/* What somebody else decides on the proposal that waits here is told. */
static void note_decision(struct view *view, const struct message *message)
{
    if (message->event == EVENT_DECISION && message->text != NULL && view->run.has_pending &&
        message->event_iteration == view->run.pending.iteration && view->actor[0] != '\0' &&
        !is_by(message->text, view->actor))
        view_say(view, true, "%s", message->text);
}

/* What the view itself keeps of MESSAGE, before the run takes it. */
static unsigned note_message(struct view *view, struct message *message)
{
    switch (message->kind) {
    case MESSAGE_STATE:
        fold_state(view, message);
        return REACT_REDRAW;
    case MESSAGE_PROPOSAL:
        return fold_proposal(view, message);
    case MESSAGE_ITERATION:
        return fold_iteration(view, message);
    case MESSAGE_REPLY:
        view_say(view, !message->ok, "%s", message->text ? message->text : "");
        return REACT_REDRAW;
    case MESSAGE_GATE_PROGRESS:
    case MESSAGE_GATE_RESULT:
        return fold_gate(view, message);
    case MESSAGE_END:
        return fold_end(view, message);
    case MESSAGE_RESTART:
        return fold_restart(view, message);
    case MESSAGE_MANIFEST:
        if ((view->watching || view->attached) && message->manifest)
            view->mock_limits = message->manifest->source == SOURCE_MOCK;
        return REACT_RELAYOUT;
    case MESSAGE_DETACHED:
        return fold_detached(view, message);
    case MESSAGE_EVENT:
        note_decision(view, message);
        break;
    case MESSAGE_PARAMS:
    case MESSAGE_CHANGE:
    case MESSAGE_WIRE:
    case MESSAGE_READ_PROGRESS:
    case MESSAGE_RUNS:
    case MESSAGE_LOADED:
        break;
    case MESSAGE_REST:
        return REACT_NONE;
    }
    return REACT_REDRAW;
}

static unsigned fold_own_take(struct view *view, struct message *message)
{
    enum message_kind kind = message->kind;
    unsigned react = alerts_hear(view, message);
    react |= note_message(view, message);
    run_fold(&view->run, message);
    if (kind == MESSAGE_END)
        drop_provisional(view);
    if (kind == MESSAGE_REPLY || kind == MESSAGE_CHANGE || kind == MESSAGE_EVENT)
        react |= external_hear(view, message);
    if (kind == MESSAGE_CHANGE)
        series_look_back(&view->series, &view->run, &view->config->thresholds);
    message_free(message);
    view->stale = true;
    rows_touch(view);
    return react;
}

/* For the live run that lies under an opened one: what it says is told as its own. */
static unsigned fold_under_take(struct view *view, struct message *message)
{
    char before[sizeof view->status], told[sizeof view->status];
    bool judged = view->judged;
    memcpy(before, view->status, sizeof before);
    scene_swap(view, view->runs.under);
    unsigned react = fold_own_take(view, message);
    scene_swap(view, view->runs.under);
    view->judged = judged;
    if (strcmp(before, view->status) != 0) {
        memcpy(told, view->status, sizeof told);
        view_say(view, view->status_alert, "LIVE: %s", told);
    }
    return react;
}

/* A gate job's messages are for the replay that it was started in. */
static bool is_stale(struct view *view, const struct message *message)
{
    bool gone = message->of_job && (view->runs.stale_gates > 0 || view->mode != VIEW_REPLAY);
    if (gone && message->kind == MESSAGE_GATE_RESULT && view->runs.stale_gates > 0)
        view->runs.stale_gates--;
    return gone;
}

unsigned view_fold_take(struct view *view, struct message *message)
{
    switch (message->kind) {
    case MESSAGE_READ_PROGRESS:
    case MESSAGE_RUNS:
    case MESSAGE_LOADED:
        return runs_fold_take(view, message);
    default:
        break;
    }
    if (is_stale(view, message)) {
        message_free(message);
        return REACT_NONE;
    }
    if (view->runs.under != NULL && !message->of_job)
        return fold_under_take(view, message);
    return fold_own_take(view, message);
}

unsigned view_pass(struct view *view)
{
    return play_pass(view);
}

int view_count(const struct view *view)
{
    int count = (int)view->run.count;
    return view->mode == VIEW_FROZEN && view->frozen_at_count < count ? view->frozen_at_count
                                                                      : count;
}

int view_number(const struct view *view)
{
    int count = view_count(view);
    return view->at > 0 && view->at < count ? view->at : count;
}

const struct iteration *view_iteration(const struct view *view)
{
    return run_iteration(&view->run, view_number(view));
}

unsigned view_freeze(struct view *view)
{
    if (view->mode != VIEW_LIVE)
        return REACT_NONE;
    view->mode = VIEW_FROZEN;
    view->frozen_at_count = (int)view->run.count;
    view->frozen_ms = view->mono_ms;
    view->at = view->frozen_at_count;
    view->stale = true;
    return REACT_RELAYOUT;
}

unsigned view_show(struct view *view, int number)
{
    unsigned react = view_freeze(view);
    int count = view_count(view);
    int at = number < 1 ? 1 : number;
    at = at > count ? count : at;
    if (at == view->at)
        return react;
    view->at = at;
    view->stale = true;
    timeaxis_follow(view);
    return react | REACT_RELAYOUT;
}

unsigned view_newest(struct view *view)
{
    if (view->mode == VIEW_FROZEN)
        view->mode = VIEW_LIVE;
    view->at = 0;
    view->time.first = 0;
    view->stale = true;
    return REACT_RELAYOUT;
}

const struct run *view_baseline(const struct view *view)
{
    return view->baseline;
}

bool view_pending(const struct view *view)
{
    bool here = view->mode == VIEW_LIVE ||
                (view->mode == VIEW_SANDBOX && view_number(view) == (int)view->run.count);
    return here && view->run.has_pending;
}

bool view_recorded(const struct view *view)
{
    return view->mode == VIEW_REPLAY || view->mode == VIEW_SANDBOX;
}

/* Keeps the series up with the run and with the baseline. */
static void follow_runs(struct view *view)
{
    static const struct run none;
    const struct thresholds *thresholds = &view->config->thresholds;
    if (!view->judged) {
        series_forget(&view->series, 1);
        series_forget(&view->series_behind, 1);
    }
    series_sync(&view->series, &view->run, thresholds);
    series_sync(&view->series_behind, view->baseline != NULL ? view->baseline : &none, thresholds);
}

/* The run as it was after iteration NUMBER; it borrows everything. */
struct run view_run_until(const struct view *view, int number)
{
    struct run until = view->run;
    until.count = (size_t)number;
    if (number < (int)view->run.count) { /* then it still went on */
        until.state = RUN_RUNNING;
        until.ended_ms = UTC_NONE;
    }
    if (until.planned <= 0 && view->sandbox != NULL)
        until.planned = (int)view->sandbox->under.run.count;
    else if (until.planned <= 0 && number < (int)view->run.count && view->mode == VIEW_REPLAY)
        until.planned = (int)view->run.count;
    return until;
}

void view_refresh(struct view *view)
{
    looked_refresh(view);
    int number = view_number(view);
    follow_runs(view);
    bool judged = view->judged && !view->stale && view->judged_at == number &&
                  view->judgement.mock == view->mock_limits;
    if (judged)
        return;
    struct run until = view_run_until(view, number);
    view->gate_facts->made = false;
    judge_fini(&view->judgement);
    const struct thresholds *thresholds = &view->config->thresholds;
    struct judge_options options = {
        .mock = view->mock_limits,
        .skip_verify = true,
        .window_only = true,
        .freeze_at = view->series.freeze_at,
    };
    judge_run(&view->judgement, &until, NULL, thresholds, &options);
    view->forecast = judge_forecast_from(&until, thresholds, options.mock, options.freeze_at);
    view->failed = series_failed(&view->series, number);
    view->missing = series_missing(&view->series, number);
    view->judged = true;
    view->stale = false;
    view->judged_at = number;
}

unsigned view_send(struct view *view, struct command *command)
{
    command->id = ++view->next_command_id;
    memcpy(command->actor, view->actor, sizeof command->actor);
    if (view->mode == VIEW_SANDBOX)
        return sandbox_send(view, command);
    if (!view->inbox || inbox_post(view->inbox, command) != 0)
        view_say(view, true, "not sent: %s",
                 view->inbox ? "64 commands wait for the engine already" : "no engine runs here");
    return REACT_REDRAW;
}

void view_say(struct view *view, bool alert, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(view->status, sizeof view->status, format, args);
    va_end(args);
    bindings_expand(view->status, sizeof view->status);
    view->status_alert = alert;
}

bool view_may_write(const struct view *view, const char **why)
{
    const char *reason = NULL;
    if (view->mode == VIEW_SANDBOX)
        reason = NULL; /* what is decided there is written nowhere */
    else if (view->mode == VIEW_REPLAY)
        reason = "a replay is read-only";
    else if (view->lost[0] != '\0')
        reason = "the soak is not connected any more: this shows what its files say";
    else if (view->watching)
        reason = view->not_mine[0] != '\0'
                     ? view->not_mine
                     : "another process drives this run: watching is read-only";
    else if (view->forever_readonly)
        reason = "started with --readonly";
    else if (view->readonly)
        reason = "read-only: {readonly} makes it RW";
    else if (view->ended)
        reason = "the run has ended";
    if (why)
        *why = reason != NULL ? bindings_expanded(reason) : NULL;
    return reason == NULL;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* Of the run's own state: a countdown, or how long it works or waits already. */
static int64_t state_tick(const struct view *view)
{
    if (view_recorded(view) || view->ended)
        return -1;
    int64_t past = view->mono_ms - view->state_ms;
    switch (view->run.state) {
    case RUN_SLEEPING:
        return view->run.next_ms == UTC_NONE ? -1
                                             : duration_left_tick(view->run.next_ms - view->now_ms);
    case RUN_RUNNING:
        return duration_tick(past);
    case RUN_HOLDING:
        return view->run.pending.decide_by_ms > 0
                   ? duration_left_tick(view->run.pending.decide_by_ms - view->now_ms)
                   : duration_coarse_tick(past);
    case RUN_PAUSED:
        return duration_coarse_tick(past);
    case RUN_STARTING:
    case RUN_STOPPED:
    case RUN_COMPLETED:
    case RUN_FAILED:
    case RUN_STATE_COUNT:
        break;
    }
    return -1;
}

int64_t view_tick_ms(const struct view *view)
{
    int64_t tick = state_tick(view);
    if (view->mode == VIEW_FROZEN)
        tick = sooner(tick, duration_coarse_tick(view->mono_ms - view->frozen_ms));
    if (view->gate_running)
        tick = sooner(tick, duration_tick(view->mono_ms - view->gate_started_ms));
    tick = sooner(tick, looked_tick_ms(view));
    return sooner(sooner(tick, alerts_tick_ms(view)), play_tick_ms(view));
}
