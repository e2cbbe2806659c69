/* rows: what a panel lists is filtered, sorted and moved through by its key, never by a number of a
 * line; what did not change is not listed anew. */
#include "config.h"

#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "ui/panel.h"

static struct driver driver;

static struct row_list *list_of(int panel)
{
    return &driver.view->list[panel];
}

static void set(char field[ROW_FIND_MAX], const char *text)
{
    snprintf(field, ROW_FIND_MAX, "%s", text);
}

static const char *key_at(int panel, int place)
{
    static char key[ROW_KEY_MAX];
    ck_assert_int_ge(place, 0);
    panel_table[panel]->rows->key(driver.view, rows_row(driver.view, panel, (size_t)place), key,
                                  sizeof key);
    return key;
}

static const char *selected_key(int panel)
{
    return key_at(panel, rows_selected(driver.view, panel));
}

START_TEST(every_list_names_its_columns_and_its_rows)
{
    driver_init(&driver, 22, PROPOSED);
    for (int panel = 0; panel < PANEL_COUNT; panel++) {
        const struct row_class *class = panel_table[panel]->rows;
        if (class == NULL || panel == PANEL_RUNS) /* its rows come from the disk */
            continue;
        ck_assert_msg(rows_count(driver.view, panel) > 0, "panel %d has no rows", panel);
        for (size_t row = 0; row < rows_total(driver.view, panel); row++)
            for (size_t column = 0; column < class->columns; column++) {
                struct row_cell cell = {.number = value_missing()};
                class->cell(driver.view, row, column, &cell);
                ck_assert_ptr_nonnull(memchr(cell.text, '\0', sizeof cell.text));
                if (class->column[column].number && !value_present(cell.number))
                    ck_assert_str_eq(cell.text, "n/a");
            }
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(no_two_rows_of_a_list_have_the_same_key)
{
    driver_init(&driver, 22, PROPOSED);
    for (int panel = 0; panel < PANEL_COUNT; panel++) {
        const struct row_class *class = panel_table[panel]->rows;
        char a[ROW_KEY_MAX], b[ROW_KEY_MAX];
        size_t total = class != NULL ? rows_total(driver.view, panel) : 0;
        for (size_t i = 0; i < total; i++)
            for (size_t j = 0; j < i; j++) {
                class->key(driver.view, i, a, sizeof a);
                class->key(driver.view, j, b, sizeof b);
                ck_assert_str_ne(a, b);
            }
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(the_newest_proposal_stands_first_and_the_newest_event_last)
{
    driver_init(&driver, 22, PROPOSED);
    ck_assert_str_eq(key_at(PANEL_DELTAS, 0), "23 min_interval_ms");
    ck_assert_uint_eq(rows_total(driver.view, PANEL_JOURNAL), driver.view->run.event_count);
    ck_assert_str_eq(key_at(PANEL_JOURNAL, 0), "event 1");
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL),
                     (int)driver.view->run.event_count - 1);
    ck_assert_int_eq(rows_selected(driver.view, PANEL_PARAMS), 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_cursor_stays_on_its_row_whatever_is_filtered_and_sorted)
{
    driver_init(&driver, 22, QUIET);
    int panel = PANEL_PARAMS, place = 0;
    while (strcmp(key_at(panel, place), "tail_age_ms") != 0)
        place++;
    rows_go(driver.view, panel, place);
    list_of(panel)->inverted = true;
    ck_assert_str_eq(selected_key(panel), "tail_age_ms");
    list_of(panel)->sort = 1;
    ck_assert_str_eq(selected_key(panel), "tail_age_ms");
    set(list_of(panel)->filter, "param:tail_age_ms");
    ck_assert_int_eq((int)rows_count(driver.view, panel), 1);
    ck_assert_str_eq(selected_key(panel), "tail_age_ms");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_row_that_is_filtered_out_leaves_the_cursor_on_the_nearest_and_gets_it_back)
{
    driver_init(&driver, 22, QUIET);
    rows_go(driver.view, PANEL_JOURNAL, 5);
    ck_assert_str_eq(selected_key(PANEL_JOURNAL), "event 6");
    set(list_of(PANEL_JOURNAL)->filter, "event:apply");
    int place = rows_selected(driver.view, PANEL_JOURNAL);
    long row = (long)rows_row(driver.view, PANEL_JOURNAL, (size_t)place);
    for (size_t i = 0; i < rows_count(driver.view, PANEL_JOURNAL); i++)
        ck_assert_int_le(labs(row - 5), labs((long)rows_row(driver.view, PANEL_JOURNAL, i) - 5));
    set(list_of(PANEL_JOURNAL)->filter, "");
    ck_assert_str_eq(selected_key(PANEL_JOURNAL), "event 6");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_log_is_followed_until_the_cursor_is_moved_up)
{
    driver_init(&driver, 22, QUIET);
    size_t count = driver.view->run.event_count;
    run_add_event(&driver.view->run, EVENT_NOTE, 22, driver.view->now_ms, "one more");
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL), (int)count);
    rows_move(driver.view, PANEL_JOURNAL, -1);
    run_add_event(&driver.view->run, EVENT_NOTE, 22, driver.view->now_ms, "and one");
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL), (int)count - 1);
    rows_move(driver.view, PANEL_JOURNAL, 1000000);
    run_add_event(&driver.view->run, EVENT_NOTE, 22, driver.view->now_ms, "the last");
    ck_assert_int_eq(rows_selected(driver.view, PANEL_JOURNAL), (int)count + 2);
    driver_fini(&driver);
}
END_TEST

START_TEST(numbers_sort_as_numbers_and_what_is_not_available_stands_last)
{
    driver_init(&driver, 22, QUIET);
    driver.view->run.iteration[4]->state = ITERATION_GAP;
    rows_touch(driver.view);
    int column = 0;
    while (strcmp(panel_kpis_list.column[column].name, "risk") != 0)
        column++;
    for (int inverted = 0; inverted < 2; inverted++) {
        list_of(PANEL_KPIS)->sort = column + 1;
        list_of(PANEL_KPIS)->inverted = inverted;
        double last = inverted ? 1e9 : -1e9;
        for (int place = 0; place < 21; place++) {
            struct row_cell cell = {.number = value_missing()};
            panel_kpis_list.cell(driver.view, rows_row(driver.view, PANEL_KPIS, (size_t)place),
                                 (size_t)column, &cell);
            ck_assert(value_present(cell.number));
            ck_assert(inverted ? cell.number.number <= last : cell.number.number >= last);
            last = cell.number.number;
        }
        ck_assert_str_eq(key_at(PANEL_KPIS, 21), "it 5");
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(the_cursor_of_the_iterations_is_the_iteration_shown)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_str_eq(selected_key(PANEL_KPIS), "it 22");
    rows_move(driver.view, PANEL_KPIS, 1);
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    rows_move(driver.view, PANEL_KPIS, -5);
    ck_assert_int_eq(view_number(driver.view), 17);
    driver_key(&driver, '[');
    ck_assert_str_eq(selected_key(PANEL_KPIS), "it 16");
    driver_fini(&driver);
}
END_TEST

START_TEST(scrolling_moves_no_more_than_the_cursor_needs)
{
    driver_init(&driver, 22, QUIET);
    int panel = PANEL_PARAMS;
    ck_assert_uint_eq(rows_top(driver.view, panel, 5), 0);
    rows_go(driver.view, panel, 7);
    ck_assert_uint_eq(rows_top(driver.view, panel, 5), 3);
    rows_go(driver.view, panel, 4);
    ck_assert_uint_eq(rows_top(driver.view, panel, 5), 3);
    rows_go(driver.view, panel, 2);
    ck_assert_uint_eq(rows_top(driver.view, panel, 5), 2);
    rows_go(driver.view, panel, 1000);
    size_t count = rows_count(driver.view, panel);
    ck_assert_uint_eq(rows_top(driver.view, panel, 5), count - 5);
    ck_assert_uint_eq(rows_top(driver.view, panel, 500), 0);
    driver_fini(&driver);
}
END_TEST

Suite *rows_suite(void)
{
    const TTest *const tests[] = {
        every_list_names_its_columns_and_its_rows,
        no_two_rows_of_a_list_have_the_same_key,
        the_newest_proposal_stands_first_and_the_newest_event_last,
        the_cursor_stays_on_its_row_whatever_is_filtered_and_sorted,
        a_row_that_is_filtered_out_leaves_the_cursor_on_the_nearest_and_gets_it_back,
        the_log_is_followed_until_the_cursor_is_moved_up,
        numbers_sort_as_numbers_and_what_is_not_available_stands_last,
        the_cursor_of_the_iterations_is_the_iteration_shown,
        scrolling_moves_no_more_than_the_cursor_needs,
        NULL,
    };
    return harness_suite("rows", tests, 30);
}
