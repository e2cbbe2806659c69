/* kpi: see kpi.h. */
#include "config.h"

#include "model/kpi.h"

#include <stddef.h>
#include <string.h>

const struct kpi_info kpi_table[KPI_COUNT] = {
    [KPI_RISK] = {"risk_ratio", "risk ratio", "", 3, false},
    [KPI_MAKER_TAKER] = {"maker_taker_ratio", "maker/taker", "", 3, true},
    [KPI_NET] = {"net_bps", "net", "bps", 2, true},
    [KPI_P95] = {"p95_latency_ms", "p95", "ms", 1, false},
};

static const char *const verdict_names[] = {
    [VERDICT_NONE] = "n/a",
    [VERDICT_PASS] = "PASS",
    [VERDICT_WARN] = "WARN",
    [VERDICT_FAIL] = "FAIL",
    [VERDICT_INCONCLUSIVE] = "INCONCLUSIVE",
};

const char *verdict_name(enum verdict verdict)
{
    return verdict_names[verdict];
}

enum verdict verdict_parse(const char *name)
{
    for (enum verdict verdict = VERDICT_PASS; name && verdict <= VERDICT_INCONCLUSIVE; verdict++)
        if (strcmp(name, verdict_names[verdict]) == 0)
            return verdict;
    return VERDICT_NONE;
}
