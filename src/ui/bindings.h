/* bindings: which keys each action has: the defaults of the table of actions, or what keys.json
 * makes of them. Set at start, before the first frame, and only read afterwards, by the UI thread
 * (by the main thread in commands without a dashboard). Dispatch asks them; every text that names
 * an action's key is made from them, so that a key bound anew is shown right everywhere. */
#ifndef SOAKTOP_UI_BINDINGS_H
#define SOAKTOP_UI_BINDINGS_H

#include "ui/action.h"

struct binding {
    unsigned key;     /* 0: none */
    const char *file; /* that says so; NULL: the default of the table of actions */
    int line;
};

/* All actions have their default keys. */
void bindings_reset(void);
/* ACTION has no key but those bindings_add gives it. */
void bindings_clear(const struct action *action);
/* One more key for ACTION; false if it has ACTION_KEYS_MAX. FILE must live on. */
bool bindings_add(const struct action *action, struct binding binding);
/* ACTION loses KEY. */
void bindings_remove(const struct action *action, unsigned key);

/* ACTION's keys: ACTION_KEYS_MAX of them, those that are none (key 0) last. */
const struct binding *bindings_of(const struct action *action);
bool bindings_has(const struct action *action, unsigned key);

/* ACTION's keys as help shows them, with those of the rows that it explains: "A F8", "[ ]",
 * "arrows h j k l"; of a row that another explains, its own; ":NAME", as the palette takes it, if
 * it has none. Until bindings change. */
const char *bindings_text(const struct action *action);
/* ACTION's own keys, without those of other rows: "PgUp ^B"; "" if it has none. */
enum { BINDINGS_OWN_MAX = 48 };
void bindings_own_text(const struct action *action, char text[BINDINGS_OWN_MAX]);
/* The key that the footer names: "A" of "A F8", but both of "[ ]"; "" if it has none. */
enum { BINDINGS_LABEL_MAX = 16 };
void bindings_label(const struct action *action, char label[BINDINGS_LABEL_MAX]);
/* The first key of the action called NAME, or ":NAME", as the palette takes it, if it has none. */
const char *bindings_key(const char *name);

/* Puts keys for names: "{live} goes back to live" becomes "0 goes back to live". What is no name of
 * an action in braces stays. For texts of the program's own. */
void bindings_expand(char *text, size_t size);
/* The same of a text that cannot be written to: it, or one of a few buffers in turn, so that it
 * must be used before a handful of others are made. */
const char *bindings_expanded(const char *text);

#endif
