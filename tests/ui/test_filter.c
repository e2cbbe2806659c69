/* filter: the language of `\`: words and conditions, all of which a row must meet. */
#include "config.h"

#include "suites.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "ui/filter.h"
#include "ui/panel.h"

/* Iterations 1..22 that the filter lets through, as "3 4 17". */
static const char *iterations(struct driver *driver, const char *text)
{
    static char numbers[256];
    struct filter filter;
    struct error err = ERROR_INIT;
    size_t length = 0;
    numbers[0] = '\0';
    ck_assert_msg(filter_read(&filter, &panel_kpis_list, text, &err) == 0, "%s", err.text);
    for (size_t row = 0; row < rows_total(driver->view, PANEL_KPIS); row++)
        if (filter_match(&filter, &panel_kpis_list, driver->view, row))
            length += (size_t)snprintf(numbers + length, sizeof numbers - length, "%s%zu",
                                       length > 0 ? " " : "", row + 1);
    return numbers;
}

static const char *fault(const struct row_class *class, const char *text)
{
    static struct error err;
    struct filter filter;
    error_clear(&err);
    ck_assert_int_eq(filter_read(&filter, class, text, &err), -1);
    return err.text;
}

static struct driver driver;

START_TEST(conditions_compare_numbers)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_str_eq(iterations(&driver, "it>20"), "21 22");
    ck_assert_str_eq(iterations(&driver, "it>=20"), "20 21 22");
    ck_assert_str_eq(iterations(&driver, "it<3"), "1 2");
    ck_assert_str_eq(iterations(&driver, "it<=3"), "1 2 3");
    ck_assert_str_eq(iterations(&driver, "it=3"), "3");
    ck_assert_str_eq(iterations(&driver, "it:3"), "3");
    ck_assert_str_eq(iterations(&driver, "it!=3 it<5"), "1 2 4");
    ck_assert_str_eq(iterations(&driver, "risk>.6"), "3");
    driver_fini(&driver);
}
END_TEST

START_TEST(conditions_and_words_all_must_hold)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_str_eq(iterations(&driver, ""),
                     "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22");
    ck_assert_str_eq(iterations(&driver, "risk>.4 it>3"), "4 5");
    ck_assert_str_eq(iterations(&driver, "APPLIED it<3"), "1 2");
    ck_assert_str_eq(iterations(&driver, "\"A applied\" it=2"), "2");
    ck_assert_str_eq(iterations(&driver, "nothingsaysthis"), "");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_missing_number_is_neither_above_nor_below)
{
    driver_init(&driver, 22, QUIET);
    driver.view->run.iteration[4]->state = ITERATION_GAP;
    ck_assert_str_eq(iterations(&driver, "risk:n/a"), "5");
    ck_assert_str_eq(iterations(&driver, "risk>-1e9 it=5"), "");
    ck_assert_str_eq(iterations(&driver, "risk<1e9 it=5"), "");
    ck_assert_str_eq(iterations(&driver, "risk!=n/a it>20"), "21 22");
    ck_assert_str_eq(iterations(&driver, "verdict:missing"), "5");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_column_may_be_shortened_while_it_stays_the_only_one)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_str_eq(iterations(&driver, "p95>0 it>21"), "22");
    ck_assert_str_eq(iterations(&driver, "maker>0 IT>21"), "22");
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "n>3"), "more than one column n"));
    driver_fini(&driver);
}
END_TEST

START_TEST(faults_name_the_columns_and_the_number)
{
    driver_init(&driver, 3, QUIET);
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "colour>3"), "no column colour"));
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "colour>3"), "maker_taker"));
    ck_assert_ptr_nonnull(
        strstr(fault(&panel_kpis_list, "risk>high"), "wants a number, not \"high\""));
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "risk>"), "wants a number"));
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "risk>nan"), "wants a number"));
    ck_assert_ptr_nonnull(strstr(fault(&panel_kpis_list, "risk>n/a"), "wants a number"));
    ck_assert_ptr_nonnull(
        strstr(fault(&panel_kpis_list, "a b c d e f g h i j k l m n o p q"), "16"));
    driver_fini(&driver);
}
END_TEST

START_TEST(a_time_of_day_is_a_word_and_not_a_condition)
{
    driver_init(&driver, 22, QUIET);
    struct filter filter;
    ck_assert_int_eq(filter_read(&filter, &panel_kpis_list, "12:30 -x", NULL), 0);
    ck_assert_int_eq(filter.term[0].column, -1);
    ck_assert_str_eq(filter.term[0].text, "12:30");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_lines_of_a_proposal_are_found_by_their_state)
{
    driver_init(&driver, 22, PROPOSED);
    snprintf(driver.view->list[PANEL_DELTAS].filter, ROW_FIND_MAX, "state:blocked");
    ck_assert_uint_eq(rows_count(driver.view, PANEL_DELTAS), 1);
    snprintf(driver.view->list[PANEL_DELTAS].filter, ROW_FIND_MAX, "it=23");
    ck_assert_uint_eq(rows_count(driver.view, PANEL_DELTAS), 4);
    driver_fini(&driver);
}
END_TEST

Suite *filter_suite(void)
{
    const TTest *const tests[] = {
        conditions_compare_numbers,
        conditions_and_words_all_must_hold,
        a_missing_number_is_neither_above_nor_below,
        a_column_may_be_shortened_while_it_stays_the_only_one,
        faults_name_the_columns_and_the_number,
        a_time_of_day_is_a_word_and_not_a_condition,
        the_lines_of_a_proposal_are_found_by_their_state,
        NULL,
    };
    return harness_suite("filter", tests, 30);
}
