/* look: the settings of the dashboard for a command that opens one: the user's files and --theme.
 */
#ifndef SOAKTOP_CMD_LOOK_H
#define SOAKTOP_CMD_LOOK_H

#include "cmd/cmd.h"
#include "ui/preferences.h"

/* Fills PREFERENCES for a command with the option --theme; what is wrong with a file of the user's
 * is said on standard error, and the defaults stand in. -1 with ERR: --theme names no theme. */
int look_read(struct preferences *preferences, const struct command_line *line, struct error *err);
/* The same for a script: nothing of the user's is read and nothing remembered, so that the screens
 * are the same everywhere. */
int look_scripted(struct preferences *preferences, const struct command_line *line,
                  struct error *err);

#endif
