/* test_past: what the same change did earlier in the run, by honest arithmetic. */
#include "config.h"

#include "model/past.h"

#include "soak.h"
#include "suites.h"

static struct soak soak;
static struct past_effect effect[8];
static size_t count;

static void setup(void)
{
    soak_init(&soak);
    run_set_params(&soak.run, soak.values, soak.table.count, "");
}

static void teardown(void)
{
    soak_fini(&soak);
}

static struct summary risk_of(double risk)
{
    return soak_summary(risk, 2.5, 0.90, 200);
}

/* An iteration with that risk that moves min_interval_ms to TARGET; 0: nothing. */
static void iterate(double risk, double target)
{
    struct summary summary = risk_of(risk);
    if (target > 0.0)
        soak_propose(&soak, &summary, RULE_MODERATE, "min_interval_ms", target);
    else
        soak_propose(&soak, &summary, RULE_MODERATE, "tail_age_ms",
                     soak_value(&soak, "tail_age_ms"));
}

static enum past_match look(double step)
{
    return past_effects(effect, sizeof effect / sizeof *effect, &count, &soak.run,
                        (int)soak.run.count + 1, soak_param(&soak, "min_interval_ms"), step);
}

START_TEST(an_effect_is_the_mean_of_what_ran_with_it_minus_before)
{
    iterate(0.38, 65);
    iterate(0.37, 0);
    iterate(0.35, 70); /* moved again: it 4 ran with another value */
    iterate(0.30, 0);
    iterate(0.31, 0);
    iterate(0.32, 0);
    iterate(0.33, 0);
    iterate(0.10, 0); /* the fifth after: not followed */
    ck_assert_int_eq(look(5), PAST_SAME_STEP);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(effect[0].iteration, 1);
    ck_assert_int_eq(effect[0].followed, 2);
    ck_assert_double_eq_tol(effect[0].change[KPI_RISK].number, 0.36 - 0.38, 1e-12);
    ck_assert_int_eq(effect[1].iteration, 3);
    ck_assert_int_eq(effect[1].followed, 4);
    ck_assert_double_eq_tol(effect[1].change[KPI_RISK].number, 0.315 - 0.35, 1e-12);
    ck_assert(!effect[0].mixed);
}
END_TEST

START_TEST(failed_iterations_and_missing_values_are_not_counted)
{
    iterate(0.38, 65);
    soak_iterate(&soak, NULL);
    iterate(0.36, 0);
    ck_assert_int_eq(look(5), PAST_SAME_STEP);
    ck_assert_int_eq(effect[0].followed, 1);
    ck_assert_double_eq_tol(effect[0].change[KPI_RISK].number, -0.02, 1e-12);
    soak.run.iteration[0]->summary.kpi[KPI_RISK] = value_missing();
    look(5);
    ck_assert(!value_present(effect[0].change[KPI_RISK]));
    ck_assert(value_present(effect[0].change[KPI_NET]));
}
END_TEST

START_TEST(other_amounts_count_only_where_the_same_one_never_was)
{
    iterate(0.38, 66);
    iterate(0.38, 0);
    ck_assert_int_eq(look(5), PAST_SAME_WAY);
    ck_assert_uint_eq(count, 1);
    ck_assert_double_eq_tol(effect[0].step, 6, 1e-12);
    ck_assert_int_eq(look(-5), PAST_NONE);
    ck_assert_int_eq(look(0), PAST_NONE);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(what_was_rolled_back_is_followed_until_then)
{
    iterate(0.38, 65);
    iterate(0.30, 0);
    soak_rollback(&soak);
    iterate(0.10, 0);
    look(5);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(effect[0].followed, 1);
    ck_assert_double_eq_tol(effect[0].change[KPI_RISK].number, -0.08, 1e-12);
}
END_TEST

START_TEST(several_parameters_together_are_mixed)
{
    struct value values[PARAM_MAX];
    iterate(0.38, 0);
    for (size_t i = 0; i < soak.table.count; i++)
        values[i] = soak.values[i];
    values[soak_param(&soak, "min_interval_ms")] = value_of(65);
    values[soak_param(&soak, "tail_age_ms")] = value_of(640);
    soak_write(&soak, CHANGE_APPLY, values);
    iterate(0.37, 0);
    look(5);
    ck_assert_uint_eq(count, 1);
    ck_assert(effect[0].mixed);
}
END_TEST

START_TEST(nothing_of_the_line_s_own_iteration_or_later_is_past)
{
    iterate(0.38, 65);
    iterate(0.30, 0);
    past_effects(effect, 8, &count, &soak.run, 1, soak_param(&soak, "min_interval_ms"), 5);
    ck_assert_uint_eq(count, 0);
    past_effects(effect, 8, &count, &soak.run, 2, soak_param(&soak, "min_interval_ms"), 5);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(effect[0].followed, 0);
    ck_assert(!value_present(effect[0].change[KPI_RISK]));
}
END_TEST

Suite *past_suite(void)
{
    const TTest *const tests[] = {
        an_effect_is_the_mean_of_what_ran_with_it_minus_before,
        failed_iterations_and_missing_values_are_not_counted,
        other_amounts_count_only_where_the_same_one_never_was,
        what_was_rolled_back_is_followed_until_then,
        several_parameters_together_are_mixed,
        nothing_of_the_line_s_own_iteration_or_later_is_past,
        NULL,
    };
    Suite *suite = suite_create("past");
    TCase *tcase = tcase_create("past");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
