/* run_rows: the list of runs as rows, in the Runs panel and in the dialogs that pick one. UI
 * thread; pure. */
#ifndef SOAKTOP_UI_RUN_ROWS_H
#define SOAKTOP_UI_RUN_ROWS_H

#include "ui/canvas.h"
#include "ui/rows.h"
#include "ui/view.h"

extern const struct row_class run_rows_class;

/* A heading and the runs, the selected one always among them, inside AREA. */
void run_rows_draw(const struct view *view, struct canvas *canvas, struct rect area);
/* The run under the panel's cursor; NULL: none is listed. */
const struct run_entry *run_rows_selected(const struct view *view);
/* The line of a run, and the heading above all of them (ENTRY NULL), for WIDTH columns. */
void run_rows_line(const struct view *view, const struct run_entry *entry, char *text, size_t size);

#endif
