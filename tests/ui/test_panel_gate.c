/* test_panel_gate: verdict, forecast, ratio, report, the rule sets side by side, and WHAT-IF. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/gate_facts.h"
#include "ui/key.h"
#include "ui/panel.h"

static struct driver driver;

static void check(int width, int height, const char *wanted, bool there)
{
    struct canvas canvas;
    view_refresh(driver.view);
    canvas_init(&canvas, width, height, CHARSET_ASCII);
    panel_gate.draw(driver.view, &canvas, (struct rect){0, 0, width, height});
    char *text = canvas_dump(&canvas);
    canvas_fini(&canvas);
    if ((strstr(text, wanted) != NULL) != there)
        ck_abort_msg("%s \"%s\" in:\n%s", there ? "no" : "there is", wanted, text);
    free(text);
}

START_TEST(the_forecast_says_what_must_happen_when_and_how_many_may_miss)
{
    driver_init(&driver, 12, QUIET);
    /* maker/taker passes from it 8 on: 8..12 are five, one more is wanted */
    check(100, 12, "WARN 5/8 pass (strict), need 6; freeze seen: yes", true);
    check(100, 12, "PASS earliest it 13, in 1 iteration, ~5m: it 13 must pass", true);
    check(100, 12, "; it 17..24 may lose 2", true);
    driver_fini(&driver);
    driver_init(&driver, 7, QUIET);
    check(120, 12, "all of it 8..13 must pass and a freeze must start", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(out_of_reach_says_since_when)
{
    driver_init(&driver, 7, QUIET);
    driver.view->run.planned = 12; /* 8..12 are five, of six wanted */
    driver.view->judged = false;
    check(100, 12, "PASS is out of reach since it 7, WARN from it 12", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_apply_ratio_stands_against_both_limits)
{
    driver_init(&driver, 12, QUIET);
    check(100, 12, "delta apply ratio 100.0%, 5 of 5 (strict 95, else 90); stuck 0 (limit 1)",
          true);
    driver_fini(&driver);
    driver_init(&driver, 1, QUIET);
    check(100, 12, "delta apply ratio n/a: nothing to judge yet (strict 95, else 90)", true);
    driver_fini(&driver);
}
END_TEST

/* What stands in for a waiting proposal has no parameters on record: it 7's apply is not judged by
 * it, until it 8 has run. */
START_TEST(a_waiting_proposal_fails_no_apply_before_it)
{
    driver_init(&driver, 7, PROPOSED);
    ck_assert_int_eq(driver.view->provisional, 8);
    check(100, 12, "delta apply ratio 100.0%, 4 of 4 (strict 95, else 90); stuck 0 (limit 1)",
          true);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_last_report_has_number_time_and_verdict)
{
    driver_init(&driver, 12, QUIET);
    struct run *run = &driver.view->run;
    check(100, 12, "last: no gate has run in this session: T", true);
    run_add_event(run, EVENT_GATE, 3, driver.view->now_ms - 60000, "mock gate: PASS, exit 0");
    run_add_event(run, EVENT_GATE, 12, driver.view->now_ms, "strict gate: FAIL, exit 1");
    check(100, 12, "last: report #2 12:00 strict gate: FAIL, exit 1; Enter opens it", true);
    view_show(driver.view, 5); /* then there was only the first */
    check(100, 12, "last: report #1 11:59 mock gate: PASS", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_rule_sets_stand_side_by_side_and_disagreement_is_a_word)
{
    driver_init(&driver, 12, QUIET);
    check(100, 12, "verdict X-ray: 5 rule sets, 1 disagrees  (f shows them)", true);
    driver_type(&driver, "5f");
    check(110, 24, "strict, count WARN         in use    5 of 8 pass, need 6", true);
    check(110, 24, "mock, count   PASS", true);
    check(110, 24, "strict, mean  FAIL         DISAGREES maker/taker 0.812 < 0.85", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_if_moves_a_limit_lists_flips_and_changes_nothing)
{
    driver_init(&driver, 12, QUIET);
    double real = driver.view->config->thresholds.strict.limit[KPI_MAKER_TAKER];
    driver_type(&driver, "5,");
    driver_says(&driver, "the gate panel must be larger: f");
    driver_type(&driver, "fj,");
    check(120, 24, "WHAT-IF maker/taker >= 0.840 instead of 0.85", true);
    driver_type(&driver, ",,,");
    /* 0.81: it 7 has 0.80, 6 has 0.75; 0.80 takes it 7 in */
    check(120, 24, "WHAT-IF 0 iterations flip (+ would pass, - would not): none", true);
    driver_key(&driver, ',');
    check(120, 24, "WHAT-IF maker/taker >= 0.800 instead of 0.85: PASS, 6/8 pass (really WARN, 5)",
          true);
    check(120, 24, "WHAT-IF 1 iterations flip (+ would pass, - would not): 7+;", true);
    driver_type(&driver, "......");
    check(120, 24, "WHAT-IF 5 iterations flip (+ would pass, - would not): 8- 9- 10- 11- 12-;",
          true);
    ck_assert_int_eq(driver.view->judgement.verdict, VERDICT_WARN);
    ck_assert(number_equal(driver.view->config->thresholds.strict.limit[KPI_MAKER_TAKER], real));
    driver_sent_nothing(&driver);
    driver_key(&driver, KEYCODE_ESCAPE);
    check(120, 24, "instead of", false);
    ck_assert(!driver.view->whatif.on);
    ck_assert_int_eq(driver.view->size, PANEL_HALF);
    driver_fini(&driver);
}
END_TEST

START_TEST(only_a_kpi_has_a_limit_to_imagine)
{
    driver_init(&driver, 12, QUIET);
    driver_type(&driver, "5fG.");
    driver_says(&driver, "go to a KPI's row first");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_cursor_walks_the_checks_and_all_of_them_come_into_sight)
{
    driver_init(&driver, 12, QUIET);
    driver_type(&driver, "5");
    check(90, 6, "(+", true);
    driver_key(&driver, 'G');
    check(90, 6, "freeze_ready", true);
    check(90, 6, "(+", false);
    driver_key(&driver, 'g');
    check(90, 6, "WARN 5/8 pass", true);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_step_in_the_deltas_panel_edits_the_line)
{
    driver_init(&driver, 12, PROPOSED);
    driver_type(&driver, "2.");
    driver_shows(&driver, "71_");
    driver_key(&driver, KEYCODE_ENTER);
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_double_eq_tol(command.number, 71, 1e-9);
    driver.view->readonly = true;
    driver_key(&driver, ',');
    driver_says(&driver, "read-only");
    driver_fini(&driver);
}
END_TEST

Suite *panel_gate_suite(void)
{
    const TTest *const list[] = {
        the_forecast_says_what_must_happen_when_and_how_many_may_miss,
        out_of_reach_says_since_when,
        the_apply_ratio_stands_against_both_limits,
        a_waiting_proposal_fails_no_apply_before_it,
        the_last_report_has_number_time_and_verdict,
        the_rule_sets_stand_side_by_side_and_disagreement_is_a_word,
        what_if_moves_a_limit_lists_flips_and_changes_nothing,
        only_a_kpi_has_a_limit_to_imagine,
        the_cursor_walks_the_checks_and_all_of_them_come_into_sight,
        a_step_in_the_deltas_panel_edits_the_line,
        NULL,
    };
    return harness_suite("panel_gate", list, 10);
}
