/* source_edge_report: a bot that runs by itself writes the report; an iteration waits for a new one
 * that is whole (ENGINE section 4). A report that is only begun is waited for; one that is whole
 * and wrong fails the iteration. Engine thread; opened in the main thread before. */
#include "config.h"

#include "engine/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/jsonfile.h"
#include "artifact/realclock.h"
#include "artifact/sha256.h"
#include "engine/filewatch.h"
#include "model/mem.h"

struct edge_source {
    char *path;
    double timeout_s;        /* 0: none */
    struct filewatch *watch; /* NULL: lost, to be opened again */
    char used[65]; /* hash of the report that was there at the start, or was last used or refused */
};

enum look { LOOK_FOUND, LOOK_WAIT, LOOK_FAILED };

static char *read_report(const struct edge_source *edge, size_t *length, char hash[65],
                         struct error *err)
{
    char *text = file_read(AT_FDCWD, edge->path, edge->path, JSONFILE_BYTES_MAX, length, err);
    if (text)
        sha256_hex(hash, text, *length);
    return text;
}

/* What a run that goes on used last is in its copy: what the bot wrote since is new. */
static void note_used(struct edge_source *edge, const struct engine_options *options,
                      const struct root *root)
{
    size_t length;
    char *copy = NULL;
    if (options->report_used)
        copy = file_read(root->soak_fd, "latest/artifacts/" EDGE_REPORT_NAME, EDGE_REPORT_NAME,
                         JSONFILE_BYTES_MAX, &length, NULL);
    if (copy)
        sha256_hex(edge->used, copy, length);
    else
        copy = read_report(edge, &length, edge->used, NULL);
    free(copy);
}

static void *edge_open(const struct engine_options *options, const struct root *root,
                       struct error *err)
{
    if (!options->edge_report_path || options->edge_report_path[0] == '\0') {
        error_set(err, ERROR_USAGE, "--edge-report needs the path of the bot's report");
        return NULL;
    }
    struct filewatch *watch = filewatch_new(options->edge_report_path, err);
    if (!watch)
        return NULL;
    struct edge_source *edge = mem_alloc(sizeof(*edge));
    edge->path = mem_strdup(options->edge_report_path);
    edge->timeout_s = options->report_timeout_s;
    edge->watch = watch;
    note_used(edge, options, root);
    return edge;
}

static void edge_close(void *state)
{
    struct edge_source *edge = state;
    filewatch_free(edge->watch);
    free(edge->path);
    free(edge);
}

/* Looks at the file as it is now. LOOK_WAIT: nothing new, or not whole yet (ERR may say why). */
static enum look look_at(struct edge_source *edge, struct source_call *call,
                         struct edge_report *report, struct error *err)
{
    size_t length;
    char hash[65];
    char *text = read_report(edge, &length, hash, err);
    if (!text)
        return LOOK_WAIT;
    if (strcmp(hash, edge->used) == 0) {
        free(text);
        return LOOK_WAIT;
    }
    switch (source_use_take(call, text, length, edge->path, report, err)) {
    case EDGE_READ:
        memcpy(edge->used, hash, sizeof(hash));
        return LOOK_FOUND;
    case EDGE_INCOMPLETE:
        return LOOK_WAIT;
    case EDGE_INVALID:
        break;
    }
    memcpy(edge->used, hash, sizeof(hash));
    return LOOK_FAILED;
}

/* The directory was removed or replaced: watches the new one, or waits for it. */
static int watch_again(struct edge_source *edge, struct error *err)
{
    filewatch_free(edge->watch);
    edge->watch = filewatch_await(edge->path, err);
    return edge->watch ? 0 : -1;
}

static int timed_out(struct edge_source *edge, struct source_call *call, struct edge_report *report,
                     struct error *err)
{
    /* a writer may have kept the file open, or events may not reach us from its file system */
    struct error why = ERROR_INIT;
    enum look look = look_at(edge, call, report, &why);
    if (look == LOOK_FOUND)
        return 0;
    if (look == LOOK_FAILED)
        return error_set(err, why.code, "%s", why.text);
    return error_set(err, ERROR_INPUT, "no new edge report at %s within --report-timeout %g s%s%s",
                     edge->path, edge->timeout_s, why.text[0] ? ": " : "", why.text);
}

static int edge_iterate(void *state, struct source_call *call, struct edge_report *report,
                        struct error *err)
{
    struct edge_source *edge = state;
    int64_t deadline = edge->timeout_s > 0 ? monotonic_ms() + (int64_t)(edge->timeout_s * 1000)
                                           : -1;
    for (;;) {
        enum filewatch_news news = edge->watch ? filewatch_take(edge->watch) : FILEWATCH_GONE;
        if (news == FILEWATCH_GONE && watch_again(edge, err) != 0)
            return -1;
        struct error why = ERROR_INIT;
        enum look look = news ? look_at(edge, call, report, &why) : LOOK_WAIT;
        if (look == LOOK_FOUND)
            return 0;
        if (look == LOOK_FAILED)
            return error_set(err, why.code, "%s", why.text);
        struct pollfd fd = {.fd = filewatch_fd(edge->watch), .events = POLLIN};
        enum wait_result result = waiter_wait(call->waiter, &fd, 1, deadline);
        if (result == WAIT_STOP)
            return error_set(err, ERROR_STOPPED, "stopped while waiting for %s", edge->path);
        if (result == WAIT_TIMEOUT)
            return timed_out(edge, call, report, err);
    }
}

const struct source_class source_edge_report = {
    .kind = SOURCE_EDGE_REPORT, .open = edge_open, .iterate = edge_iterate, .close = edge_close};
