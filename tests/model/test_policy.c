/* test_policy: the numbers of ENGINE sections 5 and 6, and strict reading. */
#include "config.h"

#include "suites.h"

#include "testdata.h"

static struct param_table table;
static struct policy policy;

static void read_installed(void)
{
    testdata_params(&table);
    testdata_policy(&policy, &table);
}

static void assert_step(enum rule rule, size_t at, const char *param, enum step_kind kind,
                        double amount, double limit)
{
    const struct rule_step *step = &policy.rule[rule].step[at];
    ck_assert_uint_lt(at, policy.rule[rule].step_count);
    ck_assert_str_eq(table.param[step->param].name, param);
    ck_assert_int_eq(step->kind, kind);
    ck_assert_double_eq(step->amount, amount);
    ck_assert_int_eq(value_present(step->limit), limit > 0.0);
    if (limit > 0.0)
        ck_assert_double_eq(step->limit.number, limit);
}

START_TEST(fallback_and_risk_rules)
{
    ck_assert_int_eq(policy.rule[RULE_FALLBACK].negative_streak, 2);
    assert_step(RULE_FALLBACK, 0, "min_interval_ms", STEP_ADD, 20, 0);
    assert_step(RULE_FALLBACK, 1, "replace_rate_per_min", STEP_ADD, -60, 0);
    assert_step(RULE_FALLBACK, 2, "base_spread_bps_delta", STEP_ADD, 0.02, 0);
    assert_step(RULE_FALLBACK, 3, "tail_age_ms", STEP_AT_LEAST, 700, 0);
    ck_assert_double_eq(policy.rule[RULE_AGGRESSIVE].risk_min.number, 0.6);
    ck_assert(!value_present(policy.rule[RULE_AGGRESSIVE].net_min));
    assert_step(RULE_AGGRESSIVE, 0, "min_interval_ms", STEP_ADD, 5, 80);
    assert_step(RULE_AGGRESSIVE, 1, "impact_cap_ratio", STEP_ADD, -0.01, 0.08);
    assert_step(RULE_AGGRESSIVE, 2, "tail_age_ms", STEP_ADD, 30, 800);
    ck_assert_double_eq(policy.rule[RULE_MODERATE].risk_min.number, 0.4);
    ck_assert_double_eq(policy.rule[RULE_MODERATE].risk_below.number, 0.6);
    assert_step(RULE_MODERATE, 0, "min_interval_ms", STEP_ADD, 5, 75);
    assert_step(RULE_MODERATE, 1, "impact_cap_ratio", STEP_ADD, -0.005, 0.09);
}
END_TEST

START_TEST(boost_latency_and_driver_rules)
{
    const struct rule_policy *boost = &policy.rule[RULE_MAKER_BOOST];
    ck_assert_double_eq(boost->risk_max.number, 0.4);
    ck_assert_double_eq(boost->maker_taker_below.number, 0.85);
    ck_assert_double_eq(boost->net_min.number, 2.7);
    assert_step(RULE_MAKER_BOOST, 0, "base_spread_bps", STEP_ADD_SHARE, 0.015, 0);
    ck_assert_double_eq(boost->step[0].share, 0.5);
    assert_step(RULE_MAKER_BOOST, 1, "replace_rate_per_min", STEP_MUL, 0.85, 0);
    assert_step(RULE_MAKER_BOOST, 2, "min_interval_ms", STEP_ADD, 25, 0);
    ck_assert_double_eq(policy.rule[RULE_LATENCY_BUFFER].p95_min.number, 330);
    ck_assert_double_eq(policy.rule[RULE_LATENCY_BUFFER].p95_max.number, 360);
    assert_step(RULE_LATENCY_BUFFER, 0, "concurrency_limit", STEP_MUL_FLOOR, 0.9, 0);
    assert_step(RULE_LATENCY_BUFFER, 1, "tail_age_ms", STEP_ADD, 50, 0);
    ck_assert_double_eq(policy.rule[RULE_LATENCY_HARD].p95_above.number, 360);
    assert_step(RULE_LATENCY_HARD, 0, "concurrency_limit", STEP_MUL_FLOOR, 0.85, 0);
    const struct rule_policy *adverse = &policy.rule[RULE_DRIVER_ADVERSE];
    ck_assert_double_eq(adverse->adverse_p95_above.number, 3.5);
    ck_assert_double_eq(adverse->or_risk_min.number, 0.4);
    ck_assert_double_eq(adverse->or_net_below.number, 3.0);
    ck_assert(!value_present(adverse->risk_min));
    ck_assert_double_eq(policy.rule[RULE_DRIVER_SLIPPAGE].slippage_p95_above.number, 2.5);
    assert_step(RULE_DRIVER_SLIPPAGE, 0, "base_spread_bps_delta", STEP_ADD, 0.02, 0);
}
END_TEST

START_TEST(normalize_is_off)
{
    for (int rule = RULE_FALLBACK; rule < RULE_NORMALIZE; rule++)
        ck_assert(policy.rule[rule].enabled);
    ck_assert(!policy.rule[RULE_NORMALIZE].enabled);
    ck_assert_double_eq(policy.rule[RULE_NORMALIZE].p95_below.number, 330);
    assert_step(RULE_NORMALIZE, 0, "min_interval_ms", STEP_ADD, -3, 50);
}
END_TEST

START_TEST(guards)
{
    const struct guard_policy *guard = &policy.guard;
    ck_assert_double_eq(guard->freeze_risk_max, 0.35);
    ck_assert_double_eq(guard->freeze_net_min, 2.7);
    ck_assert_int_eq(guard->freeze_after, 2);
    ck_assert_int_eq(guard->freeze_for, 4);
    ck_assert_double_eq(guard->freeze_end_risk_above, 0.4);
    ck_assert_double_eq(guard->freeze_end_net_below, 2.0);
    ck_assert_uint_eq(guard->frozen_count, 2);
    ck_assert_int_eq(guard->frozen[0], param_find(&table, "impact_cap_ratio"));
    ck_assert_int_eq(guard->frozen[1], param_find(&table, "max_delta_ratio"));
    ck_assert_int_eq(guard->oscillation_reversals, 2);
    ck_assert_double_eq(guard->oscillation_net_share, 0.5);
    ck_assert_int_eq(guard->velocity_iterations, 2);
    ck_assert_double_eq(guard->cooldown_change_share, 0.5);
    ck_assert_int_eq(guard->velocity_cap, param_find(&table, "velocity_cap"));
    ck_assert_int_eq(guard->oscillation_window, param_find(&table, "oscillation_window"));
    ck_assert_int_eq(guard->cooldown_iters, param_find(&table, "cooldown_iters"));
}
END_TEST

START_TEST(names_and_safety)
{
    ck_assert_str_eq(rule_name(RULE_NONE), "STABLE");
    ck_assert_str_eq(rule_name(RULE_LATENCY_BUFFER), "LATENCY_BUFFER");
    ck_assert_str_eq(rule_name(RULE_DRIVER_ADVERSE), "DRIVER");
    ck_assert_str_eq(rule_name(RULE_DRIVER_SLIPPAGE), "DRIVER");
    ck_assert_int_eq(rule_parse("latency_buffer"), RULE_LATENCY_BUFFER);
    ck_assert_int_eq(rule_parse("LATENCY_BUFFER"), RULE_NONE);
    ck_assert_int_eq(rule_parse(""), RULE_NONE);
    ck_assert_int_eq(rule_parse(NULL), RULE_NONE);
    for (int rule = 0; rule < RULE_COUNT; rule++)
        ck_assert_int_eq(rule_is_safety((enum rule)rule), rule == RULE_FALLBACK ||
                                                              rule == RULE_AGGRESSIVE ||
                                                              rule == RULE_LATENCY_HARD);
}
END_TEST

/* The installed file with TEXT merged over it. */
static int read_merged(const char *text, struct policy *read, struct error *err)
{
    json_auto_t *json = testdata_file("data/policy.json");
    json_auto_t *over = testdata_json(text);
    ck_assert_int_eq(json_object_update_recursive(json, over), 0);
    return policy_read(read, json, "policy.json", &table, err);
}

static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct policy read;
    ck_assert_msg(read_merged(text, &read, &err) == -1, "was taken: %s", text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
}

#define MODERATE(more) "{'rules':{'moderate':" more "}}"
#define STEPS(steps)   MODERATE("{'steps':" steps "}")

START_TEST(faulty_rules_are_refused_with_their_path)
{
    assert_refused("{'schema':1}", "$.schema is 1");
    assert_refused("{'more':1}", "$.more is not known");
    assert_refused("{'rules':{'moderat':{}}}", "$.rules.moderat is not known");
    assert_refused("{'rules':null}", "$.rules is null");
    assert_refused(MODERATE("null"), "$.rules.moderate is null, but it must be an object");
    assert_refused(MODERATE("{'enabled':1}"), "$.rules.moderate.enabled is 1");
    assert_refused(MODERATE("{'when':{'risk_mn':1}}"), "$.rules.moderate.when.risk_mn is not");
    assert_refused(MODERATE("{'when':{'risk_min':40}}"), "risk_min is 40, but it must be within");
    assert_refused(MODERATE("{'when':{'risk_min':null}}"),
                   "$.rules.moderate.when.risk_min is null");
    assert_refused(MODERATE("{'when':{'any':{}}}"), "$.rules.moderate.when.any is an object");
    assert_refused(MODERATE("{'when':{'any':{'p95_min':1}}}"), "when.any.p95_min is not known");
    assert_refused(MODERATE("{'when':{'negative_streak':2}}"), "only the rule fallback");
    assert_refused("{'rules':{'fallback':{'when':{'negative_streak':0}}}}",
                   "$.rules.fallback.when.negative_streak is 0");
    assert_refused(STEPS("[]"), "$.rules.moderate.steps is an array, but it must hold 1 .. 8");
    assert_refused(STEPS("[{'param':'nothing','add':1}]"),
                   "$.rules.moderate.steps[0].param is \"nothing\", but params.json has no");
    assert_refused(STEPS("[{'param':'tail_age_ms'}]"), "it must hold one of add, mul");
    assert_refused(STEPS("[{'param':'tail_age_ms','add':1,'mul':2}]"), "it must hold one of");
    assert_refused(STEPS("[{'param':'tail_age_ms','add':'1'}]"), "steps[0].add is \"1\"");
    assert_refused(STEPS("[{'param':'tail_age_ms','mul':-1}]"), "steps[0].mul is -1");
    assert_refused(STEPS("[{'param':'tail_age_ms','at_least':1,'limit':2}]"), "steps[0].limit");
    assert_refused(STEPS("[{'param':'tail_age_ms','add':1,'limit':'x'}]"), "steps[0].limit is");
    assert_refused(STEPS("[{'param':'tail_age_ms','add':1,'why':2}]"), "steps[0].why is not known");
    assert_refused(STEPS("[{'param':'tail_age_ms','add_share':{'share':0.5}}]"),
                   "steps[0].add_share.at_most is missing");
    assert_refused(STEPS("[{'param':'tail_age_ms','add':1},{'param':'tail_age_ms','add':2}]"),
                   "steps[1].param is \"tail_age_ms\", but $.rules.moderate.steps[0] moves it");
}
END_TEST

START_TEST(faulty_guards_are_refused_with_their_path)
{
    assert_refused("{'guards':{'freezer':{}}}", "$.guards.freezer is not known");
    assert_refused("{'guards':{'freeze':{'risk_max':35}}}", "$.guards.freeze.risk_max is 35");
    assert_refused("{'guards':{'freeze':{'after_iterations':0}}}", "after_iterations is 0");
    assert_refused("{'guards':{'freeze':{'for_iterations':1.5}}}", "for_iterations is 1.5");
    assert_refused("{'guards':{'freeze':{'params':['x']}}}", "$.guards.freeze.params[0] is \"x\"");
    assert_refused("{'guards':{'freeze':{'params':['tail_age_ms','tail_age_ms']}}}",
                   "$.guards.freeze.params[1] is \"tail_age_ms\", but it is listed already");
    assert_refused("{'guards':{'oscillation':{'reversals':0}}}", "oscillation.reversals is 0");
    assert_refused("{'guards':{'oscillation':{'window_param':'x'}}}", "window_param is \"x\"");
    assert_refused("{'guards':{'velocity':{'cap':1}}}", "$.guards.velocity.cap is not known");
    assert_refused("{'guards':{'velocity':{'iterations':-1}}}", "velocity.iterations is -1");
    assert_refused("{'guards':{'cooldown':{'change_share':2}}}", "cooldown.change_share is 2");
}
END_TEST

START_TEST(an_operator_may_change_numbers)
{
    struct policy read;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(read_merged("{'rules':{'normalize':{'enabled':true},'moderate':{'when':"
                                 "{'risk_min':0.38}}},'guards':{'freeze':{'params':[]}}}",
                                 &read, &err),
                     0);
    ck_assert(read.rule[RULE_NORMALIZE].enabled);
    ck_assert_double_eq(read.rule[RULE_MODERATE].risk_min.number, 0.38);
    ck_assert_uint_eq(read.guard.frozen_count, 0);
}
END_TEST

START_TEST(a_guard_may_be_without_its_setting)
{
    struct policy read;
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_file("data/policy.json");
    json_t *guard = json_object_get(json_object_get(json, "guards"), "velocity");
    ck_assert_int_eq(json_object_del(guard, "cap_param"), 0);
    ck_assert_int_eq(policy_read(&read, json, "policy.json", &table, &err), 0);
    ck_assert_int_eq(read.guard.velocity_cap, -1);
}
END_TEST

START_TEST(a_rule_must_be_there)
{
    struct policy read;
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_file("data/policy.json");
    ck_assert_int_eq(json_object_del(json_object_get(json, "rules"), "moderate"), 0);
    ck_assert_int_eq(policy_read(&read, json, "policy.json", &table, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "$.rules.moderate is missing"));
}
END_TEST

Suite *policy_suite(void)
{
    const TTest *const tests[] = {
        fallback_and_risk_rules,
        boost_latency_and_driver_rules,
        normalize_is_off,
        guards,
        names_and_safety,
        faulty_rules_are_refused_with_their_path,
        faulty_guards_are_refused_with_their_path,
        an_operator_may_change_numbers,
        a_guard_may_be_without_its_setting,
        a_rule_must_be_there,
        NULL,
    };
    Suite *suite = suite_create("policy");
    TCase *tcase = tcase_create("policy");
    tcase_add_checked_fixture(tcase, read_installed, NULL);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
