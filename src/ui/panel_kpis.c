/* panel_kpis: the four KPIs: a row each, and with more room a graph each, one below the other or
 * two by two. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "model/wires.h"
#include "ui/explain.h"
#include "ui/figure.h"
#include "ui/panel_kpis.h"
#include "ui/rows_draw.h"

enum { LIST_ROWS_MINIMUM = 4, GRAPH_ROWS_MINIMUM = 3, CELL_WIDTH_MINIMUM = 30, GAP = 1 };

static void panel_kpis_hint(const struct view *view, char *text, size_t size)
{
    const struct judgement *judgement = &view->judgement;
    if (judgement->to == 0)
        snprintf(text, size, "no iteration yet");
    else {
        char axis[48];
        const struct run *behind = view_baseline(view);
        struct timespan span = timeaxis_shown(view);
        timespan_text(&span, axis, sizeof axis);
        axis[strcspn(axis, ",")] = '\0'; /* columns are the rails'; graphs have their own */
        snprintf(text, size, "it %d  mean of %d..%d  thr=%s", view_number(view), judgement->from,
                 judgement->to, thresholds_name(view->mock_limits));
        size_t length = strlen(text);
        if (behind != NULL)
            snprintf(text + length, size - length, "  thin=%.24s",
                     behind->id[0] != '\0' ? behind->id : behind->directory);
        else
            snprintf(text + length, size - length, "  axis %s", axis);
    }
}

/* The letter of the worst state: "F" or "N"; nothing if all is well. */
static void panel_kpis_mark(const struct view *view, char *text, size_t size)
{
    enum figure_state worst = FIGURE_MISSING;
    for (int i = 0; i < KPI_COUNT; i++) {
        struct figure figure;
        figure_fill(&figure, view, (enum kpi)i);
        worst = figure.state > worst ? figure.state : worst;
    }
    snprintf(text, size, "%s", worst == FIGURE_FAIL ? "F" : worst == FIGURE_NEAR ? "N" : "");
}

/* What stands above a graph: name, value, word and margin, then what else there is room for. */
static void draw_caption(const struct figure *figure, const struct view *view,
                         struct canvas *canvas, struct rect row)
{
    char name[32];
    figure_name(name, sizeof name, figure->kpi);
    int x = canvas_text(canvas, row, row.x + 1, row.y, STYLE_TITLE, name) + 1;
    x = canvas_text(canvas, row, x, row.y, STYLE_BOLD, figure->now) + 1;
    x = canvas_text(canvas, row, x, row.y, figure_style(figure->state),
                    figure_word(figure->state)) +
        1;
    x = canvas_text(canvas, row, x, row.y, STYLE_TEXT, figure->margin) + 2;
    struct wire_status wired;
    const struct wire *wire = run_wire_on(&view->run, figure->kpi, view_number(view), &wired);
    if (wire != NULL) {
        char count[WIRE_COUNT_TEXT_MAX];
        x = canvas_printf(canvas, row, x, row.y, STYLE_WARN, "w %s %s %g",
                          wire_count_text(wire, &wired, count), tripwire_op_sign(wire->what.op),
                          wire->what.limit) +
            2;
    }
    char rest[3][64];
    snprintf(rest[0], sizeof rest[0], "mean %s %s", figure->mean, figure->limit);
    snprintf(rest[1], sizeof rest[1], "change %s", figure->change);
    snprintf(rest[2], sizeof rest[2], "target %s", figure->target);
    for (int i = 0; i < 3; i++) {
        if (x + text_columns(rest[i]) > row.x + row.width)
            break;
        if (i != 1 || figure->change[0] != '\0')
            x = canvas_text(canvas, row, x, row.y, STYLE_DIM, rest[i]) + 2;
    }
}

/* Graphs side by side; 0: a line a KPI, without graphs. */
static int graphs_across(struct rect area)
{
    int cell = 1 + GRAPH_ROWS_MINIMUM;
    if (area.height >= KPI_COUNT * (cell + 1))
        return 1;
    bool two = area.height >= KPI_COUNT / 2 * cell && area.width >= 2 * CELL_WIDTH_MINIMUM + GAP;
    return two ? 2 : 0;
}

/* The KPI at INDEX of figure_order: its caption and its graph. */
static struct rect cell_of(struct rect area, int index, int across)
{
    int down = KPI_COUNT / across, row = index / across, column = index % across;
    int width = (area.width - GAP * (across - 1)) / across;
    int y = area.y + area.height * row / down;
    int height = area.y + area.height * (row + 1) / down - y;
    return (struct rect){area.x + column * (width + GAP), y, width, height};
}

struct rect panel_kpis_graph(struct rect area, int index)
{
    int across = graphs_across(area);
    if (across == 0)
        return (struct rect){area.x, area.y, 0, 0};
    struct rect cell = cell_of(area, index, across);
    return (struct rect){cell.x + 1, cell.y + 1, cell.width - 1, cell.height - 1};
}

int panel_kpis_list_rows(const struct view *view, struct rect area)
{
    if (view->focus != PANEL_KPIS || view->size == PANEL_NORMAL)
        return 0;
    if (area.height < KPI_COUNT + LIST_ROWS_MINIMUM)
        return area.height;
    int rows = area.height / 2;
    return rows < LIST_ROWS_MINIMUM ? LIST_ROWS_MINIMUM : rows;
}

static void panel_kpis_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    if (kpi_alone_shown(view)) {
        kpi_alone_draw(view, canvas, area);
        return;
    }
    int list = panel_kpis_list_rows(view, area);
    area.height -= list;
    if (list > 0)
        rows_draw_table(view, PANEL_KPIS, canvas,
                        (struct rect){area.x, area.y + area.height, area.width, list});
    int across = graphs_across(area);
    for (int i = 0; i < KPI_COUNT && (across > 0 || i < area.height); i++) {
        struct figure figure;
        struct rect row = {area.x, area.y + i, area.width, 1};
        figure_fill(&figure, view, figure_order[i]);
        if (across == 0) {
            figure_draw_row(&figure, view, canvas, row);
            continue;
        }
        row = cell_of(area, i, across);
        row.height = 1;
        draw_caption(&figure, view, canvas, row);
        figure_draw_graph(view, figure_order[i], canvas, panel_kpis_graph(area, i));
    }
}

/* Without the list there is nothing to move through: time is stepped sideways. */
static unsigned panel_kpis_move(struct view *view, int rows)
{
    if (kpi_alone_shown(view)) {
        int index = view->alone.index + (rows < 0 ? -1 : 1);
        view->alone.index = (index + KPI_COUNT) % KPI_COUNT;
        return REACT_REDRAW;
    }
    return view->size == PANEL_NORMAL ? REACT_NONE : rows_move(view, PANEL_KPIS, rows);
}

const struct panel_class panel_kpis = {
    .id = PANEL_KPIS,
    .name = "KPIs",
    .hint = panel_kpis_hint,
    .mark = panel_kpis_mark,
    .draw = panel_kpis_draw,
    .move = panel_kpis_move,
    .open = kpi_alone_open,
    .explain = explain_kpis,
    .rows = &panel_kpis_list,
    .help =
        "The four figures that the soak is judged by. Value and change are those of the "
        "iteration shown; mean, word and margin are of the gate's window (last 8). OK passes, "
        "NEAR passes but misses the target or is within 5 % of the limit, FAIL does not pass. "
        "MADE and ~ mark a value that was made up for want of data: no rule reads it. In a "
        "graph L marks the threshold, t the dashed target (^ or v: it lies beyond the axis), w a "
        "tripwire, whose caption counts: w 1/2 > 0.45; the letters below are the rail's "
        "events. "
        "A column of several iterations is drawn from lowest over mean to highest; {open} goes to "
        "its worst iteration, then opens the panel, then one KPI with all its numbers. With half "
        "or all of the screen ({zoom}) the iterations are listed below the graphs, and the cursor "
        "is the iteration shown. Columns: it, time, verdict, maker_taker, p95_ms, risk, net, "
        "events, applied, lines, skipped, by, note; filter: risk>.42 verdict:warn. {search} "
        "searches, {filter} filters, {sort} sorts, {copy} copies, {export} exports the rows.",
};
