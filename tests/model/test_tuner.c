/* test_tuner: ENGINE section 5, each rule with its numbers. */
#include "config.h"

#include "suites.h"

#include <math.h>
#include <string.h>

#include "soak.h"

static struct soak soak;

static void setup(void)
{
    soak_init(&soak);
}

static void teardown(void)
{
    soak_fini(&soak);
}

static void propose(const struct summary *summary, int streak)
{
    tuner_propose(&soak.proposal, summary, soak.values, streak, &soak.policy, &soak.table);
}

static void propose_kpis(double risk, double net, double maker_taker, double p95)
{
    struct summary summary = soak_summary(risk, net, maker_taker, p95);
    propose(&summary, 0);
}

static void assert_line(const char *name, enum rule rule, double increment, double target)
{
    const struct delta *delta = soak_line(&soak, name);
    ck_assert_int_eq(delta->rule, rule);
    ck_assert_int_eq(delta->state, DELTA_PROPOSED);
    ck_assert_int_eq(delta->guard, GUARD_NONE);
    ck_assert_int_eq(delta->param, soak_param(&soak, name));
    ck_assert_msg(delta->target == target, "%s is %.17g, not %.17g", name, delta->target, target);
    ck_assert_double_eq(delta->after, target);
    ck_assert_double_eq(delta->increment, increment);
}

static void assert_stable(void)
{
    ck_assert_uint_eq(soak.proposal.count, 0);
    ck_assert_str_eq(soak.proposal.rationale, "STABLE");
}

START_TEST(p95_335_with_risk_030_and_net_35_proposes_latency_buffer)
{
    propose_kpis(0.30, 3.5, 0.90, 335);
    ck_assert_uint_eq(soak.proposal.count, 2);
    assert_line("concurrency_limit", RULE_LATENCY_BUFFER, -1, 9);
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 650);
    ck_assert_str_eq(soak.proposal.rationale,
                     "LATENCY_BUFFER p95 335 >= 330, p95 335 <= 360: concurrency_limit -1, "
                     "tail_age_ms +50");
}
END_TEST

START_TEST(p95_365_proposes_latency_hard)
{
    propose_kpis(0.30, 3.5, 0.90, 365);
    ck_assert_uint_eq(soak.proposal.count, 2);
    assert_line("concurrency_limit", RULE_LATENCY_HARD, -2, 8);
    assert_line("tail_age_ms", RULE_LATENCY_HARD, 75, 675);
}
END_TEST

START_TEST(latency_limits_are_inclusive)
{
    propose_kpis(0.30, 3.5, 0.90, 329.99);
    assert_stable();
    propose_kpis(0.30, 3.5, 0.90, 330);
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 650);
    propose_kpis(0.30, 3.5, 0.90, 360);
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 650);
    propose_kpis(0.30, 3.5, 0.90, 360 + 1e-10);
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 650);
    propose_kpis(0.30, 3.5, 0.90, 360.01);
    assert_line("tail_age_ms", RULE_LATENCY_HARD, 75, 675);
}
END_TEST

START_TEST(concurrency_is_rounded_down_and_stays_at_least_1)
{
    soak_set(&soak, "concurrency_limit", 9);
    propose_kpis(0.30, 3.5, 0.90, 335);
    assert_line("concurrency_limit", RULE_LATENCY_BUFFER, -1, 8); /* 8.1 */
    soak_set(&soak, "concurrency_limit", 20);
    propose_kpis(0.30, 3.5, 0.90, 335);
    assert_line("concurrency_limit", RULE_LATENCY_BUFFER, -2, 18); /* 18 exactly */
    soak_set(&soak, "concurrency_limit", 2);
    propose_kpis(0.30, 3.5, 0.90, 365);
    assert_line("concurrency_limit", RULE_LATENCY_HARD, -1, 1);
    soak_set(&soak, "concurrency_limit", 1);
    propose_kpis(0.30, 3.5, 0.90, 365);
    ck_assert_uint_eq(soak.proposal.count, 1);
    assert_line("tail_age_ms", RULE_LATENCY_HARD, 75, 675);
    int with_floor_0 = soak_param(&soak, "max_age_ms");
    soak.policy.rule[RULE_LATENCY_HARD].step[0].param = with_floor_0;
    soak_set(&soak, "max_age_ms", 1);
    propose_kpis(0.30, 3.5, 0.90, 365);
    ck_assert_ptr_null(proposal_find(&soak.proposal, "max_age_ms"));
    soak_set(&soak, "max_age_ms", 0); /* "at least 1" does not raise it */
    propose_kpis(0.30, 3.5, 0.90, 365);
    ck_assert_ptr_null(proposal_find(&soak.proposal, "max_age_ms"));
}
END_TEST

START_TEST(fallback_stands_alone)
{
    struct summary summary = soak_summary(0.70, -0.1, 0.50, 400);
    summary.adverse_bps_p95 = value_of(9);
    propose(&summary, 2);
    ck_assert_uint_eq(soak.proposal.count, 4);
    ck_assert(soak.proposal.fallback_fired);
    assert_line("min_interval_ms", RULE_FALLBACK, 20, 80);
    assert_line("replace_rate_per_min", RULE_FALLBACK, -60, 240);
    assert_line("base_spread_bps_delta", RULE_FALLBACK, 0.02, 0.08);
    assert_line("tail_age_ms", RULE_FALLBACK, 100, 700);
}
END_TEST

START_TEST(fallback_waits_for_the_second_loss)
{
    struct summary summary = soak_summary(0.30, -0.1, 0.90, 200);
    propose(&summary, 1);
    ck_assert(!soak.proposal.fallback_fired);
    assert_stable();
    summary = soak_summary(0.30, 0.0, 0.90, 200);
    propose(&summary, 2);
    ck_assert(!soak.proposal.fallback_fired);
    assert_stable();
}
END_TEST

/* tail_age is raised to 700, never lowered to it; nothing else even if FALLBACK moves nothing. */
START_TEST(fallback_at_its_limits)
{
    struct summary summary = soak_summary(0.70, -0.1, 0.50, 400);
    soak_set(&soak, "tail_age_ms", 740);
    propose(&summary, 2);
    ck_assert_uint_eq(soak.proposal.count, 3);
    soak_set(&soak, "tail_age_ms", 740.4); /* off its step: not even quantized */
    propose(&summary, 2);
    ck_assert_uint_eq(soak.proposal.count, 3);
    soak_set(&soak, "min_interval_ms", 80);
    soak_set(&soak, "replace_rate_per_min", 200);
    soak_set(&soak, "base_spread_bps_delta", 0.25);
    propose(&summary, 3);
    ck_assert(soak.proposal.fallback_fired);
    assert_stable();
}
END_TEST

START_TEST(aggressive_from_060_moderate_from_040)
{
    propose_kpis(0.60, 2.5, 0.90, 200);
    ck_assert_uint_eq(soak.proposal.count, 3);
    assert_line("min_interval_ms", RULE_AGGRESSIVE, 5, 65);
    assert_line("impact_cap_ratio", RULE_AGGRESSIVE, -0.01, 0.09);
    assert_line("tail_age_ms", RULE_AGGRESSIVE, 30, 630);
    propose_kpis(0.5999, 2.5, 0.90, 200);
    ck_assert_uint_eq(soak.proposal.count, 2);
    assert_line("min_interval_ms", RULE_MODERATE, 5, 65);
    assert_line("impact_cap_ratio", RULE_MODERATE, -0.005, 0.095);
    propose_kpis(0.40, 2.5, 0.90, 200);
    assert_line("min_interval_ms", RULE_MODERATE, 5, 65);
    propose_kpis(0.3999, 2.5, 0.90, 200);
    assert_stable();
}
END_TEST

/* The pipeline's MODERATE raised an impact cap of 0.08 to its limit of 0.09. */
START_TEST(a_rule_never_moves_against_its_direction)
{
    soak_set(&soak, "impact_cap_ratio", 0.08);
    soak_set(&soak, "min_interval_ms", 78);
    propose_kpis(0.50, 2.5, 0.90, 200);
    assert_stable();
    soak_set(&soak, "base_spread_bps_delta", 0.30); /* above its cap: clamping would lower it */
    struct summary summary = soak_summary(0.30, 2.5, 0.90, 200);
    summary.slippage_bps_p95 = value_of(2.6);
    propose(&summary, 0);
    ck_assert_uint_eq(soak.proposal.count, 1);
    assert_line("tail_age_ms", RULE_DRIVER_SLIPPAGE, 30, 630);
}
END_TEST

START_TEST(a_step_stops_at_the_rules_limit_and_at_the_bound)
{
    soak_set(&soak, "impact_cap_ratio", 0.092);
    soak_set(&soak, "min_interval_ms", 73);
    propose_kpis(0.50, 2.5, 0.90, 200);
    assert_line("impact_cap_ratio", RULE_MODERATE, -0.005, 0.09);
    assert_line("min_interval_ms", RULE_MODERATE, 5, 75);
    soak_set(&soak, "tail_age_ms", 780);
    propose_kpis(0.30, 3.5, 0.90, 335);
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 800);
    soak_set(&soak, "tail_age_ms", 800);
    propose_kpis(0.30, 3.5, 0.90, 335);
    ck_assert_uint_eq(soak.proposal.count, 1);
}
END_TEST

/* A limit outside the bounds and a value outside both: no target can respect all three. */
START_TEST(a_limit_outside_the_bounds)
{
    soak_set(&soak, "impact_cap_ratio", 0.20);
    propose_kpis(0.50, 2.5, 0.90, 200);
    assert_line("impact_cap_ratio", RULE_MODERATE, -0.005, 0.12); /* down into the bounds */
    soak.policy.rule[RULE_MODERATE].step[1].limit = value_of(0.13);
    propose_kpis(0.50, 2.5, 0.90, 200);
    ck_assert_ptr_null(proposal_find(&soak.proposal, "impact_cap_ratio"));
}
END_TEST

START_TEST(a_default_below_its_floor_lands_on_the_floor)
{
    struct summary summary = soak_summary(0.30, 2.5, 0.90, 200);
    summary.slippage_bps_p95 = value_of(2.6);
    propose(&summary, 0);
    assert_line("base_spread_bps_delta", RULE_DRIVER_SLIPPAGE, 0.02, 0.08);
}
END_TEST

START_TEST(maker_boost_and_its_conditions)
{
    propose_kpis(0.40, 2.7, 0.8499, 200);
    ck_assert_uint_eq(soak.proposal.count, 4); /* at 0.40 MODERATE has min_interval */
    propose_kpis(0.39, 2.7, 0.8499, 200);
    ck_assert_uint_eq(soak.proposal.count, 3);
    assert_line("base_spread_bps", RULE_MAKER_BOOST, 0.015, 0.135);
    assert_line("replace_rate_per_min", RULE_MAKER_BOOST, -45, 255);
    assert_line("min_interval_ms", RULE_MAKER_BOOST, 25, 80);
    propose_kpis(0.39, 2.7, 0.85, 200);
    assert_stable();
    propose_kpis(0.39, 2.69, 0.80, 200);
    assert_stable();
}
END_TEST

/* base_spread + min(0.015, half of it); the increment is told as asked, the target on its step. */
START_TEST(maker_boost_adds_at_most_half)
{
    soak_set(&soak, "base_spread_bps", 0.02);
    soak_set(&soak, "replace_rate_per_min", 241);
    propose_kpis(0.30, 3.5, 0.80, 200);
    assert_line("base_spread_bps", RULE_MAKER_BOOST, 0.01, 0.05); /* floor */
    assert_line("replace_rate_per_min", RULE_MAKER_BOOST, -36.15, 205);
    soak_set(&soak, "base_spread_bps", -0.02); /* half of it would lower it */
    propose_kpis(0.30, 3.5, 0.80, 200);
    ck_assert_ptr_null(proposal_find(&soak.proposal, "base_spread_bps"));
    soak_set(&soak, "replace_rate_per_min", 204);
    propose_kpis(0.30, 3.5, 0.80, 200);
    assert_line("replace_rate_per_min", RULE_MAKER_BOOST, -30.6, 200);
}
END_TEST

START_TEST(drivers_need_risk_040_or_net_below_3)
{
    struct summary summary = soak_summary(0.39, 3.0, 0.90, 200);
    summary.adverse_bps_p95 = value_of(3.6);
    propose(&summary, 0);
    assert_stable();
    summary.kpi[KPI_NET] = value_of(2.99);
    propose(&summary, 0);
    ck_assert_uint_eq(soak.proposal.count, 2);
    assert_line("impact_cap_ratio", RULE_DRIVER_ADVERSE, -0.01, 0.09);
    assert_line("max_delta_ratio", RULE_DRIVER_ADVERSE, -0.01, 0.14);
    summary.adverse_bps_p95 = value_of(3.5);
    propose(&summary, 0);
    assert_stable();
    summary.slippage_bps_p95 = value_of(2.5);
    propose(&summary, 0);
    assert_stable();
    summary.slippage_bps_p95 = value_of(2.51);
    propose(&summary, 0);
    ck_assert_uint_eq(soak.proposal.count, 2);
    summary.kpi[KPI_NET] = value_of(3.0);
    summary.kpi[KPI_RISK] = value_of(0.40);
    propose(&summary, 0);
    assert_line("base_spread_bps_delta", RULE_DRIVER_SLIPPAGE, 0.02, 0.08);
}
END_TEST

START_TEST(the_first_rule_that_names_a_parameter_wins)
{
    struct summary summary = soak_summary(0.65, 2.5, 0.90, 370);
    summary.adverse_bps_p95 = value_of(5);
    summary.slippage_bps_p95 = value_of(5);
    propose(&summary, 0);
    ck_assert_uint_eq(soak.proposal.count, 6);
    assert_line("impact_cap_ratio", RULE_AGGRESSIVE, -0.01, 0.09);
    assert_line("tail_age_ms", RULE_AGGRESSIVE, 30, 630);
    assert_line("concurrency_limit", RULE_LATENCY_HARD, -2, 8);
    assert_line("max_delta_ratio", RULE_DRIVER_ADVERSE, -0.01, 0.14);
    assert_line("base_spread_bps_delta", RULE_DRIVER_SLIPPAGE, 0.02, 0.08);
}
END_TEST

/* MODERATE, at its limit of 0.09, does not name impact_cap; so DRIVER may. */
START_TEST(a_rule_at_its_limit_leaves_the_parameter_to_the_next)
{
    struct summary summary = soak_summary(0.50, 2.5, 0.90, 200);
    soak_set(&soak, "impact_cap_ratio", 0.09);
    summary.adverse_bps_p95 = value_of(5);
    propose(&summary, 0);
    assert_line("impact_cap_ratio", RULE_DRIVER_ADVERSE, -0.01, 0.08);
}
END_TEST

START_TEST(missing_and_synthetic_values_meet_no_condition)
{
    propose_kpis(NAN, 3.5, 0.90, 335);
    ck_assert_uint_eq(soak.proposal.count, 2); /* the latency rule asks for no risk */
    struct summary summary = soak_summary(0.30, 3.5, 0.60, 200);
    summary.kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    propose(&summary, 0);
    assert_stable();
    summary = soak_summary(NAN, 2.5, NAN, NAN);
    summary.adverse_bps_p95 = summary.slippage_bps_p95 = value_missing();
    propose(&summary, 0);
    assert_stable();
    summary = soak_summary(NAN, 3.5, 0.90, 200);
    summary.adverse_bps_p95 = value_of(5);
    propose(&summary, 0);
    assert_stable();
}
END_TEST

START_TEST(without_net_bps_there_is_no_proposal)
{
    struct summary summary = soak_summary(0.70, NAN, 0.50, 400);
    summary.adverse_bps_p95 = summary.slippage_bps_p95 = value_of(9);
    propose(&summary, 5);
    assert_stable();
    ck_assert(!soak.proposal.fallback_fired);
    summary.kpi[KPI_NET] = (struct value){-1.0, VALUE_STALE};
    propose(&summary, 5);
    assert_stable();
}
END_TEST

START_TEST(normalize_only_where_the_policy_turns_it_on)
{
    propose_kpis(0.30, 3.5, 0.90, 200);
    assert_stable();
    soak.policy.rule[RULE_NORMALIZE].enabled = true;
    soak_set(&soak, "impact_cap_ratio", 0.098);
    propose_kpis(0.30, 3.5, 0.90, 200);
    assert_line("min_interval_ms", RULE_NORMALIZE, -3, 57);
    assert_line("impact_cap_ratio", RULE_NORMALIZE, 0.005, 0.1);
    soak_set(&soak, "impact_cap_ratio", 0.11);
    soak_set(&soak, "min_interval_ms", 52);
    propose_kpis(0.30, 3.5, 0.90, 200);
    ck_assert_uint_eq(soak.proposal.count, 1);
    assert_line("min_interval_ms", RULE_NORMALIZE, -3, 50);
    propose_kpis(0.35, 3.5, 0.90, 200);
    assert_stable();
    propose_kpis(0.30, 3.5, 0.90, 330); /* NORMALIZE asks for p95 < 330 */
    assert_line("tail_age_ms", RULE_LATENCY_BUFFER, 50, 650);
    ck_assert_ptr_null(proposal_find(&soak.proposal, "min_interval_ms"));
}
END_TEST

START_TEST(a_disabled_rule_is_silent)
{
    soak.policy.rule[RULE_AGGRESSIVE].enabled = false;
    propose_kpis(0.70, 2.5, 0.90, 200);
    assert_stable();
}
END_TEST

START_TEST(a_parameter_without_value_and_default_is_not_moved)
{
    soak.policy.rule[RULE_MODERATE].step[0].param = soak_param(&soak, "max_age_ms");
    propose_kpis(0.50, 2.5, 0.90, 200);
    ck_assert_uint_eq(soak.proposal.count, 1);
    ck_assert_str_eq(soak.proposal.delta[0].name, "impact_cap_ratio");
}
END_TEST

/* A limit that is off the step is approached, never passed. */
START_TEST(a_limit_between_steps_is_not_passed)
{
    soak.policy.rule[RULE_MODERATE].step[0].limit = value_of(64.6);
    soak.policy.rule[RULE_MODERATE].step[1].limit = value_of(0.09804);
    propose_kpis(0.50, 2.5, 0.90, 200);
    assert_line("min_interval_ms", RULE_MODERATE, 5, 64);
    assert_line("impact_cap_ratio", RULE_MODERATE, -0.005, 0.0981);
}
END_TEST

START_TEST(rationale_and_whys_name_value_and_limit)
{
    struct summary summary = soak_summary(0.65, 2.5, 0.90, 200);
    summary.adverse_bps_p95 = value_of(5);
    propose(&summary, 0);
    ck_assert_str_eq(soak_line(&soak, "impact_cap_ratio")->why,
                     "risk 0.65 >= 0.6: impact_cap_ratio -0.01 (limit 0.08)");
    ck_assert_str_eq(soak.proposal.rationale,
                     "AGGRESSIVE risk 0.65 >= 0.6: min_interval_ms +5 (limit 80), "
                     "impact_cap_ratio -0.01 (limit 0.08), tail_age_ms +30 (limit 800) | "
                     "DRIVER adverse p95 5 > 3.5, risk 0.65 >= 0.4: max_delta_ratio -0.01 "
                     "(limit 0.1)");
    summary = soak_summary(0.30, -0.8, 0.90, 200);
    propose(&summary, 2);
    ck_assert_str_eq(soak_line(&soak, "tail_age_ms")->why,
                     "net -0.8 < 0 in 2 iterations running: tail_age_ms +100");
}
END_TEST

Suite *tuner_suite(void)
{
    const TTest *const tests[] = {
        p95_335_with_risk_030_and_net_35_proposes_latency_buffer,
        p95_365_proposes_latency_hard,
        latency_limits_are_inclusive,
        concurrency_is_rounded_down_and_stays_at_least_1,
        fallback_stands_alone,
        fallback_waits_for_the_second_loss,
        fallback_at_its_limits,
        aggressive_from_060_moderate_from_040,
        a_rule_never_moves_against_its_direction,
        a_step_stops_at_the_rules_limit_and_at_the_bound,
        a_limit_outside_the_bounds,
        a_default_below_its_floor_lands_on_the_floor,
        maker_boost_and_its_conditions,
        maker_boost_adds_at_most_half,
        drivers_need_risk_040_or_net_below_3,
        the_first_rule_that_names_a_parameter_wins,
        a_rule_at_its_limit_leaves_the_parameter_to_the_next,
        missing_and_synthetic_values_meet_no_condition,
        without_net_bps_there_is_no_proposal,
        normalize_only_where_the_policy_turns_it_on,
        a_disabled_rule_is_silent,
        a_parameter_without_value_and_default_is_not_moved,
        a_limit_between_steps_is_not_passed,
        rationale_and_whys_name_value_and_limit,
        NULL,
    };
    Suite *suite = suite_create("tuner");
    TCase *tcase = tcase_create("tuner");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
