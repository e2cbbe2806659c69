/* chart_axis: the y-axis of a chart: its range, its labels, the rows of the limits. Pure. */
#ifndef SOAKTOP_UI_CHART_AXIS_H
#define SOAKTOP_UI_CHART_AXIS_H

#include "ui/chart.h"

struct chart_axis {
    double low, high; /* at the lower and upper edge of the plot; low < high */
};

/* False if nothing that is shown has a value. */
bool chart_axis_init(struct chart_axis *axis, const struct chart *chart);
/* Columns that labels and the line behind them take; 0: no room for them. */
int chart_axis_columns(struct rect area, const struct chart *chart, const struct chart_axis *axis);
/* The row of NUMBER, from the top of a plot HEIGHT high; -1 if it lies outside. */
int chart_axis_row(const struct chart_axis *axis, int height, double number);
/* Highest, lowest and both limits at the left of PLOT; where two share a row the limit is read. */
void chart_axis_draw_labels(struct canvas *canvas, struct rect area, struct rect plot,
                            const struct chart *chart, const struct chart_axis *axis);
/* The lines of threshold and target, before the curve. */
void chart_axis_draw_limits(struct canvas *canvas, struct rect plot, const struct chart *chart,
                            const struct chart_axis *axis);
/* Where bars have covered them: drawn on through the bars. */
void chart_axis_redraw_limits(struct canvas *canvas, struct rect plot, const struct chart *chart,
                              const struct chart_axis *axis);
/* A limit that lies beyond the axis: "L -10 v" at that edge of the plot, on the side where nothing
 * is drawn; else only the letter of the direction beside the axis. */
void chart_axis_draw_beyond(struct canvas *canvas, struct rect area, struct rect plot,
                            const struct chart *chart, const struct chart_axis *axis);

#endif
