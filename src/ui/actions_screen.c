/* actions_screen: the gate, help, how the screen draws, RO and RW, leaving. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/dialog_class.h"
#include "ui/sandbox.h"

const char *why_no_gate(const struct view *view)
{
    const char *why = NULL;
    if (view->mode != VIEW_REPLAY && !view_may_write(view, &why))
        return why;
    return view->run.count == 0 ? "no iteration is recorded yet" : NULL;
}

unsigned action_gate(struct view *view)
{
    return dialog_gate_open(view);
}

unsigned action_report(struct view *view)
{
    return view->mode == VIEW_SANDBOX ? dialog_runbook_open(view) : dialog_report_open(view);
}

unsigned action_explain(struct view *view)
{
    return dialog_explain_open(view);
}

unsigned action_help(struct view *view)
{
    return dialog_help_open(view);
}

const char *why_no_charset(const struct view *view)
{
    return view->charset_best == CHARSET_ASCII ? "the locale's codeset is not UTF-8" : NULL;
}

unsigned action_palette(struct view *view)
{
    return dialog_palette_open(view);
}

unsigned action_charset(struct view *view)
{
    static const char *const names[CHARSET_COUNT] = {"ASCII", "block", "braille"};
    static const long settings[CHARSET_COUNT] = {3, 2, 1}; /* places in the setting's words */
    int next = (int)view->charset - 1;
    enum charset charset = next < 0 ? view->charset_best : (enum charset)next;
    preferences_set_number(view, SETTING_CHARSET, settings[charset]);
    view_say(view, false, "drawing with %s characters", names[view->charset]);
    return REACT_REDRAW | REACT_REPAINT;
}

unsigned action_options(struct view *view)
{
    return dialog_options_open(view, SETTING_THEME);
}

unsigned action_alerts(struct view *view)
{
    return dialog_options_open(view, SETTING_ALERT_PROPOSAL);
}

unsigned action_mouse(struct view *view)
{
    bool ours = view->preferences.settings.value[SETTING_MOUSE].number != 0;
    unsigned react = preferences_set_number(view, SETTING_MOUSE, !ours);
    view_say(view, false,
             ours ? "the mouse is the terminal's: it marks text"
                  : "the mouse selects, scrolls and opens");
    return react;
}

unsigned action_redraw(struct view *view)
{
    (void)view;
    return REACT_REDRAW | REACT_REPAINT;
}

static void write_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "RO to RW");
}

static void write_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)data;
    dialog_add(lines, STYLE_TEXT,
               "keys that change the soak of %s work again:", view->run.directory);
    dialog_add(lines, STYLE_TEXT, "decisions, apply, roll back, pause, next, stop, gate");
    dialog_add(lines, STYLE_TEXT, "{readonly} makes it read-only at once");
}

static unsigned write_accept(struct view *view, const void *data, const char *reason)
{
    (void)data;
    (void)reason;
    view->readonly = false;
    view_say(view, false, "RW: keys change the soak");
    return REACT_REDRAW;
}

static const struct confirm write_confirm = {
    .level = 1,
    .cancel = "stay read-only",
    .accept_text = "read and write",
    .title = write_title,
    .lines = write_lines,
    .accept = write_accept,
};

const char *why_no_readonly(const struct view *view)
{
    if (view->mode == VIEW_REPLAY)
        return "a replay is read-only";
    const char *why = NULL;
    if (view->watching && !view_may_write(view, &why))
        return why;
    return view->forever_readonly ? "started with --readonly" : NULL;
}

unsigned action_readonly(struct view *view)
{
    if (view->readonly)
        return dialog_confirm_open(view, &write_confirm, NULL, 0);
    view->readonly = true;
    view_say(view, false, "RO: no key changes anything; {readonly} asks to write again");
    return REACT_REDRAW;
}

/* One step back: marks, then search, filter and order of the panel, then its size, then a run that
 * was opened. Never leaves. */
unsigned action_back(struct view *view)
{
    bool marks = view->range_from[0] != '\0';
    for (int i = 0; i < PARAM_MAX; i++)
        marks = marks || view->marked[i];
    if (marks) {
        memset(view->marked, 0, sizeof view->marked);
        view->range_from[0] = '\0';
        return REACT_REDRAW;
    }
    if (whatif_reset(view))
        return REACT_REDRAW;
    view->status[0] = '\0';
    view->status_alert = false;
    alerts_seen(view);
    if (rows_undo(view))
        return REACT_REDRAW;
    if (kpi_alone_shown(view)) {
        view->alone.on = false;
        return REACT_REDRAW;
    }
    if (view->size == PANEL_NORMAL && view->mode == VIEW_SANDBOX)
        return sandbox_leave(view);
    if (view->size == PANEL_NORMAL) {
        if (!runs_leave(view))
            looked_dismiss(view);
        return REACT_REDRAW | REACT_RELAYOUT;
    }
    view->size = PANEL_NORMAL;
    return REACT_REDRAW | REACT_RELAYOUT;
}

/* Only leaving a soak that still goes on, and that this dashboard may stop, asks. */
unsigned action_quit(struct view *view)
{
    if (view->mode == VIEW_SANDBOX)
        return sandbox_leave(view);
    if (runs_leave(view)) {
        view->status[0] = '\0';
        return REACT_REDRAW | REACT_RELAYOUT;
    }
    enum run_state state = view->run.state;
    bool over = view->ended || state == RUN_STOPPED || state == RUN_COMPLETED ||
                state == RUN_FAILED;
    bool looks_on = view->watching || (view->attached && view->readonly);
    if (view->mode != VIEW_REPLAY && !looks_on && !over)
        return dialog_quit_open(view);
    return REACT_QUIT;
}

unsigned action_suspend(struct view *view)
{
    (void)view;
    return REACT_SUSPEND;
}
