/* find: what the keys / \ n N s I f and Esc do to the focused panel's list. */
#include "config.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "ui/dialog.h"
#include "ui/panel.h"

static struct driver driver;

static const struct row_list *list_of(int panel)
{
    return &driver.view->list[panel];
}

static size_t visible(int panel)
{
    return rows_count(driver.view, panel);
}

START_TEST(a_search_goes_to_the_hits_while_it_is_typed)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "3/tail");
    driver_shows(&driver, "find: tail_");
    driver_shows(&driver, "1 hit  ");
    driver_shows(&driver, "Esc give back");
    struct row_cell cell;
    size_t row = rows_row(driver.view, PANEL_PARAMS,
                          (size_t)rows_selected(driver.view, PANEL_PARAMS));
    panel_params_list.cell(driver.view, row, 0, &cell);
    ck_assert_str_eq(cell.text, "tail_age_ms");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_null(driver.view->dialog);
    driver_shows(&driver, "find: tail");
    driver_says(&driver, "1 rows hold it");
    driver_fini(&driver);
}
END_TEST

START_TEST(esc_gives_the_cursor_back_and_the_moment)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "1/WARN");
    ck_assert_int_ne(driver.view->mode, VIEW_LIVE);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(driver.view), 22);
    ck_assert_str_eq(list_of(PANEL_KPIS)->search, "");
    rows_go(driver.view, PANEL_PARAMS, 2);
    driver_type(&driver, "3/tail");
    ck_assert_int_ne(rows_selected(driver.view, PANEL_PARAMS), 2);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(rows_selected(driver.view, PANEL_PARAMS), 2);
    driver_fini(&driver);
}
END_TEST

START_TEST(n_goes_on_and_around_and_N_back)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7/written");
    driver_key(&driver, KEYCODE_ENTER);
    size_t hits = rows_hits(driver.view, PANEL_JOURNAL);
    ck_assert_uint_gt(hits, 2);
    int first = rows_selected(driver.view, PANEL_JOURNAL);
    driver_key(&driver, 'n');
    int second = rows_selected(driver.view, PANEL_JOURNAL);
    ck_assert_int_ne(first, second);
    driver_key(&driver, 'N');
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL), first);
    for (size_t i = 0; i < hits; i++)
        driver_key(&driver, 'n');
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL), first);
    driver_says(&driver, "hit ");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(N_runs_the_next_iteration_only_while_nothing_is_searched_for)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7/written");
    driver_key(&driver, KEYCODE_ENTER);
    driver_key(&driver, 'N');
    driver_sent_nothing(&driver);
    driver_screen_shows(&driver, 200, 60, "n N hit");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_key(&driver, 'N');
    driver_sent(&driver, COMMAND_NEXT);
    driver_fini(&driver);
}
END_TEST

START_TEST(n_without_a_search_says_how_to_begin_one)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'n');
    driver_says(&driver, "nothing is searched for in this panel: /");
    driver_type(&driver, "7/zzz");
    driver_key(&driver, KEYCODE_ENTER);
    driver_key(&driver, 'n');
    driver_says(&driver, "no row of Journal holds \"zzz\"");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_filter_hides_rows_while_it_is_typed_and_the_frame_says_so)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7\\event:apply");
    size_t applies = visible(PANEL_JOURNAL);
    ck_assert_uint_gt(applies, 0);
    ck_assert_uint_lt(applies, rows_total(driver.view, PANEL_JOURNAL));
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "7 Journal  filter: event:apply  ");
    driver_type(&driver, "\\ it>20");
    ck_assert_uint_lt(visible(PANEL_JOURNAL), applies);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_uint_eq(visible(PANEL_JOURNAL), applies);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_uint_eq(visible(PANEL_JOURNAL), rows_total(driver.view, PANEL_JOURNAL));
    driver_hides(&driver, "filter:");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_condition_that_cannot_be_read_says_why_and_is_left_out)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7\\it>20");
    size_t good = visible(PANEL_JOURNAL);
    driver_type(&driver, " colour>");
    driver_screen_shows(&driver, 120, 40, "no column colour; there are time it event text");
    ck_assert_uint_eq(visible(PANEL_JOURNAL), good);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_says(&driver, "no column colour");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_uint_eq(visible(PANEL_JOURNAL), rows_total(driver.view, PANEL_JOURNAL));
    driver_fini(&driver);
}
END_TEST

START_TEST(the_sort_menu_names_the_columns_and_I_inverts)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7s");
    driver_shows(&driver, "SORT Journal by");
    driver_shows(&driver, "event");
    driver_type(&driver, "jjj");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(list_of(PANEL_JOURNAL)->sort, 3);
    driver_shows(&driver, "sort: event up");
    driver_key(&driver, 'I');
    driver_shows(&driver, "sort: event down");
    driver_key(&driver, 'u');
    ck_assert_int_eq(list_of(PANEL_JOURNAL)->sort, 3);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(list_of(PANEL_JOURNAL)->sort, 0);
    ck_assert(!list_of(PANEL_JOURNAL)->inverted);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_decision_is_for_the_line_under_the_cursor_of_a_filtered_list)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "2\\base_spread");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "2 Deltas  filter: base_spread");
    driver_hides(&driver, "min_interval_ms");
    driver_type(&driver, "a");
    ck_assert_str_eq(driver_sent(&driver, COMMAND_DECIDE).name, "base_spread_bps_delta");
    driver_type(&driver, "Ga");
    driver_says(&driver, "no line of the proposal that waits");
    driver_sent_nothing(&driver);
    driver_type(&driver, "v");
    driver_says(&driver, "no line of the proposal that waits");
    driver_type(&driver, "yt");
    ck_assert_ptr_nonnull(strstr(driver.view->clipboard, "base_spread_bps_delta"));
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_shows(&driver, "min_interval_ms");
    driver_fini(&driver);
}
END_TEST

START_TEST(picks_that_a_filter_hides_are_dropped_and_said)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "2 G ");
    driver_shows(&driver, "* [x] OK      min_interval_ms");
    driver_type(&driver, "\\base_spread");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_shows(&driver, "* [x] OK      min_interval_ms");
    driver_type(&driver, "\\base_spread");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "1 pick that it hides dropped");
    driver_type(&driver, "a");
    ck_assert_str_eq(driver_sent(&driver, COMMAND_DECIDE).name, "base_spread_bps_delta");
    driver_sent_nothing(&driver);
    driver_type(&driver, "*a");
    ck_assert_str_eq(driver_sent(&driver, COMMAND_DECIDE).name, "base_spread_bps_delta");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_range_is_of_the_lines_that_are_seen_between_its_ends)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "2I");
    driver_type(&driver, "\\it:23 _ms");
    driver_key(&driver, KEYCODE_ENTER);
    driver_type(&driver, "gvG");
    driver_type(&driver, "a");
    for (int i = 0; i < 2; i++) {
        struct command command = driver_sent(&driver, COMMAND_DECIDE);
        ck_assert_msg(strstr(command.name, "_ms") != NULL, "%s", command.name);
    }
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_help_of_a_panel_says_what_enter_does)
{
    for (int panel = 0; panel < PANEL_COUNT; panel++) {
        const struct panel_class *class = panel_table[panel];
        bool nothing = strstr(class->help, "{open} opens nothing") != NULL;
        ck_assert_msg(strstr(class->help, "{open}") != NULL, "%s", class->name);
        ck_assert_msg(nothing == (class->open == NULL), "%s", class->name);
    }
}
END_TEST

START_TEST(the_help_of_a_panel_names_all_its_columns)
{
    driver_init(&driver, 22, QUIET);
    for (int panel = 0; panel < PANEL_COUNT; panel++) {
        if (panel == PANEL_RUNS)
            continue;
        driver.view->focus = (enum panel_id)panel;
        driver_key(&driver, '?');
        char *text = fixture_screen(&driver.fixture, 200, 80);
        for (size_t i = 0; i < panel_table[panel]->rows->columns; i++)
            ck_assert_msg(strstr(text, panel_table[panel]->rows->column[i].name) != NULL,
                          "help of panel %d lacks %s", panel,
                          panel_table[panel]->rows->column[i].name);
        ck_assert_ptr_nonnull(strstr(text, "E exports the rows."));
        free(text);
        driver_key(&driver, KEYCODE_ESCAPE);
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(f_gives_half_then_all_then_the_old_place)
{
    driver_init(&driver, 22, QUIET);
    static const enum panel_size sizes[] = {PANEL_HALF, PANEL_FULL, PANEL_NORMAL};
    for (int i = 0; i < 3; i++) {
        driver_key(&driver, 'f');
        ck_assert_int_eq(driver.view->size, sizes[i]);
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(half_and_full_list_the_iterations_below_the_graphs)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, '1');
    driver_hides(&driver, "maker_taker p95_ms");
    driver_key(&driver, 'f');
    driver_shows(&driver, "maker_taker p95_ms");
    driver_key(&driver, 'f');
    driver_shows(&driver, ">22");
    driver_type(&driver, "kkk");
    ck_assert_int_eq(view_number(driver.view), 19);
    driver_shows(&driver, ">19");
    driver_type(&driver, "[");
    driver_shows(&driver, ">18");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_search_works_where_there_is_one_line_only)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "7/app");
    driver_screen_shows(&driver, 39, 5, "find: app_");
    driver_screen_shows(&driver, 50, 12, "find: app_");
    driver_fini(&driver);
}
END_TEST

START_TEST(every_list_is_searched_and_filtered_in_every_mode)
{
    for (int mode = VIEW_LIVE; mode <= VIEW_REPLAY; mode++) {
        driver_init(&driver, 22, QUIET);
        driver.view->mode = (enum view_mode)mode;
        driver.view->frozen_at_count = 22;
        for (unsigned key = '1'; key <= '7'; key++) {
            driver_key(&driver, key);
            if (key == '6')
                continue; /* one run: see the runs' own tests */
            driver_type(&driver, "/e");
            ck_assert_ptr_nonnull(dialog_find_of(driver.view));
            driver_key(&driver, KEYCODE_ENTER);
            driver_type(&driver, "\\qqqq");
            ck_assert_uint_eq(visible((int)driver.view->focus), 0);
            driver_shows(&driver, "0 of ");
            driver_key(&driver, KEYCODE_ESCAPE);
            ck_assert_uint_gt(visible((int)driver.view->focus), 0);
        }
        driver_fini(&driver);
    }
}
END_TEST

Suite *find_suite(void)
{
    const TTest *const tests[] = {
        a_search_goes_to_the_hits_while_it_is_typed,
        esc_gives_the_cursor_back_and_the_moment,
        n_goes_on_and_around_and_N_back,
        N_runs_the_next_iteration_only_while_nothing_is_searched_for,
        n_without_a_search_says_how_to_begin_one,
        a_filter_hides_rows_while_it_is_typed_and_the_frame_says_so,
        a_condition_that_cannot_be_read_says_why_and_is_left_out,
        the_sort_menu_names_the_columns_and_I_inverts,
        a_decision_is_for_the_line_under_the_cursor_of_a_filtered_list,
        picks_that_a_filter_hides_are_dropped_and_said,
        a_range_is_of_the_lines_that_are_seen_between_its_ends,
        the_help_of_a_panel_says_what_enter_does,
        the_help_of_a_panel_names_all_its_columns,
        f_gives_half_then_all_then_the_old_place,
        half_and_full_list_the_iterations_below_the_graphs,
        a_search_works_where_there_is_one_line_only,
        every_list_is_searched_and_filtered_in_every_mode,
        NULL,
    };
    return harness_suite("find", tests, 30);
}
