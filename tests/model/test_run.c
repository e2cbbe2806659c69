/* test_run: the read model's container, its iterations and its names. */
#include "config.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/run.h"
#include "testdata.h"

START_TEST(iterations_are_found_by_number_and_replaced)
{
    struct run run;
    run_init(&run);
    ck_assert_ptr_null(run_last(&run));
    ck_assert_ptr_null(run_iteration(&run, 1));
    for (int number = 1; number <= 20; number++)
        run_put_iteration_take(&run, iteration_new(number));
    struct iteration *again = iteration_new(7);
    again->applied = true;
    run_put_iteration_take(&run, again);
    ck_assert_uint_eq(run.count, 20);
    ck_assert(run_iteration(&run, 7)->applied);
    ck_assert_int_eq(run_iteration(&run, 20)->number, 20);
    ck_assert(run_last(&run) == run_iteration(&run, 20));
    ck_assert_ptr_null(run_iteration(&run, 0));
    ck_assert_ptr_null(run_iteration(&run, -1));
    ck_assert_ptr_null(run_iteration(&run, 21));
    run_fini(&run);
    ck_assert_uint_eq(run.count, 0);
}
END_TEST

START_TEST(times_are_not_known_at_first)
{
    struct run run;
    run_init(&run);
    ck_assert(run.started_ms == UTC_NONE && run.ended_ms == UTC_NONE && run.next_ms == UTC_NONE);
    ck_assert_ptr_null(run.params);
    run_fini(&run);
}
END_TEST

START_TEST(parameters_and_events_are_copied)
{
    struct run run;
    run_init(&run);
    struct value values[2] = {value_of(1), value_missing()};
    char text[] = "operator's words";
    run_set_params(&run, values, 2, "abc");
    run_add_event(&run, EVENT_ROLLBACK, 3, 1000, text);
    values[0] = value_of(9);
    text[0] = 'O';
    ck_assert_double_eq(run.params[0].number, 1);
    ck_assert_str_eq(run.params_hash, "abc");
    ck_assert_str_eq(run.event[0].text, "operator's words");
    run_set_params(&run, run.params, 2, "def"); /* its own vector again */
    ck_assert_uint_eq(run.param_count, 2);
    run_set_params(&run, NULL, 0, "");
    ck_assert_ptr_null(run.params);
    ck_assert_uint_eq(run.param_count, 0);
    run_fini(&run);
}
END_TEST

START_TEST(an_iterations_copy_is_its_own)
{
    struct iteration *iteration = iteration_new(3);
    iteration->delta_count = 1;
    iteration->delta = mem_alloc(sizeof *iteration->delta);
    iteration->delta[0].target = 65;
    iteration->param_count = 1;
    iteration->params = mem_alloc(sizeof *iteration->params);
    iteration->params[0] = value_of(60);
    iteration->rationale = mem_strdup("why");
    iteration->error = mem_strdup("error");
    iteration->runtime_text = mem_strdup("{}");
    iteration->output_tail = mem_strdup("tail");
    iteration->skip_note = mem_strdup("note");
    struct iteration *copy = iteration_copy(iteration);
    iteration_drop_text(iteration);
    ck_assert_ptr_null(iteration->runtime_text);
    ck_assert_ptr_null(iteration->output_tail);
    ck_assert_str_eq(iteration->rationale, "why");
    iteration_free(iteration);
    ck_assert_double_eq(copy->delta[0].target, 65);
    ck_assert_double_eq(copy->params[0].number, 60);
    ck_assert_str_eq(copy->rationale, "why");
    ck_assert_str_eq(copy->error, "error");
    ck_assert_str_eq(copy->runtime_text, "{}");
    ck_assert_str_eq(copy->output_tail, "tail");
    ck_assert_str_eq(copy->skip_note, "note");
    iteration_free(copy);
    iteration_free(NULL);
}
END_TEST

/* A failed iteration has no KPI; a missing one does not pass. */
START_TEST(kpis_pass_only_if_valid_and_present)
{
    struct thresholds thresholds;
    testdata_thresholds(&thresholds);
    const struct kpi_limits *strict = thresholds_limits(&thresholds, false);
    struct iteration *iteration = iteration_new(1);
    double passing[KPI_COUNT] = {
        [KPI_RISK] = 0.42, [KPI_MAKER_TAKER] = 0.85, [KPI_NET] = 2.7, [KPI_P95] = 350};
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        iteration->summary.kpi[kpi] = value_of(passing[kpi]);
    ck_assert(iteration_valid(iteration));
    ck_assert(iteration_passes(iteration, strict));
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        iteration->summary.kpi[kpi] = value_missing();
        ck_assert(!iteration_passes(iteration, strict));
        iteration->summary.kpi[kpi] = value_of(passing[kpi]);
    }
    iteration->state = ITERATION_FAILED;
    ck_assert(!iteration_valid(iteration));
    ck_assert(!value_present(iteration_kpi(iteration, KPI_NET)));
    ck_assert(!iteration_passes(iteration, strict));
    iteration->state = ITERATION_GAP;
    ck_assert(!iteration_valid(iteration));
    iteration_free(iteration);
}
END_TEST

START_TEST(names_read_back)
{
    for (int i = 0; i < SOURCE_COUNT; i++)
        ck_assert_int_eq(run_source_parse(run_source_name((enum run_source)i)), i);
    for (int i = 0; i < APPROVE_COUNT; i++)
        ck_assert_int_eq(approve_mode_parse(approve_mode_name((enum approve_mode)i)), i);
    for (int i = 0; i < RUN_STATE_COUNT; i++)
        ck_assert_int_eq(run_state_parse(run_state_name((enum run_state)i)), i);
    for (int i = 0; i < GUARD_COUNT; i++)
        ck_assert_int_eq(guard_parse(guard_name((enum guard)i)), i);
    for (int i = 0; i < DELTA_STATE_COUNT; i++)
        ck_assert_int_eq(delta_state_parse(delta_state_name((enum delta_state)i)), i);
    ck_assert_int_eq(run_source_parse("nothing"), SOURCE_UNKNOWN);
    ck_assert_int_eq(approve_mode_parse("nothing"), APPROVE_COUNT);
    ck_assert_int_eq(run_state_parse("nothing"), RUN_STATE_COUNT);
    ck_assert_int_eq(guard_parse("nothing"), GUARD_NONE);
    ck_assert_str_eq(event_kind_name(EVENT_EXTERNAL_CHANGE), "external_change");
    ck_assert_str_eq(skip_flag_names[9], "error");
    ck_assert_str_eq(skip_flag_names[5], "late");
}
END_TEST

START_TEST(lines_are_counted_by_state)
{
    struct proposal proposal = {.count = 4};
    snprintf(proposal.delta[2].name, sizeof proposal.delta[2].name, "tail_age_ms");
    proposal.delta[0].state = DELTA_APPROVED;
    proposal.delta[1].state = DELTA_EDITED;
    proposal.delta[2].state = DELTA_HELD;
    proposal.delta[3].state = DELTA_APPROVED;
    ck_assert_uint_eq(proposal_staged(&proposal), 3);
    ck_assert_uint_eq(proposal_count(&proposal, DELTA_APPROVED), 2);
    ck_assert_uint_eq(proposal_count(&proposal, DELTA_BLOCKED), 0);
    ck_assert(proposal_find(&proposal, "tail_age_ms") == &proposal.delta[2]);
    ck_assert_ptr_null(proposal_find(&proposal, "tail_age"));
}
END_TEST

Suite *run_suite(void)
{
    const TTest *const tests[] = {
        iterations_are_found_by_number_and_replaced,
        times_are_not_known_at_first,
        parameters_and_events_are_copied,
        an_iterations_copy_is_its_own,
        kpis_pass_only_if_valid_and_present,
        names_read_back,
        lines_are_counted_by_state,
        NULL,
    };
    return harness_suite("run", tests, 10);
}
