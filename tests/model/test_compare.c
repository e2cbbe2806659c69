/* test_compare: the figures of two runs beside each other, and where they begin to differ. */
#include "config.h"

#include <stdlib.h>

#include "harness.h"
#include "model/compare.h"
#include "model/mem.h"
#include "suites.h"

static struct run a, b;
static struct compare compare;

/* RISK of each iteration (negative: missing); VALUE of parameter 0 from iteration SINCE on. */
static void fill(struct run *run, const double *risk, int count, int since, double value)
{
    run_init(run);
    for (int i = 0; i < count; i++) {
        struct iteration *iteration = iteration_new(i + 1);
        iteration->summary.kpi[KPI_RISK] = risk[i] < 0 ? value_missing() : value_of(risk[i]);
        iteration->params = mem_alloc(2 * sizeof *iteration->params);
        iteration->param_count = 2;
        iteration->params[0] = value_of(i + 1 >= since ? value : 600);
        iteration->params[1] = value_missing();
        iteration->applied = i + 1 == since;
        run_put_iteration_take(run, iteration);
    }
}

static void finish(void)
{
    compare_fini(&compare);
    run_fini(&a);
    run_fini(&b);
}

START_TEST(only_what_both_have_is_compared)
{
    fill(&a, (const double[]){0.4, 0.4, 0.4}, 3, 9, 0);
    fill(&b, (const double[]){0.4, 0.4, 0.4, 9.0, 9.0}, 5, 9, 0);
    compare_runs(&compare, &a, &b, 5, ALIGN_ITERATION);
    ck_assert_uint_eq(compare.rows, 3);
    ck_assert_int_eq(compare.count_a, 3);
    ck_assert_int_eq(compare.count_b, 5);
    ck_assert_double_eq_tol(compare.kpi[KPI_RISK].b.mean.number, 0.4, 1e-12);
    ck_assert_int_eq(compare.kpi[KPI_RISK].better, BETTER_NEITHER);
    ck_assert_int_eq(compare.first_a, 0);
    finish();
}
END_TEST

START_TEST(less_risk_is_better_and_the_first_difference_is_found)
{
    fill(&a, (const double[]){0.4, 0.5, 0.6}, 3, 9, 0);
    fill(&b, (const double[]){0.4, 0.3, 0.2}, 3, 3, 630);
    compare_runs(&compare, &a, &b, 3, ALIGN_ITERATION);
    const struct compare_kpi *risk = &compare.kpi[KPI_RISK];
    ck_assert_double_eq_tol(risk->difference.number, -0.2, 1e-12);
    ck_assert_double_eq_tol(risk->a.median.number, 0.5, 1e-12);
    ck_assert_int_eq(risk->better, BETTER_B);
    ck_assert_int_eq(risk->first_a, 2);
    ck_assert_uint_eq(compare.param_count, 1);
    ck_assert_int_eq(compare.param[0].param, 0);
    ck_assert_int_eq(compare.param[0].first_b, 3);
    ck_assert_double_eq(compare.param[0].at_b.number, 630);
    ck_assert_int_eq(compare.first_a, 2);
    finish();
}
END_TEST

START_TEST(a_missing_value_is_a_difference_and_never_zero)
{
    fill(&a, (const double[]){0.4, 0.5}, 2, 9, 0);
    fill(&b, (const double[]){0.4, -1}, 2, 9, 0);
    compare_runs(&compare, &a, &b, 2, ALIGN_ITERATION);
    ck_assert_int_eq(compare.kpi[KPI_RISK].first_a, 2);
    ck_assert_uint_eq(compare.kpi[KPI_RISK].b.count, 1);
    ck_assert_double_eq_tol(compare.kpi[KPI_RISK].b.mean.number, 0.4, 1e-12);
    ck_assert_int_eq(compare.kpi[KPI_NET].better, BETTER_UNKNOWN);
    ck_assert(!value_present(compare.kpi[KPI_NET].difference));
    finish();
}
END_TEST

START_TEST(events_are_aligned_by_their_order)
{
    fill(&a, (const double[]){0.4, 0.5, 0.6, 0.7}, 4, 2, 630);
    fill(&b, (const double[]){0.4, 0.5, 0.6, 0.7}, 4, 4, 630);
    compare_runs(&compare, &a, &b, 4, ALIGN_EVENT);
    ck_assert_uint_eq(compare.rows, 1);
    ck_assert_int_eq(compare.row_a[0], 2);
    ck_assert_int_eq(compare.row_b[0], 4);
    ck_assert_int_eq(compare.kpi[KPI_RISK].first_b, 4);
    finish();
}
END_TEST

START_TEST(what_was_not_recorded_is_not_compared)
{
    fill(&a, (const double[]){0.4}, 1, 9, 0);
    fill(&b, (const double[]){0.4}, 1, 9, 0);
    free(b.iteration[0]->params);
    b.iteration[0]->params = NULL;
    b.iteration[0]->param_count = 0;
    compare_runs(&compare, &a, &b, 1, ALIGN_ITERATION);
    ck_assert(!compare.params_known);
    ck_assert_uint_eq(compare.param_count, 0);
    finish();
}
END_TEST

START_TEST(sources_and_modes_that_differ_are_named)
{
    fill(&a, (const double[]){0.4}, 1, 9, 0);
    fill(&b, (const double[]){0.4}, 1, 9, 0);
    a.source = SOURCE_MOCK;
    b.source = SOURCE_EXEC;
    a.mode = APPROVE_AUTO;
    compare_runs(&compare, &a, &b, 1, ALIGN_ITERATION);
    ck_assert(compare.source_differs && !compare.mode_differs); /* without a manifest: not known */
    compare_fini(&compare);
    a.has_manifest = b.has_manifest = true;
    compare_runs(&compare, &a, &b, 1, ALIGN_ITERATION);
    ck_assert(compare.mode_differs);
    finish();
}
END_TEST

Suite *compare_suite(void)
{
    const TTest *const tests[] = {
        only_what_both_have_is_compared,
        less_risk_is_better_and_the_first_difference_is_found,
        a_missing_value_is_a_difference_and_never_zero,
        events_are_aligned_by_their_order,
        what_was_not_recorded_is_not_compared,
        sources_and_modes_that_differ_are_named,
        NULL,
    };
    return harness_suite("compare", tests, 10);
}
