/* test_stats: figures of a window, and Python's rounding. */
#include "config.h"

#include "suites.h"

#include <math.h>

#include "model/stats.h"

START_TEST(figures_of_the_worked_example)
{
    /* the last 8 of the mock: net 4.4 .. 5.1, mean and median 4.75 */
    struct value net[8];
    for (int i = 0; i < 8; i++)
        net[i] = value_of(2.8 + 0.1 * (16 + i));
    struct stats stats = stats_of(net, 8);
    ck_assert_uint_eq(stats.count, 8);
    ck_assert_double_eq_tol(stats.mean.number, 4.75, 1e-12);
    ck_assert_double_eq_tol(stats.median.number, 4.75, 1e-12);
    ck_assert_double_eq_tol(stats.minimum.number, 4.4, 1e-12);
    ck_assert_double_eq_tol(stats.maximum.number, 5.1, 1e-12);
    ck_assert_double_eq_tol(stats.deviation.number, 0.2449489742783178, 1e-12);
}
END_TEST

START_TEST(missing_and_synthetic_are_left_out)
{
    struct value values[] = {value_missing(),    value_of(3.0), {0.8, VALUE_SYNTHETIC},
                             {9.0, VALUE_STALE}, value_of(1.0), value_of(8.0)};
    struct stats stats = stats_of(values, 6);
    ck_assert_uint_eq(stats.count, 3);
    ck_assert_double_eq(stats.mean.number, 4.0);
    ck_assert_double_eq(stats.median.number, 3.0);
}
END_TEST

START_TEST(nothing_gives_nothing)
{
    struct value missing = value_missing();
    struct stats stats = stats_of(&missing, 1);
    ck_assert_uint_eq(stats.count, 0);
    ck_assert(!value_present(stats.mean));
    ck_assert(!value_present(stats.median));
    ck_assert(!value_present(stats.deviation));
    ck_assert(!value_present(stats_of(NULL, 0).minimum));
}
END_TEST

START_TEST(one_value_deviates_by_0)
{
    struct value value = value_of(0.3);
    struct stats stats = stats_of(&value, 1);
    ck_assert_double_eq(stats.deviation.number, 0.0);
    ck_assert(value_usable(stats.deviation));
    ck_assert_double_eq(stats.mean.number, 0.3);
}
END_TEST

START_TEST(rounds_as_python)
{
    ck_assert_double_eq(stats_round(2.675, 2), 2.67);   /* binary 2.67499... */
    ck_assert_double_eq(stats_round(0.0005, 3), 0.001); /* binary 0.000500...01 */
    ck_assert_double_eq(stats_round(0.5, 0), 0.0);
    ck_assert_double_eq(stats_round(1.5, 0), 2.0);
    ck_assert_double_eq(stats_round(2.5, 0), 2.0);
    ck_assert_double_eq(stats_round(0.125, 2), 0.12);
    ck_assert_double_eq(stats_round(0.375, 2), 0.38);
    ck_assert_double_eq(stats_round(222.5, 3), 222.5);
    ck_assert_double_eq(stats_round(1e300, 3), 1e300);
    ck_assert(signbit(stats_round(-0.0001, 3)) != 0);
    ck_assert(isnan(stats_round((double)NAN, 3)));
}
END_TEST

Suite *stats_suite(void)
{
    const TTest *const tests[] = {
        figures_of_the_worked_example,
        missing_and_synthetic_are_left_out,
        nothing_gives_nothing,
        one_value_deviates_by_0,
        rounds_as_python,
        NULL,
    };
    return harness_suite("stats", tests, 10);
}
