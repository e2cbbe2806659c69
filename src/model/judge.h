/* judge: the one evaluator of a run (ENGINE section 9). Audit, snapshot, metrics, recommendations,
 * the gate's exit status and the dashboard all show its answer. Pure. */
#ifndef SOAKTOP_MODEL_JUDGE_H
#define SOAKTOP_MODEL_JUDGE_H

#include "model/stats.h"
#include "model/thresholds.h"
#include "model/verify.h"

enum anomaly_kind { ANOMALY_P95_HIGH, ANOMALY_RISK_JUMP, ANOMALY_MAKER_TAKER_LOW };
const char *anomaly_name(enum anomaly_kind kind);

struct anomaly {
    int iteration;
    enum anomaly_kind kind;
    double value, limit;
};

enum { GATE_CHECKS_MAX = 12, GATE_REASON_MAX = 200 };

/* One line of the gate's answer. */
struct gate_check {
    char name[64];  /* "risk ratio, mean of last 8" */
    char value[64]; /* formatted; "n/a" if missing */
    char limit[64]; /* "<= 0.42" */
    bool passed;
    bool decides; /* false: shown, but the gate does not fail by it */
};

struct judgement {
    bool mock;   /* thresholds in use */
    bool strict; /* --strict */
    enum verdict verdict;
    int window;                                /* 8 */
    int pass_count, fail_count, lacking_count; /* s, f, u */
    int from, to;          /* first and last iteration of the window; 0: the run is empty */
    bool freeze_seen;      /* in the run */
    bool freeze_in_window; /* in the last 8 */
    bool freeze_ready, promotable;
    struct stats kpi[KPI_COUNT];           /* over the window */
    struct value kpi_value[KPI_COUNT][16]; /* the window's values, oldest first (window <= 16) */
    int oscillation_count, velocity_count, cooldown_count, freeze_events; /* in the window */
    int signature_loops;                                                  /* A-B-A in the window */
    int anomalies_in_window;
    size_t anomaly_count;
    struct anomaly *anomaly; /* of the whole run, owned */
    bool gate_failed;        /* for the reasons below */
    size_t reason_count;
    char reason[GATE_CHECKS_MAX][GATE_REASON_MAX]; /* each with its value and its limit */
    size_t check_count;
    struct gate_check check[GATE_CHECKS_MAX];
};

struct judge_options {
    bool mock, strict;
    bool warn_fails;  /* --warn-fails: a WARN is not enough */
    bool skip_verify; /* --skip-delta-verify: VERIFY is not held against the run */
    /* For a front end that asks after each iteration of a long run: only the window is looked at.
     * The list of anomalies stays empty, and the first freeze was where the caller says. */
    bool window_only;
    int freeze_at; /* 0: nowhere */
};

/* VERIFY may be NULL only with skip_verify. */
void judge_run(struct judgement *judgement, const struct run *run, const struct verify *verify,
               const struct thresholds *thresholds, const struct judge_options *options);
void judge_fini(struct judgement *judgement);

/* Exit status of a gate: 1 if it failed, 3 if INCONCLUSIVE and nothing failed, else 0. */
int judge_exit_status(const struct judgement *judgement);

/* Does the last iteration's KPI_GATE (FAIL, or not) agree with its four KPIs? UNKNOWN without a
 * KPI_GATE (VERDICT_NONE) or without iterations. */
enum parity { PARITY_UNKNOWN, PARITY_AGREES, PARITY_DIFFERS };
enum parity judge_parity(const struct run *run, enum verdict kpi_gate,
                         const struct thresholds *thresholds, bool mock);

/* The parameters left a state and came back to it: the signature of iteration A was another one in
 * VIA and A's again in BACK. */
struct signature_loop {
    int a, via, back;
};
/* Fills LOOPS (room for MAX) with those among run->iteration[FIRST ...] and returns how many there
 * are; consecutive repeats and unknown signatures are passed over. */
size_t judge_loops(const struct run *run, size_t first, struct signature_loop *loops, size_t max);

/* The arithmetic of the window to come (forecast), as if every iteration to come could pass. */
struct forecast {
    int earliest_pass; /* first iteration at which PASS can be, or WARN where PASS is out of reach;
                          0: both are */
    int misses_left;   /* failures that the final window can bear; -1: run without end */
    bool out_of_reach; /* PASS can no longer be reached in this run */
    int out_since;     /* since this recorded iteration; 0: it still can be */
    bool needs_freeze; /* none was seen yet: one has to start as well */
    int must_pass;     /* of the iterations to come up to EARLIEST_PASS so many must pass */
};
struct forecast judge_forecast(const struct run *run, const struct thresholds *thresholds,
                               bool mock);
/* The same without a look at the whole run: the caller says which iteration triggered the first
 * freeze; 0: none did. It may lie behind the end of RUN. */
struct forecast judge_forecast_from(const struct run *run, const struct thresholds *thresholds,
                                    bool mock, int freeze_at);

#endif
