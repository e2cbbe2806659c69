/* chart_at: see chart_at.h. UI thread; pure. */
#include "config.h"

#include "ui/chart_at.h"

#include "ui/figure.h"
#include "ui/panel_kpis.h"
#include "ui/rails.h"

static bool inside(struct rect area, int x, int y)
{
    return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

static int at_graph(const struct view *view, struct rect panel, int width, int x, int y)
{
    struct rect area = {panel.x + 1, panel.y + 1, panel.width - 2, panel.height - 2};
    if (kpi_alone_shown(view)) {
        struct rect alone = kpi_alone_graph(area);
        return inside(alone, x, y)
                   ? figure_iteration_at(view, figure_order[view->alone.index], alone, width, x)
                   : 0;
    }
    area.height -= panel_kpis_list_rows(view, area);
    for (int i = 0; i < KPI_COUNT; i++) {
        struct rect graph = panel_kpis_graph(area, i);
        if (inside(graph, x, y))
            return figure_iteration_at(view, figure_order[i], graph, width, x);
    }
    return 0;
}

int chart_iteration_at(const struct view *view, const struct layout *layout, int x, int y)
{
    if (inside(layout->rail_kpi, x, y))
        return rails_kpi_at(view, layout->rail_kpi, x);
    if (inside(layout->rail_event, x, y))
        return rails_event_at(view, layout->rail_event, x);
    if (layout->kind != LAYOUT_SMALL && inside(layout->panel[PANEL_KPIS], x, y))
        return at_graph(view, layout->panel[PANEL_KPIS], layout->width, x, y);
    return 0;
}
