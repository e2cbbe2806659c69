/* keyname: the names of keys, as keys.json, help, footer and messages write them: "a", "A",
 * "Space", "^L" (also "C-l"), "F5", "Shift-Tab" (also "S-Tab"), "PgUp", "Esc". Pure. */
#ifndef SOAKTOP_UI_KEYNAME_H
#define SOAKTOP_UI_KEYNAME_H

#include <stdbool.h>
#include <stddef.h>

enum { KEYNAME_MAX = 16 };

/* The code of the key called NAME; 0: no key is called so. A single character means itself, other
 * names are read whatever their case. ^I, ^J, ^M, ^H and ^[ are what a terminal makes of them. */
unsigned keyname_parse(const char *name);
/* The name of KEY in TEXT; false (and "") if it is no key that could be bound: a paste, a resize.
 */
bool keyname_format(unsigned key, char text[KEYNAME_MAX]);
/* True if KEY is Ctrl and a letter, or a key that a terminal cannot tell from one: Tab, Enter, Esc,
 * Backspace. Such a key changes nothing. */
bool keyname_is_ctrl(unsigned key);
/* Every name but those of characters, Ctrl-letters and F-keys, for "did you mean"; NULL ends. */
const char *keyname_at(size_t index);

#endif
