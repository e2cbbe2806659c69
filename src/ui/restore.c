/* restore: see restore.h. */
#include "config.h"

#include "ui/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "engine/child.h"

enum { BYTES_MAX = 256 };

/* Complete before ARMED is set; a handler reads it. */
static struct {
    volatile sig_atomic_t armed;
    volatile sig_atomic_t cut_off; /* the signal that did it */
    int input_fd, output_fd, null_fd;
    struct termios modes;
    char bytes[BYTES_MAX];
    size_t length;
} saved = {.input_fd = -1, .output_fd = -1, .null_fd = -1};

static const int ending_signals[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};
static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

int restore_open(int input_fd, struct error *err)
{
    saved.cut_off = 0;
    saved.length = 0;
    saved.input_fd = input_fd;
    if (tcgetattr(input_fd, &saved.modes) != 0)
        return error_set(err, ERROR_IO, "the terminal's modes: %s", strerror(errno));
    saved.output_fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    saved.null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (saved.output_fd < 0 || saved.null_fd < 0)
        return error_set(err, ERROR_IO, "/dev/null: %s", strerror(errno));
    return 0;
}

void restore_add(const char *sequence)
{
    while (sequence && *sequence && saved.length < sizeof saved.bytes) {
        const char *end = strncmp(sequence, "$<", 2) == 0 ? strchr(sequence, '>') : NULL;
        if (end)
            sequence = end + 1;
        else
            saved.bytes[saved.length++] = *sequence++;
    }
}

/* Does not wait: what nobody has read of the last frame makes room. */
static void write_bytes(void)
{
    bool flushed = false;
    int flags = fcntl(saved.output_fd, F_GETFL);
    fcntl(saved.output_fd, F_SETFL, flags | O_NONBLOCK);
    for (size_t at = 0; at < saved.length;) {
        ssize_t written = write(saved.output_fd, saved.bytes + at, saved.length - at);
        if (written > 0)
            at += (size_t)written;
        else if (flushed || errno != EAGAIN)
            break;
        else
            flushed = tcflush(saved.output_fd, TCOFLUSH) == 0;
    }
    fcntl(saved.output_fd, F_SETFL, flags);
}

void restore_now(void)
{
    if (!saved.armed)
        return;
    saved.armed = 0;
    write_bytes();
    restore_modes();
}

void restore_modes(void)
{
    tcsetattr(saved.input_fd, TCSANOW, &saved.modes);
}

void restore_disarm(void)
{
    saved.armed = 0;
}

static void on_fatal_signal(int number)
{
    restore_now();
    child_kill_running();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_ending_signal(int number)
{
    saved.cut_off = number;
    dup2(saved.null_fd, STDOUT_FILENO);
}

static void set_of_ending(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < sizeof ending_signals / sizeof *ending_signals; i++)
        sigaddset(set, ending_signals[i]);
}

/* A sanitizer's own handlers stay. */
static void catch_fatal_signals(void)
{
    for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; i++) {
        struct sigaction old, action = {.sa_handler = on_fatal_signal};
        if (sigaction(fatal_signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(fatal_signals[i], &action, NULL);
    }
}

/* In place of those that curses put there. No SA_RESTART: the write that waits has to end. */
static void catch_ending_signals(void)
{
    for (size_t i = 0; i < sizeof ending_signals / sizeof *ending_signals; i++) {
        struct sigaction action = {.sa_handler = on_ending_signal};
        set_of_ending(&action.sa_mask);
        sigaction(ending_signals[i], &action, NULL);
    }
}

void restore_arm(void)
{
    saved.armed = 1;
    catch_fatal_signals();
    catch_ending_signals();
}

void restore_admit(void)
{
    sigset_t set;
    set_of_ending(&set);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

void restore_shut(void)
{
    sigset_t set;
    set_of_ending(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int restore_cut_off(void)
{
    return saved.cut_off;
}

void restore_close(void)
{
    if (saved.cut_off != 0 && saved.output_fd >= 0)
        dup2(saved.output_fd, STDOUT_FILENO);
    if (saved.output_fd >= 0)
        close(saved.output_fd);
    if (saved.null_fd >= 0)
        close(saved.null_fd);
    saved.output_fd = saved.null_fd = saved.input_fd = -1;
}
