/* test_loader: a run directory as struct run: ours with its journal, the older pipeline's without,
 * and what is missing, torn or hostile in either. */
#include "config.h"

#include "suites.h"

#include "artifact/iteration_file.h"
#include "artifact/journal.h"
#include "artifact/loader.h"
#include "artifact/manifest.h"
#include "artifact/overrides.h"
#include "artifact/record.h"
#include "sandbox.h"
#include "testdata.h"

#define LATEST "a/soak/latest/"

static struct rundir dir;
static struct config config;
static struct run run;
static struct error err;

static void enter(void)
{
    struct root root;
    sandbox_enter();
    testdata_params(&config.params);
    testdata_thresholds(&config.thresholds);
    ck_assert_int_eq(root_open(&root, "a", ROOT_CREATE, &err), 0);
    ck_assert_int_eq(rundir_open_latest(&dir, &root, ROOT_CREATE, &err), 0);
    root_close(&root);
    run_init(&run);
}

static void leave(void)
{
    run_fini(&run);
    rundir_close(&dir);
    sandbox_leave();
}

static int load(void)
{
    return run_load(&run, &dir, &config.params, NULL, NULL, &err);
}

static void assert_loaded(void)
{
    ck_assert_msg(load() == 0, "%s", err.text);
}

static bool has_event(enum event_kind kind, const char *part)
{
    for (size_t i = 0; i < run.event_count; i++)
        if (run.event[i].kind == kind && strstr(run.event[i].text, part))
            return true;
    return false;
}

static void put_older(int number, const char *tuning)
{
    char name[64], text[1024];
    snprintf(name, sizeof name, LATEST "ITER_SUMMARY_%d.json", number);
    snprintf(text, sizeof text,
             "{'iteration':%d,'summary':{'net_bps':3.0,'risk_ratio':0.3,'maker_taker_ratio':0.85,"
             "'maker_taker_source':'fills_volume','p95_latency_ms':250.0,'kpi_verdict':'PASS',"
             "'runtime_utc':'2025-10-12T12:00:00Z'},'tuning':%s}",
             number, tuning);
    testdata_write(name, text);
}

START_TEST(an_older_run_without_journal)
{
    put_older(1, "{'applied':true,'proposed_deltas':{'tail_age_ms':30},'skip_reason':'',"
                 "'rationale':'DRIVER','state_hash':'h1'}");
    put_older(2, "{'applied':false,'proposed_deltas':{},'skip_reason':'','rationale':'STABLE'}");
    testdata_write(LATEST "TUNING_REPORT.json",
                   "{'iterations':[{'iteration':1,'signature':'s1'},{'iteration':2,'signature':"
                   "'s2','freeze_triggered':true}],'summary':{}}");
    testdata_write("a/soak/runtime_overrides.json",
                   "{'tail_age_ms':600,'engine':{'tail_age_ms':30}}");
    testdata_write(LATEST "summary.txt", "");
    rundir_close(&dir);
    ck_assert_int_eq(rundir_open(&dir, "a", &err), 0);
    assert_loaded();
    ck_assert_uint_eq(run.count, 2);
    ck_assert(!run.has_manifest);
    ck_assert_int_eq(run.source, SOURCE_UNKNOWN);
    ck_assert_int_eq(run.state, RUN_COMPLETED);
    ck_assert_str_eq(run.directory, "soak/latest");
    ck_assert_str_eq(run.iteration[0]->signature, "s1");
    ck_assert_str_eq(run.iteration[0]->state_hash, "h1");
    ck_assert(run.iteration[1]->freeze_triggered);
    ck_assert_double_eq(iteration_kpi(run.iteration[0], KPI_NET).number, 3.0);
    ck_assert_uint_eq(run.change_count, 0);
    ck_assert(has_event(EVENT_ITERATION, "iteration 1: PASS, risk ratio 0.300, maker/taker 0.850"));
    ck_assert_double_eq(run.params[param_find(&config.params, "tail_age_ms")].number, 30);
}
END_TEST

START_TEST(missing_and_torn_files_become_gaps)
{
    put_older(1, "{}");
    put_older(4, "{}");
    testdata_write(LATEST "ITER_SUMMARY_3.json", "{'iteration':3,'summary':{'net_");
    testdata_write(LATEST "ITER_SUMMARY_5.json", "{'iteration':6}");
    testdata_write(LATEST "ITER_SUMMARY_6.json", "{'iteration':6,'summary':{'net_bps':'x'}}");
    testdata_write(LATEST "ITER_SUMMARY_7.json", "");
    assert_loaded();
    ck_assert_uint_eq(run.count, 7);
    for (int number = 1; number <= 7; number++) {
        bool good = number == 1 || number == 4;
        char name[40];
        snprintf(name, sizeof name, "ITER_SUMMARY_%d.json", number);
        const struct iteration *iteration = run_iteration(&run, number);
        ck_assert_int_eq(iteration->number, number);
        ck_assert_int_eq(iteration->state, good ? ITERATION_OK : ITERATION_GAP);
        ck_assert_msg(good || strstr(iteration->error, name), "%s", iteration->error);
        ck_assert(good || has_event(EVENT_ERROR, name));
    }
    ck_assert_str_eq(run_iteration(&run, 2)->error, "ITER_SUMMARY_2.json is missing");
    ck_assert_str_eq(run_iteration(&run, 5)->error,
                     "ITER_SUMMARY_5.json: $.iteration is 6, but the file's name says 5");
    ck_assert_ptr_nonnull(strstr(run_iteration(&run, 6)->error, "$.summary.net_bps is \"x\""));
}
END_TEST

START_TEST(a_directory_without_iterations_is_refused)
{
    testdata_write(LATEST "TUNING_REPORT.json", "[]");
    testdata_write(LATEST "ITER_SUMMARY_0.json", "{}");
    testdata_write(LATEST "ITER_SUMMARY_01.json", "{}");
    testdata_write(LATEST "ITER_SUMMARY_1.json.bak", "{}");
    testdata_write(LATEST "ITER_SUMMARY_x.json", "{}");
    ck_assert_int_eq(load(), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_str_eq(err.text,
                     "a/soak/latest holds no ITER_SUMMARY_<n>.json; name the directory of a run");
}
END_TEST

START_TEST(a_run_of_ours_is_one_before_its_first_iteration)
{
    testdata_write(LATEST "journal.jsonl", "");
    ck_assert_int_eq(load(), 0);
    ck_assert_uint_eq(run.count, 0);
}
END_TEST

START_TEST(hostile_names_and_links_do_no_harm)
{
    put_older(1, "{}");
    testdata_write(LATEST "ITER_SUMMARY_999999.json", "{'iteration':999999}");
    testdata_write(LATEST "ITER_SUMMARY_99999999999999999999.json", "{}");
    testdata_write(LATEST "ITER_SUMMARY_2.json\x1b[2J", "{}");
    testdata_write("secret.json", "{'iteration':2,'summary':{'net_bps':9}}");
    ck_assert_int_eq(symlink("../../../secret.json", LATEST "ITER_SUMMARY_2.json"), 0);
    ck_assert_int_eq(mkdir(LATEST "ITER_SUMMARY_3.json", 0777), 0);
    ck_assert_int_eq(mkfifo(LATEST "ITER_SUMMARY_4.json", 0666), 0);
    assert_loaded();
    ck_assert_uint_eq(run.count, 4);
    ck_assert_int_eq(run_iteration(&run, 2)->state, ITERATION_GAP);
    ck_assert_ptr_nonnull(strstr(run_iteration(&run, 2)->error, "symbolic link"));
    ck_assert_int_eq(run_iteration(&run, 3)->state, ITERATION_GAP);
    ck_assert_int_eq(run_iteration(&run, 4)->state, ITERATION_GAP);
    ck_assert(has_event(EVENT_ERROR, "ITER_SUMMARY_999999.json was passed over"));
}
END_TEST

START_TEST(deep_and_huge_content_becomes_a_gap)
{
    char *deep = malloc(20002);
    ck_assert_ptr_nonnull(deep);
    memset(deep, '[', 20000);
    deep[20000] = '\0';
    testdata_write(LATEST "ITER_SUMMARY_1.json", deep);
    testdata_write(LATEST "ITER_SUMMARY_2.json", "{'iteration':2,'summary':{'net_bps':1e999}}");
    testdata_write(LATEST "ITER_SUMMARY_3.json",
                   "{'iteration':3,'summary':{'net_bps':123456789012345678901234567890}}");
    testdata_write(LATEST "ITER_SUMMARY_4.json", "{'iteration':4,'summary':{'net_bps':NaN}}");
    testdata_write(LATEST "ITER_SUMMARY_5.json", "{'iteration':5,'summary':{'net_bps':-1e308}}");
    free(deep);
    assert_loaded();
    ck_assert_uint_eq(run.count, 5);
    for (size_t i = 0; i < run.count; i++)
        ck_assert_int_eq(run.iteration[i]->state, ITERATION_GAP);
}
END_TEST

START_TEST(faulty_manifest_and_report_are_told_and_passed_over)
{
    put_older(1, "{}");
    testdata_write(LATEST "run.json", "{'schema':'other'}");
    testdata_write(LATEST "TUNING_REPORT.json", "{'iterations':");
    assert_loaded();
    ck_assert(!run.has_manifest);
    ck_assert(has_event(EVENT_ERROR, "run.json: $.schema"));
    ck_assert(has_event(EVENT_ERROR, "TUNING_REPORT.json"));
    ck_assert_int_eq(run.iteration[0]->state, ITERATION_OK);
}
END_TEST

/* A run of ours, written as the engine writes it. */
struct writer {
    struct clock clock;
    struct recorder to;
    struct run run;
};

static void writer_open(struct writer *writer)
{
    writer->clock = clock_virtual(CLOCK_MOCK_START_MS);
    writer->to = (struct recorder){.journal = journal_open(&dir, NULL, &err),
                                   .table = &config.params,
                                   .clock = &writer->clock};
    ck_assert_msg(writer->to.journal != NULL, "%s", err.text);
    run_init(&writer->run);
    snprintf(writer->run.id, sizeof writer->run.id, "r1");
    writer->run.source = SOURCE_EXEC;
    writer->run.mode = APPROVE_AUTO;
    writer->run.state = RUN_COMPLETED;
    writer->run.planned = 3;
    writer->run.started_ms = CLOCK_MOCK_START_MS;
    ck_assert_int_eq(manifest_write(&dir, &writer->run, &config, NULL, 0, &err), 0);
}

static void writer_close(struct writer *writer)
{
    journal_close(writer->to.journal);
    run_fini(&writer->run);
}

static void write_iteration(struct writer *writer, struct iteration *iteration)
{
    clock_advance(&writer->clock, 1000);
    iteration->utc_ms = clock_now(&writer->clock);
    iteration->summary.kpi_verdict = VERDICT_PASS;
    ck_assert_int_eq(record_iteration(&writer->to, iteration, &err), 0);
    ck_assert_int_eq(iteration_file_write(&dir, iteration, &config.params, &err), 0);
    iteration_free(iteration);
}

static struct iteration *tail_iteration(int number, double now, double target)
{
    struct iteration *iteration = iteration_new(number);
    iteration->delta_count = 1;
    iteration->delta = calloc(1, sizeof *iteration->delta);
    iteration->delta[0] = (struct delta){.name = "tail_age_ms",
                                         .param = param_find(&config.params, "tail_age_ms"),
                                         .now = now,
                                         .increment = target - now,
                                         .target = target,
                                         .after = target,
                                         .state = DELTA_APPLIED};
    iteration->applied = true;
    return iteration;
}

static struct runtime *with_tail(double tail)
{
    struct runtime *runtime = runtime_new_best_cell(&config.params);
    runtime_set(runtime, &config.params.param[param_find(&config.params, "tail_age_ms")], tail);
    return runtime;
}

static void write_change(struct writer *writer, enum change_kind kind, int iteration, double before,
                         double after, const char *fault)
{
    struct runtime *from = with_tail(before), *to = with_tail(after);
    char hash[HASH_TEXT_MAX];
    char *text = overrides_text(fault ? from : to, hash, NULL, &err);
    free(text);
    ck_assert_int_eq(
        record_intent(&writer->to, kind, iteration, "operator:me@here", from, to, "why", &err), 0);
    clock_advance(&writer->clock, 1000);
    ck_assert_int_eq(record_outcome(&writer->to, kind, iteration, hash, fault, &err), 0);
    runtime_free(from);
    runtime_free(to);
}

static void write_start(struct writer *writer)
{
    struct runtime *runtime = with_tail(600);
    char note[] = "preset p: tail_age_ms 590 -> 600";
    char *notes[] = {note};
    ck_assert_int_eq(record_start(&writer->to, &writer->run, runtime, "", notes, 1, &err), 0);
    runtime_free(runtime);
}

START_TEST(the_journal_s_changes_are_the_run_s)
{
    struct writer writer;
    int tail = param_find(&config.params, "tail_age_ms");
    writer_open(&writer);
    write_start(&writer);
    write_change(&writer, CHANGE_APPLY, 1, 600, 630, NULL);
    write_iteration(&writer, tail_iteration(1, 600, 630));
    write_change(&writer, CHANGE_APPLY, 2, 630, 660, NULL);
    write_iteration(&writer, tail_iteration(2, 630, 660));
    write_change(&writer, CHANGE_ROLLBACK, 2, 660, 630, NULL);
    writer_close(&writer);
    assert_loaded();
    ck_assert(run.has_manifest);
    ck_assert_int_eq(run.source, SOURCE_EXEC);
    ck_assert_uint_eq(run.change_count, 3);
    ck_assert_int_eq(run.change[0].kind, CHANGE_APPLY);
    ck_assert_int_eq(run.change[0].after_iteration, 1);
    ck_assert_double_eq(run.change[0].before[tail].number, 600);
    ck_assert_double_eq(run.change[0].after[tail].number, 630);
    ck_assert_str_eq(run.change[0].by, "operator:me@here");
    ck_assert(!run.change[0].undone);
    ck_assert(run.change[1].undone);
    ck_assert_int_eq(run.change[2].kind, CHANGE_ROLLBACK);
    ck_assert_str_eq(run.change[2].hash_after, run.change[0].hash_after);
    ck_assert_int_eq(run.iteration[0]->delta[0].state, DELTA_APPLIED);
    ck_assert_int_eq(run.iteration[1]->delta[0].state, DELTA_ROLLED_BACK);
    ck_assert_str_eq(run.iteration[1]->rolled_back_at, "2025-01-01T00:00:05Z");
    ck_assert_double_eq(run.params[tail].number, 630);
    ck_assert_str_eq(run.params_hash, run.change[0].hash_after);
    ck_assert(has_event(EVENT_START, "run r1 started: exec, auto"));
    ck_assert(has_event(EVENT_NOTE, "preset p: tail_age_ms 590 -> 600"));
    ck_assert(has_event(EVENT_APPLY, "applied by operator:me@here: tail_age_ms 600 -> 630; why"));
    ck_assert(has_event(EVENT_ROLLBACK, "rollback by operator:me@here: tail_age_ms 660 -> 630"));
    ck_assert(has_event(EVENT_ITERATION, "iteration 2: PASS, risk ratio n/a"));
}
END_TEST

START_TEST(failed_and_open_intents_change_nothing)
{
    struct writer writer;
    writer_open(&writer);
    write_start(&writer);
    write_change(&writer, CHANGE_APPLY, 1, 600, 630, "no space left");
    write_iteration(&writer, iteration_new(1));
    struct runtime *from = with_tail(600), *to = with_tail(700);
    ck_assert_int_eq(record_intent(&writer.to, CHANGE_APPLY, 2, "auto", from, to, "", &err), 0);
    runtime_free(from);
    runtime_free(to);
    writer_close(&writer);
    assert_loaded();
    ck_assert_uint_eq(run.change_count, 0);
    ck_assert(has_event(EVENT_ERROR, "the apply failed, nothing was written: no space left"));
    ck_assert(has_event(EVENT_ERROR, "the apply after iteration 2 has no outcome"));
    ck_assert_double_eq(run.params[param_find(&config.params, "tail_age_ms")].number, 600);
}
END_TEST

START_TEST(external_changes_and_notes)
{
    struct writer writer;
    const char *const reasons[] = {"full_apply_ratio 0.5 < 0.9"};
    writer_open(&writer);
    write_start(&writer);
    write_iteration(&writer, iteration_new(1));
    struct runtime *found = with_tail(710);
    ck_assert_int_eq(record_external_change(&writer.to, 1, "old", found, &err), 0);
    runtime_free(found);
    ck_assert_int_eq(record_gate(&writer.to, 1, "strict", VERDICT_FAIL, 1, reasons, 1, &err), 0);
    ck_assert_int_eq(record_note(&writer.to, "pause", 1, "me@here", "paused", &err), 0);
    ck_assert_int_eq(record_note(&writer.to, "resume", 1, "me@here", "resumed", &err), 0);
    ck_assert_int_eq(record_note(&writer.to, "note", 1, "", "something", &err), 0);
    ck_assert_int_eq(record_note(&writer.to, "stop", 1, "", "", &err), 0);
    ck_assert_int_eq(journal_append_take(writer.to.journal, "of_a_later_version", 1, 0,
                                         testdata_json("{'x':[1]}"), &err),
                     0);
    writer_close(&writer);
    assert_loaded();
    ck_assert_uint_eq(run.change_count, 1);
    ck_assert_int_eq(run.change[0].kind, CHANGE_EXTERNAL);
    ck_assert_str_eq(run.change[0].hash_before, "old");
    ck_assert(has_event(EVENT_EXTERNAL_CHANGE, "in force now: tail_age_ms 600 -> 710"));
    ck_assert(has_event(EVENT_GATE, "strict gate: FAIL, exit 1: full_apply_ratio 0.5 < 0.9"));
    ck_assert(has_event(EVENT_PAUSE, "paused by me@here"));
    ck_assert(has_event(EVENT_RESUME, "resumed by me@here"));
    ck_assert(has_event(EVENT_NOTE, "something"));
    ck_assert(has_event(EVENT_STOP, "stop"));
    ck_assert_double_eq(run.params[param_find(&config.params, "tail_age_ms")].number, 710);
}
END_TEST

static void write_proposal(struct writer *writer, int number)
{
    struct summary summary = {.driver_count = 0};
    struct proposal proposal = {.iteration = number, .count = 1};
    summary.kpi[KPI_NET] = value_of(3.0);
    struct iteration *iteration = tail_iteration(number, 600, 630);
    proposal.delta[0] = iteration->delta[0];
    proposal.delta[0].state = DELTA_PROPOSED;
    iteration_free(iteration);
    ck_assert_int_eq(record_proposal(&writer->to, &proposal, &summary, true, &err), 0);
}

START_TEST(a_proposal_waits_until_its_iteration_is_recorded)
{
    struct writer writer;
    writer_open(&writer);
    write_start(&writer);
    write_proposal(&writer, 1);
    write_iteration(&writer, iteration_new(1));
    assert_loaded();
    ck_assert(!run.has_pending);
    run_fini(&run);
    write_proposal(&writer, 2);
    struct delta line = {.name = "tail_age_ms", .target = 630, .after = 620, .state = DELTA_EDITED};
    const struct decision_record edit = {
        .iteration = 2, .actor = "me@here", .op = "edit", .note = "less", .line = &line};
    ck_assert_int_eq(record_decision(&writer.to, &edit, &err), 0);
    assert_loaded();
    ck_assert(run.has_pending);
    ck_assert_int_eq(run.pending.iteration, 2);
    ck_assert_int_eq(run.pending.delta[0].state, DELTA_EDITED);
    ck_assert_double_eq(run.pending.delta[0].after, 620);
    ck_assert_double_eq(run.pending.delta[0].target, 630);
    ck_assert(run.pending.has_summary);
    ck_assert_double_eq(run.pending.summary.kpi[KPI_NET].number, 3.0);
    ck_assert(has_event(EVENT_PROPOSAL, "iteration 2 proposes 1 changes, 0 of them blocked"));
    ck_assert(has_event(EVENT_DECISION, "edit tail_age_ms to 620 by me@here: less"));
    writer_close(&writer);
}
END_TEST

START_TEST(a_broken_chain_is_an_integrity_fault)
{
    struct writer writer;
    writer_open(&writer);
    write_start(&writer);
    write_iteration(&writer, iteration_new(1));
    writer_close(&writer);
    size_t length = 0;
    char *text = sandbox_get(LATEST "journal.jsonl", &length);
    char *digit = strstr(text, "\"tail_age_ms\":600");
    ck_assert_ptr_nonnull(digit);
    digit[14] = '7';
    sandbox_put(LATEST "journal.jsonl", text, length);
    ck_assert_int_eq(load(), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    free(text);
}
END_TEST

START_TEST(a_torn_last_line_is_told)
{
    struct writer writer;
    writer_open(&writer);
    write_start(&writer);
    write_iteration(&writer, iteration_new(1));
    writer_close(&writer);
    FILE *file = fopen(LATEST "journal.jsonl", "a");
    ck_assert_ptr_nonnull(file);
    fputs("{\"seq\":3,", file);
    fclose(file);
    assert_loaded();
    ck_assert(has_event(EVENT_ERROR, "a torn last line of 9 bytes was passed over"));
}
END_TEST

static bool count_progress(void *context, size_t done, size_t total)
{
    size_t *most = context;
    ck_assert_uint_eq(total, 3);
    ck_assert_uint_le(done, total);
    return done < *most;
}

START_TEST(progress_can_stop_it)
{
    size_t most = 100;
    for (int number = 1; number <= 3; number++)
        put_older(number, "{}");
    ck_assert_int_eq(run_load(&run, &dir, &config.params, count_progress, &most, &err), 0);
    run_fini(&run);
    most = 2;
    ck_assert_int_eq(run_load(&run, &dir, &config.params, count_progress, &most, &err), -1);
    ck_assert_int_eq(err.code, ERROR_STOPPED);
}
END_TEST

Suite *loader_suite(void)
{
    const TTest *const tests[] = {
        an_older_run_without_journal,
        missing_and_torn_files_become_gaps,
        a_directory_without_iterations_is_refused,
        a_run_of_ours_is_one_before_its_first_iteration,
        hostile_names_and_links_do_no_harm,
        deep_and_huge_content_becomes_a_gap,
        faulty_manifest_and_report_are_told_and_passed_over,
        the_journal_s_changes_are_the_run_s,
        failed_and_open_intents_change_nothing,
        external_changes_and_notes,
        a_proposal_waits_until_its_iteration_is_recorded,
        a_broken_chain_is_an_integrity_fault,
        a_torn_last_line_is_told,
        progress_can_stop_it,
        NULL,
    };
    Suite *suite = suite_create("loader");
    TCase *tcase = tcase_create("loader");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, enter, leave);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
