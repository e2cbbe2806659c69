/* test_tuning_report: always a whole document, each iteration once, cost like N; and what older
 * reports know. */
#include "config.h"

#include "suites.h"

#include "artifact/realclock.h"
#include "artifact/tuning_report.h"
#include "sandbox.h"
#include "testdata.h"

#define REPORT "a/soak/latest/TUNING_REPORT.json"

static struct rundir dir;
static struct param_table table;

static void enter(void)
{
    struct root root;
    struct error err = ERROR_INIT;
    sandbox_enter();
    ck_assert_int_eq(root_open(&root, "a", ROOT_CREATE, &err), 0);
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, &err), 0);
    root_close(&root);
    testdata_params(&table);
}

static void leave(void)
{
    rundir_close(&dir);
    sandbox_leave();
}

static json_t *on_disk(void)
{
    char *text = sandbox_get(REPORT, NULL);
    json_t *json = testdata_json(text);
    free(text);
    return json;
}

static size_t count_on_disk(void)
{
    json_auto_t *json = on_disk();
    return json_array_size(json_object_get(json, "iterations"));
}

static struct iteration *applied_one(void)
{
    struct iteration *it = iteration_new(1);
    it->delta_count = 2;
    it->delta = calloc(2, sizeof *it->delta);
    it->delta[0] = (struct delta){.name = "impact_cap_ratio",
                                  .param = param_find(&table, "impact_cap_ratio"),
                                  .now = 0.1,
                                  .increment = -0.01,
                                  .target = 0.09,
                                  .after = 0.09,
                                  .state = DELTA_APPLIED};
    it->delta[1] = (struct delta){.name = "tail_age_ms",
                                  .param = param_find(&table, "tail_age_ms"),
                                  .now = 600,
                                  .increment = 30,
                                  .target = 630,
                                  .after = 630,
                                  .state = DELTA_BLOCKED};
    it->applied = true;
    it->skip = SKIP_VELOCITY;
    it->velocity_violation = true;
    it->skip_note = strdup("n");
    it->rationale = strdup("DRIVER");
    snprintf(it->signature, sizeof it->signature, "aa");
    snprintf(it->state_hash, sizeof it->state_hash, "bb");
    snprintf(it->rolled_back_at, sizeof it->rolled_back_at, "2025-01-01T00:00:09Z");
    it->summary.kpi[KPI_NET] = value_of(-1.5);
    it->summary.kpi_verdict = VERDICT_FAIL;
    snprintf(it->summary.runtime_utc, sizeof it->summary.runtime_utc, "2025-01-01T00:00:00Z");
    return it;
}

START_TEST(an_entry_has_every_field)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    struct iteration *it = applied_one();
    ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
    json_auto_t *json = on_disk();
    json_auto_t *wanted = testdata_json(
        "{'iterations':[{'iteration':1,'runtime_utc':'2025-01-01T00:00:00Z','net_bps':-1.5,"
        "'kpi_verdict':'FAIL','neg_edge_drivers':[],'proposed_deltas':{'impact_cap_ratio':0.09,"
        "'tail_age_ms':630},'suggested_deltas':{'impact_cap_ratio':-0.01,'tail_age_ms':30},"
        "'rationale':'DRIVER','applied':true,'signature':'aa','state_hash':'bb','skip_reason':"
        "{'cooldown':false,'velocity':true,'oscillation':false,'freeze':false,'no_op':false,"
        "'late':false,'observe':false,'operator':false,'timeout':false,'error':false,'note':'n'},"
        "'changed_keys':['impact_cap_ratio'],'oscillation_detected':false,'velocity_violation':"
        "true,'cooldown_active':false,'freeze_triggered':false,'rolled_back_at':"
        "'2025-01-01T00:00:09Z'}],'summary':{'count':1,'applied':1,'blocked_oscillation':0,"
        "'blocked_velocity':1,'cooldown_skips':0}}");
    ck_assert(json_equal(json, wanted));
    iteration_free(it);
    tuning_report_free(report);
}
END_TEST

START_TEST(a_rollback_leaves_what_was_written_on_record)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    struct iteration *it = applied_one();
    it->delta[0].state = DELTA_ROLLED_BACK;
    ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
    json_auto_t *json = on_disk();
    const json_t *entry = json_array_get(json_object_get(json, "iterations"), 0);
    const json_t *changed = json_object_get(entry, "changed_keys");
    ck_assert_uint_eq(json_array_size(changed), 1);
    ck_assert_str_eq(json_string_value(json_array_get(changed, 0)), "impact_cap_ratio");
    iteration_free(it);
    tuning_report_free(report);
}
END_TEST

START_TEST(the_document_is_canonical)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    for (int number = 1; number <= 3; number++) {
        struct iteration *it = iteration_new(number);
        ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
        iteration_free(it);
    }
    ck_assert_int_eq(tuning_report_flush(report, &err), 0);
    char *text = sandbox_get(REPORT, NULL);
    json_auto_t *json = testdata_json(text);
    char *dumped = json_dumps(json, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    ck_assert_uint_eq(strlen(text), strlen(dumped) + 1);
    ck_assert_int_eq(strncmp(text, dumped, strlen(dumped)), 0);
    free(text);
    free(dumped);
    tuning_report_free(report);
}
END_TEST

START_TEST(an_empty_report_is_a_document)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    ck_assert_int_eq(tuning_report_flush(report, &err), 0);
    char *text = sandbox_get(REPORT, NULL);
    ck_assert_str_eq(text, "{\n  \"iterations\": [],\n  \"summary\": {\n    \"applied\": 0,\n    "
                           "\"blocked_oscillation\": 0,\n    \"blocked_velocity\": 0,\n    "
                           "\"cooldown_skips\": 0,\n    \"count\": 0\n  }\n}\n");
    free(text);
    tuning_report_free(report);
}
END_TEST

START_TEST(an_iteration_stands_there_once)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    struct iteration *it = applied_one();
    ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
    it->applied = false;
    ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
    ck_assert_int_eq(tuning_report_flush(report, &err), 0);
    json_auto_t *json = on_disk();
    ck_assert_uint_eq(json_array_size(json_object_get(json, "iterations")), 1);
    ck_assert_int_eq(
        (int)json_integer_value(json_object_get(json_object_get(json, "summary"), "applied")), 0);
    iteration_free(it);
    tuning_report_free(report);
}
END_TEST

START_TEST(written_at_most_once_a_second)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    int64_t start = monotonic_ms();
    for (int number = 1; number <= 20; number++) {
        struct iteration *it = iteration_new(number);
        ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
        iteration_free(it);
    }
    size_t count = count_on_disk();
    ck_assert(count == 1 || monotonic_ms() - start >= 1000);
    ck_assert_int_eq(tuning_report_flush(report, &err), 0);
    ck_assert_uint_eq(count_on_disk(), 20);
    struct stat before, after;
    ck_assert_int_eq(stat(REPORT, &before), 0);
    ck_assert_int_eq(tuning_report_flush(report, &err), 0); /* nothing new: not written again */
    ck_assert_int_eq(stat(REPORT, &after), 0);
    ck_assert_uint_eq(before.st_ino, after.st_ino);
    tuning_report_free(report);
}
END_TEST

static int64_t time_of(int iterations)
{
    struct error err = ERROR_INIT;
    struct tuning_report *report = tuning_report_new(&dir, &table);
    struct iteration *it = iteration_new(1);
    int64_t start = monotonic_ms();
    for (it->number = 1; it->number <= iterations; it->number++)
        ck_assert_int_eq(tuning_report_put(report, it, &err), 0);
    ck_assert_int_eq(tuning_report_flush(report, &err), 0);
    iteration_free(it);
    tuning_report_free(report);
    return monotonic_ms() - start;
}

/* 10 times as many may take 10 times as long; N*N would take 100 times. */
START_TEST(time_grows_like_the_number_of_iterations)
{
    time_of(200); /* warm */
    int64_t few = time_of(1500), many = time_of(15000);
    ck_assert_uint_eq(count_on_disk(), 15000);
    ck_assert_msg(many < 40 * (few + 20), "%lld ms against %lld ms", (long long)many,
                  (long long)few);
}
END_TEST

static void merge(struct run *run, const char *text)
{
    struct error err = ERROR_INIT;
    testdata_write(REPORT, text);
    ck_assert_msg(tuning_report_merge(&dir, run, &table, &err) == 0, "%s", err.text);
}

static void two_iterations(struct run *run)
{
    run_init(run);
    run_put_iteration_take(run, iteration_new(1));
    run_put_iteration_take(run, iteration_new(2));
    run->iteration[0]->rationale = strdup("DRIVER");
    snprintf(run->iteration[0]->state_hash, HASH_TEXT_MAX, "own");
    run->iteration[1]->state = ITERATION_GAP;
}

#define ENTRIES                                                                                    \
    "[{'iteration':1,'signature':'s1','state_hash':'h1','velocity_violation':true,"                \
    "'freeze_triggered':true,'rolled_back_at':'2025-01-01T00:00:00Z'},"                            \
    "{'iteration':2,'signature':'s2'},{'iteration':3,'signature':'s3'}]"

START_TEST(both_forms_are_merged)
{
    static const char *const forms[] = {ENTRIES, "{'iterations':" ENTRIES ",'summary':{}}"};
    for (int form = 0; form < 2; form++) {
        struct run run;
        two_iterations(&run);
        merge(&run, forms[form]);
        ck_assert_str_eq(run.iteration[0]->signature, "s1");
        ck_assert_str_eq(run.iteration[0]->state_hash, "own"); /* its own file wins */
        ck_assert(run.iteration[0]->velocity_violation && run.iteration[0]->freeze_triggered);
        ck_assert_str_eq(run.iteration[0]->rolled_back_at, "2025-01-01T00:00:00Z");
        ck_assert_str_eq(run.iteration[1]->signature, ""); /* a gap stays one */
        ck_assert_uint_eq(run.count, 2);
        run_fini(&run);
    }
}
END_TEST

START_TEST(tuning_that_only_the_report_knows)
{
    struct run run;
    run_init(&run);
    run_put_iteration_take(&run, iteration_new(1));
    merge(&run, "[{'iteration':1,'applied':true,'proposed_deltas':{'tail_age_ms':30},"
                "'skip_reason':''}]");
    ck_assert(run.iteration[0]->applied);
    ck_assert_uint_eq(run.iteration[0]->delta_count, 1);
    ck_assert_int_eq(run.iteration[0]->delta[0].state, DELTA_APPLIED);
    run_fini(&run);
}
END_TEST

START_TEST(faulty_reports_are_told)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"{'iterations':5}", "TUNING_REPORT.json: $.iterations is 5"},
        {"[7]", "$[0] is 7"},
        {"[{'iteration':1,'applied':'x'}]", "$[0].applied is \"x\""},
        {"{'iterations':[", "the text ends before the document does"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct run run;
        struct error err = ERROR_INIT;
        two_iterations(&run);
        testdata_write(REPORT, rows[i].text);
        ck_assert_int_eq(tuning_report_merge(&dir, &run, &table, &err), -1);
        ck_assert_msg(strstr(err.text, rows[i].wanted) != NULL, "'%s' lacks '%s'", err.text,
                      rows[i].wanted);
        run_fini(&run);
    }
    struct run none;
    run_init(&none);
    ck_assert_int_eq(unlink(REPORT), 0);
    ck_assert_int_eq(tuning_report_merge(&dir, &none, &table, NULL), 0);
    run_fini(&none);
}
END_TEST

Suite *tuning_report_suite(void)
{
    const TTest *const tests[] = {
        an_entry_has_every_field,
        a_rollback_leaves_what_was_written_on_record,
        the_document_is_canonical,
        an_empty_report_is_a_document,
        an_iteration_stands_there_once,
        written_at_most_once_a_second,
        time_grows_like_the_number_of_iterations,
        both_forms_are_merged,
        tuning_that_only_the_report_knows,
        faulty_reports_are_told,
        NULL,
    };
    Suite *suite = suite_create("tuning_report");
    TCase *tcase = tcase_create("tuning_report");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, enter, leave);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
