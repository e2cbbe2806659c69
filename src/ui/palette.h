/* palette: the one list of everything that can be done, actions and commands, and what a typed line
 * means. Drawn by dialog_palette.c. UI thread. */
#ifndef SOAKTOP_UI_PALETTE_H
#define SOAKTOP_UI_PALETTE_H

#include "ui/action.h"
#include "ui/palette_commands.h"

enum { PALETTE_TEXT_MAX = 160, PALETTE_ROWS_MAX = ACTIONS_MAX + 64 };

/* One of the two. */
struct palette_row {
    const struct action *action;
    const struct palette_command *command;
    int score;
};

struct palette_list {
    size_t count;
    struct palette_row row[PALETTE_ROWS_MAX];
};

/* What fits TEXT, the best first; "": everything, in the order of the tables. Each word must fit
 * the name, the keys or the help; what follows the beginning of a command's name is its
 * argument, and need not fit. */
void palette_list_fill(struct palette_list *list, const char *text);

const char *palette_name(const struct palette_row *row);
const char *palette_help(const struct palette_row *row);
/* Why it cannot be run now, or NULL. */
const char *palette_why_not(const struct palette_row *row, const struct view *view);

/* What TEXT means: its first word in NAME, the rest, without blanks around it, is returned. */
const char *palette_split(const char *text, char name[ACTION_NAME_MAX]);
/* Which row TEXT names: an action or command called so, else SELECTED (may be NULL). False: none.
 */
bool palette_choose(const char *text, const struct palette_row *selected, struct palette_row *row);
/* " did you mean live?", or "". */
void palette_hint(const char *text, char *hint, size_t size);
/* True if TEXT is the number of an iteration. */
bool palette_is_number(const char *text);

#endif
