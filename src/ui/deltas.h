/* deltas: which lines the deltas panel shows now, which of them is selected, and which ones an
 * action is for. A selection is bound to its parameter's name, never to a row. UI thread; pure. */
#ifndef SOAKTOP_UI_DELTAS_H
#define SOAKTOP_UI_DELTAS_H

#include "ui/view.h"

/* The lines: of the proposal that waits, else of the iteration shown; valid until the next fold. */
const struct delta *deltas_shown(const struct view *view, size_t *count);
/* Iteration that they belong to; 0: there are none. */
int deltas_iteration(const struct view *view);
/* Index of the selected line: the first if none is; -1 if there are no lines. */
int deltas_selected(const struct view *view);
/* True while lines are searched, filtered or sorted: then all of them are listed, and the selected
 * one may be an earlier proposal's, for which deltas_selected is -1. */
bool deltas_listed(const struct view *view);
void deltas_select(struct view *view, int index);

/* False for a line that the panel's filter hides. */
bool deltas_visible(const struct view *view, const struct delta *delta);
/* Lines picked with Space, and those of a range that is open; none that is hidden. */
bool deltas_marked(const struct view *view, const struct delta *delta);
/* Drops the picks that the filter hides; how many those were. */
int deltas_drop_hidden(struct view *view);
/* True if the operator may decide on a line in this state: no guard holds it. */
bool deltas_open(const struct delta *delta);

/* State of a line of ITERATION as of the moment that is shown: VERIFIED once the next iteration ran
 * with the value, and not yet rolled back before it was. */
enum delta_state deltas_state(const struct view *view, const struct delta *delta, int iteration);

/* Parameters that approve, reject and undo are for: the marked lines, else the selected one. */
struct delta_targets {
    int iteration;
    size_t count;
    char name[PROPOSAL_DELTAS_MAX][PARAM_NAME_MAX];
};
struct delta_targets deltas_targets(const struct view *view);

/* The table's row of the line's parameter; NULL: an older file names one that it does not have. */
const struct param *deltas_param(const struct view *view, const struct delta *delta);
/* NUMBER as the line's parameter is written; and after - now with its sign. Return TEXT. */
char *deltas_number(const struct view *view, const struct delta *delta, double number, char *text,
                    size_t size);
char *deltas_change(const struct view *view, const struct delta *delta, char *text, size_t size);

#endif
