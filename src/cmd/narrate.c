/* narrate: see narrate.h. Main thread. Invariant: an iteration is told once, with what became of
 * its proposal; what the sentences of an iteration say, no sentence of an event says again. */
#include "config.h"

#include "cmd/narrate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/watch_json.h"
#include "model/text.h"

void narrator_init(struct narrator *narrator, const struct config *config, enum line_form form)
{
    *narrator = (struct narrator){.config = config};
    narrator->style = (struct line_style){.form = form, .params = &config->params};
    run_init(&narrator->run);
}

void narrator_fini(struct narrator *narrator)
{
    run_fini(&narrator->run);
}

static int add_take(struct buffer *out, char *line)
{
    if (!line)
        return -1;
    buffer_puts(out, line);
    free(line);
    return 0;
}

/* TEXT as a sentence of its own line: made safe, a capital first, a full stop last. */
static void add_sentence(struct buffer *out, const char *text)
{
    char *safe = text_safe_copy(text);
    size_t length = strlen(safe);
    bool name = strchr(safe, '_') && strcspn(safe, " ") > strcspn(safe, "_");
    if (!name)
        safe[0] = (char)toupper((unsigned char)safe[0]);
    bool ended = length > 0 && strchr(".!?", safe[length - 1]);
    buffer_printf(out, "%s%s\n", safe, ended ? "" : ".");
    free(safe);
}

static bool plain(const struct narrator *narrator)
{
    return narrator->style.form == LINE_PLAIN;
}

static int tell_run(struct narrator *narrator, struct buffer *out, struct error *err)
{
    const struct run *run = &narrator->run;
    char name[sizeof narrator->told_run], text[480];
    snprintf(name, sizeof name, "%s %s", run->id, run->directory);
    if (strcmp(name, narrator->told_run) == 0)
        return 0;
    memcpy(narrator->told_run, name, sizeof name);
    if (!plain(narrator))
        return add_take(out, watch_json_run(run, err));
    snprintf(text, sizeof text, "The run %s in %s: source %s, decisions %s", run->id,
             run->directory, run_source_name(run->source),
             run->has_manifest ? approve_mode_name(run->mode) : "not known");
    add_sentence(out, text);
    return 0;
}

/* Said by the iteration's own sentences, or of no use to somebody who listens. */
static bool is_said_elsewhere(const struct message *message)
{
    switch (message->event) {
    case EVENT_ITERATION:
    case EVENT_APPLY:
        return true;
    case EVENT_ERROR:
        return message->text && strncmp(message->text, "iteration ", 10) == 0 &&
               strstr(message->text, " failed: ");
    default:
        return false;
    }
}

static int tell_event(const struct narrator *narrator, const struct message *message,
                      struct buffer *out, struct error *err)
{
    const char *text = message->text ? message->text : "";
    if (!plain(narrator))
        return add_take(out, watch_json_event(message->event, message->event_iteration,
                                              message->utc_ms, text, err));
    if (!is_said_elsewhere(message))
        add_sentence(out, text);
    return 0;
}

static int tell_verdict(struct narrator *narrator, struct buffer *out, struct error *err)
{
    struct judgement judgement = {0};
    int status = 0;
    char text[200];
    const struct judge_options options = {.mock = narrator->run.source == SOURCE_MOCK,
                                          .skip_verify = true};
    judge_run(&judgement, &narrator->run, NULL, &narrator->config->thresholds, &options);
    if (judgement.verdict != narrator->verdict) {
        snprintf(text, sizeof text,
                 "The verdict so far is %s%s%s: %d of the last %d pass all four KPIs (%s limits)",
                 verdict_name(judgement.verdict), narrator->verdict ? ", it was " : "",
                 narrator->verdict ? verdict_name(narrator->verdict) : "", judgement.pass_count,
                 judgement.window, thresholds_name(options.mock));
        narrator->verdict = judgement.verdict;
        if (plain(narrator))
            add_sentence(out, text);
        else
            status = add_take(out, watch_json_verdict(&judgement, err));
    }
    judge_fini(&judgement);
    return status;
}

static int tell_guard(const struct narrator *narrator, const struct guard_status *status,
                      struct buffer *out, struct error *err)
{
    char text[400], until[40] = "";
    if (!plain(narrator))
        return add_take(out, watch_json_guard(guard_name(status->guard), status->active,
                                              status->clears_at, status->text, err));
    if (status->clears_at > 0)
        snprintf(until, sizeof until, " until iteration %d", status->clears_at);
    if (status->active)
        snprintf(text, sizeof text, "The guard %s holds changes back%s: %s",
                 guard_name(status->guard), until, status->text);
    else
        snprintf(text, sizeof text, "The guard %s holds nothing back any more",
                 guard_name(status->guard));
    add_sentence(out, text);
    return 0;
}

static int tell_guards(struct narrator *narrator, struct buffer *out, struct error *err)
{
    struct guard_status status[GUARD_COUNT];
    int result = 0;
    guard_status_fill(status, &narrator->run, 0, &narrator->config->policy,
                      &narrator->config->params);
    for (int guard = GUARD_NONE + 1; guard < GUARD_COUNT; guard++) {
        if (status[guard].active != narrator->guard_active[guard] &&
            tell_guard(narrator, &status[guard], out, err) != 0)
            result = -1;
        narrator->guard_active[guard] = status[guard].active;
    }
    return result;
}

static int tell_iteration(struct narrator *narrator, int number, struct buffer *out,
                          struct error *err)
{
    const struct iteration *iteration = run_iteration(&narrator->run, number);
    if (number <= narrator->last || !iteration)
        return 0;
    narrator->last = number;
    narrator->style.planned = narrator->run.planned;
    int status = plain(narrator)
                     ? line_iteration(out, &narrator->style, iteration, err)
                     : add_take(out, watch_json_iteration(iteration, narrator->style.params, err));
    if (status == 0)
        status = tell_verdict(narrator, out, err);
    return status == 0 ? tell_guards(narrator, out, err) : status;
}

static void begin_anew(struct narrator *narrator, struct buffer *out)
{
    if (narrator->begun && plain(narrator))
        add_sentence(out, "Another run began here; it is followed now");
    narrator->begun = true;
    narrator->last = 0;
    narrator->verdict = VERDICT_NONE;
    memset(narrator->guard_active, 0, sizeof narrator->guard_active);
    narrator->told_run[0] = '\0';
}

static int tell_end(const struct narrator *narrator, const struct message *message,
                    struct buffer *out, struct error *err)
{
    char text[ERROR_TEXT_MAX + 80];
    const struct run *run = &narrator->run;
    if (!plain(narrator))
        return add_take(out, watch_json_end(run, err));
    snprintf(text, sizeof text, "The run %s after %zu iteration%s%s%s",
             run->state == RUN_COMPLETED ? "is complete"
             : run->state == RUN_FAILED  ? "failed"
                                         : "was stopped",
             run->count, run->count == 1 ? "" : "s", message->error.code != ERROR_NONE ? ": " : "",
             message->error.text);
    add_sentence(out, text);
    return 0;
}

int narrate_take(struct narrator *narrator, struct message *message, struct buffer *out,
                 struct error *err)
{
    enum message_kind kind = message->kind;
    int number = kind == MESSAGE_ITERATION && message->iteration ? message->iteration->number : 0;
    int status = 0;
    if (kind == MESSAGE_RESTART)
        begin_anew(narrator, out);
    else if (kind == MESSAGE_EVENT)
        status = tell_event(narrator, message, out, err);
    run_fold(&narrator->run, message);
    if (kind == MESSAGE_MANIFEST)
        status = tell_run(narrator, out, err);
    else if (number > 0)
        status = tell_iteration(narrator, number, out, err);
    else if (kind == MESSAGE_END)
        status = tell_end(narrator, message, out, err);
    message_free(message);
    return status;
}
