/* soak: a run in miniature for tests of tuner, guards and history: summaries in, proposals, guards
 * and applies on plain vectors, everything recorded as the engine records it. */
#ifndef SOAKTOP_TESTS_MODEL_SOAK_H
#define SOAKTOP_TESTS_MODEL_SOAK_H

#include "model/guard.h"
#include "model/tuner.h"

struct soak {
    struct param_table table;
    struct policy policy;
    struct run run;
    struct value values[PARAM_MAX]; /* in force */
    int planned;                    /* 0: without end */
    bool observe;                   /* propose and guard, apply nothing */
    struct proposal proposal;       /* of the newest iteration */
    struct guard_report report;
};

/* Installed parameters and policy, the best cell in force, nothing recorded. */
void soak_init(struct soak *soak);
void soak_fini(struct soak *soak);

/* Index of a parameter; the test fails if there is none. */
int soak_param(const struct soak *soak, const char *name);
double soak_value(const struct soak *soak, const char *name);
/* Sets a value before the first iteration. */
void soak_set(struct soak *soak, const char *name, double number);

/* A summary with these KPIs and harmless other figures; NAN is missing. */
struct summary soak_summary(double risk, double net, double maker_taker, double p95);
/* Risk 0.30, net 3.5, maker/taker 0.90, p95 200: nothing to propose, and steady. */
struct summary soak_steady(void);
/* Risk 0.38, net 2.5: nothing to propose, and not steady. */
struct summary soak_idle(void);
/* ENGINE section 4: the mock's iteration NUMBER. */
struct summary soak_mock(int number);

/* One iteration: the tuner's proposal for SUMMARY (NULL: it failed), guards, apply, record. */
const struct iteration *soak_iterate(struct soak *soak, const struct summary *summary);
/* The same with one line of the test's own instead of the tuner's. */
const struct iteration *soak_propose(struct soak *soak, const struct summary *summary,
                                     enum rule rule, const char *name, double target);
/* A record that cannot be read. */
void soak_gap(struct soak *soak);

/* An operator's doings after the newest iteration. */
void soak_write(struct soak *soak, enum change_kind kind, const struct value *values);
bool soak_rollback(struct soak *soak);
bool soak_rollback_param(struct soak *soak, const char *name);
void soak_restore(struct soak *soak, int number);
void soak_write_one(struct soak *soak, enum change_kind kind, const char *name, double number);

/* The line of that name of the newest proposal; the test fails if there is none. */
const struct delta *soak_line(struct soak *soak, const char *name);

#endif
