/* apply: the parameters in force and the one way in which they change (ENGINE section 7): intent in
 * the journal, file, verification barrier, outcome in the journal. An apply, a rollback and a
 * restore all go through it, in a running soak and without one. One thread owns a pipeline. */
#ifndef SOAKTOP_ENGINE_APPLY_H
#define SOAKTOP_ENGINE_APPLY_H

#include "artifact/record.h"
#include "artifact/root.h"
#include "engine/states.h"

struct pipeline {
    const struct root *root;
    const struct param_table *table;
    struct recorder *recorder;
    struct runtime *runtime;       /* in force; owned */
    char *text;                    /* its compact form; owned */
    char hash[HASH_TEXT_MAX];      /* its state hash */
    char disk_hash[HASH_TEXT_MAX]; /* of the bytes that the file is expected to hold */
    struct error unreadable;       /* why the file cannot be read at present; code NONE: it can */
    struct states states;          /* all that were in force */
};

/* Takes RUNTIME over as what is in force; DISK_HASH: of the file as it was read. */
int pipeline_init_take(struct pipeline *pipeline, const struct root *root,
                       const struct param_table *table, struct recorder *recorder,
                       struct runtime *runtime, const char *disk_hash, struct error *err);
void pipeline_fini(struct pipeline *pipeline);
/* Makes TEXT with its HASH (of the journal) what is in force and what the file is expected to hold;
 * writes nothing. *CHANGE (may be NULL) tells it; free with change_fini. */
int pipeline_take_up(struct pipeline *pipeline, const char *text, const char *hash,
                     struct change *change, struct error *err);
/* Writes what is in force, if the file does not hold exactly that: at a run's start. */
int pipeline_write_first(struct pipeline *pipeline, struct error *err);

enum pipeline_news {
    PIPELINE_SAME,
    PIPELINE_CHANGED,    /* another process wrote the file: recorded, its content is in force now */
    PIPELINE_UNREADABLE, /* the file cannot be used: `unreadable` says why; nothing may be written
                            over it, and what was in force stays so */
    PIPELINE_FATAL       /* the journal cannot be written: ERR */
};
/* Compares the file with what is expected. After PIPELINE_CHANGED *CHANGE (CHANGE_EXTERNAL, after
 * iteration AFTER; its difference beside what WAITING, NULL for none, would have written) tells it;
 * free with change_fini. */
enum pipeline_news pipeline_look(struct pipeline *pipeline, int after,
                                 const struct proposal *waiting, struct change *change,
                                 struct error *err);

enum apply_result {
    APPLY_WRITTEN,
    APPLY_NO_OP,  /* TARGET is what is in force: nothing was written */
    APPLY_FAILED, /* the old file is in force; the journal has the outcome; ERR */
    APPLY_FATAL   /* the journal cannot be written: ERR; nothing more may be done */
};

struct apply_request {
    enum change_kind kind;
    int iteration;     /* of the journal's records, and the change's after_iteration */
    const char *actor; /* "auto", "operator:user@host" */
    const char *note;  /* "" if none */
};

/* Makes TARGET (stolen) the parameters in force. pipeline_look first. After APPLY_WRITTEN *CHANGE
 * tells it; free with change_fini. */
enum apply_result apply_write_take(struct pipeline *pipeline, struct runtime *target,
                                   const struct apply_request *request, struct change *change,
                                   struct error *err);

/* An intent of the journal has no outcome: the program ended between them. If the file holds TARGET
 * (stolen) that is recorded; if it holds what was in force before, TARGET is written; if it holds
 * anything else the write counts as failed. As apply_write_take otherwise. */
enum apply_result apply_settle_take(struct pipeline *pipeline, struct runtime *target,
                                    const struct apply_request *request, struct change *change,
                                    struct error *err);

/* TARGET's value of each of LINES[i] that is staged is `after`; a new runtime. */
struct runtime *apply_target(const struct pipeline *pipeline, const struct proposal *proposal);

/* "min_interval_ms 60 -> 65, tail_age_ms 600 -> 630" of a change (free it). */
char *change_text(const struct change *change, const struct param_table *table);

#endif
