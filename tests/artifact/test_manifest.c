/* test_manifest: run.json and summary.txt. */
#include "config.h"

#include "suites.h"

#include "artifact/manifest.h"
#include "sandbox.h"
#include "testdata.h"

static struct rundir dir;
static struct config config;
static struct run run;

static void enter(void)
{
    struct root root;
    struct error err = ERROR_INIT;
    sandbox_enter();
    ck_assert_int_eq(root_open(&root, "a", ROOT_CREATE, &err), 0);
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, &err), 0);
    root_close(&root);
    testdata_thresholds(&config.thresholds);
    run_init(&run);
    snprintf(run.id, sizeof run.id, "r1");
    snprintf(run.source_detail, sizeof run.source_detail, "./bot --once");
    run.source = SOURCE_EXEC;
    run.mode = APPROVE_AUTO;
    run.has_tripwire = tripwire_parse(&run.tripwire, "risk > .45 for 2", NULL) == 0;
    run.tripwire_rollback = true;
    run.state = RUN_COMPLETED;
    run.planned = 24;
    run.interval_s = 300;
    run.started_ms = CLOCK_MOCK_START_MS;
}

static void leave(void)
{
    run_fini(&run);
    rundir_close(&dir);
    sandbox_leave();
}

START_TEST(run_json_says_what_the_run_is)
{
    struct error err = ERROR_INIT;
    const struct manifest_option options[] = {{"--exec", "./bot --once"}, {"--auto-tune", ""}};
    run.ended_ms = CLOCK_MOCK_START_MS + 1500;
    ck_assert_int_eq(manifest_write(&dir, &run, &config, options, 2, &err), 0);
    char *text = sandbox_get("a/soak/latest/run.json", NULL);
    json_auto_t *json = testdata_json(text);
    json_auto_t *wanted = testdata_json(
        "{'schema':'soaktop-run-1','run_id':'r1','source':'exec','source_detail':'./bot --once',"
        "'approve':'auto','iterations':24,'interval_s':300.0,'tripwire':'risk > 0.45 for 2 until "
        "8','tripwire_rollback':true,'journal':null,'options':[{'name':'--exec','value':"
        "'./bot --once'},{'name':'--auto-tune','value':null}],'thresholds':{'strict':{'risk_ratio':"
        "0.42,'maker_taker_ratio':0.85,'net_bps':2.7,'p95_latency_ms':350.0},'mock':{'risk_ratio':"
        "0.5,'maker_taker_ratio':0.5,'net_bps':-10.0,'p95_latency_ms':500.0}},'started':"
        "'2025-01-01T00:00:00Z','ended':'2025-01-01T00:00:01.500Z','state':'completed'}");
    ck_assert_msg(json_equal(json, wanted), "%s", text);
    free(text);
}
END_TEST

START_TEST(the_seal_goes_in_and_out_and_leaves_the_rest)
{
    struct error err = ERROR_INIT;
    struct manifest_seal seal = {.records = 7, .head = "abc"}, back;
    bool sealed = true;
    ck_assert_int_eq(manifest_read_seal(&dir, &back, &sealed, &err), 0); /* no run.json */
    ck_assert(!sealed);
    ck_assert_int_eq(manifest_write(&dir, &run, &config, NULL, 0, &err), 0);
    char *before = sandbox_get("a/soak/latest/run.json", NULL);
    ck_assert_int_eq(manifest_put_seal(&dir, &seal, &err), 0);
    ck_assert_int_eq(manifest_read_seal(&dir, &back, &sealed, &err), 0);
    ck_assert(sealed);
    ck_assert_int_eq(back.records, 7);
    ck_assert_str_eq(back.head, "abc");
    ck_assert_int_eq(manifest_put_seal(&dir, NULL, &err), 0);
    ck_assert_int_eq(manifest_read_seal(&dir, &back, &sealed, &err), 0);
    ck_assert(!sealed);
    char *after = sandbox_get("a/soak/latest/run.json", NULL);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
}
END_TEST

START_TEST(what_is_written_comes_back)
{
    struct error err = ERROR_INIT;
    struct run back;
    ck_assert_int_eq(manifest_write(&dir, &run, &config, NULL, 0, &err), 0);
    run_init(&back);
    ck_assert_msg(manifest_read(&dir, &back, &err) == 0, "%s", err.text);
    ck_assert(back.has_manifest);
    ck_assert_str_eq(back.id, "r1");
    ck_assert_str_eq(back.source_detail, "./bot --once");
    ck_assert_int_eq(back.source, SOURCE_EXEC);
    ck_assert_int_eq(back.mode, APPROVE_AUTO);
    ck_assert_int_eq(back.state, RUN_COMPLETED);
    ck_assert_int_eq(back.planned, 24);
    ck_assert_double_eq(back.interval_s, 300);
    ck_assert_int_eq(back.started_ms, CLOCK_MOCK_START_MS);
    ck_assert(back.ended_ms == UTC_NONE);
    ck_assert(back.has_tripwire && back.tripwire.count == 2 && back.tripwire_rollback);
    run.planned = 0;
    ck_assert_int_eq(manifest_write(&dir, &run, &config, NULL, 0, &err), 0);
    ck_assert_int_eq(manifest_read(&dir, &back, &err), 0);
    run_fini(&back);
}
END_TEST

START_TEST(without_run_json_there_is_no_manifest)
{
    struct run back;
    run_init(&back);
    ck_assert_int_eq(manifest_read(&dir, &back, NULL), 0);
    ck_assert(!back.has_manifest);
    ck_assert_int_eq(back.source, SOURCE_UNKNOWN);
    run_fini(&back);
}
END_TEST

static void assert_refused(const char *over, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct run back;
    ck_assert_int_eq(manifest_write(&dir, &run, &config, NULL, 0, &err), 0);
    json_auto_t *json = json_load_file("a/soak/latest/run.json", 0, NULL);
    json_auto_t *more = testdata_json(over);
    json_object_update(json, more);
    ck_assert_int_eq(json_dump_file(json, "a/soak/latest/run.json", 0), 0);
    run_init(&back);
    ck_assert_msg(manifest_read(&dir, &back, &err) == -1, "was taken: %s", over);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
    ck_assert(!back.has_manifest);
    ck_assert_str_eq(back.id, "");
    ck_assert_int_eq(back.source, SOURCE_UNKNOWN); /* a faulty file makes no run promotable */
    run_fini(&back);
}

START_TEST(faults_name_the_path)
{
    assert_refused("{'schema':'x'}", "a/soak/latest/run.json: $.schema is \"x\"");
    assert_refused("{'state':'asleep'}", "$.state is \"asleep\", but it is no state of a run");
    assert_refused("{'approve':'maybe'}", "$.approve is \"maybe\"");
    assert_refused("{'source':5}", "$.source is 5");
    assert_refused("{'iterations':-1}", "$.iterations is -1");
    assert_refused("{'interval_s':-1}", "$.interval_s is -1");
    assert_refused("{'started':'yesterday'}", "$.started is \"yesterday\", but it must be a UTC");
    testdata_write("a/soak/latest/run.json", "{'schema'");
    ck_assert_int_eq(manifest_read(&dir, &run, NULL), -1);
}
END_TEST

static void assert_summary(const char *wanted)
{
    struct error err = ERROR_INIT;
    ck_assert_int_eq(manifest_write_summary(&dir, &run, &err), 0);
    char *text = sandbox_get("a/soak/latest/summary.txt", NULL);
    ck_assert_str_eq(text, wanted);
    free(text);
}

START_TEST(summary_txt)
{
    assert_summary("\nREAL DURATION (wall-clock): 0:00:00\nITERATIONS COMPLETED: 0\n");
    run_put_iteration_take(&run, iteration_new(1));
    run.ended_ms = run.started_ms + INT64_C(1000) * (26 * 3600 + 3 * 60 + 4);
    assert_summary("\nREAL DURATION (wall-clock): 26:03:04\nITERATIONS COMPLETED: 1\n");
    run.ended_ms = UTC_NONE;
    run.iteration[0]->utc_ms = run.started_ms + 61000;
    assert_summary("\nREAL DURATION (wall-clock): 0:01:01\nITERATIONS COMPLETED: 1\n");
}
END_TEST

Suite *manifest_suite(void)
{
    const TTest *const tests[] = {
        run_json_says_what_the_run_is,
        the_seal_goes_in_and_out_and_leaves_the_rest,
        what_is_written_comes_back,
        without_run_json_there_is_no_manifest,
        faults_name_the_path,
        summary_txt,
        NULL,
    };
    Suite *suite = suite_create("manifest");
    TCase *tcase = tcase_create("manifest");
    tcase_add_checked_fixture(tcase, enter, leave);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
