/* test_root: opening and making artifact roots. */
#include "config.h"

#include "artifact/root.h"

#include "sandbox.h"
#include "suites.h"

static bool is_directory(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

START_TEST(create_makes_the_root_and_its_directories)
{
    struct error err = ERROR_INIT;
    struct root root;

    ck_assert_msg(root_open(&root, "a/b//artifacts/", ROOT_CREATE, &err) == 0, "%s", err.text);
    ck_assert_str_eq(root.path, "a/b//artifacts/");
    ck_assert(is_directory("a/b/artifacts/reports") && is_directory("a/b/artifacts/soak"));
    ck_assert(root.fd >= 0 && root.reports_fd >= 0 && root.soak_fd >= 0);
    root_close(&root);
    ck_assert_int_eq(root.fd, -1);
    ck_assert_int_eq(root_open(&root, "a/b/artifacts", ROOT_CREATE, &err), 0);
    root_close(&root);
}
END_TEST

START_TEST(read_makes_nothing)
{
    struct error err = ERROR_INIT;
    struct root root;

    ck_assert_int_eq(root_open(&root, "artifacts", ROOT_READ, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, "artifacts") != NULL, "%s", err.text);
    ck_assert_int_eq(sandbox_count("."), 0);
    ck_assert_int_eq(mkdir("artifacts", 0700), 0);
    ck_assert_int_eq(root_open(&root, "artifacts", ROOT_READ, NULL), 0);
    ck_assert(root.reports_fd == -1 && root.soak_fd == -1);
    ck_assert_int_eq(sandbox_count("artifacts"), 0);
    root_close(&root);
}
END_TEST

START_TEST(the_operator_s_path_may_be_a_link_but_nothing_below)
{
    struct error err = ERROR_INIT;
    struct root root;

    ck_assert_int_eq(root_open(&root, "real", ROOT_CREATE, &err), 0);
    root_close(&root);
    ck_assert_int_eq(symlink("real", "link"), 0);
    ck_assert_int_eq(root_open(&root, "link", ROOT_CREATE, &err), 0);
    root_close(&root);
    ck_assert_int_eq(rename("real/soak", "elsewhere"), 0);
    ck_assert_int_eq(symlink("../elsewhere", "real/soak"), 0);
    ck_assert_int_eq(root_open(&root, "real", ROOT_CREATE, &err), -1);
    ck_assert_msg(strstr(err.text, "real/soak") && strstr(err.text, "link"), "%s", err.text);
}
END_TEST

START_TEST(a_file_in_the_way_is_an_error)
{
    struct error err = ERROR_INIT;
    struct root root;

    sandbox_puts("file", "");
    ck_assert_int_eq(root_open(&root, "file", ROOT_CREATE, &err), -1);
    error_clear(&err);
    ck_assert_int_eq(root_open(&root, "file/artifacts", ROOT_CREATE, &err), -1);
    ck_assert_msg(strstr(err.text, "file") != NULL, "%s", err.text);
    error_clear(&err);
    ck_assert_int_eq(root_open(&root, "", ROOT_CREATE, &err), -1);
    ck_assert_int_eq(err.code, ERROR_USAGE);
}
END_TEST

START_TEST(a_path_that_is_too_long_is_an_error)
{
    struct error err = ERROR_INIT;
    struct root root;
    char path[600];

    memset(path, '/', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    ck_assert_int_eq(root_open(&root, path, ROOT_READ, &err), -1);
    ck_assert_msg(strstr(err.text, "too long") != NULL, "%s", err.text);
}
END_TEST

Suite *root_suite(void)
{
    const TTest *const list[] = {create_makes_the_root_and_its_directories,
                                 read_makes_nothing,
                                 the_operator_s_path_may_be_a_link_but_nothing_below,
                                 a_file_in_the_way_is_an_error,
                                 a_path_that_is_too_long_is_an_error,
                                 NULL};
    return sandbox_suite("root", list, 10);
}
