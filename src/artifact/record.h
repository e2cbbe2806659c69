/* record: the journal's records of each type, built from model values, so that the engine handles
 * no JSON. Each appends one durable record. Engine thread. */
#ifndef SOAKTOP_ARTIFACT_RECORD_H
#define SOAKTOP_ARTIFACT_RECORD_H

#include "artifact/journal.h"
#include "model/run.h"
#include "model/runtime.h"

struct recorder {
    struct journal *journal;
    const struct param_table *table;
    const struct clock *clock;
};

/* start: manifest of RUN, the parameters in force (whole object and hash), what migration, profile,
 * preset and --set did (NOTES: one sentence each). */
int record_start(struct recorder *to, const struct run *run, const struct runtime *runtime,
                 char *const *notes, size_t note_count, struct error *err);
/* proposal: summary, targets and guards; durable before a hold. */
int record_proposal(struct recorder *to, const struct proposal *proposal,
                    const struct summary *summary, struct error *err);
/* decision: OP ("approve", "reject", "edit", "reset", "apply") of ACTOR on line NAME ("" for all).
 */
int record_decision(struct recorder *to, int iteration, const char *actor, const char *op,
                    const char *name, struct value from, struct value target, const char *note,
                    struct error *err);
/* apply_intent and rollback_intent: objects and hashes before and after. */
int record_intent(struct recorder *to, enum change_kind kind, int iteration, const char *actor,
                  const struct runtime *before, const struct runtime *after, const char *note,
                  struct error *err);
/* apply_outcome and rollback_outcome; FAULT NULL: it succeeded. */
int record_outcome(struct recorder *to, enum change_kind kind, int iteration,
                   const char *state_hash, const char *fault, struct error *err);
/* iteration: the whole ITER_SUMMARY. */
int record_iteration(struct recorder *to, const struct iteration *iteration, struct error *err);
int record_external_change(struct recorder *to, int iteration, const char *expected_hash,
                           const struct runtime *found, struct error *err);
/* gate: NAME ("mock", "strict"), its verdict, exit status and reasons. */
int record_gate(struct recorder *to, int iteration, const char *name, enum verdict verdict,
                int exit_status, const char *const *reasons, size_t count, struct error *err);
/* note, pause, resume, stop: TYPE with ACTOR ("" if none) and one sentence. */
int record_note(struct recorder *to, const char *type, int iteration, const char *actor,
                const char *text, struct error *err);

#endif
