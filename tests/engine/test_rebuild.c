/* test_rebuild: what follows from a journal is made again byte for byte. soak_end compares after
 * every other test of the engine too. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/rebuild.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

static const char *const files[] = {
    "ITER_SUMMARY_1.json", "ITER_SUMMARY_2.json",     "ITER_SUMMARY_3.json", "ITER_SUMMARY_4.json",
    "TUNING_REPORT.json",  "artifacts/KPI_GATE.json", "summary.txt",
};
enum { FILE_COUNT = sizeof(files) / sizeof(*files) };

static char *path_of(size_t index)
{
    return tempdir_path("a/soak/latest/%s", files[index]);
}

/* A mock run of four with a rollback after its end. */
static void rolled_back_run(void)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 4;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}

static int rebuild(size_t *count, struct error *err)
{
    struct rundir dir;
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a"), err), 0);
    int result = rebuild_write(&dir, &soak_config()->params, count, err);
    rundir_close(&dir);
    return result;
}

START_TEST(whatever_is_missing_or_damaged_comes_back)
{
    struct error err = ERROR_INIT;
    char *before[FILE_COUNT];
    size_t count = 99;
    rolled_back_run();
    ck_assert_int_eq(rebuild(&count, &err), 0);
    ck_assert_uint_eq(count, 0); /* all is as it should be: nothing is touched */
    for (size_t i = 0; i < FILE_COUNT; i++) {
        before[i] = file_get(path_of(i));
        ck_assert_ptr_nonnull(before[i]);
        if (i % 2)
            file_put(path_of(i), "{}\n");
        else
            ck_assert_int_eq(unlink(path_of(i)), 0);
    }
    ck_assert_msg(rebuild(&count, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(count, FILE_COUNT);
    for (size_t i = 0; i < FILE_COUNT; i++) {
        char *after = file_get(path_of(i));
        ck_assert_ptr_nonnull(after);
        ck_assert_str_eq(after, before[i]);
        free(after);
        free(before[i]);
    }
}
END_TEST

START_TEST(a_file_that_no_record_made_is_refused_and_kept)
{
    struct error err = ERROR_INIT;
    rolled_back_run();
    file_put(tempdir_path("a/soak/latest/ITER_SUMMARY_7.json"), "{}");
    ck_assert_int_eq(rebuild(NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    ck_assert_msg(strstr(err.text, "ITER_SUMMARY_7.json") != NULL, "%s", err.text);
    ck_assert_int_eq(access(tempdir_path("a/soak/latest/ITER_SUMMARY_7.json"), F_OK), 0);
}
END_TEST

/* The lines of the journal in another order: the chain is broken. */
START_TEST(a_broken_chain_rebuilds_nothing_after_it)
{
    struct error err = ERROR_INIT;
    rolled_back_run();
    const char *path = tempdir_path("a/soak/latest/journal.jsonl");
    char *text = file_get(path);
    ck_assert_ptr_nonnull(text);
    char *second = strchr(text, '\n') + 1;
    file_put(path, second);
    free(text);
    ck_assert_int_eq(rebuild(NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
}
END_TEST

Suite *rebuild_suite(void)
{
    Suite *suite = suite_create("rebuild");
    TCase *tcase = tcase_create("rebuild");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, whatever_is_missing_or_damaged_comes_back);
    tcase_add_test(tcase, a_file_that_no_record_made_is_refused_and_kept);
    tcase_add_test(tcase, a_broken_chain_rebuilds_nothing_after_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
