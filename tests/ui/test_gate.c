/* gate: the menu, the panel with verdict, progress and every check, the reports. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suites.h"
#include "ui/dialog.h"
#include "driver.h"
#include "harness.h"
#include "model/mem.h"

static struct driver driver;

START_TEST(the_menu_shows_the_limits_first)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'T');
    driver_shows(&driver, "risk ratio <= 0.42, maker/taker >= 0.85, net >= 2.7 bps, p95 <= 350 ms");
    driver_shows(&driver, "risk ratio <= 0.5, maker/taker >= 0.5, net >= -10 bps, p95 <= 500 ms");
    driver_sent_nothing(&driver);
    driver_key(&driver, 'm');
    ck_assert(!driver_sent(&driver, COMMAND_GATE).strict);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_strict_gate_asks)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Ts");
    driver_shows(&driver, "full apply ratio >= 0.95");
    driver_pass(&driver, 400);
    driver_sent_nothing(&driver);
    driver_key(&driver, 'Y');
    ck_assert(driver_sent(&driver, COMMAND_GATE).strict);
    driver_fini(&driver);
}
END_TEST

static void tell_progress(void)
{
    struct message *message = message_new(MESSAGE_GATE_PROGRESS);
    message->gate_strict = true;
    message->step = GATE_VERIFY;
    message->done = 1;
    message->total = 2;
    view_fold_take(driver.view, message);
}

START_TEST(a_running_gate_shows_its_progress_and_can_be_stopped)
{
    driver_init(&driver, 22, QUIET);
    tell_progress();
    driver_pass(&driver, 3000);
    driver_shows(&driver, "strict gate 3/5 verify 3s  [");
    driver_type(&driver, "5");
    driver_shows(&driver, "strict gate running: step 3 of 5, verify 1/2, 3s");
    driver_type(&driver, "Tm");
    driver_says(&driver, "a gate is running");
    driver_type(&driver, "x");
    driver_shows(&driver, "STOP THE GATE");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    driver_sent(&driver, COMMAND_GATE_STOP);
    driver_fini(&driver);
}
END_TEST

START_TEST(stop_is_refused_when_none_runs)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Tx");
    driver_says(&driver, "no gate is running");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

/* A failed mock gate of two checks. */
static struct gate_result *result_new(void)
{
    struct gate_result *gate = mem_alloc(sizeof *gate);
    struct judgement *judgement = &gate->judgement;
    judgement->mock = true;
    judgement->verdict = VERDICT_FAIL;
    judgement->gate_failed = true;
    judgement->check_count = 2;
    judgement->check[0] = (struct gate_check){"risk ratio, mean of last 8", "0.3", "<= 0.5", true,
                                              true};
    judgement->check[1] = (struct gate_check){"full apply ratio", "0.75", ">= 0.9", false, true};
    judgement->reason_count = 1;
    snprintf(judgement->reason[0], GATE_REASON_MAX, "full_apply_ratio 0.75 < 0.9");
    gate->file_count = 4;
    return gate;
}

START_TEST(the_result_lists_every_check_with_value_limit_and_verdict)
{
    driver_init(&driver, 22, QUIET);
    struct message *message = message_new(MESSAGE_GATE_RESULT);
    message->gate = result_new();
    view_fold_take(driver.view, message);
    driver_type(&driver, "5");
    driver_shows(&driver, "last gate: MOCK, FAIL, gate FAILED (exit 1)");
    driver_shows(&driver, "MOCK PASS risk ratio, mean of last 8        0.3         <= 0.5");
    driver_shows(&driver, "MOCK FAIL full apply ratio                  0.75        >= 0.9");
    driver_shows(&driver, "MOCK because full_apply_ratio 0.75 < 0.9");
    driver_shows(&driver, "4 reports written");
    driver_shows(&driver, "pass (strict), need 6");
    driver_fini(&driver);
}
END_TEST

static void gate_ends(int pass_count)
{
    struct message *message = message_new(MESSAGE_GATE_RESULT);
    message->gate = result_new();
    message->gate->judgement.pass_count = pass_count;
    snprintf(message->gate->judgement.check[0].value, 64, "0.%d", pass_count);
    view_fold_take(driver.view, message);
}

START_TEST(two_gates_stand_side_by_side)
{
    driver_init(&driver, 22, QUIET);
    gate_ends(3);
    dialog_gate_compare_open(driver.view);
    driver_says(&driver, "two gates must have run");
    gate_ends(4);
    dialog_gate_compare_open(driver.view);
    driver_shows(&driver, "PASS          0.3 -> PASS 0.4            risk ratio, mean of last 8");
    driver_shows(&driver, "FAIL         0.75 -> FAIL 0.75           full apply ratio (same)");
    driver_fini(&driver);
}
END_TEST

/* Level 2; the newest report only; the record says so from then on. */
START_TEST(a_report_is_marked_void_by_word_and_reason)
{
    driver_init(&driver, 22, QUIET);
    dialog_gate_void_open(driver.view);
    driver_says(&driver, "no gate is on record");
    run_add_event(&driver.view->run, EVENT_GATE, 20, 0, "strict gate: PASS, exit 0");
    run_add_event(&driver.view->run, EVENT_GATE, 22, 0, "mock gate: PASS, exit 0");
    dialog_gate_void_open(driver.view);
    driver_shows(&driver, "VOID gate report #2");
    driver_pass(&driver, 400);
    driver_type(&driver, "VOID");
    driver_key(&driver, KEYCODE_ENTER);
    driver_type(&driver, "wrong limits");
    driver_key(&driver, KEYCODE_ENTER);
    driver_pass(&driver, 400);
    driver_type(&driver, "Y");
    struct command command = driver_sent(&driver, COMMAND_GATE_VOID);
    ck_assert_int_eq(command.iteration, 2);
    ck_assert_str_eq(command.note, "wrong limits");
    run_add_event(&driver.view->run, EVENT_GATE_VOID, 22, 0,
                  "gate report #2 is void: wrong limits");
    driver_type(&driver, "5ff");
    driver_shows(&driver, "VOID: gate report #2 is void: wrong limits");
    dialog_gate_void_open(driver.view);
    driver_says(&driver, "report #2 is void already");
    run_add_event(&driver.view->run, EVENT_GATE, 22, 0, "mock gate: PASS, exit 0");
    driver_hides(&driver, "VOID:");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_gate_that_could_not_run_says_why)
{
    driver_init(&driver, 22, QUIET);
    struct message *message = message_new(MESSAGE_GATE_RESULT);
    error_set(&message->error, ERROR_IO, "soak/latest: read-only file system");
    view_fold_take(driver.view, message);
    driver_type(&driver, "5");
    driver_shows(&driver, "soak/latest: read-only file system");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_forecast_is_the_judges)
{
    driver_init(&driver, 5, QUIET);
    driver_type(&driver, "5");
    char text[80];
    ck_assert_int_gt(driver.view->forecast.earliest_pass, 5);
    snprintf(text, sizeof text, "PASS earliest it %d", driver.view->forecast.earliest_pass);
    driver_shows(&driver, text);
    driver_fini(&driver);
}
END_TEST

START_TEST(looking_back_in_a_finished_run_the_forecast_is_that_of_then)
{
    driver_init(&driver, 22, QUIET);
    driver.view->mode = VIEW_REPLAY;
    driver.view->run.state = RUN_COMPLETED;
    driver.view->run.ended_ms = driver.view->now_ms;
    driver.view->run.planned = 0;
    view_show(driver.view, 4);
    driver_type(&driver, "5");
    driver_shows(&driver, "PASS earliest it ");
    driver_hides(&driver, "out of reach");
    driver_key(&driver, '0');
    driver_shows(&driver, "the run is over: this verdict stays");
    driver_fini(&driver);
}
END_TEST

static void write_file(int dir, const char *name, const char *text)
{
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

START_TEST(reports_are_read_on_the_screen_and_made_safe)
{
    char path[] = "/tmp/soaktop-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(path));
    struct rundir dir = {.fd = open(path, O_RDONLY | O_DIRECTORY)};
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 't');
    driver_says(&driver, "no gate has left a report");
    write_file(dir.fd, "POST_SOAK_AUDIT.md", "# Audit\n\x1b]0;title\x07 of the soak\nlast line");
    write_file(dir.fd, "FAILURES.md", "# Failures\n");
    ck_assert_int_eq(symlinkat("/etc/hostname", dir.fd, "RECOMMENDATIONS.md"), 0);
    driver.view->dir = &dir;
    driver_type(&driver, "Tt");
    driver_shows(&driver, "=POST_SOAK_AUDIT.md");
    driver_shows(&driver, "\\x1b]0;title\\x07 of the soak");
    driver_shows(&driver, "last line");
    driver_key(&driver, KEYCODE_TAB);
    driver_shows(&driver, "=FAILURES.md");
    driver_key(&driver, KEYCODE_TAB);
    driver_shows(&driver, "=POST_SOAK_AUDIT.md");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_hides(&driver, "POST_SOAK_AUDIT");
    driver.view->dir = NULL;
    driver_fini(&driver);
    unlinkat(dir.fd, "POST_SOAK_AUDIT.md", 0);
    unlinkat(dir.fd, "FAILURES.md", 0);
    unlinkat(dir.fd, "RECOMMENDATIONS.md", 0);
    close(dir.fd);
    rmdir(path);
}
END_TEST

Suite *gate_suite(void)
{
    const TTest *const tests[] = {
        the_menu_shows_the_limits_first,
        a_strict_gate_asks,
        a_running_gate_shows_its_progress_and_can_be_stopped,
        stop_is_refused_when_none_runs,
        the_result_lists_every_check_with_value_limit_and_verdict,
        two_gates_stand_side_by_side,
        a_report_is_marked_void_by_word_and_reason,
        a_gate_that_could_not_run_says_why,
        the_forecast_is_the_judges,
        looking_back_in_a_finished_run_the_forecast_is_that_of_then,
        reports_are_read_on_the_screen_and_made_safe,
        NULL,
    };
    return harness_suite("gate", tests, 20);
}
