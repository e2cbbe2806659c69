/* test_iteration_file: ITER_SUMMARY_n.json and KPI_GATE.json on disk. */
#include "config.h"

#include "suites.h"

#include "artifact/iteration_file.h"
#include "sandbox.h"
#include "testdata.h"

static struct rundir open_run(void)
{
    struct root root;
    struct rundir dir;
    struct error err = ERROR_INIT;
    ck_assert_msg(root_open(&root, "a", ROOT_CREATE, &err) == 0, "%s", err.text);
    ck_assert_msg(rundir_open_latest(&dir, &root, ROOT_CREATE, &err) == 0, "%s", err.text);
    root_close(&root);
    return dir;
}

static struct iteration *passing(int number)
{
    struct iteration *it = iteration_new(number);
    it->utc_ms = CLOCK_MOCK_START_MS;
    it->summary.kpi[KPI_NET] = value_of(3.0);
    it->summary.kpi_verdict = VERDICT_WARN;
    it->summary.reason_count = 1;
    snprintf(it->summary.reason[0], sizeof it->summary.reason[0], "risk_ratio 0.45 > 0.4");
    snprintf(it->summary.version, sizeof it->summary.version, "v1");
    return it;
}

START_TEST(both_files_are_written)
{
    struct param_table table;
    struct error err = ERROR_INIT;
    struct rundir dir = open_run();
    struct iteration *it = passing(12);
    testdata_params(&table);
    ck_assert_msg(iteration_file_write(&dir, it, &table, &err) == 0, "%s", err.text);
    char *text = sandbox_get("a/soak/latest/ITER_SUMMARY_12.json", NULL);
    ck_assert_ptr_nonnull(strstr(text, "  \"iteration\": 12,\n"));
    ck_assert_ptr_nonnull(strstr(text, "\"net_bps\": 3.0"));
    free(text);
    text = sandbox_get("a/soak/latest/artifacts/KPI_GATE.json", NULL);
    ck_assert_str_eq(text, "{\n  \"reasons\": [\n    \"risk_ratio 0.45 > 0.4\"\n  ],\n"
                           "  \"runtime\": {\n    \"utc\": \"2025-01-01T00:00:00Z\",\n"
                           "    \"version\": \"v1\"\n  },\n  \"verdict\": \"WARN\"\n}\n");
    free(text);
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_WARN);
    ck_assert_int_eq(sandbox_count("a/soak/latest"), 2); /* no temporary file stays */
    iteration_free(it);
    rundir_close(&dir);
}
END_TEST

START_TEST(a_failed_iteration_does_not_pass)
{
    struct param_table table;
    struct error err = ERROR_INIT;
    struct rundir dir = open_run();
    struct iteration *it = iteration_new(1);
    testdata_params(&table);
    it->state = ITERATION_FAILED;
    ck_assert_int_eq(iteration_file_write(&dir, it, &table, &err), 0);
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_FAIL);
    iteration_free(it);
    rundir_close(&dir);
}
END_TEST

START_TEST(an_unreadable_kpi_gate_is_none)
{
    struct rundir dir = open_run();
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_NONE);
    testdata_write("a/soak/latest/artifacts/KPI_GATE.json", "{'verdict':");
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_NONE);
    testdata_write("a/soak/latest/artifacts/KPI_GATE.json", "{'verdict':7}");
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_NONE);
    testdata_write("a/soak/latest/artifacts/KPI_GATE.json", "{'verdict':'PASS','reasons':[]}");
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_PASS);
    ck_assert_int_eq(unlink("a/soak/latest/artifacts/KPI_GATE.json"), 0);
    testdata_write("elsewhere.json", "{'verdict':'PASS'}");
    ck_assert_int_eq(symlink("../../../../elsewhere.json", "a/soak/latest/artifacts/KPI_GATE.json"),
                     0);
    ck_assert_int_eq(kpi_gate_read(&dir), VERDICT_NONE);
    rundir_close(&dir);
}
END_TEST

START_TEST(a_missing_artifacts_directory_is_told)
{
    struct param_table table;
    struct error err = ERROR_INIT;
    struct rundir dir;
    struct iteration *it = passing(1);
    testdata_params(&table);
    testdata_write("b/ITER_SUMMARY_1.json", "{}");
    ck_assert_int_eq(rundir_open(&dir, "b", &err), 0);
    ck_assert_int_eq(iteration_file_write(&dir, it, &table, &err), -1);
    ck_assert_str_eq(err.text,
                     "cannot write b/artifacts/KPI_GATE.json: there is no such directory");
    iteration_free(it);
    rundir_close(&dir);
}
END_TEST

Suite *iteration_file_suite(void)
{
    const TTest *const tests[] = {
        both_files_are_written,
        a_failed_iteration_does_not_pass,
        an_unreadable_kpi_gate_is_none,
        a_missing_artifacts_directory_is_told,
        NULL,
    };
    return sandbox_suite("iteration_file", tests, 10);
}
