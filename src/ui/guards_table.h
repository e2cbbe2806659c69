/* guards_table: what the guards see of each parameter, a row each: how much of its velocity budget
 * is used, when that comes back, what freezes it or holds it back, and its last values. UI thread;
 * pure. */
#ifndef SOAKTOP_UI_GUARDS_TABLE_H
#define SOAKTOP_UI_GUARDS_TABLE_H

#include "ui/view.h"

/* Least width and height with which it is of use. */
enum { GUARDS_TABLE_WIDTH = 76, GUARDS_TABLE_HEIGHT = 4 };

/* Those that something is known of first; "(+N)" counts what has no row. */
void guards_table_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
