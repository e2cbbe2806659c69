/* dialog_gate: the gate menu, with the limits that each gate uses before it runs. A strict gate and
 * stopping one are questions of level 1. In a live run the engine runs the gate, in a replay a job
 * of the view's own; both beside the loop. UI thread. */
#include "config.h"

#include <stdio.h>

#include "engine/gate_job.h"
#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

static void add_limits(const struct view *view, bool mock, struct dialog_lines *lines)
{
    const struct kpi_limits *limits = thresholds_limits(&view->config->thresholds, mock);
    char text[DIALOG_LINE_MAX] = "";
    size_t length = 0;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s %s %g%s%s",
                                   kpi > 0 ? ", " : "", info->label,
                                   info->larger_is_better ? ">=" : "<=", limits->limit[kpi],
                                   info->unit[0] ? " " : "", info->unit);
    }
    dialog_add(lines, STYLE_DIM, "     %s", text);
}

/* Starts it; strict: strict thresholds and --strict, else mock thresholds. */
static unsigned gate_start(struct view *view, bool strict)
{
    struct command command = {.kind = COMMAND_GATE, .strict = strict};
    struct gate_options options = {.mock = !strict, .strict = strict, .prometheus = true};
    struct error err = ERROR_INIT;
    if (view->mode != VIEW_REPLAY)
        return view_send(view, &command);
    if (view->gate_job != NULL) /* the one before, which has told its result */
        gate_job_finish(view->gate_job, NULL);
    view->gate_job = gate_job_start(view->dir, view->config, &options, view->outbox, &err);
    if (view->gate_job == NULL) {
        view_say(view, true, "%s", err.text);
        return REACT_REDRAW;
    }
    view->gate_running = true;
    view->gate_strict = strict;
    view->gate_started_ms = view->mono_ms;
    view->gate_step = GATE_LOAD;
    view->gate_done = view->gate_total = 0;
    view_say(view, false, "%s gate started", strict ? "strict" : "mock");
    return REACT_REDRAW;
}

static void strict_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "STRICT GATE");
}

static void strict_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)data;
    dialog_add(lines, STYLE_TEXT, "judges %s with --strict:", view->run.directory);
    add_limits(view, false, lines);
    dialog_add(lines, STYLE_DIM, "     full apply ratio >= %g",
               view->config->thresholds.full_apply_min_strict);
    dialog_add(lines, STYLE_TEXT,
               "the soak goes on; the reports in the run directory are written anew,");
    dialog_add(lines, STYLE_TEXT, "and a finished gate is not undone");
}

static unsigned strict_accept(struct view *view, const void *data, const char *reason)
{
    (void)data;
    (void)reason;
    return gate_start(view, true);
}

static const struct confirm strict_confirm = {
    .level = 1,
    .cancel = "no gate",
    .accept_text = "run it",
    .title = strict_title,
    .lines = strict_lines,
    .accept = strict_accept,
};

static void stop_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "STOP THE GATE");
}

static void stop_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)data;
    dialog_add(lines, STYLE_TEXT, "the %s gate is at step %d of %d (%s)",
               view->gate_strict ? "strict" : "mock", (int)view->gate_step + 1, (int)GATE_STEPS,
               gate_step_name(view->gate_step));
    dialog_add(lines, STYLE_TEXT, "it ends without a verdict; reports already written stay");
}

static const char *stop_refuse(const struct view *view, const void *data)
{
    (void)data;
    return view->gate_running ? NULL : "the gate has ended by itself";
}

static unsigned stop_accept(struct view *view, const void *data, const char *reason)
{
    struct command command = {.kind = COMMAND_GATE_STOP};
    (void)data;
    (void)reason;
    if (view->mode != VIEW_REPLAY)
        return view_send(view, &command);
    if (view->gate_job != NULL)
        gate_job_cancel(view->gate_job);
    return REACT_REDRAW;
}

static const struct confirm stop_confirm = {
    .level = 1,
    .cancel = "let it run",
    .accept_text = "stop it",
    .title = stop_title,
    .lines = stop_lines,
    .refuse = stop_refuse,
    .accept = stop_accept,
};

static void menu_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "GATE");
}

static void menu_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    bool running = view->gate_running;
    (void)dialog;
    dialog_add(lines, running ? STYLE_DISABLED : STYLE_TEXT,
               "m    mock gate: MOCK limits, sets no verdict%s",
               running ? "  (now not: one is running)" : "");
    add_limits(view, true, lines);
    dialog_add(lines, running ? STYLE_DISABLED : STYLE_TEXT, "s    strict gate [level 1]%s",
               running ? "  (now not: one is running)" : "");
    add_limits(view, false, lines);
    dialog_add(lines, running ? STYLE_TEXT : STYLE_DISABLED,
               "x    stop the running gate [level 1]%s",
               running ? "" : "  (now not: none is running)");
    dialog_add(lines, STYLE_TEXT, "t    read the last report");
}

static unsigned menu_start(struct view *view, bool strict)
{
    if (view->gate_running) {
        view_say(view, true, "a gate is running: x stops it");
        return REACT_REDRAW;
    }
    if (strict)
        return dialog_confirm_open(view, &strict_confirm, NULL, 0);
    dialog_close(view);
    return gate_start(view, false);
}

static unsigned menu_stop(struct view *view)
{
    if (view->gate_running)
        return dialog_confirm_open(view, &stop_confirm, NULL, 0);
    view_say(view, true, "no gate is running");
    return REACT_REDRAW;
}

static unsigned menu_key(struct dialog *dialog, struct view *view, unsigned key)
{
    (void)dialog;
    switch (key) {
    case 'm':
        return menu_start(view, false);
    case 's':
        return menu_start(view, true);
    case 'x':
        return menu_stop(view);
    case 't':
        return dialog_report_open(view);
    default:
        break;
    }
    if (!dialog_cancels(key))
        return REACT_NONE;
    dialog_close(view);
    return REACT_REDRAW;
}

static const struct dialog_class menu_class = {
    .title = menu_title,
    .lines = menu_lines,
    .key = menu_key,
};

unsigned dialog_gate_open(struct view *view)
{
    struct dialog *menu = mem_alloc(sizeof *menu);
    menu->class = &menu_class;
    return dialog_open_take(view, menu);
}
