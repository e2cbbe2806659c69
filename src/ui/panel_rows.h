/* panel_rows: the lists of the panels (panel_*_rows.c), and what drawing a panel shares with its
 * list. UI thread; pure. */
#ifndef SOAKTOP_UI_PANEL_ROWS_H
#define SOAKTOP_UI_PANEL_ROWS_H

#include "ui/canvas.h"
#include "ui/panel.h"

/* Deltas: the line of ROW and its iteration; the newest proposal stands first. */
const struct delta *panel_deltas_row(const struct view *view, size_t row, int *iteration);

/* Params: index in the table of parameters; what the file sets stands first. */
size_t panel_params_row(const struct view *view, size_t row);

/* Guards: the status of ROW as of the iteration shown. */
const struct guard_status *panel_guards_row(const struct view *view, size_t row);

/* Gate: the checks of the last gate, or, before there is one, of the verdict so far. */
const struct gate_check *panel_gate_row(const struct view *view, size_t row);

/* Journal: the event of ROW, oldest first, up to the moment shown. */
const struct run_event *panel_journal_row(const struct view *view, size_t row);

/* "operator:op1@desk" as "op1". */
void panel_rows_who(char *text, size_t size, const char *by);
/* A number cell: VALUE with DECIMALS (negative: as few as show it), "n/a" if missing. */
void panel_rows_number(struct row_cell *cell, struct value value, int decimals);
void panel_rows_text(struct row_cell *cell, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
