/* test_explain: what key i says: sentences with value, limit, source and when it clears. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/dialog.h"
#include "ui/explain.h"
#include "ui/key.h"
#include "ui/panel.h"

static struct driver driver;
static struct buffer text;

static const char *explained(enum panel_id panel)
{
    buffer_fini(&text);
    view_refresh(driver.view);
    panel_table[panel]->explain(driver.view, &text);
    return text.text;
}

static void check_has(const char *wanted)
{
    ck_assert_msg(strstr(text.text, wanted) != NULL, "no \"%s\" in:\n%s", wanted, text.text);
}

static void check_lacks(const char *unwanted)
{
    ck_assert_msg(strstr(text.text, unwanted) == NULL, "\"%s\" in:\n%s", unwanted, text.text);
}

static void choose(enum panel_id panel, const char *key)
{
    snprintf(driver.view->list[panel].selected, ROW_KEY_MAX, "%s", key);
}

static void begin(int count, enum driver_state state)
{
    driver_init(&driver, count, state);
}

static void end(void)
{
    buffer_fini(&text);
    driver_fini(&driver);
}

START_TEST(a_kpi_is_its_window_sum_mean_limit_and_file)
{
    begin(8, QUIET);
    choose(PANEL_KPIS, "net_bps");
    explained(PANEL_KPIS);
    /* -1.5 -0.8 3.0 3.1 3.2 3.3 3.4 3.5 */
    check_has("Values: it 1 -1.50, it 2 -0.80, it 3 3.00,");
    check_has("Sum 17.20 / 8 values = mean 2.150 bps.");
    check_has("Limit >= 2.7 bps (strict, ");
    check_has("thresholds.json): the mean misses it, margin -0.550.");
    check_has("6 of these 8 iterations meet the limit");
    check_has("summary.net_bps of ITER_SUMMARY_1.json .. ITER_SUMMARY_8.json");
    check_lacks("risk ratio");
    end();
}
END_TEST

START_TEST(what_gives_no_value_says_why_and_does_not_count)
{
    begin(8, QUIET);
    struct iteration **iteration = driver.view->run.iteration;
    iteration[3]->summary.kpi[KPI_P95] = value_missing();
    iteration[4]->state = ITERATION_FAILED;
    iteration[4]->error = strdup("the command ended with status 3");
    iteration[5]->summary.kpi[KPI_MAKER_TAKER] = (struct value){0.6, VALUE_SYNTHETIC};
    iteration[5]->summary.maker_taker_source = MAKER_TAKER_FALLBACK;
    driver.view->judged = false;
    choose(PANEL_KPIS, "p95_latency_ms");
    explained(PANEL_KPIS);
    check_has("it 4 n/a");
    check_has("it 4 is not counted: the report did not give it.");
    check_has("it 5 is not counted: the iteration failed: the command ended with status 3.");
    check_has("/ 6 values");
    choose(PANEL_KPIS, "maker_taker_ratio");
    explained(PANEL_KPIS);
    check_has("it 6 ~0.600");
    check_has("it 6 is not counted: made up for want of data, no rule reads it: fallback.");
    end();
}
END_TEST

START_TEST(without_a_chosen_row_all_four_kpis_are_explained)
{
    begin(8, QUIET);
    explained(PANEL_KPIS);
    for (int i = 0; i < KPI_COUNT; i++)
        check_has(kpi_table[i].key);
    end();
    begin(0, QUIET);
    explained(PANEL_KPIS);
    check_has("n/a: no iteration is recorded yet.");
    end();
}
END_TEST

START_TEST(the_verdict_counts_s_f_and_u_and_names_the_rule)
{
    begin(7, QUIET);
    explained(PANEL_GATE);
    check_has("FAIL after it 7, by the strict thresholds, over the last 8 iterations.");
    check_has("s = 0 pass all four KPIs.");
    check_has("f = 7 do not:");
    check_has("it 1 does not pass: maker/taker 0.500 misses >= 0.85, net -1.50 misses >= 2.7.");
    check_has("u = 1 that the window still lacks.");
    check_has("Freeze seen: no. One starts after 2 iterations running with risk <= 0.35");
    check_has("PASS with s >= 6 and a freeze in the run; WARN with s >= 5; FAIL with f >= 4");
    /* maker/taker reaches 0.85 in it 8: six passes from there are it 8..13 */
    check_has("PASS can be at it 13, in 6 iterations, ~30m, if all until then pass and a freeze");
    end();
}
END_TEST

START_TEST(a_line_tells_rule_arithmetic_guard_and_decision)
{
    begin(12, PROPOSED);
    struct view *view = driver.view;
    snprintf(view->selected, sizeof view->selected, "tail_age_ms");
    explained(PANEL_DELTAS);
    check_has("tail_age_ms in it 13: EDIT.");
    check_has("Rule MODERATE: risk 0.43 in 0.40..0.60: tail_age_ms +30.");
    check_has("figures are of ITER_SUMMARY_13.json");
    check_has("620 in force +30 asked for = 650; in 500..800: 650; on the step of 1: 650. "
              "Target 650.");
    check_has("Decision: EDIT, 640 (was 650 by the tuner)");
    snprintf(view->selected, sizeof view->selected, "impact_cap_ratio");
    explained(PANEL_DELTAS);
    check_has("Step of the policy: add -0.005, not beyond 0.09.");
    check_has("Guard freeze blocks it: frozen until it 16.");
    check_has("guards.freeze");
    check_has("It clears at it 16, in 3 iterations, ~15m.");
    end();
}
END_TEST

START_TEST(a_limit_of_the_rule_that_stopped_the_step_is_named)
{
    begin(12, PROPOSED);
    struct delta *delta = &driver.view->run.pending.delta[0];
    delta->target = delta->after = 69; /* 65 + 5 = 70 */
    explained(PANEL_DELTAS);
    check_has("Target 69: the rule's own limit stopped it there.");
    end();
}
END_TEST

START_TEST(a_parameter_tells_bounds_and_who_set_it_when)
{
    begin(12, QUIET);
    choose(PANEL_PARAMS, "tail_age_ms");
    explained(PANEL_PARAMS);
    check_has("engine.tail_age_ms = 730 ms.");
    check_has("Bounds 500..800 ms, step 1; default 600 (");
    check_has("Set: 700 -> 730 by auto, apply after it 3, 2025-01-01T10:15:00Z.");
    choose(PANEL_PARAMS, "concurrency_limit");
    explained(PANEL_PARAMS);
    check_has("(default: the file does not set it, the tuner assumes it)");
    end();
}
END_TEST

START_TEST(a_guard_tells_what_it_sees_and_when_it_clears)
{
    begin(16, QUIET);
    choose(PANEL_GUARDS, "freeze");
    explained(PANEL_GUARDS);
    check_has("freeze: ON.");
    check_has("It clears at it 21, in 5 iterations, ~25m.");
    check_lacks("velocity:");
    end();
}
END_TEST

START_TEST(an_event_is_shown_whole)
{
    char longer[400];
    begin(3, QUIET);
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    run_add_event(&driver.view->run, EVENT_NOTE, 3, driver.view->now_ms, longer);
    explained(PANEL_JOURNAL);
    check_has("2025-01-01T12:00:00Z  note in it 3");
    check_has(longer);
    end();
}
END_TEST

START_TEST(i_opens_it_and_esc_or_i_closes_it)
{
    begin(12, PROPOSED);
    driver_key(&driver, 'i');
    driver_shows(&driver, "WHY: 2 Deltas");
    driver_shows(&driver, "min_interval_ms in it 13: OK.");
    driver_key(&driver, 'i');
    ck_assert_ptr_null(driver.view->dialog);
    for (unsigned key = '1'; key <= '7'; key++) {
        driver_key(&driver, key);
        driver_key(&driver, 'i');
        driver_shows(&driver, "WHY: ");
        driver_key(&driver, KEYCODE_ESCAPE);
        ck_assert_ptr_null(driver.view->dialog);
    }
    driver_sent_nothing(&driver);
    end();
}
END_TEST

START_TEST(right_after_a_refused_key_i_says_why_it_was)
{
    begin(12, QUIET);
    driver_key(&driver, 'A');
    driver_says(&driver, "apply: no proposal waits for a decision");
    driver_key(&driver, 'i');
    driver_shows(&driver, "WHY: key A F8");
    driver_shows(&driver, "level 1: it asks before it does anything; Shift-Y confirms.");
    driver_shows(&driver, "Not now: no proposal waits for a decision.");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_key(&driver, 'i');
    driver_hides(&driver, "key A F8");
    end();
}
END_TEST

START_TEST(every_panel_explains_at_every_moment_of_every_run)
{
    for (int count = 0; count <= 24; count += 3) {
        begin(count, count % 2 == 0 && count < 24 ? PROPOSED : QUIET);
        for (int at = 0; at <= count; at++) {
            if (at > 0)
                view_show(driver.view, at);
            for (int panel = 0; panel < PANEL_COUNT; panel++) {
                explained((enum panel_id)panel);
                ck_assert_ptr_nonnull(text.text);
                check_lacks("nan");
                check_lacks("(null)");
            }
        }
        end();
    }
}
END_TEST

Suite *explain_suite(void)
{
    const TTest *const list[] = {
        a_kpi_is_its_window_sum_mean_limit_and_file,
        what_gives_no_value_says_why_and_does_not_count,
        without_a_chosen_row_all_four_kpis_are_explained,
        the_verdict_counts_s_f_and_u_and_names_the_rule,
        a_line_tells_rule_arithmetic_guard_and_decision,
        a_limit_of_the_rule_that_stopped_the_step_is_named,
        a_parameter_tells_bounds_and_who_set_it_when,
        a_guard_tells_what_it_sees_and_when_it_clears,
        an_event_is_shown_whole,
        i_opens_it_and_esc_or_i_closes_it,
        right_after_a_refused_key_i_says_why_it_was,
        every_panel_explains_at_every_moment_of_every_run,
        NULL,
    };
    return harness_suite("explain", list, 10);
}
