/* kpi_alone: one KPI on the whole screen, with all its numbers. Pure. */
#ifndef SOAKTOP_UI_KPI_ALONE_H
#define SOAKTOP_UI_KPI_ALONE_H

#include <stdbool.h>

#include "ui/canvas.h"

struct view;

/* Kept in the view. */
struct kpi_alone {
    bool on;   /* only looked at while the KPIs panel has the whole screen */
    int index; /* of figure_order */
};

bool kpi_alone_shown(const struct view *view);
/* Caption, numbers and graph in AREA, the inside of the panel. */
void kpi_alone_draw(const struct view *view, struct canvas *canvas, struct rect area);
/* Where its graph lies in AREA. */
struct rect kpi_alone_graph(struct rect area);
/* Enter in the KPIs panel: to the worst iteration of a column that several share; then the panel
 * over the whole screen; then one KPI alone, the one that is worst. */
unsigned kpi_alone_open(struct view *view);

#endif
