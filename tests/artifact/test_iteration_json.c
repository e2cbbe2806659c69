/* test_iteration_json: ITER_SUMMARY as ENGINE section 3 lists it, what comes back from it, and
 * the older pipeline's files. */
#include "config.h"

#include "suites.h"

#include <math.h>

#include "artifact/canon.h"
#include "artifact/iteration_file.h"
#include "testdata.h"

static struct param_table table;

static void read_table(void)
{
    testdata_params(&table);
}

static struct delta delta_of(const char *name, double now, double increment, double target,
                             enum delta_state state)
{
    struct delta delta = {.param = param_find(&table, name),
                          .rule = RULE_DRIVER_ADVERSE,
                          .now = now,
                          .increment = increment,
                          .target = target,
                          .after = target,
                          .state = state};
    snprintf(delta.name, sizeof delta.name, "%s", name);
    snprintf(delta.why, sizeof delta.why, "adverse_p95 5.00 > 3.50");
    return delta;
}

/* Iteration 1 of the worked example, with one line that velocity blocked. */
static struct iteration *example(void)
{
    struct iteration *it = iteration_new(1);
    it->utc_ms = CLOCK_MOCK_START_MS + 1000;
    it->summary.kpi[KPI_NET] = value_of(-1.5);
    it->summary.kpi[KPI_RISK] = value_of(0.17);
    it->summary.kpi[KPI_P95] = value_of(250);
    it->summary.kpi[KPI_MAKER_TAKER] = value_of(0.5);
    it->summary.maker_taker_source = MAKER_TAKER_FILLS_VOLUME;
    it->summary.adverse_bps_p95 = value_of(5);
    it->summary.fills = (struct fills){value_of(500), value_of(500), value_of(25000),
                                       value_of(25000)};
    it->summary.blocks.count[AUDIT_RISK] = 1;
    it->summary.blocks.count[AUDIT_ALLOWED] = 3;
    it->summary.blocks.total = 4;
    it->summary.blocks.given = true;
    it->summary.driver_count = 1;
    snprintf(it->summary.driver[0], sizeof it->summary.driver[0], "slippage_bps");
    it->summary.kpi_verdict = VERDICT_FAIL;
    it->summary.reason_count = 1;
    snprintf(it->summary.reason[0], sizeof it->summary.reason[0], "net_bps -1.5 < 2");
    snprintf(it->summary.runtime_utc, sizeof it->summary.runtime_utc, "2025-01-01T00:00:00Z");
    snprintf(it->summary.version, sizeof it->summary.version, "mock");
    it->delta_count = 2;
    it->delta = calloc(2, sizeof *it->delta);
    it->delta[0] = delta_of("impact_cap_ratio", 0.1, -0.01, 0.09, DELTA_APPLIED);
    it->delta[1] = delta_of("tail_age_ms", 600, 30, 630, DELTA_BLOCKED);
    it->delta[1].guard = GUARD_VELOCITY;
    it->delta[1].clears_at = 3;
    snprintf(it->delta[1].note, sizeof it->delta[1].note, "moved 30 of 225");
    it->applied = true;
    it->skip = SKIP_VELOCITY;
    it->velocity_violation = true;
    it->fallback_fired = true;
    it->skip_note = strdup("velocity tail_age_ms: moved 30 of 225");
    it->rationale = strdup("DRIVER: adverse_p95 5.00 > 3.50");
    memset(it->signature, 'a', 64);
    memset(it->state_hash, 'b', 64);
    snprintf(it->decided_by, sizeof it->decided_by, "operator:me@here");
    it->runtime_text = strdup(
        "{\"engine\":{\"tail_age_ms\":600},\"risk\":{\"impact_cap_ratio\":0.1},"
        "\"venue\":1}");
    it->param_count = table.count;
    it->params = calloc(table.count, sizeof *it->params);
    it->params[param_find(&table, "impact_cap_ratio")] = value_of(0.1);
    it->params[param_find(&table, "tail_age_ms")] = value_of(600);
    return it;
}

static void assert_text(const json_t *json, const char *wanted)
{
    struct error err = ERROR_INIT;
    json_auto_t *expected = testdata_json(wanted);
    char *text = canon_dump(json, CANON_COMPACT, NULL, &err);
    char *expected_text = canon_dump(expected, CANON_COMPACT, NULL, &err);
    ck_assert_str_eq(text, expected_text);
    free(text);
    free(expected_text);
}

static const json_t *at(const json_t *json, const char *key, const char *inner)
{
    const json_t *member = json_object_get(json, key);
    ck_assert_msg(member != NULL, "no %s", key);
    return inner ? at(member, inner, NULL) : member;
}

START_TEST(the_summary_has_every_field)
{
    struct iteration *it = example();
    json_auto_t *json = iteration_to_json(it, &table);
    assert_text(at(json, "summary", NULL),
                "{'runtime_utc':'2025-01-01T00:00:00Z','version':'mock','net_bps':-1.5,"
                "'gross_bps':null,'fees_eff_bps':null,'slippage_bps':null,'adverse_bps':null,"
                "'inventory_bps':null,'fills':{'maker_count':500,'taker_count':500,"
                "'maker_volume':25000.0,'taker_volume':25000.0},'adverse_bps_p95':5.0,"
                "'slippage_bps_p95':null,'order_age_p95_ms':null,'p95_latency_ms':250.0,"
                "'risk_ratio':0.17,'min_interval_ratio':null,'concurrency_ratio':null,"
                "'neg_edge_drivers':['slippage_bps'],'blocks':{'counts':{'allowed':3,"
                "'concurrency':0,'min_interval':0,'other':0,'risk':1,'throttle':0},'total':4,"
                "'ratios':{'allowed':0.75,'concurrency':0.0,'min_interval':0.0,'other':0.0,"
                "'risk':0.25,'throttle':0.0}},'kpi_verdict':'FAIL','kpi_reasons':"
                "['net_bps -1.5 < 2'],'sentinel_advice':[],'maker_taker_ratio':0.5,"
                "'maker_taker_source':'fills_volume'}");
    ck_assert_int_eq((int)json_integer_value(at(json, "iteration", NULL)), 1);
    ck_assert_str_eq(json_string_value(at(json, "state", NULL)), "ok");
    ck_assert_ptr_null(json_object_get(json, "error"));
    assert_text(at(json, "runtime_overrides", NULL),
                "{'engine':{'tail_age_ms':600},'risk':{'impact_cap_ratio':0.1},'venue':1}");
    iteration_free(it);
}
END_TEST

START_TEST(the_tuning_has_every_field)
{
    struct iteration *it = example();
    json_auto_t *json = iteration_to_json(it, &table);
    const json_t *tuning = at(json, "tuning", NULL);
    assert_text(at(tuning, "deltas", NULL), "{'impact_cap_ratio':-0.01,'tail_age_ms':30}");
    assert_text(at(tuning, "proposed_deltas", NULL), "{'impact_cap_ratio':0.09,'tail_age_ms':630}");
    assert_text(at(tuning, "applied_deltas", NULL), "{'impact_cap_ratio':0.09}");
    assert_text(at(tuning, "changed_keys", NULL), "['impact_cap_ratio']");
    assert_text(at(tuning, "skip_reason", NULL),
                "{'cooldown':false,'velocity':true,'oscillation':false,'freeze':false,"
                "'no_op':false,'late':false,'observe':false,'operator':false,'timeout':false,"
                "'error':false,'note':'velocity tail_age_ms: moved 30 of 225'}");
    assert_text(at(tuning, "conditions", NULL),
                "{'adverse_p95':5.0,'concurrency_ratio':null,'maker_taker_ratio':0.5,"
                "'min_interval_ratio':null,'net_bps':-1.5,'order_age_p95_ms':null,"
                "'p95_latency_ms':250.0,'risk_ratio':0.17,'slippage_p95':null}");
    ck_assert_str_eq(json_string_value(at(tuning, "rationale", NULL)),
                     "DRIVER: adverse_p95 5.00 > 3.50");
    ck_assert_str_eq(json_string_value(at(tuning, "signature", NULL)), it->signature);
    ck_assert_str_eq(json_string_value(at(tuning, "old_hash", NULL)), it->signature);
    ck_assert_str_eq(json_string_value(at(tuning, "state_hash", NULL)), it->state_hash);
    ck_assert(json_is_true(at(tuning, "applied", NULL)));
    ck_assert(json_is_true(at(tuning, "velocity_violation", NULL)));
    ck_assert(json_is_false(at(tuning, "oscillation_detected", NULL)));
    ck_assert(json_is_false(at(tuning, "cooldown_active", NULL)));
    ck_assert(json_is_false(at(tuning, "freeze_triggered", NULL)));
    ck_assert(json_is_null(at(tuning, "freeze_reason", NULL)));
    ck_assert_str_eq(json_string_value(at(tuning, "decided_by", NULL)), "operator:me@here");
    iteration_free(it);
}
END_TEST

START_TEST(nothing_skipped_is_an_empty_text)
{
    struct iteration *it = iteration_new(7);
    json_auto_t *json = iteration_to_json(it, &table);
    const json_t *tuning = at(json, "tuning", NULL);
    assert_text(at(tuning, "skip_reason", NULL), "''");
    assert_text(at(tuning, "proposed_deltas", NULL), "{}");
    assert_text(at(tuning, "deltas", NULL), "{}");
    ck_assert(json_is_null(at(json, "runtime_overrides", NULL)));
    ck_assert(json_is_null(at(json, "summary", "net_bps")));
    ck_assert(json_is_null(at(json, "summary", "maker_taker_source")));
    ck_assert(json_is_null(at(tuning, "signature", NULL)));
    iteration_free(it);
}
END_TEST

static struct iteration *read_back(const json_t *json)
{
    struct error err = ERROR_INIT;
    struct iteration *it = iteration_from_json(json, &table, "ITER_SUMMARY_1.json", &err);
    ck_assert_msg(it != NULL, "%s", err.text);
    return it;
}

START_TEST(what_is_written_comes_back)
{
    struct iteration *it = example();
    json_auto_t *json = iteration_to_json(it, &table);
    struct iteration *back = read_back(json);
    json_auto_t *again = iteration_to_json(back, &table);
    ck_assert(json_equal(json, again));
    ck_assert_int_eq(back->utc_ms, it->utc_ms);
    ck_assert(back->applied && back->fallback_fired && back->velocity_violation);
    ck_assert_uint_eq(back->skip, SKIP_VELOCITY);
    ck_assert_uint_eq(back->delta_count, 2);
    ck_assert_int_eq(back->delta[0].rule, RULE_DRIVER_ADVERSE);
    ck_assert_int_eq(back->delta[0].state, DELTA_APPLIED);
    ck_assert_double_eq(back->delta[0].now, 0.1);
    ck_assert_double_eq(back->delta[0].increment, -0.01);
    ck_assert_int_eq(back->delta[1].state, DELTA_BLOCKED);
    ck_assert_int_eq(back->delta[1].guard, GUARD_VELOCITY);
    ck_assert_int_eq(back->delta[1].clears_at, 3);
    ck_assert_str_eq(back->delta[1].note, "moved 30 of 225");
    ck_assert_int_eq(back->delta[1].param, param_find(&table, "tail_age_ms"));
    ck_assert_uint_eq(back->param_count, table.count);
    ck_assert_double_eq(back->params[param_find(&table, "tail_age_ms")].number, 600);
    ck_assert(!value_present(back->params[param_find(&table, "min_interval_ms")]));
    ck_assert_str_eq(back->runtime_text, it->runtime_text);
    iteration_free(it);
    iteration_free(back);
}
END_TEST

START_TEST(dropped_text_leaves_the_known_parameters)
{
    struct iteration *it = example();
    iteration_drop_text(it);
    json_auto_t *json = iteration_to_json(it, &table);
    assert_text(at(json, "runtime_overrides", NULL),
                "{'engine':{'tail_age_ms':600},'risk':{'impact_cap_ratio':0.1}}");
    iteration_free(it);
}
END_TEST

START_TEST(failed_iterations_say_why)
{
    struct iteration *it = iteration_new(2);
    it->state = ITERATION_FAILED;
    it->error = strdup("the command ended with status 3");
    it->output_tail = strdup("line \x1b[1m \xff bad");
    json_auto_t *json = iteration_to_json(it, &table);
    ck_assert_str_eq(json_string_value(at(json, "state", NULL)), "failed");
    ck_assert_str_eq(json_string_value(at(json, "error", NULL)), it->error);
    /* bytes that are no UTF-8 become visible, or it could not be written */
    ck_assert_str_eq(json_string_value(at(json, "output_tail", NULL)),
                     "line \\x1b[1m \xef\xbf\xbd bad");
    struct iteration *back = read_back(json);
    ck_assert_int_eq(back->state, ITERATION_FAILED);
    ck_assert_str_eq(back->error, it->error);
    iteration_free(it);
    iteration_free(back);
}
END_TEST

START_TEST(synthetic_ratios_stay_synthetic)
{
    struct iteration *it = iteration_new(1);
    it->summary.kpi[KPI_MAKER_TAKER] = (struct value){0.8, VALUE_SYNTHETIC};
    it->summary.maker_taker_source = MAKER_TAKER_MOCK_DEFAULT;
    json_auto_t *json = iteration_to_json(it, &table);
    struct iteration *back = read_back(json);
    ck_assert_int_eq(back->summary.kpi[KPI_MAKER_TAKER].state, VALUE_SYNTHETIC);
    ck_assert_double_eq(back->summary.kpi[KPI_MAKER_TAKER].number, 0.8);
    iteration_free(it);
    iteration_free(back);
}
END_TEST

#define OLDER(tuning) "{'iteration':1,'summary':{'net_bps':-1.5},'tuning':" tuning "}"

static struct iteration *read_older(const char *text)
{
    json_auto_t *json = testdata_json(text);
    return read_back(json);
}

START_TEST(older_files_apply_all_or_nothing)
{
    struct iteration *it = read_older(
        OLDER("{'applied':true,'changed_keys':['impact_cap_ratio','tail_age_ms'],'deltas':"
              "{'impact_cap_ratio':-0.009999999999999995,'tail_age_ms':30},'proposed_deltas':"
              "{'impact_cap_ratio':-0.009999999999999995,'tail_age_ms':30},'old_hash':'53',"
              "'state_hash':'49','rationale':'DRIVER','skip_reason':''}"));
    ck_assert_uint_eq(it->delta_count, 2);
    ck_assert_str_eq(it->delta[0].name, "impact_cap_ratio");
    ck_assert_double_eq(it->delta[0].target, -0.009999999999999995); /* shown as it is */
    ck_assert_double_eq(it->delta[0].after, it->delta[0].target);
    ck_assert_int_eq(it->delta[0].state, DELTA_APPLIED);
    ck_assert(isnan(it->delta[0].now));
    ck_assert_str_eq(it->state_hash, "49");
    ck_assert_str_eq(it->signature, "");
    ck_assert_ptr_null(it->params);
    ck_assert_uint_eq(it->skip, 0);
    ck_assert_int_eq(it->utc_ms == UTC_NONE, 1);
    ck_assert_int_eq(it->state, ITERATION_OK);
    iteration_free(it);
}
END_TEST

START_TEST(older_files_say_why_nothing_was_applied)
{
    struct iteration *it = read_older(
        OLDER("{'applied':false,'proposed_deltas':{'tail_age_ms':30},'skip_reason':{'cooldown':"
              "false,'freeze':false,'no_op':false,'note':'velocity cap exceeded','oscillation':"
              "false,'velocity':true},'state_hash':null}"));
    ck_assert_uint_eq(it->skip, SKIP_VELOCITY);
    ck_assert_str_eq(it->skip_note, "velocity cap exceeded");
    ck_assert_int_eq(it->delta[0].state, DELTA_BLOCKED);
    ck_assert_int_eq(it->delta[0].guard, GUARD_VELOCITY);
    ck_assert(isnan(it->delta[0].increment));
    ck_assert_str_eq(it->state_hash, "");
    iteration_free(it);
}
END_TEST

START_TEST(applied_deltas_without_lines)
{
    struct iteration *it = read_older(
        "{'iteration':1,'runtime_overrides':{'risk':{'impact_cap_ratio':0.1}},'tuning':{'applied':"
        "true,'proposed_deltas':{'impact_cap_ratio':0.09,'tail_age_ms':630},'applied_deltas':"
        "{'impact_cap_ratio':0.095},'skip_reason':{'operator':true,'note':'no'}}}");
    ck_assert_int_eq(it->delta[0].state, DELTA_APPLIED);
    ck_assert_double_eq(it->delta[0].now, 0.1);
    ck_assert_double_eq(it->delta[0].target, 0.09);
    ck_assert_double_eq(it->delta[0].after, 0.095);
    ck_assert_int_eq(it->delta[1].state, DELTA_REJECTED);
    iteration_free(it);
}
END_TEST

START_TEST(what_is_missing_is_missing)
{
    struct iteration *it = read_older("{'iteration':3}");
    ck_assert_int_eq(it->number, 3);
    ck_assert_uint_eq(it->delta_count, 0);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        ck_assert(!value_present(it->summary.kpi[kpi]));
    ck_assert_int_eq(it->summary.kpi_verdict, VERDICT_NONE);
    iteration_free(it);
    iteration_free(read_older("{'iteration':3,'summary':null,'tuning':null,"
                              "'runtime_overrides':null}"));
    iteration_free(read_older("{'iteration':3,'summary':{'fills':null,'blocks':null,"
                              "'neg_edge_drivers':null},'tuning':{'proposed_deltas':null}}"));
}
END_TEST

static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_json(text);
    ck_assert_msg(!iteration_from_json(json, &table, "I.json", &err), "was taken: %s", text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
}

START_TEST(wrong_types_name_their_path)
{
    assert_refused("[]", "I.json: $ is an array");
    assert_refused("{}", "$.iteration is missing");
    assert_refused("{'iteration':0}", "$.iteration is 0");
    assert_refused("{'iteration':'1'}", "$.iteration is \"1\"");
    assert_refused("{'iteration':1e300}", "$.iteration is 1e+300");
    assert_refused("{'iteration':1,'state':'maybe'}", "$.state is \"maybe\"");
    assert_refused("{'iteration':1,'summary':7}", "$.summary is 7");
    assert_refused("{'iteration':1,'summary':{'net_bps':'x'}}", "$.summary.net_bps is \"x\"");
    assert_refused("{'iteration':1,'summary':{'net_bps':1e300}}", "$.summary.net_bps is 1e+300");
    assert_refused("{'iteration':1,'summary':{'fills':[]}}", "$.summary.fills is an array");
    assert_refused("{'iteration':1,'summary':{'blocks':{'total':1e99}}}", "$.summary.blocks.total");
    assert_refused("{'iteration':1,'summary':{'kpi_reasons':[1]}}",
                   "$.summary.kpi_reasons[0] is 1");
    assert_refused("{'iteration':1,'runtime_overrides':[]}", "$.runtime_overrides is an array");
    assert_refused("{'iteration':1,'runtime_overrides':{'risk':1}}",
                   "$.runtime_overrides.risk is 1");
    assert_refused("{'iteration':1,'runtime_overrides':{'risk':{'impact_cap_ratio':'a'}}}",
                   "$.runtime_overrides.risk.impact_cap_ratio is \"a\"");
    assert_refused(OLDER("5"), "$.tuning is 5");
    assert_refused(OLDER("{'applied':1}"), "$.tuning.applied is 1");
    assert_refused(OLDER("{'skip_reason':[]}"), "$.tuning.skip_reason is an array");
    assert_refused(OLDER("{'skip_reason':{'velocity':'yes'}}"), "skip_reason.velocity is \"yes\"");
    assert_refused(OLDER("{'proposed_deltas':{'a':'b'}}"), "$.tuning.proposed_deltas.a is \"b\"");
    assert_refused(OLDER("{'lines':[{'name':5}]}"), "$.tuning.lines[0].name is 5");
    assert_refused(OLDER("{'lines':{}}"), "$.tuning.lines is an object, but it must be an array");
}
END_TEST

START_TEST(too_many_deltas_are_refused)
{
    struct error err = ERROR_INIT;
    json_auto_t *many = json_object();
    for (int i = 0; i < 65; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", i);
        json_object_set_new(many, name, json_integer(i));
    }
    json_auto_t *json = json_pack("{s:i,s:{s:O}}", "iteration", 1, "tuning", "proposed_deltas",
                                  many);
    ck_assert_ptr_null(iteration_from_json(json, &table, "I.json", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "at most 64 entries, not 65"));
}
END_TEST

Suite *iteration_json_suite(void)
{
    const TTest *const tests[] = {
        the_summary_has_every_field,
        the_tuning_has_every_field,
        nothing_skipped_is_an_empty_text,
        what_is_written_comes_back,
        dropped_text_leaves_the_known_parameters,
        failed_iterations_say_why,
        synthetic_ratios_stay_synthetic,
        older_files_apply_all_or_nothing,
        older_files_say_why_nothing_was_applied,
        applied_deltas_without_lines,
        what_is_missing_is_missing,
        wrong_types_name_their_path,
        too_many_deltas_are_refused,
        NULL,
    };
    Suite *suite = suite_create("iteration_json");
    TCase *tcase = tcase_create("iteration_json");
    tcase_add_checked_fixture(tcase, read_table, NULL);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
