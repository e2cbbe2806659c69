/* test_effect: before and after an apply, by numbers that can be checked by hand. Eight values
 * before and four after: the cut is 1, so the second smallest and largest of 32 differences. */
#include "config.h"

#include "model/effect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "soak.h"
#include "suites.h"

static struct soak soak;
static struct effect effect;

static void setup(void)
{
    soak_init(&soak);
}

static void teardown(void)
{
    soak_fini(&soak);
}

/* An iteration with that risk (NAN: missing) that moves NAME to TARGET; 0: nothing. */
static void iterate(double risk, const char *name, double target)
{
    struct summary summary = soak_summary(risk, 2.5, 0.90, 200);
    soak_propose(&soak, &summary, RULE_MODERATE, name,
                 target > 0.0 ? target : soak_value(&soak, name));
}

static void run(const double *risk, size_t count)
{
    for (size_t i = 0; i < count; i++)
        iterate(risk[i], "min_interval_ms", 0);
}

static const double calm[] = {0.40, 0.42, 0.41, 0.43, 0.40, 0.42, 0.41};

/* Eight values before the apply of iteration 8. */
static void before(void)
{
    run(calm, 7);
    iterate(0.43, "min_interval_ms", 65);
}

static void look(bool over)
{
    ck_assert_uint_gt(soak.run.change_count, 0);
    effect_fill(&effect, &soak.run, &soak.run.change[0], EFFECT_K, 0, over);
}

START_TEST(what_lies_beyond_the_noise_helped)
{
    static const double after[] = {0.30, 0.31, 0.32, 0.30};
    before();
    run(after, 4);
    look(false);
    const struct effect_kpi *risk = &effect.kpi[KPI_RISK];
    ck_assert(effect.ready && !effect.mixed);
    ck_assert_int_eq(effect.applied_at, 8);
    ck_assert_int_eq(effect.from, 1);
    ck_assert_int_eq(risk->answer, EFFECT_HELPED);
    ck_assert_uint_eq(risk->before_count, 8);
    ck_assert_uint_eq(risk->after_count, 4);
    ck_assert_double_eq_tol(risk->before.number, 0.415, 1e-12);
    ck_assert_double_eq_tol(risk->after.number, 0.305, 1e-12);
    ck_assert_double_eq_tol(risk->shift.number, -0.11, 1e-12);
    ck_assert_double_eq_tol(risk->low.number, -0.13, 1e-12);  /* 4 pairs lie there */
    ck_assert_double_eq_tol(risk->high.number, -0.08, 1e-12); /* .32 - .40, twice */
}
END_TEST

START_TEST(the_other_way_it_hurt)
{
    static const double after[] = {0.50, 0.51, 0.52, 0.50};
    before();
    run(after, 4);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_HURT);
}
END_TEST

START_TEST(a_larger_maker_taker_share_is_better)
{
    struct summary summary = soak_summary(0.4, 2.5, 0.95, 200);
    before();
    for (int i = 0; i < 4; i++)
        soak_propose(&soak, &summary, RULE_MODERATE, "min_interval_ms", 65);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_MAKER_TAKER].answer, EFFECT_HELPED);
}
END_TEST

START_TEST(within_the_noise_it_cannot_be_told)
{
    static const double after[] = {0.39, 0.41, 0.38, 0.42};
    before();
    run(after, 4);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_CANNOT_TELL);
    ck_assert_int_eq(effect.kpi[KPI_RISK].why, EFFECT_NOISE);
    ck_assert_int_eq(effect.kpi[KPI_NET].answer, EFFECT_CANNOT_TELL); /* all equal */
}
END_TEST

START_TEST(not_before_its_time)
{
    static const double after[] = {0.30, 0.31, 0.32, 0.30};
    before();
    run(after, 2);
    look(false);
    ck_assert(!effect.ready);
    ck_assert_int_eq(effect.have, 2);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_NOT_YET);
    char *text = effect_sentence(&effect);
    ck_assert_str_eq(text, "cannot tell yet (2 of 4 it)");
    free(text);
    look(true); /* and no more will come: of 2 nothing can be told */
    ck_assert(effect.ready);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_CANNOT_TELL);
    ck_assert_int_eq(effect.kpi[KPI_RISK].why, EFFECT_FEW);
}
END_TEST

START_TEST(as_of_an_earlier_iteration)
{
    static const double after[] = {0.30, 0.31, 0.32, 0.30};
    before();
    run(after, 4);
    effect_fill(&effect, &soak.run, &soak.run.change[0], EFFECT_K, 11, true);
    ck_assert_int_eq(effect.have, 3);
    ck_assert(!effect.ready);
}
END_TEST

START_TEST(too_few_values_before_tell_nothing)
{
    static const double after[] = {0.10, 0.11, 0.12, 0.10};
    run(calm, 3);
    iterate(0.43, "min_interval_ms", 65); /* 4 before, 4 after: no cut */
    run(after, 4);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_CANNOT_TELL);
    ck_assert_int_eq(effect.kpi[KPI_RISK].why, EFFECT_FEW);
    ck_assert(value_present(effect.kpi[KPI_RISK].shift));
    ck_assert(!value_present(effect.kpi[KPI_RISK].low));
}
END_TEST

START_TEST(missing_values_and_failed_iterations_are_left_out)
{
    before();
    iterate(0.30, "min_interval_ms", 0);
    iterate(NAN, "min_interval_ms", 0);
    soak_iterate(&soak, NULL);
    iterate(0.31, "min_interval_ms", 0);
    look(false);
    ck_assert(effect.ready);
    ck_assert_uint_eq(effect.kpi[KPI_RISK].after_count, 2);
    ck_assert_int_eq(effect.kpi[KPI_RISK].why, EFFECT_FEW);
}
END_TEST

START_TEST(what_moved_that_way_before_proves_nothing)
{
    static const double falling[] = {0.50, 0.49, 0.48, 0.47, 0.46, 0.45, 0.44};
    static const double after[] = {0.42, 0.41, 0.40, 0.39};
    run(falling, 7);
    iterate(0.43, "min_interval_ms", 65);
    run(after, 4);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_CANNOT_TELL);
    ck_assert_int_eq(effect.kpi[KPI_RISK].why, EFFECT_TREND);
}
END_TEST

START_TEST(against_its_trend_it_tells_all_the_more)
{
    static const double rising[] = {0.40, 0.41, 0.42, 0.43, 0.44, 0.45, 0.46};
    static const double after[] = {0.30, 0.31, 0.32, 0.33};
    run(rising, 7);
    iterate(0.47, "min_interval_ms", 65);
    run(after, 4);
    look(false);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_HELPED);
}
END_TEST

START_TEST(several_parameters_together_are_mixed)
{
    struct value values[PARAM_MAX];
    run(calm, 7);
    iterate(0.43, "min_interval_ms", 0);
    memcpy(values, soak.values, sizeof values);
    values[soak_param(&soak, "min_interval_ms")] = value_of(65);
    values[soak_param(&soak, "tail_age_ms")] = value_of(630);
    soak_write(&soak, CHANGE_APPLY, values);
    run(calm, 4);
    look(false);
    ck_assert_int_eq(effect.params, 2);
    ck_assert(effect.mixed);
    char *text = effect_sentence(&effect);
    ck_assert_msg(strstr(text, "; mixed: 2 parameters together") != NULL, "%s", text);
    free(text);
}
END_TEST

START_TEST(another_apply_within_is_mixed)
{
    before();
    iterate(0.40, "min_interval_ms", 0);
    iterate(0.40, "tail_age_ms", 630);
    run(calm, 2);
    look(false);
    ck_assert(effect.mixed && effect.ready);
    ck_assert_int_eq(effect.other_at, 10);
    effect_fill(&effect, &soak.run, &soak.run.change[1], EFFECT_K, 0, false);
    ck_assert(effect.mixed); /* and for the later one: two before it */
    ck_assert_int_eq(effect.other_at, 8);
    ck_assert_int_eq(effect.have, 2);
}
END_TEST

START_TEST(with_enough_since_the_change_before_it_is_not)
{
    before();
    run(calm, 5);
    iterate(0.41, "tail_age_ms", 630);
    run(calm, 4);
    effect_fill(&effect, &soak.run, &soak.run.change[1], EFFECT_K, 0, false);
    ck_assert(!effect.mixed);
    ck_assert_int_eq(effect.from, 9);
    ck_assert_uint_eq(effect.kpi[KPI_RISK].before_count, 6);
}
END_TEST

START_TEST(an_apply_that_was_taken_back_is_judged_by_what_ran_with_it)
{
    before();
    run(calm, 2);
    ck_assert(soak_rollback(&soak));
    run(calm, 3);
    look(false);
    ck_assert(effect.ready && effect.taken_back);
    ck_assert_int_eq(effect.have, 2);
    ck_assert_int_eq(effect.kpi[KPI_RISK].answer, EFFECT_CANNOT_TELL);
}
END_TEST

Suite *effect_suite(void)
{
    Suite *suite = suite_create("effect");
    TCase *tests = tcase_create("effect");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_lies_beyond_the_noise_helped);
    tcase_add_test(tests, the_other_way_it_hurt);
    tcase_add_test(tests, a_larger_maker_taker_share_is_better);
    tcase_add_test(tests, within_the_noise_it_cannot_be_told);
    tcase_add_test(tests, not_before_its_time);
    tcase_add_test(tests, as_of_an_earlier_iteration);
    tcase_add_test(tests, too_few_values_before_tell_nothing);
    tcase_add_test(tests, missing_values_and_failed_iterations_are_left_out);
    tcase_add_test(tests, what_moved_that_way_before_proves_nothing);
    tcase_add_test(tests, against_its_trend_it_tells_all_the_more);
    tcase_add_test(tests, several_parameters_together_are_mixed);
    tcase_add_test(tests, another_apply_within_is_mixed);
    tcase_add_test(tests, with_enough_since_the_change_before_it_is_not);
    tcase_add_test(tests, an_apply_that_was_taken_back_is_judged_by_what_ran_with_it);
    suite_add_tcase(suite, tests);
    return suite;
}
