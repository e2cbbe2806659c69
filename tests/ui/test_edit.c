/* edit: a value is edited where it stands, by digits or steps, inside its bounds. */
#include "config.h"

#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/dialog.h"

static struct driver driver;

static void expect_edit(const char *name, double number)
{
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, DECIDE_EDIT);
    ck_assert_str_eq(command.name, name);
    ck_assert_double_eq(command.number, number);
    ck_assert_int_eq(command.iteration, 23);
    ck_assert_ptr_null(driver.view->dialog);
}

START_TEST(digits_replace_the_value_and_enter_stages_it)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'e');
    driver_shows(&driver, "min_interval_ms [70_] in 40..80  Enter accept  , . 1  Esc leave");
    driver_type(&driver, "68");
    driver_shows(&driver, "65 ->   68_     +3");
    driver_shows(&driver, "disk   65 -> 68 at engine.min_interval_ms (1 path); the tuner asked 70");
    driver_key(&driver, KEYCODE_ENTER);
    expect_edit("min_interval_ms", 68);
    driver_fini(&driver);
}
END_TEST

START_TEST(comma_and_point_step_by_the_unit)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "e,,");
    driver_key(&driver, KEYCODE_ENTER);
    expect_edit("min_interval_ms", 68);
    driver_type(&driver, "jjje..");
    driver_key(&driver, KEYCODE_UP);
    driver_key(&driver, KEYCODE_ENTER);
    expect_edit("base_spread_bps_delta", 0.163);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_step_stops_at_the_bound)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'e');
    for (int i = 0; i < 30; i++)
        driver_key(&driver, '.');
    ck_assert_str_eq(dialog_edit_of(driver.view)->text, "80");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_point_after_typed_digits_is_a_decimal_point)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "jjje0.155");
    driver_key(&driver, KEYCODE_ENTER);
    expect_edit("base_spread_bps_delta", 0.155);
    driver_fini(&driver);
}
END_TEST

START_TEST(out_of_bounds_is_refused_with_the_bounds_named)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "e95");
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent_nothing(&driver);
    driver_says(&driver, "80");
    driver_says(&driver, "min_interval_ms");
    ck_assert_ptr_nonnull(dialog_edit_of(driver.view));
    driver_key(&driver, 21);
    driver_type(&driver, "70");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(driver_sent(&driver, COMMAND_DECIDE).op, DECIDE_APPROVE);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_value_in_force_and_no_number_are_refused)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "e65");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "that is the value in force");
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "no number");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(back_to_the_tuners_value_of_an_edited_line_is_an_edit)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "je650");
    driver_key(&driver, KEYCODE_ENTER);
    expect_edit("tail_age_ms", 650);
    driver_fini(&driver);
}
END_TEST

START_TEST(escape_leaves_the_line_as_it_was)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "e71");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_sent_nothing(&driver);
    driver_shows(&driver, "65 ->    70");
    ck_assert_ptr_null(dialog_edit_of(driver.view));
    driver_fini(&driver);
}
END_TEST

START_TEST(letters_and_other_keys_do_nothing_meanwhile)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "eaxAYRT");
    driver_key(&driver, KEYCODE_PASTE);
    driver_sent_nothing(&driver);
    ck_assert_str_eq(dialog_edit_of(driver.view)->text, "70");
    driver_fini(&driver);
}
END_TEST

Suite *edit_suite(void)
{
    const TTest *const tests[] = {
        digits_replace_the_value_and_enter_stages_it,
        comma_and_point_step_by_the_unit,
        a_step_stops_at_the_bound,
        a_point_after_typed_digits_is_a_decimal_point,
        out_of_bounds_is_refused_with_the_bounds_named,
        the_value_in_force_and_no_number_are_refused,
        back_to_the_tuners_value_of_an_edited_line_is_an_edit,
        escape_leaves_the_line_as_it_was,
        letters_and_other_keys_do_nothing_meanwhile,
        NULL,
    };
    return harness_suite("edit", tests, 20);
}
