/* dashboard: see dashboard.h. */
#include "config.h"

#include "cmd/dashboard.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/root.h"
#include "cmd/headless.h"
#include "cmd/outlive.h"
#include "engine/follow.h"
#include "ui/ui.h"

/* "soaktop attach /home/op/artifacts" */
static void attach_words(char *text, size_t size, const char *artifacts)
{
    char absolute[PATH_MAX];
    snprintf(text, size, "soaktop attach %s", realpath(artifacts, absolute) ? absolute : artifacts);
}

/* The dashboard has gone; the soak has not. */
static int go_on(const struct dashboard *with, struct engine *engine, const char *attach_with)
{
    char words[PATH_MAX + 200];
    snprintf(words, sizeof words, "soaktop: detached: the soak goes on as pid %ld; back to it: %s",
             (long)getpid(), attach_with);
    outlive_leave(words);
    return headless_go_on(engine, with->config);
}

int dashboard_run(const struct dashboard *with, struct engine *engine)
{
    struct error err = ERROR_INIT;
    char attach_with[PATH_MAX + 20];
    bool detached = false;
    attach_words(attach_with, sizeof attach_with, with->artifacts);
    const struct ui_options options = {.config = with->config,
                                       .engine = engine,
                                       .readonly = option_given(with->line, "--readonly"),
                                       .mock_gate_default = with->mock,
                                       .may_detach = with->may_outlive,
                                       .attach_with = attach_with,
                                       .detached = &detached,
                                       .actor = with->actor,
                                       .preferences = with->preferences};
    if (engine_start(engine, &err) != 0)
        return cmd_fail(&err);
    int status = ui_run(&options, &err);
    if (detached)
        status = go_on(with, engine, attach_with);
    engine_join(engine);
    return err.code == ERROR_NONE ? status : cmd_fail(&err);
}

/* "pid 71 on host writes here since 2026-...: soaktop attach decides" */
static void holder_words(const struct dashboard *with, char *text, size_t size)
{
    struct root root;
    struct lock_holder holder = {0};
    if (root_open(&root, with->artifacts, ROOT_READ, NULL) == 0) {
        lock_read_holder(&root, &holder);
        root_close(&root);
    }
    if (holder.pid > 0)
        snprintf(text, size,
                 "pid %ld on %s writes here since %s: this looks on, soaktop attach decides",
                 holder.pid, holder.host, holder.started);
    else
        snprintf(text, size, "another process writes here: this looks on, soaktop attach decides");
}

int dashboard_look_on(const struct dashboard *with, const struct error *why)
{
    struct error err = ERROR_INIT;
    char words[200];
    holder_words(with, words, sizeof words);
    struct follow *follow = follow_start(with->artifacts, with->config, NULL);
    if (!follow)
        return cmd_fail(why);
    const struct ui_options options = {.config = with->config,
                                       .watched = follow_outbox(follow),
                                       .not_mine = words,
                                       .readonly = true,
                                       .actor = with->actor,
                                       .preferences = with->preferences};
    int status = ui_run(&options, &err);
    follow_stop(follow);
    if (err.code != ERROR_NONE)
        return cmd_fail(&err);
    return status != EXIT_DONE ? status : cmd_fail(why); /* nothing was run */
}
