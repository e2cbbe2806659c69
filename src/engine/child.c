/* child: see child.h. The command is noticed to end by a pidfd and stays a zombie until the rest of
 * its group was told to end, so that the group's number cannot belong to anybody else. */
#include "config.h"

#include "engine/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "engine/environment.h"
#include "engine/procgroup.h"
#include "model/mem.h"
#include "model/text.h"

/* KEPT_BYTES: of its output; TAIL_LINES of it are shown. GRACE_MS: from SIGTERM to SIGKILL.
 * DRAIN_MAX: what is read at once, so that a chatty command cannot hold the thread. */
enum { KEPT_BYTES = 8192, TAIL_LINES = 20, GRACE_MS = 2000, DRAIN_MAX = 1 << 20 };

/* The group of the child that runs; 0: none. The engine runs one at a time. */
static atomic_int running_group;

struct child {
    pid_t pid; /* also its group; 0 once reaped */
    int pidfd;
    int output; /* -1 once it ended */
    int status;
    bool exited;
    size_t start, length; /* of the ring */
    char ring[KEPT_BYTES];
};

/* Handlers of ours must not run in the child; what the operator had ignored stays so. */
static void reset_signals(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL}, found;
    for (int number = 1; number < NSIG; number++)
        if (sigaction(number, NULL, &found) == 0 &&
            (found.sa_handler != SIG_IGN || number == SIGPIPE || number == SIGXFSZ))
            sigaction(number, &usual, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Between fork and exec, with all signals blocked: only calls that are safe in a process with
 * threads. */
static void become(const char *command, char **environment, int output, pid_t parent)
{
    setpgid(0, 0);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(127);
    reset_signals();
    int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (input < 0 || dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(output, STDERR_FILENO) < 0)
        _exit(127);
    syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0); /* ours are close-on-exec anyway */
    char *const arguments[] = {(char *)(intptr_t) "sh", (char *)(intptr_t) "-c",
                               (char *)(intptr_t)command, NULL};
    execve("/bin/sh", arguments, environment);
    _exit(127);
}

static struct child *start_failed(const char *what, int fds[2], struct error *err)
{
    error_set(err, ERROR_IO, "cannot start the command: %s: %s", what, strerror(errno));
    close(fds[0]);
    close(fds[1]);
    return NULL;
}

struct child *child_start(const char *command, const char *const *settings, struct error *err)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) {
        error_set(err, ERROR_IO, "cannot start the command: pipe: %s", strerror(errno));
        return NULL;
    }
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    char **environment = environment_with(settings);
    pid_t parent = getpid();
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        become(command, environment, fds[1], parent);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    free(environment);
    if (pid < 0)
        return start_failed("fork", fds, err);
    atomic_store(&running_group, pid);
    setpgid(pid, pid); /* both sides do it: whoever comes first */
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd < 0) {
        start_failed("pidfd_open (Linux 5.3 has it)", fds, err);
        atomic_store(&running_group, 0);
        kill(-pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return NULL;
    }
    fcntl(pidfd, F_SETFD, FD_CLOEXEC);
    close(fds[1]);
    struct child *child = mem_alloc(sizeof(*child));
    child->pid = pid;
    child->pidfd = pidfd;
    child->output = fds[0];
    return child;
}

size_t child_fds(const struct child *child, struct pollfd fds[CHILD_FDS])
{
    fds[0] = (struct pollfd){.fd = child->pidfd, .events = POLLIN};
    if (child->output < 0)
        return 1;
    fds[1] = (struct pollfd){.fd = child->output, .events = POLLIN};
    return 2;
}

/* Keeps the newest KEPT_BYTES. */
static void keep(struct child *child, const char *text, size_t length)
{
    if (length > KEPT_BYTES) {
        text += length - KEPT_BYTES;
        length = KEPT_BYTES;
    }
    for (size_t i = 0; i < length; i++)
        child->ring[(child->start + child->length + i) % KEPT_BYTES] = text[i];
    child->length += length;
    if (child->length > KEPT_BYTES) {
        child->start = (child->start + child->length - KEPT_BYTES) % KEPT_BYTES;
        child->length = KEPT_BYTES;
    }
}

static void drain(struct child *child)
{
    char block[16384];
    for (size_t total = 0; child->output >= 0 && total < DRAIN_MAX;) {
        ssize_t got = read(child->output, block, sizeof(block));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0) {
            close(child->output);
            child->output = -1;
            return;
        }
        keep(child, block, (size_t)got);
        total += (size_t)got;
    }
}

/* True if the command is a zombie; it is left one. */
static bool has_exited(struct child *child)
{
    siginfo_t info = {0};
    if (!child->exited && child->pid > 0 &&
        waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
        child->exited = info.si_pid == child->pid;
    return child->exited;
}

bool child_serve(struct child *child)
{
    /* first look, then read: what it wrote before it ended is in the pipe by now */
    bool exited = has_exited(child);
    drain(child);
    return exited;
}

/* Waits for the command itself to end, taking its output, until DEADLINE of monotonic_ms. */
static void await_exit(struct child *child, int64_t deadline)
{
    while (!child_serve(child)) {
        int64_t left = deadline - monotonic_ms();
        if (left <= 0)
            return;
        struct pollfd fds[CHILD_FDS];
        size_t count = child_fds(child, fds);
        poll(fds, (nfds_t)count, (int)left);
    }
}

static void reap(struct child *child)
{
    while (waitpid(child->pid, &child->status, 0) < 0 && errno == EINTR)
        ;
    child->exited = true;
}

/* Ends what the command left in its group. Once it is reaped the group's number stays taken as
 * long as the group has members. */
static void end_group(pid_t group, int64_t deadline)
{
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    while (procgroup_lives(group)) {
        if (monotonic_ms() >= deadline) {
            kill(-group, SIGKILL);
            return;
        }
        nanosleep(&pause, NULL);
    }
}

int child_end(struct child *child)
{
    if (child->pid == 0)
        return child->status;
    int64_t deadline = monotonic_ms() + GRACE_MS;
    kill(-child->pid, SIGTERM);
    kill(-child->pid, SIGCONT);
    await_exit(child, deadline);
    if (!child->exited)
        kill(-child->pid, SIGKILL);
    reap(child);
    end_group(child->pid, deadline);
    atomic_store(&running_group, 0);
    drain(child);
    child->pid = 0;
    return child->status;
}

void child_kill_running(void)
{
    pid_t group = atomic_load(&running_group);
    if (group > 0)
        kill(-group, SIGKILL);
}

/* The text after the last carriage return: what a terminal would show of a progress line. */
static const char *shown_part(const char *line, size_t *length)
{
    while (*length > 0 && line[*length - 1] == '\r')
        --*length;
    const char *back = memrchr(line, '\r', *length);
    if (!back)
        return line;
    *length -= (size_t)(back + 1 - line);
    return back + 1;
}

static void add_line(struct buffer *tail, const char *line, size_t length)
{
    char plain[1024], safe[1024];
    line = shown_part(line, &length);
    if (length > sizeof(plain))
        length = sizeof(plain);
    for (size_t i = 0; i < length; i++)
        plain[i] = line[i] == '\t' ? ' ' : line[i];
    text_make_safe(safe, sizeof(safe), plain, length);
    if (tail->length > 0)
        buffer_puts(tail, "\n");
    buffer_puts(tail, safe);
}

/* Where the last TAIL_LINES lines of TEXT begin. */
static size_t tail_start(const char *text, size_t length, bool cut)
{
    size_t start = length;
    for (int lines = 0; start > 0 && lines < TAIL_LINES; lines++) {
        const char *end = memrchr(text, '\n', start - 1);
        if (!end && cut) /* the oldest line kept has lost its beginning */
            return start < length ? start : 0;
        start = end ? (size_t)(end - text) + 1 : 0;
    }
    return start;
}

char *child_tail(const struct child *child)
{
    char text[KEPT_BYTES];
    size_t length = child->length;
    for (size_t i = 0; i < length; i++)
        text[i] = child->ring[(child->start + i) % KEPT_BYTES];
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    if (length == 0)
        return NULL;
    struct buffer tail = {0};
    size_t at = tail_start(text, length, child->length == KEPT_BYTES);
    while (at < length) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end ? (size_t)(end - (text + at)) : length - at;
        add_line(&tail, text + at, size);
        at += size + 1;
    }
    return buffer_take(&tail);
}

void child_free(struct child *child)
{
    if (!child)
        return;
    child_end(child);
    close(child->pidfd);
    if (child->output >= 0)
        close(child->output);
    free(child);
}
