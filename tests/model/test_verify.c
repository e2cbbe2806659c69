/* test_verify: pairs of iterations: full, partial ok, fail, stuck signatures (ENGINE section 9). */
#include "config.h"

#include <math.h>
#include <string.h>

#include "judge_fixture.h"
#include "model/verify.h"
#include "suites.h"
#include "testdata.h"

static struct run run;
static struct verify verify;

/* Two iterations; the first proposes two parameters (indexes 0 and 1) with targets 5 and 7, the
 * second ran with 5 and 7. */
static void setup(void)
{
    run_init(&run);
    for (int i = 1; i <= 2; i++) {
        struct iteration *iteration = judge_fixture_pass(&run);
        iteration->param_count = 2;
        iteration->params = mem_alloc(2 * sizeof *iteration->params);
        iteration->params[0] = value_of(i == 1 ? 1 : 5);
        iteration->params[1] = value_of(i == 1 ? 1 : 7);
        iteration->utc_ms = i * 1000;
    }
    struct iteration *first = run.iteration[0];
    first->delta_count = 2;
    first->delta = mem_alloc(2 * sizeof *first->delta);
    for (int i = 0; i < 2; i++) {
        snprintf(first->delta[i].name, sizeof first->delta[i].name, "parameter_%d", i);
        first->delta[i].param = i;
        first->delta[i].after = first->delta[i].target = i == 0 ? 5 : 7;
    }
}

static void teardown(void)
{
    run_fini(&run);
}

static void apply(enum delta_state first, enum delta_state second)
{
    run.iteration[0]->applied = first == DELTA_APPLIED || second == DELTA_APPLIED;
    run.iteration[0]->delta[0].state = first;
    run.iteration[0]->delta[1].state = second;
}

/* Runs it and returns the only pair, whose outcome must be OUTCOME. */
static struct verify_pair pair_is(enum pair_outcome outcome)
{
    verify_run(&verify, &run);
    ck_assert_uint_eq(verify.pair_count, 1);
    struct verify_pair pair = verify.pair[0];
    ck_assert_int_eq(pair.outcome, outcome);
    ck_assert_int_eq(verify.full_apply_count, outcome == PAIR_FULL);
    ck_assert_int_eq(verify.partial_ok_count, outcome == PAIR_PARTIAL_OK);
    ck_assert_int_eq(verify.fail_count, outcome == PAIR_FAIL);
    verify_fini(&verify);
    return pair;
}

START_TEST(all_that_was_applied_is_in_force_next)
{
    apply(DELTA_APPLIED, DELTA_APPLIED);
    run.iteration[1]->params[0] = value_of(5 + 9e-10); /* within 1e-9 */
    struct verify_pair pair = pair_is(PAIR_FULL);
    ck_assert_uint_eq(pair.entry_count, 2);
    ck_assert(pair.signature_changed);
    verify_run(&verify, &run);
    ck_assert_int_eq(verify.proposed_count, 1);
    ck_assert_double_eq(verify.full_apply_ratio.number, 1.0);
    ck_assert(verify_ok(&verify, 0.95));
    verify_fini(&verify);
}
END_TEST

START_TEST(a_guard_that_blocks_the_rest_does_not_lower_a_full_apply)
{
    apply(DELTA_APPLIED, DELTA_BLOCKED);
    run.iteration[0]->skip = SKIP_VELOCITY;
    run.iteration[1]->params[1] = value_of(1);
    struct verify_pair pair = pair_is(PAIR_FULL);
    ck_assert_uint_eq(pair.entry_count, 1);
    ck_assert_str_eq(pair.reason, "skipped: velocity");
    run.iteration[0]->skip = 0; /* nothing accounts for the other line */
    pair_is(PAIR_FAIL);
}
END_TEST

START_TEST(nothing_applied_and_accounted_for_is_partial_ok)
{
    apply(DELTA_BLOCKED, DELTA_BLOCKED);
    for (int i = 0; i < SKIP_FLAG_COUNT; i++) {
        run.iteration[0]->skip = 1u << i;
        if (run.iteration[0]->skip == SKIP_ERROR)
            pair_is(PAIR_FAIL);
        else
            pair_is(PAIR_PARTIAL_OK);
    }
    run.iteration[0]->skip = 0;
    struct verify_pair pair = pair_is(PAIR_FAIL);
    ck_assert_str_eq(pair.reason, "not applied, and no reason is on record");
}
END_TEST

START_TEST(a_failed_apply_excuses_only_what_a_guard_held_back)
{
    apply(DELTA_APPROVED, DELTA_BLOCKED);
    run.iteration[0]->skip = SKIP_ERROR | SKIP_VELOCITY;
    struct verify_pair pair = pair_is(PAIR_FAIL);
    ck_assert_str_eq(pair.reason, "the apply failed");
}
END_TEST

START_TEST(a_value_that_differs_or_is_missing_fails)
{
    apply(DELTA_APPLIED, DELTA_APPLIED);
    run.iteration[1]->params[0] = value_of(5 + 2e-9);
    struct verify_pair pair = pair_is(PAIR_FAIL);
    ck_assert_str_eq(pair.reason, "value differs");
    ck_assert(!pair.entry[0].found);
    ck_assert(pair.entry[1].found);
    run.iteration[1]->params[0] = value_missing();
    pair = pair_is(PAIR_FAIL);
    ck_assert_str_eq(pair.reason, "parameter not found in runtime");
    verify_run(&verify, &run);
    ck_assert_double_eq(verify.full_apply_ratio.number, 0.0);
    ck_assert(!verify_ok(&verify, 0.90));
    verify_fini(&verify);
}
END_TEST

START_TEST(an_older_file_is_judged_by_what_it_proposed)
{
    run.iteration[0]->applied = true; /* no line says what became of it */
    run.iteration[0]->delta[0].after = run.iteration[0]->delta[1].after = 0;
    pair_is(PAIR_FULL);
    run.iteration[1]->param_count = 0; /* the Python pipeline records no parameters */
    free(run.iteration[1]->params);
    run.iteration[1]->params = NULL;
    struct verify_pair pair = pair_is(PAIR_FAIL);
    ck_assert_str_eq(pair.reason, "parameter not found in runtime");
    ck_assert_uint_eq(pair.entry_count, 2);
}
END_TEST

START_TEST(every_line_of_a_large_older_proposal_counts)
{
    enum { LINES = PROPOSAL_DELTAS_MAX + 1 };
    struct iteration *first = run.iteration[0];
    first->delta = mem_resize(first->delta, LINES, sizeof *first->delta);
    for (size_t i = first->delta_count; i < LINES; i++)
        first->delta[i] = first->delta[0];
    first->delta_count = LINES;
    first->applied = true;
    pair_is(PAIR_FULL);
    first->delta[LINES - 1].target = 6; /* only the last one is not found */
    ck_assert_str_eq(pair_is(PAIR_FAIL).reason, "value differs");
}
END_TEST

START_TEST(a_target_that_is_no_number_is_not_found)
{
    apply(DELTA_APPLIED, DELTA_APPLIED);
    run.iteration[0]->delta[0].after = (double)NAN;
    pair_is(PAIR_FAIL);
}
END_TEST

START_TEST(a_rollback_in_between_is_partial_ok_and_a_later_one_changes_nothing)
{
    struct iteration *first = run.iteration[0];
    apply(DELTA_ROLLED_BACK, DELTA_ROLLED_BACK);
    first->applied = true;
    snprintf(first->rolled_back_at, sizeof first->rolled_back_at, "1970-01-01T00:00:01Z");
    first->rolled_back_after = 1;
    run.iteration[1]->params[0] = run.iteration[1]->params[1] = value_of(1);
    memcpy(run.iteration[1]->signature, first->signature, HASH_TEXT_MAX);
    struct verify_pair pair = pair_is(PAIR_PARTIAL_OK);
    ck_assert(pair.rolled_back);
    ck_assert(!pair.signature_stuck); /* undone before iteration 2 */
    first->rolled_back_after = 2;     /* undone later: it should have been in force in 2 */
    pair = pair_is(PAIR_FAIL);
    ck_assert(pair.signature_stuck);
    run.iteration[1]->params[0] = value_of(5);
    run.iteration[1]->params[1] = value_of(7);
    pair_is(PAIR_FULL);
}
END_TEST

START_TEST(one_parameter_rolled_back_in_between_is_excused)
{
    struct value before[] = {value_of(5), value_of(7)}, after[] = {value_of(1), value_of(7)};
    struct change change = {.kind = CHANGE_ROLLBACK,
                            .after_iteration = 1,
                            .param_count = 2,
                            .before = before,
                            .after = after};
    apply(DELTA_APPLIED, DELTA_APPLIED);
    run.iteration[1]->params[0] = value_of(1);
    pair_is(PAIR_FAIL);
    run_add_change(&run, &change, 2);
    struct verify_pair pair = pair_is(PAIR_PARTIAL_OK);
    ck_assert_str_eq(pair.entry[0].reason, "rolled back");
    ck_assert(pair.entry[1].found);
}
END_TEST

START_TEST(signature_stuck_is_an_apply_without_a_new_signature)
{
    apply(DELTA_APPLIED, DELTA_APPLIED);
    memcpy(run.iteration[1]->signature, run.iteration[0]->signature, HASH_TEXT_MAX);
    ck_assert(pair_is(PAIR_FULL).signature_stuck);
    run.iteration[1]->signature[0] = '\0'; /* not known */
    ck_assert(!pair_is(PAIR_FULL).signature_stuck);
    apply(DELTA_BLOCKED, DELTA_BLOCKED);
    memcpy(run.iteration[1]->signature, run.iteration[0]->signature, HASH_TEXT_MAX);
    ck_assert(!pair_is(PAIR_FAIL).signature_stuck);
}
END_TEST

START_TEST(what_an_operator_declined_is_counted_and_lowers_nothing)
{
    apply(DELTA_REJECTED, DELTA_REJECTED);
    run.iteration[0]->skip = SKIP_OPERATOR;
    pair_is(PAIR_PARTIAL_OK);
    verify_run(&verify, &run);
    ck_assert_int_eq(verify.operator_declined_count, 1);
    ck_assert(!value_present(verify.full_apply_ratio));
    ck_assert(verify_ok(&verify, 0.95));
    verify_fini(&verify);
}
END_TEST

START_TEST(nothing_proposed_is_nothing_to_judge)
{
    run.iteration[0]->delta_count = 0;
    pair_is(PAIR_NONE);
    verify_run(&verify, &run);
    ck_assert_int_eq(verify.proposed_count, 0);
    ck_assert(!value_present(verify.full_apply_ratio));
    verify_fini(&verify);
    run_fini(&run);
    run_init(&run); /* and so is an empty run */
    verify_run(&verify, &run);
    ck_assert_uint_eq(verify.pair_count, 0);
    verify_fini(&verify);
}
END_TEST

Suite *verify_suite(void)
{
    Suite *suite = suite_create("verify");
    TCase *tcase = tcase_create("verify");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, all_that_was_applied_is_in_force_next);
    tcase_add_test(tcase, a_guard_that_blocks_the_rest_does_not_lower_a_full_apply);
    tcase_add_test(tcase, nothing_applied_and_accounted_for_is_partial_ok);
    tcase_add_test(tcase, a_failed_apply_excuses_only_what_a_guard_held_back);
    tcase_add_test(tcase, a_value_that_differs_or_is_missing_fails);
    tcase_add_test(tcase, an_older_file_is_judged_by_what_it_proposed);
    tcase_add_test(tcase, every_line_of_a_large_older_proposal_counts);
    tcase_add_test(tcase, a_target_that_is_no_number_is_not_found);
    tcase_add_test(tcase, a_rollback_in_between_is_partial_ok_and_a_later_one_changes_nothing);
    tcase_add_test(tcase, one_parameter_rolled_back_in_between_is_excused);
    tcase_add_test(tcase, signature_stuck_is_an_apply_without_a_new_signature);
    tcase_add_test(tcase, what_an_operator_declined_is_counted_and_lowers_nothing);
    tcase_add_test(tcase, nothing_proposed_is_nothing_to_judge);
    suite_add_tcase(suite, tcase);
    return suite;
}
