/* figure: see figure.h. UI thread; pure. */
#include "config.h"

#include "ui/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/chart.h"
#include "ui/rails.h"

/* A mean that passes by less than this share of its limit is NEAR. Only a word on the screen: no
 * rule reads it. */
#define NEAR_SHARE 0.05

enum { GRAPH_ITERATIONS_MAX = 20000, SPARK_MINIMUM = 8, NO_COLUMN = -1 };

const enum kpi figure_order[KPI_COUNT] = {KPI_MAKER_TAKER, KPI_P95, KPI_RISK, KPI_NET};

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

/* The columns of a row: where each ends (numbers) or begins (words), relative to the row; chosen
 * by width. */
struct columns {
    int now, change, mean, limit, word, margin, spark;
};

static struct columns columns_of(int width)
{
    if (width >= 74 + SPARK_MINIMUM)
        return (struct columns){22, 31, 43, 46, 57, 70, 73};
    if (width >= 60 + SPARK_MINIMUM)
        return (struct columns){21, 29, 41, 43, 53, 64, 66};
    if (width >= 56)
        return (struct columns){20, 28, 40, 42, 52, width - 1, NO_COLUMN};
    if (width >= 47)
        return (struct columns){20, 28, NO_COLUMN, 30, 40, width - 1, NO_COLUMN};
    if (width >= 34)
        return (struct columns){20, NO_COLUMN, NO_COLUMN, 22, 32, width - 1, NO_COLUMN};
    return (struct columns){20, NO_COLUMN, NO_COLUMN, NO_COLUMN, 22, NO_COLUMN, NO_COLUMN};
}

void figure_draw_row(const struct figure *figure, const struct view *view, struct canvas *canvas,
                     struct rect row)
{
    struct columns at = columns_of(row.width);
    int x = row.x, y = row.y;
    canvas_text(canvas, row, x + 1, y, STYLE_TEXT, kpi_table[figure->kpi].label);
    canvas_text_right(canvas, row, x + at.now, y, STYLE_BOLD, figure->now);
    if (at.change != NO_COLUMN)
        canvas_text_right(canvas, row, x + at.change, y, STYLE_DIM, figure->change);
    if (at.mean != NO_COLUMN) {
        canvas_text(canvas, row, x + at.change + 1, y, STYLE_DIM, "mean");
        canvas_text_right(canvas, row, x + at.mean, y, STYLE_TEXT, figure->mean);
    }
    if (at.limit != NO_COLUMN)
        canvas_text(canvas, row, x + at.limit, y, STYLE_DIM, figure->limit);
    canvas_text(canvas, row, x + at.word, y, figure_style(figure->state),
                figure_word(figure->state));
    if (at.margin != NO_COLUMN)
        canvas_text_right(canvas, row, x + at.margin, y, STYLE_TEXT, figure->margin);
    if (at.spark != NO_COLUMN) {
        struct rect spark = {x + at.spark, y, row.width - at.spark - 1, 1};
        figure_draw_graph(view, figure->kpi, canvas, spark);
    }
}

void figure_draw_graph(const struct view *view, enum kpi kpi, struct canvas *canvas,
                       struct rect area)
{
    int last = view_count(view), number = view_number(view);
    if (last == 0 || area.width < 1 || area.height < 1)
        return;
    int first = last > GRAPH_ITERATIONS_MAX ? last - GRAPH_ITERATIONS_MAX + 1 : 1;
    size_t count = (size_t)(last - first + 1);
    const struct thresholds *thresholds = &view->config->thresholds;
    const struct kpi_limits *targets = view->mock_limits ? &thresholds->target_mock
                                                         : &thresholds->target_strict;
    struct value *values = mem_resize(NULL, count, sizeof *values);
    char *marker = mem_alloc(count);
    for (size_t i = 0; i < count; i++) {
        const struct iteration *iteration = run_iteration(&view->run, first + (int)i);
        char letter = rail_event_letter(iteration);
        values[i] = iteration_kpi(iteration, kpi);
        marker[i] = letter == '-' || letter == '_' ? '\0' : letter;
    }
    struct chart chart = {
        .value = values,
        .count = count,
        .first = first,
        .cursor = view->mode == VIEW_LIVE ? 0 : number,
        .threshold = value_of(thresholds_limits(thresholds, view->mock_limits)->limit[kpi]),
        .target = value_of(targets->limit[kpi]),
        .decimals = kpi_table[kpi].decimals,
        .larger_is_better = kpi_table[kpi].larger_is_better,
        .marker = marker,
        .marker_rank = RAIL_EVENT_RANK,
    };
    chart_draw(canvas, area, &chart);
    free(values);
    free(marker);
}
