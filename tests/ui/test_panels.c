/* test_panels: KPIs, parameters, guards, run and journal as text. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"
#include "ui/figure.h"
#include "ui/panel.h"

static struct fixture fixture;
static struct view *const view = &fixture.view;

/* The inside of a panel (free it). */
static char *drawn(const struct panel_class *panel, int width, int height)
{
    struct canvas canvas;
    view_refresh(view);
    canvas_init(&canvas, width, height, CHARSET_ASCII);
    panel->draw(view, &canvas, (struct rect){0, 0, width, height});
    char *text = canvas_dump(&canvas);
    canvas_fini(&canvas);
    return text;
}

static void check_row(const char *text, int row, const char *wanted)
{
    char *got = fixture_row(text, row);
    ck_assert_str_eq(got, wanted);
    free(got);
}

static void check_has(const char *text, const char *wanted)
{
    ck_assert_msg(strstr(text, wanted) != NULL, "no \"%s\" in:\n%s", wanted, text);
}

START_TEST(a_kpi_row_has_value_change_mean_limit_word_and_margin)
{
    fixture_init(&fixture, 18);
    char *text = drawn(&panel_kpis, 66, 4);
    check_row(text, 0, " maker/taker    0.850  +.000 mean  0.850 >= 0.850  NEAR   +.000");
    check_row(text, 1, " p95 ms         235.0   -5.0 mean  252.5 <= 350.0  OK     +97.5");
    check_row(text, 2, " risk ratio     0.300  +.000 mean  0.300 <= 0.420  OK     +.120");
    check_row(text, 3, " net bps         4.50   +.10 mean   4.15 >= 2.70   OK     +1.45");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(narrow_rows_keep_name_value_and_word)
{
    fixture_init(&fixture, 4);
    for (int width = 28; width < 120; width++) {
        char *text = drawn(&panel_kpis, width, 4);
        char *row = fixture_row(text, 2);
        check_has(row, "risk ratio");
        check_has(row, "0.564");
        check_has(row, "FAIL");
        free(row);
        free(text);
    }
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_words_follow_limit_target_and_nearness)
{
    struct figure figure;
    fixture_init(&fixture, 8);
    /* Limits 0.42 and 2.7; 5 % of them 0.021 and 0.135; targets 0.40 and 2.9. */
    struct {
        enum kpi kpi;
        double mean;
        enum figure_state state;
    } rows[] = {
        {KPI_RISK, 0.43, FIGURE_FAIL},  {KPI_RISK, 0.42, FIGURE_NEAR},
        {KPI_RISK, 0.401, FIGURE_NEAR}, {KPI_RISK, 0.39, FIGURE_OK},
        {KPI_NET, 2.69, FIGURE_FAIL},   {KPI_NET, 2.83, FIGURE_NEAR},
        {KPI_NET, 2.87, FIGURE_NEAR},   {KPI_NET, 2.9, FIGURE_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < 8; k++)
            view->run.iteration[k]->summary.kpi[rows[i].kpi] = value_of(rows[i].mean);
        view->judged = false;
        view_refresh(view);
        figure_fill(&figure, view, rows[i].kpi);
        ck_assert_msg(figure.state == rows[i].state, "%g", rows[i].mean);
    }
    fixture_fini(&fixture);
}
END_TEST

START_TEST(missing_is_n_a_and_made_up_is_marked)
{
    struct figure figure;
    fixture_init(&fixture, 8);
    struct value *last = view->run.iteration[7]->summary.kpi;
    last[KPI_P95] = value_missing();
    last[KPI_MAKER_TAKER] = (struct value){0.6, VALUE_SYNTHETIC};
    view->judged = false;
    view_refresh(view);
    figure_fill(&figure, view, KPI_P95);
    ck_assert_str_eq(figure.now, "n/a");
    ck_assert_str_eq(figure.change, "");
    figure_fill(&figure, view, KPI_MAKER_TAKER);
    ck_assert_str_eq(figure.now, "~0.600");
    for (int k = 0; k < 8; k++)
        view->run.iteration[k]->summary.kpi[KPI_MAKER_TAKER] = last[KPI_MAKER_TAKER];
    view->judged = false;
    view_refresh(view);
    figure_fill(&figure, view, KPI_MAKER_TAKER);
    ck_assert_int_eq(figure.state, FIGURE_SYNTHETIC);
    ck_assert_str_eq(figure_word(figure.state), "MADE");
    ck_assert_str_eq(figure.mean, "n/a");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(no_iteration_yet_is_n_a_everywhere)
{
    fixture_init(&fixture, 0);
    char *text = drawn(&panel_kpis, 60, 4);
    check_row(text, 2, " risk ratio       n/a mean    n/a <= 0.420  n/a");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(with_room_every_kpi_has_a_graph_with_its_limit)
{
    fixture_init(&fixture, 18);
    char *text = drawn(&panel_kpis, 70, 20);
    check_has(text, "maker/taker 0.850 NEAR +.000");
    check_has(text, ".850L|");
    check_has(text, "350.0L|");
    check_has(text, ".420L|");
    check_has(text, "2.70L|");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(params_name_value_when_and_by_whom)
{
    fixture_init(&fixture, 18);
    char *text = drawn(&panel_params, 46, 17);
    check_has(text, " tail_age_ms                730  it 3  auto");
    check_has(text, " min_interval_ms             80  it 2  auto");
    check_has(text, " concurrency_limit           10  default");
    check_has(text, " risk_limit_ratio           n/a  default");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(params_of_an_earlier_iteration_are_those_in_force_during_it)
{
    char hint[96];
    fixture_init(&fixture, 18);
    view_show(view, 3);
    char *text = drawn(&panel_params, 46, 17);
    check_has(text, " tail_age_ms                700  it 2 auto");
    check_has(text, " replace_rate_per_min       240  it 2 auto");
    panel_params.hint(view, hint, sizeof hint);
    check_has(hint, "during it 3 ");
    free(text);
    view_show(view, 1);
    text = drawn(&panel_params, 46, 17);
    check_has(text, " tail_age_ms                600  start");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_params_frame_counts_the_rows_below)
{
    char hint[96];
    fixture_init(&fixture, 18);
    struct layout layout = {.panel[PANEL_PARAMS] = {0, 0, 46, 9}};
    view->layout = &layout;
    panel_params.hint(view, hint, sizeof hint);
    ck_assert_ptr_nonnull(strstr(hint, "  +10"));
    rows_move(view, PANEL_PARAMS, 8); /* 17 rows; the cursor on the 9th, the last of 7 shown */
    panel_params.hint(view, hint, sizeof hint);
    ck_assert_ptr_nonnull(strstr(hint, "  +8"));
    rows_move(view, PANEL_PARAMS, 8);
    panel_params.hint(view, hint, sizeof hint);
    ck_assert_ptr_null(strchr(hint, '+'));
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_value_outside_its_bounds_is_marked)
{
    fixture_init(&fixture, 1);
    int index = param_find(&fixture.config.params, "impact_cap_ratio");
    view->run.params[index] = value_of(-0.01);
    while (view->run.change_count > 0)
        change_fini(&view->run.change[--view->run.change_count]);
    char *text = drawn(&panel_params, 46, 17);
    check_has(text, " impact_cap_ratio       -0.0100! start");
    check_has(text, " tail_age_ms                630  start");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_run_without_parameters_says_so)
{
    fixture_init(&fixture, 18);
    free(view->run.params);
    view->run.params = NULL;
    view->run.param_count = 0;
    char *text = drawn(&panel_params, 60, 5);
    check_row(text, 0, " n/a: this run's files hold no parameters");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(params_scroll_and_stop_at_the_ends)
{
    fixture_init(&fixture, 18);
    rows_move(view, PANEL_PARAMS, 7);
    char *text = drawn(&panel_params, 46, 5);
    check_has(text, "max_delta_ratio");
    char *row = fixture_row(text, 0);
    check_has(row, "max_delta_ratio");
    free(row);
    free(text);
    rows_move(view, PANEL_PARAMS, 1000);
    text = drawn(&panel_params, 46, 5);
    row = fixture_row(text, 4);
    check_has(row, "tick_size");
    free(row);
    free(text);
    rows_move(view, PANEL_PARAMS, -2000);
    ck_assert_int_eq(rows_selected(view, PANEL_PARAMS), 0);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(guards_say_on_or_off_and_when_they_clear)
{
    char mark[16];
    fixture_init(&fixture, 16);
    /* The freeze that starts in iteration 16 covers 17..20. */
    char *text = drawn(&panel_guards, 44, 7);
    check_row(text, 0, " freeze            ON  until it 21, ~25m");
    check_row(text, 1, " oscillation       off never");
    panel_guards.mark(view, mark, sizeof mark);
    ck_assert_str_eq(mark, "1!");
    free(text);
    text = drawn(&panel_guards, 100, 7);
    check_has(text, "impact_cap_ratio");
    free(text);
    view_show(view, 6);
    panel_guards.mark(view, mark, sizeof mark);
    ck_assert_str_eq(mark, "");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_journal_follows_until_it_is_scrolled_and_then_stays)
{
    char hint[96];
    fixture_init(&fixture, 12);
    char *text = drawn(&panel_journal, 60, 3);
    check_row(text, 2, " 11:00:00 it 12   - PASS, 0 lines proposed");
    free(text);
    rows_move(view, PANEL_JOURNAL, -2);
    char *before = drawn(&panel_journal, 60, 3);
    run_add_event(&view->run, EVENT_ERROR, 12, view->now_ms, "a fault");
    char *after = drawn(&panel_journal, 60, 3);
    check_row(before, 0, " 10:50:00 it 10   - PASS, 0 lines proposed");
    check_row(after, 0, " 10:50:00 it 10   - PASS, 0 lines proposed");
    panel_journal.hint(view, hint, sizeof hint);
    ck_assert_str_eq(hint, "3 newer below");
    free(before);
    free(after);
    rows_move(view, PANEL_JOURNAL, 100);
    text = drawn(&panel_journal, 60, 3);
    check_row(text, 2, " 12:00:00 it 12   ! a fault");
    free(text);
    rows_move(view, PANEL_JOURNAL, -1000);
    text = drawn(&panel_journal, 60, 3);
    check_row(text, 0, " 10:00:00         > started by op1@desk");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_journal_of_an_earlier_moment_ends_there)
{
    fixture_init(&fixture, 12);
    view_show(view, 2);
    char *text = drawn(&panel_journal, 60, 4);
    check_row(text, 3, " 10:10:00 it 2    A 4 of 4 lines written");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(control_characters_of_a_log_line_are_visible)
{
    fixture_init(&fixture, 1);
    run_add_event(&view->run, EVENT_NOTE, 1, view->now_ms, "a\x1b]0;title\x07z");
    char *text = drawn(&panel_journal, 70, 1);
    check_row(text, 0, " 12:00:00 it 1      a\\x1b]0;title\\x07z");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_run_panel_tells_source_and_tally)
{
    fixture_init(&fixture, 12);
    char *text = drawn(&panel_runs, 70, 9);
    check_has(text, "exec: ./bot --once");
    check_has(text, "12 recorded, 0 failed, 0 missing");
    check_has(text, "5 applied, 0 rolled back, 0 declined, 0 blocked");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

Suite *panels_suite(void)
{
    const TTest *const list[] = {
        a_kpi_row_has_value_change_mean_limit_word_and_margin,
        narrow_rows_keep_name_value_and_word,
        the_words_follow_limit_target_and_nearness,
        missing_is_n_a_and_made_up_is_marked,
        no_iteration_yet_is_n_a_everywhere,
        with_room_every_kpi_has_a_graph_with_its_limit,
        params_name_value_when_and_by_whom,
        params_of_an_earlier_iteration_are_those_in_force_during_it,
        the_params_frame_counts_the_rows_below,
        a_value_outside_its_bounds_is_marked,
        a_run_without_parameters_says_so,
        params_scroll_and_stop_at_the_ends,
        guards_say_on_or_off_and_when_they_clear,
        the_journal_follows_until_it_is_scrolled_and_then_stays,
        the_journal_of_an_earlier_moment_ends_there,
        control_characters_of_a_log_line_are_visible,
        the_run_panel_tells_source_and_tally,
        NULL,
    };
    return harness_suite("panels", list, 10);
}
