/* test_rollback: earlier parameters come back with their hash (ENGINE section 7), in a running soak
 * and without one. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/rollback.h"
#include "harness.h"
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
