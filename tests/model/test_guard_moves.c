/* test_guard_moves: oscillation, velocity and state oscillation (ENGINE section 6, 2, 3 and 5). */
#include "config.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include "soak.h"

static struct soak soak;
static struct summary idle;

static void setup(void)
{
    soak_init(&soak);
    soak_set(&soak, "cooldown_iters", 0);
    idle = soak_idle();
}

static void teardown(void)
{
    soak_fini(&soak);
}

/* Applied by a safety rule: past all guards, and yet history. */
static void apply(const char *name, double target)
{
    ck_assert(soak_propose(&soak, &idle, RULE_AGGRESSIVE, name, target)->applied);
}

/* An ordinary rule's line; the guard that blocks it. */
static enum guard propose(const char *name, double target)
{
    soak_propose(&soak, &idle, RULE_MODERATE, name, target);
    return soak.proposal.delta[0].guard;
}

static void wait_iterations(int count)
{
    for (int i = 0; i < count; i++)
        soak_iterate(&soak, &idle);
}

START_TEST(to_and_fro_is_blocked)
{
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 60);
    soak_set(&soak, "velocity_cap", 1);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_OSCILLATION);
    ck_assert(soak.report.oscillation_detected);
    ck_assert_uint_eq(soak.report.skip, SKIP_OSCILLATION);
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
    ck_assert_str_eq(soak.report.note,
                     "oscillation: min_interval_ms 60 -> 65: 2 reversals in the last 8 values "
                     "(limit 2), 5 of 15 gained (limit 7.5)");
}
END_TEST

START_TEST(one_reversal_is_not)
{
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 70);
    soak_set(&soak, "velocity_cap", 1);
    ck_assert_int_eq(propose("min_interval_ms", 68), GUARD_NONE);
    ck_assert(!soak.report.oscillation_detected);
}
END_TEST

/* 500, 550, 540, 800: two reversals, but 300 of 320 gained. */
START_TEST(progress_with_reversals_is_not)
{
    soak_set(&soak, "tail_age_ms", 500);
    soak_set(&soak, "velocity_cap", 1);
    apply("tail_age_ms", 550);
    apply("tail_age_ms", 540);
    wait_iterations(2);
    ck_assert_int_eq(propose("tail_age_ms", 800), GUARD_NONE);
}
END_TEST

/* 600, 620, 610 and 620: 20 of 40 gained, just half; with 621 it is 21 of 41. */
START_TEST(half_of_the_path_is_still_blocked)
{
    apply("tail_age_ms", 620);
    apply("tail_age_ms", 610);
    soak.observe = true;
    ck_assert_int_eq(propose("tail_age_ms", 620), GUARD_OSCILLATION);
    ck_assert_int_eq(propose("tail_age_ms", 621), GUARD_NONE);
}
END_TEST

START_TEST(the_window_is_of_iterations_the_target_included)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 60);
    wait_iterations(4); /* iterations 3 to 6 with 60; 7: 65 in force at 2 is the 7th value back */
    soak_set(&soak, "oscillation_window", 8);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_OSCILLATION); /* iteration 7: 1..7 */
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 8);
    /* iteration 8 sees 2..8: 65, 60, 65: one reversal; but the state as a whole comes back */
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_STATE_OSCILLATION);
}
END_TEST

START_TEST(oscillation_window_is_a_parameter_in_force)
{
    soak_set(&soak, "velocity_cap", 1);
    soak_set(&soak, "oscillation_window", 3);
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 60);
    wait_iterations(1);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_STATE_OSCILLATION); /* 3, 4, target */
    wait_iterations(1);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_NONE);
}
END_TEST

/* A value that was in force between two iterations was in force. */
START_TEST(what_an_operator_rolled_back_was_in_force)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    soak_rollback(&soak);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_OSCILLATION);
}
END_TEST

START_TEST(proposals_that_were_not_applied_do_not_count)
{
    soak.observe = true;
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_NONE);
        ck_assert_int_eq(propose("min_interval_ms", 80), GUARD_NONE);
    }
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
}
END_TEST

/* velocity_cap 0.75 of 40..80: 30 in three iterations. */
START_TEST(velocity_counts_the_last_two_iterations_and_this_one)
{
    ck_assert_int_eq(propose("min_interval_ms", 70), GUARD_NONE);
    ck_assert_int_eq(propose("min_interval_ms", 80), GUARD_NONE);
    soak_set(&soak, "velocity_cap", 0.5); /* 20 */
    ck_assert_int_eq(propose("min_interval_ms", 79), GUARD_VELOCITY);
    ck_assert(soak.report.velocity_violation);
    ck_assert_uint_eq(soak.report.skip, SKIP_VELOCITY);
    ck_assert_str_eq(soak.report.note,
                     "velocity: min_interval_ms 80 -> 79: moves 21 in 3 iterations (20 applied "
                     "before), limit 20");
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 4);
    ck_assert_int_eq(propose("min_interval_ms", 79), GUARD_NONE); /* 10 in the last two */
}
END_TEST

START_TEST(velocity_at_its_limit_passes)
{
    soak_set(&soak, "min_interval_ms", 45);
    ck_assert_int_eq(propose("min_interval_ms", 76), GUARD_VELOCITY); /* 31 */
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 0);            /* never */
    ck_assert_int_eq(propose("min_interval_ms", 75), GUARD_NONE);     /* 30 */
}
END_TEST

START_TEST(velocity_does_not_keep_itself_shut)
{
    apply("min_interval_ms", 80);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_VELOCITY);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 4);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_VELOCITY);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 4);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_NONE);
}
END_TEST

START_TEST(velocity_counts_what_others_moved)
{
    soak_iterate(&soak, &idle);
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 80);
    ck_assert_int_eq(propose("min_interval_ms", 69), GUARD_VELOCITY);
    ck_assert_int_eq(propose("min_interval_ms", 70), GUARD_NONE);
}
END_TEST

START_TEST(velocity_from_a_default)
{
    ck_assert_int_eq(propose("base_spread_bps", 0.135), GUARD_NONE);
    soak_set(&soak, "velocity_cap", 0.03); /* 0.03 of 0.55 is 0.0165 */
    ck_assert_int_eq(propose("base_spread_bps", 0.15), GUARD_VELOCITY);
}
END_TEST

START_TEST(without_bounds_there_is_no_velocity)
{
    soak_set(&soak, "max_delta_per_hour", 1);
    ck_assert_int_eq(propose("max_delta_per_hour", 100000), GUARD_NONE);
}
END_TEST

START_TEST(a_state_that_was_left_does_not_come_back)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    ck_assert_int_eq(propose("min_interval_ms", 60), GUARD_STATE_OSCILLATION); /* A, B, A */
    ck_assert(soak.report.oscillation_detected);
    ck_assert_uint_eq(soak.report.skip, SKIP_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 9);
    ck_assert_str_eq(soak.report.note,
                     "state_oscillation: min_interval_ms 65 -> 60: would bring back the state of "
                     "iteration 1, 1 iterations ago (limit 8)");
    ck_assert_int_eq(propose("min_interval_ms", 61), GUARD_NONE);
}
END_TEST

/* The window holds 8 iterations, this one included: at 8 it begins with 1, at 9 with 2. */
START_TEST(the_state_window_is_of_iterations_this_one_included)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    wait_iterations(6);
    ck_assert_int_eq(propose("min_interval_ms", 60), GUARD_STATE_OSCILLATION);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 9);
    ck_assert_int_eq(propose("min_interval_ms", 60), GUARD_NONE);
}
END_TEST

/* The default and the same value written down are the same state. */
START_TEST(a_default_is_a_value)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("concurrency_limit", 9);
    ck_assert_int_eq(propose("concurrency_limit", 10), GUARD_STATE_OSCILLATION);
}
END_TEST

/* Another parameter that moved makes it another state. */
START_TEST(a_new_combination_is_a_new_state)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    ck_assert_int_eq(propose("min_interval_ms", 60), GUARD_NONE);
}
END_TEST

/* Also one that has neither value nor default: not set is not any number. */
START_TEST(a_parameter_that_was_set_since_is_a_new_state)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    soak_write_one(&soak, CHANGE_EXTERNAL, "max_age_ms", 500);
    ck_assert_int_eq(propose("min_interval_ms", 60), GUARD_NONE);
}
END_TEST

/* Set from nothing is no distance: 50000 of 60000 would use up more than 0.75 of the range. */
START_TEST(a_first_value_is_no_movement)
{
    soak_iterate(&soak, &idle);
    soak_write_one(&soak, CHANGE_EXTERNAL, "max_age_ms", 50000);
    ck_assert_int_eq(propose("max_age_ms", 50100), GUARD_NONE);
}
END_TEST

/* A failed iteration may lack its parameters; the changes tell what was in force. */
START_TEST(a_failed_iteration_without_parameters_leaves_no_hole)
{
    soak_set(&soak, "velocity_cap", 1);
    soak_iterate(&soak, NULL);
    free(soak.run.iteration[0]->params);
    soak.run.iteration[0]->params = NULL;
    soak.run.iteration[0]->param_count = 0;
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 65);
    apply("min_interval_ms", 60);
    ck_assert_int_eq(propose("min_interval_ms", 65), GUARD_OSCILLATION);
    ck_assert_ptr_null(strstr(soak.report.note, "cannot be read"));
}
END_TEST

START_TEST(an_operators_edit_is_what_is_judged)
{
    soak_set(&soak, "velocity_cap", 1);
    apply("min_interval_ms", 65);
    int param = soak_param(&soak, "min_interval_ms");
    soak.proposal = (struct proposal){.count = 1};
    soak.proposal.delta[0] = (struct delta){
        .param = param, .rule = RULE_MODERATE, .now = 65, .target = 61, .after = 60};
    struct guard_context context = {.run = &soak.run,
                                    .iteration = 2,
                                    .summary = &idle,
                                    .values = soak.values,
                                    .policy = &soak.policy,
                                    .table = &soak.table};
    guard_check(&soak.proposal, &soak.report, &context);
    ck_assert_int_eq(soak.proposal.delta[0].guard, GUARD_STATE_OSCILLATION);
}
END_TEST

Suite *guard_moves_suite(void)
{
    const TTest *const tests[] = {
        to_and_fro_is_blocked,
        one_reversal_is_not,
        progress_with_reversals_is_not,
        half_of_the_path_is_still_blocked,
        the_window_is_of_iterations_the_target_included,
        oscillation_window_is_a_parameter_in_force,
        what_an_operator_rolled_back_was_in_force,
        proposals_that_were_not_applied_do_not_count,
        velocity_counts_the_last_two_iterations_and_this_one,
        velocity_at_its_limit_passes,
        velocity_does_not_keep_itself_shut,
        velocity_counts_what_others_moved,
        velocity_from_a_default,
        without_bounds_there_is_no_velocity,
        a_state_that_was_left_does_not_come_back,
        the_state_window_is_of_iterations_this_one_included,
        a_default_is_a_value,
        a_new_combination_is_a_new_state,
        a_parameter_that_was_set_since_is_a_new_state,
        a_first_value_is_no_movement,
        a_failed_iteration_without_parameters_leaves_no_hole,
        an_operators_edit_is_what_is_judged,
        NULL,
    };
    Suite *suite = suite_create("guard_moves");
    TCase *tcase = tcase_create("guard_moves");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
