/* deltas: what the words of the deltas command run. */
#ifndef SOAKTOP_CMD_DELTAS_H
#define SOAKTOP_CMD_DELTAS_H

#include "cmd/options.h"

/* deltas_rollback.c */
extern const struct option_row deltas_rollback_options[];
int deltas_rollback(const struct command_line *line);

/* deltas_decide.c */
extern const struct option_row deltas_decide_options[], deltas_edit_options[],
    deltas_hold_options[], deltas_undo_options[], deltas_apply_options[], deltas_dismiss_options[];
int deltas_dismiss(const struct command_line *line);
int deltas_approve(const struct command_line *line);
int deltas_reject(const struct command_line *line);
int deltas_hold(const struct command_line *line);
int deltas_override(const struct command_line *line);
int deltas_edit(const struct command_line *line);
int deltas_undo(const struct command_line *line);
int deltas_redo(const struct command_line *line);
int deltas_apply(const struct command_line *line);

#endif
