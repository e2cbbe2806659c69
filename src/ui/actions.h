/* actions: what the rows of the table of actions run, and why a row cannot be run just now. Only
 * action_table.c and keymap.c include it. UI thread: each gives back what the loop has to do. */
#ifndef SOAKTOP_UI_ACTIONS_H
#define SOAKTOP_UI_ACTIONS_H

#include "ui/view.h"

/* actions_move.c: selection, focus, zoom */
unsigned action_up(struct view *view);
unsigned action_down(struct view *view);
unsigned action_page_up(struct view *view);
unsigned action_page_down(struct view *view);
unsigned action_half_up(struct view *view);
unsigned action_half_down(struct view *view);
unsigned action_first(struct view *view);
unsigned action_last(struct view *view);
unsigned action_next_panel(struct view *view);
unsigned action_previous_panel(struct view *view);
unsigned action_focus_1(struct view *view);
unsigned action_focus_2(struct view *view);
unsigned action_focus_3(struct view *view);
unsigned action_focus_4(struct view *view);
unsigned action_focus_5(struct view *view);
unsigned action_focus_6(struct view *view);
unsigned action_focus_7(struct view *view);
unsigned action_zoom(struct view *view);
unsigned action_open(struct view *view);
const char *why_no_open(const struct view *view);

/* actions_rows.c: search, filter and order of the focused panel's list */
unsigned action_search(struct view *view);
unsigned action_filter(struct view *view);
unsigned action_next_hit(struct view *view);
unsigned action_previous_hit(struct view *view);
unsigned action_sort(struct view *view);
unsigned action_invert(struct view *view);
unsigned action_copy(struct view *view);
unsigned action_export(struct view *view);
unsigned action_save_screen(struct view *view);
const char *why_no_row(const struct view *view);
const char *why_no_rows(const struct view *view);
const char *why_no_hit(const struct view *view);
/* True while something is searched for in the focused panel. */
bool rows_searched(const struct view *view);
/* Takes back the search, else the filter, else the order; false: there is none of them. */
bool rows_undo(struct view *view);

/* actions_axis.c: the axis of time */
unsigned action_stretch(struct view *view);
unsigned action_shrink(struct view *view);
unsigned action_left(struct view *view);
unsigned action_right(struct view *view);

/* actions_time.c: which iteration is shown, and the soak's own pace */
unsigned action_previous_iteration(struct view *view);
unsigned action_next_iteration(struct view *view);
unsigned action_previous_event(struct view *view);
unsigned action_next_event(struct view *view);
unsigned action_freeze(struct view *view);
unsigned action_slower(struct view *view);
unsigned action_faster(struct view *view);
unsigned action_live(struct view *view);
unsigned action_pause(struct view *view);
unsigned action_run_next(struct view *view);
unsigned action_stop_after(struct view *view);
const char *why_no_iteration(const struct view *view);
const char *why_no_freeze(const struct view *view);
const char *why_no_live(const struct view *view);
const char *why_no_pause(const struct view *view);
const char *why_no_run_next(const struct view *view);
const char *why_no_stop(const struct view *view);

/* actions_runs.c: other runs */
unsigned action_compare(struct view *view);
unsigned action_bookmark(struct view *view);
unsigned action_bookmarks(struct view *view);
unsigned action_handover(struct view *view);
unsigned action_open_path(struct view *view);
unsigned action_rehearse(struct view *view);
const char *why_no_other_run(const struct view *view);

/* external.c */
unsigned action_external(struct view *view);
const char *why_no_external(const struct view *view);

/* actions_delta.c: decisions on the lines of a proposal */
unsigned action_mark(struct view *view);
unsigned action_range(struct view *view);
unsigned action_mark_all(struct view *view);
unsigned action_approve(struct view *view);
unsigned action_reject(struct view *view);
unsigned action_hold(struct view *view);
unsigned action_edit(struct view *view);
unsigned action_apply(struct view *view);
unsigned action_rollback(struct view *view);
const char *why_no_proposal(const struct view *view);
const char *why_no_approve(const struct view *view);
const char *why_no_open_line(const struct view *view);
const char *why_no_rollback(const struct view *view);

/* actions_step.c: , and . */
unsigned action_step_down(struct view *view);
unsigned action_step_up(struct view *view);
const char *why_no_step(const struct view *view);

/* actions_screen.c: gate, help, the screen itself, leaving */
unsigned action_gate(struct view *view);
unsigned action_report(struct view *view);
unsigned action_explain(struct view *view);
unsigned action_help(struct view *view);
unsigned action_palette(struct view *view);
unsigned action_charset(struct view *view);
unsigned action_options(struct view *view);
unsigned action_alerts(struct view *view);
unsigned action_mouse(struct view *view);
unsigned action_redraw(struct view *view);
unsigned action_readonly(struct view *view);
unsigned action_back(struct view *view);
unsigned action_quit(struct view *view);
unsigned action_suspend(struct view *view);
const char *why_no_gate(const struct view *view);
const char *why_no_charset(const struct view *view);
const char *why_no_readonly(const struct view *view);

#endif
