/* test_retire: earlier runs are moved, never lost; what is deleted is ours, old and asked for. */
#include "config.h"

#include "artifact/root.h"

#include <sys/time.h>

#include "sandbox.h"
#include "suites.h"

#define RUNS "artifacts/soak/runs"

static struct root root;

static void start(void)
{
    struct error err = ERROR_INIT;

    ck_assert_msg(root_open(&root, "artifacts", ROOT_CREATE, &err) == 0, "%s", err.text);
}

/* A run in soak/latest with one iteration; RUN_JSON NULL: without run.json. */
static void make_run(const char *run_json)
{
    struct error err = ERROR_INIT;
    struct rundir dir;

    ck_assert_msg(rundir_open_latest(&dir, &root, ROOT_CREATE, &err) == 0, "%s", err.text);
    rundir_close(&dir);
    sandbox_puts("artifacts/soak/latest/ITER_SUMMARY_1.json", "{}");
    if (run_json)
        sandbox_puts("artifacts/soak/latest/run.json", run_json);
}

/* A run.json as manifest_write writes it. */
static const char *manifest(const char *id, const char *started)
{
    static char text[1024];

    snprintf(text, sizeof text,
             "{\"schema\":\"soaktop-run-1\",\"run_id\":\"%s\",\"source\":\"exec\","
             "\"source_detail\":\"\",\"approve\":\"auto\",\"iterations\":3,\"interval_s\":1,"
             "\"started\":\"%s\",\"ended\":null,\"state\":\"completed\"}",
             id, started);
    return text;
}

/* Retires and checks that it goes well; the name it was moved to. */
static const char *retire(int keep)
{
    static char moved[256];
    struct error err = ERROR_INIT;

    ck_assert_msg(root_retire_latest(&root, keep, moved, sizeof moved, &err) == 0, "%s", err.text);
    return moved;
}

static bool exists(const char *name)
{
    char path[512];
    struct stat status;

    snprintf(path, sizeof path, RUNS "/%s", name);
    return lstat(path, &status) == 0;
}

/* Sets the time at which everything in latest/ was last written. */
static void date_latest(time_t seconds)
{
    const struct timeval times[2] = {{seconds, 0}, {seconds, 0}};

    ck_assert_int_eq(utimes("artifacts/soak/latest/ITER_SUMMARY_1.json", times), 0);
    ck_assert_int_eq(utimes("artifacts/soak/latest", times), 0);
}

START_TEST(a_run_is_moved_whole_under_its_start_and_id)
{
    start();
    make_run(manifest("abc-1", "2025-02-03T04:05:06Z"));
    ck_assert_str_eq(retire(-1), "20250203T040506Z-abc-1");
    ck_assert_int_eq(access(RUNS "/20250203T040506Z-abc-1/ITER_SUMMARY_1.json", F_OK), 0);
    ck_assert_int_eq(access(RUNS "/20250203T040506Z-abc-1/run.json", F_OK), 0);
    ck_assert_int_eq(access("artifacts/soak/latest", F_OK), -1);
}
END_TEST

START_TEST(nothing_to_move_is_no_error)
{
    struct rundir dir;

    start();
    ck_assert_str_eq(retire(-1), "");
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, NULL), 0);
    rundir_close(&dir);
    ck_assert_str_eq(retire(3), "");
    ck_assert_int_eq(access(RUNS, F_OK), -1);
    ck_assert_int_eq(access("artifacts/soak/latest", F_OK), 0);
}
END_TEST

START_TEST(a_report_in_artifacts_alone_is_a_run_too)
{
    struct rundir dir;

    start();
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, NULL), 0);
    rundir_close(&dir);
    sandbox_puts("artifacts/soak/latest/artifacts/EDGE_REPORT.json", "{}");
    ck_assert_str_ne(retire(-1), "");
}
END_TEST

START_TEST(a_taken_name_gets_a_number)
{
    start();
    for (int i = 0; i < 3; i++) {
        make_run(manifest("mock", "2025-01-01T00:00:00Z"));
        retire(-1);
    }
    ck_assert(exists("20250101T000000Z-mock") && exists("20250101T000000Z-mock-2") &&
              exists("20250101T000000Z-mock-3"));
    sandbox_puts(RUNS "/20250101T000000Z-mock-4", "a file");
    make_run(manifest("mock", "2025-01-01T00:00:00Z"));
    ck_assert_str_eq(retire(-1), "20250101T000000Z-mock-5");
}
END_TEST

START_TEST(hostile_ids_name_no_path)
{
    static const struct {
        const char *id, *name;
    } ids[] = {
        {"../../etc", ".._.._etc"},
        {"a/b\\\\c", "a_b_c"},
        {"\\u001b[2J\\u0000x", "__2J"},
        {"..", ".."},
        {"\xe2\x80\xae", "___"},
        {"", "unnamed"},
        {"0123456789012345678901234567890123456789012345678901234567890123456789",
         "012345678901234567890123456789012345678901234567"},
    };
    char expected[128];

    start();
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        make_run(manifest(ids[i].id, "2025-01-01T00:00:00Z"));
        const char *name = retire(-1);
        snprintf(expected, sizeof expected, "20250101T000000Z-%s", ids[i].name);
        ck_assert_str_eq(name, expected);
        ck_assert(exists(name));
    }
    ck_assert_int_eq(sandbox_count(RUNS), 7);
    ck_assert_int_eq(sandbox_count("artifacts/soak"), 1);
}
END_TEST

START_TEST(without_a_readable_run_json_the_newest_file_gives_the_time)
{
    static const char *const texts[] = {NULL, "{", "[1]", "{\"run_id\":5}",
                                        "{\"run_id\":\"x\",\"started\":\"yesterday\"}"};

    start();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        make_run(texts[i]);
        const struct timeval old[2] = {{1000000000, 0}, {1000000000, 0}};
        if (texts[i])
            ck_assert_int_eq(utimes("artifacts/soak/latest/run.json", old), 0);
        date_latest(1700000000);
        const char *name = retire(-1);
        ck_assert_msg(strncmp(name, "20231114T221320Z-unnamed", 24) == 0, "%s", name);
    }
    ck_assert_int_eq(sandbox_count(RUNS), 5);
}
END_TEST

START_TEST(nothing_is_deleted_unless_keep_says_so)
{
    char started[32];

    start();
    for (int i = 1; i <= 9; i++) {
        snprintf(started, sizeof started, "2025-01-0%dT00:00:00Z", i);
        make_run(manifest("run", started));
        retire(-1);
    }
    ck_assert_int_eq(sandbox_count(RUNS), 9);
}
END_TEST

START_TEST(keep_lets_only_the_newest_stay)
{
    char started[32];

    start();
    for (int i = 9; i >= 1; i--) {
        snprintf(started, sizeof started, "2025-01-0%dT00:00:00Z", i);
        make_run(manifest("run", started));
        retire(-1);
    }
    ck_assert_str_eq(retire(3), "");
    ck_assert_int_eq(sandbox_count(RUNS), 3);
    ck_assert(exists("20250109T000000Z-run") && exists("20250108T000000Z-run") &&
              exists("20250107T000000Z-run"));
    make_run(manifest("run", "2025-01-10T00:00:00Z"));
    retire(1);
    ck_assert_int_eq(sandbox_count(RUNS), 1);
    ck_assert(exists("20250110T000000Z-run"));
    retire(0);
    ck_assert_int_eq(sandbox_count(RUNS), 0);
}
END_TEST

START_TEST(of_mock_runs_with_one_start_the_last_written_is_the_newest)
{
    start();
    for (int i = 0; i < 12; i++) {
        make_run(manifest("mock", "2025-01-01T00:00:00Z"));
        date_latest(1700000000 + i);
        retire(-1);
    }
    retire(2);
    ck_assert_int_eq(sandbox_count(RUNS), 2);
    ck_assert(exists("20250101T000000Z-mock-12") && exists("20250101T000000Z-mock-11"));
}
END_TEST

START_TEST(only_directories_with_a_name_of_ours_are_deleted)
{
    static const char *const kept[] = {"notes",
                                       "20250101T000000Z",
                                       "20250101T000000Z-",
                                       "20250101-mine",
                                       "2025-01-01T00:00:00Z-x",
                                       "20250101T000000Z-a b",
                                       "x20250101T000000Z-a"};
    char path[256];

    start();
    make_run(manifest("run", "2025-01-01T00:00:00Z"));
    retire(-1);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        snprintf(path, sizeof path, RUNS "/%s", kept[i]);
        ck_assert_int_eq(mkdir(path, 0700), 0);
    }
    sandbox_puts(RUNS "/20250101T000000Z-file", "");
    retire(0);
    ck_assert(!exists("20250101T000000Z-run"));
    ck_assert(exists("20250101T000000Z-file"));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        ck_assert_msg(exists(kept[i]), "%s", kept[i]);
}
END_TEST

START_TEST(deleting_follows_no_link)
{
    start();
    ck_assert_int_eq(mkdir("outside", 0700), 0);
    sandbox_puts("outside/precious", "x");
    make_run(manifest("run", "2025-01-01T00:00:00Z"));
    ck_assert_int_eq(symlink("../../../../outside", "artifacts/soak/latest/link"), 0);
    retire(-1);
    ck_assert_int_eq(symlink("../../../outside", RUNS "/20240101T000000Z-link"), 0);
    retire(0);
    ck_assert_int_eq(access("outside/precious", F_OK), 0);
    ck_assert(exists("20240101T000000Z-link"));
    ck_assert(!exists("20250101T000000Z-run"));
}
END_TEST

START_TEST(a_link_in_the_place_of_latest_or_runs_stops_it)
{
    struct error err = ERROR_INIT;

    start();
    ck_assert_int_eq(mkdir("outside", 0700), 0);
    sandbox_puts("outside/precious", "x");
    ck_assert_int_eq(symlink("../../outside", "artifacts/soak/latest"), 0);
    ck_assert_int_eq(root_retire_latest(&root, -1, NULL, 0, &err), -1);
    ck_assert_msg(strstr(err.text, "soak/latest") != NULL, "%s", err.text);
    ck_assert_int_eq(unlink("artifacts/soak/latest"), 0);
    make_run(NULL);
    ck_assert_int_eq(symlink("../../outside", RUNS), 0);
    error_clear(&err);
    ck_assert_int_eq(root_retire_latest(&root, 0, NULL, 0, &err), -1);
    ck_assert_msg(strstr(err.text, "soak/runs") != NULL, "%s", err.text);
    ck_assert_int_eq(access("artifacts/soak/latest/ITER_SUMMARY_1.json", F_OK), 0);
    ck_assert_int_eq(access("outside/precious", F_OK), 0);
}
END_TEST

Suite *retire_suite(void)
{
    const TTest *const list[] = {a_run_is_moved_whole_under_its_start_and_id,
                                 nothing_to_move_is_no_error,
                                 a_report_in_artifacts_alone_is_a_run_too,
                                 a_taken_name_gets_a_number,
                                 hostile_ids_name_no_path,
                                 without_a_readable_run_json_the_newest_file_gives_the_time,
                                 nothing_is_deleted_unless_keep_says_so,
                                 keep_lets_only_the_newest_stay,
                                 of_mock_runs_with_one_start_the_last_written_is_the_newest,
                                 only_directories_with_a_name_of_ours_are_deleted,
                                 deleting_follows_no_link,
                                 a_link_in_the_place_of_latest_or_runs_stops_it,
                                 NULL};
    return sandbox_suite("retire", list, 20);
}
