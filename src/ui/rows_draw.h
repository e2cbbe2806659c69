/* rows_draw: how the rows of a panel are drawn: the cursor, the hits of a search, how many more
 * there are; or all of it as a table. UI thread; pure. */
#ifndef SOAKTOP_UI_ROWS_DRAW_H
#define SOAKTOP_UI_ROWS_DRAW_H

#include "ui/view.h"

/* The panel's visible rows under the names of their columns, as many columns as fit. */
void rows_draw_table(const struct view *view, int panel, struct canvas *canvas, struct rect area);

/* For a panel that draws its rows itself, after the one at PLACE is drawn into ROW: marks what the
 * search holds in it, and, in the focused panel, the cursor. */
void rows_draw_marks(const struct view *view, int panel, struct canvas *canvas, struct rect row,
                     size_t place);
/* "+12" at the right of the last row of AREA, if rows from place END on are not shown. */
void rows_draw_more(const struct view *view, int panel, struct canvas *canvas, struct rect area,
                    size_t end);
/* Something, and not only a "-", stands where a count would, at the right of AREA's last row. */
bool rows_draw_taken(const struct canvas *canvas, struct rect area);
/* "(+12)" at the right of the last row of AREA: COUNT rows more, MORE ("" or " or more"). It covers
 * no half of what is drawn there: where that has no room beside it, the row is left out too. */
void rows_draw_left_out(struct canvas *canvas, struct rect area, size_t count, const char *more);
/* Why there is no row: nothing is listed, or the filter lets nothing through. */
void rows_draw_none(const struct view *view, int panel, struct canvas *canvas, struct rect area);

#endif
