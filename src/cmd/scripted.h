/* scripted: --script, --save-screen and --size: the dashboard without a terminal, for the commands
 * that have one. Main thread. */
#ifndef SOAKTOP_CMD_SCRIPTED_H
#define SOAKTOP_CMD_SCRIPTED_H

#include "cmd/cmd.h"
#include "ui/ui_script.h"

#define SCRIPTED_OPTION_ROWS                                                                       \
    {.name = "--script",                                                                           \
     .type = OPTION_TEXT,                                                                          \
     .value = "FILE",                                                                              \
     .help = "drive the dashboard by FILE, without a terminal and in virtual time"},               \
        {.name = "--save-screen",                                                                  \
         .type = OPTION_TEXT,                                                                      \
         .value = "FILE",                                                                          \
         .help = "write the last screen to FILE, with colours if it ends in .ans; -: to standard " \
                 "output"},                                                                        \
    {                                                                                              \
        .name = "--size", .type = OPTION_TEXT, .value = "COLSxROWS",                               \
        .help = "size of that screen", .fallback = "80x24"                                         \
    }

/* Who acts in a script: the same on every machine. */
#define SCRIPTED_ACTOR "script"

/* True if LINE asks for a dashboard without a terminal. */
bool scripted_wanted(const struct command_line *line);
/* Reads the three options and checks the script. -1 with ERR; also if LINE asks for lines too. */
int scripted_read(struct ui_script *script, const struct command_line *line, struct error *err);

#endif
