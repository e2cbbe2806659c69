/* chart_curve: values become dots or bars. UI thread; pure. Where a column holds several values
 * its whole range from minimum to maximum is drawn, so that no spike is averaged away, and the mean
 * in it; a column without a value stays as it is: a gap. */
#include "config.h"

#include "ui/chart_curve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

enum { SHADE_LIGHT = 0x2591, SHADE_MEDIUM = 0x2592, GHOST = 0x25e6, BLANK = ' ' };

static struct track_range range_of(const struct track *track, int from, int to)
{
    return track_range(track, (size_t)from - 1, (size_t)to);
}

static double mean_of(const struct track_range *range)
{
    return range->sum / (double)range->present;
}

static enum style style_of(const struct track_range *range)
{
    return range->synthetic > 0 ? STYLE_DIM : STYLE_GRAPH;
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

/* The top of a bar: FILLED eighths of a cell. In ASCII - and = are left to the limits. */
static unsigned top_code(const struct canvas *canvas, int filled)
{
    static const char ascii[] = "..::++*#";
    return canvas->charset == CHARSET_ASCII ? (unsigned char)ascii[filled]
                                            : 0x2580u + (unsigned)filled;
}

/* One column: solid up to the lowest of its values, shaded up to the mean, lightly up to the
 * highest. */
static void draw_bar(struct canvas *canvas, struct rect plot, int column,
                     const struct track_range *range, const struct chart_axis *axis)
{
    bool ascii = canvas->charset == CHARSET_ASCII;
    int solid = eighths_of(axis, plot.height, range->low);
    int middle = eighths_of(axis, plot.height, mean_of(range));
    int top = eighths_of(axis, plot.height, range->high);
    for (int row = 0; row < plot.height; row++) {
        int filled = solid - row * 8, reach = top - row * 8;
        int y = plot.y + plot.height - 1 - row, x = plot.x + column;
        bool below_mean = middle - row * 8 >= 4;
        unsigned shade = below_mean ? ascii ? '%' : SHADE_MEDIUM : ascii ? '|' : SHADE_LIGHT;
        if (filled >= 8)
            canvas_put(canvas, plot, x, y, style_of(range), 0x2588);
        else if (reach >= 8 || (filled <= 0 && reach > 0))
            canvas_put(canvas, plot, x, y, style_of(range), shade);
        else if (filled > 0)
            canvas_put(canvas, plot, x, y, style_of(range), top_code(canvas, filled));
    }
}

static void draw_bars(struct canvas *canvas, struct rect plot, const struct chart *chart,
                      const struct chart_axis *axis)
{
    int from, to;
    for (int column = 0; column < plot.width; column++) {
        if (!chart_range(chart, plot.width, column, &from, &to))
            continue;
        struct track_range range = range_of(chart->track, from, to);
        if (range.present > 0)
            draw_bar(canvas, plot, column, &range, axis);
    }
}

/* A single row shows the worst of a column; nothing but made-up values are a ~. */
static void draw_sparkline(struct canvas *canvas, struct rect plot, const struct chart *chart,
                           const struct chart_axis *axis)
{
    int from, to;
    for (int column = 0; column < plot.width; column++) {
        if (!chart_range(chart, plot.width, column, &from, &to))
            continue;
        struct track_range range = range_of(chart->track, from, to);
        if (range.present == 0)
            continue;
        int eighths = eighths_of(axis, 1, chart->larger_is_better ? range.low : range.high);
        unsigned code = 0x2580u + (unsigned)eighths;
        canvas_put(canvas, plot, plot.x + column, plot.y, style_of(&range),
                   range.synthetic == range.present ? '~' : code);
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

/* True if no two values share a cell. */
static bool is_line(const struct chart *chart, int width)
{
    if (chart->aligned)
        return chart->span.each == 1;
    return chart->span.recorded - chart->span.first + 1 <= width;
}

/* Not more values than cells: each is a level, with a slope from the one before. */
static void dots_line_chart(struct dots *dots, const struct chart *chart,
                            const struct chart_axis *axis)
{
    int last_x = -1, last_y = 0, width = dots->plot.width, from, to, next, ignored;
    for (int column = 0; column < width; column++) {
        int each = 1;
        if (!chart_range(chart, width, column, &from, &to))
            break;
        while (chart_range(chart, width, column + each, &next, &ignored) && next == from)
            each++;
        struct track_range range = range_of(chart->track, from, to);
        bool any = range.present > 0;
        int x = 2 * column, end = x + 2 * each - 1;
        int y = any ? dot_row(dots, axis, mean_of(&range)) : 0;
        for (int i = 0; i < each && any; i++)
            dots->style[column + i] = style_of(&range);
        if (any && last_x >= 0)
            dot_line(dots, last_x, last_y, x += each - 1, y);
        if (any)
            dot_line(dots, x, y, end, y);
        last_x = any ? end : -1;
        last_y = y;
        column += each - 1;
    }
}

/* The iterations of dot column X: a cell has two, each a half of its iterations. */
static bool dot_range(const struct chart *chart, int width, int x, int *from, int *to)
{
    if (!chart_range(chart, width, x / 2, from, to))
        return false;
    int middle = *from + (*to - *from) / 2;
    if (x % 2 == 0)
        *to = middle;
    else if (*from < *to)
        *from = middle + 1;
    return true;
}

/* From lowest to highest every other dot, the ends and the mean in full: means make a line. */
static void dot_band(struct dots *dots, int x, int high, int low, int mean)
{
    for (int y = high; y <= low; y++)
        if ((x + y) % 2 == 0)
            dot_set(dots, x, y);
    dot_set(dots, x, high);
    dot_set(dots, x, low);
    dot_set(dots, x, mean);
}

/* More values than cells: the range of each dot column, joined to the one before. */
static void dots_range_chart(struct dots *dots, const struct chart *chart,
                             const struct chart_axis *axis)
{
    int low_before = -1, high_before = -1, from, to;
    for (int x = 0; x < dots->width; x++) {
        struct track_range range = {0};
        if (dot_range(chart, dots->plot.width, x, &from, &to))
            range = range_of(chart->track, from, to);
        if (range.present == 0) {
            low_before = -1;
            continue;
        }
        int low = dot_row(dots, axis, range.low), high = dot_row(dots, axis, range.high);
        if (dots->style[x / 2] != STYLE_DIM)
            dots->style[x / 2] = style_of(&range);
        dot_band(dots, x, high, low, dot_row(dots, axis, mean_of(&range)));
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
    if (is_line(chart, plot.width))
        dots_line_chart(&dots, chart, axis);
    else
        dots_range_chart(&dots, chart, axis);
    dots_put(&dots, canvas);
    free(dots.cell);
    free(dots.style);
}

/* The iterations of a column, also those that only the run behind has. */
static bool range_behind(const struct chart *chart, int width, int column, int *from, int *to)
{
    return chart->aligned ? timespan_range(&chart->span, column, from, to)
                          : chart_range(chart, width, column, from, to);
}

/* The other run: its means as single dots or circles, where the curve leaves room. */
static void draw_behind(struct canvas *canvas, struct rect plot, const struct chart *chart,
                        const struct chart_axis *axis)
{
    static const unsigned char left_dot[4] = {0x01, 0x02, 0x04, 0x40};
    bool braille = canvas->charset == CHARSET_BRAILLE;
    int from, to;
    for (int column = 0; column < plot.width; column++) {
        if (!range_behind(chart, plot.width, column, &from, &to))
            break;
        struct track_range range = range_of(chart->behind, from, to);
        double mean = range.present > 0 ? mean_of(&range) : 0.0;
        if (range.present == 0 || mean < axis->low || mean > axis->high)
            continue;
        int dot = (int)lround((1.0 - share_of(axis, mean)) * (4 * plot.height - 1));
        int x = plot.x + column, y = plot.y + dot / 4;
        if (!braille)
            canvas_put(canvas, plot, x, y, STYLE_DIM, GHOST);
        else if (canvas_code(canvas, x, y) == BLANK)
            canvas_put(canvas, plot, x, y, STYLE_DIM, 0x2800u + left_dot[dot % 4]);
    }
}

void chart_curve_draw(struct canvas *canvas, struct rect plot, const struct chart *chart,
                      const struct chart_axis *axis)
{
    if (plot.width <= 0 || plot.height <= 0)
        return;
    if (plot.height == 1) {
        draw_sparkline(canvas, plot, chart, axis);
        return;
    }
    if (canvas->charset == CHARSET_BRAILLE)
        draw_braille(canvas, plot, chart, axis);
    else
        draw_bars(canvas, plot, chart, axis);
    if (chart->behind != NULL)
        draw_behind(canvas, plot, chart, axis);
}
