/* replay: a finished run in the dashboard, ours or one that the Python pipeline wrote; as lines if
 * standard output is no terminal. Reads only. */
#include "config.h"

#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/lines.h"
#include "cmd/loaded.h"
#include "cmd/look.h"
#include "cmd/scripted.h"

static const struct option_row options[] = {
    {.name = "--at",
     .type = OPTION_INT,
     .value = "N",
     .minimum = 1,
     .maximum = 1000000,
     .help = "begin with iteration N; as lines: print only that one",
     .fallback = "the end"},
    {.name = "--theme",
     .type = OPTION_TEXT,
     .value = "NAME",
     .help = "colours of the dashboard: a theme, or the path of a theme file",
     .fallback = "as set in config.json"},
    {.name = "--headless", .help = "no dashboard: one line per iteration"},
    {.name = "--json", .help = "headless: one canonical JSON object per iteration and line"},
    {.name = "--plain", .help = "headless: one sentence per change"},
    SCRIPTED_OPTION_ROWS,
    {.name = NULL},
};

/* The iterations as lines; with --at that one only. */
static int print_lines(const struct command_line *line, const struct run *run,
                       const struct config *config, struct error *err)
{
    size_t at = (size_t)option_number(line, "--at", 0);
    struct line_style style = {.colour = line_colour_wanted(),
                               .planned = run->planned,
                               .last = (int)run->count,
                               .params = &config->params};
    if (line_form_read(&style.form, line, err) != 0)
        return -1;
    size_t from = at > 0 ? at - 1 : 0, to = at > 0 ? at : run->count;
    int status = 0;
    for (size_t i = from; status == 0 && i < to; i++) {
        struct buffer text = {0};
        status = line_iteration(&text, &style, run->iteration[i], err);
        if (status == 0)
            fwrite(text.text, 1, text.length, stdout);
        buffer_fini(&text);
    }
    return status;
}

static int show_dashboard(const struct command_line *line, struct loaded *loaded,
                          const struct config *config)
{
    struct ui_options with = {.config = config,
                              .run = &loaded->run,
                              .dir = &loaded->dir,
                              .readonly = true,
                              .mock_gate_default = loaded->run.source == SOURCE_MOCK,
                              .at = (int)option_number(line, "--at", 0)};
    return look_show(line, &with);
}

/* An iteration that --at names must be there. */
static int check_at(const struct command_line *line, const struct run *run, struct error *err)
{
    size_t at = (size_t)option_number(line, "--at", 0);
    if (at <= run->count)
        return 0;
    return error_set(err, ERROR_USAGE, "--at %zu: the run has %zu iteration%s", at, run->count,
                     run->count == 1 ? "" : "s");
}

static int run(const struct command_line *line)
{
    struct error err = ERROR_INIT;
    static struct config config;
    struct loaded loaded;
    int status;
    if (config_load(&config, NULL, &err) != 0 ||
        loaded_open(&loaded, line->argument[0], &config, &err) != 0)
        return cmd_fail(&err);
    if (check_at(line, &loaded.run, &err) != 0)
        status = cmd_fail(&err);
    else if (!look_wants_lines(line))
        status = show_dashboard(line, &loaded, &config);
    else
        status = print_lines(line, &loaded.run, &config, &err) == 0 ? EXIT_DONE : cmd_fail(&err);
    loaded_close(&loaded);
    return status;
}

const struct command_row command_replay = {
    .name = "replay",
    .usage = "DIR [OPTION]...",
    .summary = "browse a finished run, also one that the Python pipeline wrote",
    .text = "Shows a recorded run. DIR is a run directory, or an artifact root (its soak/latest). "
            "Nothing in it is changed.",
    .options = options,
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
