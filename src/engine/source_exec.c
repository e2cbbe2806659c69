/* source_exec: one iteration runs the operator's command, which leaves an edge report (ENGINE
 * section 4). What it must not do is to leave an old one. Engine thread. */
#include "config.h"

#include "engine/source.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "artifact/jsonfile.h"
#include "artifact/overrides.h"
#include "artifact/realclock.h"
#include "artifact/sha256.h"
#include "engine/child.h"
#include "engine/filewatch.h"
#include "model/mem.h"

struct exec_source {
    char *command;
    double timeout_s;                   /* 0: none */
    char *run_dir, *overrides, *report; /* settings "NAME=absolute path" */
    const char *report_path;            /* within REPORT */
    struct filewatch *watch; /* of the report: two writes may bear the same time of modification */
};

/* How a report file looked before the command ran. */
struct stamp {
    bool exists;
    ino_t inode;
    struct timespec modified;
    char hash[65];
};

static void exec_close(void *state)
{
    struct exec_source *exec = state;
    filewatch_free(exec->watch);
    free(exec->command);
    free(exec->run_dir);
    free(exec->overrides);
    free(exec->report);
    free(exec);
}

static void *exec_open(const struct engine_options *options, const struct root *root,
                       struct error *err)
{
    char base[PATH_MAX];
    if (!options->exec_command || options->exec_command[0] == '\0') {
        error_set(err, ERROR_USAGE, "--exec needs a command");
        return NULL;
    }
    if (!realpath(root->path, base)) {
        error_set(err, ERROR_IO, "%s: its absolute path cannot be found", root->path);
        return NULL;
    }
    struct exec_source *exec = mem_alloc(sizeof(*exec));
    exec->command = mem_strdup(options->exec_command);
    exec->timeout_s = options->exec_timeout_s;
    exec->run_dir = mem_printf("SOAK_RUN_DIR=%s/soak/latest", base);
    exec->overrides = mem_printf("SOAK_RUNTIME_OVERRIDES=%s/soak/%s", base, OVERRIDES_NAME);
    exec->report = mem_printf("SOAK_EDGE_REPORT=%s/reports/%s", base, EDGE_REPORT_NAME);
    exec->report_path = strchr(exec->report, '=') + 1;
    exec->watch = filewatch_new(exec->report_path, err);
    if (exec->watch)
        return exec;
    exec_close(exec);
    return NULL;
}

static struct stamp stamp_take(const struct root *root)
{
    struct stamp stamp = {0};
    struct stat status;
    if (fstatat(root->reports_fd, EDGE_REPORT_NAME, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return stamp;
    stamp.exists = true;
    stamp.inode = status.st_ino;
    stamp.modified = status.st_mtim;
    return stamp;
}

static void stamp_hash(struct stamp *stamp, const struct root *root)
{
    size_t length;
    char *text = stamp->exists ? file_read(root->reports_fd, EDGE_REPORT_NAME, EDGE_REPORT_NAME,
                                           JSONFILE_BYTES_MAX, &length, NULL)
                               : NULL;
    if (text)
        sha256_hex(stamp->hash, text, length);
    free(text);
}

static bool is_later(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* True if the command wrote the file: it was completed meanwhile, or is another file, or has a
 * later time or another content. */
static bool is_fresh(const struct exec_source *exec, const struct stamp *before,
                     const struct stamp *now, const char *hash)
{
    return filewatch_take(exec->watch) == FILEWATCH_COMPLETE || !before->exists ||
           before->inode != now->inode || is_later(now->modified, before->modified) ||
           strcmp(before->hash, hash) != 0;
}

static struct child *start(const struct exec_source *exec, int iteration, struct error *err)
{
    char number[40];
    snprintf(number, sizeof(number), "SOAK_ITERATION=%d", iteration);
    const char *const settings[] = {number, exec->run_dir, exec->overrides, exec->report, NULL};
    return child_start(exec->command, settings, err);
}

/* Until the command has exited (WAIT_READY), its time is up or a stop was asked for. */
static enum wait_result await(struct child *child, struct waiter *waiter, double timeout_s)
{
    int64_t deadline = timeout_s > 0 ? monotonic_ms() + (int64_t)(timeout_s * 1000) : -1;
    while (!child_serve(child)) {
        struct pollfd fds[CHILD_FDS];
        size_t count = child_fds(child, fds);
        enum wait_result result = waiter_wait(waiter, fds, count, deadline);
        if (result == WAIT_TIMEOUT || result == WAIT_STOP)
            return result;
    }
    return WAIT_READY;
}

static int judge_end(enum wait_result ended, int status, double timeout_s, struct error *err)
{
    if (ended == WAIT_STOP)
        return error_set(err, ERROR_STOPPED, "stopped while the command ran");
    if (ended == WAIT_TIMEOUT)
        return error_set(err, ERROR_INPUT,
                         "the command ran longer than --exec-timeout %g s and was ended",
                         timeout_s);
    if (WIFSIGNALED(status))
        return error_set(err, ERROR_INPUT, "the command was ended by signal %d (%s)",
                         WTERMSIG(status), strsignal(WTERMSIG(status)));
    if (WEXITSTATUS(status) != 0)
        return error_set(err, ERROR_INPUT, "the command ended with exit status %d",
                         WEXITSTATUS(status));
    return 0;
}

static int take_report(const struct exec_source *exec, struct source_call *call,
                       const struct stamp *before, struct edge_report *report, struct error *err)
{
    struct stamp now = stamp_take(call->root);
    if (!now.exists)
        return error_set(err, ERROR_INPUT, "the command left no edge report at %s",
                         exec->report_path);
    size_t length;
    char *text = file_read(call->root->reports_fd, EDGE_REPORT_NAME, exec->report_path,
                           JSONFILE_BYTES_MAX, &length, err);
    if (!text)
        return -1;
    sha256_hex(now.hash, text, length);
    if (!is_fresh(exec, before, &now, now.hash)) {
        free(text);
        return error_set(err, ERROR_INPUT,
                         "stale edge report: %s was there before the command and it did not write "
                         "it",
                         exec->report_path);
    }
    return source_use_take(call, text, length, exec->report_path, report, err) == EDGE_READ ? 0
                                                                                            : -1;
}

static int exec_iterate(void *state, struct source_call *call, struct edge_report *report,
                        struct error *err)
{
    const struct exec_source *exec = state;
    struct stamp before = stamp_take(call->root);
    stamp_hash(&before, call->root);
    filewatch_take(exec->watch); /* what came before the command does not count */
    struct child *child = start(exec, call->iteration, err);
    if (!child)
        return -1;
    enum wait_result ended = await(child, call->waiter, exec->timeout_s);
    int status = child_end(child);
    call->output_tail = child_tail(child);
    child_free(child);
    if (judge_end(ended, status, exec->timeout_s, err) != 0)
        return -1;
    return take_report(exec, call, &before, report, err);
}

const struct source_class source_exec = {
    .kind = SOURCE_EXEC, .open = exec_open, .iterate = exec_iterate, .close = exec_close};
