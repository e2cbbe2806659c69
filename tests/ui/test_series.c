/* test_series: what graphs and rails read is what the run holds, whatever became of it since. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "harness.h"
#include "suites.h"
#include "ui/rails.h"

enum { MANY = 5000 };

static struct fixture fixture;
static struct view *const view = &fixture.view;

static double number_at(size_t i)
{
    return (double)((i * 7919) % 1009);
}

START_TEST(a_stretch_of_a_track_is_told_as_if_it_was_looked_at_value_by_value)
{
    struct track track = {0};
    for (size_t i = 0; i < MANY; i++)
        track_add(&track, i % 7 == 3 ? value_missing() : value_of(number_at(i)));
    for (size_t from = 0; from < MANY; from += 61)
        for (size_t to = from; to <= MANY; to += 1 + to / 3) {
            struct track_range range = track_range(&track, from, to);
            double low = 1e9, high = -1e9, sum = 0.0;
            size_t present = 0;
            for (size_t i = from; i < to; i++) {
                if (i % 7 == 3)
                    continue;
                low = number_at(i) < low ? number_at(i) : low;
                high = number_at(i) > high ? number_at(i) : high;
                sum += number_at(i);
                present++;
            }
            bool same = range.present == present && range.sum >= sum && range.sum <= sum;
            if (!same || (present > 0 && (range.low > low || range.high < high)))
                ck_abort_msg("%zu..%zu is not told right", from, to);
        }
    track_fini(&track);
}
END_TEST

START_TEST(a_track_that_was_cut_goes_on_with_what_is_new)
{
    struct track track = {0};
    for (size_t i = 0; i < MANY; i++)
        track_add(&track, value_of(1.0));
    track_cut(&track, 4000);
    for (size_t i = 4000; i < MANY; i++)
        track_add(&track, value_of(2.0));
    struct track_range range = track_range(&track, 0, MANY);
    ck_assert_double_eq(range.sum, 4000.0 + 2.0 * (MANY - 4000));
    range = track_range(&track, 3999, 4001);
    ck_assert_double_eq(range.sum, 3.0);
    ck_assert_uint_eq(track_range(&track, MANY, MANY + 10).present, 0);
    track_fini(&track);
}
END_TEST

static char event_at(int number)
{
    return series_event(series_bits(&view->series, number, number));
}

/* Every letter and every number of the series is the run's. */
static void check_follows(void)
{
    view_refresh(view);
    ck_assert_uint_eq(view->series.count, view->run.count);
    for (int number = 1; number <= (int)view->run.count; number++) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        unsigned bits = series_bits(&view->series, number, number);
        struct value value = view->series.kpi[KPI_P95].value[number - 1];
        if (event_at(number) != rail_event_letter(iteration) ||
            series_kpi(bits) != rail_kpi_letter(iteration) ||
            value.state != iteration_kpi(iteration, KPI_P95).state)
            ck_abort_msg("iteration %d: %c", number, event_at(number));
    }
}

START_TEST(the_series_follows_what_the_engine_says)
{
    fixture_init(&fixture, 10);
    check_follows();
    fixture_propose(&fixture);
    check_follows();
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = fixture_iteration(&fixture.config, 11);
    message->iteration->state = ITERATION_FAILED;
    view_fold_take(view, message);
    check_follows();
    ck_assert_int_eq(view->failed, 1);
    ck_assert_int_eq(event_at(6), 'A');
    struct change change = change_copy(&view->run.change[0], fixture.config.params.count);
    change.kind = CHANGE_ROLLBACK;
    change.after_iteration = 11;
    memcpy(change.hash_after, view->run.change[0].hash_before, sizeof change.hash_after);
    memcpy(change.after, view->run.change[0].before,
           fixture.config.params.count * sizeof *change.after);
    message = message_new(MESSAGE_CHANGE);
    message->change = change;
    message->param_count = fixture.config.params.count;
    view_fold_take(view, message);
    check_follows();
    ck_assert_int_eq(event_at(6), 'r');
    fixture_fini(&fixture);
}
END_TEST

START_TEST(another_run_is_noticed)
{
    fixture_init(&fixture, 10);
    struct run other = view->run;
    struct fixture second;
    fixture_init(&second, 10);
    view->run = second.view.run;
    check_follows();
    ck_assert_ptr_eq(view->series.first, second.view.run.iteration[0]);
    view->run = other;
    check_follows();
    fixture_fini(&second);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(blocks_of_bits_hold_what_their_iterations_hold)
{
    fixture_init(&fixture, 24);
    for (int number = 25; number <= 600; number++) {
        struct iteration *iteration = fixture_iteration(&fixture.config, number);
        iteration->applied = number == 333;
        run_put_iteration_take(&view->run, iteration);
    }
    check_follows();
    unsigned applied = 1u << (SERIES_EVENT_BITS + 1);
    for (int from = 25; from < 600; from += 13)
        for (int to = from; to <= 600; to += 29) {
            bool here = from <= 333 && 333 <= to;
            ck_assert_int_eq((series_bits(&view->series, from, to) & applied) != 0, here);
        }
    fixture_fini(&fixture);
}
END_TEST

Suite *series_suite(void)
{
    const TTest *const list[] = {
        a_stretch_of_a_track_is_told_as_if_it_was_looked_at_value_by_value,
        a_track_that_was_cut_goes_on_with_what_is_new,
        the_series_follows_what_the_engine_says,
        another_run_is_noticed,
        blocks_of_bits_hold_what_their_iterations_hold,
        NULL,
    };
    return harness_suite("series", list, 20);
}
