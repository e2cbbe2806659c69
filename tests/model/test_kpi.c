/* test_kpi: the four KPIs, and the names of verdicts. */
#include "config.h"

#include "suites.h"

#include "model/kpi.h"

START_TEST(fields_and_directions)
{
    ck_assert_str_eq(kpi_table[KPI_RISK].key, "risk_ratio");
    ck_assert_str_eq(kpi_table[KPI_MAKER_TAKER].key, "maker_taker_ratio");
    ck_assert_str_eq(kpi_table[KPI_NET].key, "net_bps");
    ck_assert_str_eq(kpi_table[KPI_P95].key, "p95_latency_ms");
    ck_assert(!kpi_table[KPI_RISK].larger_is_better);
    ck_assert(kpi_table[KPI_MAKER_TAKER].larger_is_better);
    ck_assert(kpi_table[KPI_NET].larger_is_better);
    ck_assert(!kpi_table[KPI_P95].larger_is_better);
}
END_TEST

START_TEST(verdict_names_round_trip)
{
    for (enum verdict verdict = VERDICT_PASS; verdict <= VERDICT_INCONCLUSIVE; verdict++)
        ck_assert_int_eq(verdict_parse(verdict_name(verdict)), verdict);
    ck_assert_str_eq(verdict_name(VERDICT_NONE), "n/a");
    ck_assert_int_eq(verdict_parse("n/a"), VERDICT_NONE);
    ck_assert_int_eq(verdict_parse("pass"), VERDICT_NONE);
    ck_assert_int_eq(verdict_parse(NULL), VERDICT_NONE);
}
END_TEST

Suite *kpi_suite(void)
{
    const TTest *const tests[] = {fields_and_directions, verdict_names_round_trip, NULL};
    return harness_suite("kpi", tests, 10);
}
