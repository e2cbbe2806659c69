/* outlive: see outlive.h.
 *
 * Threads do not survive a fork, so a running soak cannot move into another process; and the shell
 * waits for the process that it started. So that one is the parent, and does nothing but wait: it
 * holds no file of the soak and no lock. Both are of one process group, the job's, so the
 * terminal's keys, its foreground and its hang-up reach the soak as if it were alone. Should the
 * parent be killed, the kernel tells the child with SIGHUP, which then goes on without the
 * terminal. */
#include "config.h"

#include "cmd/outlive.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "model/text.h"

enum { WORDS_MAX = 2048, EXIT_SIGNAL_BASE = 128 };

/* Meant for the soak, if somebody sends them to the job's process. */
static const int passed_on[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGCONT, SIGUSR1};
enum { PASSED_ON = sizeof passed_on / sizeof *passed_on };

static volatile sig_atomic_t came[PASSED_ON];
static int tell_fd = -1; /* the child's end */

static void note_signal(int number)
{
    for (int i = 0; i < PASSED_ON; i++)
        if (passed_on[i] == number)
            came[i] = 1;
}

/* What is ignored (nohup, a shell's background) stays so. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal}, before;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < PASSED_ON; i++)
        if (sigaction(passed_on[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(passed_on[i], &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
}

static void block_signals(sigset_t *before)
{
    sigset_t all;
    sigemptyset(&all);
    sigaddset(&all, SIGCHLD);
    for (int i = 0; i < PASSED_ON; i++)
        sigaddset(&all, passed_on[i]);
    sigprocmask(SIG_BLOCK, &all, before);
}

static void pass_signals_on(pid_t child)
{
    for (int i = 0; i < PASSED_ON; i++) {
        if (!came[i])
            continue;
        came[i] = 0;
        kill(child, passed_on[i]);
    }
}

/* As the child ended: of the same signal, which the shell then tells; without a second core. */
static _Noreturn void end_as(int status, const struct termios *modes)
{
    const struct rlimit none = {0, 0};
    sigset_t set;
    if (WIFEXITED(status))
        _exit(WEXITSTATUS(status));
    int number = WTERMSIG(status);
    signal(SIGTTOU, SIG_IGN);
    if (modes)
        tcsetattr(STDIN_FILENO, TCSANOW, modes); /* SIGKILL leaves nobody else to do it */
    setrlimit(RLIMIT_CORE, &none);
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(EXIT_SIGNAL_BASE + number);
}

/* The child has left the session: WORDS, if any, and the job is done. */
static _Noreturn void end_left(char *words, size_t length)
{
    words[length] = '\0';
    words[strcspn(words, "\n")] = '\0';
    if (words[0] != '\0')
        fprintf(stderr, "%s\n", words);
    _exit(EXIT_SUCCESS);
}

/* Stops with the child, so that the shell gets the terminal, and goes on with it. */
static void stop_too(pid_t child)
{
    int status;
    raise(SIGSTOP);
    if (waitpid(child, &status, WNOHANG | WCONTINUED) <= 0)
        kill(child, SIGCONT); /* only this process was continued */
}

static _Noreturn void wait_for(pid_t child, int fd, const sigset_t *mask,
                               const struct termios *modes)
{
    char words[WORDS_MAX + 1];
    struct pollfd watch = {fd, POLLIN, 0};
    for (;;) {
        int status = 0;
        pass_signals_on(child);
        pid_t found = waitpid(child, &status, WNOHANG | WUNTRACED);
        /* What it said last counts, even if it has ended since. */
        ssize_t got = read(fd, words, WORDS_MAX);
        if (got > 0)
            end_left(words, (size_t)got);
        if (found == child && WIFSTOPPED(status))
            stop_too(child);
        else if (found == child)
            end_as(status, modes);
        else if (found < 0 && errno == ECHILD)
            _exit(EXIT_FAILURE);
        if (got == 0)
            watch.fd = -1;
        ppoll(&watch, 1, NULL, mask);
    }
}

static _Noreturn void be_parent(pid_t child, int fd, sigset_t *before, const struct termios *modes)
{
    sigset_t mask = *before;
    sigdelset(&mask, SIGCHLD);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    catch_signals();
    wait_for(child, fd, &mask, modes);
}

/* The parent may have gone before the kernel was asked. */
static void be_child(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGHUP);
    if (getppid() != parent)
        raise(SIGHUP);
}

bool outlive_begin(void)
{
    int fds[2];
    sigset_t before;
    struct termios modes;
    bool known = tcgetattr(STDIN_FILENO, &modes) == 0;
    pid_t parent = getpid();
    if (pipe2(fds, O_CLOEXEC) != 0)
        return false;
    fflush(NULL);
    block_signals(&before);
    pid_t child = fork();
    if (child > 0) {
        close(fds[1]);
        be_parent(child, fds[0], &before, known ? &modes : NULL);
    }
    close(fds[0]);
    if (child == 0) {
        tell_fd = fds[1];
        be_child(parent);
    } else {
        close(fds[1]);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return child == 0;
}

static void leave_terminal(void)
{
    int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    setsid();
    for (int standard = STDIN_FILENO; fd >= 0 && standard <= STDERR_FILENO; standard++)
        dup2(fd, standard);
    if (fd > STDERR_FILENO)
        close(fd);
}

void outlive_leave(const char *words)
{
    char safe[WORDS_MAX];
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (tell_fd < 0)
        return;
    prctl(PR_SET_PDEATHSIG, 0);
    sigaction(SIGHUP, &ignore, NULL);
    leave_terminal();
    text_make_safe(safe, sizeof safe - 1, words, strlen(words));
    strcat(safe, "\n");
    ssize_t told = write(tell_fd, safe, strlen(safe));
    (void)told; /* a parent that has gone needs no telling */
    close(tell_fd);
    tell_fd = -1;
}
