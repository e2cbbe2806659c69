/* thresholds: the limits of the gate (data/thresholds.json; ENGINE sections 3 and 9). */
#ifndef SOAKTOP_MODEL_THRESHOLDS_H
#define SOAKTOP_MODEL_THRESHOLDS_H

#include <stdbool.h>
#include "model/error.h"
#include "model/kpi.h"
#include "model/value.h"

struct json_t;

/* The limit of each KPI; whether it is an upper or a lower one says kpi_table. */
struct kpi_limits {
    double limit[KPI_COUNT];
    /* A made-up value counts: with the mock thresholds only; for the strict ones it is as good as
     * missing (ENGINE section 3). */
    bool synthetic_counts;
};

/* KPI_GATE of a single iteration. */
struct kpi_gate_limits {
    double fail_risk_above, fail_net_below, warn_risk_above, warn_adverse_p95_above;
};

struct thresholds {
    struct kpi_limits strict, mock;               /* that the gate judges by */
    struct kpi_limits target_strict, target_mock; /* that the panels draw */
    struct kpi_gate_limits kpi_gate;
    int window;                                   /* iterations that the verdict looks at: 8 */
    int pass_count, warn_count;                   /* 6 and 5 of the window */
    double full_apply_min, full_apply_min_strict; /* 0.90, 0.95 */
    int signature_stuck_max;                      /* 1 */
    double anomaly_p95_above, anomaly_risk_jump_above, anomaly_maker_taker_below;
};

int thresholds_read(struct thresholds *thresholds, const struct json_t *json, const char *file,
                    struct error *err);

/* The set that a gate with (or without) mock thresholds uses; "mock" or "strict" is its name. */
const struct kpi_limits *thresholds_limits(const struct thresholds *thresholds, bool mock);
const char *thresholds_name(bool mock);

/* True if VALUE is usable (or synthetic, where LIMITS let it count) and on the right side of the
 * limit of KPI (1e-9 allowed). */
bool kpi_passes(enum kpi kpi, struct value value, const struct kpi_limits *limits);

#endif
