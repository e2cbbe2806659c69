/* presets: the command that lists and shows presets. */
#include "config.h"
#include "cmd/preset.h"

static int run_list(const struct command_line *line)
{
    return preset_cmd_list(line, KIND_PRESET);
}

static int run_show(const struct command_line *line)
{
    return preset_cmd_show(line, KIND_PRESET);
}

static const struct command_row words[] = {
    {
        .name = "list",
        .parent = "presets",
        .usage = "[--json]",
        .summary = "every preset with its description",
        .options = preset_options,
        .run = run_list,
    },
    {
        .name = "show",
        .parent = "presets",
        .usage = "NAME [--json]",
        .summary = "what preset NAME does to each parameter",
        .options = preset_options,
        .arguments_min = 1,
        .arguments_max = 1,
        .run = run_show,
    },
    {.name = NULL},
};

const struct command_row command_presets = {
    .name = "presets",
    .usage = "[list | show NAME] [--json]",
    .summary = "list or show the presets that a run can start with",
    .beside = true,
    .text =
        "A preset changes the values in force once, when a run starts (run --preset NAME). Presets "
        "are JSON files: installed ones, and your own in $XDG_CONFIG_HOME/soaktop/presets.",
    .words = words,
};
