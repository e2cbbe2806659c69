/* chart: nothing is averaged away, nothing missing is drawn, limits and markers stand where they
 * belong, in every character set. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "harness.h"
#include "ui/chart.h"

enum { VALUES = 1000, MANY = 10000, WIDTH = 60, HEIGHT = 8, LETTERS = 40 };

static struct canvas canvas;
static struct track track, behind;
static char letters[LETTERS];
static const struct rect area = {0, 0, WIDTH, HEIGHT};

static void fill(struct track *filled, size_t count, double number)
{
    track_fini(filled);
    for (size_t i = 0; i < count; i++)
        track_add(filled, value_of(number));
}

/* INDEX of the track holds VALUE. */
static void put(size_t index, struct value value)
{
    struct value rest[MANY];
    size_t count = track.count;
    memcpy(rest, track.value, count * sizeof *rest);
    rest[index] = value;
    track_cut(&track, index);
    for (size_t i = index; i < count; i++)
        track_add(&track, rest[i]);
}

static struct chart flat_chart(size_t count)
{
    fill(&track, count, 0.30);
    memset(letters, 0, sizeof letters);
    return (struct chart){.track = &track,
                          .span = {1, (int)count, (int)count, 1, 1},
                          .threshold = value_missing(),
                          .target = value_missing(),
                          .decimals = 2};
}

/* The first letter that is set among FROM..TO. */
static char letter_of(const void *data, int from, int to)
{
    const char *text = data;
    for (int number = from; number <= to && number <= LETTERS; number++)
        if (text[number - 1] != '\0')
            return text[number - 1];
    return '\0';
}

static void draw_sized(enum charset charset, const struct chart *chart, int width, int height)
{
    canvas_fini(&canvas);
    canvas_init(&canvas, width, height, charset);
    chart_draw(&canvas, (struct rect){0, 0, width, height}, chart);
}

static void draw(enum charset charset, const struct chart *chart)
{
    draw_sized(charset, chart, WIDTH, HEIGHT);
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

/* The index of the first and behind the last value in column X, as before; false: empty. */
static bool bucket(const struct chart *chart, int width, int x, size_t *from, size_t *to)
{
    int first, last;
    if (!chart_range(chart, width, x, &first, &last))
        return false;
    *from = (size_t)first - 1;
    *to = (size_t)last;
    return true;
}

/* Few assertions, because Check writes a mark for each. */
static void check_tiles(size_t count, int width)
{
    size_t expected = 0, from, to;
    struct chart chart = {.span = {1, (int)count, (int)count, 1, 1}};
    for (int column = 0; column < width; column++) {
        bool filled = bucket(&chart, width, column, &from, &to);
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
    struct chart none = {.span = {1, 0, 0, 1, 1}}, five = {.span = {1, 5, 5, 1, 1}};
    ck_assert(!bucket(&none, 10, 0, &from, &to));
    ck_assert(!bucket(&five, 10, 10, &from, &to));
}
END_TEST

/* The spike's column is filled to the top, and no other but its neighbours. */
static void check_spike(const struct chart *chart, enum charset charset, int width, int spike)
{
    draw_sized(charset, chart, width, HEIGHT);
    struct rect plot = chart_plot((struct rect){0, 0, width, HEIGHT}, chart);
    int seen = 0, from, to;
    for (int x = 0; x < plot.width; x++) {
        bool here = chart_range(chart, plot.width, x, &from, &to) && from <= spike && spike <= to;
        if (here && drawn_in(plot, x) >= plot.height - 1)
            seen++;
        else if (here || (x > 0 && drawn_in(plot, x) > 3 && drawn_in(plot, x - 1) <= 3))
            ck_abort_msg("charset %u, %d columns: column %d", (unsigned)charset, width, x);
    }
    ck_assert_msg(seen == 1, "charset %u, %d columns: %d", (unsigned)charset, width, seen);
}

START_TEST(one_spike_among_ten_thousand_values_stays_visible_at_every_width)
{
    struct chart chart = flat_chart(MANY);
    put(6170, value_of(0.90));
    for (int charset = 0; charset < CHARSET_COUNT; charset++)
        for (int width = 20; width <= 180; width++) {
            chart.aligned = false;
            check_spike(&chart, (enum charset)charset, width, 6171);
            chart.aligned = true;
            chart.span.each = MANY / 14;
            while (width > 22 && MANY / chart.span.each < width - 10)
                chart.span.each--;
            check_spike(&chart, (enum charset)charset, width, 6171);
        }
}
END_TEST

START_TEST(a_spike_is_seen_in_one_row_too)
{
    struct chart chart = flat_chart(MANY);
    put(6170, value_of(0.90));
    for (int charset = 0; charset < CHARSET_COUNT; charset++)
        for (int width = 20; width <= 180; width++) {
            draw_sized((enum charset)charset, &chart, width, 1);
            int high = 0;
            for (int x = 0; x < width; x++)
                high += at(x, 0)->code == (charset == CHARSET_ASCII ? '#' : 0x2588);
            ck_assert_int_eq(high, 1);
        }
}
END_TEST

START_TEST(a_column_of_several_shows_lowest_mean_and_highest)
{
    struct chart chart = flat_chart(VALUES);
    put(300, value_of(-0.90));
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    int column = 300 * plot.width / VALUES;
    ck_assert_uint_eq(at(plot.x + column, plot.y + 3)->code, 0x2592);
    ck_assert_uint_eq(at(plot.x + column + 2, plot.y + 3)->code, 0x2588);
    chart = flat_chart(VALUES);
    put(300, value_of(0.90));
    draw(CHARSET_ASCII, &chart);
    plot = chart_plot(area, &chart);
    column = 300 * plot.width / VALUES;
    ck_assert_uint_eq(at(plot.x + column, plot.y + 1)->code, '|');
}
END_TEST

START_TEST(missing_values_are_gaps_and_never_zeros)
{
    struct chart chart = flat_chart(20);
    put(10, value_missing());
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        size_t from, to;
        for (int x = 0; x < plot.width; x++)
            if (bucket(&chart, plot.width, x, &from, &to))
                ck_assert_msg((drawn_in(plot, x) == 0) == (from == 10), "charset %d column %d",
                              charset, x);
    }
    chart.span.recorded = 0;
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
                if (bucket(&chart, plot.width, x, &from, &to))
                    ck_assert_msg(drawn_in(plot, x) > 0, "%zu values, charset %d, column %d", count,
                                  charset, x);
        }
    }
}
END_TEST

START_TEST(synthetic_values_are_dim_and_marked)
{
    struct chart chart = flat_chart(3);
    struct value made_up = {0.30, VALUE_SYNTHETIC};
    put(1, made_up);
    chart.marker = letter_of;
    chart.data = letters;
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    int bottom = plot.y + plot.height - 1;
    ck_assert_int_eq(at(plot.x, bottom)->style, STYLE_GRAPH);
    ck_assert_int_eq(at(plot.x + 4, bottom)->style, STYLE_DIM);
    ck_assert_int_eq(at(plot.x + 8, bottom)->style, STYLE_GRAPH);
    ck_assert_uint_eq(at(plot.x + 5, bottom + 1)->code, '~');
    draw_sized(CHARSET_BRAILLE, &chart, 12, 1);
    ck_assert_uint_eq(at(5, 0)->code, '~');
    ck_assert_uint_ne(at(1, 0)->code, '~');
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
    int threshold = row_labelled(".42L"), target = row_labelled(".38t");
    ck_assert_int_ge(threshold, 0);
    ck_assert_int_gt(target, threshold);
    ck_assert_uint_eq(at(WIDTH - 1, threshold)->code, '-');
    ck_assert_int_eq(at(WIDTH - 1, threshold)->style, STYLE_THRESHOLD);
    struct rect plot = chart_plot(area, &chart);
    int x = plot.x + plot.width / 2 * 2 - 2; /* dashed: every other column */
    ck_assert_uint_eq(at(x, target)->code, '-');
    ck_assert_int_eq(at(x, target)->style, STYLE_TARGET);
    ck_assert_uint_eq(at(x + 1, target)->code, ' ');
}
END_TEST

START_TEST(a_limit_far_away_does_not_flatten_the_curve)
{
    struct chart chart = flat_chart(40);
    put(20, value_of(0.36));
    chart.threshold = value_of(-10.0);
    draw(CHARSET_BLOCK, &chart);
    struct rect plot = chart_plot(area, &chart);
    ck_assert_int_eq(row_labelled("-10.0"), -1);
    size_t from, to;
    for (int x = 0; x < plot.width; x++) {
        ck_assert(bucket(&chart, plot.width, x, &from, &to));
        ck_assert_msg((drawn_in(plot, x) >= plot.height - 1) == (from == 20), "column %d", x);
    }
}
END_TEST

/* A limit that the axis does not reach is named at the edge beyond which it lies. */
START_TEST(a_limit_beyond_the_axis_is_named_at_its_edge)
{
    struct chart chart = flat_chart(6);
    chart.threshold = value_of(9.0);
    chart.target = value_of(-9.0);
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw_sized((enum charset)charset, &chart, 60, 10);
        char *text = canvas_dump(&canvas);
        const char *above = strstr(text, "L 9.00 ^"), *below = strstr(text, "t -9.00 v");
        ck_assert_msg(above != NULL && memchr(text, '\n', (size_t)(above - text)) == NULL, "%s",
                      text);
        ck_assert_msg(below != NULL && below > above, "%s", text);
        free(text);
    }
    chart.threshold = value_of(0.31); /* on the axis */
    draw_sized(CHARSET_ASCII, &chart, 60, 10);
    char *text = canvas_dump(&canvas);
    ck_assert_ptr_null(strchr(text, '^'));
    free(text);
}
END_TEST

START_TEST(the_limits_are_told_apart_in_bars_too)
{
    struct chart chart = flat_chart(WIDTH);
    put(5, value_of(0.60));
    chart.threshold = value_of(0.42);
    chart.target = value_of(0.20);
    for (int charset = CHARSET_ASCII; charset <= CHARSET_BLOCK; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        int threshold = row_labelled(".42L"), target = row_labelled(".20t");
        bool ascii = charset == CHARSET_ASCII;
        int x = plot.x + chart_column(&chart, plot.width, 6);
        ck_assert_uint_eq(at(x, threshold)->code, ascii ? '=' : 0x2550);
        for (int i = x; i < x + 2; i++)
            ck_assert_uint_eq(at(i, target)->code, !ascii                ? 0x2505
                                                   : i % 2 == plot.x % 2 ? '='
                                                                         : '#');
        ck_assert_uint_eq(at(x + 6, threshold)->code, ascii ? '-' : 0x2500);
    }
}
END_TEST

START_TEST(markers_stand_under_their_iterations)
{
    struct chart chart = flat_chart(10);
    letters[0] = 'A';
    letters[9] = 'r';
    chart.marker = letter_of;
    chart.data = letters;
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        int row = plot.y + plot.height;
        ck_assert_int_eq(plot.height, HEIGHT - 2);
        ck_assert_uint_eq(at(plot.x + 1, row)->code, 'A');
        ck_assert_int_eq(at(plot.x + 1, row)->style, STYLE_APPLIED);
        ck_assert_uint_eq(at(plot.x + 37, row)->code, 'r');
        for (int x = 0; x < 40; x++)
            ck_assert_int_eq(at(plot.x + x, row)->style != STYLE_FRAME, x == 1 || x == 37);
    }
}
END_TEST

START_TEST(the_time_axis_names_first_middle_last_and_the_cursor)
{
    struct chart chart = flat_chart(30);
    chart.marker = letter_of;
    chart.data = letters;
    chart.span = (struct timespan){5, 30, 30, 1, 1};
    chart.cursor = 24;
    draw(CHARSET_ASCII, &chart);
    struct rect plot = chart_plot(area, &chart);
    char *dump = canvas_dump(&canvas), *row = dump;
    for (int i = 0; i < HEIGHT - 1; i++)
        row = strchr(row, '\n') + 1;
    ck_assert_ptr_nonnull(strstr(row, " 5 "));
    ck_assert_ptr_nonnull(strstr(row, " 17 "));
    ck_assert_ptr_nonnull(strstr(row, " ^24 "));
    ck_assert_ptr_nonnull(strstr(row, " 30"));
    ck_assert_uint_eq(at(plot.x + chart_column(&chart, plot.width, 24), HEIGHT - 1)->code, '^');
    free(dump);
}
END_TEST

START_TEST(the_other_run_is_drawn_behind_and_goes_on_where_this_one_ends)
{
    struct chart chart = flat_chart(10);
    fill(&behind, 30, 0.35);
    put(3, value_of(0.60));
    chart.behind = &behind;
    chart.aligned = true;
    chart.span = (struct timespan){1, 40, 10, 1, 1};
    for (int charset = 0; charset < CHARSET_COUNT; charset++) {
        draw((enum charset)charset, &chart);
        struct rect plot = chart_plot(area, &chart);
        int dim = 0;
        for (int x = 10; x < plot.width; x++) {
            ck_assert_int_eq(drawn_in(plot, x), x < 30);
            for (int y = 0; y < plot.height; y++)
                dim += at(plot.x + x, plot.y + y)->code != ' ' &&
                       at(plot.x + x, plot.y + y)->style == STYLE_DIM;
        }
        ck_assert_int_eq(dim, 20);
    }
    track_fini(&behind);
}
END_TEST

START_TEST(the_cursor_marks_the_column_of_its_iteration)
{
    struct chart chart = flat_chart(VALUES);
    for (int iteration = 1; iteration <= VALUES; iteration += 37) {
        chart.cursor = iteration;
        draw(CHARSET_BRAILLE, &chart);
        struct rect plot = chart_plot(area, &chart);
        size_t from, to;
        for (int x = 0; x < plot.width; x++) {
            ck_assert(bucket(&chart, plot.width, x, &from, &to));
            bool here = from <= (size_t)iteration - 1 && (size_t)iteration - 1 < to;
            ck_assert_int_eq(at(plot.x + x, 0)->style == STYLE_CURSOR, here);
        }
    }
}
END_TEST

START_TEST(one_row_is_a_sparkline_of_the_worst)
{
    struct chart chart = flat_chart(VALUES);
    put(500, value_of(0.10));
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
    memset(letters, 'A', sizeof letters);
    put(3, value_of(1e12));
    put(4, value_missing());
    chart.marker = letter_of;
    chart.data = letters;
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
        one_spike_among_ten_thousand_values_stays_visible_at_every_width,
        a_spike_is_seen_in_one_row_too,
        a_column_of_several_shows_lowest_mean_and_highest,
        missing_values_are_gaps_and_never_zeros,
        the_curve_has_no_hole_where_no_value_is_missing,
        synthetic_values_are_dim_and_marked,
        threshold_and_target_are_lines_with_their_labels,
        a_limit_far_away_does_not_flatten_the_curve,
        markers_stand_under_their_iterations,
        a_limit_beyond_the_axis_is_named_at_its_edge,
        the_limits_are_told_apart_in_bars_too,
        the_time_axis_names_first_middle_last_and_the_cursor,
        the_other_run_is_drawn_behind_and_goes_on_where_this_one_ends,
        the_cursor_marks_the_column_of_its_iteration,
        one_row_is_a_sparkline_of_the_worst,
        any_rectangle_is_drawn_without_leaving_it,
        NULL,
    };
    return harness_suite("chart", tests, 20);
}
