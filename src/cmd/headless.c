/* headless: see headless.h. Main thread: it waits in one ppoll for the engine's messages and for
 * signals; also while standard output takes nothing, so that a stalled pipe cannot hold a stop up.
 */
#include "config.h"
#include "cmd/headless.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/narrate.h"
#include "engine/child.h"
#include "engine/signals.h"

struct headless {
    struct engine *engine;
    struct line_style style;
    int signal_fd;
    int stopped_by;           /* the signal that asked for a stop; 0: none */
    int last;                 /* the newest iteration that was printed */
    struct narrator narrator; /* holds the run as the engine told it, and makes the sentences */
    bool output_lost;         /* standard output failed: nothing more is written to it */
    bool ended;
    struct error error; /* of the engine's end, or of this side */
};

/* Ends the program as the signal would have without us: the journal makes that safe. What the
 * command left in its group would outlive us. */
static void end_at_once(int number)
{
    sigset_t set;
    child_kill_running();
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    _exit(EXIT_SIGNAL + number);
}

static void stop(struct headless *headless, int number)
{
    struct command command = {.kind = COMMAND_STOP_NOW};
    headless->stopped_by = number;
    cmd_actor(command.actor, sizeof command.actor);
    snprintf(command.note, sizeof command.note, "%s", strsignal(number));
    inbox_post(engine_inbox(headless->engine), &command);
}

/* nohup, and a shell that starts us in the background, ignore some signals on our behalf: blocked
 * ones arrive all the same. */
static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static void handle_signal(struct headless *headless, int number)
{
    if (is_ignored(number))
        return;
    if (number == SIGTSTP) {
        kill(getpid(), SIGSTOP);
        return;
    }
    if (number != SIGINT && number != SIGTERM && number != SIGQUIT)
        return; /* SIGHUP too: a soak outlives its terminal */
    if (number == SIGQUIT || (headless->stopped_by && headless->stopped_by != SIGPIPE))
        end_at_once(number);
    cmd_say("%s: stopping; once more ends at once", strsignal(number));
    stop(headless, number);
}

static void handle_signals(struct headless *headless)
{
    int number;
    while ((number = signals_next(headless->signal_fd)) > 0)
        handle_signal(headless, number);
}

static void lose_output(struct headless *headless, int fault)
{
    headless->output_lost = true;
    if (fault == EPIPE) {
        if (!headless->stopped_by)
            stop(headless, SIGPIPE);
        return;
    }
    cmd_say("standard output could not be written: %s; the soak goes on without its lines",
            strerror(fault));
    error_set(&headless->error, ERROR_IO, "lines are missing: standard output: %s",
              strerror(fault));
}

/* Waits until standard output takes something; signals are served meanwhile. */
static void await_output(struct headless *headless)
{
    struct pollfd fds[] = {{.fd = STDOUT_FILENO, .events = POLLOUT},
                           {.fd = headless->signal_fd, .events = POLLIN}};
    while (fds[0].revents == 0) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        if (fds[1].revents)
            handle_signals(headless);
    }
}

/* Pieces that a pipe which is ready takes without blocking. */
static void write_out(struct headless *headless, const char *text, size_t length)
{
    while (length > 0 && !headless->output_lost) {
        await_output(headless);
        ssize_t done = write(STDOUT_FILENO, text, length < PIPE_BUF ? length : PIPE_BUF);
        if (done < 0 && errno != EINTR && errno != EAGAIN)
            lose_output(headless, errno);
        if (done > 0) {
            text += done;
            length -= (size_t)done;
        }
    }
}

static void print_iteration(struct headless *headless, const struct iteration *iteration)
{
    struct buffer line = {0};
    if (iteration->number <= headless->last || headless->output_lost)
        return;
    headless->last = iteration->number;
    headless->style.planned = headless->narrator.run.planned;
    if (line_iteration(&line, &headless->style, iteration, &headless->error) == 0)
        write_out(headless, line.text, line.length);
    buffer_fini(&line);
}

/* What is no iteration but has to be seen. */
static void print_remark(const struct message *message)
{
    if (message->text && (message->event == EVENT_EXTERNAL_CHANGE ||
                          message->event == EVENT_ERROR || message->event == EVENT_NOTE ||
                          message->event == EVENT_TRIPWIRE || message->event == EVENT_RESUME))
        cmd_say("%s", message->text);
}

static void print_sentences_take(struct headless *headless, struct message *message)
{
    struct buffer text = {0};
    if (narrate_take(&headless->narrator, message, &text, &headless->error) == 0 && text.length > 0)
        write_out(headless, text.text, text.length);
    buffer_fini(&text);
}

/* It was printed by the process that recorded it. */
static void take_earlier(struct headless *headless, struct message *message)
{
    if (message->kind == MESSAGE_ITERATION)
        headless->last = message->iteration->number;
    run_fold(&headless->narrator.run, message);
    message_free(message);
}

static void handle_message(struct headless *headless, struct message *message)
{
    bool plain = headless->style.form == LINE_PLAIN;
    if (message->earlier) {
        take_earlier(headless, message);
        return;
    }
    if (message->kind == MESSAGE_ITERATION && !plain)
        print_iteration(headless, message->iteration);
    else if (message->kind == MESSAGE_EVENT && !plain)
        print_remark(message);
    else if (message->kind == MESSAGE_END) {
        headless->ended = true;
        if (message->error.code != ERROR_NONE && message->error.code != ERROR_STOPPED)
            headless->error = message->error;
    }
    if (plain) {
        print_sentences_take(headless, message);
        return;
    }
    run_fold(&headless->narrator.run, message);
    message_free(message);
}

static void serve(struct headless *headless)
{
    struct outbox *outbox = engine_outbox(headless->engine);
    struct pollfd fds[] = {{.fd = outbox_fd(outbox), .events = POLLIN},
                           {.fd = headless->signal_fd, .events = POLLIN}};
    while (!headless->ended) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return;
        handle_signals(headless);
        struct message *message;
        while ((message = outbox_next(outbox)))
            handle_message(headless, message);
    }
}

static int finish(const struct headless *headless)
{
    const struct run *run = &headless->narrator.run;
    if (headless->error.code != ERROR_NONE)
        return cmd_fail(&headless->error);
    const char *path = engine_rundir(headless->engine)->path;
    cmd_say("%s: %zu iteration%s in %s", run_state_name(run->state), run->count,
            run->count == 1 ? "" : "s", path);
    if (run->state == RUN_COMPLETED || !headless->stopped_by)
        return EXIT_DONE;
    return EXIT_SIGNAL + headless->stopped_by;
}

int headless_run(struct engine *engine, const struct config *config, const struct line_style *style)
{
    struct headless headless = {.engine = engine, .style = *style};
    headless.signal_fd = signals_open(&headless.error);
    if (headless.signal_fd < 0)
        return cmd_fail(&headless.error);
    narrator_init(&headless.narrator, config, style->form);
    if (engine_start(engine, &headless.error) == 0) {
        serve(&headless);
        engine_join(engine);
    }
    int status = finish(&headless);
    narrator_fini(&headless.narrator);
    close(headless.signal_fd);
    return status;
}

/* The queue may be full for a moment. */
static void tell_unattended(struct engine *engine)
{
    enum { TRIES = 200, PAUSE_MS = 10 };
    const struct command command = {.kind = COMMAND_UNATTENDED};
    const struct timespec pause = {0, PAUSE_MS * 1000000L};
    for (int i = 0; i < TRIES && inbox_post(engine_inbox(engine), &command) != 0; i++)
        nanosleep(&pause, NULL);
}

int headless_go_on(struct engine *engine, const struct config *config)
{
    struct headless headless = {.engine = engine, .output_lost = true};
    headless.signal_fd = signals_open(&headless.error);
    if (headless.signal_fd < 0)
        return cmd_fail(&headless.error);
    narrator_init(&headless.narrator, config, LINE_TABLE);
    tell_unattended(engine);
    serve(&headless);
    engine_join(engine);
    int status = finish(&headless);
    narrator_fini(&headless.narrator);
    close(headless.signal_fd);
    return status;
}
