/* attach: the dashboard of a soak that runs in another process on this host. Main thread; the
 * follower, which talks to that process, has its own. */
#include "config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/look.h"
#include "engine/follow.h"
#include "engine/signals.h"
#include "ui/ui.h"

static const struct option_row options[] = {
    {.name = "--readonly", .help = "look on; no key changes anything"},
    {.name = "--theme",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "colours of the dashboard: a theme, or the path of a theme file",
     .fallback = "as set in config.json"},
    {.name = NULL},
};

static int dashboard(const struct command_line *line, struct follow *follow,
                     const struct config *config, const char *attach_with, bool *detached)
{
    struct error err = ERROR_INIT;
    static struct preferences preferences;
    if (look_read(&preferences, line, &err) != 0)
        return cmd_fail(&err);
    const struct ui_options with = {.config = config,
                                    .watched = follow_outbox(follow),
                                    .attached = follow_inbox(follow),
                                    .attach_with = attach_with,
                                    .detached = detached,
                                    .readonly = option_given(line, "--readonly"),
                                    .actor = follow_actor(follow),
                                    .preferences = &preferences};
    int status = ui_run(&with, &err);
    return err.code == ERROR_NONE ? status : cmd_fail(&err);
}

static struct follow *join_soak(const char *path, const struct config *config, struct error *err)
{
    struct follow *follow = follow_attach(path, config, err);
    if (follow || err->code != ERROR_REFUSED)
        return follow;
    struct error why = *err;
    error_clear(err);
    error_set(err, ERROR_REFUSED,
              "%s; soaktop watch %s waits for one, soaktop replay %s shows what the last one left, "
              "soaktop run --resume goes on with it",
              why.text, path, path);
    return NULL;
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    char absolute[PATH_MAX], attach_with[sizeof absolute + 16], unanswered[160];
    bool detached = false;
    const char *path = line->argument_count > 0 ? line->argument[0] : "artifacts";
    if (isatty(STDOUT_FILENO) != 1 || isatty(STDIN_FILENO) != 1) {
        error_set(
            &err, ERROR_USAGE,
            "attach wants a terminal; without one there are soaktop status, watch and deltas");
        return cmd_fail(&err);
    }
    if (config_load(&config, NULL, &err) != 0)
        return cmd_fail(&err);
    signals_block();
    struct follow *follow = join_soak(path, &config, &err);
    if (!follow)
        return cmd_fail(&err);
    int pid = follow_pid(follow);
    snprintf(attach_with, sizeof attach_with, "soaktop attach %s",
             realpath(path, absolute) ? absolute : path);
    int status = dashboard(line, follow, &config, attach_with, &detached);
    follow_leave(follow, unanswered, sizeof unanswered);
    if (unanswered[0] != '\0')
        cmd_say("the soak (pid %d) gave no answer to: %s", pid, unanswered);
    if (detached)
        cmd_say("detached: the soak goes on as pid %d; back to it: %s", pid, attach_with);
    return status;
}

const struct command_row command_attach = {
    .name = "attach",
    .usage = "[OPTION]... [DIR]",
    .summary = "the dashboard of a soak that runs on this host",
    .text = "Opens the dashboard on the soak that runs in DIR (default: artifacts), headless or in "
            "another dashboard. All keys work as there; several may be attached, all see the same, "
            "and each decision names who made it. Leaving it lets the soak go on.",
    .options = options,
    .arguments_max = 1,
    .run = run,
};
