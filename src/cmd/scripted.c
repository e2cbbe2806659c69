/* scripted: see scripted.h. */
#include "config.h"

#include "cmd/scripted.h"

#include "ui/script.h"

bool scripted_wanted(const struct command_line *line)
{
    return option_given(line, "--script") || option_given(line, "--save-screen");
}

int scripted_read(struct ui_script *script, const struct command_line *line, struct error *err)
{
    *script = (struct ui_script){.file = option_text(line, "--script", NULL),
                                 .save = option_text(line, "--save-screen", NULL)};
    if (option_given(line, "--size") && !scripted_wanted(line))
        return error_set(err, ERROR_USAGE,
                         "--size belongs to --script or --save-screen; a terminal has its own");
    if (scripted_wanted(line) && (option_given(line, "--headless") ||
                                  option_given(line, "--json") || option_given(line, "--plain")))
        return error_set(err, ERROR_USAGE,
                         "--script and --save-screen are for the dashboard: not with --headless, "
                         "--json or --plain");
    if (script_size(option_text(line, "--size", "80x24"), &script->width, &script->height, err) !=
        0) {
        error_prefix(err, "--size");
        return -1;
    }
    return ui_script_check(script, err);
}
