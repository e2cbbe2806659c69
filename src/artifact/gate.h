/* gate: the steps of a gate over a run directory: load, analyze, verify, snapshot, metrics; each
 * writes its reports. There is one evaluator (model/judge). Called by the gate commands, and by the
 * dashboard's gate job in a thread of its own. */
#ifndef SOAKTOP_ARTIFACT_GATE_H
#define SOAKTOP_ARTIFACT_GATE_H

#include "artifact/config.h"
#include "artifact/root.h"
#include "model/judge.h"

enum gate_step { GATE_LOAD, GATE_ANALYZE, GATE_VERIFY, GATE_SNAPSHOT, GATE_METRICS, GATE_STEPS };
const char *gate_step_name(enum gate_step step);

struct gate_options {
    bool mock, strict;
    bool warn_fails; /* a WARN fails the gate */
    bool prometheus; /* POST_SOAK_METRICS.prom too */
    bool skip_analyzer, skip_delta_verify;
    bool analyze_only, verify_only,
        snapshot_only;         /* the steps by themselves: one of them at most */
    bool look_only;            /* no report is written */
    bool pretty;               /* the result's JSON is indented */
    const struct clock *clock; /* "Generated" times; a mock run's is its own end */
};

/* STEP of GATE_STEPS runs, DONE of TOTAL within it; return false to stop. May be NULL. */
typedef bool gate_progress(void *context, enum gate_step step, size_t done, size_t total);

struct gate_result {
    struct judgement judgement;
    struct verify verify;
    int exit_status; /* ENGINE section 9: 0, 1 or 3; of a step by itself: what that step says */
    char *text;      /* the answer as lines for a person, the thresholds first; owned */
    char *json;      /* the same as one JSON object and a newline; owned. Of verify_only and
                        snapshot_only: what DELTA_VERIFY.json and POST_SOAK_SNAPSHOT.json hold */
    size_t file_count;
    char file[10][64]; /* reports written, names within the run directory */
};

/* Loads DIR, judges it and writes the reports of the steps that OPTIONS ask for, each atomically
 * and durably; a FAILURES.md that an earlier gate left goes when the verdict is no longer FAIL.
 * Nothing else in DIR is touched, no lock is taken. -1 with ERR (RESULT is empty then): nothing to
 * read, a broken journal chain (ERROR_INTEGRITY), a report that cannot be written, or ERROR_STOPPED
 * because PROGRESS said so. Any thread. */
int gate_run(struct gate_result *result, const struct rundir *dir, const struct config *config,
             const struct gate_options *options, gate_progress *progress, void *context,
             struct error *err);
void gate_result_fini(struct gate_result *result);
/* Frees *RESULT and what it holds; it becomes NULL. */
void gate_drop(struct gate_result **result);

#endif
