/* test_summary: from report to KPIs; where maker/taker comes from; KPI_GATE (ENGINE section 3). */
#include "config.h"

#include "suites.h"

#include "model/summary.h"
#include "testdata.h"

static struct summary summary_of(const char *text, bool mock)
{
    struct error err = ERROR_INIT;
    struct thresholds thresholds;
    struct edge_report report;
    struct summary summary;
    json_auto_t *json = testdata_json(text);
    testdata_thresholds(&thresholds);
    ck_assert_msg(edge_report_read(&report, json, "E", &err) == 0, "%s", err.text);
    summary_from_report(&summary, &report, mock, &thresholds.kpi_gate);
    return summary;
}

static void assert_ratio(const char *text, double ratio, enum maker_taker_source source)
{
    struct summary summary = summary_of(text, false);
    ck_assert_int_eq(summary.maker_taker_source, source);
    ck_assert_double_eq_tol(summary.kpi[KPI_MAKER_TAKER].number, ratio, 1e-12);
    ck_assert_int_eq(summary.kpi[KPI_MAKER_TAKER].state, VALUE_OK);
}

#define VOLUME "'maker_volume':30,'taker_volume':10"
#define COUNTS "'maker_count':6,'taker_count':4"
#define WEEKLY "'weekly_rollup':{'taker_share_pct':{'median':15}}"
#define INSIDE "'maker_fills':9,'taker_fills':1"

START_TEST(maker_taker_takes_the_first_source_that_applies)
{
    assert_ratio("{'totals':{'fills':{" VOLUME "," COUNTS "}}," WEEKLY "," INSIDE
                 ",'maker_taker_ratio':0.9}",
                 0.9, MAKER_TAKER_EXISTING);
    assert_ratio("{'totals':{'fills':{" VOLUME "," COUNTS "}}," WEEKLY "," INSIDE "}", 0.75,
                 MAKER_TAKER_FILLS_VOLUME);
    assert_ratio("{'totals':{'fills':{" COUNTS "}}," WEEKLY "," INSIDE "}", 0.6,
                 MAKER_TAKER_FILLS_COUNT);
    assert_ratio("{'totals':{}," WEEKLY "," INSIDE "}", 0.85, MAKER_TAKER_WEEKLY_ROLLUP);
    assert_ratio("{'totals':{}," INSIDE "}", 0.9, MAKER_TAKER_INTERNAL_FILLS);
}
END_TEST

START_TEST(an_existing_ratio_counts_from_0_05)
{
    assert_ratio("{'totals':{'fills':{" COUNTS "}},'maker_taker_ratio':0.05}", 0.05,
                 MAKER_TAKER_EXISTING);
    assert_ratio("{'totals':{'fills':{" COUNTS "}},'maker_taker_ratio':1}", 1.0,
                 MAKER_TAKER_EXISTING);
    assert_ratio("{'totals':{'fills':{" COUNTS "}},'maker_taker_ratio':0.049}", 0.6,
                 MAKER_TAKER_FILLS_COUNT);
    assert_ratio("{'totals':{'maker_taker_ratio':0.7,'fills':{" COUNTS "}}}", 0.7,
                 MAKER_TAKER_EXISTING);
}
END_TEST

START_TEST(zero_volume_does_not_divide)
{
    assert_ratio("{'totals':{'fills':{'maker_volume':0,'taker_volume':0," COUNTS "}}}", 0.6,
                 MAKER_TAKER_FILLS_COUNT);
    assert_ratio("{'totals':{'fills':{'maker_volume':0,'taker_volume':5}}}", 0.0,
                 MAKER_TAKER_FILLS_VOLUME);
    assert_ratio("{'totals':{'fills':{'maker_volume':30," COUNTS "}}}", 0.6,
                 MAKER_TAKER_FILLS_COUNT);
}
END_TEST

START_TEST(made_up_ratios_are_synthetic)
{
    struct summary summary = summary_of("{'totals':{}}", true);
    ck_assert_int_eq(summary.maker_taker_source, MAKER_TAKER_MOCK_DEFAULT);
    ck_assert_double_eq(summary.kpi[KPI_MAKER_TAKER].number, 0.8);
    ck_assert_int_eq(summary.kpi[KPI_MAKER_TAKER].state, VALUE_SYNTHETIC);
    summary = summary_of("{'totals':{'fills':{'maker_count':0,'taker_count':0}},'maker_fills':0,"
                         "'taker_fills':0}",
                         false);
    ck_assert_int_eq(summary.maker_taker_source, MAKER_TAKER_FALLBACK);
    ck_assert_double_eq(summary.kpi[KPI_MAKER_TAKER].number, 0.6);
    ck_assert_int_eq(summary.kpi[KPI_MAKER_TAKER].state, VALUE_SYNTHETIC);
}
END_TEST

START_TEST(fields_are_taken_over)
{
    struct summary summary = summary_of(
        "{'totals':{'net_bps':3,'gross_bps':8,'fees_eff_bps':2,'inventory_bps':0.5,'adverse_bps':1,"
        "'adverse_bps_p95':3,'slippage_bps':1.5,'p95_latency_ms':310,'order_age_p95_ms':350,"
        "'neg_edge_drivers':['fees_eff_bps'],'fills':{" VOLUME "},'block_reasons':"
        "{'risk':{'ratio':0.3},'min_interval':{'ratio':0.2},'concurrency':{'ratio':0.1}}},"
        "'runtime':{'utc':'2025-10-12T12:00:00Z','version':'v1','overrides_hash':'ab'}}",
        false);
    ck_assert_double_eq(summary.kpi[KPI_RISK].number, 0.3);
    ck_assert_double_eq(summary.kpi[KPI_NET].number, 3.0);
    ck_assert_double_eq(summary.kpi[KPI_P95].number, 310.0);
    ck_assert_double_eq(summary.gross_bps.number, 8.0);
    ck_assert_double_eq(summary.fees_eff_bps.number, 2.0);
    ck_assert_double_eq(summary.inventory_bps.number, 0.5);
    ck_assert_double_eq(summary.adverse_bps.number, 1.0);
    ck_assert_double_eq(summary.adverse_bps_p95.number, 3.0);
    ck_assert_double_eq(summary.slippage_bps_p95.number, 1.5);
    ck_assert_double_eq(summary.order_age_p95_ms.number, 350.0);
    ck_assert_double_eq(summary.min_interval_ratio.number, 0.2);
    ck_assert_double_eq(summary.concurrency_ratio.number, 0.1);
    ck_assert_double_eq(summary.fills.taker_volume.number, 10.0);
    ck_assert_str_eq(summary.driver[0], "fees_eff_bps");
    ck_assert_str_eq(summary.runtime_utc, "2025-10-12T12:00:00Z");
    ck_assert_str_eq(summary.version, "v1");
    ck_assert_str_eq(summary.overrides_hash, "ab");
    ck_assert_int_eq(summary.kpi_verdict, VERDICT_PASS);
    ck_assert_int_eq(summary.blocks.total, 0);
}
END_TEST

static struct summary judged(struct value risk, struct value net, struct value adverse)
{
    struct thresholds thresholds;
    struct summary summary = {.adverse_bps_p95 = adverse};
    testdata_thresholds(&thresholds);
    summary.kpi[KPI_RISK] = risk;
    summary.kpi[KPI_NET] = net;
    summary_judge(&summary, &thresholds.kpi_gate);
    return summary;
}

static void assert_judged(double risk, double net, double adverse, enum verdict verdict,
                          const char *reason)
{
    struct summary summary = judged(value_of(risk), value_of(net), value_of(adverse));
    ck_assert_int_eq(summary.kpi_verdict, verdict);
    ck_assert_uint_eq(summary.reason_count, reason ? 1 : 0);
    if (reason)
        ck_assert_str_eq(summary.reason[0], reason);
}

START_TEST(kpi_gate_of_one_iteration)
{
    assert_judged(0.40, 2.0, 3.0, VERDICT_PASS, NULL);
    assert_judged(0.50, 2.0, 3.0, VERDICT_WARN, "risk_ratio 0.5 > 0.4");
    assert_judged(0.41, 2.0, 3.0, VERDICT_WARN, "risk_ratio 0.41 > 0.4");
    assert_judged(0.40, 2.0, 3.1, VERDICT_WARN, "adverse_bps_p95 3.1 > 3");
    assert_judged(0.51, 2.0, 9.0, VERDICT_FAIL, "risk_ratio 0.51 > 0.5");
    assert_judged(0.17, -1.5, 5.0, VERDICT_FAIL, "net_bps -1.5 < 2");
    assert_judged(0.40, 2.0 - 5e-10, 3.0 + 5e-10, VERDICT_PASS, NULL);
    struct summary both = judged(value_of(0.45), value_of(5.0), value_of(4.0));
    ck_assert_int_eq(both.kpi_verdict, VERDICT_WARN);
    ck_assert_uint_eq(both.reason_count, 2);
}
END_TEST

START_TEST(a_missing_kpi_does_not_pass)
{
    struct summary summary = judged(value_missing(), value_of(3.0), value_of(1.0));
    ck_assert_int_eq(summary.kpi_verdict, VERDICT_FAIL);
    ck_assert_str_eq(summary.reason[0], "risk_ratio missing");
    summary = judged(value_of(0.3), value_missing(), value_missing());
    ck_assert_int_eq(summary.kpi_verdict, VERDICT_FAIL);
    ck_assert_str_eq(summary.reason[0], "net_bps missing");
    summary = judged(value_of(0.3), value_of(3.0), value_missing());
    ck_assert_int_eq(summary.kpi_verdict, VERDICT_PASS);
}
END_TEST

START_TEST(source_names_round_trip)
{
    for (int source = MAKER_TAKER_EXISTING; source < MAKER_TAKER_SOURCE_COUNT; source++)
        ck_assert_int_eq(
            maker_taker_source_parse(maker_taker_source_name((enum maker_taker_source)source)),
            source);
    ck_assert_str_eq(maker_taker_source_name(MAKER_TAKER_MOCK_DEFAULT), "mock_default");
    ck_assert_int_eq(maker_taker_source_parse("guess"), MAKER_TAKER_NONE);
    ck_assert_int_eq(maker_taker_source_parse(NULL), MAKER_TAKER_NONE);
    ck_assert_str_eq(audit_block_names[AUDIT_MIN_INTERVAL], "min_interval");
}
END_TEST

Suite *summary_suite(void)
{
    const TTest *const tests[] = {
        maker_taker_takes_the_first_source_that_applies,
        an_existing_ratio_counts_from_0_05,
        zero_volume_does_not_divide,
        made_up_ratios_are_synthetic,
        fields_are_taken_over,
        kpi_gate_of_one_iteration,
        a_missing_kpi_does_not_pass,
        source_names_round_trip,
        NULL,
    };
    return harness_suite("summary", tests, 10);
}
