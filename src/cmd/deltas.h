/* deltas: the words of the command deltas that have a file of their own. */
#ifndef SOAKTOP_CMD_DELTAS_H
#define SOAKTOP_CMD_DELTAS_H

#include "cmd/options.h"

extern const struct option_row deltas_rollback_options[];
int deltas_rollback(const struct command_line *line);

#endif
