/* script: the language of --script: one command a line, "#" begins a comment line. A script is read
 * whole before anything runs, so that a fault in it is found at once. Pure. */
#ifndef SOAKTOP_UI_SCRIPT_H
#define SOAKTOP_UI_SCRIPT_H

#include <stddef.h>
#include "model/error.h"
#include "ui/mouse.h"

enum script_verb {
    SCRIPT_KEY,       /* key: the key pressed; "key A F5 Esc" makes a step a key */
    SCRIPT_MOUSE,     /* mouse: pressed or turned there */
    SCRIPT_TYPE,      /* text: typed as characters */
    SCRIPT_PASTE,     /* text: pasted */
    SCRIPT_SIZE,      /* width, height: the screen has that size from now on */
    SCRIPT_CHARSET,   /* number: enum charset: what the terminal can show */
    SCRIPT_PASS,      /* number: seconds of virtual time */
    SCRIPT_ITERATION, /* number: until that iteration is recorded */
    SCRIPT_STATE,     /* number: until the run is in that enum run_state */
    SCRIPT_TEXT,      /* text: until the screen matches that extended regular expression */
    SCRIPT_REST,      /* until nothing more happens by itself */
    SCRIPT_SAVE,      /* text: file that gets the screen; "-": standard output */
    SCRIPT_EXPECT,    /* text: stands on the screen */
    SCRIPT_EXPECT_NOT /* text: does not */
};

struct script_step {
    enum script_verb verb;
    int line; /* of the file, from 1 */
    unsigned key;
    int width, height;
    struct mouse_event mouse;
    double number;
    char *text; /* owned; NULL: none */
};

struct script {
    const char *file; /* for messages; borrowed */
    size_t count, capacity;
    struct script_step *step;
};

/* Reads LENGTH bytes of TEXT; FILE names them. ERROR_USAGE: "FILE:LINE: ..."; what was read is
 * freed. */
int script_parse(struct script *script, const char *file, const char *text, size_t length,
                 struct error *err);
void script_fini(struct script *script);

/* "80x24" as the size of a screen: 1 to 500 columns, 1 to 200 rows. -1 with ERR. */
int script_size(const char *text, int *width, int *height, struct error *err);

#endif
