/* compose: the whole screen from the view: layout, then each part into its rectangle, the dialog on
 * top. Pure: the loop, screen dumps and tests all draw by it. UI thread. */
#ifndef SOAKTOP_UI_COMPOSE_H
#define SOAKTOP_UI_COMPOSE_H

#include "ui/layout.h"

/* Columns and rows at each edge that VIEW has no use of on a screen of WIDTH x HEIGHT: 1 in a
 * sandbox, whose border stands there; else 0. */
int compose_border(const struct view *view, int width, int height);
/* Where everything of VIEW goes on a screen of WIDTH x HEIGHT, inside the border: 0, 0 is the first
 * cell behind it. */
struct layout compose_layout(const struct view *view, int width, int height);
/* The same without a border around it. */
struct layout compose_layout_inside(const struct view *view, int width, int height);
/* Draws all of VIEW over CANVAS. view_refresh comes first. */
void compose_draw(const struct view *view, struct canvas *canvas);
/* Draws what lies inside the border, as large as CANVAS. */
void compose_draw_inside(const struct view *view, struct canvas *canvas);
/* The screen of that size as text, as canvas_dump (free it). */
char *compose_dump(const struct view *view, int width, int height);

#endif
