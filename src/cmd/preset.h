/* preset: what the commands profiles and presets share: list, and show NAME. */
#ifndef SOAKTOP_CMD_PRESET_H
#define SOAKTOP_CMD_PRESET_H

#include "artifact/config.h"
#include "cmd/cmd.h"

/* The options of both words: --json. */
extern const struct option_row preset_options[];

int preset_cmd_list(const struct command_line *line, enum preset_kind kind);
int preset_cmd_show(const struct command_line *line, enum preset_kind kind);

#endif
