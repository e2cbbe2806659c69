/* line: what an operator decides on one line of a proposal that waits, and what the guards say to
 * the lines that he stages. The engine and a rehearsal go by the same rules. Pure; any thread. */
#ifndef SOAKTOP_MODEL_LINE_H
#define SOAKTOP_MODEL_LINE_H

#include "model/guard.h"

/* UNDO and REDO are for the newest decision, whatever its line. */
enum decide_op {
    DECIDE_APPROVE,
    DECIDE_REJECT,
    DECIDE_EDIT,
    DECIDE_HOLD,     /* number: until that iteration; 0: until no guard holds it */
    DECIDE_OVERRIDE, /* stage a line that a guard holds: its apply wants the higher confirmation */
    DECIDE_RESET,    /* the line as it was proposed */
    DECIDE_UNDO,
    DECIDE_REDO
};

/* What a decision on a line is made in. */
struct line_context {
    struct guard_context guards;
    const struct proposal *offered; /* as the guards left it: what a reset puts back */
    int planned;                    /* iterations of the run; 0: until stopped */
};

struct line_decision {
    enum decide_op op; /* UNDO and REDO are refused */
    double number;     /* EDIT: the value; HOLD: the iteration */
    const char *note;  /* the reason; "": none */
};

/* Carries DECISION out on DELTA, a line of PROPOSAL, which it alone changes. -1 with ERR, and DELTA
 * is then undefined: decide on a copy of the proposal. */
int line_decide(struct proposal *proposal, struct delta *delta,
                const struct line_decision *decision, const struct line_context *context,
                struct error *err);

/* Runs the guards over the staged lines of PROPOSAL, as if they alone had been proposed. -1 with
 * ERR names the first that is blocked. */
int line_check_staged(const struct proposal *proposal, const struct line_context *context,
                      struct error *err);

/* True if the line would be written: APPROVED or EDITED. */
bool line_staged(const struct delta *delta);
/* "approve", as the journal has it; "edited", "overrode the guard of" before a line's name. */
const char *line_op_name(enum decide_op op);
const char *line_op_past(enum decide_op op);

#endif
