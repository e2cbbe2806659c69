/* test_edge_report: what a bot's report may say, and every way in which it can be wrong (ENGINE
 * sections 3 and 4). */
#include "config.h"

#include "suites.h"

#include "model/edge_report.h"
#include "testdata.h"

static struct edge_report read_good(const char *text)
{
    struct error err = ERROR_INIT;
    struct edge_report report;
    json_auto_t *json = testdata_json(text);
    ck_assert_msg(edge_report_read(&report, json, "EDGE_REPORT.json", &err) == 0, "%s", err.text);
    return report;
}

static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct edge_report report;
    json_auto_t *json = testdata_json(text);
    ck_assert_msg(edge_report_read(&report, json, "EDGE_REPORT.json", &err) == -1, "was taken: %s",
                  text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
    ck_assert_int_eq(err.code, ERROR_INPUT);
}

START_TEST(a_whole_report)
{
    json_auto_t *json = testdata_file("tests/data/edge_report_full.json");
    struct edge_report report;
    struct error err = ERROR_INIT;
    ck_assert_msg(edge_report_read(&report, json, "f", &err) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, 3.0);
    ck_assert_double_eq(report.gross_bps.number, 8.0); /* of the breakdown */
    ck_assert_double_eq(report.fees_eff_bps.number, 2.5);
    ck_assert_double_eq(report.inventory_bps.number, -0.5);
    ck_assert_double_eq(report.adverse_bps_p95.number, 3.1);
    ck_assert_double_eq(report.slippage_bps_p95.number, 2.2);
    ck_assert_double_eq(report.order_age_p95_ms.number, 350.0);
    ck_assert_double_eq(report.ws_lag_p95_ms.number, 105.0);
    ck_assert_double_eq(report.p95_latency_ms.number, 310.0);
    ck_assert_double_eq(report.cancel_ratio.number, 0.38);
    ck_assert_double_eq(report.maker_share_pct.number, 101.5);
    ck_assert_double_eq(report.block_ratio[BLOCK_RISK].number, 0.68);
    ck_assert_double_eq(report.block_count[BLOCK_RISK].number, 17.0);
    ck_assert_double_eq(report.block_ratio[BLOCK_MIN_INTERVAL].number, 0.2);
    ck_assert_double_eq(report.block_ratio[BLOCK_CONCURRENCY].number, 0.12);
    ck_assert_double_eq(report.block_ratio[BLOCK_THROTTLE].number, 0.0);
    ck_assert_double_eq(report.fills.maker_volume.number, 30000.0);
    ck_assert_double_eq(report.fills.taker_count.number, 400.0);
    ck_assert_double_eq(report.weekly_taker_share.number, 15.0);
    ck_assert_double_eq(report.maker_taker_ratio.number, 0.9);
    ck_assert_double_eq(report.maker_fills.number, 6.0);
    ck_assert_uint_eq(report.driver_count, 2);
    ck_assert_str_eq(report.driver[1], "adverse_bps");
    ck_assert_str_eq(report.utc, "2025-10-12T12:00:00Z");
    ck_assert_str_eq(report.version, "v1.2");
    ck_assert_uint_eq(strlen(report.overrides_hash), 64);
}
END_TEST

START_TEST(what_is_missing_is_missing)
{
    struct edge_report report = read_good("{'totals':{}}");
    ck_assert(!value_present(report.net_bps));
    ck_assert(!value_present(report.p95_latency_ms));
    ck_assert(!value_present(report.block_ratio[BLOCK_RISK]));
    ck_assert(!value_present(report.fills.maker_volume));
    ck_assert(!value_present(report.maker_taker_ratio));
    ck_assert_uint_eq(report.driver_count, 0);
    ck_assert_str_eq(report.utc, "");
    report = read_good("{'totals':{'net_bps':null,'fills':null,'block_reasons':null,"
                       "'component_breakdown':null,'neg_edge_drivers':null},'runtime':null,"
                       "'weekly_rollup':null,'symbols':null}");
    ck_assert(!value_present(report.net_bps));
}
END_TEST

START_TEST(total_is_another_name_of_totals)
{
    ck_assert_double_eq(read_good("{'total':{'net_bps':1}}").net_bps.number, 1.0);
    ck_assert_double_eq(read_good("{'totals':{'net_bps':2},'total':{'net_bps':1}}").net_bps.number,
                        2.0);
    assert_refused("{}", "EDGE_REPORT.json: $.totals is missing, but it must be an object");
    assert_refused("{'total':5}", "$.total is 5, but it must be an object");
}
END_TEST

START_TEST(a_missing_p95_has_its_mean)
{
    struct edge_report report = read_good(
        "{'totals':{'adverse_bps':1.5,'component_breakdown':{'slippage_bps':2.5}}}");
    ck_assert_double_eq(report.adverse_bps_p95.number, 1.5);
    ck_assert_double_eq(report.slippage_bps_p95.number, 2.5);
    report = read_good("{'totals':{'adverse_bps':1.5,'adverse_bps_p95':4.0}}");
    ck_assert_double_eq(report.adverse_bps_p95.number, 4.0);
}
END_TEST

START_TEST(totals_win_over_the_breakdown)
{
    struct edge_report report = read_good(
        "{'totals':{'gross_bps':1,'component_breakdown':{'gross_bps':9,'net_bps':-4}}}");
    ck_assert_double_eq(report.gross_bps.number, 1.0);
    ck_assert_double_eq(report.net_bps.number, -4.0);
}
END_TEST

START_TEST(one_ratio_above_1_makes_all_percentages)
{
    struct edge_report report = read_good(
        "{'totals':{'block_reasons':{'risk':{'ratio':42},'min_interval':{'ratio':0.5},"
        "'concurrency':{'ratio':1}}}}");
    ck_assert_double_eq(report.block_ratio[BLOCK_RISK].number, 0.42);
    ck_assert_double_eq(report.block_ratio[BLOCK_MIN_INTERVAL].number, 0.005);
    ck_assert_double_eq(report.block_ratio[BLOCK_CONCURRENCY].number, 0.01);
    ck_assert(!value_present(report.block_ratio[BLOCK_THROTTLE]));
    report = read_good("{'totals':{'block_reasons':{'risk':{'ratio':1},'throttle':{'ratio':0}}}}");
    ck_assert_double_eq(report.block_ratio[BLOCK_RISK].number, 1.0);
}
END_TEST

START_TEST(wrong_types_are_refused)
{
    assert_refused("[]", "$ is an array");
    assert_refused("'text'", "$ is \"text\"");
    assert_refused("{'totals':[]}", "$.totals is an array");
    assert_refused("{'totals':{'net_bps':'3'}}",
                   "EDGE_REPORT.json: $.totals.net_bps is \"3\", but it must be a finite number");
    assert_refused("{'totals':{'net_bps':true}}", "$.totals.net_bps is true");
    assert_refused("{'totals':{'p95_latency_ms':{}}}", "$.totals.p95_latency_ms is an object");
    assert_refused("{'totals':{'fills':3}}", "$.totals.fills is 3");
    assert_refused("{'totals':{'fills':{'maker_count':[]}}}", "$.totals.fills.maker_count is an");
    assert_refused("{'totals':{'block_reasons':[]}}", "$.totals.block_reasons is an array");
    assert_refused("{'totals':{'block_reasons':{'risk':0.4}}}", "$.totals.block_reasons.risk is");
    assert_refused("{'totals':{'block_reasons':{'risk':{'ratio':'x'}}}}", "risk.ratio is \"x\"");
    assert_refused("{'totals':{'component_breakdown':1}}", "$.totals.component_breakdown is 1");
    assert_refused("{'totals':{'component_breakdown':{'net_bps':''}}}", "breakdown.net_bps is");
    assert_refused("{'totals':{'neg_edge_drivers':'x'}}", "$.totals.neg_edge_drivers is \"x\"");
    assert_refused("{'totals':{'neg_edge_drivers':[1]}}", "$.totals.neg_edge_drivers[0] is 1");
    assert_refused("{'totals':{},'runtime':5}", "$.runtime is 5");
    assert_refused("{'totals':{},'runtime':{'utc':5}}", "$.runtime.utc is 5");
    assert_refused("{'totals':{},'weekly_rollup':{'taker_share_pct':15}}",
                   "$.weekly_rollup.taker_share_pct is 15");
    assert_refused("{'totals':{},'symbols':[]}", "$.symbols is an array");
    assert_refused("{'totals':{},'maker_taker_ratio':'x'}", "$.maker_taker_ratio is \"x\"");
}
END_TEST

START_TEST(values_outside_their_range_are_refused)
{
    assert_refused("{'totals':{'p95_latency_ms':-1}}",
                   "$.totals.p95_latency_ms is -1, but it must be within 0 .. 1e+15");
    assert_refused("{'totals':{'order_age_p95_ms':-0.5}}", "$.totals.order_age_p95_ms is -0.5");
    assert_refused("{'totals':{'ws_lag_p95_ms':-3}}", "$.totals.ws_lag_p95_ms is -3");
    assert_refused("{'totals':{'cancel_ratio':1.2}}", "$.totals.cancel_ratio is 1.2");
    assert_refused("{'totals':{'block_reasons':{'risk':{'ratio':101}}}}",
                   "$.totals.block_reasons.risk.ratio is 101, but it must be within 0 .. 100");
    assert_refused("{'totals':{'block_reasons':{'risk':{'ratio':-0.1}}}}", "risk.ratio is -0.1");
    assert_refused("{'totals':{'block_reasons':{'risk':{'count':-1}}}}", "risk.count is -1");
    assert_refused("{'totals':{'fills':{'taker_volume':-1}}}", "$.totals.fills.taker_volume is -1");
    assert_refused("{'totals':{},'maker_taker_ratio':1.5}", "$.maker_taker_ratio is 1.5");
    assert_refused("{'totals':{},'weekly_rollup':{'taker_share_pct':{'median':150}}}",
                   "$.weekly_rollup.taker_share_pct.median is 150");
    assert_refused("{'totals':{'net_bps':1e300}}", "$.totals.net_bps is 1e+300");
    ck_assert_double_eq(read_good("{'totals':{'cancel_ratio':1.0000000001}}").cancel_ratio.number,
                        1.0);
}
END_TEST

/* DEPTH levels of arrays below "symbols", the object and the member make two more. */
static json_t *nested(int depth)
{
    json_t *inner = json_array();
    for (int i = 1; i < depth; i++) {
        json_t *outer = json_array();
        json_array_append_new(outer, inner);
        inner = outer;
    }
    return json_pack("{s:{},s:{s:o}}", "totals", "symbols", "x", inner);
}

START_TEST(no_deeper_than_64_levels)
{
    struct edge_report report;
    struct error err = ERROR_INIT;
    json_auto_t *fits = nested(62), *deep = nested(63);
    ck_assert_int_eq(edge_report_read(&report, fits, "E", &err), 0);
    ck_assert_int_eq(edge_report_read(&report, deep, "E", &err), -1);
    ck_assert_str_eq(err.text, "E: it is nested deeper than 64 levels");
}
END_TEST

START_TEST(many_drivers_and_long_texts)
{
    struct edge_report report = read_good(
        "{'totals':{'neg_edge_drivers':['a','b','c','d','e','f','g','h','i']},"
        "'runtime':{'version':'0123456789012345678901234567890123456789012345678901234567"
        "8901\xc3\xa4\xc3\xa4\xc3\xa4'}}");
    ck_assert_uint_eq(report.driver_count, EDGE_DRIVERS_MAX);
    ck_assert_str_eq(report.version + 61, "1");
    assert_refused("{'totals':{'neg_edge_drivers':['0123456789012345678901234567890123456789']}}",
                   "it must be a string of at most 39 bytes");
}
END_TEST

Suite *edge_report_suite(void)
{
    const TTest *const tests[] = {
        a_whole_report,
        what_is_missing_is_missing,
        total_is_another_name_of_totals,
        a_missing_p95_has_its_mean,
        totals_win_over_the_breakdown,
        one_ratio_above_1_makes_all_percentages,
        wrong_types_are_refused,
        values_outside_their_range_are_refused,
        no_deeper_than_64_levels,
        many_drivers_and_long_texts,
        NULL,
    };
    return harness_suite("edge_report", tests, 10);
}
