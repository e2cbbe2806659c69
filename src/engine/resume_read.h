/* resume_read: where the journal of a run that a process left ends. Main thread. */
#ifndef SOAKTOP_ENGINE_RESUME_READ_H
#define SOAKTOP_ENGINE_RESUME_READ_H

#include "artifact/journal_entry.h"
#include "artifact/overrides.h"
#include "engine/engine_impl.h"

/* An apply or a rollback that has no outcome. */
struct resume_intent {
    enum change_kind kind;
    int iteration;
    char actor[96], note[DELTA_NOTE_MAX];
    char hash[HASH_TEXT_MAX];
    char *text; /* the parameters that were to be written; owned */
};

struct resume_read {
    struct engine *engine;
    bool started;       /* there is a start record */
    bool only_start;    /* and nothing after it */
    bool has_disk_hash; /* it says what the file held before: disk_hash */
    char disk_hash[HASH_TEXT_MAX];
    bool ended;      /* the last thing is the run's end, */
    int64_t end_ms;  /* of then */
    long torn;       /* bytes of a torn last line */
    int64_t last_ms; /* of the last record */
    bool has_intent;
    struct resume_intent intent;
    size_t changes_told;
};

/* Fills READ and ENGINE (run, pipeline, decision, standing, audit, paused, turn_ms) from the
 * journal of its directory, and posts what it tells as earlier messages. resume_read_fini also
 * after a failure. */
int resume_read_journal(struct resume_read *read, struct engine *engine, struct error *err);
void resume_read_fini(struct resume_read *read);

#endif
