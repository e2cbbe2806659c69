/* rollback: the list, the preview now -> back, level 2 past two applies. The fixture's run applied
 * in iterations 1, 2, 3, 6 and 7; in force are base_spread_bps 0.15 (0.135 before iteration 7's
 * apply), replace_rate_per_min 200 (204), tail_age_ms 730 (700 before iteration 3's). */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/dialog.h"

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
    driver_shows(&driver, "undoes or restores 2 applies");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_TO_ITERATION);
    ck_assert_int_eq(command.iteration, 6);
    driver_fini(&driver);
}
END_TEST

/* Iteration 2's apply moved tail_age_ms to 700, which 3's set to 730. */
START_TEST(an_apply_alone_names_what_changed_later_and_keeps_it_unless_ticked)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Rjjjo");
    driver_shows(&driver, "the apply of it 2 alone");
    driver_shows(&driver, "min_interval_ms             80 ->       60");
    driver_shows(&driver,
                 "[ ] replace_rate_per_min       200 kept, set after it 7; 1: back to 300");
    driver_shows(&driver,
                 "[ ] tail_age_ms                730 kept, set after it 3; 2: back to 630");
    driver_pass(&driver, 400);
    const struct dialog *before = driver.view->dialog;
    driver_key(&driver, '2');
    ck_assert_ptr_ne(driver.view->dialog, before);
    driver_key(&driver, 'Y'); /* deaf anew: it is another question */
    driver_sent_nothing(&driver);
    driver_shows(&driver, "[x] tail_age_ms                730 ->      630 set after it 3; 2 keeps");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_APPLY);
    ck_assert_int_eq(command.iteration, 2);
    ck_assert_str_eq(command.also, "tail_age_ms");
    driver_fini(&driver);
}
END_TEST

/* Where everything was rolled back nothing is left to undo, but there is something to redo. */
START_TEST(a_rollback_can_be_redone)
{
    driver_init(&driver, 22, QUIET);
    const struct run *run = &driver.view->run;
    const struct change *newest = run_newest_apply(run);
    struct change change = change_copy(newest, newest->param_count);
    change.kind = CHANGE_ROLLBACK;
    memcpy(change.hash_before, newest->hash_after, sizeof change.hash_before);
    memcpy(change.hash_after, newest->hash_before, sizeof change.hash_after);
    struct value *after = change.after;
    change.after = change.before;
    change.before = after;
    run_add_change(&driver.view->run, &change, change.param_count);
    run_set_params(&driver.view->run, change.after, change.param_count, change.hash_after);
    driver_key(&driver, 'R');
    driver_shows(&driver, "redo: what the rollback after it");
    driver_type(&driver, "jjjj");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "REDO: 2 parameters");
    driver_shows(&driver, "undoes or restores 1 apply");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    ck_assert_int_eq(driver_sent(&driver, COMMAND_ROLLBACK).what, ROLLBACK_REDO);
    change_fini(&change);
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
        an_apply_alone_names_what_changed_later_and_keeps_it_unless_ticked,
        a_rollback_can_be_redone,
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
