/* external: another process writes runtime_overrides.json: noticed at once wherever the engine
 * waits, taken over, never overwritten, told as a difference, the same again from the journal. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/difference_json.h"
#include "artifact/loader.h"
#include "engine/engine.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

#define FOUND                                                                                      \
    "{\"engine\":{\"tail_age_ms\":640,\"own\":{\"deep\":[1,2]}},\"risk\":{\"impact_cap_ratio\":0." \
    "1,"                                                                                           \
    "\"max_delta_ratio\":0.15},\"other\":{\"x\":true}}"

static struct soak manual(int iterations)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = iterations;
    soak_start(&soak);
    return soak;
}

static bool has_external(const struct soak *soak)
{
    return run_external_count(&soak->run) > 0;
}

/* The proposal is made anew after the change was told: for what is on disk now. */
static bool based_on_disk(const struct soak *soak)
{
    const struct change *change = run_newest_external(&soak->run);
    return change && soak->run.has_pending &&
           strcmp(soak->run.pending.base_hash, change->hash_after) == 0;
}

static const struct difference_row *row_of(const struct difference *difference, const char *key)
{
    for (size_t i = 0; i < difference->count; i++)
        if (strcmp(difference->row[i].key, key) == 0)
            return &difference->row[i];
    ck_abort_msg("no row %s", key);
}

static void check_difference(const struct change *change)
{
    ck_assert_ptr_nonnull(change);
    ck_assert_ptr_nonnull(change->difference);
    const struct difference_row *tail = row_of(change->difference, "engine.tail_age_ms");
    ck_assert_double_eq(tail->expected.number, 600);
    ck_assert_double_eq(tail->found.number, 640);
    ck_assert_double_eq(tail->wanted.number, 630);
    ck_assert_str_eq(difference_word(tail), "CONFLICT");
    const struct difference_row *gone = row_of(change->difference, "engine.min_interval_ms");
    ck_assert(value_present(gone->expected) && !value_present(gone->found));
    const struct difference_row *own = row_of(change->difference, "engine.own.deep");
    ck_assert_ptr_null(own->expected_text);
    ck_assert_str_eq(own->found_text, "[1,2]");
    ck_assert_str_eq(row_of(change->difference, "other.x")->found_text, "true");
}

START_TEST(a_change_is_noticed_while_a_proposal_waits)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    char base[HASH_TEXT_MAX];
    memcpy(base, soak.run.pending.base_hash, sizeof(base));
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "tail_age_ms", 0, ""));
    soak_write_overrides("a", FOUND);
    soak_until(&soak, based_on_disk); /* nothing was asked of the engine */
    ck_assert_str_ne(soak.run.pending.base_hash, base);
    ck_assert_int_eq(proposal_find(&soak.run.pending, "tail_age_ms")->state, DELTA_APPROVED);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 1);
    check_difference(run_newest_external(&soak.run));
    char before[HASH_TEXT_MAX];
    strcpy(before, soak_disk_hash("a"));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_str_eq(soak_disk_hash("a"), before); /* never overwritten */
    soak_drop(&soak);
}
END_TEST

START_TEST(the_journal_tells_the_same_difference)
{
    struct error err = ERROR_INIT;
    struct rundir dir;
    struct run run;
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "tail_age_ms", 0, ""));
    soak_write_overrides("a", FOUND);
    soak_until(&soak, based_on_disk);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a/soak/latest"), &err), 0);
    run_init(&run);
    ck_assert_msg(run_load(&run, &dir, &soak_config()->params, NULL, NULL, &err) == 0, "%s",
                  err.text);
    check_difference(run_newest_external(&run));
    json_t *told = difference_change_json(run_newest_external(&soak.run), &soak_config()->params);
    json_t *read = difference_change_json(run_newest_external(&run), &soak_config()->params);
    ck_assert(json_equal(told, read));
    ck_assert_double_eq(soak_number(read, "conflicts"), 1);
    json_decref(told);
    json_decref(read);
    run_fini(&run);
    rundir_close(&dir);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_change_is_noticed_while_the_soak_sleeps)
{
    struct soak soak = soak_new("a");
    soak.options.interval_s = 600;
    soak_start(&soak);
    soak_until(&soak, soak_sleeps);
    soak_write_overrides("a", FOUND);
    soak_until(&soak, has_external);
    ck_assert_int_eq(run_newest_external(&soak.run)->after_iteration, 1);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

static bool noted(const struct soak *soak, const char *text)
{
    for (size_t i = 0; i < soak->run.event_count; i++)
        if (soak->run.event[i].kind == EVENT_NOTE && strstr(soak->run.event[i].text, text))
            return true;
    return false;
}

static bool noted_gone(const struct soak *soak)
{
    return noted(soak, "runtime_overrides.json is gone");
}

static bool noted_torn(const struct soak *soak)
{
    return noted(soak, "runtime_overrides.json") && noted(soak, "nothing is written until");
}

static bool noted_again(const struct soak *soak)
{
    return noted(soak, "the parameters can be read again");
}

/* Neither is written over; the hold and what is staged stay; the same file back is no change. */
START_TEST(a_deleted_file_keeps_the_run_and_what_is_staged)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    char *text = file_get(tempdir_path("a/soak/runtime_overrides.json"));
    ck_assert_int_eq(unlink(tempdir_path("a/soak/runtime_overrides.json")), 0);
    soak_until(&soak, noted_gone);
    ck_assert(!soak_apply(&soak));
    ck_assert_msg(strstr(soak.reply, "is gone; put it back") != NULL, "%s", soak.reply);
    ck_assert_int_eq(access(tempdir_path("a/soak/runtime_overrides.json"), F_OK), -1);
    ck_assert(soak.run.has_pending);
    ck_assert_int_eq(proposal_find(&soak.run.pending, "tail_age_ms")->state, DELTA_APPROVED);
    soak_write_overrides("a", text);
    soak_until(&soak, noted_again);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 0);
    ck_assert_msg(soak_apply(&soak), "%s", soak.reply);
    soak_end(&soak);
    free(text);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_file_that_is_no_json_is_told_and_left)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    soak_write_overrides("a", "{\"engine\":");
    soak_until(&soak, noted_torn);
    ck_assert(!soak_apply(&soak));
    ck_assert(soak.run.has_pending);
    char *text = file_get(tempdir_path("a/soak/runtime_overrides.json"));
    ck_assert_str_eq(text, "{\"engine\":");
    free(text);
    soak_write_overrides("a", FOUND); /* repaired, with other values */
    soak_until(&soak, based_on_disk);
    check_difference(run_newest_external(&soak.run));
    soak_until(&soak, noted_again);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

/* What the engine writes itself wakes it, and is nothing. */
START_TEST(its_own_writes_are_no_change)
{
    struct soak soak = manual(3);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_apply(&soak));
    soak_until_count(&soak, 1);
    soak_until(&soak, soak_holds);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 0);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

Suite *external_suite(void)
{
    Suite *suite = suite_create("external");
    TCase *tcase = tcase_create("external");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, a_change_is_noticed_while_a_proposal_waits);
    tcase_add_test(tcase, the_journal_tells_the_same_difference);
    tcase_add_test(tcase, a_change_is_noticed_while_the_soak_sleeps);
    tcase_add_test(tcase, a_deleted_file_keeps_the_run_and_what_is_staged);
    tcase_add_test(tcase, a_file_that_is_no_json_is_told_and_left);
    tcase_add_test(tcase, its_own_writes_are_no_change);
    suite_add_tcase(suite, tcase);
    return suite;
}
