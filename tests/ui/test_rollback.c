/* rollback: the list, the preview now -> back, level 2 past two applies. The fixture's run applied
 * in iterations 1, 2, 3, 6 and 7; in force are base_spread_bps 0.15 (0.135 before iteration 7's
 * apply), replace_rate_per_min 200 (204), tail_age_ms 730 (700 before iteration 3's). */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"

static struct driver driver;

START_TEST(the_last_apply_is_previewed_and_rolled_back)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'R');
    driver_shows(&driver, "last apply, it 7");
    driver_shows(&driver, "back past it 1");
    driver_shows(&driver, "type its number");
    driver_shows(&driver, "tail_age_ms alone: 730 back to 700 (applied in it 3)");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "ROLL BACK 2 parameters");
    driver_shows(&driver, "base_spread_bps          0.150 ->    0.135");
    driver_shows(&driver, "replace_rate_per_min       200 ->      204");
    driver_shows(&driver, "cools down for 3 iterations");
    driver_key(&driver, 'Y');
    driver_sent_nothing(&driver);
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_LAST);
    driver_fini(&driver);
}
END_TEST

START_TEST(choosing_is_not_deaf_and_decides_nothing)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'R');
    driver_type(&driver, "jjYY");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(two_applies_back_are_level_1)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Rj");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "level 1");
    driver_shows(&driver, "takes back 2 applies");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_TO_ITERATION);
    ck_assert_int_eq(command.iteration, 6);
    driver_fini(&driver);
}
END_TEST

START_TEST(past_two_applies_a_word_and_a_reason_are_typed)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Rjj");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "level 2");
    driver_shows(&driver, "type ROLLBACK");
    driver_hides(&driver, "Y (Shift)");
    driver_pass(&driver, 400);
    driver_type(&driver, "Y");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "the word to type is ROLLBACK");
    driver_key(&driver, 21);
    driver_type(&driver, "ROLLBACK");
    driver_key(&driver, KEYCODE_ENTER);
    driver_type(&driver, " ");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "a reason is needed");
    driver_type(&driver, "Yesterday was better");
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent_nothing(&driver);
    driver_type(&driver, "Y");
    driver_sent_nothing(&driver);
    driver_pass(&driver, 400);
    driver_type(&driver, "Y");
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.iteration, 3);
    ck_assert_str_eq(command.note, " Yesterday was better");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_number_selects_the_iteration)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "R7");
    driver_shows(&driver, "type its number: 7");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "base_spread_bps          0.150 ->    0.135");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_TO_ITERATION);
    ck_assert_int_eq(command.iteration, 7);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_is_in_force_or_unknown_is_refused)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "R15");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "in force already");
    driver_type(&driver, "99");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "1 to 22");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(one_parameter_alone)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'R');
    driver_key(&driver, 'G');
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "ROLL BACK 1 parameter ");
    driver_shows(&driver, "min_interval_ms             80 ->       60");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_PARAM);
    ck_assert_str_eq(command.name, "min_interval_ms");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_frozen_view_offers_the_iteration_shown)
{
    driver_init(&driver, 22, QUIET);
    view_show(driver.view, 7);
    driver_key(&driver, 'R');
    driver_shows(&driver, "in force during it 7, the one shown");
    driver_fini(&driver);
}
END_TEST

START_TEST(it_refuses_once_the_parameters_changed)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'R');
    driver_key(&driver, KEYCODE_ENTER);
    driver_pass(&driver, 400);
    snprintf(driver.view->run.params_hash, HASH_TEXT_MAX, "0123");
    driver_key(&driver, 'Y');
    driver_says(&driver, "changed meanwhile");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(without_an_apply_there_is_nothing_to_roll_back)
{
    driver_init(&driver, 0, QUIET);
    driver_key(&driver, 'R');
    driver_says(&driver, "nothing that was applied is in force");
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

Suite *rollback_suite(void)
{
    const TTest *const tests[] = {
        the_last_apply_is_previewed_and_rolled_back,
        choosing_is_not_deaf_and_decides_nothing,
        two_applies_back_are_level_1,
        past_two_applies_a_word_and_a_reason_are_typed,
        a_number_selects_the_iteration,
        what_is_in_force_or_unknown_is_refused,
        one_parameter_alone,
        a_frozen_view_offers_the_iteration_shown,
        it_refuses_once_the_parameters_changed,
        without_an_apply_there_is_nothing_to_roll_back,
        NULL,
    };
    return harness_suite("rollback", tests, 20);
}
