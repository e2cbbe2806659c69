/* footer: the lines at the bottom: status, what is staged, and the keys of the moment, made from
 * the table of actions. Each draws into one row; a rectangle of height 0 draws nothing. */
#ifndef SOAKTOP_UI_FOOTER_H
#define SOAKTOP_UI_FOOTER_H

#include "ui/action.h"
#include "ui/view.h"

void footer_draw_status(const struct view *view, struct canvas *canvas, struct rect row);
void footer_draw_staged(const struct view *view, struct canvas *canvas, struct rect row);
void footer_draw_keys(const struct view *view, struct canvas *canvas, struct rect row);
/* The action whose key stands at column X of ROW; NULL: none does. */
const struct action *footer_action_at(const struct view *view, struct rect row, int x);

#endif
