/* test_record: what each type of record holds, read back from the journal. */
#include "config.h"

#include "artifact/record.h"

#include <math.h>

#include <jansson.h>

#include "artifact/iteration_file.h"
#include "artifact/jsonfile.h"
#include "artifact/overrides.h"
#include "artifact/sha256.h"
#include "model/mem.h"
#include "sandbox.h"
#include "suites.h"
#include "table.h"

static struct param_table table;
static struct clock mock_clock;
static struct rundir dir;
static struct recorder to;

static void start(void)
{
    struct error err = ERROR_INIT;

    table_load(&table);
    mock_clock = clock_virtual(CLOCK_MOCK_START_MS + 250);
    dir = (struct rundir){.path = "x", .artifacts_fd = -1, .soak_fd = -1};
    dir.fd = open(".", O_RDONLY | O_DIRECTORY);
    to = (struct recorder){
        .journal = journal_open(&dir, NULL, &err), .table = &table, .clock = &mock_clock};
    ck_assert_msg(to.journal != NULL, "%s", err.text);
}

static int keep_last(void *context, const json_t *record, struct error *err)
{
    json_t **last = context;
    (void)err;
    json_decref(*last);
    *last = json_incref((json_t *)record);
    return 0;
}

/* The record that was appended last, which says TYPE and ITERATION; a new reference. */
static json_t *last_record(const char *type, int iteration)
{
    struct error err = ERROR_INIT;
    json_t *last = NULL;

    ck_assert_msg(journal_each(&dir, keep_last, &last, NULL, &err) == 0, "%s", err.text);
    ck_assert_str_eq(json_string_value(json_object_get(last, "type")), type);
    ck_assert_int_eq(json_integer_value(json_object_get(last, "iteration")), iteration);
    ck_assert_str_eq(json_string_value(json_object_get(last, "utc")), "2025-01-01T00:00:00.250Z");
    return last;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void check_equal(const json_t *object, const char *key, const char *expected)
{
    json_auto_t *json = json_loads(expected, JSON_DECODE_ANY, NULL);
    char *found = json_dumps(json_object_get(object, key), JSON_ENCODE_ANY | JSON_SORT_KEYS);

    ck_assert_msg(json_equal(json_object_get(object, key), json), "%s is %s, not %s", key, found,
                  expected);
    free(found);
}

static struct error fault;

#define CHECK_DONE(call) ck_assert_msg((call) == 0, "%s", fault.text)

#define BEST_CELL                                                                                  \
    "{\"engine\":{\"min_interval_ms\":60,\"replace_rate_per_min\":300,\"tail_age_ms\":600},"       \
    "\"risk\":{\"base_spread_bps_delta\":0.05,\"impact_cap_ratio\":0.1,\"max_delta_ratio\":0.15}}"

START_TEST(start_holds_manifest_parameters_and_notes)
{
    char *notes[] = {"min_interval_ms moved", "not \xff UTF-8"}, hash[HASH_TEXT_MAX];
    struct runtime *runtime;
    struct run run;

    start();
    run_init(&run);
    strcpy(run.id, "abc");
    run.source = SOURCE_EXEC;
    strcpy(run.source_detail, "./bot \xe9");
    run.mode = APPROVE_OBSERVE;
    run.planned = 24;
    run.interval_s = 0.5;
    run.started_ms = CLOCK_MOCK_START_MS;
    runtime = runtime_new_best_cell(&table);
    CHECK_DONE(record_start(&to, &run, runtime, "", notes, 2, &fault));
    json_auto_t *record = last_record("start", 0);
    const json_t *manifest = json_object_get(record, "run");
    check_equal(manifest, "iterations", "24");
    check_equal(manifest, "interval_s", "0.5");
    ck_assert_str_eq(text_of(manifest, "run_id"), "abc");
    ck_assert_str_eq(text_of(manifest, "source"), "exec");
    ck_assert_str_eq(text_of(manifest, "approve"), "observe");
    ck_assert_str_eq(text_of(manifest, "started"), "2025-01-01T00:00:00Z");
    check_equal(record, "runtime_overrides", BEST_CELL);
    sha256_hex(hash, BEST_CELL, strlen(BEST_CELL));
    ck_assert_str_eq(text_of(record, "state_hash"), hash);
    ck_assert_uint_eq(json_array_size(json_object_get(record, "notes")), 2);
    runtime_free(runtime);
    run_fini(&run);
}
END_TEST

static struct proposal two_lines(void)
{
    struct proposal proposal = {.iteration = 3, .count = 2, .rationale = "why"};
    struct delta *line = proposal.delta;

    strcpy(proposal.base_hash, "base");
    line[0] = (struct delta){.name = "min_interval_ms",
                             .rule = RULE_AGGRESSIVE,
                             .now = 60,
                             .increment = 5,
                             .target = 65,
                             .after = 65};
    line[1] = (struct delta){.name = "impact_cap_ratio",
                             .rule = RULE_AGGRESSIVE,
                             .now = 0.1,
                             .increment = -0.01,
                             .target = 0.09,
                             .after = 0.09,
                             .state = DELTA_BLOCKED,
                             .guard = GUARD_FREEZE,
                             .clears_at = 8};
    strcpy(line[1].note, "frozen until 7");
    return proposal;
}

START_TEST(proposal_holds_summary_targets_and_guards)
{
    struct proposal proposal = two_lines();
    struct summary summary = {0};

    start();
    for (size_t i = 0; i < proposal.count; i++)
        proposal.delta[i].param = param_find(&table, proposal.delta[i].name);
    summary.kpi[KPI_RISK] = value_of(0.68);
    CHECK_DONE(record_proposal(&to, &proposal, &summary, true, &fault));
    json_auto_t *record = last_record("proposal", 3);
    json_auto_t *expected = summary_to_json(&summary);
    ck_assert(json_equal(json_object_get(record, "summary"), expected));
    const json_t *lines = json_object_get(record, "lines");
    ck_assert_uint_eq(json_array_size(lines), 2);
    const json_t *line = json_array_get(lines, 0);
    check_equal(line, "now", "60");
    check_equal(line, "target", "65");
    check_equal(line, "increment", "5");
    ck_assert_str_eq(text_of(line, "state"), "PROP");
    line = json_array_get(lines, 1);
    ck_assert_str_eq(text_of(line, "name"), "impact_cap_ratio");
    ck_assert_str_eq(text_of(line, "rule"), "aggressive");
    check_equal(line, "target", "0.09");
    ck_assert_str_eq(text_of(line, "state"), "BLOCKED");
    ck_assert_str_eq(text_of(line, "guard"), "freeze");
    check_equal(line, "clears_at", "8");
    ck_assert_str_eq(text_of(line, "note"), "frozen until 7");
    ck_assert_str_eq(text_of(record, "base_hash"), "base");
    ck_assert_str_eq(text_of(record, "rationale"), "why");
}
END_TEST

START_TEST(decision_holds_actor_values_and_note)
{
    start();
    struct delta from = {.name = "tail_age_ms", .after = 630}, line = from;
    line.param = param_find(&table, "tail_age_ms");
    line.after = 640;
    line.state = DELTA_EDITED;
    struct decision_record edit = {.iteration = 3,
                                   .actor = "operator:ann@desk",
                                   .op = "edit",
                                   .note = "slow \x80",
                                   .from = &from,
                                   .line = &line};
    CHECK_DONE(record_decision(&to, &edit, &fault));
    json_auto_t *record = last_record("decision", 3);
    ck_assert_str_eq(text_of(record, "actor"), "operator:ann@desk");
    ck_assert_str_eq(text_of(record, "op"), "edit");
    check_equal(record, "from", "630");
    check_equal(record, "target", "640");
    ck_assert_str_eq(text_of(record, "note"), "slow \xef\xbf\xbd");
    ck_assert_str_eq(text_of(json_object_get(record, "line"), "state"), "EDIT");
    check_equal(record, "undo_of", "null");
    edit.op = "undo";
    edit.undo_of = 7;
    CHECK_DONE(record_decision(&to, &edit, &fault));
    json_auto_t *undo = last_record("decision", 3);
    check_equal(undo, "undo_of", "7");
    const struct decision_record apply = {.iteration = 3, .actor = "ann@desk", .op = "apply"};
    CHECK_DONE(record_decision(&to, &apply, &fault));
    json_auto_t *all = last_record("decision", 3);
    check_equal(all, "name", "\"\"");
    check_equal(all, "target", "null");
    check_equal(all, "line", "null");
    check_equal(all, "note", "\"\"");
}
END_TEST

/* Intent and outcome of KIND are of TYPE. */
static void check_change(enum change_kind kind, const char *intent, const char *outcome)
{
    struct runtime *before = runtime_new_best_cell(&table), *after = runtime_copy(before);
    char hash_before[HASH_TEXT_MAX], hash_after[HASH_TEXT_MAX];

    runtime_set(after, &table.param[param_find(&table, "impact_cap_ratio")], 0.09);
    free(overrides_text(before, hash_before, NULL, NULL));
    free(overrides_text(after, hash_after, NULL, NULL));
    CHECK_DONE(record_intent(&to, kind, 4, "auto", before, after, "note", &fault));
    json_auto_t *record = last_record(intent, 4);
    ck_assert_str_eq(text_of(record, "kind"), change_kind_name(kind));
    ck_assert_str_eq(text_of(record, "hash_before"), hash_before);
    ck_assert_str_eq(text_of(record, "hash_after"), hash_after);
    check_equal(record, "before", BEST_CELL);
    check_equal(json_object_get(json_object_get(record, "after"), "risk"), "impact_cap_ratio",
                "0.09");
    CHECK_DONE(record_outcome(&to, kind, 4, hash_after, NULL, &fault));
    json_auto_t *done = last_record(outcome, 4);
    check_equal(done, "ok", "true");
    check_equal(done, "error", "null");
    ck_assert_str_eq(text_of(done, "state_hash"), hash_after);
    CHECK_DONE(record_outcome(&to, kind, 4, hash_before, "disk full", &fault));
    json_auto_t *failed = last_record(outcome, 4);
    check_equal(failed, "ok", "false");
    ck_assert_str_eq(text_of(failed, "error"), "disk full");
    runtime_free(before);
    runtime_free(after);
}

START_TEST(intents_hold_whole_objects_with_hashes_and_outcomes_the_result)
{
    start();
    check_change(CHANGE_APPLY, "apply_intent", "apply_outcome");
    check_change(CHANGE_ROLLBACK, "rollback_intent", "rollback_outcome");
    check_change(CHANGE_RESTORE, "rollback_intent", "rollback_outcome");
}
END_TEST

START_TEST(an_iteration_s_record_is_its_iter_summary)
{
    struct iteration *iteration = iteration_new(5);
    struct error err = ERROR_INIT;

    start();
    iteration->summary.kpi[KPI_NET] = value_of(2.9);
    iteration->rationale = mem_strdup("STABLE");
    strcpy(iteration->signature, "s1");
    strcpy(iteration->state_hash, "s1");
    CHECK_DONE(record_iteration(&to, iteration, &fault));
    json_auto_t *record = last_record("iteration", 5);
    json_auto_t *document = iteration_to_json(iteration, &table);
    const char *key;
    json_t *value;
    json_object_foreach(document, key, value)
        ck_assert_msg(json_equal(json_object_get(record, key), value), "%s", key);
    struct iteration *back = iteration_from_json(record, &table, "journal.jsonl", &err);
    ck_assert_msg(back != NULL, "%s", err.text);
    ck_assert_int_eq(back->number, 5);
    ck_assert(back->summary.kpi[KPI_NET].number == 2.9);
    iteration_free(back);
    iteration_free(iteration);
}
END_TEST

START_TEST(external_change_holds_what_was_found)
{
    struct error err = ERROR_INIT;
    char hash[HASH_TEXT_MAX];

    start();
    struct runtime *found = overrides_from_text(&table, "{\"mine\":{\"x\":1}}", "x", &err);
    free(overrides_text(found, hash, NULL, NULL));
    CHECK_DONE(record_external_change(&to, 2, "expected", found, &fault));
    json_auto_t *record = last_record("external_change", 2);
    ck_assert_str_eq(text_of(record, "expected_hash"), "expected");
    ck_assert_str_eq(text_of(record, "state_hash"), hash);
    check_equal(record, "runtime_overrides", "{\"mine\":{\"x\":1}}");
    runtime_free(found);
}
END_TEST

START_TEST(gate_and_notes_hold_what_was_said)
{
    static const char *const reasons[] = {"full_apply_ratio 0.5 < 0.9", "two"};

    start();
    CHECK_DONE(record_gate(&to, 8, "strict", VERDICT_FAIL, 1, reasons, 2, &fault));
    json_auto_t *gate = last_record("gate", 8);
    ck_assert_str_eq(text_of(gate, "name"), "strict");
    ck_assert_str_eq(text_of(gate, "verdict"), "FAIL");
    check_equal(gate, "exit_status", "1");
    check_equal(gate, "reasons", "[\"full_apply_ratio 0.5 < 0.9\", \"two\"]");
    CHECK_DONE(record_note(&to, "pause", 8, "operator:ann@desk", "lunch", &fault));
    json_auto_t *pause = last_record("pause", 8);
    ck_assert_str_eq(text_of(pause, "actor"), "operator:ann@desk");
    ck_assert_str_eq(text_of(pause, "text"), "lunch");
}
END_TEST

START_TEST(what_no_line_can_hold_is_an_error_and_leaves_nothing)
{
    char *large = malloc(JSONFILE_BYTES_MAX + 1);

    start();
    memset(large, 'x', JSONFILE_BYTES_MAX);
    large[JSONFILE_BYTES_MAX] = '\0';
    ck_assert_int_eq(record_note(&to, "note", 3, "ann", large, &fault), -1);
    ck_assert_msg(strstr(fault.text, "type note") != NULL, "%s", fault.text);
    ck_assert_int_eq(journal_seq(to.journal), 0);
    free(large);
}
END_TEST

START_TEST(a_figure_that_is_not_known_is_null)
{
    struct proposal proposal = two_lines();
    struct summary summary = {0};

    start();
    proposal.delta[0].now = (double)NAN;
    proposal.delta[1].now = (double)NAN;
    CHECK_DONE(record_proposal(&to, &proposal, &summary, true, &fault));
    json_auto_t *record = last_record("proposal", 3);
    check_equal(json_array_get(json_object_get(record, "lines"), 0), "now", "null");
    check_equal(json_array_get(json_object_get(record, "lines"), 1), "now", "null");
}
END_TEST

Suite *record_suite(void)
{
    const TTest *const list[] = {start_holds_manifest_parameters_and_notes,
                                 proposal_holds_summary_targets_and_guards,
                                 decision_holds_actor_values_and_note,
                                 intents_hold_whole_objects_with_hashes_and_outcomes_the_result,
                                 an_iteration_s_record_is_its_iter_summary,
                                 external_change_holds_what_was_found,
                                 gate_and_notes_hold_what_was_said,
                                 what_no_line_can_hold_is_an_error_and_leaves_nothing,
                                 a_figure_that_is_not_known_is_null,
                                 NULL};
    return sandbox_suite("record", list, 20);
}
