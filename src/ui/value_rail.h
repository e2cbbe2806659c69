/* value_rail: a value between its bounds as text, with what it would become:
 * "40 ......(65)..>70........ 80". Pure. */
#ifndef SOAKTOP_UI_VALUE_RAIL_H
#define SOAKTOP_UI_VALUE_RAIL_H

#include "model/param.h"

enum { VALUE_RAIL_MAX = 128 };

/* WIDTH columns between the bounds (less if TEXT has no room). "" without bounds, or where NOW or
 * AFTER is no number. A value outside the bounds stands at the bound. */
void value_rail(char text[VALUE_RAIL_MAX], int width, const struct param *param, double now,
                double after);

#endif
