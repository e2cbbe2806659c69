/* test_xray: one run under every set of rules, and under an imagined limit. */
#include "config.h"

#include <string.h>

#include "judge_fixture.h"
#include "model/xray.h"
#include "suites.h"
#include "testdata.h"

static struct thresholds thresholds;
static struct run run;
static struct xray xray;
static struct whatif whatif;

static void setup(void)
{
    testdata_thresholds(&thresholds);
    run_init(&run);
}

static void teardown(void)
{
    run_fini(&run);
}

static void assert_row(enum xray_rule rule, enum verdict verdict, bool disagrees, const char *text)
{
    ck_assert_msg(xray.row[rule].verdict == verdict, "%s: %s", xray.row[rule].name,
                  verdict_name(xray.row[rule].verdict));
    ck_assert_msg(xray.row[rule].disagrees == disagrees, "%s", xray.row[rule].name);
    ck_assert_msg(strstr(xray.row[rule].text, text) != NULL, "%s: %s", xray.row[rule].name,
                  xray.row[rule].text);
}

START_TEST(a_run_that_all_rules_pass)
{
    judge_fixture_run(&run, "PPPPPPPZ");
    for (size_t i = 0; i < run.count; i++)
        run.iteration[i]->summary.kpi_verdict = VERDICT_PASS;
    xray_fill(&xray, &run, &thresholds, false);
    ck_assert_int_eq(xray.disagreeing, 0);
    assert_row(XRAY_STRICT, VERDICT_PASS, false, "8 of 8 pass, need 6; freeze seen: yes");
    assert_row(XRAY_MOCK_MEAN, VERDICT_PASS, false, "all four means are inside");
    assert_row(XRAY_KPI_GATE, VERDICT_PASS, false, "8 PASS, 0 WARN, 0 FAIL, 0 n/a");
    ck_assert(xray.row[XRAY_STRICT].in_use && !xray.row[XRAY_MOCK].in_use);
}
END_TEST

START_TEST(one_bad_iteration_can_spoil_the_mean_and_not_the_count)
{
    /* net 3.5 seven times and once -10: the mean 1.8125 misses 2.7, and 7 of 8 pass */
    judge_fixture_run(&run, "ZPPPPPP");
    judge_fixture_add(&run, 0.30, 0.85, -10, 300);
    run.iteration[7]->summary.kpi_verdict = VERDICT_FAIL;
    xray_fill(&xray, &run, &thresholds, false);
    assert_row(XRAY_STRICT, VERDICT_PASS, false, "7 of 8 pass");
    assert_row(XRAY_MOCK, VERDICT_PASS, false, "8 of 8 pass");
    assert_row(XRAY_STRICT_MEAN, VERDICT_FAIL, true, "net 1.81 < 2.7");
    assert_row(XRAY_MOCK_MEAN, VERDICT_PASS, false, "inside");
    assert_row(XRAY_KPI_GATE, VERDICT_FAIL, true, "0 PASS, 0 WARN, 1 FAIL, 7 n/a");
    ck_assert_int_eq(xray.disagreeing, 2);
}
END_TEST

START_TEST(what_is_not_known_yet_disagrees_with_nothing)
{
    judge_fixture_run(&run, "FFF");
    xray_fill(&xray, &run, &thresholds, false);
    assert_row(XRAY_STRICT, VERDICT_INCONCLUSIVE, false, "0 of 8 pass");
    assert_row(XRAY_STRICT_MEAN, VERDICT_FAIL, false, "net 1.00 < 2.7");
    ck_assert_int_eq(xray.disagreeing, 0);
}
END_TEST

START_TEST(an_empty_run_has_no_answer)
{
    xray_fill(&xray, &run, &thresholds, true);
    for (int i = 0; i < XRAY_COUNT; i++)
        ck_assert_int_eq(xray.row[i].verdict, VERDICT_NONE);
    ck_assert(xray.row[XRAY_MOCK].in_use);
}
END_TEST

START_TEST(another_limit_flips_iterations_and_the_verdict)
{
    judge_fixture_run(&run, "ZPPPFFFF"); /* net 3.5 and 1.0 */
    whatif_fill(&whatif, &run, &thresholds, false, KPI_NET, 1.0);
    ck_assert_int_eq(whatif.verdict, VERDICT_PASS);
    ck_assert_int_eq(whatif.pass_count, 8);
    ck_assert_uint_eq(whatif.flip_count, 4);
    ck_assert_int_eq(whatif.flip[0].iteration, 5);
    ck_assert(whatif.flip[0].passes);
    whatif_fill(&whatif, &run, &thresholds, false, KPI_NET, 3.6);
    ck_assert_int_eq(whatif.verdict, VERDICT_FAIL);
    ck_assert_uint_eq(whatif.flip_count, 4);
    ck_assert_int_eq(whatif.flip[3].iteration, 4);
    ck_assert(!whatif.flip[3].passes);
    whatif_fill(&whatif, &run, &thresholds, false, KPI_NET, 2.7);
    ck_assert_uint_eq(whatif.flip_count, 0);
    ck_assert(thresholds.strict.limit[KPI_NET] >= 2.7 && thresholds.strict.limit[KPI_NET] <= 2.7);
}
END_TEST

START_TEST(of_many_flips_the_newest_are_listed)
{
    for (int i = 0; i < 40; i++)
        judge_fixture_fail(&run);
    whatif_fill(&whatif, &run, &thresholds, false, KPI_NET, 1.0);
    ck_assert_uint_eq(whatif.flip_count, 40);
    ck_assert_int_eq(whatif.flip[0].iteration, 9);
    ck_assert_int_eq(whatif.flip[WHATIF_FLIPS_MAX - 1].iteration, 40);
}
END_TEST

Suite *xray_suite(void)
{
    Suite *suite = suite_create("xray");
    TCase *tcase = tcase_create("xray");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_run_that_all_rules_pass);
    tcase_add_test(tcase, one_bad_iteration_can_spoil_the_mean_and_not_the_count);
    tcase_add_test(tcase, what_is_not_known_yet_disagrees_with_nothing);
    tcase_add_test(tcase, an_empty_run_has_no_answer);
    tcase_add_test(tcase, another_limit_flips_iterations_and_the_verdict);
    tcase_add_test(tcase, of_many_flips_the_newest_are_listed);
    suite_add_tcase(suite, tcase);
    return suite;
}
