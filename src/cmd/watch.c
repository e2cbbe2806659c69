/* watch: follows a run that another process writes: in the dashboard, or as lines. Reads only.
 * Main thread; the follower has its own. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/look.h"
#include "cmd/narrate.h"
#include "cmd/scripted.h"
#include "engine/follow.h"
#include "engine/signals.h"

static const struct option_row options[] = {
    {.name = "--headless", .help = "no dashboard: as lines even on a terminal"},
    {.name = "--json",
     .help = "one canonical JSON object per line (the default without a terminal)"},
    {.name = "--plain", .help = "one sentence per change, for screen readers and logs"},
    {.name = "--forever", .help = "headless: wait for the next run when this one has ended"},
    {.name = "--theme", .type = OPTION_TEXT, .value = "NAME", .help = "colours of the dashboard"},
    SCRIPTED_OPTION_ROWS,
    {.name = NULL},
};

struct watching {
    struct follow *follow;
    struct narrator narrator;
    int signal_fd;
    int signal; /* that asked to end; 0: none */
    bool forever, over;
    struct error error;
};

static void take_messages(struct watching *watching)
{
    struct message *message;
    struct buffer out = {0};
    while (!watching->over && (message = outbox_next(follow_outbox(watching->follow))) != NULL) {
        bool end = message->kind == MESSAGE_END;
        if (narrate_take(&watching->narrator, message, &out, &watching->error) != 0)
            watching->over = true;
        if (out.length > 0 && fwrite(out.text, 1, out.length, stdout) != out.length)
            watching->over = true;
        buffer_reset(&out);
        watching->over = watching->over || (end && !watching->forever);
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        watching->over = true;
    buffer_fini(&out);
}

static void take_signals(struct watching *watching)
{
    int number;
    while ((number = signals_next(watching->signal_fd)) > 0)
        if (number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT)
            watching->signal = number;
    watching->over = watching->over || watching->signal != 0;
}

static int finish(const struct watching *watching)
{
    if (watching->error.code != ERROR_NONE)
        return cmd_fail(&watching->error);
    if (watching->signal != 0)
        return EXIT_SIGNAL + watching->signal;
    return watching->narrator.run.state == RUN_FAILED ? EXIT_USAGE : EXIT_DONE;
}

static int watch_lines(const struct command_line *line, struct follow *follow,
                       const struct config *config, enum line_form form)
{
    struct watching watching = {.follow = follow, .forever = option_given(line, "--forever")};
    watching.signal_fd = signals_open(&watching.error);
    if (watching.signal_fd < 0)
        return cmd_fail(&watching.error);
    narrator_init(&watching.narrator, config, form);
    struct pollfd fds[] = {{.fd = outbox_fd(follow_outbox(follow)), .events = POLLIN},
                           {.fd = watching.signal_fd, .events = POLLIN},
                           {.fd = STDOUT_FILENO, .events = 0}}; /* its reader may go away */
    while (!watching.over) {
        if (poll(fds, 3, -1) < 0 && errno != EINTR)
            break;
        take_signals(&watching);
        take_messages(&watching);
        watching.over = watching.over || (fds[2].revents & (POLLERR | POLLNVAL)) != 0;
    }
    int status = finish(&watching);
    narrator_fini(&watching.narrator);
    close(watching.signal_fd);
    return status;
}

static int watch_dashboard(const struct command_line *line, struct follow *follow,
                           const struct config *config)
{
    struct ui_options with = {.config = config, .watched = follow_outbox(follow), .readonly = true};
    return look_show(line, &with);
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    enum line_form form;
    const char *path = line->argument_count > 0 ? line->argument[0] : "artifacts";
    if (line_form_read(&form, line, &err) != 0 || config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    signals_block();
    struct follow *follow = follow_start(path, &config, &err);
    if (!follow)
        return cmd_fail(&err);
    int status = look_wants_lines(line) ? watch_lines(line, follow, &config,
                                                      form == LINE_PLAIN ? LINE_PLAIN : LINE_JSON)
                                        : watch_dashboard(line, follow, &config);
    follow_stop(follow);
    return status;
}

const struct command_row command_watch = {
    .name = "watch",
    .usage = "[OPTION]... [DIR]",
    .summary = "follow a run that another process drives",
    .text = "Follows the run in DIR (default: artifacts), read-only: in the dashboard if standard "
            "output is a terminal, else as lines, from the run's beginning. Another run that takes "
            "its place is followed on. Lines end with the run, with status 0; 2 if its engine "
            "failed.",
    .options = options,
    .arguments_max = 1,
    .run = run,
};
