/* rollback: puts earlier parameters back (ENGINE section 7): the newest apply that is still in
 * force, again and again; the state of any iteration; or one parameter alone. A rollback is a new
 * write through the pipeline; history is never erased. */
#ifndef SOAKTOP_ENGINE_ROLLBACK_H
#define SOAKTOP_ENGINE_ROLLBACK_H

#include "artifact/config.h"
#include "engine/apply.h"
#include "engine/command.h"

struct rollback_request {
    enum rollback_what what;
    int iteration;    /* TO_ITERATION: whose parameters; APPLY: whose apply */
    const char *name; /* PARAM: which */
    const char *also; /* APPLY: changed later and to go back too; NULL, "": none */
};

/* The parameters that REQUEST asks for, by RUN's history and the pipeline's states, and the kind of
 * change that it is. NULL with ERR (ERROR_REFUSED): nothing to roll back, no such iteration, in
 * force already. */
struct runtime *rollback_target(const struct run *run, const struct pipeline *pipeline,
                                const struct rollback_request *request, enum change_kind *kind,
                                struct error *err);

/* True if ALSO (NULL: none) names NAME. */
bool rollback_names(const char *also, const char *name);
/* Applies that writing TARGET as KIND would undo or put in force again. */
int rollback_weigh(const struct run *run, const struct pipeline *pipeline,
                   const struct runtime *target, enum change_kind kind);

/* Adds CHANGE to RUN and calls TOLD for each recorded iteration whose apply it undid or put in
 * force again. */
typedef int rollback_told(void *context, const struct iteration *iteration, struct error *err);
int rollback_mark(struct run *run, const struct change *change, size_t param_count,
                  rollback_told *told, void *context, struct error *err);

struct rollback_result {
    char hash[HASH_TEXT_MAX]; /* in force now */
    char *text;               /* what changed: "min_interval_ms 65 -> 60"; owned: free it */
    enum change_kind kind;
    int undone; /* iterations whose apply was undone or put in force again */
};

/* Who rolls back and why, and a last question before anything is written. */
struct rollback_approval {
    const char *actor; /* "user@host" */
    const char *note;  /* for the journal; NULL: none */
    /* Called under the lock with what would be written and how many iterations' applies that would
     * undo or put in force again; -1 with ERR: nothing is written. NULL: not asked. */
    int (*ask)(void *context, const struct change *change, int undone, struct error *err);
    void *context;
};

/* The same on the artifact root ARTIFACTS where no engine runs, for soak/latest: takes the lock
 * (ERROR_LOCKED if a writer holds it), reads the journal, asks, writes through the pipeline,
 * appends to the journal and rewrites TUNING_REPORT. Main thread. */
int rollback_offline(struct rollback_result *result, const char *artifacts,
                     const struct config *config, const struct rollback_request *request,
                     const struct rollback_approval *approval, struct error *err);

#endif
