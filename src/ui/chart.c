/* chart: the frame of a graph: axis, labels, lines of the limits, markers and cursor. The curve is
 * chart_curve.c's. UI thread; pure. Rows are counted from the top of the plot. */
#include "config.h"

#include "ui/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ui/chart_curve.h"

enum {
    LABEL_MAX = 24,
    PER_VALUE_MAX = 4,  /* columns that one value takes at most */
    PLOT_MIN = 8,       /* columns that labels must leave */
    LABEL_ROWS_MIN = 3, /* height from which there are labels and markers */
    TARGET_ROWS_MIN = 6 /* height from which the target has a label too */
};

/* Columns in use of WIDTH: all of them, unless a value would take more than four. */
static size_t columns_used(size_t count, int width)
{
    size_t all = width > 0 ? (size_t)width : 0;
    return count < all / PER_VALUE_MAX ? count * PER_VALUE_MAX : all;
}

bool chart_bucket(size_t count, int width, int column, size_t *from, size_t *to)
{
    size_t used = columns_used(count, width);
    if (count == 0 || column < 0 || (size_t)column >= used)
        return false;
    *from = (size_t)column * count / used;
    *to = ((size_t)column + 1) * count / used;
    if (*to == *from)
        ++*to;
    return true;
}

/* The first column that shows value INDEX alone or with others. */
static size_t first_column(size_t count, size_t used, size_t index)
{
    return (index * used + count - 1) / count;
}

/* The column in the middle of those that show value INDEX. */
static int column_of(size_t count, int width, size_t index)
{
    size_t used = columns_used(count, width);
    if (count > used)
        return (int)(((index + 1) * used - 1) / count);
    size_t first = first_column(count, used, index), next = first_column(count, used, index + 1);
    return (int)((first + next - 1) / 2);
}

static void widen(struct chart_axis *axis, double number)
{
    axis->low = fmin(axis->low, number);
    axis->high = fmax(axis->high, number);
}

/* A limit joins the axis unless that would squeeze the values into less than a third of it. */
static void widen_by_limit(struct chart_axis *axis, struct value limit, double span)
{
    if (!value_present(limit))
        return;
    struct chart_axis wider = *axis;
    widen(&wider, limit.number);
    if (wider.high - wider.low <= 3.0 * span)
        *axis = wider;
}

/* Low and high of the y-axis; false if there is no value at all. */
static bool axis_of(const struct chart *chart, struct chart_axis *axis)
{
    bool any = false;
    for (size_t i = 0; i < chart->count; i++) {
        if (!value_present(chart->value[i]))
            continue;
        if (!any)
            axis->low = axis->high = chart->value[i].number;
        any = true;
        widen(axis, chart->value[i].number);
    }
    if (!any)
        return false;
    double middle = (axis->low + axis->high) / 2.0;
    double span = fmax(axis->high - axis->low, fabs(middle));
    widen_by_limit(axis, chart->threshold, span);
    widen_by_limit(axis, chart->target, span);
    double pad = (axis->high - axis->low) * 0.05;
    if (pad <= 0.0)
        pad = fmax(fabs(middle) * 0.05, pow(10.0, -chart->decimals));
    axis->low -= pad;
    axis->high += pad;
    return true;
}

static void label_format(const struct chart *chart, double number, char text[LABEL_MAX])
{
    snprintf(text, LABEL_MAX, "%.*f", chart->decimals, number);
}

/* Columns of the widest label with the line behind it; 0: no room for labels. */
static int label_columns(struct rect area, const struct chart *chart, const struct chart_axis *axis)
{
    if (area.height < LABEL_ROWS_MIN)
        return 0;
    const double numbers[] = {axis->low, axis->high,
                              value_present(chart->threshold) ? chart->threshold.number : axis->low,
                              value_present(chart->target) ? chart->target.number : axis->low};
    int widest = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[LABEL_MAX];
        label_format(chart, numbers[i], text);
        int columns = (int)strlen(text);
        widest = columns > widest ? columns : widest;
    }
    return area.width - widest - 1 >= PLOT_MIN ? widest + 1 : 0;
}

static struct rect plot_of(struct rect area, const struct chart *chart,
                           const struct chart_axis *axis)
{
    int labels = label_columns(area, chart, axis);
    area.x += labels;
    area.width -= labels;
    if (chart->marker != NULL && area.height >= LABEL_ROWS_MIN)
        area.height--;
    return area;
}

struct rect chart_plot(struct rect area, const struct chart *chart)
{
    struct chart_axis axis;
    if (!axis_of(chart, &axis))
        return area;
    return plot_of(area, chart, &axis);
}

/* The row of NUMBER, or -1 if it lies outside the axis. */
static int row_of(const struct chart_axis *axis, int height, double number)
{
    if (number < axis->low || number > axis->high)
        return -1;
    int row = (int)((axis->high - number) / (axis->high - axis->low) * height);
    return row < height ? row : height - 1;
}

static void draw_label(struct canvas *canvas, struct rect area, struct rect plot,
                       const struct chart *chart, int row, double number, enum style style)
{
    char text[LABEL_MAX];
    label_format(chart, number, text);
    canvas_text_right(canvas, area, plot.x - 1, plot.y + row, style, text);
}

/* High, low and limits at the left; where two share a row the limit is the one to be read. */
static void draw_labels(struct canvas *canvas, struct rect area, struct rect plot,
                        const struct chart *chart, const struct chart_axis *axis)
{
    int threshold = -1, target = -1, bottom = plot.height - 1;
    for (int y = 0; y < plot.height; y++)
        canvas_put(canvas, area, plot.x - 1, plot.y + y, STYLE_FRAME, 0x2502);
    if (value_present(chart->threshold))
        threshold = row_of(axis, plot.height, chart->threshold.number);
    if (value_present(chart->target) && plot.height >= TARGET_ROWS_MIN)
        target = row_of(axis, plot.height, chart->target.number);
    if (target > 0 && target < bottom && target != threshold)
        draw_label(canvas, area, plot, chart, target, chart->target.number, STYLE_TARGET);
    if (threshold != 0)
        draw_label(canvas, area, plot, chart, 0, axis->high, STYLE_DIM);
    if (threshold != bottom && bottom > 0)
        draw_label(canvas, area, plot, chart, bottom, axis->low, STYLE_DIM);
    if (threshold >= 0)
        draw_label(canvas, area, plot, chart, threshold, chart->threshold.number, STYLE_THRESHOLD);
}

/* A limit as a line over the whole plot; the curve is drawn over it. */
static void draw_limit(struct canvas *canvas, struct rect plot, const struct chart_axis *axis,
                       struct value limit, enum style style, unsigned code)
{
    int row = value_present(limit) ? row_of(axis, plot.height, limit.number) : -1;
    if (row >= 0)
        canvas_fill(canvas, (struct rect){plot.x, plot.y + row, plot.width, 1}, style, code);
}

/* Bars hide the line of the limit: there its row is told by the style. */
static void restyle_limit(struct canvas *canvas, struct rect plot, const struct chart_axis *axis,
                          struct value limit)
{
    int row = value_present(limit) ? row_of(axis, plot.height, limit.number) : -1;
    if (row >= 0)
        canvas_restyle(canvas, (struct rect){plot.x, plot.y + row, plot.width, 1}, STYLE_THRESHOLD);
}

static int rank_of(const struct chart *chart, char letter)
{
    const char *place = chart->marker_rank ? strchr(chart->marker_rank, letter) : NULL;
    return place ? (int)(place - chart->marker_rank) : 1000;
}

static void draw_markers(struct canvas *canvas, struct rect row, const struct chart *chart)
{
    size_t from, to;
    for (int column = 0; column < row.width; column++) {
        char best = 0;
        if (!chart_bucket(chart->count, row.width, column, &from, &to))
            continue;
        for (size_t i = from; i < to; i++) {
            char letter = chart->marker[i];
            if (letter && (!best || rank_of(chart, letter) < rank_of(chart, best)))
                best = letter;
        }
        if (!best || (to - from == 1 && column != column_of(chart->count, row.width, from)))
            continue;
        canvas_put(canvas, row, row.x + column, row.y, best == 'A' ? STYLE_APPLIED : STYLE_EVENT,
                   (unsigned char)best);
    }
}

static void draw_cursor(struct canvas *canvas, struct rect plot, const struct chart *chart)
{
    int index = chart->cursor - chart->first;
    if (chart->cursor == 0 || index < 0 || (size_t)index >= chart->count)
        return;
    int column = column_of(chart->count, plot.width, (size_t)index);
    int height = plot.height + (chart->marker != NULL && plot.height >= LABEL_ROWS_MIN - 1 ? 1 : 0);
    canvas_restyle(canvas, (struct rect){plot.x + column, plot.y, 1, height}, STYLE_CURSOR);
}

void chart_draw(struct canvas *canvas, struct rect area, const struct chart *chart)
{
    struct chart_axis axis;
    if (area.width <= 0 || area.height <= 0)
        return;
    if (!axis_of(chart, &axis)) {
        canvas_text(canvas, area, area.x, area.y + area.height / 2, STYLE_DIM, "no data yet");
        return;
    }
    struct rect plot = plot_of(area, chart, &axis);
    if (plot.x > area.x)
        draw_labels(canvas, area, plot, chart, &axis);
    if (plot.height > 1) {
        bool ascii = canvas->charset == CHARSET_ASCII;
        draw_limit(canvas, plot, &axis, chart->target, STYLE_TARGET, ascii ? '.' : 0x2504);
        draw_limit(canvas, plot, &axis, chart->threshold, STYLE_THRESHOLD, 0x2500);
    }
    chart_curve_draw(canvas, plot, chart, &axis);
    if (plot.height > 1 && canvas->charset != CHARSET_BRAILLE)
        restyle_limit(canvas, plot, &axis, chart->threshold);
    bool markers = chart->marker != NULL && plot.height < area.height;
    if (markers)
        draw_markers(canvas, (struct rect){plot.x, plot.y + plot.height, plot.width, 1}, chart);
    draw_cursor(canvas, plot, chart);
}
