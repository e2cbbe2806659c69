/* small: what is left of the dashboard where there is no room for panels. Pure. */
#ifndef SOAKTOP_UI_SMALL_H
#define SOAKTOP_UI_SMALL_H

#include "ui/view.h"

/* Under 60x16: a line a KPI, without a frame. */
void small_draw_kpis(const struct view *view, struct canvas *canvas, struct rect area);
/* Under 40x8: "WARN 5/8 risk .431 FAIL 2 staged RW". */
void small_draw_line(const struct view *view, struct canvas *canvas, struct rect row);

#endif
