/* judge_fixture: runs made of KPI values, for the tests of verdict and verification. */
#ifndef SOAKTOP_TESTS_JUDGE_FIXTURE_H
#define SOAKTOP_TESTS_JUDGE_FIXTURE_H

#include <stdio.h>

#include "model/mem.h"
#include "model/run.h"

/* One valid iteration; it passes the strict limits with risk 0.30, maker/taker 0.85, net 3.5 and
 * p95 300. The run takes it. */
static inline struct iteration *judge_fixture_add(struct run *run, double risk, double maker_taker,
                                                  double net, double p95)
{
    struct iteration *iteration = iteration_new((int)run->count + 1);
    iteration->summary.kpi[KPI_RISK] = value_of(risk);
    iteration->summary.kpi[KPI_MAKER_TAKER] = value_of(maker_taker);
    iteration->summary.kpi[KPI_NET] = value_of(net);
    iteration->summary.kpi[KPI_P95] = value_of(p95);
    snprintf(iteration->signature, sizeof iteration->signature, "%064d", iteration->number);
    run_put_iteration_take(run, iteration);
    return run->iteration[run->count - 1];
}

static inline struct iteration *judge_fixture_pass(struct run *run)
{
    return judge_fixture_add(run, 0.30, 0.85, 3.5, 300);
}

static inline struct iteration *judge_fixture_fail(struct run *run)
{
    return judge_fixture_add(run, 0.30, 0.85, 1.0, 300);
}

/* Iterations from a text: "P" passes, "F" does not, "Z" passes and starts a freeze, "X" failed, "G"
 * is a gap. */
static inline void judge_fixture_run(struct run *run, const char *text)
{
    for (; *text != '\0'; text++) {
        struct iteration *iteration = *text == 'F' ? judge_fixture_fail(run)
                                                   : judge_fixture_pass(run);
        iteration->freeze_triggered = *text == 'Z';
        if (*text == 'X')
            iteration->state = ITERATION_FAILED;
        if (*text == 'G')
            iteration->state = ITERATION_GAP;
    }
}

#endif
