/* driver: a view of the fixture with an inbox instead of an engine: presses keys, moves the time,
 * tells what would have been sent and what the screen shows. */
#ifndef SOAKTOP_TESTS_DRIVER_H
#define SOAKTOP_TESTS_DRIVER_H

#include "fixture.h"
#include "ui/keymap.h"

struct driver {
    struct fixture fixture;
    struct inbox *inbox;
    struct view *view; /* of the fixture */
};

/* COUNT iterations of 24; PROPOSED: the fixture's four lines wait. The commands that are sent stay
 * in the inbox. */
enum driver_state { QUIET, PROPOSED };
void driver_init(struct driver *driver, int count, enum driver_state state);
void driver_fini(struct driver *driver);

/* A key, or a text's characters one after another; what the last asked the loop to do. */
unsigned driver_key(struct driver *driver, unsigned key);
unsigned driver_type(struct driver *driver, const char *text);
/* Time goes on. */
void driver_pass(struct driver *driver, int64_t ms);

/* The next command that was sent must be of KIND. */
struct command driver_sent(struct driver *driver, enum command_kind kind);
void driver_sent_nothing(struct driver *driver);

/* The 80x24 screen must (or must not) hold TEXT. */
void driver_shows(struct driver *driver, const char *text);
void driver_hides(struct driver *driver, const char *text);
/* The status line must hold TEXT. */
void driver_says(struct driver *driver, const char *text);
void driver_screen_shows(struct driver *driver, int width, int height, const char *text);

/* Another front end, or the engine, changed line NAME of the proposal. */
void driver_line_changes(struct driver *driver, const char *name, enum delta_state state);
/* The proposal was decided. */
void driver_proposal_gone(struct driver *driver);

#endif
