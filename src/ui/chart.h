/* chart: a KPI over the iterations, drawn into a canvas in braille, blocks or ASCII. Pure.
 * More iterations than columns: each column shows the minimum, maximum and mean of its share, so
 * that a single spike stays visible. Missing values are gaps, never zeros. */
#ifndef SOAKTOP_UI_CHART_H
#define SOAKTOP_UI_CHART_H

#include "model/value.h"
#include "ui/canvas.h"

struct chart {
    const struct value *value; /* [count], oldest first; synthetic ones are drawn dim */
    size_t count;
    int first;                      /* iteration number of value[0] */
    int cursor;                     /* iteration under the cursor; 0: none */
    struct value threshold, target; /* lines; missing: none */
    int decimals;                   /* of the labels at the y-axis */
    bool larger_is_better;          /* one row high: a column shows its worst value */
    const char *marker;             /* [count] letter under the iteration, 0: none; NULL: no row */
    const char *marker_rank;        /* of several in one column the one named first here wins */
};

/* Fills AREA: labels at the left, the plot, and with MARKER (and three rows or more) the markers
 * below. Under 3 rows no labels; one row is a sparkline. */
void chart_draw(struct canvas *canvas, struct rect area, const struct chart *chart);

/* Where the plot of CHART in AREA lies, without labels and markers. */
struct rect chart_plot(struct rect area, const struct chart *chart);

/* The values that share column COLUMN of WIDTH: indexes *FROM up to, without, *TO; false if the
 * column is empty. Few values take up to four columns each, so that a short run is no sliver. */
bool chart_bucket(size_t count, int width, int column, size_t *from, size_t *to);

#endif
