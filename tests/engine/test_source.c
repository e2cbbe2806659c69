/* test_source: the mock's figures, and every way in which a command or a bot's report can fail
 * (ENGINE section 4). */
#include "config.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "engine/source.h"
#include "harness.h"
#include "suites.h"
#include "tempdir.h"

#define GOOD "{\"totals\": {\"net_bps\": 3.0, \"p95_latency_ms\": 310}}"

static struct root root;
static struct rundir dir;
static const struct source_class *source;
static void *state;
static struct source_call call;
static struct edge_report report;
static struct error err;
static int stop_after_waits; /* the waiter asks for a stop after so many waits; -1: never */

/* A waiter without an engine. */
static enum wait_result wait_plainly(void *context, struct pollfd *fds, size_t count,
                                     int64_t deadline_ms)
{
    (void)context;
    if (stop_after_waits == 0)
        return WAIT_STOP;
    if (stop_after_waits > 0)
        stop_after_waits--;
    int64_t left = deadline_ms < 0 ? 9000 : deadline_ms - monotonic_ms();
    return poll(fds, (nfds_t)count, left > 0 ? (int)left : 0) > 0 ? WAIT_READY : WAIT_TIMEOUT;
}
static struct waiter waiter = {NULL, wait_plainly};

static void setup(void)
{
    ck_assert_int_eq(root_open(&root, tempdir_make(), ROOT_CREATE, NULL), 0);
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, NULL), 0);
    stop_after_waits = -1;
}

static void teardown(void)
{
    if (state)
        source->close(state);
    free(call.output_tail);
    free(call.report_text);
    rundir_close(&dir);
    root_close(&root);
    tempdir_remove();
}

static void open_source(struct engine_options options)
{
    source = source_find(options.source);
    ck_assert_ptr_nonnull(source);
    state = source->open(&options, &root, &err);
    ck_assert_msg(state != NULL, "%s", err.text);
}

static int iterate(int number)
{
    free(call.output_tail);
    free(call.report_text);
    call = (struct source_call){.iteration = number,
                                .root = &root,
                                .dir = &dir,
                                .waiter = &waiter,
                                .now_ms = CLOCK_MOCK_START_MS};
    report = (struct edge_report){0};
    error_clear(&err);
    return source->iterate(state, &call, &report, &err);
}

static void exec_of(const char *command, double timeout)
{
    open_source((struct engine_options){
        .source = SOURCE_EXEC, .exec_command = command, .exec_timeout_s = timeout});
}

static void assert_fails(const char *wanted)
{
    ck_assert_int_eq(iterate(1), -1);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "\"%s\" not in \"%s\"", wanted, err.text);
}

START_TEST(a_command_leaves_its_report)
{
    exec_of("echo working; echo '" GOOD "' >\"$SOAK_EDGE_REPORT\"", 0);
    ck_assert_msg(iterate(1) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, 3.0);
    ck_assert_str_eq(call.output_tail, "working");
    ck_assert_str_eq(call.report_text, GOOD "\n");
}
END_TEST

START_TEST(a_command_finds_its_place_in_the_environment)
{
    exec_of("echo \"$SOAK_ITERATION|$SOAK_RUN_DIR|$SOAK_RUNTIME_OVERRIDES|$SOAK_EDGE_REPORT\"", 0);
    ck_assert_int_eq(iterate(7), -1);
    char wanted[2048], base[512];
    ck_assert_ptr_nonnull(realpath(root.path, base));
    snprintf(wanted, sizeof(wanted),
             "7|%s/soak/latest|%s/soak/runtime_overrides.json|%s/reports/EDGE_REPORT.json", base,
             base, base);
    ck_assert_str_eq(call.output_tail, wanted);
}
END_TEST

START_TEST(a_non_zero_exit_fails_and_keeps_the_last_lines)
{
    exec_of("echo '" GOOD "' >\"$SOAK_EDGE_REPORT\"; echo no exchange >&2; exit 4", 0);
    assert_fails("exit status 4");
    ck_assert_str_eq(call.output_tail, "no exchange");
    ck_assert_ptr_null(call.report_text);
}
END_TEST

START_TEST(a_signal_fails)
{
    exec_of("kill -9 $$", 0);
    assert_fails("signal 9");
}
END_TEST

START_TEST(a_command_that_takes_too_long_is_ended)
{
    exec_of("echo begun; sleep 60", 0.2);
    int64_t begun = monotonic_ms();
    assert_fails("--exec-timeout 0.2 s");
    ck_assert_int_lt(monotonic_ms() - begun, 1500);
    ck_assert_str_eq(call.output_tail, "begun");
}
END_TEST

START_TEST(no_report_fails)
{
    exec_of(":", 0);
    assert_fails("left no edge report");
}
END_TEST

START_TEST(an_old_report_is_stale_but_the_same_content_written_anew_is_not)
{
    char *path = tempdir_path("reports/EDGE_REPORT.json");
    file_put(path, GOOD);
    exec_of(":", 0);
    assert_fails("stale");
    source->close(state);
    exec_of("echo '" GOOD "' >\"$SOAK_EDGE_REPORT\"", 0);
    for (int i = 1; i <= 8; i++)
        ck_assert_msg(iterate(i) == 0, "%d: %s", i, err.text);
}
END_TEST

START_TEST(an_old_report_moved_into_place_is_fresh)
{
    file_put(tempdir_path("reports/EDGE_REPORT.json"), GOOD);
    exec_of("cp -p \"$SOAK_EDGE_REPORT\" x.json; mv x.json \"$SOAK_EDGE_REPORT\"", 0);
    ck_assert_int_eq(chdir(root.path), 0);
    ck_assert_msg(iterate(1) == 0, "%s", err.text);
}
END_TEST

START_TEST(what_is_no_valid_report_fails_with_file_and_reason)
{
    static const struct {
        const char *text, *reason;
    } bad[] = {
        {"{\"totals\": {\"net_bps\": 3.0", "the text ends before the document does"},
        {"", "is empty"},
        {"hello", "EDGE_REPORT.json"},
        {"[1, 2]", "EDGE_REPORT.json"},
        {"{\"totals\": {\"net_bps\": NaN}}", "NaN"},
        {"{\"totals\": {\"net_bps\": \"3\"}}", "net_bps"},
        {"{\"totals\": {\"p95_latency_ms\": -1}}", "p95_latency_ms"},
        {"{\"totals\": {\"block_reasons\": {\"risk\": {\"ratio\": 101}}}}", "ratio"},
    };
    char *path = tempdir_path("given");
    exec_of("cp given \"$SOAK_EDGE_REPORT\"", 0);
    ck_assert_int_eq(chdir(root.path), 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        file_put(path, bad[i].text);
        assert_fails(bad[i].reason);
        ck_assert_ptr_null(call.report_text);
        ck_assert_ptr_nonnull(strstr(err.text, "EDGE_REPORT.json"));
    }
    file_put(path, GOOD);
    ck_assert_int_eq(iterate(2), 0);
}
END_TEST

START_TEST(a_report_that_is_a_link_is_not_followed)
{
    file_put(tempdir_path("elsewhere"), GOOD);
    exec_of("ln -s ../elsewhere \"$SOAK_EDGE_REPORT\"", 0);
    assert_fails("symbolic link");
}
END_TEST

START_TEST(a_stop_ends_the_command_and_is_no_failure)
{
    stop_after_waits = 0;
    exec_of("echo $$ >\"$SOAK_RUN_DIR/pid\"; sleep 60", 0);
    ck_assert_int_eq(iterate(1), -1);
    ck_assert_int_eq(err.code, ERROR_STOPPED);
}
END_TEST

START_TEST(an_empty_command_is_refused)
{
    struct engine_options options = {.source = SOURCE_EXEC, .exec_command = ""};
    ck_assert_ptr_null(source_exec.open(&options, &root, &err));
    ck_assert_int_eq(err.code, ERROR_USAGE);
}
END_TEST

/* What a bot does while an iteration waits: steps of a delay and an action. */
struct step {
    int delay_ms;
    const char *text; /* written in place and closed; NULL: MOVED is renamed over the report */
    const char *moved;
    bool left_open; /* not closed before the next step */
};
static struct step steps[4];
static char *bot_path;

static void *bot_main(void *context)
{
    FILE *open_file = NULL;
    for (const struct step *step = context; step->text || step->moved; step++) {
        struct timespec delay = {0, step->delay_ms * 1000000L};
        nanosleep(&delay, NULL);
        if (open_file)
            fclose(open_file);
        open_file = NULL;
        if (step->moved) {
            char temp[1024];
            snprintf(temp, sizeof(temp), "%s.tmp", bot_path);
            file_put(temp, step->moved);
            rename(temp, bot_path);
        } else if (step->left_open) {
            open_file = fopen(bot_path, "w");
            fputs(step->text, open_file);
            fflush(open_file);
        } else {
            file_put(bot_path, step->text);
        }
    }
    if (open_file)
        fclose(open_file);
    return NULL;
}

static pthread_t bot_start(void)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, bot_main, steps), 0);
    return thread;
}

static void watch_bot(double timeout)
{
    mkdir(tempdir_path("bot"), 0777);
    bot_path = tempdir_path("bot/report.json");
    open_source((struct engine_options){
        .source = SOURCE_EDGE_REPORT, .edge_report_path = bot_path, .report_timeout_s = timeout});
}

static int iterate_with_bot(int number)
{
    pthread_t bot = bot_start();
    int result = iterate(number);
    pthread_join(bot, NULL);
    memset(steps, 0, sizeof(steps));
    return result;
}

START_TEST(a_renamed_and_a_written_report_are_taken)
{
    watch_bot(5);
    steps[0] = (struct step){30, NULL, "{\"totals\": {\"net_bps\": 1}}", false};
    ck_assert_msg(iterate_with_bot(1) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, 1);
    steps[0] = (struct step){30, "{\"totals\": {\"net_bps\": 2}}", NULL, false};
    ck_assert_msg(iterate_with_bot(2) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, 2);
    ck_assert_str_eq(call.report_text, "{\"totals\": {\"net_bps\": 2}}");
}
END_TEST

START_TEST(a_half_written_report_waits_for_its_rest)
{
    watch_bot(5);
    steps[0] = (struct step){20, "{\"totals\": {\"net_b", NULL, false};
    steps[1] = (struct step){40, "{\"totals\": {\"net_bps\": ", NULL, true};
    steps[2] = (struct step){40, "{\"totals\": {\"net_bps\": 2.5}}", NULL, false};
    ck_assert_msg(iterate_with_bot(1) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, 2.5);
}
END_TEST

START_TEST(only_a_new_content_counts)
{
    mkdir(tempdir_path("bot"), 0777);
    file_put(tempdir_path("bot/report.json"), GOOD);
    watch_bot(0.25);
    assert_fails("no new edge report");
    steps[0] = (struct step){10, GOOD, NULL, false};
    ck_assert_int_eq(iterate_with_bot(2), -1);
    steps[0] = (struct step){10, GOOD "\n", NULL, false};
    ck_assert_msg(iterate_with_bot(3) == 0, "%s", err.text);
}
END_TEST

START_TEST(a_report_that_came_between_two_iterations_is_taken_at_once)
{
    watch_bot(0);
    file_put(bot_path, GOOD);
    int64_t begun = monotonic_ms();
    ck_assert_msg(iterate(1) == 0, "%s", err.text);
    ck_assert_int_lt(monotonic_ms() - begun, 500);
}
END_TEST

START_TEST(a_whole_report_that_is_wrong_fails_once)
{
    watch_bot(5);
    steps[0] = (struct step){10, "{\"totals\": {\"p95_latency_ms\": -5}}", NULL, false};
    ck_assert_int_eq(iterate_with_bot(1), -1);
    ck_assert_msg(strstr(err.text, "p95_latency_ms") != NULL, "%s", err.text);
    steps[0] = (struct step){10, "{\"totals\": nonsense}", NULL, false};
    ck_assert_int_eq(iterate_with_bot(2), -1);
    steps[0] = (struct step){10, GOOD, NULL, false};
    ck_assert_msg(iterate_with_bot(3) == 0, "%s", err.text);
}
END_TEST

START_TEST(a_report_never_finished_fails_after_the_timeout_with_the_reason)
{
    watch_bot(0.2);
    steps[0] = (struct step){10, "{\"totals\": ", NULL, false};
    ck_assert_int_eq(iterate_with_bot(1), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "--report-timeout 0.2 s"));
    ck_assert_ptr_nonnull(strstr(err.text, "the text ends before the document does"));
}
END_TEST

START_TEST(a_report_kept_open_is_found_when_the_time_is_up)
{
    watch_bot(0.2);
    FILE *file = fopen(bot_path, "w");
    fputs(GOOD, file);
    fflush(file);
    ck_assert_msg(iterate(1) == 0, "%s", err.text);
    fclose(file);
}
END_TEST

START_TEST(a_missing_directory_is_refused)
{
    struct engine_options options = {.source = SOURCE_EDGE_REPORT,
                                     .edge_report_path = tempdir_path("nowhere/report.json")};
    ck_assert_ptr_null(source_edge_report.open(&options, &root, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "nowhere"));
}
END_TEST

static const char *bot_directory, *bot_reports;

static void *put_directory_back(void *unused)
{
    (void)unused;
    usleep(30000);
    rmdir(bot_reports);
    rmdir(bot_directory);
    usleep(60000);
    mkdir(bot_directory, 0777);
    usleep(30000);
    mkdir(bot_reports, 0777);
    usleep(30000);
    file_put(bot_path, GOOD);
    return NULL;
}

START_TEST(a_directory_that_is_put_back_is_waited_for)
{
    bot_directory = tempdir_path("bot");
    bot_reports = tempdir_path("bot/reports");
    mkdir(bot_directory, 0777);
    mkdir(bot_reports, 0777);
    bot_path = tempdir_path("bot/reports/report.json");
    open_source((struct engine_options){
        .source = SOURCE_EDGE_REPORT, .edge_report_path = bot_path, .report_timeout_s = 20});
    pthread_t bot;
    ck_assert_int_eq(pthread_create(&bot, NULL, put_directory_back, NULL), 0);
    int64_t begun = monotonic_ms();
    int result = iterate(1);
    pthread_join(bot, NULL);
    ck_assert_msg(result == 0, "%s", err.text);
    ck_assert_int_lt(monotonic_ms() - begun, 15000);
}
END_TEST

START_TEST(waiting_for_a_report_ends_with_a_stop)
{
    watch_bot(0);
    stop_after_waits = 0;
    ck_assert_int_eq(iterate(1), -1);
    ck_assert_int_eq(err.code, ERROR_STOPPED);
}
END_TEST

static void assert_mock(int number, double net, double adverse, double slippage, double p95,
                        double risk, double maker)
{
    ck_assert_msg(iterate(number) == 0, "%s", err.text);
    ck_assert_double_eq(report.net_bps.number, net);
    ck_assert_double_eq(report.adverse_bps_p95.number, adverse);
    ck_assert_double_eq(report.slippage_bps_p95.number, slippage);
    ck_assert_double_eq(report.p95_latency_ms.number, p95);
    ck_assert_double_eq(report.block_ratio[BLOCK_RISK].number, risk);
    ck_assert_double_eq(report.fills.maker_count.number, maker);
    ck_assert_double_eq(report.fills.taker_count.number, 1000 - maker);
    ck_assert_double_eq(report.fills.maker_volume.number, 50 * maker);
}

START_TEST(the_mock_gives_the_specified_figures)
{
    open_source((struct engine_options){.source = SOURCE_MOCK});
    assert_mock(1, -1.5, 5.0, 3.5, 250, 0.17, 500);
    ck_assert_uint_eq(report.driver_count, 2);
    ck_assert_str_eq(report.driver[1], "adverse_bps");
    ck_assert_double_eq(report.block_count[BLOCK_RISK].number, 5);
    ck_assert_double_eq(report.order_age_p95_ms.number, 340);
    assert_mock(2, -0.8, 4.5, 3.2, 280, 0.33, 600);
    ck_assert_double_eq(report.ws_lag_p95_ms.number, 125);
    assert_mock(3, 3.0, 3.1, 2.2, 310, 0.68, 600);
    ck_assert_uint_eq(report.driver_count, 0);
    ck_assert_double_eq(report.block_count[BLOCK_RISK].number, 17);
    ck_assert_double_eq(report.cancel_ratio.number, 0.38);
    ck_assert_double_eq(report.maker_share_pct.number, 91);
    assert_mock(4, 3.1, 2.9, 2.05, 305, 0.5644, 650);
    assert_mock(8, 3.5, 2.1, 1.45, 285, 0.30, 850);
    assert_mock(24, 5.1, 1.5, 1.0, 205, 0.30, 850);
    ck_assert_double_eq(report.ws_lag_p95_ms.number, 210);
}
END_TEST

START_TEST(the_mock_leaves_its_report_where_a_bot_would)
{
    open_source((struct engine_options){.source = SOURCE_MOCK});
    ck_assert_int_eq(iterate(3), 0);
    char *text = file_get(tempdir_path("reports/EDGE_REPORT.json"));
    ck_assert_str_eq(text, call.report_text);
    ck_assert_ptr_nonnull(strstr(text, "\"utc\": \"2025-01-01T00:00:00Z\""));
    free(text);
}
END_TEST

Suite *source_suite(void)
{
    const TTest *const list[] = {
        a_command_leaves_its_report,
        a_command_finds_its_place_in_the_environment,
        a_non_zero_exit_fails_and_keeps_the_last_lines,
        a_signal_fails,
        a_command_that_takes_too_long_is_ended,
        no_report_fails,
        an_old_report_is_stale_but_the_same_content_written_anew_is_not,
        an_old_report_moved_into_place_is_fresh,
        what_is_no_valid_report_fails_with_file_and_reason,
        a_report_that_is_a_link_is_not_followed,
        a_stop_ends_the_command_and_is_no_failure,
        an_empty_command_is_refused,
        a_renamed_and_a_written_report_are_taken,
        a_half_written_report_waits_for_its_rest,
        only_a_new_content_counts,
        a_report_that_came_between_two_iterations_is_taken_at_once,
        a_whole_report_that_is_wrong_fails_once,
        a_report_never_finished_fails_after_the_timeout_with_the_reason,
        a_report_kept_open_is_found_when_the_time_is_up,
        a_missing_directory_is_refused,
        a_directory_that_is_put_back_is_waited_for,
        waiting_for_a_report_ends_with_a_stop,
        the_mock_gives_the_specified_figures,
        the_mock_leaves_its_report_where_a_bot_would,
        NULL,
    };
    Suite *suite = suite_create("source");
    TCase *tcase = tcase_create("source");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
