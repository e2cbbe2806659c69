/* test_guard_cooldown: after a change above half of a range, and after a rollback, cooldown_iters
 * iterations without automatic proposals. */
#include "config.h"

#include "suites.h"

#include <string.h>

#include "soak.h"

static struct soak soak;
static struct summary idle;

static void setup(void)
{
    soak_init(&soak);
    soak_set(&soak, "velocity_cap", 1);
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

/* 40..80: half of the range is 20. */
START_TEST(half_of_the_range_is_not_large)
{
    soak_set(&soak, "min_interval_ms", 40);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "min_interval_ms", 60), GUARD_NONE);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
    ck_assert(!soak.report.cooldown_active);
}
END_TEST

START_TEST(a_large_change_blocks_the_next_three_iterations)
{
    soak_set(&soak, "min_interval_ms", 40);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "min_interval_ms", 61), GUARD_NONE);
    ck_assert(!soak.report.cooldown_active);
    for (int number = 2; number <= 4; number++) {
        ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
        ck_assert(soak.report.cooldown_active);
        ck_assert_uint_eq(soak.report.skip, SKIP_COOLDOWN);
        ck_assert_int_eq(soak.proposal.delta[0].clears_at, 5);
    }
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
    ck_assert(!soak.report.cooldown_active);
}
END_TEST

START_TEST(a_safety_rules_large_change_counts_too)
{
    soak_set(&soak, "min_interval_ms", 40);
    ck_assert_int_eq(propose_as(RULE_FALLBACK, "min_interval_ms", 61), GUARD_NONE);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
}
END_TEST

START_TEST(the_note_says_how_many_iterations_are_left)
{
    propose_as(RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    propose_as(RULE_MODERATE, "tail_age_ms", 630);
    ck_assert_str_eq(soak.report.note, "cooldown: tail_age_ms 600 -> 630: 1 of 3 iterations after "
                                       "the rollback at iteration 1, 2 left");
    propose_as(RULE_MODERATE, "tail_age_ms", 630);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "2 of 3 iterations"));
    ck_assert_ptr_nonnull(strstr(soak.report.note, "1 left"));
    propose_as(RULE_MODERATE, "tail_age_ms", 630);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "3 of 3 iterations"));
    ck_assert_ptr_nonnull(strstr(soak.report.note, "0 left"));
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

START_TEST(a_restore_is_a_rollback)
{
    propose_as(RULE_MODERATE, "min_interval_ms", 65);
    soak_iterate(&soak, &idle);
    soak_restore(&soak, 1);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
}
END_TEST

START_TEST(cooldown_iters_is_a_parameter_in_force)
{
    soak_set(&soak, "cooldown_iters", 1);
    propose_as(RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_COOLDOWN);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
    soak_rollback(&soak);
    soak_set(&soak, "cooldown_iters", 0);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "replace_rate_per_min", 290), GUARD_NONE);
}
END_TEST

START_TEST(the_newest_cause_counts)
{
    propose_as(RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    soak_iterate(&soak, &idle);
    propose_as(RULE_AGGRESSIVE, "tail_age_ms", 630);
    soak_rollback(&soak); /* after 3: covers 4, 5, 6 */
    soak_iterate(&soak, NULL);
    soak_iterate(&soak, &idle);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "replace_rate_per_min", 290), GUARD_COOLDOWN);
    ck_assert_int_eq(soak.proposal.delta[0].clears_at, 7);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "replace_rate_per_min", 290), GUARD_NONE);
}
END_TEST

/* The operator's word holds, also against a rule that moves towards safety. */
START_TEST(safety_rules_wait_where_a_rollback_moved_the_parameter)
{
    propose_as(RULE_AGGRESSIVE, "min_interval_ms", 65);
    soak_rollback(&soak);
    for (int number = 2; number <= 4; number++) {
        ck_assert_int_eq(propose_as(RULE_AGGRESSIVE, "min_interval_ms", 70), GUARD_COOLDOWN);
        ck_assert_int_eq(propose_as(RULE_AGGRESSIVE, "tail_age_ms", 630 + number), GUARD_NONE);
        number++;
    }
    ck_assert_int_eq(propose_as(RULE_AGGRESSIVE, "min_interval_ms", 70), GUARD_NONE);
}
END_TEST

START_TEST(safety_rules_do_not_wait_after_a_large_change)
{
    soak_set(&soak, "min_interval_ms", 40);
    propose_as(RULE_AGGRESSIVE, "min_interval_ms", 61);
    ck_assert_int_eq(propose_as(RULE_LATENCY_HARD, "min_interval_ms", 70), GUARD_NONE);
    ck_assert(soak.report.cooldown_active);
}
END_TEST

/* An external change is no apply: what the bot's owner writes does not silence the tuner. */
START_TEST(an_external_change_does_not_cool_down)
{
    soak_set(&soak, "min_interval_ms", 40);
    soak_iterate(&soak, &idle);
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 80);
    ck_assert_int_eq(propose_as(RULE_MODERATE, "tail_age_ms", 630), GUARD_NONE);
}
END_TEST

START_TEST(it_is_active_also_without_a_proposal)
{
    propose_as(RULE_MODERATE, "min_interval_ms", 65);
    soak_rollback(&soak);
    soak_iterate(&soak, NULL);
    ck_assert(soak.report.cooldown_active);
    ck_assert_uint_eq(soak.report.skip, 0);
    ck_assert_str_eq(soak.report.note, "");
}
END_TEST

Suite *guard_cooldown_suite(void)
{
    const TTest *const tests[] = {
        half_of_the_range_is_not_large,
        a_large_change_blocks_the_next_three_iterations,
        a_safety_rules_large_change_counts_too,
        the_note_says_how_many_iterations_are_left,
        a_restore_is_a_rollback,
        cooldown_iters_is_a_parameter_in_force,
        the_newest_cause_counts,
        safety_rules_wait_where_a_rollback_moved_the_parameter,
        safety_rules_do_not_wait_after_a_large_change,
        an_external_change_does_not_cool_down,
        it_is_active_also_without_a_proposal,
        NULL,
    };
    Suite *suite = suite_create("guard_cooldown");
    TCase *tcase = tcase_create("guard_cooldown");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
