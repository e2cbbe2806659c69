/* chart: nothing is averaged away, nothing missing is drawn, limits and markers stand where they
 * belong, in every character set. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "harness.h"
#include "ui/chart.h"

enum { VALUES = 1000, WIDTH = 60, HEIGHT = 8 };

static struct canvas canvas;
static struct value values[VALUES];
static const struct rect area = {0, 0, WIDTH, HEIGHT};

static struct chart flat_chart(size_t count)
{
    for (size_t i = 0; i < count; i++)
        values[i] = value_of(0.30);
    return (struct chart){.value = values,
                          .count = count,
                          .first = 1,
                          .threshold = value_missing(),
                          .target = value_missing(),
                          .decimals = 2};
}

static void draw(enum charset charset, const struct chart *chart)
{
    canvas_fini(&canvas);
    canvas_init(&canvas, WIDTH, HEIGHT, charset);
    chart_draw(&canvas, area, chart);
}

static const struct cell *at(int x, int y)
{
    return &canvas.cell[y * canvas.width + x];
}

/* Drawn cells of column X of the plot. */
static int drawn_in(struct rect plot, int x)
{
    int drawn = 0;
    for (int y = 0; y < plot.height; y++)
        drawn += at(plot.x + x, plot.y + y)->code != ' ';
    return drawn;
}

/* Few assertions, because Check writes a mark for each. */
static void check_tiles(size_t count, int width)
{
    size_t expected = 0, from, to;
    for (int column = 0; column < width; column++) {
        bool filled = chart_bucket(count, width, column, &from, &to);
        bool goes_on = filled && from < to &&
                       (from == expected || (from + 1 == expected && to == expected));
        if (!goes_on && (filled || expected != count))
            ck_abort_msg("%zu values in %d columns: column %d does not go on", count, width,
                         column);
        expected = filled ? to : expected;
    }
    ck_assert_uint_eq(expected, count);
}

START_TEST(buckets_cover_every_value_in_order)
{
    for (size_t count = 1; count < 150; count++)
        for (int width = 1; width < 70; width++)
            check_tiles(count, width);
    size_t from, to;
    ck_assert(!chart_bucket(0, 10, 0, &from, &to));
    ck_assert(!chart_bucket(5, 10, 10, &from, &to));
}
END_TEST

START_TEST(a_single_spike_among_a_thousand_values_stays_visible)
{
    struct chart chart = flat_chart(VALUES);
    values[617] = value_of(0.90);
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        int column = 617 * plot.width / VALUES;
        ck_assert_int_ge(drawn_in(plot, column), plot.height - 1);
        for (int x = 0; x < plot.width; x++)
            if (abs(x - column) > 1)
                ck_assert_msg(drawn_in(plot, x) <= 2, "charset %d column %d", charset, x);
    }
}
END_TEST

START_TEST(a_dip_stays_visible_in_bars_too)
{
    struct chart chart = flat_chart(VALUES);
    values[300] = value_of(-0.90);
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    int column = 300 * plot.width / VALUES;
    ck_assert_uint_eq(at(plot.x + column, plot.y + 3)->code, 0x2591);
    ck_assert_uint_eq(at(plot.x + column + 2, plot.y + 3)->code, 0x2588);
}
END_TEST

START_TEST(missing_values_are_gaps_and_never_zeros)
{
    struct chart chart = flat_chart(20);
    values[10] = value_missing();
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        size_t from, to;
        for (int x = 0; x < plot.width; x++)
            if (chart_bucket(20, plot.width, x, &from, &to))
                ck_assert_msg((drawn_in(plot, x) == 0) == (from == 10), "charset %d column %d",
                              charset, x);
    }
    chart.count = 0;
    draw(CHARSET_BRAILLE, &chart);
    char *text = canvas_dump(&canvas);
    ck_assert_ptr_nonnull(strstr(text, "no data yet"));
    free(text);
}
END_TEST

START_TEST(the_curve_has_no_hole_where_no_value_is_missing)
{
    for (size_t count = 2; count < 160; count += 3) {
        struct chart chart = flat_chart(count);
        for (int charset = 0; charset < CHARSET_COUNT; charset++) {
            draw((enum charset)charset, &chart);
            struct rect plot = chart_plot(area, &chart);
            size_t from, to;
            for (int x = 0; x < plot.width; x++)
                if (chart_bucket(count, plot.width, x, &from, &to))
                    ck_assert_msg(drawn_in(plot, x) > 0, "%zu values, charset %d, column %d", count,
                                  charset, x);
        }
    }
}
END_TEST

START_TEST(synthetic_values_are_drawn_dim)
{
    struct chart chart = flat_chart(3);
    values[1].state = VALUE_SYNTHETIC;
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    int bottom = plot.y + plot.height - 1;
    ck_assert_int_eq(at(plot.x, bottom)->style, STYLE_GRAPH);
    ck_assert_int_eq(at(plot.x + 4, bottom)->style, STYLE_DIM);
    ck_assert_int_eq(at(plot.x + 8, bottom)->style, STYLE_GRAPH);
}
END_TEST

/* The row whose label says TEXT, or -1. */
static int row_labelled(const char *text)
{
    char *dump = canvas_dump(&canvas), *place = strstr(dump, text);
    int row = place == NULL ? -1 : 0;
    for (char *p = dump; place != NULL && p < place; p++)
        row += *p == '\n';
    free(dump);
    return row;
}

START_TEST(threshold_and_target_are_lines_with_their_labels)
{
    struct chart chart = flat_chart(5);
    chart.threshold = value_of(0.42);
    chart.target = value_of(0.38);
    draw(CHARSET_ASCII, &chart);
    int threshold = row_labelled("0.42"), target = row_labelled("0.38");
    ck_assert_int_ge(threshold, 0);
    ck_assert_int_gt(target, threshold);
    ck_assert_uint_eq(at(WIDTH - 1, threshold)->code, '-');
    ck_assert_int_eq(at(WIDTH - 1, threshold)->style, STYLE_THRESHOLD);
    ck_assert_uint_eq(at(WIDTH - 1, target)->code, '.');
    ck_assert_int_eq(at(WIDTH - 1, target)->style, STYLE_TARGET);
}
END_TEST

START_TEST(a_limit_far_away_does_not_flatten_the_curve)
{
    struct chart chart = flat_chart(40);
    values[20] = value_of(0.36);
    chart.threshold = value_of(-10.0);
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    ck_assert_int_eq(row_labelled("-10.00"), -1);
    size_t from, to;
    for (int x = 0; x < plot.width; x++) {
        ck_assert(chart_bucket(40, plot.width, x, &from, &to));
        ck_assert_msg((drawn_in(plot, x) >= plot.height - 1) == (from == 20), "column %d", x);
    }
}
END_TEST

START_TEST(markers_stand_under_their_iterations)
{
    struct chart chart = flat_chart(10);
    char marker[10] = {0};
    marker[0] = 'A';
    marker[9] = 'r';
    chart.marker = marker;
    draw(CHARSET_BRAILLE, &chart);
    struct rect plot = chart_plot(area, &chart);
    ck_assert_int_eq(plot.height, HEIGHT - 1);
    ck_assert_uint_eq(at(plot.x + 1, HEIGHT - 1)->code, 'A');
    ck_assert_int_eq(at(plot.x + 1, HEIGHT - 1)->style, STYLE_APPLIED);
    ck_assert_uint_eq(at(plot.x + 37, HEIGHT - 1)->code, 'r');
    for (int x = 0; x < plot.width; x++)
        ck_assert_int_eq(at(plot.x + x, HEIGHT - 1)->code != ' ', x == 1 || x == 37);
}
END_TEST

START_TEST(of_several_markers_in_a_column_the_ranked_one_wins)
{
    struct chart chart = flat_chart(VALUES);
    static char marker[VALUES];
    memset(marker, 0, sizeof marker);
    marker[0] = 'A';
    marker[1] = 'r';
    chart.marker = marker;
    chart.marker_rank = "rA";
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    ck_assert_uint_eq(at(plot.x, HEIGHT - 1)->code, 'r');
}
END_TEST

START_TEST(the_cursor_marks_the_column_of_its_iteration)
{
    struct chart chart = flat_chart(VALUES);
    chart.first = 1;
    for (int iteration = 1; iteration <= VALUES; iteration += 37) {
        chart.cursor = iteration;
        draw(CHARSET_BRAILLE, &chart);
        struct rect plot = chart_plot(area, &chart);
        size_t from, to;
        for (int x = 0; x < plot.width; x++) {
            ck_assert(chart_bucket(VALUES, plot.width, x, &from, &to));
            bool here = from <= (size_t)iteration - 1 && (size_t)iteration - 1 < to;
            ck_assert_int_eq(at(plot.x + x, 0)->style == STYLE_CURSOR, here);
        }
    }
}
END_TEST

START_TEST(one_row_is_a_sparkline_of_the_worst)
{
    struct chart chart = flat_chart(VALUES);
    values[500] = value_of(0.10);
    chart.larger_is_better = true;
    canvas_fini(&canvas);
    canvas_init(&canvas, 20, 1, CHARSET_BLOCK);
    chart_draw(&canvas, (struct rect){0, 0, 20, 1}, &chart);
    ck_assert_uint_eq(at(10, 0)->code, 0x2581);
    ck_assert_uint_eq(at(9, 0)->code, 0x2588);
}
END_TEST

START_TEST(any_rectangle_is_drawn_without_leaving_it)
{
    struct chart chart = flat_chart(33);
    static char marker[VALUES];
    memset(marker, 'A', sizeof marker);
    values[3] = value_of(1e12);
    values[4] = value_missing();
    chart.marker = marker;
    chart.cursor = 33;
    chart.threshold = value_of(5e11);
    for (int charset = 0; charset < CHARSET_COUNT; charset++)
        for (int width = 0; width < 40; width++)
            for (int height = 0; height < 8; height++) {
                canvas_fini(&canvas);
                canvas_init(&canvas, WIDTH, HEIGHT + 2, (enum charset)charset);
                chart_draw(&canvas, (struct rect){1, 1, width, height}, &chart);
                for (int y = 0; y < canvas.height; y++)
                    for (int x = 0; x < canvas.width; x++)
                        if ((x < 1 || y < 1 || x > width || y > height) && at(x, y)->code != ' ')
                            ck_abort_msg("%dx%d leaves its rectangle", width, height);
            }
}
END_TEST

Suite *chart_suite(void)
{
    const TTest *const tests[] = {
        buckets_cover_every_value_in_order,
        a_single_spike_among_a_thousand_values_stays_visible,
        a_dip_stays_visible_in_bars_too,
        missing_values_are_gaps_and_never_zeros,
        the_curve_has_no_hole_where_no_value_is_missing,
        synthetic_values_are_drawn_dim,
        threshold_and_target_are_lines_with_their_labels,
        a_limit_far_away_does_not_flatten_the_curve,
        markers_stand_under_their_iterations,
        of_several_markers_in_a_column_the_ranked_one_wins,
        the_cursor_marks_the_column_of_its_iteration,
        one_row_is_a_sparkline_of_the_worst,
        any_rectangle_is_drawn_without_leaving_it,
        NULL,
    };
    return harness_suite("chart", tests, 20);
}
