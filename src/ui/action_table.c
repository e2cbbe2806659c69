/* action_table: see action.h. Help, footer and manual are made from the same rows, so that none of
 * them can tell of a key that does nothing. UI thread. */
#include "config.h"

#include "ui/action.h"

#include <string.h>

#include "ui/actions.h"
#include "ui/bindings.h"
#include "ui/sandbox.h"

#define CTRL(letter) ((letter)&0x1f)
#define F(number)    (KEYCODE_F1 + (number)-1)

/* The keys come last, because there may be several. */
#define ACTION(NAME, LEVEL, WRITES, WHERE, FOOTER, RANK, RUN, WHY_NOT, HELP, ...)                  \
    {                                                                                              \
        .name = NAME, .key = {__VA_ARGS__}, .level = LEVEL, .writes = WRITES, .where = WHERE,      \
        .footer = FOOTER, .rank = RANK, .help = HELP, .run = RUN, .unavailable = WHY_NOT           \
    }

/* A row without help is explained by the row above it. */
const struct action action_table[] = {
    ACTION("mark", 0, true, IN_LINES, "sel", 10, action_mark, why_no_open_line,
           "pick the line: {approve}, {reject} and {hold} are for picked lines, else for this one",
           ' '),
    ACTION("range", 0, true, IN_LINES, "range", 60, action_range, why_no_proposal,
           "pick a range: {range}, move, then {approve}, {reject} or {mark}", 'v'),
    ACTION("mark-all", 0, true, IN_LINES, "all", 50, action_mark_all, why_no_proposal,
           "pick all lines that no guard holds", '*'),
    ACTION("approve", 0, true, IN_LINES, "ok", 11, action_approve, why_no_approve,
           "approve: stages the line, nothing is written yet", 'a'),
    ACTION("reject", 0, true, IN_LINES, "no", 12, action_reject, why_no_open_line,
           "reject, with a reason", 'x'),
    ACTION("hold", 0, true, IN_LINES, "hold", 14, action_hold, why_no_proposal,
           "hold: the line comes back in an iteration, or once no guard holds it", 'd'),
    ACTION("edit", 0, true, IN_LINES, "edit", 13, action_edit, why_no_proposal,
           "edit the value in place: digits, or , and . by steps", 'e'),
    ACTION("step-down", 0, false, IN_ALL, NULL, 0, action_step_down, why_no_step,
           "step: the line's value, which edits it; in the larger gate panel a WHAT-IF limit", ','),
    ACTION("step-up", 0, false, IN_ALL, NULL, 0, action_step_up, why_no_step, NULL, '.'),
    ACTION("undo", 0, false, IN_ALL, "undo", 40, undo_newest, why_no_undo,
           "undo the newest decision, bookmark or rule; its name stands in the status line", 'u'),
    ACTION("redo", 0, false, IN_ALL, NULL, 0, redo_newest, why_no_redo, "do again what was undone",
           'U'),
    ACTION("apply", 1, true, IN_LINES, "APPLY", 14, action_apply, why_no_proposal,
           "write the staged lines; against a guard it is level 2", 'A', F(8)),
    ACTION("rollback", 1, true, IN_LINES | IN_FROZEN, "rollbk", 20, action_rollback,
           why_no_rollback, "roll back: last apply, to an iteration, one parameter", 'R', F(9)),
    ACTION("external", 0, false, IN_RECORD, NULL, 0, action_external, why_no_external,
           "what another process changed on disk: expected, found, staged", 'D'),
    /* the soak and the gate */
    ACTION("pause", 0, true, IN_LIVE | IN_FROZEN, "Pause", 42, action_pause, why_no_pause,
           "pause or resume the soak itself", 'P'),
    ACTION(
        "run-next", 0, true, IN_LINES | IN_FROZEN, "next now", 41, action_run_next, why_no_run_next,
        "run the next iteration now, without the wait before it; in a sandbox decide as auto would",
        'N'),
    ACTION("stop-after", 1, true, IN_LIVE | IN_FROZEN, NULL, 0, action_stop_after, why_no_stop,
           "stop the soak after this iteration", 'Q'),
    ACTION("gate", 0, false, IN_RECORD, "gate", 21, action_gate, why_no_gate,
           "gate menu: m mock, s strict (level 1), x stop one (level 1)", 'T', F(7)),
    ACTION("report", 0, false, IN_ALL, NULL, 0, action_report, NULL,
           "read the reports of the last gate; in a sandbox its runbook", 't'),
    /* which moment is shown */
    ACTION("previous-iteration", 0, false, IN_ALL, "it", 30, action_previous_iteration,
           why_no_iteration, "previous, next iteration; a live view freezes", '['),
    ACTION("next-iteration", 0, false, IN_ALL, NULL, 0, action_next_iteration, why_no_iteration,
           NULL, ']'),
    ACTION("previous-event", 0, false, IN_ALL, "event", 31, action_previous_event, why_no_iteration,
           "previous, next event of the event rail", '{'),
    ACTION("next-event", 0, false, IN_ALL, NULL, 0, action_next_event, why_no_iteration, NULL, '}'),
    ACTION("stretch", 0, false, IN_ALL, NULL, 0, action_stretch, why_no_iteration,
           "stretch, shrink the axis of time of graphs and rails", '='),
    ACTION("shrink", 0, false, IN_ALL, NULL, 0, action_shrink, why_no_iteration, NULL, '-'),
    ACTION("freeze", 0, false, IN_RECORD, "freeze", 32, action_freeze, why_no_freeze,
           "freeze or unfreeze the view, the soak goes on; play or stop a replay", 'p', F(5)),
    ACTION("slower", 0, false, IN_REPLAY, "speed", 36, action_slower, NULL,
           "slower, faster: a replay that plays, x1/4 to x64", '<'),
    ACTION("faster", 0, false, IN_REPLAY, NULL, 0, action_faster, NULL, NULL, '>'),
    ACTION("live", 0, false, IN_FROZEN | IN_REPLAY | IN_SANDBOX, "newest", 15, action_live,
           why_no_live, "back to live, or to the end of a replay", '0'),
    ACTION("rehearse", 0, false, IN_REPLAY | IN_SANDBOX, "rehearse", 35, action_rehearse,
           sandbox_why_not,
           "SANDBOX: other decisions from the iteration shown on; the same key leaves it", 'r'),
    /* other runs */
    ACTION("compare", 0, false, IN_RECORD, "compare", 37, action_compare, why_no_other_run,
           "compare with another run, or change or remove it", 'c'),
    ACTION("bookmark", 0, false, IN_RECORD, NULL, 0, action_bookmark, why_no_iteration,
           "mark the iteration shown, with a note", 'b'),
    ACTION("bookmarks", 0, false, IN_RECORD, NULL, 0, action_bookmarks, NULL,
           "list this run's bookmarks", '\''),
    ACTION("handover", 0, false, IN_RECORD, NULL, 0, action_handover, why_no_iteration,
           "write the handover note (Markdown)", 'H'),
    ACTION("open-path", 0, false, IN_RECORD, NULL, 0, action_open_path, why_no_other_run,
           "open another run as a replay; a live one goes on underneath", 'o'),
    /* move */
    ACTION("left", 0, false, IN_ALL, NULL, 0, action_left, NULL,
           "move; left and right step through time in the KPIs, column by column", KEYCODE_LEFT,
           'h'),
    ACTION("down", 0, false, IN_ALL, NULL, 0, action_down, NULL, NULL, KEYCODE_DOWN, 'j'),
    ACTION("up", 0, false, IN_ALL, NULL, 0, action_up, NULL, NULL, KEYCODE_UP, 'k'),
    ACTION("right", 0, false, IN_ALL, NULL, 0, action_right, NULL, NULL, KEYCODE_RIGHT, 'l'),
    ACTION("page-up", 0, false, IN_ALL, NULL, 0, action_page_up, NULL, "a page up or down",
           KEYCODE_PAGE_UP, CTRL('b')),
    ACTION("page-down", 0, false, IN_ALL, NULL, 0, action_page_down, NULL, NULL, KEYCODE_PAGE_DOWN,
           CTRL('f')),
    ACTION("half-up", 0, false, IN_ALL, NULL, 0, action_half_up, NULL, "half a page up or down",
           CTRL('u')),
    ACTION("half-down", 0, false, IN_ALL, NULL, 0, action_half_down, NULL, NULL, CTRL('d')),
    ACTION("first", 0, false, IN_ALL, NULL, 0, action_first, NULL, "to the first or last row", 'g',
           KEYCODE_HOME),
    ACTION("last", 0, false, IN_ALL, NULL, 0, action_last, NULL, NULL, 'G', KEYCODE_END),
    ACTION("next-panel", 0, false, IN_ALL, "panel", 70, action_next_panel, NULL,
           "focus the next or previous panel", KEYCODE_TAB),
    ACTION("previous-panel", 0, false, IN_ALL, NULL, 0, action_previous_panel, NULL, NULL,
           KEYCODE_BACKTAB),
    ACTION("focus-kpis", 0, false, IN_ALL, NULL, 0, action_focus_1, NULL,
           "focus a panel by its number", '1'),
    ACTION("focus-deltas", 0, false, IN_ALL, NULL, 0, action_focus_2, NULL, NULL, '2'),
    ACTION("focus-params", 0, false, IN_ALL, NULL, 0, action_focus_3, NULL, NULL, '3'),
    ACTION("focus-guards", 0, false, IN_ALL, NULL, 0, action_focus_4, NULL, NULL, '4'),
    ACTION("focus-gate", 0, false, IN_ALL, NULL, 0, action_focus_5, NULL, NULL, '5'),
    ACTION("focus-run", 0, false, IN_ALL, NULL, 0, action_focus_6, NULL, NULL, '6'),
    ACTION("focus-journal", 0, false, IN_ALL, NULL, 0, action_focus_7, NULL, NULL, '7'),
    ACTION("open", 0, false, IN_ALL, NULL, 0, action_open, why_no_open,
           "open what is under the cursor", KEYCODE_ENTER),
    ACTION("zoom", 0, false, IN_ALL, "zoom", 33, action_zoom, NULL,
           "the focused panel normal, half of the screen, all of it", 'f'),
    /* the focused panel's list */
    ACTION("search", 0, false, IN_ALL, "find", 81, action_search, why_no_rows,
           "search the panel's rows while you type; Enter keeps it, Esc gives back", '/', F(3)),
    ACTION("next-hit", 0, false, IN_ALL, "hit", 16, action_next_hit, why_no_hit,
           "next, previous hit of the search; while nothing is searched for in the panel, the "
           "second key runs the next iteration now",
           'n'),
    {.name = "previous-hit",
     .key = {'N'},
     .where = IN_ALL,
     .run = action_previous_hit,
     .unavailable = why_no_hit,
     .claims = rows_searched},
    ACTION("filter", 0, false, IN_ALL, "filter", 82, action_filter, why_no_rows,
           "show only rows that hold words and meet conditions: it>20 state:hold risk>.42", '\\',
           F(4)),
    ACTION("sort", 0, false, IN_ALL, "sort", 83, action_sort, why_no_rows,
           "sort the panel's rows by one of its columns", 's', F(6)),
    ACTION("invert", 0, false, IN_ALL, NULL, 0, action_invert, why_no_rows,
           "turn the order of the panel's rows round", 'I'),
    ACTION("copy", 0, false, IN_RECORD, "copy", 84, action_copy, why_no_row,
           "copy of the row under the cursor: a value, all of it as JSON or as text, a link", 'y'),
    ACTION("export", 0, false, IN_ALL, "export", 85, action_export, why_no_row,
           "write the panel's rows (in a sandbox its runbook) to a file; overwriting one asks "
           "(level 1)",
           'E'),
    ACTION("save-screen", 0, false, IN_ALL, NULL, 0, action_save_screen, NULL,
           "save the screen to a file as text or ANSI; overwriting one asks (level 1)", 'S'),
    /* the screen */
    ACTION("help", 0, false, IN_ALL, "help", 0, action_help, NULL,
           "help for the focused panel, then everything that can be done", '?', F(1)),
    ACTION("palette", 0, false, IN_ALL, "cmd", 79, action_palette, NULL,
           "find and run anything by its name: type a part of it, Enter runs it", ':'),
    ACTION("explain", 0, false, IN_ALL, "why", 34, action_explain, NULL,
           "explain what the focused panel shows, or the key that was just refused", 'i'),
    ACTION("back", 0, false, IN_ALL, NULL, 0, action_back, NULL,
           "back: picks, search, filter, order, size of the panel; never leaves", KEYCODE_ESCAPE),
    ACTION("charset", 0, false, IN_ALL, NULL, 0, action_charset, why_no_charset,
           "draw with braille, blocks or ASCII", '~'),
    ACTION("options", 0, false, IN_ALL, NULL, 0, action_options, NULL,
           "all settings: value, default, where it comes from; changed live", F(2)),
    ACTION("alerts", 0, false, IN_ALL, NULL, 0, action_alerts, NULL,
           "bell and alert rules: what is told how: visual, bell, notify, command", 'B'),
    ACTION("mouse", 0, false, IN_ALL, NULL, 0, action_mouse, NULL,
           "give the mouse to the terminal, to mark text, or take it back", 'M'),
    ACTION("redraw", 0, false, IN_ALL, NULL, 0, action_redraw, NULL, "draw the screen anew",
           CTRL('l')),
    ACTION("readonly", 0, false, IN_LIVE | IN_FROZEN, NULL, 0, action_readonly, why_no_readonly,
           "read-only at once; back to RW asks (level 1)", '!'),
    ACTION("suspend", 0, false, IN_ALL, NULL, 0, action_suspend, NULL,
           "suspend the program, and the soak with it", CTRL('z')),
    ACTION("quit", 0, false, IN_ALL, "quit", 80, action_quit, NULL,
           "leave; while the soak goes on it asks: detach or stop (level 1)", 'q', F(10),
           CTRL('c')),
    {.name = NULL},
};

_Static_assert(sizeof action_table / sizeof *action_table <= ACTIONS_MAX, "ACTIONS_MAX is too low");

const struct action *action_find(const char *name)
{
    for (const struct action *action = action_table; action->name != NULL; action++)
        if (strcmp(action->name, name) == 0)
            return action;
    return NULL;
}

const char *action_summary(const struct action *action)
{
    while (action->help == NULL && action > action_table)
        action--;
    return action->help != NULL ? action->help : "";
}

static enum action_where place_of(enum view_mode mode)
{
    static const enum action_where where[] = {[VIEW_LIVE] = IN_LIVE,
                                              [VIEW_FROZEN] = IN_FROZEN,
                                              [VIEW_REPLAY] = IN_REPLAY,
                                              [VIEW_SANDBOX] = IN_SANDBOX};
    return where[mode];
}

bool action_exists_in(const struct action *action, enum view_mode mode)
{
    return action->where & place_of(mode);
}

static const char *why_not_here(const struct action *action, const struct view *view)
{
    if (action_exists_in(action, view->mode))
        return NULL;
    switch (view->mode) {
    case VIEW_LIVE:
        return action->run == action_rehearse ? "only a replay can be rehearsed"
                                              : "the view is live already";
    case VIEW_FROZEN:
        return action->run == action_rehearse ? "only a replay can be rehearsed"
                                              : "the view is frozen: {live} goes back to live";
    case VIEW_SANDBOX:
        return "a sandbox only rehearses: {rehearse} leaves it";
    case VIEW_REPLAY:
        break;
    }
    return "a replay stands still and changes nothing";
}

const char *action_why_not(const struct action *action, const struct view *view)
{
    const char *why = NULL;
    if (!action->writes || view_may_write(view, &why))
        why = why_not_here(action, view);
    if (why == NULL && action->unavailable != NULL)
        why = action->unavailable(view);
    return why != NULL ? bindings_expanded(why) : NULL;
}
