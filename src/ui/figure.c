/* figure: see figure.h. UI thread; pure. */
#include "config.h"

#include "ui/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/wires.h"
#include "ui/chart.h"

/* A mean that passes by less than this share of its limit is NEAR. Only a word on the screen: no
 * rule reads it. */
#define NEAR_SHARE 0.05

enum { SPARK_MINIMUM = 8, NO_COLUMN = -1, FRAME_MAX = 2 };

const enum kpi figure_order[KPI_COUNT] = {KPI_MAKER_TAKER, KPI_P95, KPI_RISK, KPI_NET};

void figure_name(char *text, size_t size, enum kpi kpi)
{
    const struct kpi_info *info = &kpi_table[kpi];
    snprintf(text, size, "%s%s%s", info->label, info->unit[0] ? " " : "", info->unit);
}

/* "0.912" as ".912": a screen line has no room for the zero. */
static void drop_zero(char *text)
{
    char *zero = strstr(text, "0.");
    if (zero && (zero == text || zero[-1] == '+' || zero[-1] == '-'))
        memmove(zero, zero + 1, strlen(zero));
}

static void number_text(char *text, double number, int decimals, const char *prefix)
{
    snprintf(text, FIGURE_TEXT_MAX, "%s%.*f", prefix, decimals, number);
}

static void signed_text(char *text, double number, int decimals)
{
    snprintf(text, FIGURE_TEXT_MAX, "%+.*f", decimals, number);
    drop_zero(text);
}

static void value_text(char *text, struct value value, int decimals)
{
    if (!value_present(value))
        snprintf(text, FIGURE_TEXT_MAX, "n/a");
    else
        number_text(text, value.number, decimals, value.state == VALUE_SYNTHETIC ? "~" : "");
}

/* The KPI in the newest valid iteration before NUMBER that has it. */
static struct value value_before(const struct view *view, int number, enum kpi kpi)
{
    while (--number > 0) {
        struct value value = iteration_kpi(run_iteration(&view->run, number), kpi);
        if (value_present(value))
            return value;
    }
    return value_missing();
}

static bool beyond(double number, double limit, bool larger_is_better)
{
    return larger_is_better ? !number_at_least(number, limit) : !number_at_most(number, limit);
}

static enum figure_state state_of(struct value mean, struct value value, double limit,
                                  double target, bool larger)
{
    if (!value_usable(mean))
        return value.state == VALUE_SYNTHETIC ? FIGURE_SYNTHETIC : FIGURE_MISSING;
    if (beyond(mean.number, limit, larger))
        return FIGURE_FAIL;
    double near = fabs(limit) * NEAR_SHARE;
    bool close = beyond(mean.number, larger ? limit + near : limit - near, larger);
    return close || beyond(mean.number, target, larger) ? FIGURE_NEAR : FIGURE_OK;
}

void figure_fill(struct figure *figure, const struct view *view, enum kpi kpi)
{
    const struct kpi_info *info = &kpi_table[kpi];
    const struct thresholds *thresholds = &view->config->thresholds;
    const struct kpi_limits *targets = view->mock_limits ? &thresholds->target_mock
                                                         : &thresholds->target_strict;
    double limit = thresholds_limits(thresholds, view->mock_limits)->limit[kpi];
    double target = targets->limit[kpi];
    const struct iteration *iteration = view_iteration(view);
    struct value mean = view->judgement.kpi[kpi].mean;
    *figure = (struct figure){.kpi = kpi};
    figure->value = iteration ? iteration_kpi(iteration, kpi) : value_missing();
    figure->state = state_of(mean, figure->value, limit, target, info->larger_is_better);
    value_text(figure->now, figure->value, info->decimals);
    value_text(figure->mean, mean, info->decimals);
    struct value before = iteration ? value_before(view, iteration->number, kpi) : value_missing();
    if (value_present(figure->value) && value_present(before))
        signed_text(figure->change, figure->value.number - before.number, info->decimals);
    const char *sign = info->larger_is_better ? ">= " : "<= ";
    number_text(figure->limit, limit, info->decimals, sign);
    number_text(figure->target, target, info->decimals, sign);
    if (value_usable(mean))
        signed_text(figure->margin,
                    info->larger_is_better ? mean.number - limit : limit - mean.number,
                    info->decimals);
}

const char *figure_word(enum figure_state state)
{
    static const char *const words[] = {"n/a", "MADE", "OK", "NEAR", "FAIL"};
    return words[state];
}

enum style figure_style(enum figure_state state)
{
    static const enum style styles[] = {STYLE_DIM, STYLE_EVENT, STYLE_PASS, STYLE_WARN, STYLE_FAIL};
    return styles[state];
}

enum style verdict_style(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
        return STYLE_PASS;
    case VERDICT_WARN:
        return STYLE_WARN;
    case VERDICT_FAIL:
        return STYLE_FAIL;
    case VERDICT_NONE:
    case VERDICT_INCONCLUSIVE:
        break;
    }
    return STYLE_BOLD;
}

/* What a row shows, in this order from left to right; RANK: the lower ones give way first. */
enum column { NAME, NOW, CHANGE, MEAN, LIMIT, WORD, MARGIN, SPARK, COLUMN_COUNT };

static const struct {
    int width; /* with the gap before it; the sparkline takes what is left */
    int rank;
} column_table[COLUMN_COUNT] = {
    [NAME] = {13, 99}, [NOW] = {8, 98},  [CHANGE] = {7, 2}, [MEAN] = {12, 3},
    [LIMIT] = {10, 5}, [WORD] = {6, 97}, [MARGIN] = {7, 4}, [SPARK] = {SPARK_MINIMUM + 2, 1},
};

/* Sets START to where each column begins, behind the one before; NO_COLUMN: left out. */
static void place_columns(int start[COLUMN_COUNT], int width)
{
    bool shown[COLUMN_COUNT];
    int needed = 1;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        shown[i] = true;
        needed += column_table[i].width;
    }
    for (int rank = 1; needed > width && rank <= 5; rank++)
        for (int i = 0; i < COLUMN_COUNT; i++)
            if (column_table[i].rank == rank) {
                shown[i] = false;
                needed -= column_table[i].width;
            }
    int x = 0;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        start[i] = shown[i] ? x : NO_COLUMN;
        x += shown[i] ? column_table[i].width : 0;
    }
}

struct row {
    struct canvas *canvas;
    struct rect area;
    int start[COLUMN_COUNT];
};

/* Text that begins, or a number that ends, in its column. */
static void draw_word(const struct row *row, enum column column, enum style style, const char *text)
{
    if (row->start[column] != NO_COLUMN)
        canvas_text(row->canvas, row->area, row->area.x + row->start[column] + 1, row->area.y,
                    style, text);
}

static void draw_number(const struct row *row, enum column column, enum style style,
                        const char *text)
{
    if (row->start[column] != NO_COLUMN)
        canvas_text_right(row->canvas, row->area,
                          row->area.x + row->start[column] + column_table[column].width,
                          row->area.y, style, text);
}

void figure_draw_row(const struct figure *figure, const struct view *view, struct canvas *canvas,
                     struct rect area)
{
    struct row row = {.canvas = canvas, .area = area};
    char name[32];
    figure_name(name, sizeof name, figure->kpi);
    place_columns(row.start, area.width);
    draw_word(&row, NAME, STYLE_TEXT, name);
    draw_number(&row, NOW, STYLE_BOLD, figure->now);
    draw_number(&row, CHANGE, STYLE_DIM, figure->change);
    draw_word(&row, MEAN, STYLE_DIM, "mean");
    draw_number(&row, MEAN, STYLE_TEXT, figure->mean);
    draw_word(&row, LIMIT, STYLE_DIM, figure->limit);
    draw_word(&row, WORD, figure_style(figure->state), figure_word(figure->state));
    draw_number(&row, MARGIN, STYLE_TEXT, figure->margin);
    if (row.start[SPARK] != NO_COLUMN) {
        int x = row.start[SPARK] + 2;
        struct rect spark = {area.x + x, area.y, area.width - x - 1, 1};
        figure_draw_graph(view, figure->kpi, canvas, spark);
    }
}

static char marker_of(const void *data, int from, int to)
{
    const struct view *view = data;
    int waits = view->run.has_pending ? view->run.pending.iteration : 0;
    unsigned bits = series_bits(&view->series, from, to);
    char letter = series_event(bits | (waits >= from && waits <= to ? series_waiting() : 0));
    return letter == '-' || letter == '_' ? '\0' : letter;
}

/* A graph over the whole width begins and ends where the rails do. */
static struct chart chart_of(const struct view *view, enum kpi kpi, struct rect area,
                             int screen_width)
{
    const struct thresholds *thresholds = &view->config->thresholds;
    const struct kpi_limits *targets = view->mock_limits ? &thresholds->target_mock
                                                         : &thresholds->target_strict;
    bool aligned = area.x <= FRAME_MAX && area.x + area.width >= screen_width - FRAME_MAX &&
                   area.height > 1;
    const struct wire *wire = run_wire_on(&view->run, kpi, view_number(view), NULL);
    return (struct chart){
        .wire = wire != NULL ? value_of(wire->what.limit) : value_missing(),
        .track = &view->series.kpi[kpi],
        .behind = view_baseline(view) != NULL ? &view->series_behind.kpi[kpi] : NULL,
        .span = timeaxis_of(view, screen_width),
        .aligned = aligned,
        .labels = aligned ? TIMEAXIS_LEFT - area.x : 0,
        .cursor = view->at,
        .threshold = value_of(thresholds_limits(thresholds, view->mock_limits)->limit[kpi]),
        .target = value_of(targets->limit[kpi]),
        .decimals = kpi_table[kpi].decimals,
        .larger_is_better = kpi_table[kpi].larger_is_better,
        .marker = marker_of,
        .data = view,
    };
}

void figure_draw_graph(const struct view *view, enum kpi kpi, struct canvas *canvas,
                       struct rect area)
{
    if (view_count(view) == 0 || area.width < 1 || area.height < 1)
        return;
    struct chart chart = chart_of(view, kpi, area, canvas->width);
    chart_draw(canvas, area, &chart);
}

int figure_iteration_at(const struct view *view, enum kpi kpi, struct rect area, int screen_width,
                        int x)
{
    int from, to;
    if (view_count(view) == 0 || area.width < 1 || area.height < 1)
        return 0;
    struct chart chart = chart_of(view, kpi, area, screen_width);
    struct rect plot = chart_plot(area, &chart);
    if (!chart_range(&chart, plot.width, x - plot.x, &from, &to))
        return 0;
    return (int)track_worst(chart.track, (size_t)from - 1, (size_t)to, chart.larger_is_better) + 1;
}
