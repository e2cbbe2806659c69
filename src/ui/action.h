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
    IN_ALL = IN_LIVE | IN_FROZEN | IN_REPLAY
};

struct action {
    const char *name; /* "apply": for keys.json and the palette */
    unsigned key[4];  /* default keys; 0 ends */
    const char *keys; /* as help shows them: "A F8" */
    int level;        /* 0, 1 or 2 */
    bool writes;      /* changes something: absent when read-only */
    unsigned where;
    const char *footer; /* short word for the footer; NULL: not there */
    int rank;           /* order in the footer, lower first */
    const char *help;
    unsigned (*run)(struct view *view);
    /* NULL or why it is not available now. */
    const char *(*unavailable)(const struct view *view);
};

extern const struct action action_table[]; /* ends with a row without a name */

/* Why ACTION cannot be run now, or NULL. */
const char *action_why_not(const struct action *action, const struct view *view);

#endif
