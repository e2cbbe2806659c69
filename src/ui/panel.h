/* panel: a panel is one const record; a new one is one file and one row of the table. */
#ifndef SOAKTOP_UI_PANEL_H
#define SOAKTOP_UI_PANEL_H

#include "model/mem.h"
#include "ui/rows.h"
#include "ui/view.h"

struct panel_class {
    enum panel_id id;
    const char *name; /* "KPIs" */
    /* Text at the right of the frame's title and the tab's mark ("4*"); may be NULL. */
    void (*hint)(const struct view *view, char *text, size_t size);
    void (*mark)(const struct view *view, char *text, size_t size);
    /* Draws the inside. Looks only at VIEW; never waits, never allocates what it does not free. */
    void (*draw)(const struct view *view, struct canvas *canvas, struct rect area);
    /* Moves the selection or the scroll position by ROWS; may be NULL. */
    unsigned (*move)(struct view *view, int rows);
    /* Enter: opens the thing under the cursor; NULL: nothing opens here. */
    unsigned (*open)(struct view *view);
    /* What it lists, for search, filter, sort, copy and export; NULL: nothing that is a list. */
    const struct row_class *rows;
    /* Appends to TEXT why the thing under the cursor is as it is (key i): sentences, one a line,
     * with value, limit, source and when it clears; NULL: nothing to explain. */
    void (*explain)(const struct view *view, struct buffer *text);
    const char *help;
};

extern const struct panel_class *const panel_table[PANEL_COUNT];
extern const struct panel_class panel_kpis, panel_deltas, panel_params, panel_guards, panel_gate,
    panel_runs, panel_journal;
/* panel_*_rows.c */
extern const struct row_class panel_kpis_list, panel_deltas_list, panel_params_list,
    panel_guards_list, panel_gate_list, panel_journal_list;

/* The selected line of the proposal in full (rule, why, disk, guards, gate), inside AREA; without a
 * line the iteration shown. */
void panel_deltas_draw_detail(const struct view *view, struct canvas *canvas, struct rect area);
/* Lines that the deltas panel would like to show now (layout_input.delta_rows). */
int panel_deltas_rows(const struct view *view);

#endif
