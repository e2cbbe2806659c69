/* test_filewatch: when a file counts as completed. */
#include "config.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/filewatch.h"
#include "harness.h"
#include "suites.h"
#include "tempdir.h"

static struct filewatch *watch_report(void)
{
    struct error err = ERROR_INIT;
    struct filewatch *watch = filewatch_new(tempdir_path("report.json"), &err);
    ck_assert_msg(watch != NULL, "%s", err.text);
    return watch;
}

START_TEST(a_rename_and_a_close_after_writing_complete_it)
{
    struct filewatch *watch = watch_report();
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_NOTHING);
    FILE *file = fopen(tempdir_path("report.json"), "w");
    fputs("half", file);
    fflush(file);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_NOTHING);
    fclose(file);
    struct pollfd fd = {.fd = filewatch_fd(watch), .events = POLLIN};
    ck_assert_int_eq(poll(&fd, 1, 0), 1);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_COMPLETE);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_NOTHING);

    file_put(tempdir_path("report.tmp"), "new");
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_NOTHING);
    rename(tempdir_path("report.tmp"), tempdir_path("report.json"));
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_COMPLETE);
    filewatch_free(watch);
}
END_TEST

START_TEST(a_directory_that_goes_away_is_told)
{
    mkdir(tempdir_path("reports"), 0777);
    struct filewatch *watch = filewatch_new(tempdir_path("reports/report.json"), NULL);
    ck_assert_ptr_nonnull(watch);
    rmdir(tempdir_path("reports"));
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_GONE);
    filewatch_free(watch);
    struct error err = ERROR_INIT;
    ck_assert_ptr_null(filewatch_new(tempdir_path("reports/report.json"), &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(the_return_of_a_directory_is_told)
{
    struct filewatch *watch = filewatch_await(tempdir_path("a/b/report.json"), NULL);
    ck_assert_ptr_nonnull(watch);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_NOTHING);
    mkdir(tempdir_path("a"), 0777);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_GONE);
    filewatch_free(watch);
    watch = filewatch_await(tempdir_path("a/b/report.json"), NULL);
    mkdir(tempdir_path("a/b"), 0777);
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_GONE);
    filewatch_free(watch);
    watch = filewatch_await(tempdir_path("a/b/report.json"), NULL);
    file_put(tempdir_path("a/b/report.json"), "new");
    ck_assert_int_eq(filewatch_take(watch), FILEWATCH_COMPLETE);
    filewatch_free(watch);
}
END_TEST

static void setup(void)
{
    tempdir_make();
}

Suite *filewatch_suite(void)
{
    Suite *suite = suite_create("filewatch");
    TCase *tcase = tcase_create("filewatch");
    tcase_add_checked_fixture(tcase, setup, tempdir_remove);
    tcase_add_test(tcase, a_rename_and_a_close_after_writing_complete_it);
    tcase_add_test(tcase, a_directory_that_goes_away_is_told);
    tcase_add_test(tcase, the_return_of_a_directory_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
