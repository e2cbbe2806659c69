/* test_looked: what happened since the last key, bookmarks, and the handover note. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/handover.h"
#include "driver.h"
#include "harness.h"
#include "suites.h"

static struct driver driver;

static void deliver_iteration(int number)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = fixture_iteration(&driver.fixture.config, number);
    view_fold_take(driver.view, message);
    view_refresh(driver.view);
}

START_TEST(an_absence_of_five_minutes_is_told_on_return)
{
    driver_init(&driver, 10, QUIET);
    driver_pass(&driver, LOOKED_AWAY_MS - 1);
    deliver_iteration(11);
    ck_assert_str_eq(driver.view->since, "");
    driver_pass(&driver, 42 * 60000 + 1);
    deliver_iteration(12);
    ck_assert_str_eq(driver.view->since, "since you looked (47m): +2 it");
    driver_key(&driver, '1');
    driver_says(&driver, "since you looked (47m): +2 it");
    driver_key(&driver, '}');
    ck_assert_int_eq(view_number(driver.view), 12);
    driver_key(&driver, '0');
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_str_eq(driver.view->since, "");
    driver_fini(&driver);
}
END_TEST

START_TEST(nothing_is_told_where_nothing_happened)
{
    driver_init(&driver, 10, QUIET);
    driver_pass(&driver, 60 * 60000);
    view_refresh(driver.view);
    ck_assert_str_eq(driver.view->since, "");
    ck_assert_int_eq(looked_tick_ms(driver.view), -1);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_bookmark_is_set_listed_jumped_to_and_undone)
{
    driver_init(&driver, 10, QUIET);
    driver_type(&driver, "[[bodd");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "it 8 is marked");
    driver_type(&driver, "0'");
    driver_shows(&driver, "it 8      odd");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view_number(driver.view), 8);
    driver_type(&driver, "0u");
    ck_assert_uint_eq(driver.view->preferences.bookmarks.count, 0);
    driver_type(&driver, "U");
    ck_assert_uint_eq(driver.view->preferences.bookmarks.count, 1);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_handover_note_tells_verdict_kpis_decisions_and_bookmarks)
{
    driver_init(&driver, 10, PROPOSED);
    struct view *view = driver.view;
    struct bookmark_list none = {0};
    const struct handover handover = {.run = &view->run,
                                      .number = view_number(view),
                                      .judgement = &view->judgement,
                                      .forecast = &view->forecast,
                                      .thresholds = &view->config->thresholds,
                                      .since = "",
                                      .bookmarks = &none,
                                      .by = "op1@desk",
                                      .now_ms = view->now_ms};
    char *text = handover_text(&handover);
    static const char *const wanted[] = {
        "# Handover: run_A", "by op1@desk. Iteration 11 of 24",
        "| risk ratio |",    "- it 11 min_interval_ms 65 -> 70: OK",
        "BLOCKED (freeze)",  "## Bookmarks\n\nNone.",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (strstr(text, wanted[i]) == NULL)
            ck_abort_msg("no \"%s\" in:\n%s", wanted[i], text);
    free(text);
    driver_type(&driver, "H");
    driver_shows(&driver, "file    handover-run-A-it11.md_");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_fini(&driver);
}
END_TEST

Suite *looked_suite(void)
{
    const TTest *const tests[] = {
        an_absence_of_five_minutes_is_told_on_return,
        nothing_is_told_where_nothing_happened,
        a_bookmark_is_set_listed_jumped_to_and_undone,
        the_handover_note_tells_verdict_kpis_decisions_and_bookmarks,
        NULL,
    };
    return harness_suite("looked", tests, 10);
}
