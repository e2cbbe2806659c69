/* chart_curve: values become dots or bars. UI thread; pure. Where a column holds several values
 * its whole range from minimum to maximum is drawn, so that no spike is averaged away; a column
 * without a value stays as it is: a gap. */
#include "config.h"

#include "ui/chart_curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

/* What one column (or dot column) shows. */
struct range {
    bool any, synthetic;
    double low, high, mean;
};

static struct range range_of(const struct chart *chart, size_t from, size_t to)
{
    struct range range = {false, false, 0.0, 0.0, 0.0};
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        struct value value = chart->value[i];
        if (!value_present(value))
            continue;
        range.low = count == 0 ? value.number : fmin(range.low, value.number);
        range.high = count == 0 ? value.number : fmax(range.high, value.number);
        range.mean += value.number;
        range.synthetic = range.synthetic || !value_usable(value);
        count++;
    }
    range.any = count > 0;
    if (range.any)
        range.mean /= (double)count;
    return range;
}

static enum style style_of(const struct range *range)
{
    return range->synthetic ? STYLE_DIM : STYLE_GRAPH;
}

/* 0 at the lower edge, 1 at the upper one. */
static double share_of(const struct chart_axis *axis, double number)
{
    double share = (number - axis->low) / (axis->high - axis->low);
    return share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
}

/* Bars. Eighths of rows, counted from below; a value is never less than one eighth. */

static int eighths_of(const struct chart_axis *axis, int height, double number)
{
    int eighths = (int)lround(share_of(axis, number) * height * 8);
    return eighths > 0 ? eighths : 1;
}

/* One column: solid up to the lowest of its values, shaded up to the highest. */
static void draw_bar(struct canvas *canvas, struct rect plot, int column, const struct range *range,
                     const struct chart_axis *axis)
{
    int solid = eighths_of(axis, plot.height, range->low);
    int top = eighths_of(axis, plot.height, range->high);
    unsigned shade = canvas->charset == CHARSET_ASCII ? '|' : 0x2591;
    for (int row = 0; row < plot.height; row++) {
        int filled = solid - row * 8, reach = top - row * 8;
        int y = plot.y + plot.height - 1 - row, x = plot.x + column;
        if (filled >= 8)
            canvas_put(canvas, plot, x, y, style_of(range), 0x2588);
        else if (reach >= 8 || (filled <= 0 && reach > 0))
            canvas_put(canvas, plot, x, y, style_of(range), shade);
        else if (filled > 0)
            canvas_put(canvas, plot, x, y, style_of(range), 0x2580u + (unsigned)filled);
    }
}

static void draw_bars(struct canvas *canvas, struct rect plot, const struct chart *chart,
                      const struct chart_axis *axis)
{
    size_t from, to;
    for (int column = 0; column < plot.width; column++) {
        if (!chart_bucket(chart->count, plot.width, column, &from, &to))
            continue;
        struct range range = range_of(chart, from, to);
        if (range.any)
            draw_bar(canvas, plot, column, &range, axis);
    }
}

/* A single row shows the worst of a column. */
static void draw_sparkline(struct canvas *canvas, struct rect plot, const struct chart *chart,
                           const struct chart_axis *axis)
{
    size_t from, to;
    for (int column = 0; column < plot.width; column++) {
        if (!chart_bucket(chart->count, plot.width, column, &from, &to))
            continue;
        struct range range = range_of(chart, from, to);
        if (!range.any)
            continue;
        int eighths = eighths_of(axis, 1, chart->larger_is_better ? range.low : range.high);
        canvas_put(canvas, plot, plot.x + column, plot.y, style_of(&range),
                   0x2580u + (unsigned)eighths);
    }
}

/* Braille. A grid of dots, two columns and four rows a cell. */

struct dots {
    struct rect plot;
    int width, height;   /* in dots */
    unsigned char *cell; /* [plot.width * plot.height] of braille bits; owned */
    enum style *style;   /* [plot.width]; owned */
};

static void dot_set(struct dots *dots, int x, int y)
{
    static const unsigned char bits[4][2] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (x < 0 || x >= dots->width || y < 0 || y >= dots->height)
        return;
    size_t cell = (size_t)(y / 4) * (size_t)dots->plot.width + (size_t)(x / 2);
    dots->cell[cell] |= bits[y % 4][x % 2];
}

static int dot_row(const struct dots *dots, const struct chart_axis *axis, double number)
{
    return (int)lround((1.0 - share_of(axis, number)) * (dots->height - 1));
}

static void dot_column(struct dots *dots, int x, int y0, int y1)
{
    int low = y0 < y1 ? y0 : y1, high = y0 < y1 ? y1 : y0;
    for (int y = low; y <= high; y++)
        dot_set(dots, x, y);
}

/* From one point to another with a larger x, without a hole. */
static void dot_line(struct dots *dots, int x0, int y0, int x1, int y1)
{
    int before = y0;
    for (int x = x0; x <= x1; x++) {
        int y = x1 == x0 ? y1 : y0 + (int)lround((double)((y1 - y0) * (x - x0)) / (x1 - x0));
        int step = y > before ? 1 : y < before ? -1 : 0;
        dot_column(dots, x, y == before ? y : before + step, y);
        before = y;
    }
}

/* Not more values than cells: each is a level, with a slope from the one before. */
static void dots_line_chart(struct dots *dots, const struct chart *chart,
                            const struct chart_axis *axis)
{
    int last_x = -1, last_y = 0;
    for (int column = 0; column < dots->plot.width; column++) {
        size_t from, to, next, ignored;
        if (!chart_bucket(chart->count, dots->plot.width, column, &from, &to))
            break;
        int each = 1;
        while (chart_bucket(chart->count, dots->plot.width, column + each, &next, &ignored) &&
               next == from)
            each++;
        struct range range = range_of(chart, from, to);
        int x = 2 * column, end = x + 2 * each - 1, y = dot_row(dots, axis, range.mean);
        for (int i = 0; i < each && range.any; i++)
            dots->style[column + i] = style_of(&range);
        if (range.any && last_x >= 0)
            dot_line(dots, last_x, last_y, x += each - 1, y);
        if (range.any)
            dot_line(dots, x, y, end, y);
        last_x = range.any ? end : -1;
        last_y = y;
        column += each - 1;
    }
}

/* More values than cells: the range of each dot column, joined to the one before. */
static void dots_range_chart(struct dots *dots, const struct chart *chart,
                             const struct chart_axis *axis)
{
    int low_before = -1, high_before = -1;
    size_t width = (size_t)dots->width;
    for (int x = 0; x < dots->width; x++) {
        size_t from = (size_t)x * chart->count / width;
        size_t to = ((size_t)x + 1) * chart->count / width;
        to = to > from ? to : from + 1;
        struct range range = range_of(chart, from, to);
        int low = dot_row(dots, axis, range.low), high = dot_row(dots, axis, range.high);
        if (!range.any) {
            low_before = -1;
            continue;
        }
        dots->style[x / 2] = style_of(&range);
        dot_column(dots, x, low, high);
        if (low_before >= 0 && high_before > low)
            dot_column(dots, x, low, high_before);
        else if (low_before >= 0 && low_before < high)
            dot_column(dots, x, low_before, high);
        low_before = low;
        high_before = high;
    }
}

static void dots_put(const struct dots *dots, struct canvas *canvas)
{
    for (int y = 0; y < dots->plot.height; y++)
        for (int x = 0; x < dots->plot.width; x++) {
            unsigned bits = dots->cell[(size_t)y * (size_t)dots->plot.width + (size_t)x];
            if (bits)
                canvas_put(canvas, dots->plot, dots->plot.x + x, dots->plot.y + y, dots->style[x],
                           0x2800u + bits);
        }
}

static void draw_braille(struct canvas *canvas, struct rect plot, const struct chart *chart,
                         const struct chart_axis *axis)
{
    size_t cells = (size_t)plot.width * (size_t)plot.height;
    struct dots dots = {plot, 2 * plot.width, 4 * plot.height, mem_alloc(cells),
                        mem_alloc((size_t)plot.width * sizeof(enum style))};
    for (int x = 0; x < plot.width; x++)
        dots.style[x] = STYLE_GRAPH;
    if (chart->count <= (size_t)plot.width)
        dots_line_chart(&dots, chart, axis);
    else
        dots_range_chart(&dots, chart, axis);
    dots_put(&dots, canvas);
    free(dots.cell);
    free(dots.style);
}

void chart_curve_draw(struct canvas *canvas, struct rect plot, const struct chart *chart,
                      const struct chart_axis *axis)
{
    if (plot.width <= 0 || plot.height <= 0)
        return;
    if (plot.height == 1)
        draw_sparkline(canvas, plot, chart, axis);
    else if (canvas->charset == CHARSET_BRAILLE)
        draw_braille(canvas, plot, chart, axis);
    else
        draw_bars(canvas, plot, chart, axis);
}
