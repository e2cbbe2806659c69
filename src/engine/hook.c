/* hook: see hook.h. */
#include "config.h"

#include "engine/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/environment.h"

enum { GRACE_MS = 2000, FALLBACK_FDS = 1024 };

/* Its own group, usual signals, none blocked. */
static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                             POSIX_SPAWN_SETSIGDEF);
}

static int spawn(const char *command, char **environment, pid_t *pid)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    char shell[] = "sh", option[] = "-c", *text = strdup(command);
    char *const arguments[] = {shell, option, text, NULL};
    if (!text)
        return ENOMEM;
    set_attributes(&attributes);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    int fault = posix_spawn(pid, "/bin/sh", &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    free(text);
    return fault;
}

int hook_start(struct hook *hook, const char *command, const char *const *settings, int64_t now_ms,
               int64_t timeout_ms, struct error *err)
{
    char **environment = environment_with(settings);
    pid_t pid = 0;
    int fault = spawn(command, environment, &pid);
    free(environment);
    if (fault != 0)
        return error_set(err, ERROR_IO, "cannot start the alert's command: %s", strerror(fault));
    *hook = (struct hook){
        .pid = pid, .pidfd = (int)syscall(SYS_pidfd_open, pid, 0), .end_ms = now_ms + timeout_ms};
    if (hook->pidfd >= 0)
        fcntl(hook->pidfd, F_SETFD, FD_CLOEXEC);
    return 0;
}

/* In a child of its own, that outlives the program; only what is safe after a fork. */
static _Noreturn void guard_left(const struct hook *hook, int64_t left_ms)
{
    const int ends[] = {SIGTERM, SIGKILL};
    struct pollfd watch = {STDIN_FILENO, POLLIN, 0};
    dup2(hook->pidfd, STDIN_FILENO); /* and nothing else stays open: no lock, no terminal */
    if (syscall(SYS_close_range, STDIN_FILENO + 1, ~0U, 0) != 0)
        for (int fd = STDIN_FILENO + 1; fd < FALLBACK_FDS; fd++)
            close(fd);
    for (int i = 0; i < 2; i++) {
        if (poll(&watch, 1, left_ms > 0 ? (int)left_ms : 0) != 0)
            break; /* it has ended by itself */
        kill(-hook->pid, ends[i]);
        left_ms = GRACE_MS;
    }
    _exit(0);
}

static void forget(struct hook *hook)
{
    if (hook->pidfd >= 0)
        close(hook->pidfd);
    *hook = (struct hook)HOOK_INIT;
}

void hook_leave(struct hook *hook, int64_t now_ms)
{
    if (hook->pid != 0 && hook->pidfd >= 0 && waitpid(hook->pid, NULL, WNOHANG) == 0) {
        pid_t pid = fork();
        if (pid == 0) {
            setsid(); /* a terminal that closes does not end it */
            guard_left(hook, hook->end_ms - now_ms);
        }
    }
    forget(hook);
}

bool hook_serve(struct hook *hook, int64_t now_ms)
{
    if (hook->pid == 0)
        return true;
    if (waitpid(hook->pid, NULL, WNOHANG) != 0) {
        forget(hook);
        return true;
    }
    if (now_ms < hook->end_ms)
        return false;
    kill(-hook->pid, hook->told ? SIGKILL : SIGTERM);
    hook->told = true;
    hook->end_ms = now_ms + GRACE_MS;
    return false;
}

int64_t hook_tick_ms(const struct hook *hook, int64_t now_ms)
{
    if (hook->pid == 0)
        return -1;
    return hook->end_ms > now_ms ? hook->end_ms - now_ms : 0;
}
