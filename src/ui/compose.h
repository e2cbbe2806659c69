/* compose: the whole screen from the view: layout, then each part into its rectangle, the dialog on
 * top. Pure: the loop, screen dumps and tests all draw by it. UI thread. */
#ifndef SOAKTOP_UI_COMPOSE_H
#define SOAKTOP_UI_COMPOSE_H

#include "ui/layout.h"

/* Where everything of VIEW goes on a screen of WIDTH x HEIGHT. */
struct layout compose_layout(const struct view *view, int width, int height);
/* Draws all of VIEW over CANVAS. view_refresh comes first. */
void compose_draw(const struct view *view, struct canvas *canvas);
/* The screen of that size as text, as canvas_dump (free it). */
char *compose_dump(const struct view *view, int width, int height);

#endif
