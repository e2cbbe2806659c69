/* test_deltas_past: the line in full: rail, earlier cases, disk, guards at write, gate. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/deltas.h"
#include "ui/deltas_past.h"
#include "ui/key.h"
#include "ui/value_rail.h"

static struct driver driver;

static const struct param *param_of(const char *name)
{
    const struct param_table *table = &driver.view->config->params;
    return &table->param[param_find(table, name)];
}

static void check_rail(const char *name, int width, double now, double after, const char *wanted)
{
    char text[VALUE_RAIL_MAX];
    value_rail(text, width, param_of(name), now, after);
    ck_assert_str_eq(text, wanted);
}

START_TEST(a_rail_holds_both_values_whole_whatever_the_room)
{
    driver_init(&driver, 3, QUIET);
    check_rail("min_interval_ms", 31, 65, 70, "40 .................(65)..>70..... 80");
    check_rail("min_interval_ms", 31, 65, 50, "40 ......50<........(65).......... 80");
    check_rail("min_interval_ms", 20, 79, 80, "40 .............(79)>80 80");
    check_rail("min_interval_ms", 20, 41, 40, "40 40<(41)............. 80");
    check_rail("min_interval_ms", 20, 60, 60, "40 ........(60)........ 80");
    check_rail("min_interval_ms", 12, 40, 200, "40 (40)....>200 80");
    check_rail("min_interval_ms", 20, 60, NAN, "");
    check_rail("tick_size", 20, 60, 61, "");
    for (int width = 1; width < 80; width++)
        for (double now = 30; now < 90; now += 3)
            for (double after = 30; after < 90; after += 7) {
                char text[VALUE_RAIL_MAX];
                value_rail(text, width, param_of("min_interval_ms"), now, after);
                ck_assert_int_le((int)strlen(text), 64 + 6);
                ck_assert_ptr_nonnull(strchr(text, '('));
            }
    driver_fini(&driver);
}
END_TEST

START_TEST(earlier_cases_are_counted_and_few_are_weak_evidence)
{
    char text[640];
    struct view *view;
    driver_init(&driver, 12, PROPOSED);
    view = driver.view;
    struct delta *line = proposal_find(&view->run.pending, "tail_age_ms");
    line->after = 650; /* +30, as in it 1 and it 3 */
    deltas_past_text(view, line, 13, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "+30 was applied twice: risk ratio "));
    ck_assert_ptr_nonnull(strstr(text, " then "));
    ck_assert_ptr_nonnull(strstr(text, "n=2: weak evidence"));
    ck_assert_ptr_nonnull(strstr(text, "mixed: other parameters moved with it"));
    /* it 1's was moved again after it 2 */
    ck_assert_ptr_nonnull(strstr(text, "over the next 4 it, of one only 1"));
    line->after = 660; /* never by +40: by +30 twice and by +70 */
    deltas_past_text(view, line, 13, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "not by +40 before, but that way 3 times: "));
    ck_assert_ptr_nonnull(strstr(text, "n=3;"));
    line->after = 600;
    deltas_past_text(view, line, 13, text, sizeof text);
    ck_assert_str_eq(text, "this change was not made in this run before");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_last_six_values_end_with_the_one_in_force)
{
    char text[96];
    driver_init(&driver, 4, PROPOSED);
    struct delta *line = proposal_find(&driver.view->run.pending, "tail_age_ms");
    deltas_past_values(driver.view, line, 5, text, sizeof text);
    ck_assert_str_eq(text, "600 630 700 730 620");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_line_that_was_rejected_before_says_when_and_is_still_open)
{
    driver_init(&driver, 12, PROPOSED);
    struct view *view = driver.view;
    struct delta *line = proposal_find(&view->run.pending, "base_spread_bps_delta");
    line->rejected_at = 11;
    driver_screen_shows(&driver, 120, 40, " NO it 11");
    snprintf(view->selected, sizeof view->selected, "base_spread_bps_delta");
    driver_screen_shows(&driver, 120, 40, "rejected at it 11 with the same target");
    driver_screen_shows(&driver, 120, 40, "PROP     base_spread_bps_delta");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_disk_line_names_copies_no_ops_and_what_would_be_refused)
{
    driver_init(&driver, 12, PROPOSED);
    struct view *view = driver.view;
    driver_screen_shows(&driver, 120, 40, "65 -> 70 at engine.min_interval_ms (1 path)");
    view->disk.state = DISK_LENS_READ;
    driver_screen_shows(&driver, 120, 40, "(1 path, no shadow copy)");
    snprintf(view->selected, sizeof view->selected, "tail_age_ms");
    driver_shows(&driver, "(1 path); the tuner asked 650"); /* not cut off by what is in order */
    snprintf(view->selected, sizeof view->selected, "min_interval_ms");
    view->disk.copy_count = 1;
    view->disk.copy[0].param = param_find(&view->config->params, "min_interval_ms");
    view->disk.copy[0].value = value_of(30);
    snprintf(view->disk.copy[0].path, sizeof view->disk.copy[0].path, "old.min_interval_ms");
    driver_screen_shows(&driver, 120, 40, "(1 path, ! copy at old.min_interval_ms = 30 stays)");
    view->disk.copy_count = 0;
    driver_type(&driver, "2e65"); /* in force */
    driver_screen_shows(&driver, 120, 40, "no-op: that is in force already");
    driver_type(&driver, "0");
    driver_screen_shows(&driver, 120, 40, "REFUSED: ");
    driver_fini(&driver);
}
END_TEST

START_TEST(rail_guards_and_velocity_follow_each_key_of_an_edit)
{
    driver_init(&driver, 12, PROPOSED);
    driver_type(&driver, "2");
    driver_screen_shows(&driver, 120, 40, "(65)");
    driver_screen_shows(&driver, 120, 40, ">70");
    driver_shows(&driver, "velocity 0/30 -> 5/30 by this write, resets");
    driver_screen_shows(&driver, 120, 40, "guards: none; velocity 0/30 -> 5/30   gate: PASS now");
    driver_type(&driver, "e75");
    driver_screen_shows(&driver, 120, 40, ">75");
    driver_shows(&driver, "velocity 0/30 -> 10/30 by this write");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_type(&driver, "ff");
    driver_screen_shows(&driver, 160, 50, "was 650"); /* the edited line keeps the tuner's value */
    driver_fini(&driver);
}
END_TEST

Suite *deltas_past_suite(void)
{
    const TTest *const list[] = {
        a_rail_holds_both_values_whole_whatever_the_room,
        earlier_cases_are_counted_and_few_are_weak_evidence,
        the_last_six_values_end_with_the_one_in_force,
        a_line_that_was_rejected_before_says_when_and_is_still_open,
        the_disk_line_names_copies_no_ops_and_what_would_be_refused,
        rail_guards_and_velocity_follow_each_key_of_an_edit,
        NULL,
    };
    return harness_suite("deltas_past", list, 10);
}
