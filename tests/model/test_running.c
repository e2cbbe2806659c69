/* test_running: what a bot says that it ran with: VERIFIED wants the hash in force, if it says any.
 */
#include "config.h"

#include "suites.h"

#include <stdio.h>
#include <string.h>

#include "model/judge.h"
#include "soak.h"
#include "testdata.h"

#define TEXT_OF(field) field, sizeof field

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

static struct iteration *at(int number)
{
    return soak.run.iteration[number - 1];
}

/* Iteration 1 applies, 2 runs with it; the hashes are as an engine has them. */
static void apply_once(void)
{
    soak_propose(&soak, &idle, RULE_AGGRESSIVE, "tail_age_ms", 630);
    soak_iterate(&soak, &idle);
    snprintf(TEXT_OF(at(1)->signature), "%064d", 1);
    snprintf(TEXT_OF(at(2)->signature), "%063dA", 2);
}

static void says(int number, const char *hash)
{
    snprintf(TEXT_OF(at(number)->summary.overrides_hash), "%s", hash);
}

static struct verify verified(void)
{
    struct verify verify;
    verify_tally(&verify, &soak.run);
    return verify;
}

START_TEST(a_report_without_the_hash_is_judged_by_the_values)
{
    apply_once();
    struct verify verify = verified();
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_UNKNOWN);
    ck_assert_int_eq(verify.full_apply_count, 1);
    ck_assert_int_eq(verify.confirmed_count + verify.diverged_count, 0);
    ck_assert_int_eq(running_state(&soak.run, &at(1)->delta[0], 1), DELTA_APPLIED);
    ck_assert_int_eq(running_of(&soak.run, 99), RUNNING_UNKNOWN);
}
END_TEST

START_TEST(the_hash_in_force_confirms_in_either_case)
{
    char hash[HASH_TEXT_MAX];
    apply_once();
    snprintf(hash, sizeof hash, "%063da", 2);
    says(2, hash);
    struct verify verify = verified();
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_EXPECTED);
    ck_assert_int_eq(verify.full_apply_count, 1);
    ck_assert_int_eq(verify.confirmed_count, 1);
}
END_TEST

START_TEST(another_hash_is_diverged_and_not_full)
{
    char text[160];
    apply_once();
    says(2, at(1)->signature); /* still the old parameters */
    struct verify verify;
    verify_run(&verify, &soak.run);
    ck_assert_int_eq(verify.full_apply_count, 0);
    ck_assert_int_eq(verify.fail_count, 1);
    ck_assert_int_eq(verify.diverged_count, 1);
    ck_assert_double_eq(verify.full_apply_ratio.number, 0);
    ck_assert_str_eq(verify.pair[0].reason,
                     "the bot ran it 2 with 000000000000, not with 000000000000");
    ck_assert_int_eq(running_state(&soak.run, &at(1)->delta[0], 1), DELTA_DIVERGED);
    running_text(&soak.run, 1, text, sizeof text);
    ck_assert_str_eq(text, "");
    verify_fini(&verify);
}
END_TEST

START_TEST(a_part_of_the_hash_is_another_hash)
{
    apply_once();
    says(2, "00");
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_DIVERGED);
}
END_TEST

/* The operator rolled back, or another process wrote, after the iteration had begun. */
START_TEST(what_was_replaced_while_it_ran_is_expected_too)
{
    struct change change = {.kind = CHANGE_EXTERNAL, .after_iteration = 1};
    apply_once();
    snprintf(TEXT_OF(change.hash_before), "%064d", 7);
    says(2, change.hash_before);
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_DIVERGED);
    run_add_change(&soak.run, &change, 0);
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_EXPECTED);
    at(1)->rolled_back_at[0] = '\0';
    says(2, at(1)->signature); /* but not what the apply itself replaced */
    ck_assert_int_eq(running_of(&soak.run, 2), RUNNING_DIVERGED);
}
END_TEST

/* One diverged pair of many: the ratio may pass, the gate does not. */
START_TEST(a_diverged_pair_fails_the_gate_with_a_reason)
{
    struct thresholds thresholds;
    struct judgement judgement = {0};
    testdata_thresholds(&thresholds);
    apply_once();
    struct verify verify = verified();
    verify.full_apply_count = 99;
    verify.fail_count = verify.diverged_count = 1;
    verify.confirmed_count = 99;
    verify.full_apply_ratio = value_of(0.99);
    struct judge_options options = {.mock = true};
    judge_run(&judgement, &soak.run, &verify, &thresholds, &options);
    ck_assert(judgement.gate_failed);
    bool told = false;
    for (size_t i = 0; i < judgement.reason_count; i++)
        told |= strstr(judgement.reason[i], "diverged_count 1 is above 0") != NULL;
    ck_assert(told);
    judge_fini(&judgement);
}
END_TEST

Suite *running_suite(void)
{
    Suite *suite = suite_create("running");
    TCase *tcase = tcase_create("running");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_report_without_the_hash_is_judged_by_the_values);
    tcase_add_test(tcase, the_hash_in_force_confirms_in_either_case);
    tcase_add_test(tcase, another_hash_is_diverged_and_not_full);
    tcase_add_test(tcase, a_part_of_the_hash_is_another_hash);
    tcase_add_test(tcase, what_was_replaced_while_it_ran_is_expected_too);
    tcase_add_test(tcase, a_diverged_pair_fails_the_gate_with_a_reason);
    suite_add_tcase(suite, tcase);
    return suite;
}
