/* test_hook: what the alerts' command finds, that nobody waits for it, and how it is ended. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "engine/hook.h"
#include "harness.h"
#include "suites.h"
#include "tempdir.h"

static const char *const no_settings[] = {NULL};

static struct hook start(const char *command, const char *const *settings)
{
    struct hook hook = HOOK_INIT;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(hook_tick_ms(&hook, 0), -1);
    ck_assert_msg(hook_start(&hook, command, settings, 1000, 5000, &err) == 0, "%s", err.text);
    return hook;
}

/* Serves HOOK at NOW_MS of its time until it has ended. */
static void await(struct hook *hook, int64_t now_ms)
{
    while (!hook_serve(hook, now_ms)) {
        struct pollfd end = {.fd = hook->pidfd, .events = POLLIN};
        ck_assert_int_gt(poll(&end, 1, 8000), 0);
    }
}

/* The text of PATH, once it has some. */
static char *wait_for(const char *path)
{
    for (int64_t until = monotonic_ms() + 8000; monotonic_ms() < until; poll(NULL, 0, 5)) {
        char *text = file_get(path);
        if (text != NULL && strchr(text, '\n'))
            return text;
        free(text);
    }
    ck_abort_msg("%s was not written", path);
    return NULL;
}

static pid_t pid_in(const char *path)
{
    char *text = wait_for(path);
    pid_t pid = (pid_t)atol(text);
    free(text);
    ck_assert_int_gt(pid, 1);
    return pid;
}

/* Waits until no process PID is left that runs. Whoever adopts it may be slow to reap it. */
static void is_gone(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    for (int64_t until = monotonic_ms() + 8000; monotonic_ms() < until; poll(NULL, 0, 5)) {
        char *text = kill(pid, 0) == 0 ? file_get(path) : NULL;
        bool over = text == NULL || strstr(text, ") Z ") != NULL;
        free(text);
        if (over)
            return;
    }
    ck_abort_msg("process %ld still runs", (long)pid);
}

START_TEST(it_finds_the_settings_and_no_terminal)
{
    tempdir_make();
    setenv("SOAKTOP_EVENT", "inherited", 1);
    char *path = tempdir_path("out"), where[512];
    snprintf(where, sizeof where, "PATH_OUT=%s", path);
    const char *const settings[] = {"SOAKTOP_EVENT=run-failed", "SOAKTOP_TEXT=$(reboot); a\"b'c",
                                    where, NULL};
    struct hook hook = start("echo to nobody; echo nor here >&2; cat; printf '%s|%s|%s\\n' "
                             "\"$SOAKTOP_EVENT\" \"$SOAKTOP_TEXT\" \"$HOME\" >\"$PATH_OUT\"",
                             settings);
    await(&hook, 1000);
    char *text = wait_for(path);
    ck_assert_ptr_nonnull(strstr(text, "run-failed|$(reboot); a\"b'c|"));
    ck_assert_ptr_null(strstr(text, "inherited"));
    const char *home = getenv("HOME");
    ck_assert(home == NULL || strstr(text, home) != NULL);
    free(text);
    unsetenv("SOAKTOP_EVENT");
    tempdir_remove();
}
END_TEST

START_TEST(its_end_is_heard_and_it_is_reaped)
{
    struct hook hook = start("exit 3", no_settings);
    pid_t pid = hook.pid;
    ck_assert_int_eq(hook_tick_ms(&hook, 1000), 5000);
    await(&hook, 1000);
    ck_assert_int_eq(hook.pid, 0);
    ck_assert_int_eq(hook.pidfd, -1);
    ck_assert_int_eq(hook_tick_ms(&hook, 1000), -1);
    ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
    ck_assert(hook_serve(&hook, 1000));
}
END_TEST

START_TEST(after_its_time_the_whole_group_is_told_to_end)
{
    tempdir_make();
    char *path = tempdir_path("child"), command[512];
    snprintf(command, sizeof command, "sleep 100 & echo $! >%s; wait", path);
    struct hook hook = start(command, no_settings);
    pid_t pid = hook.pid, child = pid_in(path);
    ck_assert_int_eq(getpgid(pid), pid);
    ck_assert_int_eq(getpgid(child), pid);
    ck_assert(!hook_serve(&hook, 5999));
    ck_assert(!hook.told);
    ck_assert_int_eq(hook_tick_ms(&hook, 5999), 1);
    ck_assert_int_eq(hook_tick_ms(&hook, 7000), 0);
    hook_serve(&hook, 6000);
    await(&hook, 6000);
    is_gone(child);
    ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), -1);
    tempdir_remove();
}
END_TEST

START_TEST(what_does_not_listen_is_killed)
{
    tempdir_make();
    char *path = tempdir_path("child"), command[512];
    snprintf(command, sizeof command,
             "trap '' TERM; sleep 100 & echo $! >%s; while :; do wait; done", path);
    struct hook hook = start(command, no_settings);
    pid_t pid = hook.pid, child = pid_in(path);
    ck_assert(!hook_serve(&hook, 6000));
    ck_assert(hook.told);
    poll(NULL, 0, 50);
    ck_assert(!hook_serve(&hook, 6001));
    ck_assert_int_eq(kill(pid, 0), 0);
    int64_t grace = hook_tick_ms(&hook, 6000);
    ck_assert_int_gt(grace, 0);
    ck_assert(!hook_serve(&hook, 6000 + grace));
    await(&hook, 6000 + grace);
    is_gone(child);
    tempdir_remove();
}
END_TEST

START_TEST(what_is_left_goes_on)
{
    struct hook hook = start("exec sleep 100", no_settings);
    pid_t pid = hook.pid;
    hook_leave(&hook, 0);
    ck_assert(hook_serve(&hook, 100000));
    ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
    ck_assert_int_eq(kill(pid, SIGKILL), 0);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}
END_TEST

/* Left at half of its 200 ms, it is told to end at their end, though nobody serves it any more. */
START_TEST(what_is_left_ends_in_its_time)
{
    struct error err = ERROR_INIT;
    struct hook hook = HOOK_INIT;
    int status;
    ck_assert_int_eq(hook_start(&hook, "exec sleep 100", no_settings, 0, 200, &err), 0);
    pid_t pid = hook.pid;
    hook_leave(&hook, 100);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}
END_TEST

Suite *hook_suite(void)
{
    const TTest *const list[] = {
        it_finds_the_settings_and_no_terminal,
        its_end_is_heard_and_it_is_reaped,
        after_its_time_the_whole_group_is_told_to_end,
        what_does_not_listen_is_killed,
        what_is_left_goes_on,
        what_is_left_ends_in_its_time,
        NULL,
    };
    return harness_suite("hook", list, 30);
}
