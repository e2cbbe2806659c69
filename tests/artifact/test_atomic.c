/* test_atomic: a reader sees the old file or the new one; a write that fails leaves the old one and
 * nothing else. */
#include "config.h"

#include "artifact/atomic.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "sandbox.h"
#include "suites.h"

static int here(void)
{
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    ck_assert_int_ge(dir, 0);
    return dir;
}

static void check_content(const char *path, const char *expected)
{
    char *text = sandbox_get(path, NULL);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(a_new_file_has_the_mode_of_the_umask)
{
    struct error err = ERROR_INIT;
    struct stat status;

    umask(027);
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "hello", 5, DURABLE, &err), 0);
    check_content("file", "hello");
    ck_assert_int_eq(stat("file", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0640);
    ck_assert_int_eq(sandbox_count("."), 1);
}
END_TEST

START_TEST(an_old_file_is_replaced)
{
    struct error err = ERROR_INIT;

    sandbox_puts("file", "a longer text that was there before");
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "new", 3, REBUILDABLE, &err), 0);
    check_content("file", "new");
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "", 0, DURABLE, &err), 0);
    check_content("file", "");
    ck_assert_int_eq(sandbox_count("."), 1);
}
END_TEST

static void limit_file_size(rlim_t size)
{
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = size;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(a_full_disk_leaves_the_old_file)
{
    static const char large[100000];
    struct error err = ERROR_INIT;

    sandbox_puts("file", "old");
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(5000);
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", large, sizeof large, DURABLE, &err),
                     -1);
    limit_file_size(RLIM_INFINITY);
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_msg(strstr(err.text, "x/file") && strstr(err.text, "old file stays") &&
                      strstr(err.text, "make room"),
                  "%s", err.text);
    check_content("file", "old");
    ck_assert_int_eq(sandbox_count("."), 1);
}
END_TEST

START_TEST(a_directory_that_refuses_leaves_the_old_file)
{
    struct error err = ERROR_INIT;

    if (geteuid() == 0)
        return; /* root may write everywhere; the next tests hold for it too */
    sandbox_puts("file", "old");
    ck_assert_int_eq(chmod(".", 0500), 0);
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "new", 3, DURABLE, &err), -1);
    ck_assert_int_eq(chmod(".", 0700), 0);
    ck_assert_msg(strstr(err.text, "permissions") != NULL, "%s", err.text);
    check_content("file", "old");
}
END_TEST

START_TEST(a_directory_that_is_gone_is_an_error)
{
    struct error err = ERROR_INIT;

    ck_assert_int_eq(mkdir("gone", 0700), 0);
    int dir = open("gone", O_RDONLY | O_DIRECTORY);
    ck_assert_int_eq(rmdir("gone"), 0);
    ck_assert_int_eq(atomic_write(dir, "file", "gone/file", "new", 3, DURABLE, &err), -1);
    ck_assert_int_eq(err.code, ERROR_IO);
    ck_assert_msg(strstr(err.text, "gone/file") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_rename_that_fails_leaves_no_temporary_file)
{
    struct error err = ERROR_INIT;

    ck_assert_int_eq(mkdir("file", 0700), 0);
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "new", 3, DURABLE, &err), -1);
    ck_assert_int_eq(sandbox_count("."), 1);
    ck_assert_int_eq(sandbox_count("file"), 0);
}
END_TEST

START_TEST(a_link_is_replaced_not_followed)
{
    struct error err = ERROR_INIT;
    struct stat status;

    sandbox_puts("victim", "untouched");
    ck_assert_int_eq(symlink("victim", "file"), 0);
    ck_assert_int_eq(atomic_write(here(), "file", "x/file", "new", 3, DURABLE, &err), 0);
    check_content("victim", "untouched");
    check_content("file", "new");
    ck_assert_int_eq(lstat("file", &status), 0);
    ck_assert(S_ISREG(status.st_mode));
}
END_TEST

START_TEST(a_name_that_is_too_long_is_an_error)
{
    struct error err = ERROR_INIT;
    char name[251];

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ck_assert_int_eq(atomic_write(here(), name, "x", "new", 3, DURABLE, &err), -1);
    ck_assert_msg(strstr(err.text, strerror(ENAMETOOLONG)) != NULL, "%s", err.text);
    ck_assert_int_eq(sandbox_count("."), 0);
}
END_TEST

enum { BODY = 200000, ROUNDS = 300 };
static atomic_int writers_left;

static void *write_often(void *letter)
{
    struct error err = ERROR_INIT;
    char *body = malloc(BODY);
    int dir = open(".", O_RDONLY | O_DIRECTORY), failed = 0;

    memset(body, *(const char *)letter, BODY);
    for (int i = 0; i < ROUNDS; i++)
        failed |= atomic_write(dir, "file", "file", body, BODY, REBUILDABLE, &err);
    free(body);
    close(dir);
    atomic_fetch_sub(&writers_left, 1);
    return failed ? "failed" : NULL;
}

static void check_whole(void)
{
    size_t length;
    char *text = sandbox_get("file", &length);

    ck_assert_uint_eq(length, BODY);
    for (size_t i = 1; i < length; i++)
        ck_assert_int_eq(text[i], text[0]);
    free(text);
}

START_TEST(readers_and_two_writers_never_see_a_part)
{
    pthread_t threads[2];
    void *failed;
    char letters[] = "ab";

    sandbox_puts("file", "");
    ck_assert_int_eq(truncate("file", BODY), 0);
    atomic_store(&writers_left, 2);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_often, &letters[i]), 0);
    while (atomic_load(&writers_left) > 0)
        check_whole();
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
    check_whole();
    ck_assert_int_eq(sandbox_count("."), 1);
}
END_TEST

START_TEST(only_temporary_files_of_our_own_form_are_swept_up)
{
    static const char *const kept[] = {"file.1-2.tmp", ".file.tmp",     ".file.1-.tmp",
                                       ".1-2.tmp",     ".file.x-1.tmp", ".file.1-2.tmpx",
                                       ".tmp",         ".a.1-2"};
    const int count = (int)(sizeof kept / sizeof *kept);

    for (int i = 0; i < count; i++)
        sandbox_puts(kept[i], "");
    ck_assert_int_eq(mkdir(".directory.1-2.tmp", 0700), 0);
    sandbox_puts(".runtime_overrides.json.4711-0.tmp", "part");
    sandbox_puts(".f.1-23.tmp", "part");
    atomic_sweep(here());
    ck_assert_int_eq(sandbox_count("."), count + 1);
    ck_assert_int_ne(access(".f.1-23.tmp", F_OK), 0);
    ck_assert_int_ne(access(".runtime_overrides.json.4711-0.tmp", F_OK), 0);
}
END_TEST

Suite *atomic_suite(void)
{
    const TTest *const list[] = {a_new_file_has_the_mode_of_the_umask,
                                 an_old_file_is_replaced,
                                 a_full_disk_leaves_the_old_file,
                                 a_directory_that_refuses_leaves_the_old_file,
                                 a_directory_that_is_gone_is_an_error,
                                 a_rename_that_fails_leaves_no_temporary_file,
                                 a_link_is_replaced_not_followed,
                                 a_name_that_is_too_long_is_an_error,
                                 readers_and_two_writers_never_see_a_part,
                                 only_temporary_files_of_our_own_form_are_swept_up,
                                 NULL};
    return sandbox_suite("atomic", list, 60);
}
