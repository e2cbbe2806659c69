/* kpi: the four figures that a soak is judged by. */
#ifndef SOAKTOP_MODEL_KPI_H
#define SOAKTOP_MODEL_KPI_H

#include <stdbool.h>

enum kpi { KPI_RISK, KPI_MAKER_TAKER, KPI_NET, KPI_P95, KPI_COUNT };

struct kpi_info {
    const char *key;   /* field of ITER_SUMMARY: "risk_ratio" */
    const char *label; /* on screens and in reports: "risk ratio" */
    const char *unit;  /* "", "bps" or "ms" */
    int decimals;      /* that a table shows */
    bool larger_is_better;
};

extern const struct kpi_info kpi_table[KPI_COUNT];

/* PASS, WARN, FAIL of one iteration; INCONCLUSIVE only for a run. NONE: not judged. */
enum verdict { VERDICT_NONE, VERDICT_PASS, VERDICT_WARN, VERDICT_FAIL, VERDICT_INCONCLUSIVE };
const char *verdict_name(enum verdict verdict); /* "PASS"; NONE is "n/a" */
enum verdict verdict_parse(const char *name);   /* NONE if unknown */

#endif
