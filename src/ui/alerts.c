/* alerts: see alerts.h. */
#include "config.h"

#include "ui/alerts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/wires.h"
#include "model/running.h"
#include "ui/bindings.h"
#include "ui/view.h"

enum { FLASH_MS = 3000, BELL_GAP_MS = 1000 };

static const struct {
    const char *name, *word;
} event_table[ALERT_EVENTS] = {
    [ALERT_PROPOSAL] = {"proposal", "PROPOSAL"},
    [ALERT_VERDICT] = {"verdict", "VERDICT"},
    [ALERT_FREEZE] = {"freeze", "FREEZE"},
    [ALERT_ITERATION_FAILED] = {"iteration-failed", "IT FAILED"},
    [ALERT_RUN_FAILED] = {"run-failed", "RUN FAILED"},
    [ALERT_RUN_FINISHED] = {"run-finished", "FINISHED"},
    [ALERT_EXTERNAL] = {"external-change", "CHANGED ON DISK"},
    [ALERT_TRIPWIRE] = {"tripwire", "TRIPWIRE"},
    [ALERT_DIVERGED] = {"diverged", "DIVERGED"},
};

const char *alert_event_name(enum alert_event event)
{
    return event_table[event].name;
}

static unsigned ring(struct view *view)
{
    struct alerts *alerts = &view->alerts;
    if (alerts->bell_ms != 0 && view->mono_ms - alerts->bell_ms < BELL_GAP_MS)
        return REACT_NONE;
    alerts->bell_ms = view->mono_ms;
    return REACT_BELL;
}

unsigned alerts_raise(struct view *view, enum alert_event event, int iteration, const char *format,
                      ...)
{
    struct alerts *alerts = &view->alerts;
    const struct setting *value = view->preferences.settings.value;
    unsigned means = (unsigned)value[SETTING_ALERT_PROPOSAL + (int)event].number;
    struct alert alert = {.event = event, .means = means, .iteration = iteration};
    unsigned react = means & ALERT_BELL ? ring(view) : REACT_NONE;
    va_list args;
    va_start(args, format);
    vsnprintf(alert.text, sizeof alert.text, format, args);
    va_end(args);
    if (means & ALERT_VISUAL) {
        if (event != ALERT_PROPOSAL) /* the line of what is staged says it */
            view_say(view, true, "%s", alert.text);
        alerts->unseen[event]++;
        alerts->flash = event;
        alerts->flash_until_ms = view->mono_ms + FLASH_MS;
        react |= REACT_REDRAW;
    }
    if (means & (ALERT_NOTIFY | ALERT_COMMAND) && alerts->count < ALERT_QUEUE_MAX) {
        alerts->queue[alerts->count++] = alert;
        react |= REACT_ALERT;
    }
    return react;
}

static unsigned hear_proposal(struct view *view, const struct message *message)
{
    const struct proposal *proposal = message->proposal;
    if (!message->has_pending || !proposal) {
        view->alerts.unseen[ALERT_PROPOSAL] = 0;
        return REACT_NONE;
    }
    if (view->run.has_pending && view->run.pending.iteration == proposal->iteration)
        return REACT_NONE;
    return alerts_raise(view, ALERT_PROPOSAL, proposal->iteration,
                        "iteration %d: a proposal of %zu line%s waits for you", proposal->iteration,
                        proposal->count, proposal->count == 1 ? "" : "s");
}

static unsigned hear_iteration(struct view *view, const struct iteration *iteration)
{
    bool fresh = iteration && (iteration->number > (int)view->run.count ||
                               iteration->number == view->provisional);
    if (!fresh)
        return REACT_NONE;
    if (iteration->state == ITERATION_FAILED)
        return alerts_raise(view, ALERT_ITERATION_FAILED, iteration->number,
                            "iteration %d failed: %s", iteration->number,
                            iteration->error ? iteration->error : "no reason given");
    if (iteration->freeze_triggered)
        return alerts_raise(view, ALERT_FREEZE, iteration->number, "iteration %d: a freeze begins",
                            iteration->number);
    return REACT_NONE;
}

static unsigned hear_change(struct view *view, const struct change *change)
{
    if (change->kind != CHANGE_EXTERNAL)
        return REACT_NONE;
    return alerts_raise(view, ALERT_EXTERNAL, change->after_iteration,
                        "another process changed the parameters on disk; %s shows it",
                        bindings_expanded("{external}"));
}

/* A wire that has just fired, or whose own rollback has just failed. */
static unsigned hear_wire(struct view *view, const struct wire *wire)
{
    const struct wire *known = run_wire(&view->run, wire->applied_at);
    bool new = wire->fired_at > 0 && (!known || known->fired_at == 0);
    bool failed = wire->failed && (!known || !known->failed);
    char what[TRIPWIRE_TEXT_MAX];
    if ((!new && !failed) || wire->ended != WIRE_IDLE)
        return REACT_NONE;
    return alerts_raise(
        view, ALERT_TRIPWIRE, wire->fired_at,
        wire->rolls_back && !failed
            ? "TRIPWIRE %s fired at it %d: the apply of it %d is rolled back"
            : "TRIPWIRE %s fired at it %d: the rollback of it %d's apply waits (%s)",
        tripwire_short(&wire->what, what), wire->fired_at, wire->applied_at,
        bindings_expanded("{rollback}"));
}

unsigned alerts_hear(struct view *view, const struct message *message)
{
    if (message->earlier)
        return REACT_NONE;
    bool faulty = message->error.code != ERROR_NONE && message->error.code != ERROR_STOPPED;
    switch (message->kind) {
    case MESSAGE_PROPOSAL:
        return hear_proposal(view, message);
    case MESSAGE_ITERATION:
        return hear_iteration(view, message->iteration);
    case MESSAGE_CHANGE:
        return hear_change(view, &message->change);
    case MESSAGE_WIRE:
        return message->wire ? hear_wire(view, message->wire) : REACT_NONE;
    case MESSAGE_STATE:
        if (message->state == RUN_COMPLETED && view->run.state != RUN_COMPLETED)
            return alerts_raise(view, ALERT_RUN_FINISHED, (int)view->run.count,
                                "the soak has finished: %zu iterations", view->run.count);
        return REACT_NONE;
    case MESSAGE_END:
        if (faulty)
            return alerts_raise(view, ALERT_RUN_FAILED, (int)view->run.count, "the run ended: %s",
                                message->error.text);
        return REACT_NONE;
    default:
        return REACT_NONE;
    }
}

/* A live view's judgement is that of the newest iterations already. */
static enum verdict newest_verdict(const struct view *view)
{
    if (view->mode == VIEW_LIVE && view->judged && view->judged_at == (int)view->run.count)
        return view->judgement.verdict;
    struct judgement judgement = {.verdict = VERDICT_NONE};
    struct judge_options options = {.mock = view->mock_limits, .skip_verify = true};
    judge_run(&judgement, &view->run, NULL, &view->config->thresholds, &options);
    enum verdict verdict = judgement.verdict;
    judge_fini(&judgement);
    return verdict;
}

/* The bot reports other parameters than those in force; told when it begins. */
static unsigned hear_running(struct view *view)
{
    char text[160];
    int number = (int)view->run.count;
    if (running_of(&view->run, number) != RUNNING_DIVERGED ||
        running_of(&view->run, number - 1) == RUNNING_DIVERGED)
        return REACT_NONE;
    running_text(&view->run, number, text, sizeof text);
    return alerts_raise(view, ALERT_DIVERGED, number, "%s", text);
}

unsigned alerts_judge(struct view *view)
{
    struct alerts *alerts = &view->alerts;
    if (view->focus == PANEL_JOURNAL)
        memset(alerts->unseen, 0, sizeof alerts->unseen);
    if (view_recorded(view) || view->run.count == 0 || alerts->judged_count == view->run.count)
        return REACT_NONE;
    enum verdict before = alerts->verdict, now = newest_verdict(view);
    bool known = alerts->judged;
    alerts->judged_count = view->run.count;
    alerts->judged = true;
    alerts->verdict = now;
    unsigned react = hear_running(view);
    if (!known || before == now)
        return react;
    return react | alerts_raise(view, ALERT_VERDICT, (int)view->run.count,
                                "iteration %zu: the verdict is now %s, it was %s", view->run.count,
                                verdict_name(now), verdict_name(before));
}

void alerts_seen(struct view *view)
{
    memset(view->alerts.unseen, 0, sizeof view->alerts.unseen);
    view->alerts.flash_until_ms = 0;
}

int alerts_unseen(const struct view *view)
{
    size_t waiting = 0;
    int sum = 0, fired = view->alerts.unseen[ALERT_TRIPWIRE];
    for (int event = 0; event < ALERT_EVENTS; event++)
        sum += view->alerts.unseen[event];
    if (view->mode != VIEW_REPLAY)
        run_waiting_wire(&view->run, &waiting);
    return (int)waiting > fired ? sum - fired + (int)waiting : sum;
}

const char *alerts_flash(const struct view *view)
{
    return alerts_tick_ms(view) > 0 ? event_table[view->alerts.flash].word : NULL;
}

int64_t alerts_tick_ms(const struct view *view)
{
    int64_t left = view->alerts.flash_until_ms - view->mono_ms;
    return view->alerts.flash_until_ms > 0 && left > 0 ? left : -1;
}

bool alerts_next(struct view *view, struct alert *alert)
{
    struct alerts *alerts = &view->alerts;
    if (alerts->count == 0)
        return false;
    *alert = alerts->queue[0];
    alerts->count--;
    memmove(&alerts->queue[0], &alerts->queue[1], alerts->count * sizeof *alerts->queue);
    return true;
}
