/* xray: the same iterations under every set of rules, side by side, and under a limit that is only
 * imagined. Each answer is model/judge's; nothing here decides anything. Pure; any thread. */
#ifndef SOAKTOP_MODEL_XRAY_H
#define SOAKTOP_MODEL_XRAY_H

#include "model/judge.h"

enum xray_rule {
    XRAY_STRICT,      /* iterations that pass, strict thresholds: the verdict */
    XRAY_MOCK,        /* the same with the mock thresholds */
    XRAY_STRICT_MEAN, /* the window's means against the strict limits */
    XRAY_MOCK_MEAN,
    XRAY_KPI_GATE, /* what the iterations' own KPI_GATE said; the last one's word */
    XRAY_COUNT
};

struct xray_row {
    const char *name; /* "strict, mean" */
    enum verdict verdict;
    bool in_use;    /* the gate of this view judges by it */
    bool disagrees; /* PASS or WARN where the one in use says FAIL, or the other way round */
    char text[128]; /* the numbers it comes from */
};

struct xray {
    struct xray_row row[XRAY_COUNT];
    int disagreeing;
};
/* MOCK: the thresholds in use. */
void xray_fill(struct xray *xray, const struct run *run, const struct thresholds *thresholds,
               bool mock);

enum { WHATIF_FLIPS_MAX = 32 };

struct whatif_flip {
    int iteration;
    bool passes; /* with the imagined limit; without it the other way round */
};

/* What would be if KPI had another limit. */
struct whatif {
    enum verdict verdict; /* with it */
    int pass_count;       /* of the window */
    size_t flip_count;    /* iterations of the whole run that pass or fail otherwise */
    struct whatif_flip flip[WHATIF_FLIPS_MAX]; /* the newest of them, oldest first */
};
void whatif_fill(struct whatif *whatif, const struct run *run, const struct thresholds *thresholds,
                 bool mock, enum kpi kpi, double limit);

#endif
