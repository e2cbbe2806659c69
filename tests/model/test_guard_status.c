/* test_guard_status: what the guards panel says, with real numbers. */
#include "config.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include "soak.h"

static struct soak soak;
static struct summary steady, idle;
static struct guard_status status[GUARD_COUNT];

static void setup(void)
{
    soak_init(&soak);
    steady = soak_steady();
    idle = soak_idle();
    run_set_params(&soak.run, soak.values, soak.table.count, "");
}

static void teardown(void)
{
    soak_fini(&soak);
}

static void fill(int number)
{
    guard_status_fill(status, &soak.run, number, &soak.policy, &soak.table);
}

static void assert_status(enum guard guard, bool active, int clears_at, int last_at,
                          const char *text)
{
    ck_assert_int_eq(status[guard].guard, guard);
    ck_assert_str_eq(status[guard].text, text);
    ck_assert_int_eq(status[guard].active, active);
    ck_assert_int_eq(status[guard].clears_at, clears_at);
    ck_assert_int_eq(status[guard].last_at, last_at);
}

START_TEST(a_new_run)
{
    fill(0);
    assert_status(GUARD_FREEZE, false, 0, 0,
                  "starts after 2 iterations with risk <= 0.35 and net >= 2.7");
    assert_status(GUARD_OSCILLATION, false, 0, 0,
                  "no parameter went to and fro in the last 8 iterations");
    assert_status(GUARD_VELOCITY, false, 0, 0, "nothing moved in the last 2 iterations");
    assert_status(GUARD_COOLDOWN, false, 0, 0,
                  "no rollback and no change above 0.5 of a range lately");
    assert_status(GUARD_STATE_OSCILLATION, false, 0, 0,
                  "no earlier state came back in the last 8 iterations");
    assert_status(GUARD_LATE, false, 0, 0, "the run has no last iteration");
    assert_status(GUARD_NO_OP, false, 0, 0, "every proposal would have changed something");
}
END_TEST

START_TEST(freeze_on_and_until)
{
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    fill(0);
    assert_status(GUARD_FREEZE, true, 7, 2,
                  "impact_cap_ratio, max_delta_ratio until iteration 6 (started at 2)");
    for (int i = 0; i < 4; i++)
        soak_iterate(&soak, &idle);
    fill(0);
    ck_assert(!status[GUARD_FREEZE].active);
    ck_assert_int_eq(status[GUARD_FREEZE].last_at, 2);
    fill(7); /* not there yet: the newest */
    ck_assert_int_eq(status[GUARD_FREEZE].last_at, 2);
    fill(5); /* as it was then */
    ck_assert(status[GUARD_FREEZE].active);
    fill(1);
    ck_assert(!status[GUARD_FREEZE].active);
    ck_assert_int_eq(status[GUARD_FREEZE].last_at, 0);
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    fill(0);
    ck_assert_int_eq(status[GUARD_FREEZE].last_at, 8);
}
END_TEST

START_TEST(velocity_used_of_its_budget)
{
    int param = soak_param(&soak, "min_interval_ms");
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 75);
    soak_propose(&soak, &idle, RULE_MODERATE, "tail_age_ms", 630);
    fill(0);
    assert_status(GUARD_VELOCITY, false, 0, 0,
                  "min_interval_ms 15/30 used in the last 2 iterations");
    struct value used = guard_velocity_used(&soak.run, 3, param, &soak.policy, &soak.table);
    ck_assert_double_eq(used.number, 0.5);
    used = guard_velocity_used(&soak.run, 4, param, &soak.policy, &soak.table);
    ck_assert_double_eq(used.number, 0.0);
    used = guard_velocity_used(&soak.run, 3, soak_param(&soak, "max_delta_per_hour"), &soak.policy,
                               &soak.table);
    ck_assert(!value_present(used));
    fill(1);
    ck_assert_str_eq(status[GUARD_VELOCITY].text,
                     "min_interval_ms 15/30 used in the last 2 iterations");
}
END_TEST

START_TEST(velocity_used_up)
{
    soak_set(&soak, "min_interval_ms", 45);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 75);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 76);
    fill(0);
    assert_status(GUARD_VELOCITY, true, 4, 2,
                  "min_interval_ms 30/30 used in the last 2 iterations");
}
END_TEST

START_TEST(cooldown_left)
{
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    fill(0);
    assert_status(GUARD_COOLDOWN, true, 5, 0, "3 iterations left, until 4 (rollback at 1)");
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 65);
    fill(0);
    ck_assert(status[GUARD_COOLDOWN].active);
    soak_set(&soak, "oscillation_window", 3);
    soak_propose(&soak, &idle, RULE_MODERATE, "tail_age_ms", 630);
    fill(0);
    assert_status(GUARD_COOLDOWN, true, 5, 3, "1 iterations left, until 4 (rollback at 1)");
    soak_iterate(&soak, &idle);
    fill(0);
    ck_assert(!status[GUARD_COOLDOWN].active);
    ck_assert_int_eq(status[GUARD_COOLDOWN].last_at, 3);
}
END_TEST

START_TEST(the_last_oscillation)
{
    soak_set(&soak, "cooldown_iters", 0);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "min_interval_ms", 65);
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "min_interval_ms", 60);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 65);
    fill(0);
    assert_status(GUARD_OSCILLATION, true, 8, 3,
                  "last at 3: min_interval_ms 60 -> 65: 2 reversals in the last 8 values (limit "
                  "2), 5 of 15 gained (limit 7.5)");
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 61);
    soak_iterate(&soak, &idle);
    fill(0);
    ck_assert(!status[GUARD_OSCILLATION].active);
    ck_assert_int_eq(status[GUARD_OSCILLATION].clears_at, 0);
    ck_assert_int_ne(status[GUARD_OSCILLATION].last_at, 0);
}
END_TEST

START_TEST(late_is_known_one_iteration_ahead)
{
    soak.planned = soak.run.planned = 3;
    soak_iterate(&soak, &idle);
    fill(0);
    assert_status(GUARD_LATE, false, 0, 0, "proposals of iteration 3, the last, are only recorded");
    soak_iterate(&soak, &idle);
    fill(0);
    ck_assert(status[GUARD_LATE].active);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 65);
    fill(0);
    ck_assert_int_eq(status[GUARD_LATE].last_at, 3);
}
END_TEST

/* A directory of the Python pipeline: flags, but neither lines' guards nor parameters. */
START_TEST(a_run_without_parameters)
{
    soak_iterate(&soak, &idle);
    soak_iterate(&soak, &idle);
    for (size_t i = 0; i < 2; i++) {
        free(soak.run.iteration[i]->params);
        soak.run.iteration[i]->params = NULL;
        soak.run.iteration[i]->param_count = 0;
    }
    soak.run.iteration[1]->skip = SKIP_COOLDOWN | SKIP_VELOCITY;
    run_set_params(&soak.run, NULL, 0, "");
    fill(0);
    assert_status(GUARD_VELOCITY, false, 0, 2, "not known: no parameters were recorded");
    ck_assert_int_eq(status[GUARD_COOLDOWN].last_at, 2);
    ck_assert_int_eq(status[GUARD_LATE].last_at, 0);
    fill(1);
    assert_status(GUARD_VELOCITY, false, 0, 0, "not known: no parameters were recorded");
}
END_TEST

/* Both set the same flag; the line tells which it was. */
START_TEST(state_oscillation_is_not_oscillation)
{
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "min_interval_ms", 65);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 60);
    fill(0);
    ck_assert_int_eq(status[GUARD_OSCILLATION].last_at, 0);
    assert_status(GUARD_STATE_OSCILLATION, true, 9, 2,
                  "last at 2: min_interval_ms 65 -> 60: would bring back the state of iteration 1, "
                  "1 iterations ago (limit 8)");
}
END_TEST

/* An earlier moment does not know what came later. */
START_TEST(the_status_of_an_earlier_iteration)
{
    soak_propose(&soak, &idle, RULE_MODERATE, "tail_age_ms", 630);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 80);
    soak_rollback(&soak);
    fill(1);
    ck_assert_str_eq(status[GUARD_VELOCITY].text,
                     "tail_age_ms 30/225 used in the last 2 iterations");
    ck_assert(!status[GUARD_COOLDOWN].active);
    fill(0);
    ck_assert_str_eq(status[GUARD_VELOCITY].text,
                     "min_interval_ms 40/30 used in the last 2 iterations");
    ck_assert(status[GUARD_COOLDOWN].active);
    int param = soak_param(&soak, "min_interval_ms");
    soak_write_one(&soak, CHANGE_EXTERNAL, "velocity_cap", 1);
    soak_iterate(&soak, &idle);
    struct value used = guard_velocity_used(&soak.run, 3, param, &soak.policy, &soak.table);
    ck_assert_double_eq(used.number, 1.0); /* 40 of 40 now */
    used = guard_velocity_used(&soak.run, 2, soak_param(&soak, "tail_age_ms"), &soak.policy,
                               &soak.table);
    ck_assert_double_eq_tol(used.number, 30.0 / 225, 1e-12); /* 0.75 of 300 then */
    soak_write_one(&soak, CHANGE_EXTERNAL, "velocity_cap", 0.5);
    used = guard_velocity_used(&soak.run, 4, param, &soak.policy, &soak.table);
    ck_assert_double_eq(used.number, 1.0); /* 40 of 20 */
}
END_TEST

/* A finished run read from disk: its present state is what was written last. */
START_TEST(a_run_from_disk)
{
    soak_iterate(&soak, &idle);
    run_set_params(&soak.run, NULL, 0, "");
    fill(0);
    ck_assert_str_eq(status[GUARD_VELOCITY].text, "nothing moved in the last 2 iterations");
    soak_write_one(&soak, CHANGE_EXTERNAL, "velocity_cap", 0.5);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 72);
    run_set_params(&soak.run, NULL, 0, "");
    fill(0);
    ck_assert_str_eq(status[GUARD_VELOCITY].text,
                     "min_interval_ms 12/20 used in the last 2 iterations");
}
END_TEST

START_TEST(every_parameter_has_its_budget_window_and_holds)
{
    static struct guard_param params[PARAM_MAX];
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 75);
    soak_propose(&soak, &idle, RULE_MODERATE, "tail_age_ms", 630);
    ck_assert(guard_params_fill(params, &soak.run, 0, &soak.policy, &soak.table));
    const struct guard_param *row = &params[soak_param(&soak, "min_interval_ms")];
    ck_assert_double_eq(row->now.number, 75);
    ck_assert_double_eq(row->velocity_used.number, 15);
    ck_assert_double_eq(row->velocity_limit.number, 30);
    ck_assert_int_eq(row->velocity_resets, 4); /* it 1's change counts in 2 and 3 */
    ck_assert_uint_eq(row->window_count, 2);
    ck_assert_double_eq(row->window[0], 60);
    ck_assert_double_eq(row->window[1], 75);
    ck_assert_int_eq(row->reversals, 0);
    row = &params[soak_param(&soak, "concurrency_limit")];
    ck_assert_double_eq(row->now.number, 10); /* the default */
    ck_assert_int_eq(row->velocity_resets, 0);
    ck_assert(!value_present(params[soak_param(&soak, "max_age_ms")].now));
    ck_assert(!value_present(params[soak_param(&soak, "tick_size")].velocity_limit));
}
END_TEST

START_TEST(a_frozen_or_rolled_back_parameter_says_until_when)
{
    static struct guard_param params[PARAM_MAX];
    soak_iterate(&soak, &steady);
    soak_iterate(&soak, &steady);
    soak_propose(&soak, &idle, RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    guard_params_fill(params, &soak.run, 0, &soak.policy, &soak.table);
    ck_assert_int_eq(params[soak_param(&soak, "impact_cap_ratio")].frozen_until, 6);
    ck_assert_int_eq(params[soak_param(&soak, "tail_age_ms")].frozen_until, 0);
    ck_assert_int_eq(params[soak_param(&soak, "min_interval_ms")].cooldown_until, 6);
    ck_assert_int_eq(params[soak_param(&soak, "tail_age_ms")].cooldown_until, 0);
    const struct guard_param *row = &params[soak_param(&soak, "min_interval_ms")];
    ck_assert_uint_eq(row->window_count, 3); /* 60 65 60 */
    ck_assert_int_eq(row->reversals, 1);
}
END_TEST

START_TEST(without_recorded_parameters_nothing_is_known_of_one)
{
    static struct guard_param params[PARAM_MAX];
    soak_gap(&soak);
    free(soak.run.params);
    soak.run.params = NULL;
    soak.run.param_count = 0;
    ck_assert(!guard_params_fill(params, &soak.run, 0, &soak.policy, &soak.table));
    ck_assert_int_eq(params[3].param, 3);
}
END_TEST

Suite *guard_status_suite(void)
{
    const TTest *const tests[] = {
        a_new_run,
        freeze_on_and_until,
        velocity_used_of_its_budget,
        velocity_used_up,
        cooldown_left,
        the_last_oscillation,
        late_is_known_one_iteration_ahead,
        a_run_without_parameters,
        state_oscillation_is_not_oscillation,
        the_status_of_an_earlier_iteration,
        a_run_from_disk,
        every_parameter_has_its_budget_window_and_holds,
        a_frozen_or_rolled_back_parameter_says_until_when,
        without_recorded_parameters_nothing_is_known_of_one,
        NULL,
    };
    Suite *suite = suite_create("guard_status");
    TCase *tcase = tcase_create("guard_status");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
