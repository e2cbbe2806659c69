/* profiles: the command that lists and shows profiles. */
#include "config.h"
#include "cmd/preset.h"

static int run_list(const struct command_line *line)
{
    return preset_cmd_list(line, KIND_PROFILE);
}

static int run_show(const struct command_line *line)
{
    return preset_cmd_show(line, KIND_PROFILE);
}

static const struct command_row words[] = {
    {
        .name = "list",
        .parent = "profiles",
        .usage = "[--json]",
        .summary = "every profile with its description",
        .options = preset_options,
        .run = run_list,
    },
    {
        .name = "show",
        .parent = "profiles",
        .usage = "NAME [--json]",
        .summary = "what profile NAME does to each parameter",
        .options = preset_options,
        .arguments_min = 1,
        .arguments_max = 1,
        .run = run_show,
    },
    {.name = NULL},
};

const struct command_row command_profiles = {
    .name = "profiles",
    .usage = "[list | show NAME] [--json]",
    .summary = "list or show the profiles that a run can start with",
    .beside = true,
    .text = "A profile replaces the values of some parameters when a run starts (run --profile "
            "NAME). Profiles are JSON files: installed ones, and your own in "
            "$XDG_CONFIG_HOME/soaktop/profiles.",
    .words = words,
};
