/* hold: holding a line back, staging one against its guard, and the time to decide. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/key.h"

static struct driver driver;

static struct command held(const char *name, double until)
{
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, DECIDE_HOLD);
    ck_assert_str_eq(command.name, name);
    ck_assert_double_eq(command.number, until);
    return command;
}

START_TEST(d_holds_a_line_until_the_iteration_that_is_typed)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jjjd");
    driver_shows(&driver, "HOLD base_spread_bps_delta of it 23");
    driver_key(&driver, 'g'); /* no guard holds it */
    driver_type(&driver, "23");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "after 23");
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_type(&driver, "5");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "the run ends with it 24");
    driver_sent_nothing(&driver);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_type(&driver, "4");
    driver_key(&driver, KEYCODE_ENTER);
    held("base_spread_bps_delta", 24);
    driver_sent_nothing(&driver);
    driver_type(&driver, "d");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(g_holds_it_until_no_guard_does)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jjd");
    driver_shows(&driver, "until no guard holds it: freeze clears at it 26");
    driver_key(&driver, 'g');
    held("impact_cap_ratio", 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(picked_lines_are_held_together)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "*d24");
    driver_key(&driver, KEYCODE_ENTER);
    unsigned batch = held("min_interval_ms", 24).batch;
    ck_assert_uint_eq(held("tail_age_ms", 24).batch, batch);
    ck_assert_uint_eq(held("base_spread_bps_delta", 24).batch, batch);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_held_line_shows_until_when)
{
    driver_init(&driver, 22, PROPOSED);
    proposal_find(&driver.view->run.pending, "tail_age_ms")->hold_until = 24;
    driver_line_changes(&driver, "tail_age_ms", DELTA_HELD);
    driver_shows(&driver, "HOLD");
    driver_shows(&driver, "it 24");
    driver_shows(&driver, "1 held");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_stages_a_blocked_line_against_its_guard_and_apply_wants_the_word)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jja");
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, DECIDE_OVERRIDE);
    ck_assert_str_eq(command.name, "impact_cap_ratio");
    proposal_find(&driver.view->run.pending, "impact_cap_ratio")->overridden = true;
    driver_line_changes(&driver, "impact_cap_ratio", DELTA_APPROVED);
    driver_shows(&driver, "!freeze");
    driver_key(&driver, 'A');
    driver_shows(&driver, "AGAINST THE GUARD freeze");
    driver_shows(&driver, "type OVERRIDE");
    driver_pass(&driver, 500);
    driver_key(&driver, 'Y');
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent_nothing(&driver);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_type(&driver, "OVERRIDE");
    driver_key(&driver, KEYCODE_ENTER);
    driver_type(&driver, "the desk asked");
    driver_key(&driver, KEYCODE_ENTER);
    driver_pass(&driver, 500);
    driver_sent_nothing(&driver);
    driver_key(&driver, 'Y');
    command = driver_sent(&driver, COMMAND_APPLY);
    ck_assert(command.confirmed);
    ck_assert_str_eq(command.note, "the desk asked");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_step_past_the_largest_wants_the_word_too)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_hides(&driver, "type OVERRIDE");
    driver_pass(&driver, 500);
    driver_key(&driver, KEYCODE_ESCAPE);
    struct delta *line = proposal_find(&driver.view->run.pending, "tail_age_ms");
    line->after = line->now > 650 ? line->now - 101 : line->now + 101;
    driver_key(&driver, 'A');
    driver_shows(&driver, "LARGER than the largest step 100");
    driver_shows(&driver, "type OVERRIDE");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_time_to_decide_counts_down)
{
    driver_init(&driver, 22, PROPOSED);
    driver.view->run.state = RUN_HOLDING;
    driver.view->run.pending.decide_by_ms = driver.view->now_ms + 132000;
    driver_shows(&driver, "decide in 2m12s, else rejected");
    driver.view->run.pending.timeout_applies = true;
    driver_shows(&driver, "else applied");
    ck_assert_int_le(view_tick_ms(driver.view), 1000);
    driver_fini(&driver);
}
END_TEST

Suite *hold_suite(void)
{
    Suite *suite = suite_create("hold");
    TCase *tcase = tcase_create("hold");
    tcase_add_test(tcase, d_holds_a_line_until_the_iteration_that_is_typed);
    tcase_add_test(tcase, g_holds_it_until_no_guard_does);
    tcase_add_test(tcase, picked_lines_are_held_together);
    tcase_add_test(tcase, a_held_line_shows_until_when);
    tcase_add_test(tcase, a_stages_a_blocked_line_against_its_guard_and_apply_wants_the_word);
    tcase_add_test(tcase, a_step_past_the_largest_wants_the_word_too);
    tcase_add_test(tcase, the_time_to_decide_counts_down);
    suite_add_tcase(suite, tcase);
    return suite;
}
