/* journal_entry: the journal's records as values, with all that a run which goes on needs of each;
 * journal_fold is for what is shown of them. Any thread. */
#ifndef SOAKTOP_ARTIFACT_JOURNAL_ENTRY_H
#define SOAKTOP_ARTIFACT_JOURNAL_ENTRY_H

#include "artifact/audit_file.h"
#include "artifact/journal_fold.h"
#include "artifact/root.h"

enum entry_kind {
    ENTRY_OTHER, /* gate, note, a stop that was asked for: nothing goes on by it */
    ENTRY_START,
    ENTRY_PROPOSAL,
    ENTRY_DECISION,
    ENTRY_INTENT,  /* of an apply or a rollback */
    ENTRY_OUTCOME, /* likewise */
    ENTRY_ITERATION,
    ENTRY_EXTERNAL,
    ENTRY_PAUSE,
    ENTRY_UNPAUSE,
    ENTRY_RESUMED, /* by a new process */
    ENTRY_STOP     /* the run's end */
};

struct journal_entry {
    enum entry_kind kind;
    long seq;
    int iteration;
    int64_t utc_ms;
    char actor[96], op[24], note[DELTA_NOTE_MAX];
    /* START, EXTERNAL: text and hash in force from then on; INTENT: the two of before, too;
     * OUTCOME: hash alone. Compact canonical text; owned */
    char *before, *text;
    char hash_before[HASH_TEXT_MAX], hash[HASH_TEXT_MAX];
    bool has_disk_hash; /* START says what the file held before: disk_hash, "" for no file */
    char disk_hash[HASH_TEXT_MAX];
    enum change_kind change;    /* INTENT */
    bool ok;                    /* OUTCOME */
    char fault[ERROR_TEXT_MAX]; /* OUTCOME that is not ok */
    struct proposal *proposal;  /* PROPOSAL; owned */
    bool hold;                  /* it waited for a decision */
    bool has_line;              /* DECISION on one line, which it made LINE */
    struct delta line;
    long undo_of;   /* DECISION that takes another back, or takes that back: its seq; else 0 */
    unsigned batch; /* DECISION: of one key; 0: alone */
    char tripwire[TRIPWIRE_TEXT_MAX]; /* DECISION to apply; "": the run's own */
    struct iteration *recorded;       /* ITERATION; owned */
    bool has_audit;                   /* PROPOSAL, ITERATION: how far audit.jsonl was read */
    struct audit_file audit;
};

/* VISIT gets ENTRY and may steal what it points to (leaving NULL); -1 with ERR ends the walk. */
typedef int journal_entry_visit(void *context, struct journal_entry *entry, struct error *err);

/* Calls VISIT for every record of DIR's journal in order, and then folds the record with FOLD.
 * Errors as journal_each; also ERROR_INTEGRITY for a record that lacks what it has to have. */
int journal_entry_each(const struct rundir *dir, const struct param_table *table,
                       struct journal_fold *fold, journal_entry_visit *visit, void *context,
                       long *torn, struct error *err);

#endif
