/* keymap: the one table of actions: key, level, where it exists, help text. Dispatch, footer, help
 * and the manual's list of keys are made from it. */
#ifndef SOAKTOP_UI_KEYMAP_H
#define SOAKTOP_UI_KEYMAP_H

#include "ui/view.h"

/* A key: a code point, or one of these. */
enum {
    KEYCODE_UP = 0x200000,
    KEYCODE_DOWN,
    KEYCODE_LEFT,
    KEYCODE_RIGHT,
    KEYCODE_PAGE_UP,
    KEYCODE_PAGE_DOWN,
    KEYCODE_HOME,
    KEYCODE_END,
    KEYCODE_TAB,
    KEYCODE_BACKTAB,
    KEYCODE_ENTER,
    KEYCODE_ESCAPE,
    KEYCODE_BACKSPACE,
    KEYCODE_DELETE,
    KEYCODE_F1,
    KEYCODE_F12 = KEYCODE_F1 + 11,
    KEYCODE_RESIZE,
    KEYCODE_PASTE
};

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

const struct action *keymap_find(unsigned key);
/* Runs the action of KEY, or says in the status line why it cannot. While a dialog is open it gets
 * the keys, but for those that only touch the terminal. */
unsigned keymap_dispatch(struct view *view, unsigned key);
/* Why ACTION cannot be run now, or NULL. */
const char *action_why_not(const struct action *action, const struct view *view);

#endif
