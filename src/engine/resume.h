/* resume: what a run that a process left goes on with: its own terms, as run.json says, and those
 * that are given anew. Main thread. */
#ifndef SOAKTOP_ENGINE_RESUME_H
#define SOAKTOP_ENGINE_RESUME_H

#include "artifact/record.h"
#include "artifact/run_terms.h"
#include "engine/engine.h"

/* Which fields of engine_options were given anew. */
enum resume_given {
    RESUME_SOURCE = 1 << 0, /* with its command or path: it must be the run's own */
    RESUME_ITERATIONS = 1 << 1,
    RESUME_INTERVAL = 1 << 2,
    RESUME_MODE = 1 << 3,
    RESUME_APPROVE_TIMEOUT = 1 << 4,
    RESUME_ON_TIMEOUT = 1 << 5,
    RESUME_EXEC_TIMEOUT = 1 << 6,
    RESUME_REPORT_TIMEOUT = 1 << 7,
    RESUME_TRIPWIRE = 1 << 8,
    RESUME_TRIPWIRE_ROLLBACK = 1 << 9
};

enum { RESUME_CHANGES_MAX = 12 };

struct resume {
    struct run_terms terms;
    size_t change_count;
    struct term_change change[RESUME_CHANGES_MAX]; /* what is given anew and differs */
};

/* Reads what the newest run of the artifact root ARTIFACTS is. ERROR_REFUSED: there is none, or it
 * has no run.json. resume_fini also after a failure. */
int resume_read(struct resume *resume, const char *artifacts, struct error *err);
void resume_fini(struct resume *resume);
/* Completes OPTIONS, of which GIVEN (enum resume_given) are set, with the run's terms, and makes it
 * a resume. OPTIONS borrows from RESUME. ERROR_USAGE: another source than the run's. */
int resume_merge(struct engine_options *options, struct resume *resume, unsigned given,
                 struct error *err);

/* The term NAME ("interval", of the option --interval) is TO from now on; the same as FROM:
 * nothing.
 */
void resume_note_change(struct resume *resume, const char *name, const char *from, const char *to);

#endif
