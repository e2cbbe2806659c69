/* chart_curve: the curve of a chart, in braille dots, eighth blocks or their ASCII shades. */
#ifndef SOAKTOP_UI_CHART_CURVE_H
#define SOAKTOP_UI_CHART_CURVE_H

#include "ui/chart_axis.h"

/* Draws CHART's values into PLOT, over what is there; one row high it is a sparkline. */
void chart_curve_draw(struct canvas *canvas, struct rect plot, const struct chart *chart,
                      const struct chart_axis *axis);

#endif
