/* kpi_alone: see kpi_alone.h. UI thread; pure but for the view that Enter changes. */
#include "config.h"

#include "ui/kpi_alone.h"

#include <stdio.h>

#include "ui/figure.h"

enum { NUMBER_ROWS = 3, TEXT_MAX = 160, VALUE_MAX = 32 };

bool kpi_alone_shown(const struct view *view)
{
    return view->alone.on && view->focus == PANEL_KPIS && view->size == PANEL_FULL;
}

struct rect kpi_alone_graph(struct rect area)
{
    return (struct rect){area.x + 1, area.y + NUMBER_ROWS, area.width - 1,
                         area.height - NUMBER_ROWS};
}

static void value_text(char text[VALUE_MAX], struct value value, int decimals)
{
    if (value_present(value))
        snprintf(text, VALUE_MAX, "%.*f", decimals, value.number);
    else
        snprintf(text, VALUE_MAX, "n/a");
}

/* How much the KPI moves from one iteration to the next: the slope of the line through the usable
 * values of the window; missing for fewer than two. */
static struct value trend_of(const struct judgement *judgement, enum kpi kpi)
{
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
    for (int i = 0; judgement->to > 0 && i <= judgement->to - judgement->from; i++) {
        struct value value = judgement->kpi_value[kpi][i];
        if (!value_usable(value))
            continue;
        n += 1.0;
        x += i;
        y += value.number;
        xx += (double)i * i;
        xy += i * value.number;
    }
    double spread = n * xx - x * x;
    return spread > 0.0 ? value_of((n * xy - x * y) / spread) : value_missing();
}

/* "better", "worse" or "level", as far as the shown digits tell. */
static const char *trend_word(struct value trend, enum kpi kpi)
{
    const struct kpi_info *info = &kpi_table[kpi];
    double step = 0.5;
    for (int i = 0; i < info->decimals; i++)
        step /= 10.0;
    if (!value_present(trend))
        return "";
    if (trend.number < step && trend.number > -step)
        return ", level";
    return (trend.number > 0.0) == info->larger_is_better ? ", better" : ", worse";
}

static void draw_statistics(const struct view *view, enum kpi kpi, struct canvas *canvas,
                            struct rect row)
{
    const struct judgement *judgement = &view->judgement;
    const struct stats *stats = &judgement->kpi[kpi];
    int decimals = kpi_table[kpi].decimals;
    char mean[VALUE_MAX], median[VALUE_MAX], low[VALUE_MAX], high[VALUE_MAX], deviation[VALUE_MAX];
    value_text(mean, stats->mean, decimals);
    value_text(median, stats->median, decimals);
    value_text(low, stats->minimum, decimals);
    value_text(high, stats->maximum, decimals);
    value_text(deviation, stats->deviation, decimals);
    canvas_printf(canvas, row, row.x + 1, row.y, STYLE_TEXT,
                  "mean%d %s  median %s  min %s  max %s  stdev %s  (it %d..%d, n=%zu)",
                  judgement->window, mean, median, low, high, deviation, judgement->from,
                  judgement->to, stats->count);
}

static void draw_limits(const struct view *view, const struct figure *figure, struct canvas *canvas,
                        struct rect row)
{
    struct value trend = trend_of(&view->judgement, figure->kpi);
    char text[VALUE_MAX] = "n/a";
    if (value_present(trend))
        snprintf(text, sizeof text, "%+.*f/it", kpi_table[figure->kpi].decimals, trend.number);
    canvas_printf(canvas, row, row.x + 1, row.y, STYLE_TEXT,
                  "threshold %s  margin %s  target %s  trend %s%s", figure->limit,
                  figure->margin[0] != '\0' ? figure->margin : "n/a", figure->target, text,
                  trend_word(trend, figure->kpi));
}

void kpi_alone_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    enum kpi kpi = figure_order[view->alone.index];
    struct figure figure;
    struct rect row = {area.x, area.y, area.width, 1};
    char name[32];
    figure_fill(&figure, view, kpi);
    figure_name(name, sizeof name, kpi);
    int x = canvas_text(canvas, row, row.x + 1, row.y, STYLE_TITLE, name) + 1;
    x = canvas_text(canvas, row, x, row.y, STYLE_BOLD, figure.now) + 1;
    x = canvas_text(canvas, row, x, row.y, figure_style(figure.state), figure_word(figure.state));
    canvas_printf(
        canvas, row, x + 2, row.y, STYLE_DIM, "change %s  KPI %d of %d, up and down: next",
        figure.change[0] != '\0' ? figure.change : "n/a", view->alone.index + 1, (int)KPI_COUNT);
    row.y++;
    draw_statistics(view, kpi, canvas, row);
    row.y++;
    draw_limits(view, &figure, canvas, row);
    figure_draw_graph(view, kpi, canvas, kpi_alone_graph(area));
}

/* The place in figure_order of the KPI in the worst state, the first of equals. */
static int worst_index(const struct view *view)
{
    enum figure_state worst = FIGURE_MISSING;
    int index = 0;
    for (int i = 0; i < KPI_COUNT; i++) {
        struct figure figure;
        figure_fill(&figure, view, figure_order[i]);
        if (figure.state > worst) {
            worst = figure.state;
            index = i;
        }
    }
    return index;
}

/* To the worst iteration of the cursor's column; false if it is shown already. */
static bool step_to_worst(struct view *view, unsigned *react)
{
    int from, to, index = kpi_alone_shown(view) ? view->alone.index : worst_index(view);
    enum kpi kpi = figure_order[index];
    char name[32];
    timeaxis_here(view, &from, &to);
    if (from >= to || from < 1)
        return false;
    int worst = (int)track_worst(&view->series.kpi[kpi], (size_t)from - 1, (size_t)to,
                                 kpi_table[kpi].larger_is_better) +
                1;
    if (worst == view_number(view))
        return false;
    figure_name(name, sizeof name, kpi);
    *react = view_show(view, worst) | REACT_REDRAW;
    view_say(view, false, "it %d: the worst %s of it %d..%d; again: opens the KPI", worst, name,
             from, to);
    return true;
}

unsigned kpi_alone_open(struct view *view)
{
    unsigned react = REACT_NONE;
    if (step_to_worst(view, &react))
        return react;
    if (view->size != PANEL_FULL) {
        view->size = PANEL_FULL;
        view->alone.on = false;
    } else if (!view->alone.on) {
        view->alone = (struct kpi_alone){true, worst_index(view)};
    }
    return REACT_REDRAW | REACT_RELAYOUT;
}
