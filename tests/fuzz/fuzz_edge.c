/* fuzz_edge: any edge report is read or refused with a reason; what the tuner would see is inside
 * the ranges that edge_report.h promises. */
#include "config.h"

#include "fuzz.h"

#include <math.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "model/edge_report.h"

static void check_not_negative(struct value value)
{
    FUZZ_CHECK(!value_present(value) || (isfinite(value.number) && value.number >= 0));
}

static void check_ratio(struct value value)
{
    check_not_negative(value);
    FUZZ_CHECK(!value_present(value) || value.number <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    struct edge_report report;
    json_auto_t *json = json_read_text((const char *)data, size, "EDGE_REPORT.json", &err);

    if (!json)
        return 0;
    if (edge_report_read(&report, json, "EDGE_REPORT.json", &err) < 0) {
        FUZZ_CHECK(err.code != ERROR_NONE);
        return 0;
    }
    check_not_negative(report.p95_latency_ms);
    check_not_negative(report.order_age_p95_ms);
    check_not_negative(report.fills.maker_volume);
    for (int i = 0; i < BLOCK_COUNT; i++) {
        check_not_negative(report.block_count[i]);
        check_ratio(report.block_ratio[i]);
    }
    FUZZ_CHECK(report.driver_count <= EDGE_DRIVERS_MAX);
    return 0;
}
