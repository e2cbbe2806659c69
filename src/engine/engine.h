/* engine: the soak. One thread owns the source, the model and the files; it speaks through an
 * outbox and listens to an inbox (DESIGN: two crossings). */
#ifndef SOAKTOP_ENGINE_ENGINE_H
#define SOAKTOP_ENGINE_ENGINE_H

#include "artifact/manifest.h"
#include "engine/command.h"
#include "engine/event.h"

enum { ENGINE_SETS_MAX = 64 };

struct resume;

struct engine_options {
    enum run_source source;
    const char *exec_command;     /* SOURCE_EXEC */
    const char *edge_report_path; /* SOURCE_EDGE_REPORT */
    int iterations;               /* 0: until stopped */
    double interval_s;            /* >= 0 */
    enum approve_mode mode;
    const char *profile, *preset; /* NULL: none */
    size_t set_count;
    const char *set[ENGINE_SETS_MAX]; /* "name=value" */
    const char *artifacts;            /* the artifact root */
    int keep;                         /* old runs that stay; -1: all */
    const char *run_id;               /* NULL: made from time and chance */
    bool force_mock;
    bool virtual_time; /* time passes only by COMMAND_PASS, and begins with CLOCK_MOCK_START_MS: a
                          script sees the same run every time */
    bool
        linger; /* after the last iteration (state COMPLETED or STOPPED) go on serving rollbacks and
                   gates until COMMAND_STOP_NOW: for a dashboard; else the thread ends by itself */
    double approve_timeout_s; /* manual: a proposal is decided without an operator then; 0: never */
    bool timeout_applies;     /* then what no guard holds is written; else nothing is */
    const char *tripwire;     /* that every apply gets which brings none; NULL: none */
    bool tripwire_rollback;   /* a wire that fires rolls back by itself, else it asks */
    double exec_timeout_s, report_timeout_s; /* 0: none */
    const char *actor;                       /* "user@host" of the one who started it */
    const struct manifest_option *typed;     /* options as typed, for run.json */
    size_t typed_count;
    const struct resume *resume; /* of resume_merge: go on with the newest run; NULL: a new one */
    bool report_used; /* SOURCE_EDGE_REPORT: the run has its copy of the last report; what differs
                         from that is new. The engine sets it */
};

struct engine;

/* Prepares everything that can be refused before the first iteration, in this order: options,
 * artifact root, lock, mock guard, parameters (file, migration, profile, preset, environment,
 * --set), old run moved away, run.json, journal's start. Of a resume: options, root, lock, the
 * journal's chain, then whether there is anything to go on with. NULL with ERR (exit status in its
 * code). CONFIG must outlive the engine. */
struct engine *engine_new(const struct engine_options *options, const struct config *config,
                          struct error *err);
/* Starts the thread. All signals should be blocked before. */
int engine_start(struct engine *engine, struct error *err);
/* Waits for the thread (post COMMAND_STOP_NOW first to end it early). */
void engine_join(struct engine *engine);
/* Joins, frees, releases the lock. */
void engine_free(struct engine *engine);

struct outbox *engine_outbox(struct engine *engine);
struct inbox *engine_inbox(struct engine *engine);
/* The run directory; valid as long as the engine. */
const struct rundir *engine_rundir(const struct engine *engine);

#endif
