/* palette_commands: see palette_commands.h. UI thread. */
#include "config.h"

#include "ui/palette_commands.h"

#include <stdlib.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/dialog.h"

unsigned palette_go(struct view *view, const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);
    int count = view_count(view);
    if (count == 0) {
        view_say(view, true, "it %s: no iteration is recorded yet", text);
        return REACT_REDRAW;
    }
    if (end == text || *end != '\0' || number < 1 || number > count) {
        view_say(view, true, "it wants the number of an iteration, 1 to %d, not \"%s\"", count,
                 text);
        return REACT_REDRAW;
    }
    return view_show(view, (int)number) | REACT_REDRAW;
}

static int check_theme(const struct view *view, const char *argument, struct error *err)
{
    return preferences_check(view, SETTING_THEME, argument, err);
}

static unsigned set_theme(struct view *view, const char *argument)
{
    return preferences_set(view, SETTING_THEME, argument);
}

static unsigned save_config(struct view *view, const char *argument)
{
    (void)argument;
    return dialog_save_config_open(view);
}

const struct palette_command palette_command_table[] = {
    {.name = "it",
     .argument = "N",
     .help = "go to iteration N, as :N does; a live view freezes",
     .run = palette_go,
     .unavailable = why_no_iteration},
    {.name = "theme",
     .argument = "NAME",
     .help = "colours: a theme by its name, or the path of a theme file",
     .check = check_theme,
     .run = set_theme},
    {.name = "set",
     .argument = "NAME VALUE",
     .help = "change a setting now; {options} lists all",
     .check = preferences_check_line,
     .run = preferences_set_line},
    {.name = "save-config",
     .help = "write config.json: the settings that differ from their defaults",
     .run = save_config},
    {.name = NULL},
};

const struct palette_command *palette_command_find(const char *name)
{
    for (const struct palette_command *row = palette_command_table; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
