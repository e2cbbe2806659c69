/* look: the way into the dashboard for a command that opens one: the settings of the user's files
 * and --theme, and a script instead of the terminal. Main thread. */
#ifndef SOAKTOP_CMD_LOOK_H
#define SOAKTOP_CMD_LOOK_H

#include "cmd/cmd.h"
#include "ui/preferences.h"
#include "ui/ui.h"

/* Fills PREFERENCES for a command with the option --theme; what is wrong with a file of the user's
 * is said on standard error, and the defaults stand in. -1 with ERR: --theme names no theme. */
int look_read(struct preferences *preferences, const struct command_line *line, struct error *err);
/* The same for a script: nothing of the user's is read and nothing remembered, so that the screens
 * are the same everywhere. */
int look_scripted(struct preferences *preferences, const struct command_line *line,
                  struct error *err);
/* Shows what WITH says, whose actor and preferences are filled here, on the terminal; in the
 * script's time if LINE asks for that (scripted.h). Returns the exit status, its fault told. */
int look_show(const struct command_line *line, struct ui_options *with);
/* True if LINE asks for lines, or there is no terminal to show the dashboard on; never with a
 * script. */
bool look_wants_lines(const struct command_line *line);

#endif
