/* sandbox: see sandbox.h. UI thread. */
#include "config.h"

#include "ui/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/runbook.h"
#include "model/mem.h"
#include "ui/dialog_class.h"

const char *sandbox_words(int columns)
{
    static const char *const words[] = {
        "SANDBOX: KPIs are recorded, not simulated", "SANDBOX: KPIs recorded, not simulated",
        "KPIs recorded, not simulated", "KPIs NOT simulated", "SANDBOX"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((int)strlen(words[i]) <= columns)
            return words[i];
    return "";
}

/* What the screens derive from the run is made anew. */
static void settle(struct view *view)
{
    view->judged = false;
    view->at = 0;
    memset(view->marked, 0, sizeof view->marked);
    view->range_from[0] = '\0';
    rows_touch(view);
}

const char *sandbox_why_not(const struct view *view)
{
    if (view->mode == VIEW_SANDBOX)
        return NULL;
    if (view->run.count == 0)
        return "no iteration is recorded yet";
    if (view->gate_running)
        return "a gate runs: wait for it";
    return view->runs.reading != NULL ? "another run is being read: wait for it" : NULL;
}

unsigned sandbox_enter(struct view *view)
{
    struct error err = ERROR_INIT;
    const struct config *config = view->config;
    struct sandbox *sandbox = mem_alloc(sizeof *sandbox);
    struct scene *scene = &sandbox->under;
    int from = view_number(view);
    play_stop(view);
    if (rehearsal_begin(&sandbox->rehearsal, &scene->run, &view->run, from, &config->policy,
                        &config->params, view->actor, &err) != 0) {
        free(sandbox);
        view_say(view, true, "%s", err.text);
        return REACT_REDRAW;
    }
    scene->mode = VIEW_SANDBOX;
    scene->readonly = scene->forever_readonly = true;
    scene->mock_limits = view->mock_limits;
    scene->state_ms = view->mono_ms;
    scene_swap(view, scene);
    sandbox->rehearsal.run = &view->run;
    sandbox->rehearsal.recorded = &scene->run;
    view->sandbox = sandbox;
    dialog_close(view);
    settle(view);
    view->focus = PANEL_DELTAS;
    if (sandbox->rehearsal.differs)
        view_say(view, true,
                 "SANDBOX at it %d: the proposal made anew is not the recorded one: "
                 "other params.json or policy.json",
                 from);
    else
        view_say(view, false,
                 "SANDBOX at it %d: decide as in a live run, {next-iteration} goes on; "
                 "nothing is written",
                 from);
    return REACT_REDRAW | REACT_RELAYOUT;
}

void sandbox_drop(struct view *view)
{
    struct sandbox *sandbox = view->sandbox;
    if (sandbox == NULL)
        return;
    rehearsal_fini(&sandbox->rehearsal);
    view->sandbox = NULL;
    scene_swap(view, &sandbox->under);
    int at = view->at;
    settle(view);
    view->at = at;
    scene_fini(&sandbox->under);
    free(sandbox);
}

size_t sandbox_unsaved(const struct view *view)
{
    const struct sandbox *sandbox = view->sandbox;
    if (sandbox == NULL || sandbox->exported == sandbox->rehearsal.steps)
        return 0;
    return rehearsal_decisions(&sandbox->rehearsal);
}

void sandbox_exported(struct view *view)
{
    if (view->sandbox != NULL)
        view->sandbox->exported = view->sandbox->rehearsal.steps;
}

char *sandbox_runbook(const struct view *view, bool json)
{
    const struct runbook runbook = {.rehearsal = &view->sandbox->rehearsal,
                                    .thresholds = &view->config->thresholds,
                                    .mock_limits = view->mock_limits,
                                    .by = view->actor,
                                    .now_ms = view->now_ms};
    return json ? runbook_json(&runbook) : runbook_markdown(&runbook);
}

/* Leaving. */

static void leave_title(const void *data, char *text, size_t size)
{
    const size_t *unsaved = data;
    snprintf(text, size, "LEAVE the rehearsal: %zu decision%s not exported", *unsaved,
             *unsaved == 1 ? "" : "s");
}

static void leave_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct rehearsal *rehearsal = &view->sandbox->rehearsal;
    (void)data;
    dialog_add(lines, STYLE_TEXT, "decided from it %d to it %d of %s", rehearsal->from,
               rehearsal_at(rehearsal), view->run.directory);
    dialog_add(lines, STYLE_TEXT, "Esc, then {export}, writes them as a runbook (Markdown, JSON)");
    dialog_add(lines, STYLE_WARN, "what is left without that cannot be brought back");
}

static unsigned drop_and_tell(struct view *view)
{
    sandbox_drop(view);
    view_say(view, false, "the rehearsal is over: this is the recorded run again");
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned leave_accept(struct view *view, const void *data, const char *reason)
{
    (void)data;
    (void)reason;
    return drop_and_tell(view);
}

static const struct confirm leave_confirm = {
    .level = 1,
    .cancel = "go on rehearsing",
    .accept_text = "forget them",
    .title = leave_title,
    .lines = leave_lines,
    .accept = leave_accept,
};

unsigned sandbox_leave(struct view *view)
{
    size_t unsaved = sandbox_unsaved(view);
    if (unsaved > 0)
        return dialog_confirm_open(view, &leave_confirm, &unsaved, sizeof unsaved);
    return drop_and_tell(view);
}

/* Deciding. */

static unsigned tell(struct view *view, int result, struct buffer *text, const struct error *err,
                     int before)
{
    bool moved = rehearsal_at(&view->sandbox->rehearsal) != before;
    if (result != 0) {
        view_say(view, true, "%s", err->text);
    } else {
        int at = view->at;
        bool marked[PARAM_MAX];
        memcpy(marked, view->marked, sizeof marked);
        settle(view);
        if (!moved) {
            view->at = at;
            memcpy(view->marked, marked, sizeof marked);
        }
        view_say(view, false, "rehearsed: %s", text->text ? text->text : "");
        timeaxis_follow(view);
    }
    buffer_fini(text);
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned give(struct view *view, const struct rehearsal_order *order)
{
    struct rehearsal *rehearsal = &view->sandbox->rehearsal;
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    int before = rehearsal_at(rehearsal);
    int result = rehearsal_do(rehearsal, order, &text, &err);
    view->undo.decided_ms = view->mono_ms;
    return tell(view, result, &text, &err, before);
}

static unsigned take_back(struct view *view, bool again)
{
    struct rehearsal *rehearsal = &view->sandbox->rehearsal;
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    int before = rehearsal_at(rehearsal);
    buffer_puts(&text, again ? "redid: " : "undid: ");
    int result = again ? rehearsal_redo(rehearsal, &text, &err)
                       : rehearsal_undo(rehearsal, &text, &err);
    if (again)
        view->undo.decided_ms = view->mono_ms;
    else
        view->undo.taken_back_ms = view->mono_ms;
    return tell(view, result, &text, &err, before);
}

/* COMMAND as an order; false: no rehearsal has such a thing. */
static bool order_of(const struct command *command, struct rehearsal_order *order)
{
    static const enum rehearsal_op back[] = {[ROLLBACK_LAST] = REHEARSE_BACK,
                                             [ROLLBACK_TO_ITERATION] = REHEARSE_BACK_TO,
                                             [ROLLBACK_PARAM] = REHEARSE_BACK_OF};
    *order = (struct rehearsal_order){.op = REHEARSE_LINE,
                                      .line = command->op,
                                      .number = command->number,
                                      .batch = command->batch,
                                      .confirmed = command->confirmed};
    memcpy(order->name, command->name, sizeof order->name);
    memcpy(order->note, command->note, sizeof order->note);
    switch (command->kind) {
    case COMMAND_DECIDE:
        return true;
    case COMMAND_APPLY:
        order->op = REHEARSE_APPLY;
        return true;
    case COMMAND_ROLLBACK:
        if ((size_t)command->what >= sizeof back / sizeof *back)
            return false;
        order->op = back[command->what];
        order->number = command->iteration;
        return true;
    default:
        return false;
    }
}

unsigned sandbox_send(struct view *view, const struct command *command)
{
    struct rehearsal_order order;
    if (command->kind == COMMAND_DECIDE && command->op >= DECIDE_UNDO)
        return take_back(view, command->op == DECIDE_REDO);
    if (order_of(command, &order))
        return give(view, &order);
    view_say(view, true, "a rehearsal has no engine: there is nothing to do that with");
    return REACT_REDRAW;
}

bool sandbox_looks_back(const struct view *view)
{
    return view_number(view) < (int)view->run.count;
}

unsigned sandbox_next(struct view *view)
{
    const struct rehearsal_order order = {.op = REHEARSE_NEXT};
    if (sandbox_looks_back(view))
        return view_show(view, view_number(view) + 1);
    return give(view, &order);
}

unsigned sandbox_auto(struct view *view)
{
    const struct rehearsal_order automatic = {.op = REHEARSE_AUTO}, next = {.op = REHEARSE_NEXT};
    unsigned react = REACT_NONE;
    view->at = 0;
    if (view->run.has_pending)
        react = give(view, &automatic);
    if (!view->run.has_pending && view->run.state != RUN_COMPLETED)
        react |= give(view, &next);
    else if (react == REACT_NONE)
        react = give(view, &next); /* says why there is none */
    return react;
}

void sandbox_state_words(const struct view *view, char *text, size_t size)
{
    const struct run *run = &view->run;
    int number = view_number(view), newest = (int)run->count;
    if (sandbox_looks_back(view))
        snprintf(text, size, "it %d of the rehearsal: {next-iteration} on, {live} to it %d", number,
                 newest);
    else if (run->has_pending)
        snprintf(text, size,
                 "it %d waits: {apply} applies, {next-iteration} leaves it out, {run-next} as auto",
                 number);
    else if (run->state == RUN_COMPLETED)
        snprintf(text, size,
                 "it %d was the last seen: {report} shows the runbook, {export} exports it",
                 number);
    else
        snprintf(text, size, "it %d is decided: {next-iteration} goes on, {undo} takes it back",
                 number);
}
