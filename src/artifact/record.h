/* record: the journal's records of each type, built from model values, so that the engine handles
 * no JSON. Each appends one durable record. Engine thread. */
#ifndef SOAKTOP_ARTIFACT_RECORD_H
#define SOAKTOP_ARTIFACT_RECORD_H

#include "artifact/audit_file.h"
#include "artifact/journal.h"
#include "model/run.h"
#include "model/runtime.h"

struct recorder {
    struct journal *journal;
    const struct param_table *table;
    const struct clock *clock;
    int64_t utc_ms;                 /* of the last record, as the journal has it */
    const struct audit_file *audit; /* how far audit.jsonl was read; NULL: nobody reads it */
};

/* The keys of each record's data are named here in braces; every record also has seq, utc, type,
 * iteration and prev (journal.h). A missing value is null, a parameter with a whole step an
 * integer.
 */

/* start {run {run_id, source, source_detail, approve, iterations, interval_s, started},
 * runtime_overrides, state_hash, disk_hash, notes[]}: manifest of RUN, the parameters in force
 * (whole object and hash), the hash of the file as it is before that is written (DISK_HASH, "":
 * none), what migration, profile, preset and --set did (NOTES: one sentence each). */
int record_start(struct recorder *to, const struct run *run, const struct runtime *runtime,
                 const char *disk_hash, char *const *notes, size_t note_count, struct error *err);
/* proposal {summary, lines [{name, rule, now, increment, target, after, state, guard, clears_at,
 * note, why}], rationale, base_hash, fallback_fired, hold, audit_read {inode, offset}}: durable
 * before a hold (HOLD), and before an apply without one; AUDIT_READ only if there is an
 * audit.jsonl. */
int record_proposal(struct recorder *to, const struct proposal *proposal,
                    const struct summary *summary, bool hold, struct error *err);
/* decision {actor, op, name, from, target, note, line, undo_of, batch, tripwire}: OP ("approve",
 * "reject", "edit", "reset", "undo", "redo", "apply") of ACTOR made LINE of the line FROM (NULL: it
 * is about all lines, NAME is "" and the line null); FROM and TARGET are what would have been and
 * would now be written. UNDO_OF: seq of the decision that an undo takes back, or of the undo that a
 * redo does; else null. BATCH: decisions of one key have one number; null: alone. */
struct decision_record {
    int iteration;
    const char *actor, *op, *note;
    const struct delta *from, *line;
    long undo_of;         /* 0: none */
    unsigned batch;       /* 0: alone */
    const char *tripwire; /* that comes with an apply; NULL or "": the run's own */
};
int record_decision(struct recorder *to, const struct decision_record *decision, struct error *err);
/* apply_intent and (for CHANGE_ROLLBACK and CHANGE_RESTORE) rollback_intent {kind, actor, before,
 * hash_before, after, hash_after, note}: objects and hashes before and after. */
int record_intent(struct recorder *to, enum change_kind kind, int iteration, const char *actor,
                  const struct runtime *before, const struct runtime *after, const char *note,
                  struct error *err);
/* apply_outcome and rollback_outcome {kind, state_hash, ok, error}; FAULT NULL: it succeeded, and
 * error is null. */
int record_outcome(struct recorder *to, enum change_kind kind, int iteration,
                   const char *state_hash, const char *fault, struct error *err);
/* iteration: the whole ITER_SUMMARY, its keys beside the record's own: iteration_from_json reads
 * the record as it stands. And audit_read, as in a proposal. */
int record_iteration(struct recorder *to, const struct iteration *iteration, struct error *err);
/* external_change {expected_hash, state_hash, runtime_overrides}: FOUND is now in force. */
int record_external_change(struct recorder *to, int iteration, const char *expected_hash,
                           const struct runtime *found, struct error *err);
/* gate {name, verdict, exit_status, reasons[]}: NAME ("mock", "strict"). */
int record_gate(struct recorder *to, int iteration, const char *name, enum verdict verdict,
                int exit_status, const char *const *reasons, size_t count, struct error *err);
/* gate_void {report, actor, reason}: the newest gate, number REPORT of the run, is void. */
int record_gate_void(struct recorder *to, int iteration, int report, const char *actor,
                     const char *reason, struct error *err);
/* note, pause, resume, stop {actor, text}: TYPE with ACTOR ("" if none) and one sentence. */
int record_note(struct recorder *to, const char *type, int iteration, const char *actor,
                const char *text, struct error *err);
/* resume {actor, text, run_resumed true, torn_bytes, changed [{name, from, to}]}: the run goes on
 * in a new process. TORN: bytes of a torn last line that were cut off; CHANGES: which of the run's
 * terms were given anew. */
struct term_change {
    char name[24], from[64], to[64];
};
int record_resumed(struct recorder *to, int iteration, const char *actor, const char *text,
                   long torn, const struct term_change *changes, size_t count, struct error *err);

#endif
