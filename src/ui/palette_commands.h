/* palette_commands: what the palette takes beside the actions: words with an argument, such as
 * ":it 17". A new one is a row of the table and a function. UI thread. */
#ifndef SOAKTOP_UI_PALETTE_COMMANDS_H
#define SOAKTOP_UI_PALETTE_COMMANDS_H

#include "ui/view.h"

struct palette_command {
    const char *name;     /* "it" */
    const char *argument; /* as the list shows it: "N"; NULL: takes none */
    bool optional;        /* ARGUMENT may be left out */
    const char *help;     /* "{live}" stands for that action's key, as in the table of actions */
    /* ARGUMENT: without blanks around it, "" if there is none. The palette is closed already; what
     * is wrong is said in the status line. */
    unsigned (*run)(struct view *view, const char *argument);
    /* NULL, or -1 with ERR if ARGUMENT cannot be meant: then the palette stays open with its text,
     * and RUN is not called. */
    int (*check)(const struct view *view, const char *argument, struct error *err);
    /* NULL or why it is not available now; NULL: it always is. */
    const char *(*unavailable)(const struct view *view);
};

extern const struct palette_command palette_command_table[]; /* ends with a row without a name */

/* The command called NAME, or NULL. */
const struct palette_command *palette_command_find(const char *name);
/* Shows the iteration that TEXT names, or says which there are. */
unsigned palette_go(struct view *view, const char *text);

#endif
