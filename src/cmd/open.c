/* open: the moment that a link names, in the dashboard; as a line if standard output is no
 * terminal. Reads only. */
#include "config.h"

#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/found.h"
#include "cmd/lines.h"
#include "cmd/look.h"
#include "cmd/scripted.h"

static const struct option_row options[] = {
    {.name = "--artifacts",
     .type = OPTION_TEXT,
     .value = "DIR",
     .help = "where the run is looked for",
     .fallback = "artifacts"},
    {.name = "--theme",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "colours of the dashboard: a theme, or the path of a theme file",
     .fallback = "as set in config.json"},
    {.name = "--headless", .help = "no dashboard: the iteration as a line"},
    {.name = "--json", .help = "headless: the iteration as one canonical JSON object"},
    {.name = "--plain", .help = "headless: one sentence per change"},
    SCRIPTED_OPTION_ROWS,
    {.name = NULL},
};

static int print_line(const struct command_line *line, const struct link *link,
                      const struct run *run, const struct config *config, struct error *err)
{
    struct line_style style = {
        .planned = run->planned, .last = (int)run->count, .params = &config->params};
    struct buffer text = {0};
    int number = link->iteration > 0 ? link->iteration : (int)run->count;
    if (line_form_read(&style.form, line, err) != 0)
        return -1;
    int status = line_iteration(&text, &style, run_iteration(run, number), err);
    if (status == 0)
        fwrite(text.text, 1, text.length, stdout);
    buffer_fini(&text);
    return status;
}

static int show(const struct command_line *line, struct stored_run *stored, const struct link *link,
                const struct config *config)
{
    struct ui_options with = {.config = config,
                              .run = &stored->run,
                              .dir = &stored->dir,
                              .readonly = true,
                              .mock_gate_default = stored->run.source == SOURCE_MOCK,
                              .link = link};
    return look_show(line, &with);
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    struct link link;
    const char *artifacts = option_text(line, "--artifacts", "artifacts");
    if (config_load(&config, NULL, &err) != 0 || link_read(&link, line->argument[0], &err) != 0)
        return cmd_fail(&err);
    struct stored_run *stored = found_named(link.run, artifacts, &config, &err);
    if (!stored)
        return cmd_fail(&err);
    int status = EXIT_DONE;
    if ((size_t)link.iteration > stored->run.count) {
        error_set(&err, ERROR_USAGE, "the run has %zu iterations, not %d", stored->run.count,
                  link.iteration);
        status = cmd_fail(&err);
    } else if (!look_wants_lines(line)) {
        status = show(line, stored, &link, &config);
    } else if (print_line(line, &link, &stored->run, &config, &err) != 0) {
        status = cmd_fail(&err);
    }
    stored_run_free(stored);
    return status;
}

const struct command_row command_open = {
    .name = "open",
    .usage = "[OPTION]... LINK",
    .summary = "open the moment that a link names: soak://RUN@17#tail_age_ms",
    .text = "Shows the iteration, panel and row that LINK names, as a replay. RUN is the id of a "
            "run, or its directory's name, in the artifact root.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
