/* test_run_change: ENGINE section 7, roll back: which applies are in force after what. */
#include "config.h"

#include "suites.h"

#include <stdio.h>
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

/* One iteration whose apply moves NAME to TARGET; a safety rule's, so that no guard interferes. */
static void apply(const char *name, double target)
{
    const struct iteration *iteration = soak_propose(&soak, &idle, RULE_AGGRESSIVE, name, target);
    ck_assert(iteration->applied);
}

/* An operator's apply in the middle of nowhere: two parameters at once, in an iteration. */
static void apply_two(const char *a, double a_target, const char *b, double b_target)
{
    struct value values[PARAM_MAX];
    soak_iterate(&soak, &idle);
    struct iteration *iteration = soak.run.iteration[soak.run.count - 1];
    iteration->delta_count = 2;
    iteration->delta = realloc(iteration->delta, 2 * sizeof *iteration->delta);
    iteration->delta[0] = (struct delta){.param = soak_param(&soak, a), .state = DELTA_APPLIED};
    iteration->delta[1] = (struct delta){.param = soak_param(&soak, b), .state = DELTA_APPLIED};
    iteration->applied = true;
    memcpy(values, soak.values, sizeof values);
    values[iteration->delta[0].param] = value_of(a_target);
    values[iteration->delta[1].param] = value_of(b_target);
    soak_write(&soak, CHANGE_APPLY, values);
}

static void assert_undone(const char *marks)
{
    char found[32] = "";
    for (size_t i = 0; i < soak.run.change_count; i++)
        if (soak.run.change[i].kind == CHANGE_APPLY)
            strcat(found, soak.run.change[i].undone ? "u" : "-");
    ck_assert_str_eq(found, marks);
}

START_TEST(rolling_back_again_and_again_reaches_the_first_state)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    apply("min_interval_ms", 70);
    assert_undone("---");
    ck_assert(soak_rollback(&soak));
    assert_undone("--u");
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 65);
    ck_assert(soak_rollback(&soak));
    assert_undone("-uu");
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 600);
    ck_assert(soak_rollback(&soak));
    assert_undone("uuu");
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
    ck_assert(!soak_rollback(&soak));
}
END_TEST

/* 60, 65, 60: two states of the history are equal; the way back still ends at the first. */
START_TEST(equal_states_do_not_trap_the_way_back)
{
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 60);
    apply("tail_age_ms", 630);
    ck_assert(soak_rollback(&soak));
    assert_undone("--u");
    ck_assert(soak_rollback(&soak));
    assert_undone("-uu");
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 65);
    ck_assert(soak_rollback(&soak));
    assert_undone("uuu");
    ck_assert(!soak_rollback(&soak));
}
END_TEST

START_TEST(an_apply_after_a_rollback_lies_on_the_older_state)
{
    apply("min_interval_ms", 65);
    apply("min_interval_ms", 70);
    soak_rollback(&soak);
    apply("tail_age_ms", 630);
    assert_undone("-u-");
    soak_rollback(&soak);
    assert_undone("-uu");
    soak_rollback(&soak);
    assert_undone("uuu");
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
}
END_TEST

START_TEST(restore_undoes_all_applies_since)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    apply("replace_rate_per_min", 250);
    soak_restore(&soak, 2); /* with 65, before its own apply */
    assert_undone("-uu");
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 600);
    ck_assert(run_newest_apply(&soak.run) == &soak.run.change[0]);
}
END_TEST

START_TEST(redo_is_a_restore)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    soak_iterate(&soak, &idle);
    soak_rollback(&soak);
    soak_rollback(&soak);
    assert_undone("uu");
    ck_assert_int_eq(run_iteration(&soak.run, 2)->delta[0].state, DELTA_ROLLED_BACK);
    soak_restore(&soak, 3);
    assert_undone("--");
    ck_assert_int_eq(run_iteration(&soak.run, 2)->delta[0].state, DELTA_APPLIED);
    ck_assert_str_ne(run_iteration(&soak.run, 2)->rolled_back_at, "");
    soak_iterate(&soak, &idle);
    soak_rollback(&soak);
    assert_undone("-u");
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 600);
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 65);
    ck_assert_str_eq(run_iteration(&soak.run, 2)->rolled_back_at, "2025-01-01T00:00:03Z");
    ck_assert_int_eq(run_iteration(&soak.run, 2)->rolled_back_after, 3); /* the first time */
}
END_TEST

START_TEST(rolled_back_iterations_are_marked)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    soak_iterate(&soak, &idle);
    soak_rollback(&soak);
    ck_assert_str_eq(run_iteration(&soak.run, 1)->rolled_back_at, "");
    ck_assert_str_eq(run_iteration(&soak.run, 2)->rolled_back_at, "2025-01-01T00:00:03Z");
    ck_assert_int_eq(run_iteration(&soak.run, 2)->rolled_back_after, 3);
    ck_assert_int_eq(run_iteration(&soak.run, 1)->rolled_back_after, 0);
    ck_assert_int_eq(run_iteration(&soak.run, 1)->delta[0].state, DELTA_APPLIED);
    ck_assert_int_eq(run_iteration(&soak.run, 2)->delta[0].state, DELTA_ROLLED_BACK);
    ck_assert_str_eq(run_iteration(&soak.run, 3)->rolled_back_at, "");
}
END_TEST

START_TEST(one_parameter_alone_goes_back)
{
    apply_two("min_interval_ms", 65, "tail_age_ms", 630);
    ck_assert(soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 630);
    assert_undone("-");
    ck_assert_str_eq(run_iteration(&soak.run, 1)->rolled_back_at, "");
    ck_assert_int_eq(run_iteration(&soak.run, 1)->delta[0].state, DELTA_ROLLED_BACK);
    ck_assert_int_eq(run_iteration(&soak.run, 1)->delta[1].state, DELTA_APPLIED);
    ck_assert(!soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert(soak_rollback_param(&soak, "tail_age_ms"));
    assert_undone("u");
    ck_assert_str_ne(run_iteration(&soak.run, 1)->rolled_back_at, "");
    ck_assert(!soak_rollback(&soak));
}
END_TEST

START_TEST(one_parameter_walks_down_its_own_applies)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    apply("min_interval_ms", 70);
    apply("min_interval_ms", 65);
    ck_assert(soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 70);
    assert_undone("---u");
    ck_assert(soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 65);
    assert_undone("--uu");
    ck_assert(soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
    assert_undone("u-uu");
    ck_assert(!soak_rollback_param(&soak, "min_interval_ms"));
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 630);
}
END_TEST

START_TEST(rolling_back_the_rest_of_an_apply)
{
    apply("replace_rate_per_min", 290);
    apply_two("min_interval_ms", 65, "tail_age_ms", 630);
    soak_rollback_param(&soak, "tail_age_ms");
    ck_assert(run_newest_apply(&soak.run) == &soak.run.change[1]);
    soak_rollback(&soak);
    assert_undone("-u");
    ck_assert_double_eq(soak_value(&soak, "min_interval_ms"), 60);
    soak_rollback(&soak);
    assert_undone("uu");
}
END_TEST

START_TEST(an_external_change_undoes_nothing_but_by_an_earlier_state)
{
    apply("min_interval_ms", 65);
    soak_write_one(&soak, CHANGE_EXTERNAL, "tail_age_ms", 640);
    assert_undone("-");
    ck_assert(run_newest_apply(&soak.run) == &soak.run.change[0]);
    soak_rollback(&soak);
    ck_assert_double_eq(soak_value(&soak, "tail_age_ms"), 600);
    assert_undone("u");
    apply("min_interval_ms", 65);
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 60);
    assert_undone("uu");
    ck_assert_str_eq(run_iteration(&soak.run, 2)->rolled_back_at, "");
    ck_assert_int_eq(run_iteration(&soak.run, 2)->delta[0].state, DELTA_APPLIED);
    ck_assert(!soak_rollback(&soak));
    apply("tail_age_ms", 630);
    soak_rollback(&soak);
    ck_assert_str_eq(run_iteration(&soak.run, 2)->rolled_back_at, "");
}
END_TEST

/* One parameter goes back over two applies at once. */
START_TEST(a_jump_takes_back_all_that_lie_between)
{
    apply("min_interval_ms", 65);
    apply("tail_age_ms", 630);
    apply("min_interval_ms", 70);
    soak_write_one(&soak, CHANGE_ROLLBACK, "min_interval_ms", 60);
    assert_undone("u-u");
    ck_assert(!soak_rollback_param(&soak, "min_interval_ms"));
}
END_TEST

START_TEST(a_verified_line_is_rolled_back_too)
{
    apply("min_interval_ms", 65);
    soak.run.iteration[0]->delta[0].state = DELTA_VERIFIED;
    soak_rollback(&soak);
    ck_assert_int_eq(run_iteration(&soak.run, 1)->delta[0].state, DELTA_ROLLED_BACK);
}
END_TEST

START_TEST(the_newest_apply_of_a_parameter_is_an_apply)
{
    int param = soak_param(&soak, "min_interval_ms");
    apply("min_interval_ms", 65);
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 70);
    ck_assert(run_newest_apply_of(&soak.run, param) == &soak.run.change[0]);
    ck_assert_ptr_null(run_newest_apply_of(&soak.run, soak_param(&soak, "tail_age_ms")));
}
END_TEST

/* A journal without the objects: the chain of hashes decides. */
START_TEST(without_vectors_the_hashes_decide)
{
    static const char *const hashes[] = {"s0", "s1", "s2"};
    for (int i = 1; i <= 2; i++) {
        struct change change = {.kind = CHANGE_APPLY, .after_iteration = i};
        snprintf(change.hash_before, sizeof change.hash_before, "%s", hashes[i - 1]);
        snprintf(change.hash_after, sizeof change.hash_after, "%s", hashes[i]);
        run_add_change(&soak.run, &change, 0);
    }
    struct change back = {.kind = CHANGE_ROLLBACK, .hash_before = "s2", .hash_after = "s1"};
    run_add_change(&soak.run, &back, 0);
    assert_undone("-u");
    back = (struct change){.kind = CHANGE_ROLLBACK, .hash_before = "s1", .hash_after = "s0"};
    run_add_change(&soak.run, &back, 0);
    assert_undone("uu");
}
END_TEST

/* And without hashes the vectors. */
START_TEST(without_hashes_the_vectors_decide)
{
    struct value states[3][PARAM_MAX];
    int param = soak_param(&soak, "min_interval_ms"), other = soak_param(&soak, "tail_age_ms");
    for (int i = 0; i < 3; i++)
        memcpy(states[i], soak.values, sizeof states[i]);
    states[1][param] = states[2][param] = value_of(65);
    states[2][other] = value_of(630);
    for (int i = 1; i <= 2; i++) {
        struct change change = {.kind = CHANGE_APPLY, .before = states[i - 1], .after = states[i]};
        run_add_change(&soak.run, &change, soak.table.count);
    }
    struct change back = {.kind = CHANGE_ROLLBACK, .before = states[2], .after = states[0]};
    run_add_change(&soak.run, &back, soak.table.count);
    assert_undone("uu");
}
END_TEST

/* A parameter that the file did not set goes back to not set. */
START_TEST(a_first_value_goes_back_to_none)
{
    apply("concurrency_limit", 9);
    int param = soak_param(&soak, "concurrency_limit");
    ck_assert(change_moves(&soak.run.change[0], param));
    ck_assert(!change_moves(&soak.run.change[0], param - 1));
    ck_assert(!change_moves(&soak.run.change[0], -1));
    ck_assert(!change_moves(&soak.run.change[0], (int)soak.table.count));
    ck_assert(soak_rollback_param(&soak, "concurrency_limit"));
    ck_assert(!value_present(soak.values[param]));
    assert_undone("u");
}
END_TEST

START_TEST(a_change_owns_its_vectors)
{
    apply("min_interval_ms", 65);
    struct change copy = change_copy(&soak.run.change[0], soak.table.count);
    int param = soak_param(&soak, "min_interval_ms");
    soak.run.change[0].after[param] = value_of(99);
    ck_assert_double_eq(copy.after[param].number, 65);
    ck_assert_double_eq(copy.before[param].number, 60);
    change_fini(&copy);
    ck_assert_ptr_null(copy.after);
    ck_assert_str_eq(change_kind_name(CHANGE_EXTERNAL), "external");
    ck_assert_str_eq(change_kind_name(CHANGE_ROLLBACK), "rollback");
}
END_TEST

Suite *run_change_suite(void)
{
    const TTest *const tests[] = {
        rolling_back_again_and_again_reaches_the_first_state,
        equal_states_do_not_trap_the_way_back,
        an_apply_after_a_rollback_lies_on_the_older_state,
        restore_undoes_all_applies_since,
        redo_is_a_restore,
        rolled_back_iterations_are_marked,
        one_parameter_alone_goes_back,
        one_parameter_walks_down_its_own_applies,
        rolling_back_the_rest_of_an_apply,
        an_external_change_undoes_nothing_but_by_an_earlier_state,
        a_first_value_goes_back_to_none,
        a_change_owns_its_vectors,
        a_jump_takes_back_all_that_lie_between,
        a_verified_line_is_rolled_back_too,
        the_newest_apply_of_a_parameter_is_an_apply,
        without_vectors_the_hashes_decide,
        without_hashes_the_vectors_decide,
        NULL,
    };
    Suite *suite = suite_create("run_change");
    TCase *tcase = tcase_create("run_change");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
