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
    bool prometheus; /* POST_SOAK_METRICS.prom too */
    bool skip_analyzer, skip_delta_verify;
    bool analyze_only, verify_only, snapshot_only; /* the steps by themselves */
    const struct clock *clock; /* "Generated" times; a mock run's is its own end */
};

/* STEP of GATE_STEPS runs, DONE of TOTAL within it; return false to stop. May be NULL. */
typedef bool gate_progress(void *context, enum gate_step step, size_t done, size_t total);

struct gate_result {
    struct judgement judgement;
    struct verify verify;
    size_t file_count;
    char file[10][64]; /* reports written, names within the run directory */
};

int gate_run(struct gate_result *result, const struct rundir *dir, const struct config *config,
             const struct gate_options *options, gate_progress *progress, void *context,
             struct error *err);
void gate_result_fini(struct gate_result *result);

#endif
