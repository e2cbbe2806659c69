/* mortal: an engine in a process of its own that may die, an operator who decides the same whatever
 * he has to do again, and what must be the same in the end. */
#ifndef SOAKTOP_TESTS_ENGINE_MORTAL_H
#define SOAKTOP_TESTS_ENGINE_MORTAL_H

#include "crash.h"
#include "engine/engine.h"

enum { MORTAL_ANSWERS = 64, MORTAL_LINES = 16 };

/* What the operator was told was done: outlives the process. */
struct mortal_memory {
    long steps;       /* of the last process that ended by itself */
    size_t size;      /* crash_size of it */
    int rollbacks;    /* that were answered */
    int applied_last; /* newest iteration whose apply was answered */
    struct {
        int iteration;
        char name[PARAM_NAME_MAX];
        enum delta_state state;
    } answer[MORTAL_ANSWERS];
    size_t answers;
    char fault[600]; /* of a process that failed */
};

struct mortal {
    const char *root; /* name of the artifact root, below the scratch directory */
    enum approve_mode mode;
    int iterations;
    struct mortal_memory *memory; /* shared */
};

void mortal_init(struct mortal *mortal, const char *root, enum approve_mode mode, int iterations);
void mortal_fini(struct mortal *mortal);

enum mortal_end {
    MORTAL_DONE,   /* the run is complete */
    MORTAL_KILLED, /* by SIGKILL */
    MORTAL_FAILED, /* the engine ended with an error, which memory->fault says */
    MORTAL_BROKEN  /* something is wrong: memory->fault says what */
};
/* A process that starts a run. */
enum mortal_end mortal_run(struct mortal *mortal, enum crash_kind kind, long at, size_t bytes);
/* A process that resumes it, or starts it if there is nothing to resume yet. */
enum mortal_end mortal_resume(struct mortal *mortal, enum crash_kind kind, long at);

/* Fails the test unless ROOT's artifacts are WANTED's: every file by its bytes, the journal but for
 * its resume records, seq and prev; its chain must be whole; no temporary file may be left. WHERE
 * tells what was done. */
void mortal_same(const char *wanted, const char *root, const char *where);
/* Removes ROOT. */
void mortal_clear(const char *root);

#endif
