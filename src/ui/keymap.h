/* keymap: from a key to its action, and dispatch. UI thread. */
#ifndef SOAKTOP_UI_KEYMAP_H
#define SOAKTOP_UI_KEYMAP_H

#include "ui/action.h"

/* The action that KEY is bound to in MODE; failing that one of another mode, which can tell why it
 * is not available; NULL: the key is bound to nothing. */
const struct action *keymap_find(enum view_mode mode, unsigned key);
/* The action of KEY just now: one that claims it, else as above. */
const struct action *keymap_at(const struct view *view, unsigned key);
/* Runs ACTION, or says in the status line why it cannot be run now. */
unsigned keymap_run(struct view *view, const struct action *action);
/* Runs the action of KEY, or says in the status line why it cannot, or that there is none. While a
 * dialog is open it gets the keys, but for those that only touch the terminal. */
unsigned keymap_dispatch(struct view *view, unsigned key);

#endif
