/* bindings_load: makes the bindings in force: the defaults, over them the installed keys.json, over
 * it the user's. Main thread, at start, before the first frame. */
#ifndef SOAKTOP_UI_BINDINGS_LOAD_H
#define SOAKTOP_UI_BINDINGS_LOAD_H

#include <stddef.h>
#include "model/mem.h"

/* What is wrong with the files: sentences that begin with "FILE:LINE: ", a line each. */
struct key_faults {
    size_t count;
    struct buffer text;
};
void key_faults_fini(struct key_faults *faults);

/* A fault costs the key that it is about and nothing else. Of two actions with one key in one mode
 * the user's binding wins, then the installed file's, in a file the earlier one: the other action
 * loses the key, and that is told. No Ctrl-letter and not Enter is bound to an action that changes
 * something or has a level. */
void bindings_load(struct key_faults *faults);
/* The same with FILE in the place of the user's file. */
void bindings_load_file(const char *file, struct key_faults *faults);

#endif
