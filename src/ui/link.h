/* link: names a moment: soak://RUN@17#tail_age_ms is iteration 17 of RUN, the deltas panel, that
 * row; another panel stands before its row: #params:tail_age_ms, #gate: . What may not stand in a
 * name is written as %XX. UI thread; pure but for link_follow. */
#ifndef SOAKTOP_UI_LINK_H
#define SOAKTOP_UI_LINK_H

#include "ui/view.h"

enum { LINK_TEXT_MAX = 512 };

struct link {
    char run[96];
    int iteration; /* 0: the newest */
    enum panel_id panel;
    char row[ROW_KEY_MAX]; /* "": none */
};

/* The link of ROW ("" for none; as its panel's row_class keys it) of PANEL at ITERATION of RUN. */
void link_make(char *text, size_t size, const char *run, int iteration, enum panel_id panel,
               const char *row);
/* Reads TEXT. -1 with ERR (ERROR_USAGE), which says what is wrong. */
int link_read(struct link *link, const char *text, struct error *err);
/* Shows that moment, frozen, the panel focused, the cursor on the row; the status line says if
 * there is no such iteration or row. */
unsigned link_follow(struct view *view, const struct link *link);

#endif
