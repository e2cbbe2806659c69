/* test_panel_guards: each guard a line; with room each parameter's budget, holds and values. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/panel.h"

static struct driver driver;

/* The inside of the panel (free it). */
static char *drawn(int width, int height)
{
    struct canvas canvas;
    view_refresh(driver.view);
    canvas_init(&canvas, width, height, CHARSET_ASCII);
    panel_guards.draw(driver.view, &canvas, (struct rect){0, 0, width, height});
    char *text = canvas_dump(&canvas);
    canvas_fini(&canvas);
    return text;
}

static void check(int width, int height, const char *wanted, bool there)
{
    char *text = drawn(width, height);
    if ((strstr(text, wanted) != NULL) != there)
        ck_abort_msg("%s \"%s\" in:\n%s", there ? "no" : "there is", wanted, text);
    free(text);
}

START_TEST(velocity_tells_how_much_is_used_and_when_it_comes_back)
{
    driver_init(&driver, 3, QUIET);
    /* it 3 moved tail_age_ms by 30 and impact_cap by .01 of .03; it 2 min_interval by 20 of 30,
     * replace_rate by 60 of 90 and tail_age by 70: with the 30 of it 3 100 of 225 */
    check(70, 7, "67% used, resets it 5", true);
    check(44, 7, " velocity          off 67% used", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(with_room_each_parameter_has_its_row)
{
    driver_init(&driver, 3, QUIET);
    check(120, 20, "min_interval_ms        20/30         [#######---] 10      it 5    -", true);
    check(120, 20, "60 80", true);
    check(120, 20, "tail_age_ms            100/225", true);
    check(120, 20, "600 630 700 730", true);
    check(120, 20, "concurrency_limit      0/47.25       [----------] 47.25   -", true);
    check(120, 26, "(+", false);
    check(120, 13, "(+", true);
    check(120, 7, "used/limit", false);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_a_freeze_holds_says_until_when)
{
    driver_init(&driver, 8, QUIET);
    check(120, 20, "FREEZE until it 12", true);
    check(120, 20, "a freeze ends early with an iteration of risk > 0.4 or net < 2", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_does_not_fit_is_counted)
{
    driver_init(&driver, 16, QUIET);
    check(44, 3, "(+4)", true);
    check(44, 7, "(+", false);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_cursor_goes_down_the_guards_and_i_explains_that_one)
{
    driver_init(&driver, 16, QUIET);
    driver_type(&driver, "4jji");
    driver_shows(&driver, "velocity: off.");
    driver_hides(&driver, "freeze: ON.");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_filter_that_nothing_matches_says_so)
{
    driver_init(&driver, 16, QUIET);
    snprintf(driver.view->list[PANEL_GUARDS].filter, ROW_FIND_MAX, "state:perhaps");
    check(80, 7, "no guard matches the filter", true);
    driver_fini(&driver);
}
END_TEST

Suite *panel_guards_suite(void)
{
    const TTest *const list[] = {
        velocity_tells_how_much_is_used_and_when_it_comes_back,
        with_room_each_parameter_has_its_row,
        what_a_freeze_holds_says_until_when,
        what_does_not_fit_is_counted,
        the_cursor_goes_down_the_guards_and_i_explains_that_one,
        a_filter_that_nothing_matches_says_so,
        NULL,
    };
    return harness_suite("panel_guards", list, 10);
}
