/* test_rollback: earlier parameters come back with their hash (ENGINE section 7), in a running soak
 * and without one. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rollback.h"
#include "harness.h"
#include "engine/rollback_preview.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

/* A mock run of eight that lingers: applies in 1, 2, 3, 6 and 7. */
static struct soak finished_run(void)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 8;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    return soak;
}

static void finish(struct soak *soak)
{
    soak_send(soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(soak);
    soak_drop(soak);
}

static const char *signature(const struct soak *soak, int iteration)
{
    return run_iteration(&soak->run, iteration)->signature;
}

static bool rolled_back(int iteration)
{
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json");
    json_t *entry = json_array_get(soak_at(report, "iterations"), (size_t)iteration - 1);
    bool found = json_is_string(json_object_get(entry, "rolled_back_at"));
    json_decref(report);
    return found;
}

START_TEST(again_and_again_down_to_the_first_state)
{
    static const int applied[] = {7, 6, 3, 2, 1};
    struct soak soak = finished_run();
    for (size_t i = 0; i < 5; i++) {
        ck_assert(!rolled_back(applied[i]));
        ck_assert_msg(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL), "%s", soak.reply);
        ck_assert_str_eq(soak_disk_hash("a"), signature(&soak, applied[i]));
        ck_assert_str_eq(soak.run.params_hash, signature(&soak, applied[i]));
        ck_assert(rolled_back(applied[i]));
        ck_assert_str_ne(run_iteration(&soak.run, applied[i])->rolled_back_at, "");
    }
    ck_assert(!soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    ck_assert_uint_eq(soak_journal_count("a", "rollback_intent"), 5);
    ck_assert_uint_eq(soak_journal_count("a", "rollback_outcome"), 5);
    ck_assert_uint_eq(soak.run.change_count, 10);
    finish(&soak);
}
END_TEST

START_TEST(the_state_of_any_iteration_comes_back_whole)
{
    struct soak soak = finished_run();
    static const int order[] = {3, 7, 1, 8};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_msg(soak_roll_back(&soak, ROLLBACK_TO_ITERATION, order[i], NULL), "%s",
                      soak.reply);
        ck_assert_str_eq(soak_disk_hash("a"), signature(&soak, order[i]));
    }
    ck_assert(!soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 8, NULL)); /* in force already */
    ck_assert(!soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 9, NULL));
    finish(&soak);
}
END_TEST

START_TEST(one_parameter_goes_back_step_by_step)
{
    struct soak soak = finished_run();
    const int index = param_find(&soak_config()->params, "tail_age_ms");
    static const double steps[] = {700, 630, 600};
    for (size_t i = 0; i < 3; i++) {
        ck_assert(soak_roll_back(&soak, ROLLBACK_PARAM, 0, "tail_age_ms"));
        ck_assert_double_eq(soak.run.params[index].number, steps[i]);
    }
    ck_assert(!soak_roll_back(&soak, ROLLBACK_PARAM, 0, "tail_age_ms"));
    /* one that the first file did not have leaves it again, with nothing else moved */
    ck_assert(soak_roll_back(&soak, ROLLBACK_PARAM, 0, "base_spread_bps"));
    ck_assert(soak_roll_back(&soak, ROLLBACK_PARAM, 0, "base_spread_bps"));
    json_t *file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_ptr_null(json_object_get(json_object_get(file, "risk"), "base_spread_bps"));
    ck_assert_double_eq(soak_number(file, "risk.impact_cap_ratio"), 0.08);
    json_decref(file);
    finish(&soak);
}
END_TEST

START_TEST(a_later_external_change_stays_when_the_apply_before_it_goes)
{
    struct soak soak = finished_run();
    json_t *file = soak_json("a/soak/runtime_overrides.json");
    json_object_set_new(json_object_get(file, "engine"), "max_age_ms", json_integer(900));
    char *text = json_dumps(file, JSON_COMPACT | JSON_SORT_KEYS);
    soak_write_overrides("a", text);
    free(text);
    json_decref(file);
    ck_assert(!soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL)); /* told first */
    ck_assert_msg(strstr(soak.reply, "another process") != NULL, "%s", soak.reply);
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_double_eq(soak_number(file, "engine.max_age_ms"), 900);
    ck_assert_double_eq(soak_number(file, "engine.replace_rate_per_min"), 204);
    ck_assert_double_eq(soak_number(file, "risk.base_spread_bps"), 0.135);
    json_decref(file);
    ck_assert(rolled_back(7));
    ck_assert(!rolled_back(6));
    finish(&soak);
}
END_TEST

static bool send(struct soak *soak, struct command command)
{
    command.kind = COMMAND_ROLLBACK;
    memcpy(command.base_hash, soak->run.params_hash, sizeof(command.base_hash));
    return soak_send(soak, command);
}

/* Five applies are in force: to the start of iteration 6 two go, to that of 3 three. */
START_TEST(past_two_applies_the_engine_wants_a_word_and_a_reason)
{
    struct soak soak = finished_run();
    struct command far = {.what = ROLLBACK_TO_ITERATION, .iteration = 3};
    ck_assert(!send(&soak, far));
    ck_assert_msg(strstr(soak.reply, "3 applies") != NULL, "%s", soak.reply);
    ck_assert_msg(strstr(soak.reply, "ROLLBACK") != NULL, "%s", soak.reply);
    far.confirmed = true; /* without a reason */
    ck_assert(!send(&soak, far));
    ck_assert(!rolled_back(7));
    ck_assert(send(&soak, (struct command){.what = ROLLBACK_TO_ITERATION, .iteration = 6}));
    finish(&soak);
}
END_TEST

START_TEST(a_rollback_of_what_is_no_longer_in_force_is_refused)
{
    struct soak soak = finished_run();
    struct command command = {.kind = COMMAND_ROLLBACK, .what = ROLLBACK_LAST};
    snprintf(command.base_hash, sizeof(command.base_hash), "%064d", 1);
    ck_assert(!soak_send(&soak, command));
    ck_assert_msg(strstr(soak.reply, "changed since this was shown") != NULL, "%s", soak.reply);
    finish(&soak);
}
END_TEST

START_TEST(redo_puts_back_what_the_rollback_took_byte_for_byte)
{
    char before[HASH_TEXT_MAX];
    struct soak soak = finished_run();
    ck_assert(!send(&soak, (struct command){.what = ROLLBACK_REDO}));
    ck_assert_msg(strstr(soak.reply, "nothing to redo") != NULL, "%s", soak.reply);
    snprintf(before, sizeof(before), "%s", soak_disk_hash("a"));
    ck_assert(send(&soak, (struct command){.what = ROLLBACK_LAST}));
    ck_assert_str_ne(soak_disk_hash("a"), before);
    ck_assert(send(&soak, (struct command){.what = ROLLBACK_REDO}));
    ck_assert_str_eq(soak_disk_hash("a"), before);
    ck_assert_int_eq(soak.run.change[soak.run.change_count - 1].kind, CHANGE_RESTORE);
    finish(&soak);
}
END_TEST

/* Iteration 2's apply moved tail_age_ms 630 -> 700, which 3's set to 730: it stays unless it is
 * named; min_interval_ms 60 -> 80 of the same apply goes back either way. */
START_TEST(later_changes_stay_unless_they_are_named)
{
    struct rollback_preview preview;
    struct error err = ERROR_INIT;
    struct soak soak = finished_run();
    const struct param_table *table = &soak_config()->params;
    int tail = param_find(table, "tail_age_ms"), interval = param_find(table, "min_interval_ms");
    struct rollback_request request = {.what = ROLLBACK_APPLY, .iteration = 2};
    ck_assert_int_eq(rollback_preview(&preview, &soak.run, &request, table, &err), 0);
    ck_assert_int_eq(preview.later[tail], 3);
    ck_assert_double_eq(preview.before[tail].number, 630);
    ck_assert(!rollback_preview_moves_one(&preview, (size_t)tail));
    ck_assert(rollback_preview_moves_one(&preview, (size_t)interval));
    ck_assert(send(&soak, (struct command){.what = ROLLBACK_APPLY, .iteration = 2}));
    json_t *file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_double_eq(soak_number(file, "engine.tail_age_ms"), 730);
    ck_assert_double_eq(soak_number(file, "engine.min_interval_ms"), 60);
    json_decref(file);
    ck_assert(send(&soak, (struct command){.what = ROLLBACK_REDO}));
    request.also = "tail_age_ms";
    ck_assert_int_eq(rollback_preview(&preview, &soak.run, &request, table, &err), 0);
    ck_assert_double_eq(preview.then[tail].number, 630);
    struct command also = {.what = ROLLBACK_APPLY, .iteration = 2};
    snprintf(also.also, sizeof(also.also), "other,tail_age_ms");
    ck_assert_msg(send(&soak, also), "%s", soak.reply);
    file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_double_eq(soak_number(file, "engine.tail_age_ms"), 630);
    ck_assert_double_eq(soak_number(file, "engine.min_interval_ms"), 60);
    json_decref(file);
    finish(&soak);
}
END_TEST

/* What a front end says is what the engine does: hash and weight. */
START_TEST(the_preview_is_what_the_engine_does)
{
    struct rollback_preview preview;
    struct error err = ERROR_INIT;
    struct soak soak = finished_run();
    const struct param_table *table = &soak_config()->params;
    const struct rollback_request request = {.what = ROLLBACK_TO_ITERATION, .iteration = 3};
    ck_assert_int_eq(rollback_preview(&preview, &soak.run, &request, table, &err), 0);
    ck_assert_int_eq(preview.weight, 3);
    ck_assert_int_eq(preview.kind, CHANGE_RESTORE);
    ck_assert(soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 3, NULL));
    ck_assert_str_eq(preview.hash, soak_disk_hash("a"));
    const struct rollback_request none = {.what = ROLLBACK_TO_ITERATION, .iteration = 99};
    ck_assert_int_eq(rollback_preview(&preview, &soak.run, &none, table, &err), -1);
    ck_assert_int_eq(err.code, ERROR_REFUSED);
    finish(&soak);
}
END_TEST

START_TEST(unknown_keys_come_back_too)
{
    struct soak soak = soak_new("a");
    soak_open(&soak);
    soak_end(&soak);
    soak_write_overrides("a", "{\"own\":{\"x\":[1,2]},\"risk\":{\"impact_cap_ratio\":0.1}}");
    char first[65];
    snprintf(first, sizeof(first), "%s", soak_disk_hash("a"));
    soak.options.force_mock = true;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 1, NULL));
    ck_assert_str_eq(soak_disk_hash("a"), first);
    finish(&soak);
}
END_TEST

static int roll_back_offline(struct rollback_result *result, const struct rollback_request *request,
                             struct error *err)
{
    const struct rollback_approval approval = {.actor = "op@host"};
    return rollback_offline(result, tempdir_path("a"), soak_config(), request, &approval, err);
}

START_TEST(without_an_engine_it_is_the_same)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 8;
    soak_run(&soak);
    static const int applied[] = {7, 6, 3, 2, 1};
    const struct rollback_request last = {.what = ROLLBACK_LAST};
    struct rollback_result result;
    struct error err = ERROR_INIT;
    for (size_t i = 0; i < 5; i++) {
        ck_assert_msg(roll_back_offline(&result, &last, &err) == 0, "%s", err.text);
        ck_assert_str_eq(soak_disk_hash("a"), signature(&soak, applied[i]));
        ck_assert_str_eq(result.hash, soak_disk_hash("a"));
        ck_assert_int_eq(result.undone, 1);
        ck_assert_ptr_nonnull(strstr(result.text, " -> "));
        ck_assert(rolled_back(applied[i]));
        free(result.text);
    }
    ck_assert_int_eq(roll_back_offline(&result, &last, &err), -1);
    ck_assert_int_eq(err.code, ERROR_REFUSED);
    error_clear(&err);
    const struct rollback_request redo = {.what = ROLLBACK_TO_ITERATION, .iteration = 8};
    ck_assert_int_eq(roll_back_offline(&result, &redo, &err), 0);
    ck_assert_str_eq(soak_disk_hash("a"), signature(&soak, 8));
    free(result.text);
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json");
    ck_assert_uint_eq(json_array_size(soak_at(report, "iterations")), 8);
    json_decref(report);
    soak_drop(&soak);
}
END_TEST

START_TEST(without_an_engine_the_lock_and_another_writer_are_respected)
{
    const struct rollback_request last = {.what = ROLLBACK_LAST};
    struct rollback_result result;
    struct error err = ERROR_INIT;
    struct soak soak = finished_run();
    ck_assert_int_eq(roll_back_offline(&result, &last, &err), -1);
    ck_assert_int_eq(err.code, ERROR_LOCKED);
    finish(&soak);
    error_clear(&err);
    soak_write_overrides("a", "{\"engine\":{\"tail_age_ms\":777}}");
    ck_assert_int_eq(roll_back_offline(&result, &last, &err), -1);
    ck_assert_int_eq(err.code, ERROR_CONFLICT);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 1);
    char *text = file_get(tempdir_path("a/soak/runtime_overrides.json"));
    ck_assert_str_eq(text, "{\"engine\":{\"tail_age_ms\":777}}");
    free(text);
}
END_TEST

Suite *rollback_suite(void)
{
    const TTest *const list[] = {
        again_and_again_down_to_the_first_state,
        the_state_of_any_iteration_comes_back_whole,
        one_parameter_goes_back_step_by_step,
        a_later_external_change_stays_when_the_apply_before_it_goes,
        past_two_applies_the_engine_wants_a_word_and_a_reason,
        a_rollback_of_what_is_no_longer_in_force_is_refused,
        redo_puts_back_what_the_rollback_took_byte_for_byte,
        later_changes_stay_unless_they_are_named,
        the_preview_is_what_the_engine_does,
        unknown_keys_come_back_too,
        without_an_engine_it_is_the_same,
        without_an_engine_the_lock_and_another_writer_are_respected,
        NULL,
    };
    Suite *suite = suite_create("rollback");
    TCase *tcase = tcase_create("rollback");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
