/* test_child: a command's process group, its output's end, and how it is ended. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "engine/child.h"
#include "engine/signals.h"
#include "harness.h"
#include "suites.h"
#include "tempdir.h"

static const char *const no_settings[] = {NULL};

static struct child *start(const char *command)
{
    struct error err = ERROR_INIT;
    struct child *child = child_start(command, no_settings, &err);
    ck_assert_msg(child != NULL, "%s", err.text);
    return child;
}

/* Serves CHILD until it has exited. */
static void await(struct child *child)
{
    while (!child_serve(child)) {
        struct pollfd fds[CHILD_FDS];
        size_t count = child_fds(child, fds);
        ck_assert_int_gt(poll(fds, (nfds_t)count, 8000), 0);
    }
}

static int finish(const char *command, char **tail)
{
    struct child *child = start(command);
    await(child);
    int status = child_end(child);
    *tail = child_tail(child);
    child_free(child);
    return status;
}

static void pause_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

/* The number that a command writes to PATH, waited for. */
static pid_t await_pid(const char *path)
{
    for (int i = 0; i < 400; i++) {
        char *text = file_get(path);
        pid_t pid = text ? (pid_t)atoi(text) : 0;
        free(text);
        if (pid > 0)
            return pid;
        pause_ms(5);
    }
    ck_abort_msg("%s was not written", path);
    return 0;
}

/* True unless PID runs (a zombie that its new parent has not reaped does not). */
static bool is_gone(pid_t pid)
{
    char path[64], text[256] = "";
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return true;
    char *got = fgets(text, sizeof(text), file);
    fclose(file);
    const char *state = got ? strrchr(text, ')') : NULL;
    return !state || state[2] == 'Z' || state[2] == 'X';
}

static bool becomes_gone(pid_t pid)
{
    for (int i = 0; i < 400 && !is_gone(pid); i++)
        pause_ms(5);
    return is_gone(pid);
}

START_TEST(exit_status_and_both_outputs_are_kept)
{
    char *tail;
    int status = finish("echo one; echo two >&2; exit 3", &tail);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 3);
    ck_assert_str_eq(tail, "one\ntwo");
    free(tail);
}
END_TEST

START_TEST(settings_replace_what_is_inherited_and_input_is_empty)
{
    setenv("SOAK_ITERATION", "old", 1);
    setenv("OTHER", "stays", 1);
    const char *const settings[] = {"SOAK_ITERATION=7", NULL};
    struct child *child = child_start(
        "cat; echo \"$SOAK_ITERATION $OTHER\"; env | grep -c ^SOAK_ITERATION=", settings, NULL);
    ck_assert_ptr_nonnull(child);
    await(child);
    child_end(child);
    char *tail = child_tail(child);
    ck_assert_str_eq(tail, "7 stays\n1");
    free(tail);
    child_free(child);
}
END_TEST

START_TEST(a_chatty_command_does_not_block_and_only_its_end_is_kept)
{
    char *tail;
    int status = finish("i=0; while [ $i -lt 40000 ]; do echo line $i of many; i=$((i+1)); done",
                        &tail);
    ck_assert_int_eq(status, 0);
    ck_assert(strncmp(tail, "line 39980 of many\n", 19) == 0);
    ck_assert_str_eq(strrchr(tail, '\n'), "\nline 39999 of many");
    free(tail);
}
END_TEST

START_TEST(the_tail_is_safe_text_and_of_a_progress_line_only_what_stays)
{
    char *tail;
    finish("printf '10%%\\r20%%\\r\\n\\033[2Jbad\\377\\n'", &tail);
    ck_assert_str_eq(tail, "20%\n\\x1b[2Jbad\xef\xbf\xbd");
    free(tail);
    finish(":", &tail);
    ck_assert_ptr_null(tail);
}
END_TEST

START_TEST(one_endless_line_is_cut)
{
    char *tail;
    finish("head -c 100000 /dev/zero | tr '\\0' x", &tail);
    ck_assert_ptr_nonnull(tail);
    ck_assert_uint_lt(strlen(tail), 8192);
    ck_assert_uint_gt(strlen(tail), 100);
    free(tail);
}
END_TEST

START_TEST(ending_it_ends_the_whole_group_and_leaves_no_zombie)
{
    char *first = tempdir_path("first"), *second = tempdir_path("second"), command[600];
    snprintf(command, sizeof(command),
             "sh -c 'echo $$ >%s; exec sleep 100' & echo $! >/dev/null; echo $$ >%s; wait", second,
             first);
    struct child *child = start(command);
    pid_t leader = await_pid(first), other = await_pid(second);
    int64_t begun = monotonic_ms();
    int status = child_end(child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
    ck_assert_int_lt(monotonic_ms() - begun, 1500);
    ck_assert(is_gone(leader));
    ck_assert(becomes_gone(other));
    child_free(child);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(what_ignores_sigterm_is_killed_after_two_seconds)
{
    char *ready = tempdir_path("ready"), command[400];
    snprintf(command, sizeof(command), "trap '' TERM; echo $$ >%s; while :; do sleep 0.1; done",
             ready);
    struct child *child = start(command);
    pid_t pid = await_pid(ready);
    int64_t begun = monotonic_ms();
    int status = child_end(child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGKILL);
    ck_assert_int_ge(monotonic_ms() - begun, 1900);
    ck_assert_int_lt(monotonic_ms() - begun, 3500);
    ck_assert(is_gone(pid));
    child_free(child);
}
END_TEST

START_TEST(a_group_may_take_its_time_to_clean_up)
{
    char *ready = tempdir_path("ready"), *done = tempdir_path("done"), command[600];
    /* the shell that leads the group is gone at once; its child needs a moment more */
    snprintf(command, sizeof(command),
             "sh -c 'trap \"sleep 0.3; echo clean >%s; exit\" TERM; echo $$ >%s; "
             "while :; do sleep 0.05; done' & wait",
             done, ready);
    struct child *child = start(command);
    await_pid(ready);
    child_end(child);
    char *text = file_get(done);
    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, "clean\n");
    free(text);
    child_free(child);
}
END_TEST

START_TEST(what_a_finished_command_left_behind_ends_too)
{
    char *ready = tempdir_path("ready"), command[400];
    snprintf(command, sizeof(command), "sleep 100 & echo $! >%s", ready);
    struct child *child = start(command);
    await(child); /* although the sleep still holds the pipe open */
    pid_t pid = await_pid(ready);
    ck_assert(!is_gone(pid));
    ck_assert_int_eq(child_end(child), 0);
    ck_assert(becomes_gone(pid));
    child_free(child);
}
END_TEST

START_TEST(the_command_gets_signals_as_they_were)
{
    /* what the test itself was started with may be ignored already, below a shell's & for instance
     */
    char *before, *tail;
    finish("grep SigIgn /proc/self/status", &before);
    signals_block();
    finish("grep -E 'Sig(Blk|Ign)' /proc/self/status", &tail);
    ck_assert_msg(strstr(tail, "SigBlk: 0000000000000000") != NULL, "%s", tail);
    ck_assert_msg(strstr(tail, before) != NULL, "%s", tail);
    free(before);
    free(tail);
}
END_TEST

START_TEST(no_descriptor_of_ours_reaches_the_command)
{
    char *tail;
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    finish("ls /proc/$$/fd | tr '\\n' ' '", &tail);
    ck_assert_msg(strstr(tail, "0 1 2") == tail, "%s", tail);
    ck_assert_msg(strlen(tail) <= strlen("0 1 2 10 "), "%s", tail);
    free(tail);
    close(fd);
}
END_TEST

START_TEST(sigkill_of_the_program_ends_the_direct_child)
{
    char *ready = tempdir_path("ready"), command[400];
    snprintf(command, sizeof(command), "echo $$ >%s; exec sleep 100", ready);
    pid_t program = fork();
    ck_assert_int_ge(program, 0);
    if (program == 0) {
        child_start(command, no_settings, NULL);
        pause();
        _exit(0);
    }
    pid_t pid = await_pid(ready);
    ck_assert(!is_gone(pid));
    kill(program, SIGKILL);
    waitpid(program, NULL, 0);
    ck_assert(becomes_gone(pid));
}
END_TEST

static void setup(void)
{
    tempdir_make();
}

Suite *child_suite(void)
{
    const TTest *const list[] = {
        exit_status_and_both_outputs_are_kept,
        settings_replace_what_is_inherited_and_input_is_empty,
        a_chatty_command_does_not_block_and_only_its_end_is_kept,
        the_tail_is_safe_text_and_of_a_progress_line_only_what_stays,
        one_endless_line_is_cut,
        ending_it_ends_the_whole_group_and_leaves_no_zombie,
        what_ignores_sigterm_is_killed_after_two_seconds,
        a_group_may_take_its_time_to_clean_up,
        what_a_finished_command_left_behind_ends_too,
        the_command_gets_signals_as_they_were,
        no_descriptor_of_ours_reaches_the_command,
        sigkill_of_the_program_ends_the_direct_child,
        NULL,
    };
    Suite *suite = suite_create("child");
    TCase *tcase = tcase_create("child");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, tempdir_remove);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
