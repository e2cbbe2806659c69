/* integrity: is a run what its journal says? The journal's chain and the form of every line, that
 * one record follows from the other, and that every derived file, run.json and (of the current run)
 * runtime_overrides.json follow from the records. Reads only; any thread. */
#ifndef SOAKTOP_ARTIFACT_INTEGRITY_H
#define SOAKTOP_ARTIFACT_INTEGRITY_H

#include "artifact/canon.h"
#include "artifact/root.h"
#include "model/run.h"

enum { INTEGRITY_NOTES_MAX = 8, INTEGRITY_TEXT_MAX = 400 };

/* The first thing that is not as the journal says. */
struct integrity_fault {
    long record;                   /* that does not follow, or that FILE does not follow from; 0 */
    char file[64];                 /* "journal.jsonl", "artifacts/KPI_GATE.json"; "" if no fault */
    char place[200];               /* JSON path, or line and byte; "" if the whole is meant */
    char text[INTEGRITY_TEXT_MAX]; /* one sentence, raw */
};

struct integrity {
    char directory[256], run_id[64]; /* for display */
    enum run_state state;            /* by run.json */
    bool sealed;                     /* run.json names the journal's head */
    bool in_progress;                /* its writer holds the lock */
    bool current;                    /* it is soak/latest */
    /* what was checked */
    long records, intents, hashes;
    int iterations;
    size_t files;
    size_t note_count; /* what is odd but no fault */
    char note[INTEGRITY_NOTES_MAX][INTEGRITY_TEXT_MAX];
    struct integrity_fault fault;
};

bool integrity_ok(const struct integrity *integrity);

/* Checks the run of DIR; 0 whether it is in order or not. -1 with ERR: it cannot be read, or has no
 * journal to go by. */
int integrity_check(struct integrity *integrity, const struct rundir *dir,
                    const struct param_table *table, struct error *err);

/* {schema, directory, run_id, ok, ...} (free it); NULL with ERR. */
char *integrity_to_json(const struct integrity *integrity, enum canon_form form, struct error *err);

#endif
