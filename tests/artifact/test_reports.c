/* test_reports: what the documents of a gate must say (ENGINE section 9). */
#include "config.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/markdown.h"
#include "artifact/reports.h"
#include "judge_fixture.h"
#include "suites.h"
#include "testdata.h"

static struct config config;
static struct run run;
static struct verify verify;
static struct judgement judgement;
static struct report_input input;

static void setup(void)
{
    testdata_params(&config.params);
    testdata_policy(&config.policy, &config.params);
    testdata_thresholds(&config.thresholds);
    run_init(&run);
    snprintf(run.id, sizeof run.id, "run-1");
}

static void teardown(void)
{
    judge_fini(&judgement);
    verify_fini(&verify);
    run_fini(&run);
}

/* Judges the run that TEXT draws (judge_fixture_run), an iteration a minute. */
static void prepare(const char *text, bool mock, bool strict)
{
    struct judge_options options = {.mock = mock, .strict = strict};
    judge_fixture_run(&run, text);
    for (size_t i = 0; i < run.count; i++)
        run.iteration[i]->utc_ms = CLOCK_MOCK_START_MS + (int64_t)i * 60000;
    verify_run(&verify, &run);
    judge_run(&judgement, &run, &verify, &config.thresholds, &options);
    input = (struct report_input){.run = &run,
                                  .judgement = &judgement,
                                  .verify = &verify,
                                  .config = &config,
                                  .source = "soak/latest",
                                  .generated_ms = CLOCK_MOCK_START_MS};
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in\n%.3000s", part, text);
}

static void has_not(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in\n%.3000s", part, text);
}

/* Every run of lines that begin with "|" has one width and one number of columns. */
static void tables_line_up(const char *text)
{
    size_t width = 0;
    char *copy = strdup(text), *rest = copy;
    ck_assert_ptr_nonnull(copy);
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        size_t here = markdown_width(line);
        if (line[0] != '|')
            width = 0;
        else
            ck_assert_msg(width == 0 || width == here, "a row does not line up: %s", line);
        width = line[0] == '|' ? here : 0;
    }
    free(copy);
}

/* Iteration INDEX proposes impact_cap_ratio 0.09 and has it APPLIED or not. */
static void propose(size_t index, enum delta_state state)
{
    struct iteration *iteration = run.iteration[index];
    iteration->delta_count = 1;
    iteration->delta = mem_alloc(sizeof *iteration->delta);
    *iteration->delta = (struct delta){.name = "impact_cap_ratio",
                                       .param = param_find(&config.params, "impact_cap_ratio"),
                                       .target = 0.09,
                                       .after = 0.09,
                                       .state = state};
    iteration->applied = state == DELTA_APPLIED;
}

START_TEST(snapshot_is_one_canonical_line_of_schema_1_1)
{
    prepare("ZPPPPPPP", false, false);
    run.iteration[7]->velocity_violation = true;
    judge_fini(&judgement);
    struct judge_options options = {0};
    judge_run(&judgement, &run, &verify, &config.thresholds, &options);
    input.kpi_gate = VERDICT_PASS;
    struct error err = ERROR_INIT;
    char *text = report_snapshot(&input, SNAPSHOT_LINE, &err);
    ck_assert_str_eq(
        text,
        "{\"anomalies_count\":0,\"diverged_count\":0,\"freeze_ready\":true,\"freeze_seen\":true,"
        "\"guards_last8\":"
        "{\"cooldown_count\":0,\"freeze_events\":1,\"oscillation_count\":0,\"velocity_count\":1},"
        "\"kpi_gate_parity\":true,\"kpi_last8\":{\"maker_taker_ratio\":{\"mean\":0.85,\"median\":"
        "0.85},\"net_bps\":{\"mean\":3.5,\"median\":3.5},\"p95_latency_ms\":{\"mean\":300.0,"
        "\"median\":300.0},\"risk_ratio\":{\"mean\":0.3,\"median\":0.3}},\"kpi_values_last8\":"
        "{\"maker_taker_ratio\":[0.85,0.85,0.85,0.85,0.85,0.85,0.85,0.85],\"net_bps\":[3.5,3.5,3.5,"
        "3.5,3.5,3.5,3.5,3.5],\"p95_latency_ms\":[300.0,300.0,300.0,300.0,300.0,300.0,300.0,300.0],"
        "\"risk_ratio\":[0.3,0.3,0.3,0.3,0.3,0.3,0.3,0.3]},\"pass_count_last8\":8,\"promotable\":"
        "false,\"reasons\":[],\"schema_version\":\"1.1\",\"signature_loops\":0,\"thresholds\":"
        "\"strict\",\"time_range\":{\"from\":\"2025-01-01T00:00:00Z\",\"to\":"
        "\"2025-01-01T00:07:00Z\"},\"verdict\":\"PASS\"}\n");
    free(text);
}
END_TEST

START_TEST(what_is_missing_is_null_and_means_have_3_decimals)
{
    prepare("PPP", true, false);
    run.iteration[0]->summary.kpi[KPI_RISK] = value_of(0.1234);
    run.iteration[1]->summary.kpi[KPI_RISK] = value_of(0.2);
    for (int i = 0; i < 3; i++)
        run.iteration[i]->summary.kpi[KPI_NET] = value_missing();
    run.iteration[1]->summary.kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    struct judge_options options = {.mock = true};
    judge_fini(&judgement);
    judge_run(&judgement, &run, &verify, &config.thresholds, &options);
    struct error err = ERROR_INIT;
    char *text = report_snapshot(&input, SNAPSHOT_LINE, &err);
    has(text, "\"net_bps\":{\"mean\":null,\"median\":null}");
    has(text, "\"net_bps\":[null,null,null]");
    has(text, "\"maker_taker_ratio\":[0.85,null,0.85]");
    has(text, "\"risk_ratio\":{\"mean\":0.208,\"median\":0.2}");
    has(text, "\"kpi_gate_parity\":null");
    has(text, "\"thresholds\":\"mock\"");
    free(text);
    text = report_prometheus(&input);
    has(text, "# TYPE soak_kpi_net_bps_mean gauge\n#"); /* declared, without a sample */
    has(text, "soak_kpi_risk_ratio_mean 0.208\n");
    has_not(text, "NaN");
    free(text);
}
END_TEST

START_TEST(snapshot_carries_the_gates_reasons)
{
    prepare("FFFF", false, true);
    struct error err = ERROR_INIT;
    char *line = report_snapshot(&input, SNAPSHOT_LINE, &err);
    has(line, "\"reasons\":[\"verdict FAIL: 4 of the last 8 iterations fail, at most 3 may\"]");
    char *pretty = report_snapshot(&input, SNAPSHOT_PRETTY, &err);
    has(pretty, "\n  \"anomalies_count\": 0,\n");
    json_auto_t *one = json_loads(line, 0, NULL), *two = json_loads(pretty, 0, NULL);
    ck_assert(json_equal(one, two));
    free(line);
    free(pretty);
}
END_TEST

START_TEST(metrics_are_sixteen_gauges_with_help)
{
    static const char *const names[] = {
        "soak_kpi_risk_ratio_mean",
        "soak_kpi_maker_taker_mean",
        "soak_kpi_net_bps_mean",
        "soak_kpi_latency_p95_mean",
        "soak_guards_velocity_count",
        "soak_guards_cooldown_count",
        "soak_guards_oscillation_count",
        "soak_verdict_pass_count",
        "soak_freeze_ready",
        "soak_anomalies_count",
        "soak_delta_full_apply_ratio",
        "soak_delta_full_apply_count",
        "soak_delta_partial_ok_count",
        "soak_delta_fail_count",
        "soak_delta_signature_stuck_count",
        "soak_delta_proposed_count",
    };
    prepare("ZPPPPPPP", false, false);
    char *text = report_prometheus(&input);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char line[128];
        snprintf(line, sizeof line, "\n# HELP %s ", names[i]);
        has(text, line);
        snprintf(line, sizeof line, "\n# TYPE %s gauge\n", names[i]);
        has(text, line);
    }
    has(text, "\nsoak_kpi_latency_p95_mean 300.0\n");
    has(text, "\nsoak_verdict_pass_count 8\n");
    has(text, "\nsoak_freeze_ready 1\n");
    has(text, "\nsoak_delta_proposed_count 0\n");
    has_not(text, "counter");
    has_not(text, "\nsoak_delta_full_apply_ratio "); /* nothing to judge */
    free(text);
    input.verify = NULL; /* --skip-delta-verify: nothing is known of the deltas */
    text = report_prometheus(&input);
    has_not(text, "\nsoak_delta_proposed_count ");
    free(text);
}
END_TEST

START_TEST(a_mock_gate_says_so_in_every_first_line)
{
    prepare("FFFF", true, false);
    run.iteration[0]->summary.kpi[KPI_NET] = value_of(-11);
    struct error err = ERROR_INIT;
    char *texts[] = {report_audit(&input),     report_recommendations(&input),
                     report_failures(&input),  report_verify(&input),
                     report_gate_text(&input), report_verify_text(&input),
                     report_prometheus(&input)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *end = strchr(texts[i], '\n');
        ck_assert_ptr_nonnull(end);
        *end = '\0';
        has(texts[i], "MOCK");
        free(texts[i]);
    }
    char *json = report_gate_json(&input, SNAPSHOT_LINE, &err);
    has(json, "\"thresholds\":\"mock\"");
    free(json);
}
END_TEST

START_TEST(strict_documents_do_not_say_mock)
{
    prepare("FFFF", false, false);
    char *texts[] = {report_audit(&input), report_recommendations(&input), report_failures(&input),
                     report_gate_text(&input)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        has_not(texts[i], "MOCK");
        has(texts[i], "FAIL");
        free(texts[i]);
    }
}
END_TEST

START_TEST(audit_has_its_sections_and_its_tables_line_up)
{
    prepare("FPZPPXGP", false, true);
    run.iteration[5]->error = mem_strdup("the report | is\n[broken](x)");
    char *text = report_audit(&input);
    static const char *const parts[] = {
        "# Post-soak audit: WARN\n",
        "## 1. Overview",
        "## 2. Iterations",
        "## 3. KPIs over the last 8 iterations",
        "## 4. Trends",
        "## 5. Guards",
        "## 6. Signatures and parameters",
        "## 7. Edge decomposition",
        "## 8. Anomalies",
        "## 9. Verdict and what to do",
        "Limits in use (strict thresholds): risk ratio <= 0.42, maker/taker >= 0.85, net >= 2.7 "
        "bps, p95 <= 350 ms.",
        "!1.00", /* net beyond its limit */
        "- iteration 6 failed: the report \\| is\\\\x0a\\[broken\\](x) (ITER_SUMMARY_6.json",
        "- 2 of the last 8 iterations have no KPIs: mend the source",
        "- iteration 7 missing or torn: no reason is recorded",
        "▁",
    };
    const char *at = text;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        has(text, parts[i]);
    for (size_t i = 0; i < 10; i++) { /* in this order */
        at = strstr(at, parts[i]);
        ck_assert_ptr_nonnull(at);
    }
    tables_line_up(text);
    free(text);
}
END_TEST

START_TEST(audit_tells_what_became_of_each_parameter)
{
    prepare("PPP", false, false);
    size_t tail = (size_t)param_find(&config.params, "tail_age_ms");
    for (size_t i = 0; i < 3; i++) {
        run.iteration[i]->param_count = config.params.count;
        run.iteration[i]->params = mem_alloc(config.params.count * sizeof(struct value));
        run.iteration[i]->params[tail] = value_of(i == 0 ? 600 : 630);
    }
    char *text = report_audit(&input);
    has(text, "| tail_age_ms | ms   |             600 |            630 |       1 |");
    has_not(text, "| impact_cap_ratio");
    free(text);
}
END_TEST

START_TEST(audit_tells_how_many_proposals_were_held_back_and_why)
{
    prepare("PPP", false, false);
    propose(0, DELTA_BLOCKED);
    propose(1, DELTA_BLOCKED);
    run.iteration[0]->skip = SKIP_VELOCITY;
    run.iteration[1]->skip = SKIP_VELOCITY | SKIP_LATE;
    run.iteration[2]->skip = SKIP_NO_OP; /* nothing was proposed: nothing was held back */
    char *text = report_audit(&input);
    has(text, "Iterations with proposals that were not applied: velocity 2, late 1.");
    free(text);
}
END_TEST

START_TEST(audit_of_an_empty_run_is_still_a_document)
{
    prepare("", false, false);
    char *text = report_audit(&input);
    has(text, "# Post-soak audit: INCONCLUSIVE");
    has(text, "no values");
    tables_line_up(text);
    free(text);
    text = report_recommendations(&input);
    has(text, "None: no iteration of the window has a net edge");
    free(text);
}
END_TEST

START_TEST(verify_report_lists_each_pair_and_each_mismatch)
{
    prepare("PPPP", false, false);
    propose(0, DELTA_APPLIED);
    propose(1, DELTA_BLOCKED);
    run.iteration[1]->skip = SKIP_COOLDOWN;
    verify_fini(&verify);
    verify_run(&verify, &run);
    char *text = report_verify(&input);
    has(text, "# Delta verification: FAIL");
    has(text, "full_apply_ratio 0.000, limit >= 0.90");
    has(text, "parameter not found in runtime");
    has(text, "skipped: cooldown");
    has(text, "The other 1 pair had no proposal.");
    has(text, "- impact_cap_ratio: 1");
    tables_line_up(text);
    free(text);
    struct error err = ERROR_INIT;
    text = report_verify_json(&input, SNAPSHOT_LINE, &err);
    ck_assert_str_eq(text, "{\"confirmed_count\":0,\"diverged_count\":0,\"fail_count\":1,"
                           "\"full_apply_count\":0,\"full_apply_ratio\":0.0,"
                           "\"operator_declined_count\":0,\"partial_ok_count\":1,"
                           "\"proposed_count\":2,\"signature_stuck_count\":0}\n");
    free(text);
}
END_TEST

START_TEST(nothing_to_judge_is_null_not_1)
{
    prepare("PPPP", false, true);
    struct error err = ERROR_INIT;
    char *text = report_verify_json(&input, SNAPSHOT_LINE, &err);
    has(text, "\"full_apply_ratio\":null");
    free(text);
    text = report_verify(&input);
    has(text, "# Delta verification: PASS");
    has(text, "There was nothing to judge");
    free(text);
}
END_TEST

START_TEST(recommendations_are_the_tuners_rules_on_the_means)
{
    for (int i = 0; i < 8; i++) /* risk swings around a mean of 0.65: AGGRESSIVE */
        judge_fixture_add(&run, i % 2 == 0 ? 0.30 : 1.00, 0.90, 3.5, 300);
    prepare("", false, false);
    char *text = report_recommendations(&input);
    has(text, "the defaults stand in");
    has(text, "| impact_cap_ratio |");
    has(text, "| min_interval_ms  |");
    has(text, "| tail_age_ms      |");
    has(text, "0.0900"); /* 0.10 - 0.01, with the decimals of its step */
    tables_line_up(text);
    free(text);
}
END_TEST

START_TEST(recommendations_use_the_parameters_after_the_last_iteration)
{
    for (int i = 0; i < 8; i++)
        judge_fixture_add(&run, 0.65, 0.90, 3.5, 300);
    struct iteration *last = run.iteration[7];
    last->param_count = config.params.count;
    last->params = mem_alloc(last->param_count * sizeof *last->params);
    last->params[param_find(&config.params, "impact_cap_ratio")] = value_of(0.10);
    propose(7, DELTA_APPLIED); /* 0.09 from here on */
    prepare("", false, false);
    char *text = report_recommendations(&input);
    has(text, "0.0800");
    has_not(text, "the defaults stand in");
    free(text);
}
END_TEST

START_TEST(a_negative_mean_recommends_fallback)
{
    for (int i = 0; i < 4; i++)
        judge_fixture_add(&run, 0.30, 0.90, -1.5, 300);
    prepare("", false, false);
    char *text = report_recommendations(&input);
    has(text, "| min_interval_ms ");
    has(text, "replace_rate_per_min");
    free(text);
}
END_TEST

START_TEST(failures_name_every_kpi_beyond_its_limit)
{
    judge_fixture_add(&run, 0.43, 0.84, 2.6, 351);
    prepare("FFFF", false, false);
    run.iteration[1]->summary.kpi[KPI_P95] = value_missing();
    char *text = report_failures(&input);
    has(text, "| risk ratio  | 0.430 | <= 0.42 |");
    has(text, "| maker/taker | 0.840 | >= 0.85 |");
    has(text, "ITER_SUMMARY_1.json");
    has(text, "no real value");
    has(text, "verdict FAIL: 5 of the last 8 iterations fail, at most 3 may");
    tables_line_up(text);
    free(text);
}
END_TEST

START_TEST(failures_in_a_row_with_one_reason_are_one_line)
{
    prepare("XXXXX", false, false);
    for (int i = 0; i < 5; i++)
        run.iteration[i]->error = mem_strdup(i < 4 ? "exit status 3" : "timed out");
    char *text = report_failures(&input);
    has(text, "- iterations 1 to 4 failed: exit status 3");
    has(text, "- iteration 5 failed: timed out");
    has(text, "No iteration with KPIs misses a limit.");
    free(text);
}
END_TEST

START_TEST(gate_text_prints_every_check)
{
    prepare("ZPPPPPPP", false, true);
    char *text = report_gate_text(&input);
    ck_assert(strncmp(text, "Gate passed: verdict PASS (strict thresholds, --strict)\n", 56) == 0);
    for (size_t i = 0; i < judgement.check_count; i++) {
        has(text, judgement.check[i].name);
        has(text, judgement.check[i].value);
        has(text, judgement.check[i].limit);
    }
    free(text);
    struct error err = ERROR_INIT;
    text = report_gate_json(&input, SNAPSHOT_LINE, &err);
    json_auto_t *json = json_loads(text, 0, NULL);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "checks")), judgement.check_count);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "exit_status")), 0);
    free(text);
}
END_TEST

Suite *reports_suite(void)
{
    Suite *suite = suite_create("reports");
    TCase *tcase = tcase_create("reports");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, snapshot_is_one_canonical_line_of_schema_1_1);
    tcase_add_test(tcase, what_is_missing_is_null_and_means_have_3_decimals);
    tcase_add_test(tcase, snapshot_carries_the_gates_reasons);
    tcase_add_test(tcase, metrics_are_sixteen_gauges_with_help);
    tcase_add_test(tcase, a_mock_gate_says_so_in_every_first_line);
    tcase_add_test(tcase, strict_documents_do_not_say_mock);
    tcase_add_test(tcase, audit_has_its_sections_and_its_tables_line_up);
    tcase_add_test(tcase, audit_tells_what_became_of_each_parameter);
    tcase_add_test(tcase, audit_tells_how_many_proposals_were_held_back_and_why);
    tcase_add_test(tcase, audit_of_an_empty_run_is_still_a_document);
    tcase_add_test(tcase, verify_report_lists_each_pair_and_each_mismatch);
    tcase_add_test(tcase, nothing_to_judge_is_null_not_1);
    tcase_add_test(tcase, recommendations_are_the_tuners_rules_on_the_means);
    tcase_add_test(tcase, recommendations_use_the_parameters_after_the_last_iteration);
    tcase_add_test(tcase, a_negative_mean_recommends_fallback);
    tcase_add_test(tcase, failures_name_every_kpi_beyond_its_limit);
    tcase_add_test(tcase, failures_in_a_row_with_one_reason_are_one_line);
    tcase_add_test(tcase, gate_text_prints_every_check);
    suite_add_tcase(suite, tcase);
    return suite;
}
