/* look: see look.h. */
#include "config.h"

#include "cmd/look.h"

#include <stdio.h>
#include <unistd.h>

#include "cmd/scripted.h"
#include "engine/signals.h"

int look_read(struct preferences *preferences, const struct command_line *line, struct error *err)
{
    if (preferences_read(preferences, option_text(line, "--theme", NULL), err) != 0)
        return -1;
    if (preferences->fault.code != ERROR_NONE)
        cmd_say("%s", preferences->fault.text);
    return 0;
}

int look_scripted(struct preferences *preferences, const struct command_line *line,
                  struct error *err)
{
    preferences_init(preferences);
    return theme_read(&preferences->theme, option_text(line, "--theme", "default"), err);
}

int look_show(const struct command_line *line, struct ui_options *with)
{
    char actor[96];
    struct ui_script script;
    struct error err = ERROR_INIT;
    static struct preferences preferences;
    bool scripted = scripted_wanted(line);
    if (scripted_read(&script, line, &err) != 0 ||
        (scripted ? look_scripted : look_read)(&preferences, line, &err) != 0)
        return cmd_fail(&err);
    cmd_actor(actor, sizeof actor);
    if (scripted)
        snprintf(actor, sizeof actor, "%s", SCRIPTED_ACTOR);
    with->actor = actor;
    with->preferences = &preferences;
    signals_block();
    int status = scripted ? ui_script_run(with, &script, &err) : ui_run(with, &err);
    return err.code == ERROR_NONE ? status : cmd_fail(&err);
}

bool look_wants_lines(const struct command_line *line)
{
    if (scripted_wanted(line))
        return false;
    return option_given(line, "--headless") || option_given(line, "--json") ||
           option_given(line, "--plain") || isatty(STDOUT_FILENO) != 1 || isatty(STDIN_FILENO) != 1;
}
