/* action: the one table of actions: default keys, level, where each exists, help text. Dispatch,
 * palette, footer, help and the manual's list of keys are made from its rows. UI thread. */
#ifndef SOAKTOP_UI_ACTION_H
#define SOAKTOP_UI_ACTION_H

#include "ui/key.h"
#include "ui/view.h"

enum action_where {
    IN_LIVE = 1 << 0,
    IN_FROZEN = 1 << 1,
    IN_REPLAY = 1 << 2,
    IN_SANDBOX = 1 << 3,                         /* a rehearsal in a replay */
    IN_LINES = IN_LIVE | IN_SANDBOX,             /* where a proposal can wait */
    IN_RECORD = IN_LIVE | IN_FROZEN | IN_REPLAY, /* what is shown is what happened */
    IN_ALL = IN_RECORD | IN_SANDBOX
};

/* ACTIONS_MAX: rows of the table at most. */
enum { ACTIONS_MAX = 160, ACTION_KEYS_MAX = 4, ACTION_NAME_MAX = 32 };

struct action {
    const char *name;              /* "apply": for keys.json and the palette */
    unsigned key[ACTION_KEYS_MAX]; /* default keys; 0 ends. Those in force: bindings.h */
    int level;                     /* 0, 1 or 2 */
    bool writes;                   /* changes something: absent when read-only */
    unsigned where;
    const char *footer; /* short word for the footer; NULL: not there */
    int rank;           /* order in the footer, lower first */
    /* What it does; "{live}" stands for that action's key (bindings_expand). NULL: the row above
     * explains this one too. */
    const char *help;
    unsigned (*run)(struct view *view);
    /* NULL or why it is not available now. */
    const char *(*unavailable)(const struct view *view);
    /* While it says true the keys that this action shares with another are this one's, else the
     * other's. NULL: it shares none. */
    bool (*claims)(const struct view *view);
};

extern const struct action action_table[]; /* ends with a row without a name */

/* The action called NAME, or NULL. */
const struct action *action_find(const char *name);
/* ACTION's help, or that of the row that explains it. */
const char *action_summary(const struct action *action);
/* True if ACTION is for MODE; whether it can be run there just now is another question. */
bool action_exists_in(const struct action *action, enum view_mode mode);
/* Why ACTION cannot be run now, or NULL; to be used as bindings_expanded says. */
const char *action_why_not(const struct action *action, const struct view *view);

#endif
