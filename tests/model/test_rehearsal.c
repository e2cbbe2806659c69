/* test_rehearsal: other decisions on the worked example (ENGINE section 10): what the tuner asks
 * and the guards say then, with its numbers; and that what is recorded stays as it is. */
#include "config.h"

#include "suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/rehearsal.h"
#include "soak.h"

static struct soak soak; /* recorded: 24 iterations, all applied */
static struct rehearsal rehearsal;
static struct run run;

static void setup(void)
{
    soak_init(&soak);
    soak.planned = 24;
    soak.run.planned = 24;
    for (int number = 1; number <= 24; number++) {
        struct summary summary = soak_mock(number);
        soak_iterate(&soak, &summary);
    }
}

static void teardown(void)
{
    rehearsal_fini(&rehearsal);
    run_fini(&run);
    soak_fini(&soak);
}

static void begin(int from)
{
    struct error err = ERROR_INIT;
    int result = rehearsal_begin(&rehearsal, &run, &soak.run, from, &soak.policy, &soak.table,
                                 "op1@desk", &err);
    ck_assert_msg(result == 0, "%s", err.text);
}

static int give(const struct rehearsal_order *order)
{
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    int result = rehearsal_do(&rehearsal, order, &text, &err);
    buffer_fini(&text);
    return result;
}

static int give_line(enum decide_op op, const char *name, double number)
{
    struct rehearsal_order order = {.op = REHEARSE_LINE, .line = op, .number = number};
    snprintf(order.name, sizeof order.name, "%s", name);
    return give(&order);
}

static int give_op(enum rehearsal_op op)
{
    const struct rehearsal_order order = {.op = op};
    return give(&order);
}

static const struct delta *line(const char *name)
{
    const struct delta *delta = proposal_find(&run.pending, name);
    ck_assert_msg(delta != NULL, "no line %s in it %d", name, run.pending.iteration);
    return delta;
}

static double value(const char *name)
{
    return rehearsal.values[soak_param(&soak, name)].number;
}

/* The proposal made anew at the fork is the recorded one, and it waits. */
START_TEST(the_fork_is_as_recorded)
{
    begin(6);
    ck_assert(!rehearsal.differs);
    ck_assert_int_eq(rehearsal_at(&rehearsal), 6);
    ck_assert(run.has_pending);
    ck_assert_uint_eq(run.pending.count, 2);
    ck_assert(line("base_spread_bps")->target == 0.135);
    ck_assert(line("replace_rate_per_min")->target == 204);
    ck_assert_str_eq(run.params_hash, run_iteration(&soak.run, 6)->signature);
    ck_assert_uint_eq(run.change_count, 3);
}
END_TEST

/* MAKER_BOOST rejected at 6: at 7 the tuner asks for 0.135 and 204 again, not 0.15 and 200, and
 * says that both were rejected at 6; from 8 on it asks for nothing, so 0.12 and 240 stay. */
START_TEST(rejecting_maker_boost_at_6)
{
    begin(6);
    ck_assert_int_eq(give_line(DECIDE_REJECT, "", 0), 0);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert_int_eq(rehearsal_at(&rehearsal), 7);
    ck_assert(line("base_spread_bps")->target == 0.135);
    ck_assert_int_eq(line("base_spread_bps")->rejected_at, 6);
    ck_assert(line("replace_rate_per_min")->target == 204);
    ck_assert_int_eq(line("replace_rate_per_min")->rejected_at, 6);
    while (give_op(REHEARSE_NEXT) == 0)
        ;
    ck_assert_int_eq(rehearsal_at(&rehearsal), 24);
    ck_assert(value("base_spread_bps") == 0.12 || !isfinite(value("base_spread_bps")) ||
              value("base_spread_bps") == 0.0);
    ck_assert(value("replace_rate_per_min") == 240);
    ck_assert_uint_eq(run.change_count, 3);
    ck_assert_int_eq(run.state, RUN_COMPLETED);
}
END_TEST

/* One of two lines: at 7 the tuner goes on from what was written, 204 -> 200 at the floor. */
START_TEST(a_part_leads_to_its_own_targets)
{
    begin(6);
    ck_assert_int_eq(give_line(DECIDE_REJECT, "base_spread_bps", 0), 0);
    ck_assert_int_eq(give_line(DECIDE_APPROVE, "replace_rate_per_min", 0), 0);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), -1); /* staged, not applied */
    ck_assert_int_eq(give_op(REHEARSE_APPLY), 0);
    ck_assert(value("replace_rate_per_min") == 204);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert(line("replace_rate_per_min")->target == 200);
    ck_assert(line("base_spread_bps")->target == 0.135);
    const struct iteration *six = run_iteration(&run, 6);
    ck_assert(six->applied);
    ck_assert(six->skip & SKIP_OPERATOR);
    ck_assert_str_eq(six->decided_by, "sandbox:op1@desk");
    ck_assert_int_eq(run.state, RUN_HOLDING);
}
END_TEST

/* Decided as auto would, the whole way: the recorded targets, states and freezes, to the end. */
START_TEST(auto_comes_to_what_was_recorded)
{
    begin(1);
    do
        while (run.has_pending)
            ck_assert_int_eq(give_op(REHEARSE_AUTO), 0);
    while (give_op(REHEARSE_NEXT) == 0);
    ck_assert_uint_eq(run.count, 24);
    ck_assert_uint_eq(run.change_count, soak.run.change_count);
    for (int number = 1; number <= 24; number++) {
        const struct iteration *was = run_iteration(&soak.run, number);
        const struct iteration *is = run_iteration(&run, number);
        ck_assert_str_eq(is->signature, was->signature);
        ck_assert_uint_eq(is->delta_count, was->delta_count);
        ck_assert_int_eq(is->freeze_triggered, was->freeze_triggered);
        for (size_t i = 0; i < is->delta_count; i++)
            ck_assert(is->delta[i].target == was->delta[i].target);
    }
}
END_TEST

/* Rolled back, the same lines are blocked in the next iteration, here as in a soak: 0.12, 0.135,
 * 0.12, then 0.135 again turns twice (|0.015| <= half of 0.045); the tuner cools down. */
START_TEST(a_rollback_meets_the_guards)
{
    begin(6);
    ck_assert_int_eq(give_op(REHEARSE_AUTO), 0);
    ck_assert_int_eq(give_op(REHEARSE_BACK), 0);
    ck_assert_str_eq(run.params_hash, run_iteration(&soak.run, 6)->signature);
    ck_assert_int_eq(run_iteration(&run, 6)->rolled_back_after, 6);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert(!run.has_pending);
    const struct iteration *seven = run_iteration(&run, 7);
    ck_assert(seven->cooldown_active);
    ck_assert_uint_eq(seven->delta_count, 2);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(seven->delta[i].state, DELTA_BLOCKED);
    ck_assert_str_eq(seven->delta[0].name, "base_spread_bps");
    ck_assert_int_eq(seven->delta[0].guard, GUARD_OSCILLATION);
}
END_TEST

/* While a proposal waits a rollback makes it anew for what is in force then. */
START_TEST(a_rollback_renews_what_waits)
{
    begin(7);
    ck_assert(line("replace_rate_per_min")->now == 204);
    ck_assert_int_eq(give_op(REHEARSE_BACK), 0);
    ck_assert(line("replace_rate_per_min")->now == 240);
    ck_assert_int_eq(line("replace_rate_per_min")->state, DELTA_BLOCKED);
    ck_assert_int_eq(run.change[run.change_count - 1].after_iteration, 6);
}
END_TEST

/* An edit has its bounds: base_spread_bps 0.05..0.60; its value is written, and the tuner starts
 * from it: + min(0.015, half of it). More than the largest step wants the word and a reason. */
START_TEST(an_edit_is_bounded_and_leads_on)
{
    begin(6);
    ck_assert_int_eq(give_line(DECIDE_EDIT, "base_spread_bps", 0.61), -1);
    ck_assert_int_eq(give_line(DECIDE_EDIT, "base_spread_bps", 0.14), 0);
    ck_assert_int_eq(give_op(REHEARSE_APPLY), -1); /* larger than the largest step */
    const struct rehearsal_order order = {
        .op = REHEARSE_APPLY, .confirmed = true, .note = "spread is thin"};
    ck_assert_int_eq(give(&order), 0);
    ck_assert_str_eq(run_iteration(&run, 6)->override_reason, "spread is thin");
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert(line("base_spread_bps")->target == 0.155);
    ck_assert_msg(run.params_hash[0] == '~', "a state that never was: %s", run.params_hash);
}
END_TEST

/* Held until 8, the line comes back in 8 although the tuner no longer asks for it. */
START_TEST(a_hold_comes_back)
{
    begin(6);
    ck_assert_int_eq(give_line(DECIDE_HOLD, "base_spread_bps", 8), 0);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert_int_eq(line("base_spread_bps")->state, DELTA_HELD);
    ck_assert_int_eq(give_op(REHEARSE_NEXT), 0);
    ck_assert_int_eq(rehearsal_at(&rehearsal), 8);
    ck_assert(run.has_pending);
    ck_assert_int_eq(line("base_spread_bps")->state, DELTA_PROPOSED);
    ck_assert(line("base_spread_bps")->target == 0.135);
}
END_TEST

/* Taken back one by one the rehearsal is what it was at the start; done again, what it was. */
START_TEST(undo_and_redo_go_the_whole_way)
{
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    begin(6);
    give_line(DECIDE_REJECT, "base_spread_bps", 0);
    give_line(DECIDE_APPROVE, "replace_rate_per_min", 0);
    give_op(REHEARSE_APPLY);
    give_op(REHEARSE_NEXT);
    give_op(REHEARSE_AUTO);
    char after[HASH_TEXT_MAX];
    memcpy(after, run.params_hash, sizeof after);
    ck_assert_uint_eq(rehearsal.done, 5);
    ck_assert_uint_eq(rehearsal_decisions(&rehearsal), 4);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(rehearsal_undo(&rehearsal, &text, &err), 0);
    ck_assert_int_eq(rehearsal_undo(&rehearsal, &text, &err), -1);
    ck_assert_int_eq(rehearsal_at(&rehearsal), 6);
    ck_assert_int_eq(line("base_spread_bps")->state, DELTA_PROPOSED);
    ck_assert_uint_eq(run.change_count, 3);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(rehearsal_redo(&rehearsal, &text, &err), 0);
    ck_assert_int_eq(rehearsal_redo(&rehearsal, &text, &err), -1);
    ck_assert_int_eq(rehearsal_at(&rehearsal), 7);
    ck_assert_str_eq(run.params_hash, after);
    buffer_fini(&text);
}
END_TEST

/* The lines that one key decided go back together. */
START_TEST(a_batch_goes_back_together)
{
    struct buffer text = {0};
    struct error err = ERROR_INIT;
    struct rehearsal_order order = {.op = REHEARSE_LINE, .line = DECIDE_APPROVE, .batch = 9};
    begin(6);
    snprintf(order.name, sizeof order.name, "base_spread_bps");
    give(&order);
    snprintf(order.name, sizeof order.name, "replace_rate_per_min");
    give(&order);
    ck_assert_str_eq(run.pending.undo.name, "approved 2 lines");
    ck_assert_int_eq(rehearsal_undo(&rehearsal, &text, &err), 0);
    ck_assert_str_eq(text.text, "approved 2 lines");
    ck_assert_uint_eq(proposal_staged(&run.pending), 0);
    buffer_fini(&text);
}
END_TEST

/* KPIs are the recorded ones whatever is decided, and the recorded run is not touched. */
START_TEST(kpis_and_the_record_stay)
{
    begin(2);
    while (give_op(REHEARSE_NEXT) == 0)
        ;
    for (int number = 1; number <= 24; number++)
        for (int kpi = 0; kpi < KPI_COUNT; kpi++)
            ck_assert(iteration_kpi(run_iteration(&run, number), (enum kpi)kpi).number ==
                      iteration_kpi(run_iteration(&soak.run, number), (enum kpi)kpi).number);
    ck_assert_uint_eq(soak.run.change_count, 5);
    ck_assert_int_eq(run_iteration(&soak.run, 2)->delta[0].state, DELTA_APPLIED);
    ck_assert_str_eq(run_iteration(&soak.run, 2)->decided_by, "");
}
END_TEST

/* Without the parameters of the iteration there is nothing to begin with, and it says so. */
START_TEST(it_needs_recorded_parameters)
{
    struct error err = ERROR_INIT;
    struct iteration *bare = iteration_copy(run_iteration(&soak.run, 6));
    free(bare->params);
    bare->params = NULL;
    bare->param_count = 0;
    run_put_iteration_take(&soak.run, bare);
    ck_assert_int_eq(
        rehearsal_begin(&rehearsal, &run, &soak.run, 6, &soak.policy, &soak.table, "", &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "iteration 6 were not recorded"));
    ck_assert_int_eq(
        rehearsal_begin(&rehearsal, &run, &soak.run, 25, &soak.policy, &soak.table, "", &err), -1);
    begin(7);
}
END_TEST

/* Another policy asks for other lines: that is said, not hidden. */
START_TEST(another_policy_is_told)
{
    soak.policy.rule[RULE_MAKER_BOOST].enabled = false;
    begin(6);
    ck_assert(rehearsal.differs);
}
END_TEST

Suite *rehearsal_suite(void)
{
    Suite *suite = suite_create("rehearsal");
    TCase *tcase = tcase_create("rehearsal");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_fork_is_as_recorded);
    tcase_add_test(tcase, rejecting_maker_boost_at_6);
    tcase_add_test(tcase, a_part_leads_to_its_own_targets);
    tcase_add_test(tcase, auto_comes_to_what_was_recorded);
    tcase_add_test(tcase, a_rollback_meets_the_guards);
    tcase_add_test(tcase, a_rollback_renews_what_waits);
    tcase_add_test(tcase, an_edit_is_bounded_and_leads_on);
    tcase_add_test(tcase, a_hold_comes_back);
    tcase_add_test(tcase, undo_and_redo_go_the_whole_way);
    tcase_add_test(tcase, a_batch_goes_back_together);
    tcase_add_test(tcase, kpis_and_the_record_stay);
    tcase_add_test(tcase, it_needs_recorded_parameters);
    tcase_add_test(tcase, another_policy_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
