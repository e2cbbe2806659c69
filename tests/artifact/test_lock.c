/* test_lock: one writer, and the second one is told who the first is. */
#include "config.h"

#include "artifact/root.h"

#include <signal.h>
#include <sys/wait.h>

#include "sandbox.h"
#include "suites.h"

static struct root made(void)
{
    struct error err = ERROR_INIT;
    struct root root;

    ck_assert_msg(root_open(&root, "artifacts", ROOT_CREATE, &err) == 0, "%s", err.text);
    return root;
}

/* A process that holds the lock until it is killed. */
static pid_t start_holder(const struct root *root)
{
    int ready[2];
    char byte;

    ck_assert_int_eq(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct lock lock;
        if (lock_take(&lock, root, NULL) == 0 && write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    return pid;
}

static void kill_holder(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

START_TEST(the_second_writer_is_told_pid_host_and_what_it_may_do)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    struct lock lock;
    char expected[64], host[256] = "";
    pid_t pid = start_holder(&root);

    gethostname(host, sizeof host - 1);
    snprintf(expected, sizeof expected, "pid %ld on", (long)pid);
    ck_assert_int_eq(lock_take(&lock, &root, &err), -1);
    ck_assert_int_eq(err.code, ERROR_LOCKED);
    ck_assert_int_eq(error_exit_status(err.code), 4);
    ck_assert_msg(strstr(err.text, expected) != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, host) != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, "since 20") != NULL, "%s", err.text);
    ck_assert_msg(
        strstr(err.text, "soaktop watch artifacts; to decide: soaktop attach artifacts") != NULL,
        "%s", err.text);
    ck_assert_int_eq(lock.fd, -1);
    kill_holder(pid);
}
END_TEST

START_TEST(the_file_of_a_killed_process_is_no_obstacle)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    struct lock lock;

    kill_holder(start_holder(&root));
    char *text = sandbox_get("artifacts/soak/.lock", NULL);
    ck_assert_ptr_nonnull(strstr(text, "\"pid\""));
    free(text);
    ck_assert_msg(lock_take(&lock, &root, &err) == 0, "%s", err.text);
    lock_release(&lock);
}
END_TEST

START_TEST(a_released_lock_can_be_taken_again)
{
    struct root root = made();
    struct lock first, second;

    ck_assert_int_eq(lock_take(&first, &root, NULL), 0);
    ck_assert_int_eq(lock_take(&second, &root, NULL), -1);
    lock_release(&first);
    ck_assert_int_eq(first.fd, -1);
    ck_assert_int_eq(lock_take(&second, &root, NULL), 0);
    lock_release(&second);
    lock_release(&second);
}
END_TEST

START_TEST(the_file_is_for_its_owner_only)
{
    struct root root = made();
    struct stat status;
    struct lock lock;

    umask(0);
    ck_assert_int_eq(lock_take(&lock, &root, NULL), 0);
    ck_assert_int_eq(stat("artifacts/soak/.lock", &status), 0);
    ck_assert_int_eq(status.st_mode & 07777, 0600);
}
END_TEST

START_TEST(a_child_that_executes_something_does_not_keep_the_lock)
{
    struct root root = made();
    struct lock lock;

    ck_assert_int_eq(lock_take(&lock, &root, NULL), 0);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sleep", "sleep", "30", (char *)NULL);
        _exit(1);
    }
    usleep(100000);
    lock_release(&lock);
    int again = lock_take(&lock, &root, NULL);
    kill_holder(pid);
    ck_assert_int_eq(again, 0);
}
END_TEST

START_TEST(what_is_written_in_the_file_is_not_believed_blindly)
{
    static const char *const texts[] = {"", "{", "[]", "{\"pid\":\"1\",\"host\":2}",
                                        "{\"pid\":1,\"host\":\"\\u001b[2J\",\"started\":\"x\"}"};
    struct root root = made();
    struct lock lock, other;

    ck_assert_int_eq(lock_take(&lock, &root, NULL), 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct error err = ERROR_INIT;
        sandbox_puts("artifacts/soak/.lock", texts[i]);
        ck_assert_int_eq(lock_take(&other, &root, &err), -1);
        ck_assert_int_eq(err.code, ERROR_LOCKED);
        ck_assert_ptr_null(strchr(err.text, '\x1b'));
    }
}
END_TEST

START_TEST(who_takes_over_sweeps_up_what_a_dead_writer_left)
{
    struct root root = made();
    struct lock lock;

    sandbox_puts("artifacts/soak/.runtime_overrides.json.4711-0.tmp", "part");
    ck_assert_int_eq(lock_take(&lock, &root, NULL), 0);
    ck_assert_int_ne(access("artifacts/soak/.runtime_overrides.json.4711-0.tmp", F_OK), 0);
}
END_TEST

START_TEST(a_link_or_a_fifo_is_no_lock_file)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    struct lock lock;

    ck_assert_int_eq(symlink("../../victim", "artifacts/soak/.lock"), 0);
    ck_assert_int_eq(lock_take(&lock, &root, &err), -1);
    ck_assert_int_eq(access("victim", F_OK), -1);
    ck_assert_int_eq(unlink("artifacts/soak/.lock"), 0);
    ck_assert_int_eq(mkfifo("artifacts/soak/.lock", 0600), 0);
    ck_assert_int_eq(lock_take(&lock, &root, &err), -1);
    ck_assert_int_eq(err.code, ERROR_IO);
}
END_TEST

Suite *lock_suite(void)
{
    const TTest *const list[] = {the_second_writer_is_told_pid_host_and_what_it_may_do,
                                 the_file_of_a_killed_process_is_no_obstacle,
                                 a_released_lock_can_be_taken_again,
                                 the_file_is_for_its_owner_only,
                                 a_child_that_executes_something_does_not_keep_the_lock,
                                 what_is_written_in_the_file_is_not_believed_blindly,
                                 who_takes_over_sweeps_up_what_a_dead_writer_left,
                                 a_link_or_a_fifo_is_no_lock_file,
                                 NULL};
    return sandbox_suite("lock", list, 20);
}
