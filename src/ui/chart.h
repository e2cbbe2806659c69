/* chart: a KPI over the iterations, drawn into a canvas in braille, blocks or ASCII. Pure.
 * More iterations than columns: each column shows the minimum, maximum and mean of its share, so
 * that a single spike stays visible. Missing values are gaps, never zeros; made-up ones are dim,
 * with ~ below them. The threshold is a line with L at the axis, the target a dotted one with t, a
 * tripwire's limit one of long dashes with w. */
#ifndef SOAKTOP_UI_CHART_H
#define SOAKTOP_UI_CHART_H

#include "ui/canvas.h"
#include "ui/timeaxis.h"
#include "ui/track.h"

struct chart {
    const struct track *track;  /* value[i] is iteration i + 1's */
    const struct track *behind; /* of another run, drawn thin, aligned by iteration; NULL: none */
    struct timespan span;       /* iterations that are shown */
    bool aligned; /* columns as the span has them, else as many as there is room for */
    int cursor;   /* iteration under the cursor; 0: none */
    struct value threshold, target; /* lines; missing: none */
    struct value wire;              /* of a tripwire: a line of its own with w; missing: none */
    int decimals;                   /* of the labels at the y-axis */
    bool larger_is_better;          /* one row high: a column shows its worst value */
    int labels;                     /* columns left of the plot; 0: as many as the labels need */
    /* Letter for the iterations FROM..TO of DATA, '\0' for none; NULL: no row of markers */
    char (*marker)(const void *data, int from, int to);
    const void *data;
};

/* Fills AREA: labels at the left, the plot, and with three rows or more the markers below, from
 * seven on the iterations' numbers too. Under 3 rows no labels; one row is a sparkline. */
void chart_draw(struct canvas *canvas, struct rect area, const struct chart *chart);

/* Where the plot of CHART in AREA lies, without labels, markers and numbers. */
struct rect chart_plot(struct rect area, const struct chart *chart);

/* The recorded iterations *FROM..*TO that column COLUMN of a plot WIDTH wide shows; false if the
 * column is empty. Few values take up to four columns each, so that a short run is no sliver. */
bool chart_range(const struct chart *chart, int width, int column, int *from, int *to);
/* The column in the middle of those that show iteration NUMBER, which is shown. */
int chart_column(const struct chart *chart, int width, int number);

#endif
