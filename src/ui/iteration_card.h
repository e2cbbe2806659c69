/* iteration_card: one iteration in a few lines: how it was judged and why, its edge by components,
 * the drivers, what the tuner said, and the parameters before and after. Pure. */
#ifndef SOAKTOP_UI_ITERATION_CARD_H
#define SOAKTOP_UI_ITERATION_CARD_H

#include "ui/view.h"

/* The iteration shown, as many lines as AREA has. */
void iteration_card_draw(const struct view *view, struct canvas *canvas, struct rect area);

#endif
