/* follow_live: the soak that a follower is attached to: what it says is told as its front end would
 * hear it, what the front end asks for is asked of it. Nothing here waits for the soak: requests
 * queue, an answer that does not come is told, and when the connection ends so is what no answer
 * came to. The follower's thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/realclock.h"
#include "engine/control_link.h"
#include "engine/control_request.h"
#include "engine/follow_impl.h"
#include "engine/gate_job.h"
#include "model/mem.h"

enum {
    ASKED_MAX = 64,
    ANSWER_MS = 5000, /* then it is told that no answer has come */
    LEAVE_MS = 2000
};

/* A request that waits for its answer. */
struct asked {
    unsigned id;
    int64_t at_ms; /* monotonic */
    bool overdue;  /* that was told */
    char what[CONTROL_OP_MAX + PARAM_NAME_MAX];
};

struct live {
    struct control_link *link; /* NULL: not connected any more */
    struct control_notice hello;
    struct inbox *inbox;
    bool begun, ended; /* the first state was told; the soak said that it ends */
    struct error broken;
    size_t asked_count;
    struct asked asked[ASKED_MAX];
    struct gate_job *gate; /* judges anew what a gate of the soak judged; NULL: none */
    struct control_notice gate_notice;
    char left[160]; /* without an answer when the connection ended */
};

struct live *live_open(const struct follow *follow, struct error *err)
{
    struct live *live = mem_alloc(sizeof *live);
    live->inbox = inbox_new(err);
    live->link = live->inbox ? control_link_open(run_tail_dir(follow->tail), err) : NULL;
    if (live->link && control_link_attach(live->link, &follow->config->params, err) == 0) {
        live->hello = *control_link_hello(live->link);
        return live;
    }
    live_free(live);
    return NULL;
}

static void drop_gate(struct live *live)
{
    struct gate_ending ending;
    if (!live->gate)
        return;
    gate_job_cancel(live->gate);
    gate_job_finish(live->gate, &ending);
    message_free(ending.result);
    live->gate = NULL;
}

void live_free(struct live *live)
{
    if (!live)
        return;
    drop_gate(live);
    control_link_close(live->link);
    inbox_free(live->inbox);
    free(live);
}

const struct control_notice *live_state(const struct live *live)
{
    return live && live->link ? control_link_state(live->link) : NULL;
}

const struct control_notice *live_hello(const struct live *live)
{
    return &live->hello;
}

struct inbox *live_inbox(struct live *live)
{
    return live->inbox;
}

/* When the oldest request that was not told of is overdue; -1: never. */
static int64_t overdue_at(const struct live *live)
{
    for (size_t i = 0; i < live->asked_count; i++)
        if (!live->asked[i].overdue)
            return live->asked[i].at_ms + ANSWER_MS;
    return -1;
}

int live_watch(const struct live *live, struct pollfd *fds)
{
    for (int i = 0; i < LIVE_POLLS; i++)
        fds[i] = (struct pollfd){.fd = -1};
    if (!live)
        return -1;
    if (live->link)
        fds[0] = (struct pollfd){control_link_fd(live->link), control_link_events(live->link), 0};
    if (live->asked_count < ASKED_MAX)
        fds[1] = (struct pollfd){inbox_fd(live->inbox), POLLIN, 0};
    if (live->gate)
        fds[2] = (struct pollfd){gate_job_fd(live->gate), POLLIN, 0};
    int64_t at = overdue_at(live), left = at < 0 ? -1 : at - monotonic_ms();
    return at < 0 ? -1 : left < 0 ? 0 : (int)left;
}

void live_read(struct follow *follow)
{
    struct live *live = follow->live;
    if (live && live->link && live->broken.code == ERROR_NONE)
        control_link_read(live->link, &live->broken);
}

static void tell_reply(struct follow *follow, unsigned id, bool ok, const char *text)
{
    struct message *message = message_new(MESSAGE_REPLY);
    message->command_id = id;
    message->ok = ok;
    message->text = mem_strdup(text);
    outbox_post_take(follow->outbox, message);
}

static void tell_state(struct follow *follow)
{
    const struct control_notice *state = live_state(follow->live);
    struct message *message = message_new(MESSAGE_STATE);
    message->state = follow->told.state = state->state;
    message->current = state->current;
    message->next_ms = state->next_ms;
    message->utc_ms = state->since_ms;
    outbox_post_take(follow->outbox, message);
    follow_tell_manifest(follow);
}

static void tell_proposal(struct follow *follow)
{
    const struct proposal *proposal = control_link_proposal(follow->live->link);
    struct told *told = &follow->told;
    struct message *message = message_new(MESSAGE_PROPOSAL);
    free(told->pending);
    told->pending = NULL;
    message->has_pending = proposal != NULL;
    if (proposal) {
        message->proposal = mem_alloc(sizeof *message->proposal);
        told->pending = mem_alloc(sizeof *told->pending);
        *message->proposal = *told->pending = *proposal;
    }
    outbox_post_take(follow->outbox, message);
}

static void tell_progress(struct follow *follow, const struct control_notice *notice)
{
    struct message *message = message_new(MESSAGE_GATE_PROGRESS);
    message->gate_strict = notice->strict;
    message->step = notice->step;
    message->done = (size_t)notice->done;
    message->total = (size_t)notice->total;
    outbox_post_take(follow->outbox, message);
}

/* What the soak said of its gate, where its figures cannot be had. */
static void tell_gate_briefly(struct follow *follow, const struct control_notice *notice)
{
    struct message *message = message_new(MESSAGE_GATE_RESULT);
    message->gate_strict = notice->strict;
    error_set(&message->error, ERROR_REFUSED, "%s, exit status %d%s%s",
              verdict_name(notice->verdict), notice->exit_status, notice->text[0] ? ": " : "",
              notice->text);
    outbox_post_take(follow->outbox, message);
}

/* The soak tells its gate's verdict alone: the figures are judged anew, from the same files. */
static void begin_gate(struct follow *follow, const struct control_notice *notice)
{
    struct live *live = follow->live;
    const struct clock clock = clock_real();
    const struct gate_options options = {
        .mock = !notice->strict, .strict = notice->strict, .look_only = true, .clock = &clock};
    drop_gate(live);
    live->gate_notice = *notice;
    if (notice->verdict != VERDICT_NONE)
        live->gate = gate_job_start_kept(run_tail_dir(follow->tail), follow->config, &options,
                                         follow->outbox, NULL);
    if (!live->gate)
        tell_gate_briefly(follow, notice);
}

/* If the run went on meanwhile and another answer came out, only the soak's counts. */
static void end_gate(struct follow *follow)
{
    struct live *live = follow->live;
    struct gate_ending ending;
    if (!live->gate || !gate_job_done(live->gate))
        return;
    gate_job_finish(live->gate, &ending);
    live->gate = NULL;
    bool same = ending.error.code == ERROR_NONE && ending.verdict == live->gate_notice.verdict &&
                ending.exit_status == live->gate_notice.exit_status;
    if (same) {
        outbox_post_take(follow->outbox, ending.result);
        return;
    }
    message_free(ending.result);
    tell_gate_briefly(follow, &live->gate_notice);
}

static void take_reply(struct follow *follow, const struct control_notice *notice)
{
    struct live *live = follow->live;
    for (size_t i = 0; i < live->asked_count; i++) {
        if (live->asked[i].id != notice->id)
            continue;
        live->asked_count--;
        memmove(&live->asked[i], &live->asked[i + 1],
                (live->asked_count - i) * sizeof live->asked[0]);
        break;
    }
    tell_reply(follow, notice->id, notice->ok, notice->text);
}

static void take_notice(struct follow *follow, const struct control_notice *notice)
{
    switch (notice->kind) {
    case CONTROL_STATE:
        tell_state(follow);
        break;
    case CONTROL_PROPOSAL:
        tell_proposal(follow);
        break;
    case CONTROL_REPLY:
        take_reply(follow, notice);
        break;
    case CONTROL_GATE_PROGRESS:
        tell_progress(follow, notice);
        break;
    case CONTROL_GATE:
        begin_gate(follow, notice);
        break;
    case CONTROL_END:
        follow->live->ended = true;
        break;
    case CONTROL_HELLO:
    case CONTROL_OTHER:
        break;
    }
}

void live_unanswered(const struct live *live, char *text, size_t size)
{
    size_t length = 0;
    snprintf(text, size, "%s", live ? live->left : "");
    for (size_t i = 0; live && i < live->asked_count && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s", i > 0 ? ", " : "",
                                   live->asked[i].what);
}

/* From now on only the files are read. */
static void lose(struct follow *follow, const struct error *why)
{
    struct live *live = follow->live;
    const char *unanswered = live->left;
    struct message *message = message_new(MESSAGE_DETACHED);
    live_unanswered(live, live->left, sizeof live->left);
    const char *between = unanswered[0] ? "; no answer came to: " : "";
    if (live->ended)
        message->text = mem_printf("the soak's process has ended%s%s", between, unanswered);
    else
        message->text = mem_printf("%s (pid %d)%s%s", why->text, live->hello.pid, between,
                                   unanswered);
    message->ok = live->ended;
    drop_gate(live);
    control_link_close(live->link);
    live->link = NULL;
    live->asked_count = 0;
    outbox_post_take(follow->outbox, message);
    follow_tell_news(follow);
}

static void ask(struct follow *follow, const struct command *command)
{
    struct live *live = follow->live;
    struct control_request request;
    if (!live->link) {
        tell_reply(follow, command->id, false, "not sent: the soak is not connected any more");
        return;
    }
    control_request_of(command, &request);
    control_link_put(live->link, &request);
    struct asked *asked = &live->asked[live->asked_count++];
    *asked = (struct asked){.id = command->id, .at_ms = monotonic_ms()};
    snprintf(asked->what, sizeof asked->what, "%s%s%s", request.op, request.name[0] ? " " : "",
             request.name);
}

static void ask_all(struct follow *follow)
{
    struct command command;
    while (follow->live->asked_count < ASKED_MAX && inbox_next(follow->live->inbox, &command))
        ask(follow, &command);
}

static void tell_overdue(struct follow *follow)
{
    struct live *live = follow->live;
    int64_t now = monotonic_ms();
    for (size_t i = 0; i < live->asked_count; i++) {
        struct asked *asked = &live->asked[i];
        char text[200];
        if (asked->overdue || now < asked->at_ms + ANSWER_MS)
            continue;
        asked->overdue = true;
        snprintf(text, sizeof text, "the soak (pid %d) has given no answer for %d s to: %s",
                 live->hello.pid, ANSWER_MS / 1000, asked->what);
        tell_reply(follow, asked->id, false, text);
    }
}

static void begin(struct follow *follow)
{
    if (follow->live->begun)
        return;
    follow->live->begun = true;
    tell_proposal(follow);
    tell_state(follow);
}

void live_serve(struct follow *follow)
{
    struct live *live = follow->live;
    struct control_notice notice;
    if (!live)
        return;
    if (live->link) {
        struct error *broken = &live->broken, wrong = ERROR_INIT;
        int taken;
        begin(follow);
        while ((taken = control_link_take(live->link, &notice, &wrong)) == 1)
            take_notice(follow, &notice);
        ask_all(follow);
        if (broken->code == ERROR_NONE && taken == 0)
            control_link_flush(live->link, broken);
        end_gate(follow);
        tell_overdue(follow);
        if (taken < 0)
            lose(follow, &wrong);
        else if (broken->code != ERROR_NONE)
            lose(follow, broken);
    }
    if (!live->link)
        ask_all(follow);
}

void live_leave(struct follow *follow)
{
    struct live *live = follow->live;
    int64_t until = monotonic_ms() + LEAVE_MS;
    if (!live)
        return;
    ask_all(follow);
    while (live->link && live->asked_count > 0 && monotonic_ms() < until) {
        struct pollfd fds[LIVE_POLLS];
        live_watch(live, fds);
        fds[1].fd = fds[2].fd = -1;
        if (control_link_flush(live->link, &live->broken) == 0)
            poll(fds, LIVE_POLLS, (int)(until - monotonic_ms()));
        live_read(follow);
        live_serve(follow);
    }
}
