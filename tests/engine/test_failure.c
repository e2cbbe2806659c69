/* test_failure: what goes wrong is recorded, nothing is half applied, and the soak goes on where it
 * can (ENGINE sections 4, 7 and 8). */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

#define REPORT(risk)                                                                               \
    "{\"totals\": {\"net_bps\": 3, \"block_reasons\": {\"risk\": {\"ratio\": " risk "}}}}"

static struct soak exec_of(const char *command, int iterations)
{
    struct soak soak = soak_new("a");
    soak.options.source = SOURCE_EXEC;
    soak.options.exec_command = command;
    soak.options.iterations = iterations;
    return soak;
}

START_TEST(failed_iterations_are_recorded_and_the_run_goes_on)
{
    struct soak soak = exec_of(
        "case $SOAK_ITERATION in 2) echo no exchange >&2; exit 3;; 3) ;; 4) printf '{\"tot' "
        ">\"$SOAK_EDGE_REPORT\";; *) echo '" REPORT("0.7") "' >\"$SOAK_EDGE_REPORT\";; "
                                                           "esac",
        6);
    soak_run(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    static const char *const errors[] = {NULL, "exit status 3", "stale", "ends before", NULL, NULL};
    for (int i = 1; i <= 6; i++) {
        json_t *summary = soak_summary("a", i);
        const char *wanted = errors[i - 1];
        ck_assert_str_eq(soak_text(summary, "state"), wanted ? "failed" : "ok");
        if (wanted) {
            ck_assert_msg(strstr(soak_text(summary, "error"), wanted) != NULL, "%s",
                          soak_text(summary, "error"));
            ck_assert_str_eq(soak_text(summary, "summary.kpi_verdict"), "FAIL");
            ck_assert(json_is_null(soak_at(summary, "summary.net_bps")));
            ck_assert(!soak_true(summary, "tuning.applied"));
        }
        if (i == 2)
            ck_assert_str_eq(soak_text(summary, "output_tail"), "no exchange");
        json_decref(summary);
    }
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json");
    ck_assert_uint_eq(json_array_size(soak_at(report, "iterations")), 6);
    json_decref(report);
    soak_check_chain("a", 6, false);
    soak_drop(&soak);
}
END_TEST

/* Not as root: root writes everywhere. */
static void drop_rights(void)
{
    ck_assert_int_eq(soak_config() == NULL, 0);
    if (geteuid() != 0)
        return;
    ck_assert_int_eq(chown(tempdir_path("%s", ""), 65534, 65534), 0);
    ck_assert_int_eq(seteuid(65534), 0);
}

START_TEST(a_read_only_directory_fails_the_apply_and_keeps_the_old_file)
{
    drop_rights();
    struct soak soak = exec_of(
        "echo '" REPORT("0.7") "' >\"$SOAK_EDGE_REPORT\"\n"
                               "[ $SOAK_ITERATION = 2 ] && chmod 0755 \"$SOAK_RUN_DIR/..\"; :",
        4);
    soak_open(&soak);
    char before[65];
    snprintf(before, sizeof(before), "%s", soak_disk_hash("a"));
    ck_assert_int_eq(chmod(tempdir_path("a/soak"), 0555), 0);
    soak_run(&soak);
    json_t *first = soak_summary("a", 1), *second = soak_summary("a", 2);
    ck_assert(!soak_true(first, "tuning.applied"));
    ck_assert(soak_true(first, "tuning.skip_reason.error"));
    const char *note = soak_text(first, "tuning.skip_reason.note");
    ck_assert_msg(strstr(note, "runtime_overrides.json") != NULL, "%s", note);
    ck_assert_str_eq(soak_text(first, "tuning.state_hash"), before);
    ck_assert_str_eq(soak_text(second, "tuning.signature"), before);
    ck_assert(soak_true(second, "tuning.applied"));
    json_decref(first);
    json_decref(second);
    soak_check_chain("a", 4, false);
    ck_assert_uint_eq(soak_journal_count("a", "apply_intent"),
                      soak_journal_count("a", "apply_outcome"));
    soak_drop(&soak);
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(an_operators_apply_that_fails_is_an_error_and_no_decline)
{
    drop_rights();
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak_start(&soak);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "tail_age_ms", 0, "no"));
    ck_assert_int_eq(chmod(tempdir_path("a/soak"), 0555), 0);
    ck_assert(!soak_apply(&soak));
    ck_assert_msg(strstr(soak.reply, "runtime_overrides.json") != NULL, "%s", soak.reply);
    soak_until_count(&soak, 1); /* the soak goes on */
    ck_assert_int_eq(chmod(tempdir_path("a/soak"), 0755), 0);
    soak_until(&soak, soak_holds);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    json_t *summary = soak_summary("a", 1);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.error"));
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    const char *note = soak_text(summary, "tuning.skip_reason.note");
    ck_assert_msg(strstr(note, "operator: tail_age_ms (no); error: ") == note, "%s", note);
    json_decref(summary);
    soak_check_chain("a", 2, false);
    soak_drop(&soak);
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(a_directory_that_disappears_applies_nothing_and_the_soak_goes_on)
{
    struct soak soak = exec_of(
        "echo '" REPORT("0.7") "' >\"$SOAK_EDGE_REPORT\"\n"
                               "[ $SOAK_ITERATION = 2 ] && cd \"$SOAK_RUN_DIR/..\" && "
                               "mv latest ../kept && rm -rf ../soak; :",
        3);
    soak.wrecked = true;
    soak_run(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    ck_assert(run_iteration(&soak.run, 1)->applied);
    ck_assert(!run_iteration(&soak.run, 2)->applied);
    ck_assert(run_iteration(&soak.run, 2)->skip & SKIP_ERROR);
    ck_assert_msg(strstr(run_iteration(&soak.run, 2)->skip_note, "is gone") != NULL, "%s",
                  run_iteration(&soak.run, 2)->skip_note);
    soak_drop(&soak);
}
END_TEST

START_TEST(invalid_content_of_another_process_is_never_written_over)
{
    struct soak soak = exec_of(
        "echo '" REPORT("0.7") "' >\"$SOAK_EDGE_REPORT\"\n"
                               "case $SOAK_ITERATION in\n"
                               "2) echo '{\"risk\": 5}' >\"$SOAK_RUNTIME_OVERRIDES\";;\n"
                               "4) printf '{\"risk\":{\"impact_cap_ratio\":0.11}}' "
                               ">\"$SOAK_RUNTIME_OVERRIDES\";; esac",
        5);
    soak_run(&soak);
    json_t *one = soak_summary("a", 1), *two = soak_summary("a", 2), *three = soak_summary("a", 3),
           *four = soak_summary("a", 4);
    ck_assert(soak_true(one, "tuning.applied"));
    for (json_t **summary = (json_t *[]){two, three, NULL}; *summary; summary++) {
        ck_assert(!soak_true(*summary, "tuning.applied"));
        ck_assert(soak_true(*summary, "tuning.skip_reason.error"));
        ck_assert_str_eq(soak_text(*summary, "tuning.signature"),
                         soak_text(one, "tuning.state_hash"));
    }
    ck_assert_double_eq(soak_number(four, "runtime_overrides.risk.impact_cap_ratio"), 0.11);
    ck_assert(soak_true(four, "tuning.applied"));
    ck_assert_double_eq(soak_number(four, "tuning.applied_deltas.impact_cap_ratio"), 0.10);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 1);
    json_decref(one);
    json_decref(two);
    json_decref(three);
    json_decref(four);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_external_change_is_adopted_and_told)
{
    struct soak soak = exec_of(
        "echo '" REPORT(
            "0.1") "' >\"$SOAK_EDGE_REPORT\"\n"
                   "[ $SOAK_ITERATION = 2 ] && printf '{\"engine\":{\"tail_age_ms\":555}}' "
                   ">\"$SOAK_RUNTIME_OVERRIDES\"; :",
        3);
    soak_run(&soak);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 1);
    json_t *first = soak_summary("a", 1), *second = soak_summary("a", 2);
    ck_assert_str_ne(soak_text(first, "tuning.state_hash"), soak_text(second, "tuning.signature"));
    ck_assert_double_eq(soak_number(second, "runtime_overrides.engine.tail_age_ms"), 555);
    json_decref(first);
    json_decref(second);
    bool told = false;
    for (size_t i = 0; i < soak.run.event_count; i++)
        told |= soak.run.event[i].kind == EVENT_EXTERNAL_CHANGE;
    ck_assert(told);
    soak_check_chain("a", 3, true);
    soak_drop(&soak);
}
END_TEST

static void limit_file_size(long more)
{
    struct stat status;
    ck_assert_int_eq(stat(tempdir_path("a/soak/latest/journal.jsonl"), &status), 0);
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = (rlim_t)(status.st_size + more);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(a_journal_that_cannot_grow_ends_the_run_with_nothing_half_applied)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak_start(&soak);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    char before[65];
    snprintf(before, sizeof(before), "%s", soak_disk_hash("a"));
    limit_file_size(100);
    ck_assert(!soak_apply(&soak));
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_FAILED);
    ck_assert_int_ne(soak.end.code, ERROR_NONE);
    ck_assert_msg(strstr(soak.end.text, "journal") != NULL, "%s", soak.end.text);
    ck_assert_str_eq(soak_disk_hash("a"), before);
    ck_assert_int_eq(soak_count_files("a"), 0);
    ck_assert_uint_eq(soak_journal_count("a", "apply_intent"), 0); /* and every line is whole */
    soak_drop(&soak);
}
END_TEST

START_TEST(a_full_disk_in_mode_auto_ends_the_run)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 0;
    soak.options.interval_s = 0.01;
    soak_start(&soak);
    soak_until_count(&soak, 5);
    limit_file_size(10);
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_FAILED);
    size_t count = soak.run.count;
    ck_assert_uint_eq(soak_journal_count("a", "iteration"), count);
    ck_assert_int_eq(soak_count_files("a"), (int)count);
    ck_assert_str_eq(soak_disk_hash("a"), run_last(&soak.run)->state_hash);
    soak_drop(&soak);
}
END_TEST

static pid_t pid_in(const char *path)
{
    for (int i = 0; i < 1000; i++) {
        char *text = file_get(path);
        pid_t pid = text ? (pid_t)atoi(text) : 0;
        free(text);
        if (pid > 0)
            return pid;
        usleep(5000);
    }
    ck_abort_msg("%s was not written", path);
    return 0;
}

START_TEST(sigkill_of_the_program_ends_the_command)
{
    pid_t program = fork();
    ck_assert_int_ge(program, 0);
    if (program == 0) {
        struct soak soak = exec_of("echo $$ >\"$SOAK_RUN_DIR/pid\"; exec sleep 100", 1);
        soak_start(&soak);
        pause();
        _exit(0);
    }
    pid_t pid = pid_in(tempdir_path("a/soak/latest/pid"));
    ck_assert_int_eq(kill(pid, 0), 0);
    kill(program, SIGKILL);
    waitpid(program, NULL, 0);
    char command[100];
    snprintf(command, sizeof(command), "grep -qE '^State:\\s+[^ZX]' /proc/%d/status 2>/dev/null",
             (int)pid);
    int tries = 0;
    while (system(command) == 0 && tries++ < 200)
        usleep(10000);
    ck_assert_int_lt(tries, 200);
}
END_TEST

Suite *failure_suite(void)
{
    const TTest *const list[] = {
        failed_iterations_are_recorded_and_the_run_goes_on,
        a_read_only_directory_fails_the_apply_and_keeps_the_old_file,
        an_operators_apply_that_fails_is_an_error_and_no_decline,
        a_directory_that_disappears_applies_nothing_and_the_soak_goes_on,
        invalid_content_of_another_process_is_never_written_over,
        an_external_change_is_adopted_and_told,
        a_journal_that_cannot_grow_ends_the_run_with_nothing_half_applied,
        a_full_disk_in_mode_auto_ends_the_run,
        sigkill_of_the_program_ends_the_command,
        NULL,
    };
    Suite *suite = suite_create("failure");
    TCase *tcase = tcase_create("failure");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
