/* sandbox: each test of such a suite runs in a directory of its own, which is removed after it. */
#ifndef SOAKTOP_TESTS_SANDBOX_H
#define SOAKTOP_TESTS_SANDBOX_H

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char sandbox_path[64];

static inline void sandbox_enter(void)
{
    strcpy(sandbox_path, "/tmp/soaktop-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(sandbox_path));
    ck_assert_int_eq(chdir(sandbox_path), 0);
}

static inline int sandbox_remove(const char *path, const struct stat *status, int type,
                                 struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

static inline void sandbox_leave(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(nftw(sandbox_path, sandbox_remove, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* harness_suite, in a sandbox. */
static inline Suite *sandbox_suite(const char *name, const TTest *const *list, double seconds)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);
    tcase_set_timeout(tcase, seconds);
    tcase_add_checked_fixture(tcase, sandbox_enter, sandbox_leave);
    for (; *list; list++)
        tcase_add_test(tcase, *list);
    suite_add_tcase(suite, tcase);
    return suite;
}

/* Writes TEXT to PATH as it stands. */
static inline void sandbox_put(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void sandbox_puts(const char *path, const char *text)
{
    sandbox_put(path, text, strlen(text));
}

/* The content of PATH (free it), terminated; its length in *LENGTH (may be NULL). */
static inline char *sandbox_get(const char *path, size_t *length)
{
    struct stat status;
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fstat(fileno(file), &status), 0);
    char *text = calloc(1, (size_t)status.st_size + 1);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(fread(text, 1, (size_t)status.st_size, file), (size_t)status.st_size);
    fclose(file);
    if (length)
        *length = (size_t)status.st_size;
    return text;
}

/* Entries of directory PATH but "." and "..". */
static inline int sandbox_count(const char *path)
{
    DIR *list = opendir(path);
    int count = 0;
    ck_assert_ptr_nonnull(list);
    while (readdir(list))
        count++;
    closedir(list);
    return count - 2;
}

#endif
