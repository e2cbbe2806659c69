/* keys: the dashboard's keys, from the one table of actions that also makes its help and footer. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "ui/bindings.h"

/* A row without help is explained by the row above it. */
static bool is_shown(const struct action *action)
{
    return action->help;
}

static int run(const struct command_line *line)
{
    (void)line;
    int width = 4;
    for (const struct action *action = action_table; action->name; action++)
        if (is_shown(action) && (int)strlen(bindings_text(action)) > width)
            width = (int)strlen(bindings_text(action));
    printf("%-*s  level  what it does\n", width, "keys");
    for (const struct action *action = action_table; action->name; action++)
        if (is_shown(action))
            printf("%-*s  %5d  %s\n", width, bindings_text(action), action->level,
                   bindings_expanded(action->help));
    return EXIT_DONE;
}

const struct command_row command_keys = {
    .name = "keys",
    .usage = "",
    .summary = "list the dashboard's keys",
    .text = "Lists the keys of the dashboard. Level 0 asks nothing, level 1 opens a dialog that "
            "Shift-Y confirms.",
    .run = run,
};
