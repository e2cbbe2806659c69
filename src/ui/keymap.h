/* keymap: from a key to its action, and dispatch. UI thread. */
#ifndef SOAKTOP_UI_KEYMAP_H
#define SOAKTOP_UI_KEYMAP_H

#include "ui/action.h"

const struct action *keymap_find(unsigned key);
/* Runs the action of KEY, or says in the status line why it cannot. While a dialog is open it gets
 * the keys, but for those that only touch the terminal. */
unsigned keymap_dispatch(struct view *view, unsigned key);

#endif
