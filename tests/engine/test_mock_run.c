/* test_mock_run: whole mock runs: the worked example of ENGINE section 10 and what a run leaves. */
#include "config.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact/gate.h"
#include "artifact/realclock.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

struct target {
    const char *name;
    double value;
};

/* ENGINE section 10; iterations that are not named propose nothing. */
static const struct {
    int iteration;
    const char *rule;
    struct target target[5];
} worked[] = {
    {1,
     "DRIVER",
     {{"impact_cap_ratio", 0.09},
      {"max_delta_ratio", 0.14},
      {"base_spread_bps_delta", 0.08},
      {"tail_age_ms", 630}}},
    {2,
     "FALLBACK",
     {{"min_interval_ms", 80},
      {"replace_rate_per_min", 240},
      {"base_spread_bps_delta", 0.10},
      {"tail_age_ms", 700}}},
    {3, "AGGRESSIVE", {{"impact_cap_ratio", 0.08}, {"tail_age_ms", 730}}},
    {6, "MAKER_BOOST", {{"base_spread_bps", 0.135}, {"replace_rate_per_min", 204}}},
    {7, "MAKER_BOOST", {{"base_spread_bps", 0.15}, {"replace_rate_per_min", 200}}},
};

static void check_iteration(int number)
{
    const struct target *targets = NULL;
    const char *rule = "STABLE";
    for (size_t i = 0; i < sizeof(worked) / sizeof(worked[0]); i++)
        if (worked[i].iteration == number) {
            targets = worked[i].target;
            rule = worked[i].rule;
        }
    json_t *summary = soak_summary("a", number);
    json_t *proposed = soak_at(summary, "tuning.proposed_deltas");
    json_t *applied = soak_at(summary, "tuning.applied_deltas");
    size_t count = 0;
    for (; targets && targets[count].name; count++) {
        ck_assert(json_number_value(json_object_get(proposed, targets[count].name)) ==
                  targets[count].value);
        ck_assert(json_number_value(json_object_get(applied, targets[count].name)) ==
                  targets[count].value);
    }
    ck_assert_uint_eq(json_object_size(proposed), count);
    ck_assert_uint_eq(json_object_size(applied), count);
    ck_assert_uint_eq(json_array_size(soak_at(summary, "tuning.changed_keys")), count);
    ck_assert_msg(strstr(soak_text(summary, "tuning.rationale"), rule) != NULL, "%d: %s", number,
                  soak_text(summary, "tuning.rationale"));
    ck_assert_str_eq(soak_text(summary, "tuning.skip_reason"), "");
    ck_assert_int_eq(soak_true(summary, "tuning.applied"), count > 0);
    ck_assert_int_eq(soak_true(summary, "tuning.freeze_triggered"), number >= 8 && number % 4 == 0);
    json_decref(summary);
}

static void check_gate(struct soak *soak, bool strict)
{
    soak->gate_done = false;
    ck_assert_msg(soak_send(soak, (struct command){.kind = COMMAND_GATE, .strict = strict}), "%s",
                  soak->reply);
}

static bool gate_is_done(const struct soak *soak)
{
    return soak->gate_done;
}

START_TEST(twenty_four_iterations_give_the_worked_example)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 24;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    for (int i = 1; i <= 24; i++)
        check_iteration(i);
    for (int strict = 0; strict <= 1; strict++) {
        check_gate(&soak, strict);
        soak_until(&soak, gate_is_done);
        ck_assert_msg(soak.gate_error.code == ERROR_NONE, "%s", soak.gate_error.text);
        ck_assert_int_eq(soak.gate_verdict, VERDICT_PASS);
        ck_assert_int_eq(soak.gate_exit, 0);
    }
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
    json_t *snapshot = soak_json("a/soak/latest/POST_SOAK_SNAPSHOT.json");
    ck_assert_double_eq(soak_number(snapshot, "kpi_last8.risk_ratio.mean"), 0.30);
    ck_assert_double_eq(soak_number(snapshot, "kpi_last8.maker_taker_ratio.mean"), 0.85);
    ck_assert_double_eq(soak_number(snapshot, "kpi_last8.net_bps.mean"), 4.75);
    ck_assert_double_eq(soak_number(snapshot, "kpi_last8.p95_latency_ms.mean"), 222.5);
    ck_assert(soak_true(snapshot, "freeze_ready"));
    json_decref(snapshot);
    json_t *verify = soak_json("a/soak/latest/DELTA_VERIFY.json");
    ck_assert_double_eq(soak_number(verify, "full_apply_ratio"), 1.0);
    ck_assert_double_eq(soak_number(verify, "full_apply_count"), 5);
    ck_assert_double_eq(soak_number(verify, "signature_stuck_count"), 0);
    json_decref(verify);
    soak_check_chain("a", 24, false);
    ck_assert_uint_eq(soak_journal_count("a", "apply_intent"), 5);
    ck_assert_uint_eq(soak_journal_count("a", "apply_outcome"), 5);
    ck_assert_uint_eq(soak_journal_count("a", "iteration"), 24);
    ck_assert_uint_eq(soak_journal_count("a", "gate"), 2);
}
END_TEST

static void run_mock(const char *root, int iterations)
{
    struct soak soak = soak_new(root);
    soak.options.iterations = iterations;
    soak_run(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    ck_assert_uint_eq(soak.run.count, (size_t)iterations);
    soak_drop(&soak);
}

START_TEST(three_iterations_after_a_run_of_six_are_exactly_three)
{
    static const double ratios[] = {0.50, 0.60, 0.60};
    run_mock("a", 6);
    run_mock("a", 3);
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json");
    ck_assert_uint_eq(json_array_size(soak_at(report, "iterations")), 3);
    ck_assert_double_eq(soak_number(report, "summary.count"), 3);
    ck_assert_int_eq(soak_count_files("a"), 3);
    for (int i = 0; i < 3; i++) {
        json_t *summary = soak_summary("a", i + 1);
        ck_assert_double_eq(soak_number(summary, "summary.maker_taker_ratio"), ratios[i]);
        ck_assert_str_eq(soak_text(summary, "summary.maker_taker_source"), "fills_volume");
        json_decref(summary);
    }
    json_decref(report);
    char *old = file_get(tempdir_path("a/soak/runs/2025-01-01T000000Z-test/summary.txt"));
    struct stat status;
    ck_assert_int_eq(stat(tempdir_path("a/soak/runs"), &status), 0);
    free(old);
}
END_TEST

static char *listing;
static size_t listing_size;
static FILE *listing_file;
static size_t listing_skip;

static int list_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)place;
    if (type != FTW_F || strstr(path, "/.lock"))
        return 0;
    char *text = file_get(path);
    fprintf(listing_file, "%s\n%s\n", path + listing_skip, text ? text : "");
    free(text);
    return 0;
}

static int by_line(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Everything below ROOT, as one text whose lines are sorted. */
static char *everything(const char *root)
{
    char *path = tempdir_path("%s", root);
    listing_skip = strlen(path);
    listing_file = open_memstream(&listing, &listing_size);
    nftw(path, list_one, 16, FTW_PHYS);
    fclose(listing_file);
    char **lines = NULL;
    size_t count = 0;
    for (char *line = strtok(listing, "\n"); line; line = strtok(NULL, "\n")) {
        lines = realloc(lines, (count + 1) * sizeof(*lines));
        lines[count++] = line;
    }
    qsort(lines, count, sizeof(*lines), by_line);
    char *sorted = calloc(1, listing_size + 1), *end = sorted;
    for (size_t i = 0; i < count; i++)
        end += sprintf(end, "%s\n", lines[i]);
    free(lines);
    free(listing);
    return sorted;
}

START_TEST(two_mock_runs_with_one_run_id_write_the_same_bytes)
{
    run_mock("a", 12);
    run_mock("b", 12);
    char *a = everything("a"), *b = everything("b");
    ck_assert_uint_gt(strlen(a), 20000);
    ck_assert_msg(strcmp(a, b) == 0, "the two differ");
    free(a);
    free(b);
}
END_TEST

START_TEST(a_mocks_time_goes_on_by_the_interval)
{
    struct soak soak = soak_new("a");
    soak_run(&soak);
    ck_assert_int_eq(soak.run.started_ms, CLOCK_MOCK_START_MS);
    ck_assert_int_eq(soak.run.ended_ms, CLOCK_MOCK_START_MS + 3000);
    soak_drop(&soak);
    json_t *edge = soak_json("a/soak/latest/artifacts/EDGE_REPORT.json");
    ck_assert_str_eq(soak_text(edge, "runtime.utc"), "2025-01-01T00:00:03Z");
    json_decref(edge);
    char *summary = file_get(tempdir_path("a/soak/latest/summary.txt"));
    ck_assert_ptr_nonnull(strstr(summary, "0:00:03"));
    free(summary);
}
END_TEST

START_TEST(a_run_leaves_its_files)
{
    static const char *const names[] = {"TUNING_REPORT.json",
                                        "journal.jsonl",
                                        "run.json",
                                        "artifacts/EDGE_REPORT.json",
                                        "artifacts/KPI_GATE.json",
                                        "summary.txt",
                                        "../runtime_overrides.json",
                                        "../../reports/EDGE_REPORT.json",
                                        "ITER_SUMMARY_3.json"};
    run_mock("a", 3);
    struct stat status;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        ck_assert_msg(stat(tempdir_path("a/soak/latest/%s", names[i]), &status) == 0, "%s",
                      names[i]);
    json_t *run = soak_json("a/soak/latest/run.json");
    ck_assert_str_eq(soak_text(run, "state"), "completed");
    json_decref(run);
    json_t *gate = soak_json("a/soak/latest/artifacts/KPI_GATE.json");
    ck_assert_str_eq(soak_text(gate, "verdict"), "FAIL"); /* risk 0.68 */
    json_decref(gate);
}
END_TEST

START_TEST(observe_applies_nothing)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_OBSERVE;
    soak_run(&soak);
    json_t *summary = soak_summary("a", 1);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.observe"));
    ck_assert(json_is_null(soak_at(summary, "summary.blocks"))); /* no audit.jsonl: not known */
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.proposed_deltas")), 4);
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.applied_deltas")), 0);
    json_decref(summary);
    soak_check_chain("a", 3, false);
    ck_assert_uint_eq(soak_journal_count("a", "apply_intent"), 0);
    ck_assert_uint_eq(soak.run.change_count, 0);
    soak_drop(&soak);
}
END_TEST

START_TEST(the_front_ends_copy_is_what_the_files_say)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 8;
    soak_run(&soak);
    ck_assert_uint_eq(soak.run.count, 8);
    ck_assert_uint_eq(soak.run.change_count, 5);
    ck_assert_str_eq(soak.run.params_hash, soak_disk_hash("a"));
    ck_assert_str_eq(soak.run.id, "test");
    ck_assert_int_eq(soak.run.source, SOURCE_MOCK);
    ck_assert_uint_gt(soak.run.event_count, 8);
    json_t *summary = soak_summary("a", 7);
    ck_assert_str_eq(run_iteration(&soak.run, 7)->state_hash,
                     soak_text(summary, "tuning.state_hash"));
    json_decref(summary);
    soak_drop(&soak);
}
END_TEST

START_TEST(the_last_iteration_of_a_fixed_run_is_late)
{
    run_mock("a", 3); /* iteration 3: AGGRESSIVE is a safety rule, late stops it all the same */
    json_t *summary = soak_summary("a", 3);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.late"));
    json_decref(summary);
}
END_TEST

START_TEST(precedence_is_set_environment_preset_profile_file)
{
    struct soak soak = soak_new("a");
    const struct config *config = soak_config();
    soak.options.mode = APPROVE_OBSERVE;
    soak.options.profile = "steady_safe";
    soak.options.preset = "maker_bias_uplift_v1";
    soak.options.set[soak.options.set_count++] = "tail_age_ms=650";
    setenv("MM_RUNTIME_OVERRIDES_JSON",
           "{\"engine\": {\"tail_age_ms\": 640}, \"replace_rate_per_min\": 310}", 1);
    soak_run(&soak);
    static const struct target wanted[] = {
        {"tail_age_ms", 650},            /* --set */
        {"replace_rate_per_min", 310},   /* the environment, flat */
        {"min_interval_ms", 80},         /* 75 + 15, at the cap */
        {"base_spread_bps_delta", 0.17}, /* 0.16 + 0.01 */
    };
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq(soak.run.params[param_find(&config->params, wanted[i].name)].number,
                            wanted[i].value);
    json_t *file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_double_eq(soak_number(file, "engine.tail_age_ms"), 650);
    json_decref(file);
    soak_drop(&soak);
    unsetenv("MM_RUNTIME_OVERRIDES_JSON");

    soak = soak_new("a"); /* the file stays what it is; the preset worked once */
    soak.options.mode = APPROVE_OBSERVE;
    soak_run(&soak);
    ck_assert_double_eq(soak.run.params[param_find(&config->params, "min_interval_ms")].number, 80);
    soak_drop(&soak);
}
END_TEST

START_TEST(what_cannot_be_is_refused_before_anything_is_moved)
{
    char text[ERROR_TEXT_MAX];
    run_mock("a", 3);
    struct soak soak = soak_new("a");
    soak.options.set[0] = "min_interval_ms=90";
    soak.options.set_count = 1;
    ck_assert_int_eq(soak_refused(&soak, text), ERROR_USAGE);
    ck_assert_msg(strstr(text, "80") != NULL, "%s", text);
    soak = soak_new("a");
    soak.options.run_id = "../x";
    ck_assert_int_eq(soak_refused(&soak, NULL), ERROR_USAGE);
    soak = soak_new("a");
    soak.options.profile = "no_such";
    ck_assert_int_ne(soak_refused(&soak, NULL), ERROR_NONE);
    soak = soak_new("a");
    soak.options.interval_s = -1;
    ck_assert_int_eq(soak_refused(&soak, NULL), ERROR_USAGE);
    ck_assert_int_eq(soak_count_files("a"), 3);
}
END_TEST

START_TEST(a_second_writer_is_refused)
{
    char text[ERROR_TEXT_MAX];
    struct soak first = soak_new("a"), second = soak_new("a");
    soak_open(&first);
    ck_assert_int_eq(soak_refused(&second, text), ERROR_LOCKED);
    ck_assert_ptr_nonnull(strstr(text, "pid"));
    soak_run(&first);
    soak_run(&second);
    soak_drop(&first);
    soak_drop(&second);
}
END_TEST

START_TEST(a_mock_must_not_move_a_live_bots_parameters)
{
    char text[ERROR_TEXT_MAX];
    struct soak soak = soak_new("a");
    soak_open(&soak); /* makes the directories */
    soak_end(&soak);
    soak_write_overrides("a", "{\"engine\":{\"tail_age_ms\":610}}");
    ck_assert_int_eq(soak_refused(&soak, text), ERROR_REFUSED);
    ck_assert_ptr_nonnull(strstr(text, "--force-mock"));
    soak.options.force_mock = true;
    soak_run(&soak);
    soak_drop(&soak);
    run_mock("a", 3); /* a mock was the last writer now */
    soak_write_overrides("a", "{\"engine\":{\"tail_age_ms\":611}}");
    soak = soak_new("a");
    ck_assert_int_eq(soak_refused(&soak, NULL), ERROR_REFUSED);
}
END_TEST

START_TEST(a_mock_is_refused_after_another_sources_run)
{
    struct soak soak = soak_new("a");
    soak.options.source = SOURCE_EXEC;
    soak.options.exec_command = "exit 1";
    soak_run(&soak);
    soak_drop(&soak);
    soak = soak_new("a");
    ck_assert_int_eq(soak_refused(&soak, NULL), ERROR_REFUSED);
}
END_TEST

START_TEST(a_flat_file_is_migrated_and_told)
{
    struct soak soak = soak_new("a");
    soak_open(&soak);
    soak_end(&soak);
    soak_write_overrides("a", "{\"tail_age_ms\": 610, \"own\": {\"x\": 1}}");
    soak.options.force_mock = true;
    soak.options.mode = APPROVE_OBSERVE;
    soak_run(&soak);
    soak_drop(&soak);
    char *text = file_get(tempdir_path("a/soak/runtime_overrides.json"));
    ck_assert_str_eq(text, "{\"engine\":{\"tail_age_ms\":610},\"own\":{\"x\":1}}");
    free(text);
    text = file_get(tempdir_path("a/soak/latest/journal.jsonl"));
    ck_assert_ptr_nonnull(strstr(text, "tail_age_ms moved to engine.tail_age_ms"));
    free(text);
}
END_TEST

START_TEST(a_bots_audit_file_is_counted_iteration_by_iteration)
{
    struct soak soak = soak_new("a");
    soak.options.source = SOURCE_EXEC;
    soak.options.iterations = 2;
    soak.options.exec_command =
        "echo '{\"totals\": {\"net_bps\": 3}}' >\"$SOAK_EDGE_REPORT\"\n"
        "cd \"$SOAK_RUN_DIR\"; echo '{\"reason\": \"risk\"}' >>audit.jsonl\n"
        "echo garbage >>audit.jsonl; echo '{\"allowed\": true}' >>audit.jsonl\n"
        "[ $SOAK_ITERATION = 1 ] || echo '{\"reason\": \"min_interval\"}' >>audit.jsonl\n"
        "printf '{\"reason\": \"ri' >>audit.jsonl; [ $SOAK_ITERATION = 2 ] || echo >>audit.jsonl";
    soak_run(&soak);
    soak_drop(&soak);
    json_t *first = soak_summary("a", 1), *second = soak_summary("a", 2);
    ck_assert_double_eq(soak_number(first, "summary.blocks.counts.risk"), 1);
    ck_assert_double_eq(soak_number(first, "summary.blocks.counts.allowed"), 1);
    ck_assert_double_eq(soak_number(first, "summary.blocks.total"), 2);
    ck_assert_double_eq(soak_number(second, "summary.blocks.counts.risk"), 1);
    ck_assert_double_eq(soak_number(second, "summary.blocks.counts.min_interval"), 1);
    ck_assert_double_eq(soak_number(second, "summary.blocks.total"), 3);
    json_decref(first);
    json_decref(second);
}
END_TEST

START_TEST(four_times_the_iterations_take_about_four_times_as_long)
{
    int64_t begun = monotonic_ms();
    run_mock("a", 150);
    int64_t quarter = monotonic_ms() - begun;
    begun = monotonic_ms();
    run_mock("b", 600);
    int64_t whole = monotonic_ms() - begun;
    ck_assert_msg(whole < 10 * quarter + 500, "%lld ms for 150, %lld ms for 600",
                  (long long)quarter, (long long)whole);
    json_t *report = soak_json("b/soak/latest/TUNING_REPORT.json");
    ck_assert_uint_eq(json_array_size(soak_at(report, "iterations")), 600);
    json_decref(report);
}
END_TEST

Suite *mock_run_suite(void)
{
    const TTest *const list[] = {
        twenty_four_iterations_give_the_worked_example,
        three_iterations_after_a_run_of_six_are_exactly_three,
        two_mock_runs_with_one_run_id_write_the_same_bytes,
        a_mocks_time_goes_on_by_the_interval,
        a_run_leaves_its_files,
        observe_applies_nothing,
        the_front_ends_copy_is_what_the_files_say,
        the_last_iteration_of_a_fixed_run_is_late,
        precedence_is_set_environment_preset_profile_file,
        what_cannot_be_is_refused_before_anything_is_moved,
        a_second_writer_is_refused,
        a_mock_must_not_move_a_live_bots_parameters,
        a_mock_is_refused_after_another_sources_run,
        a_flat_file_is_migrated_and_told,
        a_bots_audit_file_is_counted_iteration_by_iteration,
        four_times_the_iterations_take_about_four_times_as_long,
        NULL,
    };
    Suite *suite = suite_create("mock_run");
    TCase *tcase = tcase_create("mock_run");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
