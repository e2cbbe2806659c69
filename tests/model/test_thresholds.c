/* test_thresholds: the limits of ENGINE section 9. */
#include "config.h"

#include "suites.h"

#include "testdata.h"

START_TEST(installed_limits_are_the_specified_ones)
{
    struct thresholds read;
    testdata_thresholds(&read);
    static const double strict[] = {0.42, 0.85, 2.7, 350}, mock[] = {0.5, 0.5, -10, 500};
    static const double target[] = {0.4, 0.8, 2.9, 340};
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        ck_assert_double_eq(thresholds_limits(&read, false)->limit[kpi], strict[kpi]);
        ck_assert_double_eq(thresholds_limits(&read, true)->limit[kpi], mock[kpi]);
        ck_assert_double_eq(read.target_strict.limit[kpi], target[kpi]);
    }
    ck_assert_double_eq(read.target_mock.limit[KPI_MAKER_TAKER], 0.5);
    ck_assert_double_eq(read.kpi_gate.fail_risk_above, 0.5);
    ck_assert_double_eq(read.kpi_gate.fail_net_below, 2.0);
    ck_assert_double_eq(read.kpi_gate.warn_risk_above, 0.4);
    ck_assert_double_eq(read.kpi_gate.warn_adverse_p95_above, 3.0);
    ck_assert_int_eq(read.window, 8);
    ck_assert_int_eq(read.pass_count, 6);
    ck_assert_int_eq(read.warn_count, 5);
    ck_assert_double_eq(read.full_apply_min, 0.9);
    ck_assert_double_eq(read.full_apply_min_strict, 0.95);
    ck_assert_int_eq(read.signature_stuck_max, 1);
    ck_assert_double_eq(read.anomaly_p95_above, 400);
    ck_assert_double_eq(read.anomaly_risk_jump_above, 0.15);
    ck_assert_double_eq(read.anomaly_maker_taker_below, 0.75);
    ck_assert_str_eq(thresholds_name(true), "mock");
    ck_assert_str_eq(thresholds_name(false), "strict");
}
END_TEST

START_TEST(a_kpi_passes_on_its_side_of_the_limit)
{
    struct thresholds read;
    testdata_thresholds(&read);
    ck_assert(kpi_passes(KPI_RISK, value_of(0.42), &read.strict));
    ck_assert(kpi_passes(KPI_RISK, value_of(0.42 + 5e-10), &read.strict));
    ck_assert(!kpi_passes(KPI_RISK, value_of(0.4201), &read.strict));
    ck_assert(kpi_passes(KPI_MAKER_TAKER, value_of(0.85), &read.strict));
    ck_assert(!kpi_passes(KPI_MAKER_TAKER, value_of(0.8499), &read.strict));
    ck_assert(kpi_passes(KPI_NET, value_of(-10.0), &read.mock));
    ck_assert(!kpi_passes(KPI_NET, value_of(2.6), &read.strict));
    ck_assert(kpi_passes(KPI_P95, value_of(350.0), &read.strict));
    ck_assert(!kpi_passes(KPI_P95, value_of(350.1), &read.strict));
}
END_TEST

START_TEST(what_is_missing_or_made_up_does_not_pass)
{
    struct thresholds read;
    testdata_thresholds(&read);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        ck_assert(!kpi_passes((enum kpi)kpi, value_missing(), &read.mock));
    struct value made_up = {0.8, VALUE_SYNTHETIC};
    ck_assert(!kpi_passes(KPI_MAKER_TAKER, made_up, &read.strict));
}
END_TEST

/* The installed file with TEXT (an object) merged over it. */
static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct thresholds read;
    json_auto_t *json = testdata_file("data/thresholds.json");
    json_auto_t *over = testdata_json(text);
    ck_assert_int_eq(json_object_update_recursive(json, over), 0);
    ck_assert_msg(thresholds_read(&read, json, "t.json", &err) == -1, "was taken: %s", text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
}

START_TEST(faults_name_the_path)
{
    assert_refused("{'schema':'x'}", "$.schema is \"x\"");
    assert_refused("{'windw':8}", "$.windw is not known");
    assert_refused("{'strict':{'risk':0.4}}", "$.strict.risk is not known");
    assert_refused("{'strict':{'risk_ratio':42}}",
                   "t.json: $.strict.risk_ratio is 42, but it must be within 0 .. 1");
    assert_refused("{'mock':{'net_bps':null}}", "$.mock.net_bps is null");
    assert_refused("{'target':7}", "$.target is 7, but it must be an object");
    assert_refused("{'window':17}", "$.window is 17, but it must be a whole number within 1 .. 16");
    assert_refused("{'window':0}", "$.window is 0");
    assert_refused("{'window':8.5}", "$.window is 8.5");
    assert_refused("{'pass_count':9}", "$.pass_count is 9");
    assert_refused("{'warn_count':7}",
                   "$.warn_count is 7, but it must be a whole number within 1 .. 6");
    assert_refused("{'full_apply_min_strict':0.5}", "$.full_apply_min_strict is 0.5");
    assert_refused("{'kpi_gate':{'fail':{'x':1}}}", "$.kpi_gate.fail.x is not known");
    assert_refused("{'kpi_gate':{'warn':{'risk_above':0.6}}}", "$.kpi_gate.warn.risk_above is 0.6");
    assert_refused("{'anomaly':{'p95_above':'a'}}", "$.anomaly.p95_above is \"a\"");
    assert_refused("{'signature_stuck_max':-1}", "$.signature_stuck_max is -1");
}
END_TEST

Suite *thresholds_suite(void)
{
    const TTest *const tests[] = {
        installed_limits_are_the_specified_ones,
        a_kpi_passes_on_its_side_of_the_limit,
        what_is_missing_or_made_up_does_not_pass,
        faults_name_the_path,
        NULL,
    };
    return harness_suite("thresholds", tests, 10);
}
