/* test_judge: the verdict over the last 8 iterations, the gate's reasons, anomalies and loops
 * (ENGINE section 9). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "judge_fixture.h"
#include "model/judge.h"
#include "suites.h"
#include "testdata.h"

static struct thresholds thresholds;
static struct run run;
static struct verify verify;
static struct judgement judgement;

static void setup(void)
{
    testdata_thresholds(&thresholds);
    run_init(&run);
}

static void teardown(void)
{
    run_fini(&run);
}

static void judge_with(bool mock, bool strict)
{
    struct judge_options options = {.mock = mock, .strict = strict};
    verify_run(&verify, &run);
    judge_run(&judgement, &run, &verify, &thresholds, &options);
}

static void release(void)
{
    judge_fini(&judgement);
    verify_fini(&verify);
}

struct row {
    const char *run;
    enum verdict verdict;
    int s, f, u;
    bool ready;
};

START_TEST(verdict_follows_s_f_and_u)
{
    static const struct row rows[] = {
        {"ZPPPPPPP", VERDICT_PASS, 8, 0, 0, true},
        {"ZPPPPPFF", VERDICT_PASS, 6, 2, 0, true},
        {"PPPPPPPP", VERDICT_WARN, 8, 0, 0, false}, /* no freeze in the run */
        {"ZPPPPFFF", VERDICT_WARN, 5, 3, 0, false}, /* 5 is not enough for PASS */
        {"ZPPPFFFF", VERDICT_FAIL, 4, 4, 0, false},
        {"FFFFFFFF", VERDICT_FAIL, 0, 8, 0, false},
        {"FFFF", VERDICT_FAIL, 0, 4, 4, false}, /* 5 cannot be reached any more */
        {"FFF", VERDICT_INCONCLUSIVE, 0, 3, 5, false},
        {"PPPP", VERDICT_INCONCLUSIVE, 4, 0, 4, false},
        {"ZPPPFFF", VERDICT_INCONCLUSIVE, 4, 3, 1, false},
        {"PPPPP", VERDICT_WARN, 5, 0, 3, false},
        {"ZPPPPP", VERDICT_PASS, 6, 0, 2, true},
        {"", VERDICT_INCONCLUSIVE, 0, 0, 8, false},
        {"FFFFFFFFZPPPPPPP", VERDICT_PASS, 8, 0, 0, true}, /* only the last 8 count */
        {"ZPPPPPPPP", VERDICT_PASS, 8, 0, 0, false},       /* freeze seen, but not in the last 8 */
        {"ZPPPPPXG", VERDICT_PASS, 6, 2, 0, true},         /* failed and missing: not passed */
        {"ZPPPXGXG", VERDICT_FAIL, 4, 4, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run_fini(&run);
        run_init(&run);
        judge_fixture_run(&run, rows[i].run);
        judge_with(false, false);
        ck_assert_msg(judgement.verdict == rows[i].verdict, "%s: %s", rows[i].run,
                      verdict_name(judgement.verdict));
        ck_assert_int_eq(judgement.pass_count, rows[i].s);
        ck_assert_int_eq(judgement.fail_count, rows[i].f);
        ck_assert_int_eq(judgement.lacking_count, rows[i].u);
        ck_assert_msg(judgement.freeze_ready == rows[i].ready, "%s: freeze_ready", rows[i].run);
        release();
    }
}
END_TEST

/* --warn-fails turns a WARN into a failed gate; nothing else. */
START_TEST(a_warn_fails_only_where_it_is_asked_to)
{
    static const struct {
        const char *run;
        enum verdict verdict;
        bool failed, failed_by_warn;
    } rows[] = {{"ZPPPPPPP", VERDICT_PASS, false, false},
                {"ZPPPPFFF", VERDICT_WARN, false, true},
                {"ZPPPFFFF", VERDICT_FAIL, true, true},
                {"PPPP", VERDICT_INCONCLUSIVE, false, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int warn_fails = 0; warn_fails <= 1; warn_fails++) {
            run_fini(&run);
            run_init(&run);
            judge_fixture_run(&run, rows[i].run);
            judge_run(&judgement, &run, NULL, &thresholds,
                      &(struct judge_options){.skip_verify = true, .warn_fails = warn_fails});
            ck_assert_int_eq(judgement.verdict, rows[i].verdict);
            ck_assert_int_eq(judgement.gate_failed,
                             warn_fails ? rows[i].failed_by_warn : rows[i].failed);
            judge_fini(&judgement);
        }
    }
}
END_TEST

START_TEST(the_thresholds_in_use_decide)
{
    for (int i = 0; i < 8; i++)
        judge_fixture_add(&run, 0.50, 0.50, -10.0, 500.0);
    judge_with(false, false);
    ck_assert_int_eq(judgement.verdict, VERDICT_FAIL);
    ck_assert(!judgement.mock);
    release();
    judge_with(true, false);
    ck_assert_int_eq(judgement.verdict, VERDICT_WARN);
    ck_assert(judgement.mock);
    ck_assert_int_eq(judgement.pass_count, 8);
    ck_assert_str_eq(judgement.check[0].limit, "<= 0.5");
    release();
}
END_TEST

START_TEST(a_missing_kpi_does_not_pass_and_a_synthetic_one_only_with_mock_thresholds)
{
    judge_fixture_run(&run, "ZPPPPPPP");
    run.iteration[6]->summary.kpi[KPI_P95] = value_missing();
    run.iteration[7]->summary.kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    judge_with(false, false);
    ck_assert_int_eq(judgement.pass_count, 6);
    judge_fini(&judgement);
    verify_fini(&verify);
    judge_with(true, false);
    ck_assert_int_eq(judgement.pass_count, 7);
    ck_assert_uint_eq(judgement.kpi[KPI_P95].count, 7);
    ck_assert_uint_eq(judgement.kpi[KPI_MAKER_TAKER].count, 7);
    ck_assert(!value_present(judgement.kpi_value[KPI_P95][6]));
    release();
}
END_TEST

static struct judgement judge_reasons(const char *text, bool strict)
{
    judge_fixture_run(&run, text);
    judge_with(false, strict);
    struct judgement copy = judgement;
    release();
    return copy;
}

START_TEST(gate_fails_by_the_verdict)
{
    struct judgement failed = judge_reasons("FFFF", false);
    ck_assert(failed.gate_failed);
    ck_assert_uint_eq(failed.reason_count, 1);
    ck_assert_str_eq(failed.reason[0],
                     "verdict FAIL: 4 of the last 8 iterations fail, at most 3 may");
    ck_assert_int_eq(judge_exit_status(&failed), 1);
}
END_TEST

START_TEST(inconclusive_exits_3_and_fails_nothing)
{
    struct judgement open = judge_reasons("PPPP", true);
    ck_assert(!open.gate_failed);
    ck_assert_uint_eq(open.reason_count, 0);
    ck_assert_int_eq(judge_exit_status(&open), 3);
}
END_TEST

START_TEST(strict_gate_needs_freeze_ready_with_pass_or_warn)
{
    struct judgement plain = judge_reasons("PPPPPPPP", false);
    ck_assert(!plain.gate_failed);
    ck_assert_int_eq(judge_exit_status(&plain), 0);
    run_fini(&run);
    run_init(&run);
    struct judgement strict = judge_reasons("PPPPPPPP", true);
    ck_assert_uint_eq(strict.reason_count, 1);
    ck_assert_ptr_nonnull(strstr(strict.reason[0], "freeze_ready is false"));
    ck_assert_int_eq(judge_exit_status(&strict), 1);
}
END_TEST

/* Iterations 1 to PAIRS apply something; the last BAD of them are not found in the next. */
static void applied_run(int pairs, int bad)
{
    for (int i = 1; i <= pairs + 1; i++) {
        struct iteration *iteration = judge_fixture_pass(&run);
        iteration->freeze_triggered = i == pairs;
        iteration->param_count = 1;
        iteration->params = mem_alloc(sizeof *iteration->params);
        iteration->params[0] = value_of(i - 1);
        if (i > pairs)
            continue;
        iteration->applied = true;
        iteration->delta_count = 1;
        iteration->delta = mem_alloc(sizeof *iteration->delta);
        iteration->delta[0].after = i > pairs - bad ? -1 : i;
        iteration->delta[0].state = DELTA_APPLIED;
    }
}

START_TEST(gate_fails_below_its_full_apply_ratio)
{
    applied_run(20, 2); /* 0.90 */
    judge_with(false, false);
    ck_assert_double_eq_tol(verify.full_apply_ratio.number, 0.90, 1e-12);
    ck_assert(!judgement.gate_failed);
    release();
    judge_with(false, true);
    ck_assert_uint_eq(judgement.reason_count, 1);
    ck_assert_str_eq(
        judgement.reason[0],
        "full_apply_ratio 0.900 is below 0.95: 2 of 20 applied proposals were not in force next");
    release();
    run_fini(&run);
    run_init(&run);
    applied_run(19, 2); /* 0.8947 */
    judge_with(false, false);
    ck_assert(judgement.gate_failed);
    release();
}
END_TEST

START_TEST(gate_fails_with_more_than_one_stuck_signature)
{
    applied_run(10, 0);
    memcpy(run.iteration[3]->signature, run.iteration[2]->signature, HASH_TEXT_MAX);
    judge_with(false, false);
    ck_assert_int_eq(verify.signature_stuck_count, 1);
    ck_assert(!judgement.gate_failed);
    release();
    memcpy(run.iteration[6]->signature, run.iteration[5]->signature, HASH_TEXT_MAX);
    judge_with(false, false);
    ck_assert_str_eq(judgement.reason[0], "signature_stuck_count 2 is above 1");
    release();
}
END_TEST

START_TEST(skipped_verification_is_not_held_against_the_run)
{
    applied_run(10, 10);
    struct judge_options options = {.skip_verify = true};
    judge_run(&judgement, &run, NULL, &thresholds, &options);
    ck_assert(!judgement.gate_failed);
    for (size_t i = 0; i < judgement.check_count; i++)
        ck_assert_ptr_null(strstr(judgement.check[i].name, "full_apply"));
    judge_fini(&judgement);
}
END_TEST

START_TEST(promotable_is_a_strict_pass_of_a_run_with_another_source_than_mock)
{
    judge_fixture_run(&run, "ZPPPPPPP");
    run.has_manifest = true;
    run.source = SOURCE_EXEC;
    judge_with(false, true);
    ck_assert(judgement.promotable);
    release();
    judge_with(false, false);
    ck_assert(!judgement.promotable);
    release();
    judge_with(true, true);
    ck_assert(!judgement.promotable);
    release();
    run.source = SOURCE_MOCK;
    judge_with(false, true);
    ck_assert(!judgement.promotable);
    release();
    run.source = SOURCE_EXEC;
    run.has_manifest = false; /* without run.json */
    judge_with(false, true);
    ck_assert(!judgement.promotable);
    release();
}
END_TEST

START_TEST(every_check_has_value_limit_and_result)
{
    judge_fixture_run(&run, "ZPPPPPPP");
    judge_with(false, true);
    static const char *const names[] = {"risk ratio, mean of last 8",
                                        "maker/taker, mean of last 8",
                                        "net, mean of last 8",
                                        "p95, mean of last 8",
                                        "iterations that pass, of last 8",
                                        "freeze triggered in the run",
                                        "verdict",
                                        "full_apply_ratio",
                                        "signature_stuck_count",
                                        "freeze_ready"};
    ck_assert_uint_eq(judgement.check_count, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < judgement.check_count; i++) {
        ck_assert_str_eq(judgement.check[i].name, names[i]);
        ck_assert_str_ne(judgement.check[i].value, "");
        ck_assert_str_ne(judgement.check[i].limit, "");
        ck_assert(judgement.check[i].passed);
    }
    ck_assert_str_eq(judgement.check[0].value, "0.300");
    ck_assert_str_eq(judgement.check[0].limit, "<= 0.42");
    ck_assert_str_eq(judgement.check[2].limit, ">= 2.7 bps");
    ck_assert_str_eq(judgement.check[7].limit, ">= 0.95");
    release();
}
END_TEST

START_TEST(anomalies_are_p95_risk_jump_and_low_maker_taker)
{
    judge_fixture_add(&run, 0.20, 0.75, 3.5, 400); /* on the limits: none */
    judge_fixture_add(&run, 0.35, 0.85, 3.5, 300); /* +0.15: none */
    judge_fixture_add(&run, 0.51, 0.74, 3.5, 401); /* +0.16, and the other two */
    judge_fixture_add(&run, 0.20, 0.85, 3.5, 300); /* down is no anomaly */
    run.iteration[3]->state = ITERATION_FAILED;
    judge_fixture_add(&run, 0.90, 0.85, 3.5, 300); /* nothing to compare with */
    judge_with(false, false);
    ck_assert_uint_eq(judgement.anomaly_count, 3);
    ck_assert_int_eq(judgement.anomaly[0].kind, ANOMALY_P95_HIGH);
    ck_assert_int_eq(judgement.anomaly[1].kind, ANOMALY_RISK_JUMP);
    ck_assert_double_eq_tol(judgement.anomaly[1].value, 0.16, 1e-9);
    ck_assert_int_eq(judgement.anomaly[2].kind, ANOMALY_MAKER_TAKER_LOW);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(judgement.anomaly[i].iteration, 3);
    release();
    for (int i = 0; i < 6; i++)
        judge_fixture_add(&run, 0.30, 0.85, 3.5, 300);
    judge_with(false, false);
    ck_assert_uint_eq(judgement.anomaly_count, 3);
    ck_assert_int_eq(judgement.anomalies_in_window, 0); /* iteration 3 is outside of 4..11 */
    release();
}
END_TEST

static void signatures(const char *text)
{
    for (; *text != '\0'; text++) {
        struct iteration *iteration = judge_fixture_pass(&run);
        snprintf(iteration->signature, sizeof iteration->signature, "%.1s",
                 *text == '-' ? "" : text);
    }
}

START_TEST(a_loop_is_a_state_left_and_entered_again)
{
    static const struct {
        const char *text;
        size_t loops;
    } rows[] = {{"ABA", 1}, {"AABBA", 1}, {"ABC", 0},  {"ABAB", 2},
                {"A-A", 0}, {"AB-A", 1},  {"ABCA", 0}, {"AAAA", 0}};
    struct signature_loop loops[4];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run_fini(&run);
        run_init(&run);
        signatures(rows[i].text);
        ck_assert_msg(judge_loops(&run, 0, loops, 4) == rows[i].loops, "%s", rows[i].text);
    }
    run_fini(&run);
    run_init(&run);
    signatures("ABACDEFGH");
    judge_with(false, false);
    ck_assert_int_eq(judgement.signature_loops, 0); /* the loop is not in the last 8 */
    release();
    ck_assert_uint_eq(judge_loops(&run, 0, loops, 4), 1);
    ck_assert_int_eq(loops[0].a, 1);
    ck_assert_int_eq(loops[0].via, 2);
    ck_assert_int_eq(loops[0].back, 3);
}
END_TEST

START_TEST(parity_compares_kpi_gate_with_the_last_iteration)
{
    ck_assert_int_eq(judge_parity(&run, VERDICT_PASS, &thresholds, false), PARITY_UNKNOWN);
    judge_fixture_run(&run, "FP");
    ck_assert_int_eq(judge_parity(&run, VERDICT_NONE, &thresholds, false), PARITY_UNKNOWN);
    ck_assert_int_eq(judge_parity(&run, VERDICT_PASS, &thresholds, false), PARITY_AGREES);
    ck_assert_int_eq(judge_parity(&run, VERDICT_WARN, &thresholds, false), PARITY_AGREES);
    ck_assert_int_eq(judge_parity(&run, VERDICT_FAIL, &thresholds, false), PARITY_DIFFERS);
    judge_fixture_fail(&run); /* net 1.0: beyond 2.7, within -10 */
    ck_assert_int_eq(judge_parity(&run, VERDICT_FAIL, &thresholds, false), PARITY_AGREES);
    ck_assert_int_eq(judge_parity(&run, VERDICT_FAIL, &thresholds, true), PARITY_DIFFERS);
}
END_TEST

static struct forecast forecast_of(const char *text, int planned)
{
    run_fini(&run);
    run_init(&run);
    judge_fixture_run(&run, text);
    run.planned = planned;
    run.ended_ms = UTC_NONE;
    run.state = RUN_SLEEPING;
    return judge_forecast(&run, &thresholds, false);
}

START_TEST(forecast_counts_what_the_window_can_still_become)
{
    struct forecast forecast = forecast_of("", 24);
    ck_assert_int_eq(forecast.earliest_pass, 6);
    ck_assert_int_eq(forecast.misses_left, 2);
    forecast = forecast_of("ZPPPPP", 24); /* it passes now */
    ck_assert_int_eq(forecast.earliest_pass, 6);
    forecast = forecast_of("PPPPPPPP", 24); /* the freeze can start in the next */
    ck_assert_int_eq(forecast.earliest_pass, 9);
    forecast = forecast_of("FFFFFFFZ", 0); /* 8 passes; 9, 10, 11, 12, 13 */
    ck_assert_int_eq(forecast.earliest_pass, 13);
    ck_assert_int_eq(forecast.misses_left, -1);
    ck_assert(!forecast.out_of_reach);
    forecast = forecast_of("FFFFFFFZ", 12);
    ck_assert(forecast.out_of_reach);
    ck_assert_int_eq(forecast.earliest_pass, 12); /* WARN */
    ck_assert_int_eq(forecast.misses_left, 0);
    forecast = forecast_of("PPF", 8);
    ck_assert_int_eq(forecast.misses_left, 1);
    forecast = forecast_of("FFF", 3);
    ck_assert(forecast.out_of_reach);
    ck_assert_int_eq(forecast.earliest_pass, 0);
}
END_TEST

START_TEST(forecast_says_what_must_happen_and_since_when_it_cannot)
{
    struct forecast forecast = forecast_of("FFFFFFFZ", 0); /* 9..13 must all pass */
    ck_assert_int_eq(forecast.must_pass, 5);
    ck_assert(!forecast.needs_freeze);
    ck_assert_int_eq(forecast.out_since, 0);
    forecast = forecast_of("PPPPPPPP", 24); /* only the freeze is wanted */
    ck_assert_int_eq(forecast.must_pass, 0);
    ck_assert(forecast.needs_freeze);
    forecast = forecast_of("ZFFFFFFF", 12); /* 7: 8..12 are five at most, of 5..12 */
    ck_assert(forecast.out_of_reach);
    ck_assert_int_eq(forecast.out_since, 7);
    forecast = forecast_of("FFFFFFFF", 12); /* the same, and no more is lost by it 8 */
    ck_assert_int_eq(forecast.out_since, 7);
    forecast_of("PPFP", 24);
    run.state = RUN_STOPPED; /* it could have been until it was stopped */
    forecast = judge_forecast(&run, &thresholds, false);
    ck_assert(forecast.out_of_reach);
    ck_assert_int_eq(forecast.out_since, 4);
}
END_TEST

Suite *judge_suite(void)
{
    Suite *suite = suite_create("judge");
    TCase *tcase = tcase_create("judge");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, verdict_follows_s_f_and_u);
    tcase_add_test(tcase, a_warn_fails_only_where_it_is_asked_to);
    tcase_add_test(tcase, the_thresholds_in_use_decide);
    tcase_add_test(tcase,
                   a_missing_kpi_does_not_pass_and_a_synthetic_one_only_with_mock_thresholds);
    tcase_add_test(tcase, gate_fails_by_the_verdict);
    tcase_add_test(tcase, inconclusive_exits_3_and_fails_nothing);
    tcase_add_test(tcase, strict_gate_needs_freeze_ready_with_pass_or_warn);
    tcase_add_test(tcase, gate_fails_below_its_full_apply_ratio);
    tcase_add_test(tcase, gate_fails_with_more_than_one_stuck_signature);
    tcase_add_test(tcase, skipped_verification_is_not_held_against_the_run);
    tcase_add_test(tcase, promotable_is_a_strict_pass_of_a_run_with_another_source_than_mock);
    tcase_add_test(tcase, every_check_has_value_limit_and_result);
    tcase_add_test(tcase, anomalies_are_p95_risk_jump_and_low_maker_taker);
    tcase_add_test(tcase, a_loop_is_a_state_left_and_entered_again);
    tcase_add_test(tcase, parity_compares_kpi_gate_with_the_last_iteration);
    tcase_add_test(tcase, forecast_counts_what_the_window_can_still_become);
    tcase_add_test(tcase, forecast_says_what_must_happen_and_since_when_it_cannot);
    suite_add_tcase(suite, tcase);
    return suite;
}
