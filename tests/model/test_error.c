/* test_error: the first fault wins, texts are safe, exit statuses are ENGINE's. */
#include "config.h"

#include "suites.h"

#include <string.h>

#include "model/error.h"

START_TEST(first_fault_wins)
{
    struct error err = ERROR_INIT;
    ck_assert_int_eq(error_set(&err, ERROR_INPUT, "%s: $.a is %d", "x.json", 7), -1);
    ck_assert_int_eq(error_set(&err, ERROR_IO, "later"), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.text, "x.json: $.a is 7");
    ck_assert_int_eq(error_set(NULL, ERROR_IO, "nobody listens"), -1);
}
END_TEST

START_TEST(control_characters_become_visible)
{
    struct error err = ERROR_INIT;
    error_set(&err, ERROR_INPUT, "bad name '%s'", "a\x1b[2J\n");
    ck_assert_str_eq(err.text, "bad name 'a\\x1b[2J\\x0a'");
}
END_TEST

START_TEST(prefix_stands_in_front)
{
    struct error err = ERROR_INIT;
    error_prefix(&err, "nothing");
    ck_assert_str_eq(err.text, "");
    error_set(&err, ERROR_INPUT, "is too large");
    error_prefix(&err, "%s", "report\x07.json");
    ck_assert_str_eq(err.text, "report\\x07.json: is too large");
}
END_TEST

START_TEST(long_text_is_cut_whole)
{
    char name[4000];
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    struct error err = ERROR_INIT;
    error_set(&err, ERROR_INPUT, "%s", name);
    ck_assert_uint_eq(strlen(err.text), ERROR_TEXT_MAX - 1);
    error_prefix(&err, "%s", name);
    ck_assert_uint_eq(strlen(err.text), ERROR_TEXT_MAX - 1);
}
END_TEST

START_TEST(clear_takes_a_new_fault)
{
    struct error err = ERROR_INIT;
    error_set(&err, ERROR_IO, "one");
    error_clear(&err);
    ck_assert_int_eq(err.code, ERROR_NONE);
    error_set(&err, ERROR_LOCKED, "two");
    ck_assert_str_eq(err.text, "two");
}
END_TEST

START_TEST(exit_statuses)
{
    ck_assert_int_eq(error_exit_status(ERROR_NONE), 0);
    ck_assert_int_eq(error_exit_status(ERROR_STOPPED), 0);
    ck_assert_int_eq(error_exit_status(ERROR_USAGE), 2);
    ck_assert_int_eq(error_exit_status(ERROR_INPUT), 2);
    ck_assert_int_eq(error_exit_status(ERROR_IO), 2);
    ck_assert_int_eq(error_exit_status(ERROR_REFUSED), 2);
    ck_assert_int_eq(error_exit_status(ERROR_CONFLICT), 2);
    ck_assert_int_eq(error_exit_status(ERROR_LOCKED), 4);
    ck_assert_int_eq(error_exit_status(ERROR_INTEGRITY), 5);
}
END_TEST

Suite *error_suite(void)
{
    const TTest *const tests[] = {
        first_fault_wins,
        control_characters_become_visible,
        prefix_stands_in_front,
        long_text_is_cut_whole,
        clear_takes_a_new_fault,
        exit_statuses,
        NULL,
    };
    return harness_suite("error", tests, 10);
}
