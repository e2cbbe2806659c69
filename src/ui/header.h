/* header: the first line: run, mode, iteration, time, RW or RO, decision mode, gate so far; and the
 * line of tabs. What does not fit is left out, the least important first. Pure. */
#ifndef SOAKTOP_UI_HEADER_H
#define SOAKTOP_UI_HEADER_H

#include "ui/view.h"

void header_draw(const struct view *view, struct canvas *canvas, struct rect row);
void header_draw_tabs(const struct view *view, struct canvas *canvas, struct rect row);
/* The panel whose tab stands at column X of ROW; PANEL_COUNT: none does. */
enum panel_id header_tab_at(const struct view *view, struct rect row, int x);

#endif
