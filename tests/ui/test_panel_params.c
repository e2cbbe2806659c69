/* test_panel_params: values as rails, where each comes from, and what the file on disk says. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/panel.h"
#include "ui/params.h"

static struct driver driver;

static void check(int width, int height, const char *wanted, bool there)
{
    struct canvas canvas;
    view_refresh(driver.view);
    canvas_init(&canvas, width, height, CHARSET_ASCII);
    panel_params.draw(driver.view, &canvas, (struct rect){0, 0, width, height});
    char *text = canvas_dump(&canvas);
    canvas_fini(&canvas);
    if ((strstr(text, wanted) != NULL) != there)
        ck_abort_msg("%s \"%s\" in:\n%s", there ? "no" : "there is", wanted, text);
    free(text);
}

/* The file holds what is in force, but for NAME, which has NUMBER there. */
static void on_disk(const char *name, struct value number)
{
    struct view *view = driver.view;
    view->disk.state = DISK_LENS_READ;
    snprintf(view->disk.hash, sizeof view->disk.hash, "%064d", 7);
    memcpy(view->disk.value, view->run.params, view->run.param_count * sizeof *view->disk.value);
    int param = param_find(&view->config->params, name);
    if (param >= 0)
        view->disk.value[param] = number;
}

START_TEST(with_room_a_value_stands_on_its_rail)
{
    driver_init(&driver, 12, QUIET);
    /* 730 of 500..800: 230/300 of 19 is 14.6 */
    check(120, 17, "730     500 ...............o.... 800", true);
    check(120, 17, "it 3  auto  10:15:00  tuner", true);
    check(80, 17, "500..800", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_value_that_the_file_has_otherwise_is_marked)
{
    driver_init(&driver, 12, QUIET);
    on_disk("tail_age_ms", value_of(700));
    check(46, 17, "!tail_age_ms                730  on disk 700", true);
    on_disk("tail_age_ms", value_missing());
    check(46, 17, "!tail_age_ms                730  not on disk", true);
    on_disk("", value_missing());
    check(46, 17, "!", false);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_same_bytes_differ_in_nothing_and_the_past_is_not_compared)
{
    driver_init(&driver, 12, QUIET);
    on_disk("tail_age_ms", value_of(700));
    memcpy(driver.view->disk.hash, driver.view->run.params_hash, HASH_TEXT_MAX);
    check(46, 17, "on disk", false);
    on_disk("tail_age_ms", value_of(700));
    view_show(driver.view, 5);
    check(46, 17, "on disk", false);
    driver_fini(&driver);
}
END_TEST

START_TEST(copies_and_unknown_keys_are_listed_at_the_bottom_and_counted)
{
    driver_init(&driver, 12, QUIET);
    struct disk_lens *lens = &driver.view->disk;
    on_disk("", value_missing());
    lens->copy_count = 2;
    lens->copy[0].param = lens->copy[1].param = param_find(&driver.view->config->params,
                                                           "tail_age_ms");
    lens->copy[0].value = lens->copy[1].value = value_of(30);
    snprintf(lens->copy[0].path, sizeof lens->copy[0].path, "old.tail_age_ms");
    snprintf(lens->copy[1].path, sizeof lens->copy[1].path, "tail_age_ms");
    lens->unknown_count = 1;
    snprintf(lens->unknown[0], sizeof lens->unknown[0], "engine.\x1b]0;x");
    check(60, 12, " ! tail_age_ms also at old.tail_age_ms = 30", true);
    check(60, 12, " ! tail_age_ms also as a flat key = 30", true);
    check(60, 12, " ! unknown key engine.\\x1b]0;x", true);
    check(60, 6, "(+1)", true);
    driver_type(&driver, "3i");
    driver_shows(&driver, "! tail_age_ms also at old.tail_age_ms = 30.");
    driver_fini(&driver);
}
END_TEST

START_TEST(i_lists_what_differs)
{
    driver_init(&driver, 12, QUIET);
    on_disk("tail_age_ms", value_of(700));
    driver_type(&driver, "3i");
    driver_shows(&driver, "! tail_age_ms: in force 730, on disk 700.");
    driver_fini(&driver);
}
END_TEST

START_TEST(where_a_value_comes_from_is_a_word)
{
    char text[64];
    driver_init(&driver, 12, QUIET);
    struct run *run = &driver.view->run;
    int tail = param_find(&driver.view->config->params, "tail_age_ms");
    int share = param_find(&driver.view->config->params, "max_age_ms");
    int width = param_find(&driver.view->config->params, "velocity_cap");
    ck_assert_str_eq(params_origin(driver.view, tail, text, sizeof text), "tuner");
    ck_assert_str_eq(params_origin(driver.view, share, text, sizeof text), "default");
    run->params[width] = value_of(0.5);
    ck_assert_str_eq(params_origin(driver.view, width, text, sizeof text), "start");
    run_add_event(run, EVENT_NOTE, 0, run->started_ms, "--set: velocity_cap 0.75 -> 0.5");
    ck_assert_str_eq(params_origin(driver.view, width, text, sizeof text), "--set");
    run->change[run->change_count - 1].kind = CHANGE_EXTERNAL;
    int rate = param_find(&driver.view->config->params, "replace_rate_per_min");
    ck_assert_str_eq(params_origin(driver.view, rate, text, sizeof text), "external");
    snprintf(run->change[2].by, sizeof run->change[2].by, "operator:op1@desk");
    ck_assert_str_eq(params_origin(driver.view, tail, text, sizeof text), "operator");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_file_is_looked_at_once_a_second_at_most_and_in_a_replay_once)
{
    driver_init(&driver, 12, QUIET);
    params_disk_look(driver.view);
    int64_t first = driver.view->disk_looked_ms;
    driver_pass(&driver, 999);
    params_disk_look(driver.view);
    ck_assert_int_eq(driver.view->disk_looked_ms, first);
    driver_pass(&driver, 1);
    params_disk_look(driver.view);
    ck_assert_int_eq(driver.view->disk_looked_ms, first + 1000);
    driver.view->mode = VIEW_REPLAY;
    driver_pass(&driver, 5000);
    params_disk_look(driver.view);
    ck_assert_int_eq(driver.view->disk_looked_ms, first + 1000);
    driver_fini(&driver);
}
END_TEST

Suite *panel_params_suite(void)
{
    const TTest *const list[] = {
        with_room_a_value_stands_on_its_rail,
        a_value_that_the_file_has_otherwise_is_marked,
        the_same_bytes_differ_in_nothing_and_the_past_is_not_compared,
        copies_and_unknown_keys_are_listed_at_the_bottom_and_counted,
        i_lists_what_differs,
        where_a_value_comes_from_is_a_word,
        the_file_is_looked_at_once_a_second_at_most_and_in_a_replay_once,
        NULL,
    };
    return harness_suite("panel_params", list, 10);
}
