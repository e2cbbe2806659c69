/* test_guard: the order of the guards, who is exempt, gaps, late, no_op, and FALLBACK's streak. */
#include "config.h"

#include "suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "soak.h"

static struct soak soak;
static struct summary steady, idle;

static void setup(void)
{
    soak_init(&soak);
    steady = soak_steady();
    idle = soak_idle();
}

static void teardown(void)
{
    soak_fini(&soak);
}

static enum guard propose_as(enum rule rule, const char *name, double target)
{
    soak_propose(&soak, &idle, rule, name, target);
    return soak.proposal.delta[0].guard;
}

/* Guards what stands in soak.proposal, as iteration count + 1. */
static void check_lines(bool final)
{
    struct guard_context context = {.run = &soak.run,
                                    .iteration = (int)soak.run.count + 1,
                                    .summary = &idle,
                                    .values = soak.values,
                                    .final = final,
                                    .policy = &soak.policy,
                                    .table = &soak.table};
    guard_check(&soak.proposal, &soak.report, &context);
}

static struct delta *add_line(enum rule rule, const char *name, double target)
{
    struct delta *delta = &soak.proposal.delta[soak.proposal.count++];
    int param = soak_param(&soak, name);
    *delta = (struct delta){.param = param, .rule = rule, .target = target, .after = target};
    delta->now = value_present(soak.values[param]) ? soak.values[param].number
                                                   : soak.table.param[param].assumed.number;
    snprintf(delta->name, sizeof delta->name, "%s", name);
    return delta;
}

/* Frozen, oscillating, too fast and cooling down at once: freeze is the first to say so. */
START_TEST(what_one_blocks_the_next_does_not_see)
{
    soak_set(&soak, "velocity_cap", 0.1); /* 0.004 of impact_cap's 0.04 */
    soak_propose(&soak, &steady, RULE_AGGRESSIVE, "impact_cap_ratio", 0.09);
    soak_propose(&soak, &steady, RULE_AGGRESSIVE, "impact_cap_ratio", 0.10);
    soak_rollback(&soak);
    soak_rollback(&soak);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_FREEZE);
    ck_assert_uint_eq(soak.report.skip, SKIP_FREEZE);
    soak.policy.guard.frozen_count = 0;
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_OSCILLATION);
    soak.policy.guard.oscillation_reversals = 99;
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_VELOCITY);
    soak_set(&soak, "velocity_cap", 1);
    soak.policy.guard.velocity_iterations = 0;
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_COOLDOWN);
    ck_assert(!soak.report.velocity_violation && !soak.report.oscillation_detected);
}
END_TEST

START_TEST(state_oscillation_comes_before_late)
{
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "impact_cap_ratio", 0.095);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.10);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.099);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_LATE);
}
END_TEST

START_TEST(cooldown_comes_before_state_oscillation)
{
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "impact_cap_ratio", 0.095);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "tail_age_ms", 630);
    soak_rollback(&soak);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.10);
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_COOLDOWN);
    soak_set(&soak, "cooldown_iters", 0);
    soak.run.iteration[0]->params[soak_param(&soak, "cooldown_iters")] = value_of(0);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.10);
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
}
END_TEST

START_TEST(late_comes_before_no_op)
{
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    check_lines(true);
    ck_assert_uint_eq(soak.report.skip, SKIP_LATE);
}
END_TEST

START_TEST(some_are_blocked_and_others_pass)
{
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady); /* freezes 3..6 */
    struct summary summary = idle;
    summary.adverse_bps_p95 = value_of(5);
    summary.slippage_bps_p95 = value_of(5);
    const struct iteration *iteration = soak_iterate(&soak, &summary);
    ck_assert_uint_eq(iteration->delta_count, 4);
    ck_assert_int_eq(soak_line(&soak, "impact_cap_ratio")->state, DELTA_BLOCKED);
    ck_assert_int_eq(soak_line(&soak, "max_delta_ratio")->state, DELTA_BLOCKED);
    ck_assert_int_eq(soak_line(&soak, "tail_age_ms")->state, DELTA_APPLIED);
    ck_assert(iteration->applied);
    ck_assert_uint_eq(iteration->skip, SKIP_FREEZE);
    ck_assert_double_eq(soak_value(&soak, "impact_cap_ratio"), 0.10);
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 630);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "freeze: impact_cap_ratio"));
    ck_assert_ptr_nonnull(strstr(soak.report.note, "; freeze: max_delta_ratio"));
}
END_TEST

/* FALLBACK, AGGRESSIVE and LATENCY_HARD: neither freeze nor oscillation nor velocity nor state. */
START_TEST(safety_rules_pass_the_guards)
{
    static const enum rule rules[] = {RULE_FALLBACK, RULE_AGGRESSIVE, RULE_LATENCY_HARD};
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    for (size_t i = 0; i < 9; i++) {
        double target = i % 2 ? 0.12 : 0.08;
        ck_assert_int_eq(propose_as(rules[i % 3], "impact_cap_ratio", target), GUARD_NONE);
        ck_assert_double_eq(soak_value(&soak, "impact_cap_ratio"), target);
    }
    ck_assert_int_eq(propose_as(RULE_MODERATE, "impact_cap_ratio", 0.12), GUARD_OSCILLATION);
}
END_TEST

START_TEST(an_operators_edit_is_no_longer_safetys)
{
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    soak.proposal = (struct proposal){0};
    add_line(RULE_AGGRESSIVE, "impact_cap_ratio", 0.09)->after = 0.12;
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_FREEZE);
}
END_TEST

START_TEST(decided_lines_are_passed_over)
{
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09)->state = DELTA_REJECTED;
    add_line(RULE_MODERATE, "tail_age_ms", 630);
    check_lines(true);
    ck_assert_int_eq(soak.proposal.delta[0].state, DELTA_REJECTED);
    ck_assert_int_eq(soak.proposal.delta[1].guard, GUARD_LATE);
}
END_TEST

START_TEST(the_last_iteration_is_late_for_everybody)
{
    soak.planned = 2;
    ck_assert_int_eq(propose_as(RULE_FALLBACK, "tail_age_ms", 700), GUARD_NONE);
    ck_assert_int_eq(propose_as(RULE_FALLBACK, "tail_age_ms", 720), GUARD_LATE);
    ck_assert_uint_eq(soak.report.skip, SKIP_LATE);
    ck_assert_str_eq(soak.report.note, "late: tail_age_ms 700 -> 720: final iteration");
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 700);
}
END_TEST

START_TEST(no_op_only_if_nothing_would_change)
{
    char hash[HASH_TEXT_MAX];
    soak_iterate(&soak, &idle);
    snprintf(hash, sizeof hash, "%s", soak.run.params_hash);
    ck_assert_int_eq(propose_as(RULE_FALLBACK, "tail_age_ms", 600), GUARD_NO_OP);
    ck_assert_uint_eq(soak.report.skip, SKIP_NO_OP);
    ck_assert(!run_last(&soak.run)->applied);
    ck_assert_str_eq(soak.run.params_hash, hash);
    ck_assert_str_eq(soak.report.note, "no_op: tail_age_ms 600 -> 600: is in force already");
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 600), GUARD_NO_OP);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    add_line(RULE_MODERATE, "min_interval_ms", 65);
    check_lines(false);
    ck_assert_uint_eq(soak.report.skip, 0);
    ck_assert_uint_eq(proposal_count(&soak.proposal, DELTA_PROPOSED), 2);
}
END_TEST

START_TEST(a_blocked_line_does_not_make_up_for_a_no_op)
{
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09); /* frozen */
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[1].guard, GUARD_NO_OP);
    ck_assert_uint_eq(soak.report.skip, SKIP_FREEZE | SKIP_NO_OP);
}
END_TEST

/* All of them are blocked, but a safety rule's line stays. */
START_TEST(state_oscillation_takes_the_state_as_a_whole)
{
    soak_set(&soak, "velocity_cap", 1);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "tail_age_ms", 630);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "min_interval_ms", 65);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    add_line(RULE_MODERATE, "min_interval_ms", 60);
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[1].guard, GUARD_STATE_OSCILLATION);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    add_line(RULE_LATENCY_HARD, "min_interval_ms", 60);
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[1].state, DELTA_PROPOSED);
}
END_TEST

/* What another guard blocked does not belong to the state that would result. */
START_TEST(the_state_is_that_of_the_targets_still_left)
{
    soak_set(&soak, "velocity_cap", 1);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "tail_age_ms", 630);
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "tail_age_ms", 600);
    add_line(RULE_MODERATE, "impact_cap_ratio", 0.09); /* frozen */
    check_lines(false);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[1].guard, GUARD_FREEZE);
    ck_assert_uint_eq(soak.report.skip, SKIP_FREEZE | SKIP_OSCILLATION);
}
END_TEST

START_TEST(a_gap_blocks_what_is_not_safetys)
{
    soak_iterate(&soak, &idle);
    soak_gap(&soak); /* 2 */
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 9);
    ck_assert_str_eq(soak.report.note, "oscillation: tail_age_ms 600 -> 630: iteration 2 cannot be "
                                       "read, and the guard looks back 6 iterations");
    ck_assert_int_eq(propose_as(RULE_AGGRESSIVE, "tail_age_ms", 630), GUARD_NONE);
    for (int number = 5; number <= 8; number++)
        ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 640), GUARD_OSCILLATION);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 640), GUARD_STATE_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 10);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 640), GUARD_NONE);
}
END_TEST

/* Each guard fails closed by itself. */
START_TEST(velocity_and_cooldown_see_the_gap_too)
{
    soak_set(&soak, "oscillation_window", 3); /* sees one iteration back, state two */
    soak_iterate(&soak, &idle);
    soak_gap(&soak);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_OSCILLATION);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_VELOCITY);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 5);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 6);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

START_TEST(missing_records_and_parameters_are_gaps)
{
    soak_iterate(&soak, &idle);
    free(soak.run.iteration[0]->params);
    soak.run.iteration[0]->params = NULL;
    soak.run.iteration[0]->param_count = 0;
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_OSCILLATION);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "iteration 1 cannot be read"));
    soak_fini(&soak);
    soak_init(&soak);
    soak.proposal = (struct proposal){0};
    add_line(RULE_MODERATE, "tail_age_ms", 630);
    struct guard_context context = {.run = &soak.run, /* empty */
                                    .iteration = 2,
                                    .summary = &idle,
                                    .values = soak.values,
                                    .policy = &soak.policy,
                                    .table = &soak.table};
    guard_check(&soak.proposal, &soak.report, &context);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_OSCILLATION);
}
END_TEST

/* A change of which only the hashes are known. */
START_TEST(a_change_without_values_is_a_gap)
{
    soak_set(&soak, "oscillation_window", 3);
    for (int i = 0; i < 3; i++)
        soak_iterate(&soak, &idle);
    struct change change = {.kind = CHANGE_EXTERNAL, .after_iteration = 2};
    run_add_change(&soak.run, &change, 0);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_VELOCITY);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "iteration 2 cannot be read"));
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

START_TEST(failed_iterations_are_no_gaps)
{
    soak_iterate(&soak, NULL);
    soak_iterate(&soak, NULL);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

START_TEST(a_guard_without_its_setting_blocks)
{
    soak.policy.guard.velocity_cap = -1;
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_VELOCITY);
    ck_assert_str_eq(soak.report.note, "velocity: tail_age_ms 600 -> 630: the guard needs "
                                       "velocity_cap, which has no value");
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 0);
    soak.policy.guard.cooldown_iters = -1;
    soak.policy.guard.velocity_cap = soak_param(&soak, "velocity_cap");
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
    ck_assert(soak.report.cooldown_active);
    soak.policy.guard.oscillation_window = -1;
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_OSCILLATION);
    ck_assert_int_eq(propose_as(RULE_AGGRESSIVE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

/* A setting outside its bounds counts as the bound: 5 for velocity_cap is 1. */
START_TEST(settings_are_held_within_their_bounds)
{
    soak_set(&soak, "velocity_cap", 5);
    soak_set(&soak, "min_interval_ms", 40);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "min_interval_ms", 41);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "min_interval_ms", 80.5), GUARD_VELOCITY);
    soak_set(&soak, "oscillation_window", -4);
    soak_set(&soak, "cooldown_iters", -4);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

static int streak_of(const char *letters, double net)
{
    struct summary current = soak_summary(0.3, net, 0.9, 200);
    soak_fini(&soak);
    soak_init(&soak);
    for (; *letters; letters++) {
        struct summary summary = soak_summary(0.3, *letters == '+' ? 0.0 : -1.0, 0.9, 200);
        if (*letters == 'n')
            summary.kpi[KPI_NET] = value_missing();
        if (*letters == 'g') {
            soak_gap(&soak);
            continue;
        }
        soak.observe = true;
        soak_iterate(&soak, *letters == 'f' ? NULL : &summary);
    }
    return guard_negative_streak(&soak.run, &current);
}

START_TEST(the_negative_streak)
{
    ck_assert_int_eq(streak_of("", -0.1), 1);
    ck_assert_int_eq(streak_of("", 0.0), 0);
    ck_assert_int_eq(streak_of("-", -0.1), 2);
    ck_assert_int_eq(streak_of("+", -0.1), 1);
    ck_assert_int_eq(streak_of("-+", -0.1), 1);
    ck_assert_int_eq(streak_of("-", 1.0), 0);
    ck_assert_int_eq(streak_of("-f", -0.1), 2); /* failed ones leave it as it is */
    ck_assert_int_eq(streak_of("-fn", -0.1), 2);
    ck_assert_int_eq(streak_of("f", -0.1), 1);
    ck_assert_int_eq(streak_of("-", (double)NAN), 1);
    ck_assert_int_eq(guard_negative_streak(&soak.run, NULL), 1);
}
END_TEST

/* -, - fires; the next two again: at 2, 4, 6. */
START_TEST(the_streak_restarts_when_fallback_fires)
{
    ck_assert_int_eq(streak_of("--", -0.1), 1);
    ck_assert_int_eq(streak_of("---", -0.1), 2);
    ck_assert_int_eq(streak_of("----", -0.1), 1);
    streak_of("------", -0.1);
    for (int number = 1; number <= 6; number++)
        ck_assert_int_eq(run_iteration(&soak.run, number)->fallback_fired, number % 2 == 0);
    struct iteration *sixth = soak.run.iteration[5];
    struct summary current = soak_summary(0.3, -1.0, 0.9, 200);
    sixth->fallback_fired = false; /* a record from a file: told by its lines */
    ck_assert_uint_gt(sixth->delta_count, 0);
    ck_assert_int_eq(guard_negative_streak(&soak.run, &current), 1);
}
END_TEST

/* It fires also where all that it would move is at its limit. */
START_TEST(a_fallback_that_moves_nothing_restarts_the_streak)
{
    struct summary loss = soak_summary(0.3, -1.0, 0.9, 200);
    soak_set(&soak, "min_interval_ms", 80);
    soak_set(&soak, "replace_rate_per_min", 200);
    soak_set(&soak, "base_spread_bps_delta", 0.25);
    soak_set(&soak, "tail_age_ms", 700);
    soak_iterate(&soak, &loss);
    soak_iterate(&soak, &loss);
    ck_assert(run_last(&soak.run)->fallback_fired);
    ck_assert_uint_eq(run_last(&soak.run)->delta_count, 0);
    ck_assert_int_eq(guard_negative_streak(&soak.run, &loss), 1);
}
END_TEST

Suite *guard_suite(void)
{
    const TTest *const tests[] = {
        what_one_blocks_the_next_does_not_see,
        state_oscillation_comes_before_late,
        cooldown_comes_before_state_oscillation,
        late_comes_before_no_op,
        some_are_blocked_and_others_pass,
        safety_rules_pass_the_guards,
        an_operators_edit_is_no_longer_safetys,
        decided_lines_are_passed_over,
        the_last_iteration_is_late_for_everybody,
        no_op_only_if_nothing_would_change,
        a_blocked_line_does_not_make_up_for_a_no_op,
        state_oscillation_takes_the_state_as_a_whole,
        the_state_is_that_of_the_targets_still_left,
        a_gap_blocks_what_is_not_safetys,
        velocity_and_cooldown_see_the_gap_too,
        missing_records_and_parameters_are_gaps,
        a_change_without_values_is_a_gap,
        failed_iterations_are_no_gaps,
        a_guard_without_its_setting_blocks,
        settings_are_held_within_their_bounds,
        the_negative_streak,
        the_streak_restarts_when_fallback_fires,
        a_fallback_that_moves_nothing_restarts_the_streak,
        NULL,
    };
    Suite *suite = suite_create("guard");
    TCase *tcase = tcase_create("guard");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
