/* panel_kpis: where the graphs of the KPIs panel lie. Pure. */
#ifndef SOAKTOP_UI_PANEL_KPIS_H
#define SOAKTOP_UI_PANEL_KPIS_H

#include "ui/canvas.h"

/* The graph of the KPI at INDEX of figure_order, in the panel's inside AREA; width 0: where there
 * is only a line a KPI, without a graph. */
struct rect panel_kpis_graph(struct rect area, int index);

#endif
