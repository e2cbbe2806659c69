/* record_wire: the journal's records of tripwires, and what they mean for a run. Writing: engine
 * thread; folding: any thread, one run at a time. */
#ifndef SOAKTOP_ARTIFACT_RECORD_WIRE_H
#define SOAKTOP_ARTIFACT_RECORD_WIRE_H

#include "artifact/record.h"
#include "model/node.h"
#include "model/wires.h"

/* What a record of type tripwire is about. */
enum wire_op {
    WIRE_SET,     /* attached to the apply of iteration WIRE->applied_at, which is to be written */
    WIRE_FIRE,    /* met with iteration WIRE->fired_at */
    WIRE_FAIL,    /* the rollback of its own could not be made: NOTE says why */
    WIRE_DISMISS, /* by WIRE->ended_by, with NOTE: the apply stays */
    WIRE_END,     /* WIRE->ended says why */
    WIRE_OPS
};

/* tripwire {op, actor, apply, condition, fate, rollback, values [{iteration, value}], note}: OP
 * ("set", "fired", "failed", "dismissed", "ended") on the wire of the apply of iteration APPLY, as
 * WIRE has it after that. ACTOR: who attached or dismissed it, else null. ROLLBACK: it is made
 * without anybody's word; null unless fired. VALUES: those of RUN that made it fire; else null. */
int record_wire(struct recorder *to, enum wire_op op, int iteration, const struct run *run,
                const struct wire *wire, struct error *err);

/* Folds such a record of iteration ITERATION into RUN's wires; *TEXT (free it) is what it says,
 * NULL if it cannot be read. */
void record_wire_fold(struct run *run, const struct node *record, int iteration, char **text);

#endif
