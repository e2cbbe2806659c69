/* chart: the frame of a graph: which columns, markers, numbers, cursor. Axis and limits are
 * chart_axis.c's, the curve is chart_curve.c's. UI thread; pure. */
#include "config.h"

#include "ui/chart.h"

#include <stdio.h>
#include <string.h>

#include "ui/chart_axis.h"
#include "ui/chart_curve.h"

enum {
    PER_VALUE_MAX = 4,    /* columns that one value takes at most */
    MARKER_ROWS_MIN = 3,  /* height from which there are markers */
    NUMBERS_ROWS_MIN = 7, /* and numbers below them */
    NUMBER_MAX = 16
};

/* Iterations that are recorded and shown. */
static int shown(const struct chart *chart)
{
    int count = chart->span.recorded - chart->span.first + 1;
    return count > 0 ? count : 0;
}

/* Columns in use of WIDTH: all of them, unless a value would take more than four. */
static int columns_used(const struct chart *chart, int width)
{
    int count = shown(chart);
    return count < width / PER_VALUE_MAX ? count * PER_VALUE_MAX : width;
}

bool chart_range(const struct chart *chart, int width, int column, int *from, int *to)
{
    int count = shown(chart);
    if (count == 0 || column < 0 || column >= width)
        return false;
    if (chart->aligned) {
        if (!timespan_range(&chart->span, column, from, to) || *from > chart->span.recorded)
            return false;
        *to = *to < chart->span.recorded ? *to : chart->span.recorded;
        return true;
    }
    long used = columns_used(chart, width);
    if (column >= used)
        return false;
    *from = chart->span.first + (int)((long)column * count / used);
    *to = chart->span.first + (int)(((long)column + 1) * count / used) - 1;
    *to = *to < *from ? *from : *to;
    return true;
}

/* The first column that shows value INDEX of COUNT, alone or with others. */
static long first_column(long count, long used, long index)
{
    return (index * used + count - 1) / count;
}

int chart_column(const struct chart *chart, int width, int number)
{
    long index = number - chart->span.first, count = shown(chart);
    if (chart->aligned) {
        int column = timespan_column(&chart->span, number);
        return column < width ? column : width - 1;
    }
    long used = columns_used(chart, width);
    if (count > used)
        return (int)(((index + 1) * used - 1) / count);
    return (int)((first_column(count, used, index) + first_column(count, used, index + 1) - 1) / 2);
}

/* Rows below the plot. */
static int rows_below(struct rect area, const struct chart *chart)
{
    if (chart->marker == NULL || area.height < MARKER_ROWS_MIN)
        return 0;
    return area.height < NUMBERS_ROWS_MIN ? 1 : 2;
}

static struct rect plot_of(struct rect area, const struct chart *chart,
                           const struct chart_axis *axis)
{
    int labels = chart_axis_columns(area, chart, axis);
    area.x += labels;
    area.width -= labels;
    area.height -= rows_below(area, chart);
    return area;
}

struct rect chart_plot(struct rect area, const struct chart *chart)
{
    struct chart_axis axis;
    if (!chart_axis_init(&axis, chart))
        return area;
    return plot_of(area, chart, &axis);
}

/* What stands under a column: its event, or ~ if it shows what was made up. */
static char marker_of(const struct chart *chart, int from, int to)
{
    char letter = chart->marker(chart->data, from, to);
    if (letter != '\0')
        return letter;
    return track_range(chart->track, (size_t)from - 1, (size_t)to).synthetic > 0 ? '~' : '\0';
}

static enum style marker_style(char letter)
{
    return letter == 'A' ? STYLE_APPLIED : letter == '~' ? STYLE_DIM : STYLE_EVENT;
}

/* The axis of time, with its events. */
static void draw_markers(struct canvas *canvas, struct rect area, struct rect row,
                         const struct chart *chart)
{
    int from, to;
    if (row.x > area.x)
        canvas_put(canvas, area, row.x - 1, row.y, STYLE_FRAME, 0x2514);
    for (int column = 0; column < row.width; column++) {
        if (!chart_range(chart, row.width, column, &from, &to))
            continue;
        char letter = '\0';
        if (from < to || column == chart_column(chart, row.width, from))
            letter = marker_of(chart, from, to);
        if (letter != '\0')
            canvas_put(canvas, row, row.x + column, row.y, marker_style(letter),
                       (unsigned char)letter);
        else
            canvas_put(canvas, row, row.x + column, row.y, STYLE_FRAME, 0x2500);
    }
}

/* Writes a number that begins in column X of ROW, if it fits and nothing stands there. */
static void draw_number(struct canvas *canvas, struct rect row, int x, enum style style,
                        const char *text)
{
    int length = (int)strlen(text);
    x = x + length > row.x + row.width ? row.x + row.width - length : x;
    x = x < row.x ? row.x : x;
    if (length > row.width)
        return;
    for (int i = x - 1; i <= x + length; i++)
        if (i >= row.x && i < row.x + row.width && canvas_code(canvas, i, row.y) != ' ')
            return;
    canvas_text(canvas, row, x, row.y, style, text);
}

/* The cursor's iteration comes first, then the ends, then the middle. */
static void draw_numbers(struct canvas *canvas, struct rect row, const struct chart *chart)
{
    char text[NUMBER_MAX];
    int first = chart->span.first, last = chart->span.recorded, middle = (first + last) / 2;
    if (chart->cursor >= first && chart->cursor <= last) {
        snprintf(text, sizeof text, "^%d", chart->cursor);
        draw_number(canvas, row, row.x + chart_column(chart, row.width, chart->cursor), STYLE_BOLD,
                    text);
    }
    const int numbers[] = {first, last, middle};
    for (int i = 0; i < 3; i++) {
        int length = snprintf(text, sizeof text, "%d", numbers[i]);
        int column = chart_column(chart, row.width, numbers[i]);
        draw_number(canvas, row, row.x + (i == 0 ? column : column - length / 2), STYLE_DIM, text);
    }
}

static void draw_cursor(struct canvas *canvas, struct rect plot, const struct chart *chart)
{
    if (chart->cursor < chart->span.first || chart->cursor > chart->span.recorded)
        return;
    int column = chart_column(chart, plot.width, chart->cursor);
    int height = plot.height + (chart->marker != NULL && plot.height > 1 ? 1 : 0);
    canvas_restyle(canvas, (struct rect){plot.x + column, plot.y, 1, height}, STYLE_CURSOR);
}

static void draw_below(struct canvas *canvas, struct rect area, struct rect plot,
                       const struct chart *chart)
{
    int rows = area.height - plot.height;
    struct rect row = {plot.x, plot.y + plot.height, plot.width, 1};
    if (rows > 0)
        draw_markers(canvas, area, row, chart);
    row.y++;
    if (rows > 1)
        draw_numbers(canvas, row, chart);
}

void chart_draw(struct canvas *canvas, struct rect area, const struct chart *chart)
{
    struct chart_axis axis;
    if (area.width <= 0 || area.height <= 0)
        return;
    if (!chart_axis_init(&axis, chart)) {
        canvas_text(canvas, area, area.x, area.y + area.height / 2, STYLE_DIM, "no data yet");
        return;
    }
    struct rect plot = plot_of(area, chart, &axis);
    if (plot.x > area.x)
        chart_axis_draw_labels(canvas, area, plot, chart, &axis);
    if (plot.height > 1)
        chart_axis_draw_limits(canvas, plot, chart, &axis);
    chart_curve_draw(canvas, plot, chart, &axis);
    if (plot.height > 1 && canvas->charset != CHARSET_BRAILLE)
        chart_axis_redraw_limits(canvas, plot, chart, &axis);
    if (plot.height > 1)
        chart_axis_draw_beyond(canvas, area, plot, chart, &axis);
    draw_below(canvas, area, plot, chart);
    draw_cursor(canvas, plot, chart);
}
