/* compare: two runs beside each other: the KPIs of the iterations that both have, the parameters
 * that differ, and where each begins to differ. It says what the figures are, not whether a
 * difference is more than noise. Pure. */
#ifndef SOAKTOP_MODEL_COMPARE_H
#define SOAKTOP_MODEL_COMPARE_H

#include "model/run.h"
#include "model/stats.h"

enum compare_align {
    ALIGN_ITERATION, /* iteration n of A beside iteration n of B */
    ALIGN_EVENT      /* the n-th event of A beside the n-th of B: an iteration that proposed, froze
                        or failed */
};

enum compare_better { BETTER_UNKNOWN, BETTER_A, BETTER_B, BETTER_NEITHER };
const char *compare_better_name(enum compare_better better); /* "A", "B", "same", "n/a" */

struct compare_kpi {
    struct stats a, b;       /* over the aligned iterations; made-up values left out */
    struct value difference; /* mean of B - mean of A */
    enum compare_better better;
    int first_a, first_b; /* first aligned iterations that differ; 0: they do not */
    struct value at_a, at_b;
};

struct compare_param {
    int param;                   /* index in the param table */
    int first_a, first_b;        /* first aligned iterations that ran with different values */
    struct value at_a, at_b;     /* there */
    struct value last_a, last_b; /* in the last aligned iterations */
};

struct compare {
    enum compare_align align;
    size_t rows;          /* aligned pairs */
    int *row_a, *row_b;   /* iteration numbers [rows]; owned */
    int count_a, count_b; /* recorded iterations, or events */
    struct compare_kpi kpi[KPI_COUNT];
    size_t param_count; /* parameters that differ, in the order in which they begin to */
    struct compare_param param[PARAM_MAX];
    bool params_known; /* both runs recorded the parameters of at least one aligned pair */
    bool source_differs, mode_differs;
    int first_a, first_b; /* where anything begins to differ; 0: nowhere */
};

/* Compares A and B, of B only the first COUNT_B iterations (what a view shows). */
void compare_runs(struct compare *compare, const struct run *a, const struct run *b, int count_b,
                  enum compare_align align);
void compare_fini(struct compare *compare);

#endif
