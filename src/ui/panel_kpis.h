/* panel_kpis: where the graphs of the KPIs panel lie. Pure. */
#ifndef SOAKTOP_UI_PANEL_KPIS_H
#define SOAKTOP_UI_PANEL_KPIS_H

#include "ui/view.h"

/* The graph of the KPI at INDEX of figure_order, in the panel's inside AREA; width 0: where there
 * is only a line a KPI, without a graph. */
struct rect panel_kpis_graph(struct rect area, int index);
/* Rows at the bottom of the inside AREA that list the iterations: with half of the screen or all
 * of it; else 0. */
int panel_kpis_list_rows(const struct view *view, struct rect area);

#endif
