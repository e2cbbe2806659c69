/* test_timeaxis: no iteration of the window is without a column, and none of what is recorded is
 * out of reach. */
#include "config.h"

#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/timeaxis.h"

static struct timespan span_of(struct timeaxis axis, int width, int count, int planned, int cursor)
{
    struct timeaxis_input input = {width, count, planned, cursor};
    return timeaxis_span(&axis, &input);
}

START_TEST(everything_recorded_fits_at_first)
{
    const struct timeaxis all = {0};
    struct timespan span = span_of(all, 71, 23, 36, 0);
    ck_assert_int_eq(span.spacing, 2);
    ck_assert_int_eq(span.last, 36);
    ck_assert_int_eq(span.recorded, 23);
    ck_assert_int_eq(span_of(all, 111, 23, 36, 0).spacing, 3);
    ck_assert_int_eq(span_of(all, 191, 23, 36, 0).spacing, 5);
    span = span_of(all, 180, 10000, 10000, 0);
    ck_assert_int_eq(span.each, 56);
    ck_assert_int_eq(span.first, 1);
    ck_assert_int_eq(span.recorded, 10000);
    char text[64];
    timespan_text(&span, text, sizeof text);
    ck_assert_str_eq(text, "it 1..10000, 56 it/col");
}
END_TEST

/* The columns of SPAN hold its iterations once each, in order. */
static bool tiles(const struct timespan *span, int width)
{
    int expected = span->first, from, to;
    for (int column = 0; column < width; column += span->spacing) {
        if (!timespan_range(span, column, &from, &to))
            break;
        if (from != expected || to < from || timespan_column(span, from) != column)
            return false;
        expected = to + 1;
    }
    return expected == span->last + 1;
}

START_TEST(every_iteration_of_the_window_has_its_column)
{
    for (int width = 1; width < 200; width += 6)
        for (int count = 0; count < 700; count += count < 20 ? 1 : 37)
            for (int power = -5; power <= TIMEAXIS_POWER_MAX + 1; power++) {
                bool fixed = power <= TIMEAXIS_POWER_MAX;
                for (int cursor = 0; cursor <= count; cursor += 11) {
                    struct timeaxis axis = {fixed, fixed ? power : 0, cursor % 5 * 20};
                    struct timespan span = span_of(axis, width, count, 24, cursor);
                    int shown = cursor > 0 ? cursor : count;
                    if (!tiles(&span, width) ||
                        (count > 0 && (shown < span.first || shown > span.recorded)))
                        ck_abort_msg("width %d, count %d, power %d, cursor %d: %d..%d", width,
                                     count, power, cursor, span.first, span.last);
                }
            }
}
END_TEST

START_TEST(columns_stand_still_while_a_run_grows)
{
    const struct timeaxis fours = {.fixed = true, .power = -2};
    for (int count = 1; count < 900; count++) {
        struct timespan span = span_of(fours, 50, count, 0, 0);
        ck_assert_int_eq((span.first - 1) % 4, 0);
        ck_assert_int_eq(span.recorded, count);
    }
}
END_TEST

START_TEST(the_window_stays_where_it_is_until_the_cursor_leaves_it)
{
    struct driver driver;
    driver_init(&driver, 24, QUIET);
    struct view *view = driver.view;
    view->time = (struct timeaxis){.fixed = true, .power = 3}; /* 9 iterations at 80 columns */
    ck_assert_int_eq(timeaxis_of(view, 80).first, 16);
    view_show(view, 20);
    ck_assert_int_eq(timeaxis_of(view, 80).first, 16);
    view_show(view, 12);
    ck_assert_int_eq(timeaxis_of(view, 80).first, 12);
    view_show(view, 18);
    ck_assert_int_eq(timeaxis_of(view, 80).first, 12);
    view_newest(view);
    ck_assert_int_eq(timeaxis_of(view, 80).first, 16);
    driver_fini(&driver);
}
END_TEST

START_TEST(stretching_and_shrinking_ends_at_everything_and_at_eight_columns)
{
    struct driver driver;
    driver_init(&driver, 24, QUIET);
    struct view *view = driver.view;
    int steps = 0, last = 0;
    ck_assert(!timeaxis_zoom(view, -1));
    while (timeaxis_zoom(view, 1)) {
        struct timespan span = timeaxis_of(view, 80);
        ck_assert_int_gt(span.spacing, last);
        ck_assert_int_eq(span.recorded, 24);
        last = span.spacing;
        steps++;
    }
    ck_assert_int_eq(last, 8);
    while (timeaxis_zoom(view, -1))
        steps--;
    ck_assert_int_eq(steps, 0);
    ck_assert(!view->time.fixed);
    driver_fini(&driver);
}
END_TEST

/* 24 iterations of which two or more share a column. */
static void grow(struct view *view, int count)
{
    for (int number = (int)view->run.count + 1; number <= count; number++)
        run_put_iteration_take(&view->run, fixture_iteration(view->config, number));
    view->run.planned = count;
    view->judged = false;
    view_refresh(view);
}

START_TEST(keys_stretch_and_shrink_and_say_what_the_axis_shows)
{
    struct driver driver;
    driver_init(&driver, 24, QUIET);
    driver_key(&driver, '-');
    driver_says(&driver, "it 1..24, 3 col/it: all of the run is shown");
    driver_key(&driver, '=');
    driver_says(&driver, "it 7..24, 4 col/it");
    driver_type(&driver, "==");
    driver_says(&driver, "it 16..24, 8 col/it: this is as wide as it goes");
    driver_type(&driver, "--");
    driver_says(&driver, "it 1..24, 3 col/it");
    driver_fini(&driver);
}
END_TEST

START_TEST(sideways_goes_by_columns_and_enter_to_the_worst_of_one)
{
    struct driver driver;
    driver_init(&driver, 24, QUIET);
    struct view *view = driver.view;
    grow(view, 1000); /* 71 columns: 15 iterations each */
    view->run.iteration[617]->summary.kpi[KPI_MAKER_TAKER] = value_of(0.2);
    view->judged = false;
    view_refresh(view);
    driver_type(&driver, "1h");
    ck_assert_int_eq(view_number(view), 990);
    driver_key(&driver, 'h');
    ck_assert_int_eq(view_number(view), 975);
    driver_key(&driver, 'l');
    ck_assert_int_eq(view_number(view), 976);
    view_show(view, 625);
    view_refresh(view);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view_number(view), 618);
    driver_says(&driver, "it 618: the worst maker/taker of it 616..630");
    driver_fini(&driver);
}
END_TEST

START_TEST(enter_opens_the_panel_then_one_kpi_with_all_its_numbers)
{
    struct driver driver;
    driver_init(&driver, 12, QUIET);
    struct view *view = driver.view;
    driver_type(&driver, "1");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view->size, PANEL_FULL);
    ck_assert(!kpi_alone_shown(view));
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert(kpi_alone_shown(view));
    driver_shows(&driver, "mean8 ");
    driver_shows(&driver, "median ");
    driver_shows(&driver, "stdev ");
    driver_shows(&driver, "threshold >= 0.850  margin ");
    driver_shows(&driver, "target >= ");
    driver_shows(&driver, "trend +0.020/it, better");
    driver_key(&driver, KEYCODE_DOWN);
    driver_shows(&driver, "p95 ms");
    driver_shows(&driver, "KPI 2 of 4");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert(!kpi_alone_shown(view));
    ck_assert_int_eq(view->size, PANEL_FULL);
    driver_fini(&driver);
}
END_TEST

Suite *timeaxis_suite(void)
{
    const TTest *const list[] = {
        everything_recorded_fits_at_first,
        every_iteration_of_the_window_has_its_column,
        columns_stand_still_while_a_run_grows,
        the_window_stays_where_it_is_until_the_cursor_leaves_it,
        keys_stretch_and_shrink_and_say_what_the_axis_shows,
        sideways_goes_by_columns_and_enter_to_the_worst_of_one,
        enter_opens_the_panel_then_one_kpi_with_all_its_numbers,
        stretching_and_shrinking_ends_at_everything_and_at_eight_columns,
        NULL,
    };
    return harness_suite("timeaxis", list, 20);
}
