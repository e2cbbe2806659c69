/* command: what a front end asks of the engine; a bounded queue in. */
#ifndef SOAKTOP_ENGINE_COMMAND_H
#define SOAKTOP_ENGINE_COMMAND_H

#include <stdbool.h>
#include "model/line.h"
#include "model/tripwire.h"

enum command_kind {
    COMMAND_PAUSE,
    COMMAND_RESUME,
    COMMAND_NEXT,       /* the next iteration now */
    COMMAND_STOP_AFTER, /* after this iteration */
    COMMAND_STOP_NOW,   /* end the source's command, record nothing half done, leave */
    COMMAND_INTERVAL,   /* number: seconds */
    COMMAND_DECIDE,     /* op, name ("" for all that no guard holds), number for edit, note */
    COMMAND_APPLY,      /* write the staged lines, record the others as declined, end the hold;
                           base_hash must still be the proposal's */
    COMMAND_ROLLBACK,   /* what, iteration or name */
    COMMAND_GATE,       /* strict */
    COMMAND_GATE_STOP,
    COMMAND_GATE_VOID,    /* iteration: the number of the report, the newest; note: why */
    COMMAND_WIRE_DISMISS, /* iteration: of the apply whose tripwire fired; note */
    COMMAND_MODE,         /* mode: observe, auto or manual */
    COMMAND_UNATTENDED,   /* the front end has left: end when the run is over */
    COMMAND_PASS          /* virtual time: it is NUMBER milliseconds since the start. Answered by
                             MESSAGE_REST  alone */
};

enum rollback_what {
    ROLLBACK_LAST,
    ROLLBACK_TO_ITERATION,
    ROLLBACK_PARAM,
    ROLLBACK_APPLY, /* iteration: that one's apply alone; what came later stays, but for the
                       parameters that ALSO names */
    ROLLBACK_REDO   /* what the newest change, a rollback, took back */
};

enum { ROLLBACK_LIGHT = 2, ROLLBACK_ALSO_MAX = 512 }; /* LIGHT: applies that level 1 undoes */
#define ROLLBACK_WORD "ROLLBACK"

struct command {
    enum command_kind kind;
    unsigned id;     /* the front end's own number; stands in the reply */
    unsigned client; /* of the control socket, that gets the reply; 0: the front end */
    enum decide_op op;
    enum rollback_what what;
    int iteration; /* the proposal's for DECIDE and APPLY; where to for ROLLBACK */
    int mode;      /* enum approve_mode */
    char name[PARAM_NAME_MAX];
    char base_hash[HASH_TEXT_MAX];
    char actor[96]; /* "user@host" */
    char note[DELTA_NOTE_MAX];
    unsigned batch; /* DECIDE: decisions of one key have one number and go back together; 0: alone
                     */
    double number;
    bool strict;
    char tripwire[TRIPWIRE_TEXT_MAX]; /* APPLY: its condition, "none", or "" for the run's own */
    char also[ROLLBACK_ALSO_MAX];     /* ROLLBACK_APPLY: names, separated by commas; "": none */
    bool confirmed;                   /* APPLY, ROLLBACK: the word was typed; NOTE is the reason */
};

struct inbox;
struct inbox *inbox_new(struct error *err);
void inbox_free(struct inbox *inbox);
/* Copies COMMAND in and wakes the engine; -1 if 64 wait already. Any thread. */
int inbox_post(struct inbox *inbox, const struct command *command);
/* True and the oldest command in *COMMAND, or false; never waits. Engine thread. */
bool inbox_next(struct inbox *inbox, struct command *command);
int inbox_fd(const struct inbox *inbox);

#endif
