/* test_link: a link is read as it was made, whatever names it holds, and leads to its row. */
#include "config.h"

#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/link.h"

static struct driver driver;

static void check_link(const char *wanted, const char *run, int iteration, enum panel_id panel,
                       const char *row)
{
    char text[LINK_TEXT_MAX];
    struct link link;
    struct error err = ERROR_INIT;
    link_make(text, sizeof text, run, iteration, panel, row);
    ck_assert_str_eq(text, wanted);
    ck_assert_msg(link_read(&link, text, &err) == 0, "%s", err.text);
    ck_assert_str_eq(link.run, run);
    ck_assert_int_eq(link.iteration, iteration);
    ck_assert_int_eq(link.panel, panel);
}

START_TEST(a_link_is_read_as_it_was_made)
{
    check_link("soak://run_A@17#tail_age_ms", "run_A", 17, PANEL_DELTAS, "17 tail_age_ms");
    check_link("soak://run_A@17#params:tail_age_ms", "run_A", 17, PANEL_PARAMS, "tail_age_ms");
    check_link("soak://run_A@3", "run_A", 3, PANEL_DELTAS, "");
    check_link("soak://a%40b%23c%2F@3#kpis:it%203", "a@b#c/", 3, PANEL_KPIS, "it 3");
    check_link("soak://%C3%A9%1B@1#gate:", "\xc3\xa9\x1b", 1, PANEL_GATE, "");
}
END_TEST

START_TEST(a_short_buffer_is_never_overrun)
{
    char text[64];
    for (size_t size = 16; size < sizeof text; size++) {
        memset(text, '!', sizeof text);
        link_make(text, size, "a name/of some length", 123456, PANEL_PARAMS, "tail_age_ms");
        ck_assert_uint_lt(strlen(text), size);
    }
}
END_TEST

START_TEST(it_leads_to_iteration_panel_and_row_and_freezes)
{
    struct link link;
    driver_init(&driver, 22, QUIET);
    ck_assert_int_eq(link_read(&link, "soak://run_A@3#tail_age_ms", NULL), 0);
    link_follow(driver.view, &link);
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    ck_assert_int_eq(view_number(driver.view), 3);
    ck_assert_int_eq(driver.view->focus, PANEL_DELTAS);
    ck_assert_str_eq(driver.view->status, "");
    ck_assert_int_eq(link_read(&link, "soak://run_A@7#params:base_spread_bps", NULL), 0);
    link_follow(driver.view, &link);
    ck_assert_int_eq(driver.view->focus, PANEL_PARAMS);
    ck_assert_str_eq(driver.view->list[PANEL_PARAMS].selected, "base_spread_bps");
    driver_fini(&driver);
}
END_TEST

START_TEST(what_is_not_there_is_said)
{
    struct link link;
    driver_init(&driver, 22, QUIET);
    ck_assert_int_eq(link_read(&link, "soak://run_A@99", NULL), 0);
    link_follow(driver.view, &link);
    driver_says(&driver, "no iteration 99: it 22 is shown");
    ck_assert_int_eq(link_read(&link, "soak://run_A@4#params:nothing", NULL), 0);
    link_follow(driver.view, &link);
    driver_says(&driver, "iteration 4 has no nothing in Params");
    driver_fini(&driver);
}
END_TEST

Suite *link_suite(void)
{
    const TTest *const tests[] = {
        a_link_is_read_as_it_was_made,
        a_short_buffer_is_never_overrun,
        it_leads_to_iteration_panel_and_row_and_freezes,
        what_is_not_there_is_said,
        NULL,
    };
    return harness_suite("link", tests, 10);
}
