/* test_rundir: the operator may name a run directory, an artifact root or its soak directory. */
#include "config.h"

#include "artifact/root.h"

#include "sandbox.h"
#include "suites.h"

/* artifacts/soak with a current run, its parameters and an earlier run. */
static void make_tree(void)
{
    static const char *const directories[] = {
        "artifacts",           "artifacts/soak",          "artifacts/soak/latest",
        "artifacts/soak/runs", "artifacts/soak/runs/old", "artifacts/soak/latest/artifacts"};

    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
        ck_assert_int_eq(mkdir(directories[i], 0700), 0);
    sandbox_puts("artifacts/soak/runtime_overrides.json", "{}");
    sandbox_puts("artifacts/soak/latest/ITER_SUMMARY_1.json", "{}");
    sandbox_puts("artifacts/soak/runs/old/ITER_SUMMARY_1.json", "{}");
}

static bool is_same(int fd, const char *path)
{
    struct stat one, other;
    return fstat(fd, &one) == 0 && stat(path, &other) == 0 && one.st_ino == other.st_ino &&
           one.st_dev == other.st_dev;
}

static void check_latest(const char *path)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    ck_assert_msg(rundir_open(&dir, path, &err) == 0, "%s: %s", path, err.text);
    ck_assert_msg(is_same(dir.fd, sandbox_path) == false, "%s", path);
    ck_assert_msg(faccessat(dir.fd, "ITER_SUMMARY_1.json", F_OK, 0) == 0, "%s", path);
    ck_assert_msg(dir.soak_fd >= 0, "%s", path);
    ck_assert_int_eq(faccessat(dir.soak_fd, "runtime_overrides.json", F_OK, 0), 0);
    ck_assert_int_ge(dir.artifacts_fd, 0);
    ck_assert_str_eq(dir.shown, "soak/latest");
    ck_assert_msg(strstr(dir.path, "latest") || strcmp(path, ".") == 0, "%s", dir.path);
    rundir_close(&dir);
    ck_assert(dir.fd == -1 && dir.soak_fd == -1 && dir.artifacts_fd == -1);
}

START_TEST(root_soak_and_run_directory_are_the_same_run)
{
    make_tree();
    check_latest("artifacts");
    check_latest("artifacts/");
    check_latest("artifacts/soak");
    check_latest("artifacts/soak/latest");
    check_latest("./artifacts/soak/latest///");
    ck_assert_int_eq(chdir("artifacts/soak/latest"), 0);
    check_latest(".");
}
END_TEST

START_TEST(an_earlier_run_has_no_parameters_in_force)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    make_tree();
    ck_assert_msg(rundir_open(&dir, "artifacts/soak/runs/old", &err) == 0, "%s", err.text);
    ck_assert_int_eq(dir.soak_fd, -1);
    ck_assert_int_eq(dir.artifacts_fd, -1);
    ck_assert_str_eq(dir.shown, "soak/runs/old");
    ck_assert_str_eq(dir.path, "artifacts/soak/runs/old");
}
END_TEST

START_TEST(a_directory_of_files_anywhere_is_a_run)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    ck_assert_int_eq(mkdir("copy", 0700), 0);
    ck_assert_int_eq(mkdir("copy/soak", 0700), 0);
    sandbox_puts("copy/ITER_SUMMARY_7.json", "{}");
    ck_assert_msg(rundir_open(&dir, "copy", &err) == 0, "%s", err.text);
    ck_assert(is_same(dir.fd, "copy"));
    ck_assert_str_eq(dir.shown, "copy");
}
END_TEST

START_TEST(a_root_without_a_run_says_so)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    ck_assert_int_eq(mkdir("artifacts", 0700), 0);
    ck_assert_int_eq(mkdir("artifacts/soak", 0700), 0);
    ck_assert_int_eq(rundir_open(&dir, "artifacts", &err), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, "artifacts/soak/latest: there is no run") != NULL, "%s",
                  err.text);
    error_clear(&err);
    ck_assert_int_eq(rundir_open(&dir, "absent", &err), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(links_below_a_root_are_not_followed)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    make_tree();
    ck_assert_int_eq(rename("artifacts/soak/latest/artifacts", "elsewhere"), 0);
    ck_assert_int_eq(symlink("../../../elsewhere", "artifacts/soak/latest/artifacts"), 0);
    ck_assert_int_eq(rundir_open(&dir, "artifacts", &err), -1);
    ck_assert_msg(strstr(err.text, "latest/artifacts") != NULL, "%s", err.text);
    ck_assert_int_eq(symlink("artifacts/soak/runs/old", "typed"), 0);
    ck_assert_int_eq(rundir_open(&dir, "typed", NULL), 0);
    rundir_close(&dir);
}
END_TEST

START_TEST(latest_is_made_for_a_writer_only)
{
    struct error err = ERROR_INIT;
    struct rundir dir;
    struct root root;

    ck_assert_int_eq(root_open(&root, "artifacts", ROOT_CREATE, &err), 0);
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_READ, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    error_clear(&err);
    ck_assert_msg(rundir_open_latest(&dir, &root, ROOT_CREATE, &err) == 0, "%s", err.text);
    ck_assert(is_same(dir.fd, "artifacts/soak/latest"));
    ck_assert(is_same(dir.artifacts_fd, "artifacts/soak/latest/artifacts"));
    ck_assert(is_same(dir.soak_fd, "artifacts/soak"));
    ck_assert_str_eq(dir.shown, "soak/latest");
    ck_assert_str_eq(dir.path, "artifacts/soak/latest");
    rundir_close(&dir);
}
END_TEST

Suite *rundir_suite(void)
{
    const TTest *const list[] = {root_soak_and_run_directory_are_the_same_run,
                                 an_earlier_run_has_no_parameters_in_force,
                                 a_directory_of_files_anywhere_is_a_run,
                                 a_root_without_a_run_says_so,
                                 links_below_a_root_are_not_followed,
                                 latest_is_made_for_a_writer_only,
                                 NULL};
    return sandbox_suite("rundir", list, 10);
}
