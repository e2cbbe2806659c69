/* look: see look.h. */
#include "config.h"

#include "cmd/look.h"

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
