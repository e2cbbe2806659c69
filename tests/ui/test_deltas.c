/* deltas: lines, marks, decisions, the table and the detail. */
#include "config.h"

#include <stdio.h>
#include <math.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/panel.h"

static struct driver driver;

START_TEST(the_proposal_is_listed_with_state_limits_and_guard)
{
    driver_init(&driver, 22, PROPOSED);
    driver_shows(&driver, ">[x] OK      min_interval_ms          65 ->    70     +5 40..80");
    driver_shows(&driver, "[x] EDIT    tail_age_ms             620 ->   640    +20 500..800");
    driver_shows(&driver,
                 "[!] BLOCKED impact_cap_ratio      0.090 -> 0.085 -0.005 .08..0.12 freeze");
    driver_shows(&driver, "[ ] PROP    base_spread_bps_delta  0.14 ->  0.16  +0.02 .08..0.25");
    driver_shows(&driver, "2 staged, 1 open, 1 blocked");
    driver_screen_shows(&driver, 200, 60, "+8%");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_detail_tells_why_disk_guards_and_gate)
{
    driver_init(&driver, 22, PROPOSED);
    driver_shows(&driver, "why    MODERATE");
    driver_shows(&driver, "disk   65 -> 70 at engine.min_interval_ms (1 path)");
    driver_shows(&driver, "guards none holds it");
    driver_shows(&driver, "gate   PASS");
    driver_key(&driver, 'j');
    driver_shows(&driver, "(1 path); the tuner asked 650");
    driver_key(&driver, 'j');
    driver_shows(&driver, "guards freeze holds it: frozen until it 26; clears at it 26, ~15m");
    driver_screen_shows(&driver, 120, 40, "2.1 impact_cap_ratio");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_selection_stays_with_its_parameter)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jjj");
    ck_assert_str_eq(driver.view->selected, "base_spread_bps_delta");
    driver_line_changes(&driver, "min_interval_ms", DELTA_REJECTED);
    ck_assert_str_eq(driver.view->selected, "base_spread_bps_delta");
    ck_assert_int_eq(deltas_selected(driver.view), 3);
    driver_key(&driver, 'g');
    ck_assert_int_eq(deltas_selected(driver.view), 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(approve_sends_the_line_under_the_cursor)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "ja");
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, DECIDE_APPROVE);
    ck_assert_str_eq(command.name, "tail_age_ms");
    ck_assert_int_eq(command.iteration, 23);
    ck_assert_str_eq(command.actor, "op1@desk");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_line_that_a_guard_holds_is_refused_with_guard_and_end)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jjx");
    driver_says(&driver, "freeze blocks impact_cap_ratio until it 26");
    driver_key(&driver, ' ');
    driver_says(&driver, "freeze blocks impact_cap_ratio until it 26");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

static void expect_approved(const char *name)
{
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, DECIDE_APPROVE);
    ck_assert_str_eq(command.name, name);
}

START_TEST(space_picks_lines_for_the_next_decision)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, ' ');
    ck_assert_str_eq(driver.view->selected, "tail_age_ms");
    driver_type(&driver, "jj ");
    driver_shows(&driver, "* [x] OK      min_interval_ms");
    driver_shows(&driver, "*>[ ] PROP    base_spread_bps_delta");
    driver_key(&driver, 'a');
    expect_approved("min_interval_ms");
    expect_approved("base_spread_bps_delta");
    driver_sent_nothing(&driver);
    driver_hides(&driver, "* [x]");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_range_reaches_from_v_to_the_cursor_without_what_guards_hold)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jvjj");
    driver_key(&driver, 'a');
    expect_approved("tail_age_ms");
    expect_approved("base_spread_bps_delta");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_range_closed_with_space_stays_marked)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "vj jj");
    ck_assert_str_eq(driver.view->range_from, "");
    driver_shows(&driver, "* [x] OK      min_interval_ms");
    driver_shows(&driver, "* [x] EDIT    tail_age_ms");
    driver_fini(&driver);
}
END_TEST

START_TEST(star_picks_all_that_no_guard_holds_and_again_none)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "*");
    driver_type(&driver, "a");
    expect_approved("min_interval_ms");
    expect_approved("tail_age_ms");
    expect_approved("base_spread_bps_delta");
    driver_sent_nothing(&driver);
    driver_type(&driver, "**");
    driver_hides(&driver, "*>");
    driver_fini(&driver);
}
END_TEST

START_TEST(marks_go_with_their_proposal)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, '*');
    driver_proposal_gone(&driver);
    fixture_propose(&driver.fixture);
    driver_hides(&driver, "* [x]");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_recorded_iteration_shows_what_became_of_its_lines)
{
    driver_init(&driver, 22, QUIET);
    driver_shows(&driver, "it 22: nothing proposed");
    driver_shows(&driver, "it 7 VERIFIED");
    view_show(driver.view, 3);
    driver_shows(&driver, ">[x]  VERIFIED impact_cap_ratio");
    driver_shows(&driver, "became VERIFIED by auto");
    driver_shows(&driver, "it 2 VERIFIED");
    driver_hides(&driver, "it 7 VERIFIED");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_line_is_verified_once_the_next_iteration_ran_with_it)
{
    driver_init(&driver, 22, QUIET);
    struct iteration *third = driver.view->run.iteration[2];
    third->delta[0].state = third->delta[1].state = DELTA_APPLIED;
    ck_assert_int_eq(deltas_state(driver.view, &third->delta[0], 3), DELTA_VERIFIED);
    driver.view->run.iteration[3]->params[third->delta[1].param] = value_of(700);
    ck_assert_int_eq(deltas_state(driver.view, &third->delta[1], 3), DELTA_APPLIED);
    view_show(driver.view, 3);
    ck_assert_int_eq(deltas_state(driver.view, &third->delta[0], 3), DELTA_APPLIED);
    driver_fini(&driver);
}
END_TEST

/* The value stands in the file, but the bot says that it ran with something else. */
START_TEST(a_line_is_diverged_if_the_bot_ran_with_other_parameters)
{
    driver_init(&driver, 22, QUIET);
    struct iteration *third = driver.view->run.iteration[2], *next = driver.view->run.iteration[3];
    third->delta[0].state = DELTA_APPLIED;
    snprintf(next->signature, sizeof next->signature, "%064d", 4);
    snprintf(next->summary.overrides_hash, sizeof next->summary.overrides_hash, "%064d", 4);
    ck_assert_int_eq(deltas_state(driver.view, &third->delta[0], 3), DELTA_VERIFIED);
    snprintf(next->summary.overrides_hash, sizeof next->summary.overrides_hash, "%064d", 3);
    ck_assert_int_eq(deltas_state(driver.view, &third->delta[0], 3), DELTA_DIVERGED);
    view_show(driver.view, 4);
    driver_shows(&driver, "DIVERGED");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_rollback_is_not_seen_before_it_happened)
{
    driver_init(&driver, 22, QUIET);
    struct iteration *seventh = driver.view->run.iteration[6];
    seventh->delta[0].state = DELTA_ROLLED_BACK;
    seventh->rolled_back_after = 10;
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_ROLLED_BACK);
    view_show(driver.view, 10);
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_ROLLED_BACK);
    view_show(driver.view, 9);
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_VERIFIED);
    view_show(driver.view, 7);
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_APPLIED);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_rollback_while_the_next_proposal_waited_is_the_next_ones)
{
    driver_init(&driver, 22, QUIET);
    struct run *run = &driver.view->run;
    struct iteration *seventh = run->iteration[6];
    seventh->delta[0].state = DELTA_ROLLED_BACK;
    seventh->rolled_back_after = 7; /* the 8th ran with what was applied, and waited */
    utc_format(seventh->rolled_back_at, driver.view->now_ms);
    view_show(driver.view, 7);
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_ROLLED_BACK);
    run_add_event(run, EVENT_PROPOSAL, 8, driver.view->now_ms - 5000, "it waits");
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_APPLIED);
    view_show(driver.view, 8);
    ck_assert_int_eq(deltas_state(driver.view, &seventh->delta[0], 7), DELTA_ROLLED_BACK);
    driver_fini(&driver);
}
END_TEST

START_TEST(an_open_line_of_a_frozen_view_has_not_become_anything)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'p');
    driver_hides(&driver, "became PROP");
    driver_shows(&driver, "not decided yet");
    driver_fini(&driver);
}
END_TEST

START_TEST(lines_that_have_no_room_are_counted_and_a_cut_sentence_is_marked)
{
    driver_init(&driver, 22, QUIET);
    size_t lines = 0;
    for (size_t i = 0; i < driver.view->run.count; i++)
        lines += driver.view->run.iteration[i]->delta_count;
    char *screen = fixture_screen(&driver.fixture, 80, 24), more[32];
    size_t shown = 0;
    for (const char *p = strstr(screen, "2 Deltas"); p != NULL; p = strstr(p + 1, " VERIFIED "))
        shown++;
    snprintf(more, sizeof more, "(+%zu)", lines - (shown - 1));
    driver_shows(&driver, more);
    driver_shows(&driver, "maker/taker from>");
    driver_screen_shows(&driver, 120, 40, "maker/taker from fills_volume");
    free(screen);
    driver_fini(&driver);
}
END_TEST

START_TEST(without_a_line_the_iteration_itself_is_told)
{
    driver_init(&driver, 22, QUIET);
    driver_screen_shows(&driver, 120, 40, "2.1 it 22");
    driver_screen_shows(&driver, 120, 40, "verdict it 22 PASS 2025-01-01T11:50:00Z");
    driver_screen_shows(&driver, 120, 40, "risk ratio 0.3, maker/taker 0.85, net 4.9, p95 215");
    driver_screen_shows(&driver, 120, 40, "gross n/a");
    struct iteration *last = driver.view->run.iteration[21];
    last->state = ITERATION_FAILED;
    last->error = mem_strdup("the command ended with status 3");
    driver_screen_shows(&driver, 120, 40, "fault   it 22 failed: the command ended with status 3");
    driver_fini(&driver);
}
END_TEST

START_TEST(going_down_past_the_last_line_scrolls_the_earlier_ones)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'G');
    ck_assert_int_eq(driver.view->top[PANEL_DELTAS], 0);
    driver_type(&driver, "jj");
    ck_assert_int_eq(driver.view->top[PANEL_DELTAS], 2);
    driver_key(&driver, 'k');
    ck_assert_int_eq(driver.view->top[PANEL_DELTAS], 1);
    for (int i = 0; i < 50; i++)
        driver_key(&driver, 'j');
    ck_assert_int_eq(driver.view->top[PANEL_DELTAS], 13);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_an_older_file_does_not_tell_is_not_available)
{
    driver_init(&driver, 22, QUIET);
    struct iteration *third = driver.view->run.iteration[2];
    third->delta[0].now = (double)NAN;
    third->delta[0].target = third->delta[0].after = -0.01;
    view_show(driver.view, 3);
    driver_shows(&driver, "n/a -> -0.01");
    driver_hides(&driver, "nan");
    third->delta[0].after = (double)NAN;
    driver_shows(&driver, "n/a ->   n/a");
    driver_hides(&driver, "nan");
    for (int width = 60; width < 210; width += 50)
        driver_screen_shows(&driver, width, 40, "n/a");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_parameter_that_the_table_lacks_is_shown_too)
{
    driver_init(&driver, 22, PROPOSED);
    struct delta *delta = &driver.view->run.pending.delta[0];
    delta->param = -1;
    snprintf(delta->name, sizeof delta->name, "older_name");
    driver_shows(&driver, "older_name");
    driver_key(&driver, 'e');
    driver_says(&driver, "not in the table of parameters");
    driver_key(&driver, ' ');
    driver_fini(&driver);
}
END_TEST

START_TEST(lines_that_do_not_fit_are_counted_and_reached)
{
    driver_init(&driver, 22, PROPOSED);
    driver_screen_shows(&driver, 100, 14, "freeze                      +1 |");
    driver_key(&driver, 'G');
    driver_screen_shows(&driver, 100, 14, ">[ ] PROP    base_spread_bps_delta");
    driver_fini(&driver);
}
END_TEST

/* A guard's word in the last row is whole or not there: the count has a row of its own then. */
START_TEST(the_count_of_earlier_lines_covers_no_guard)
{
    driver_init(&driver, 22, QUIET);
    struct run *run = &driver.view->run;
    for (size_t i = 0; i < run->count; i++)
        for (size_t k = 0; k < run->iteration[i]->delta_count; k++) {
            run->iteration[i]->delta[k].state = DELTA_BLOCKED;
            run->iteration[i]->delta[k].guard = GUARD_STATE_OSCILLATION;
        }
    int seen = 0;
    for (int width = 60; width <= 200; width++) {
        char *text = fixture_screen(&driver.fixture, width, 30), *count = text;
        while ((count = strstr(count, "(+")) != NULL) {
            const char *row = count;
            while (row > text && row[-1] != '\n')
                row--;
            const char *word = strstr(row, "stat"); /* as it begins also where it is shortened */
            bool whole = word == NULL || word > count ||
                         strncmp(word, "state_oscillation", 17) == 0;
            if (!whole)
                ck_abort_msg("%d columns: %.*s", width, (int)strcspn(row, "\n"), row);
            seen++;
            count++;
        }
        free(text);
    }
    ck_assert_int_gt(seen, 100);
    driver_fini(&driver);
}
END_TEST

START_TEST(an_older_files_line_has_the_iterations_rationale)
{
    driver_init(&driver, 22, QUIET);
    struct iteration *third = driver.view->run.iteration[2];
    third->rationale = mem_strdup("AGGRESSIVE (risk=68%)");
    third->delta[0].why[0] = '\0';
    view_show(driver.view, 3);
    driver_shows(&driver, "why    AGGRESSIVE (risk=68%)");
    driver_fini(&driver);
}
END_TEST

START_TEST(any_size_is_drawn)
{
    driver_init(&driver, 22, PROPOSED);
    for (int width = 1; width < 210; width += 7)
        for (int height = 1; height < 62; height += 3)
            driver_screen_shows(&driver, width, height, "\n");
    driver_fini(&driver);
}
END_TEST

Suite *deltas_suite(void)
{
    const TTest *const tests[] = {
        the_proposal_is_listed_with_state_limits_and_guard,
        the_detail_tells_why_disk_guards_and_gate,
        the_selection_stays_with_its_parameter,
        approve_sends_the_line_under_the_cursor,
        a_line_that_a_guard_holds_is_refused_with_guard_and_end,
        space_picks_lines_for_the_next_decision,
        a_range_reaches_from_v_to_the_cursor_without_what_guards_hold,
        a_range_closed_with_space_stays_marked,
        star_picks_all_that_no_guard_holds_and_again_none,
        marks_go_with_their_proposal,
        a_recorded_iteration_shows_what_became_of_its_lines,
        a_line_is_verified_once_the_next_iteration_ran_with_it,
        a_line_is_diverged_if_the_bot_ran_with_other_parameters,
        a_rollback_is_not_seen_before_it_happened,
        a_rollback_while_the_next_proposal_waited_is_the_next_ones,
        an_open_line_of_a_frozen_view_has_not_become_anything,
        lines_that_have_no_room_are_counted_and_a_cut_sentence_is_marked,
        without_a_line_the_iteration_itself_is_told,
        going_down_past_the_last_line_scrolls_the_earlier_ones,
        what_an_older_file_does_not_tell_is_not_available,
        a_parameter_that_the_table_lacks_is_shown_too,
        lines_that_do_not_fit_are_counted_and_reached,
        the_count_of_earlier_lines_covers_no_guard,
        an_older_files_line_has_the_iterations_rationale,
        any_size_is_drawn,
        NULL,
    };
    return harness_suite("deltas", tests, 30);
}
