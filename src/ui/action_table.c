/* action_table: see action.h. Help, footer and manual are made from the same rows, so that none of
 * them can tell of a key that does nothing. UI thread. */
#include "config.h"

#include "ui/action.h"

#include "ui/actions.h"

#define CTRL(letter) ((letter)&0x1f)
#define F(number)    (KEYCODE_F1 + (number)-1)

/* The keys come last, because there may be several. */
#define ACTION(NAME, SHOWN, LEVEL, WRITES, WHERE, FOOTER, RANK, RUN, WHY_NOT, HELP, ...)           \
    {                                                                                              \
        .name = NAME, .key = {__VA_ARGS__}, .keys = SHOWN, .level = LEVEL, .writes = WRITES,       \
        .where = WHERE, .footer = FOOTER, .rank = RANK, .help = HELP, .run = RUN,                  \
        .unavailable = WHY_NOT                                                                     \
    }

/* A row without help is explained by the row above it. */
const struct action action_table[] = {
    ACTION("mark", "Space", 0, true, IN_LIVE, "sel", 10, action_mark, why_no_open_line,
           "pick the line: a, x and u are for picked lines, else for this one", ' '),
    ACTION("range", "v", 0, true, IN_LIVE, "range", 60, action_range, why_no_proposal,
           "pick a range: v, move, then a, x or Space", 'v'),
    ACTION("mark-all", "*", 0, true, IN_LIVE, "all", 50, action_mark_all, why_no_proposal,
           "pick all lines that no guard holds", '*'),
    ACTION("approve", "a", 0, true, IN_LIVE, "ok", 11, action_approve, why_no_open_line,
           "approve: stages the line, nothing is written yet", 'a'),
    ACTION("reject", "x", 0, true, IN_LIVE, "no", 12, action_reject, why_no_open_line,
           "reject, with a reason", 'x'),
    ACTION("edit", "e", 0, true, IN_LIVE, "edit", 13, action_edit, why_no_proposal,
           "edit the value in place: digits, or , and . by steps", 'e'),
    ACTION("undecide", "u", 0, true, IN_LIVE, "undo", 40, action_undecide, why_no_proposal,
           "take the decision on the line back", 'u'),
    ACTION("apply", "A F8", 1, true, IN_LIVE, "APPLY", 14, action_apply, why_no_proposal,
           "write the staged lines; the others are declined", 'A', F(8)),
    ACTION("rollback", "R F9", 1, true, IN_LIVE | IN_FROZEN, "rollbk", 20, action_rollback,
           why_no_rollback, "roll back: last apply, to an iteration, one parameter", 'R', F(9)),
    /* the soak and the gate */
    ACTION("pause", "P", 0, true, IN_LIVE | IN_FROZEN, "Pause", 42, action_pause, why_no_pause,
           "pause or resume the soak itself", 'P'),
    ACTION("run-next", "N", 0, true, IN_LIVE | IN_FROZEN, "next now", 41, action_run_next,
           why_no_run_next, "run the next iteration now, without the wait before it", 'N'),
    ACTION("stop-after", "Q", 1, true, IN_LIVE | IN_FROZEN, NULL, 0, action_stop_after, why_no_stop,
           "stop the soak after this iteration", 'Q'),
    ACTION("gate", "T F7", 0, false, IN_ALL, "gate", 21, action_gate, why_no_gate,
           "gate menu: m mock, s strict (level 1), x stop one (level 1)", 'T', F(7)),
    ACTION("report", "t", 0, false, IN_ALL, NULL, 0, action_report, NULL,
           "read the reports of the last gate", 't'),
    /* which moment is shown */
    ACTION("previous-iteration", "[ ]", 0, false, IN_ALL, "it", 30, action_previous_iteration,
           why_no_iteration, "previous, next iteration; a live view freezes", '['),
    ACTION("next-iteration", "]", 0, false, IN_ALL, NULL, 0, action_next_iteration,
           why_no_iteration, NULL, ']'),
    ACTION("previous-event", "{ }", 0, false, IN_ALL, "event", 31, action_previous_event,
           why_no_iteration, "previous, next event of the event rail", '{'),
    ACTION("next-event", "}", 0, false, IN_ALL, NULL, 0, action_next_event, why_no_iteration, NULL,
           '}'),
    ACTION("freeze", "p F5", 0, false, IN_LIVE | IN_FROZEN, "freeze", 32, action_freeze,
           why_no_freeze, "freeze or unfreeze the view; the soak goes on", 'p', F(5)),
    ACTION("live", "0", 0, false, IN_FROZEN | IN_REPLAY, "newest", 15, action_live, NULL,
           "back to live, or to the end of a replay", '0'),
    /* move */
    ACTION("up", "arrows h j k l", 0, false, IN_ALL, NULL, 0, action_up, NULL,
           "move; left and right step through time in the KPIs", KEYCODE_UP, 'k'),
    ACTION("down", "", 0, false, IN_ALL, NULL, 0, action_down, NULL, NULL, KEYCODE_DOWN, 'j'),
    ACTION("left", "", 0, false, IN_ALL, NULL, 0, action_left, NULL, NULL, KEYCODE_LEFT, 'h'),
    ACTION("right", "", 0, false, IN_ALL, NULL, 0, action_right, NULL, NULL, KEYCODE_RIGHT, 'l'),
    ACTION("page-up", "PgUp PgDn ^B ^F", 0, false, IN_ALL, NULL, 0, action_page_up, NULL,
           "a page up or down", KEYCODE_PAGE_UP, CTRL('b')),
    ACTION("page-down", "", 0, false, IN_ALL, NULL, 0, action_page_down, NULL, NULL,
           KEYCODE_PAGE_DOWN, CTRL('f')),
    ACTION("half-up", "^U ^D", 0, false, IN_ALL, NULL, 0, action_half_up, NULL,
           "half a page up or down", CTRL('u')),
    ACTION("half-down", "", 0, false, IN_ALL, NULL, 0, action_half_down, NULL, NULL, CTRL('d')),
    ACTION("first", "g G Home End", 0, false, IN_ALL, NULL, 0, action_first, NULL,
           "to the first or last row", KEYCODE_HOME, 'g'),
    ACTION("last", "", 0, false, IN_ALL, NULL, 0, action_last, NULL, NULL, KEYCODE_END, 'G'),
    ACTION("next-panel", "Tab Shift-Tab", 0, false, IN_ALL, "panel", 70, action_next_panel, NULL,
           "focus the next or previous panel", KEYCODE_TAB),
    ACTION("previous-panel", "", 0, false, IN_ALL, NULL, 0, action_previous_panel, NULL, NULL,
           KEYCODE_BACKTAB),
    ACTION("focus-kpis", "1 .. 7", 0, false, IN_ALL, NULL, 0, action_focus_1, NULL,
           "focus a panel by its number", '1'),
    ACTION("focus-deltas", "", 0, false, IN_ALL, NULL, 0, action_focus_2, NULL, NULL, '2'),
    ACTION("focus-params", "", 0, false, IN_ALL, NULL, 0, action_focus_3, NULL, NULL, '3'),
    ACTION("focus-guards", "", 0, false, IN_ALL, NULL, 0, action_focus_4, NULL, NULL, '4'),
    ACTION("focus-gate", "", 0, false, IN_ALL, NULL, 0, action_focus_5, NULL, NULL, '5'),
    ACTION("focus-run", "", 0, false, IN_ALL, NULL, 0, action_focus_6, NULL, NULL, '6'),
    ACTION("focus-journal", "", 0, false, IN_ALL, NULL, 0, action_focus_7, NULL, NULL, '7'),
    ACTION("zoom", "f", 0, false, IN_ALL, "zoom", 33, action_zoom, NULL,
           "the focused panel fills the screen, and back", 'f'),
    /* the screen */
    ACTION("help", "? F1", 0, false, IN_ALL, "help", 0, action_help, NULL, "this list", '?', F(1)),
    ACTION("explain", "i", 0, false, IN_ALL, "why", 34, action_explain, NULL,
           "explain what the focused panel shows, or the key that was just refused", 'i'),
    ACTION("back", "Esc", 0, false, IN_ALL, NULL, 0, action_back, NULL,
           "back: picks, message, zoom; never leaves", KEYCODE_ESCAPE),
    ACTION("charset", "~", 0, false, IN_ALL, NULL, 0, action_charset, why_no_charset,
           "draw with braille, blocks or ASCII", '~'),
    ACTION("redraw", "^L", 0, false, IN_ALL, NULL, 0, action_redraw, NULL, "draw the screen anew",
           CTRL('l')),
    ACTION("readonly", "!", 0, false, IN_LIVE | IN_FROZEN, NULL, 0, action_readonly,
           why_no_readonly, "read-only at once; back to RW asks (level 1)", '!'),
    ACTION("suspend", "^Z", 0, false, IN_ALL, NULL, 0, action_suspend, NULL,
           "suspend the program, and the soak with it", CTRL('z')),
    ACTION("quit", "q F10 ^C", 0, false, IN_ALL, "quit", 80, action_quit, NULL,
           "leave; on a live run it asks (level 1)", 'q', F(10), CTRL('c')),
    {.name = NULL},
};

static const char *why_not_here(const struct action *action, const struct view *view)
{
    static const enum action_where where[] = {
        [VIEW_LIVE] = IN_LIVE, [VIEW_FROZEN] = IN_FROZEN, [VIEW_REPLAY] = IN_REPLAY};
    if (action->where & where[view->mode])
        return NULL;
    switch (view->mode) {
    case VIEW_LIVE:
        return "the view is live already";
    case VIEW_FROZEN:
        return "the view is frozen: 0 goes back to live";
    case VIEW_REPLAY:
        break;
    }
    return "a replay stands still and changes nothing";
}

const char *action_why_not(const struct action *action, const struct view *view)
{
    const char *why = NULL;
    if (action->writes && !view_may_write(view, &why))
        return why;
    why = why_not_here(action, view);
    if (why != NULL || action->unavailable == NULL)
        return why;
    return action->unavailable(view);
}
