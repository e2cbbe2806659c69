/* chart_axis: see chart_axis.h. UI thread; pure. Rows are counted from the top of the plot. */
#include "config.h"

#include "ui/chart_axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_MAX = 24,
    PLOT_MIN = 8,      /* columns that labels must leave */
    LABEL_ROWS_MIN = 3 /* height from which there are labels */
};

enum { FULL_BLOCK = 0x2588 };

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

bool chart_axis_init(struct chart_axis *axis, const struct chart *chart)
{
    size_t from = (size_t)chart->span.first - 1, to = (size_t)chart->span.recorded;
    if (chart->span.recorded < chart->span.first)
        return false;
    struct track_range range = track_range(chart->track, from, to);
    if (range.present == 0)
        return false;
    *axis = (struct chart_axis){range.low, range.high};
    double middle = (axis->low + axis->high) / 2.0;
    double span = fmax(axis->high - axis->low, fabs(middle));
    widen_by_limit(axis, chart->threshold, span);
    widen_by_limit(axis, chart->target, span);
    widen_by_limit(axis, chart->wire, span);
    if (chart->behind != NULL) {
        range = track_range(chart->behind, from, to);
        widen_by_limit(axis, range.present > 0 ? value_of(range.low) : value_missing(), span);
        widen_by_limit(axis, range.present > 0 ? value_of(range.high) : value_missing(), span);
    }
    double pad = (axis->high - axis->low) * 0.05;
    if (pad <= 0.0)
        pad = fmax(fabs(middle) * 0.05, pow(10.0, -chart->decimals));
    axis->low -= pad;
    axis->high += pad;
    return true;
}

static void drop_zero(char *text)
{
    char *zero = text[0] == '-' ? text + 1 : text;
    if (zero[0] == '0' && zero[1] == '.')
        memmove(zero, zero + 1, strlen(zero));
}

/* NUMBER in at most COLUMNS, with less decimals if need be. */
static void label_format(const struct chart *chart, double number, int columns,
                         char text[LABEL_MAX])
{
    for (int decimals = chart->decimals; decimals >= 0; decimals--) {
        snprintf(text, LABEL_MAX, "%.*f", decimals, number);
        drop_zero(text);
        if ((int)strlen(text) <= columns)
            return;
    }
    snprintf(text, LABEL_MAX, "%.0e", number);
}

/* A number, behind it the letter of a limit or a blank. */
int chart_axis_columns(struct rect area, const struct chart *chart, const struct chart_axis *axis)
{
    if (area.height < LABEL_ROWS_MIN)
        return 0;
    const double numbers[] = {axis->low, axis->high,
                              value_present(chart->threshold) ? chart->threshold.number : axis->low,
                              value_present(chart->target) ? chart->target.number : axis->low,
                              value_present(chart->wire) ? chart->wire.number : axis->low};
    int widest = chart->labels > 0 ? chart->labels - 2 : 0;
    for (size_t i = 0; chart->labels == 0 && i < sizeof numbers / sizeof *numbers; i++) {
        char text[LABEL_MAX];
        label_format(chart, numbers[i], LABEL_MAX, text);
        int columns = (int)strlen(text);
        widest = columns > widest ? columns : widest;
    }
    return area.width - widest - 2 >= PLOT_MIN ? widest + 2 : 0;
}

int chart_axis_row(const struct chart_axis *axis, int height, double number)
{
    if (number < axis->low || number > axis->high)
        return -1;
    int row = (int)((axis->high - number) / (axis->high - axis->low) * height);
    return row < height ? row : height - 1;
}

static int row_of_limit(struct rect plot, const struct chart_axis *axis, struct value limit)
{
    return value_present(limit) ? chart_axis_row(axis, plot.height, limit.number) : -1;
}

static void draw_label(struct canvas *canvas, struct rect area, struct rect plot,
                       const struct chart *chart, int row, double number, enum style style,
                       const char *letter)
{
    char text[LABEL_MAX];
    label_format(chart, number, plot.x - area.x - 2, text);
    canvas_text_right(canvas, area, plot.x - 2, plot.y + row, style, text);
    canvas_text(canvas, area, plot.x - 2, plot.y + row, style, letter);
}

void chart_axis_draw_labels(struct canvas *canvas, struct rect area, struct rect plot,
                            const struct chart *chart, const struct chart_axis *axis)
{
    int threshold = row_of_limit(plot, axis, chart->threshold);
    int target = row_of_limit(plot, axis, chart->target), bottom = plot.height - 1;
    int wire = row_of_limit(plot, axis, chart->wire);
    for (int y = 0; y < plot.height; y++)
        canvas_put(canvas, area, plot.x - 1, plot.y + y, STYLE_FRAME, 0x2502);
    if (threshold != 0 && target != 0 && wire != 0)
        draw_label(canvas, area, plot, chart, 0, axis->high, STYLE_DIM, " ");
    if (threshold != bottom && target != bottom && wire != bottom && bottom > 0)
        draw_label(canvas, area, plot, chart, bottom, axis->low, STYLE_DIM, " ");
    if (target >= 0 && target != threshold)
        draw_label(canvas, area, plot, chart, target, chart->target.number, STYLE_TARGET, "t");
    if (threshold >= 0)
        draw_label(canvas, area, plot, chart, threshold, chart->threshold.number, STYLE_THRESHOLD,
                   "L");
    if (wire >= 0)
        draw_label(canvas, area, plot, chart, wire, chart->wire.number, STYLE_WARN, "w");
}

/* How a line is drawn where there is nothing, and where a bar stands. In ASCII the target is
 * dashed: every other column is left out. */
struct stroke {
    unsigned free, through;
    int step;
    enum style style;
};

/* A tripwire's: long dashes; in ASCII every fourth column has a w. */
static struct stroke stroke_of_wire(const struct canvas *canvas)
{
    bool ascii = canvas->charset == CHARSET_ASCII;
    return (struct stroke){ascii ? 'w' : 0x254c, ascii ? 'W' : 0x254d, ascii ? 4 : 1, STYLE_WARN};
}

static struct stroke stroke_of(const struct canvas *canvas, bool target)
{
    bool ascii = canvas->charset == CHARSET_ASCII;
    if (target)
        return (struct stroke){ascii ? '-' : 0x2504, ascii ? '=' : 0x2505, ascii ? 2 : 1,
                               STYLE_TARGET};
    return (struct stroke){ascii ? '-' : 0x2500, ascii ? '=' : 0x2550, 1, STYLE_THRESHOLD};
}

static void draw_limit(struct canvas *canvas, struct rect plot, int row, struct stroke stroke)
{
    for (int x = 0; row >= 0 && x < plot.width; x += stroke.step)
        canvas_put(canvas, plot, plot.x + x, plot.y + row, stroke.style, stroke.free);
}

void chart_axis_draw_limits(struct canvas *canvas, struct rect plot, const struct chart *chart,
                            const struct chart_axis *axis)
{
    draw_limit(canvas, plot, row_of_limit(plot, axis, chart->target), stroke_of(canvas, true));
    draw_limit(canvas, plot, row_of_limit(plot, axis, chart->threshold), stroke_of(canvas, false));
    draw_limit(canvas, plot, row_of_limit(plot, axis, chart->wire), stroke_of_wire(canvas));
}

static void redraw_limit(struct canvas *canvas, struct rect plot, int row, struct stroke stroke)
{
    unsigned bar = canvas->charset == CHARSET_ASCII ? '#' : FULL_BLOCK;
    for (int x = plot.x; row >= 0 && x < plot.x + plot.width; x += stroke.step)
        if (canvas_code(canvas, x, plot.y + row) == bar)
            canvas_put(canvas, plot, x, plot.y + row, stroke.style, stroke.through);
}

void chart_axis_redraw_limits(struct canvas *canvas, struct rect plot, const struct chart *chart,
                              const struct chart_axis *axis)
{
    int threshold = row_of_limit(plot, axis, chart->threshold);
    int target = row_of_limit(plot, axis, chart->target);
    if (target != threshold)
        redraw_limit(canvas, plot, target, stroke_of(canvas, true));
    redraw_limit(canvas, plot, threshold, stroke_of(canvas, false));
    redraw_limit(canvas, plot, row_of_limit(plot, axis, chart->wire), stroke_of_wire(canvas));
}

static bool is_blank(const struct canvas *canvas, int x, int y, int columns)
{
    const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
    for (int i = 0; i < columns; i++)
        if (row[x + i].code != ' ')
            return false;
    return true;
}

static void draw_beyond(struct canvas *canvas, struct rect area, struct rect plot,
                        const struct chart *chart, const struct chart_axis *axis,
                        struct value limit, enum style style, char letter)
{
    char number[LABEL_MAX], text[LABEL_MAX + 8];
    bool above = value_present(limit) && limit.number > axis->high;
    if (!above && !(value_present(limit) && limit.number < axis->low))
        return;
    int y = above ? plot.y : plot.y + plot.height - 1;
    label_format(chart, limit.number, LABEL_MAX, number);
    int length = snprintf(text, sizeof text, "%c %s %c", letter, number, above ? '^' : 'v');
    int right = plot.x + plot.width - length;
    if (length <= plot.width && is_blank(canvas, right, y, length))
        canvas_text(canvas, plot, right, y, style, text);
    else if (length < plot.width && is_blank(canvas, plot.x + 1, y, length))
        canvas_text(canvas, plot, plot.x + 1, y, style, text);
    else if (plot.x - 2 >= area.x && is_blank(canvas, plot.x - 2, y, 1))
        canvas_text(canvas, area, plot.x - 2, y, style, above ? "^" : "v");
}

void chart_axis_draw_beyond(struct canvas *canvas, struct rect area, struct rect plot,
                            const struct chart *chart, const struct chart_axis *axis)
{
    draw_beyond(canvas, area, plot, chart, axis, chart->threshold, STYLE_THRESHOLD, 'L');
    draw_beyond(canvas, area, plot, chart, axis, chart->target, STYLE_TARGET, 't');
    draw_beyond(canvas, area, plot, chart, axis, chart->wire, STYLE_WARN, 'w');
}
