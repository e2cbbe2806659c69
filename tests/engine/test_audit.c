/* test_audit: whatever is changed in a run's directory is found, and what a crash leaves is no
 * fault. That a run as the engine leaves it has none is what soak_end holds for every other test.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/integrity.h"
#include "artifact/journal.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

#define LATEST "a/soak/latest/"

static struct integrity found;

/* Audits the run; true if all agrees. */
static bool agrees(void)
{
    static struct rundir dir;
    static bool opened;
    struct error err = ERROR_INIT;
    if (!opened)
        ck_assert_msg(rundir_open(&dir, tempdir_path("a"), &err) == 0, "%s", err.text);
    opened = true;
    ck_assert_msg(integrity_check(&found, &dir, &soak_config()->params, &err) == 0, "%s", err.text);
    return integrity_ok(&found);
}

/* Two iterations, the first with an apply. */
static void short_run(void)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 2;
    soak_run(&soak);
    soak_drop(&soak);
    ck_assert(agrees());
    ck_assert(found.sealed);
    ck_assert_int_eq(found.iterations, 2);
    ck_assert_int_eq(found.intents, 1);
}

struct file {
    char *name, *text;
    size_t length;
    int fd;
};

static struct file file_of(const char *name)
{
    struct file file = {.name = tempdir_path("%s", name)};
    file.text = file_get(file.name);
    ck_assert_msg(file.text != NULL, "%s", file.name);
    file.length = strlen(file.text);
    file.fd = open(file.name, O_RDWR);
    ck_assert_int_ge(file.fd, 0);
    return file;
}

static void file_drop(struct file *file)
{
    close(file->fd);
    free(file->text);
}

static void put_byte(const struct file *file, size_t at, char byte)
{
    ck_assert_int_eq(pwrite(file->fd, &byte, 1, (off_t)at), 1);
}

/* True if the byte AT is missed when it is BYTE. */
static bool missed(const struct file *file, size_t at, char byte)
{
    if (byte == file->text[at])
        return false;
    put_byte(file, at, byte);
    return agrees();
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void try_byte(const struct file *file, size_t at)
{
    char byte = file->text[at], other = (char)(byte ^ 1), high = (char)(byte ^ 0x80);
    char next = (char)(is_digit(byte) ? '0' + (byte - '0' + 1) % 10 : ' ');
    bool bad = missed(file, at, other) || missed(file, at, high) || missed(file, at, next);
    ck_assert_msg(!bad, "byte %zu of the journal can be changed unseen", at);
    ck_assert_str_eq(found.fault.file, "journal.jsonl");
    ck_assert_int_ge(found.fault.record, 1);
    put_byte(file, at, byte);
}

START_TEST(a_journal_with_any_byte_changed_is_caught)
{
    short_run();
    struct file journal = file_of(LATEST "journal.jsonl");
    for (size_t at = 0; at < journal.length; at++)
        try_byte(&journal, at);
    ck_assert(agrees());
    file_drop(&journal);
}
END_TEST

START_TEST(a_journal_cut_off_anywhere_is_caught)
{
    short_run();
    struct file journal = file_of(LATEST "journal.jsonl");
    for (size_t length = journal.length - 1; length > 3; length -= 3) {
        ck_assert_int_eq(ftruncate(journal.fd, (off_t)length), 0);
        ck_assert_msg(!agrees(), "the journal can be cut off at byte %zu unseen", length);
    }
    file_drop(&journal);
}
END_TEST

/* A forger who knows the chain puts a record on behind, or changes the last. */
START_TEST(a_well_made_record_that_came_after_the_end_is_caught)
{
    struct error err = ERROR_INIT;
    struct rundir dir;
    short_run();
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a"), &err), 0);
    struct journal *journal = journal_open(&dir, NULL, &err);
    ck_assert_ptr_nonnull(journal);
    ck_assert_int_eq(journal_append_take(journal, "note", 2, CLOCK_MOCK_START_MS,
                                         json_pack("{s:s, s:s}", "actor", "", "text", "so be it"),
                                         &err),
                     0);
    long last = journal_seq(journal);
    journal_close(journal);
    rundir_close(&dir);
    ck_assert(!agrees());
    ck_assert_int_eq(found.fault.record, last);
    ck_assert_str_eq(found.fault.file, "journal.jsonl");
}
END_TEST

START_TEST(a_derived_file_that_was_changed_is_named)
{
    static const char *const names[] = {"ITER_SUMMARY_1.json", "ITER_SUMMARY_2.json",
                                        "TUNING_REPORT.json", "artifacts/KPI_GATE.json",
                                        "summary.txt"};
    short_run();
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char name[64];
        snprintf(name, sizeof(name), LATEST "%s", names[i]);
        struct file file = file_of(name);
        for (size_t at = 0; at < file.length; at += 1 + file.length / 200) {
            ck_assert_msg(!missed(&file, at, (char)(file.text[at] ^ 1)), "%s: byte %zu", names[i],
                          at);
            ck_assert_str_eq(found.fault.file, names[i]);
            ck_assert_int_ge(found.fault.record, 1);
            put_byte(&file, at, file.text[at]);
        }
        file_drop(&file);
    }
    ck_assert(agrees());
}
END_TEST

START_TEST(the_first_differing_place_is_named)
{
    short_run();
    struct file report = file_of(LATEST "TUNING_REPORT.json");
    char *at = strstr(report.text, "\"applied\": true");
    ck_assert_ptr_nonnull(at);
    put_byte(&report, (size_t)(at - report.text) + 11, 'T');
    ck_assert(!agrees());
    put_byte(&report, (size_t)(at - report.text) + 11, 't');
    at = strstr(report.text, "\"rationale\": \"");
    ck_assert_ptr_nonnull(at);
    put_byte(&report, (size_t)(at - report.text) + 14, '?');
    ck_assert(!agrees());
    ck_assert_str_eq(found.fault.place, "$.iterations[0].rationale");
    ck_assert_str_eq(found.fault.file, "TUNING_REPORT.json");
    file_drop(&report);
}
END_TEST

/* run.json as an engine that was killed leaves it. */
static void unseal(void)
{
    json_t *manifest = soak_json(LATEST "run.json");
    json_object_set_new(manifest, "journal", json_null());
    json_object_set_new(manifest, "ended", json_null());
    json_object_set_new(manifest, "state", json_string("running"));
    char *text = json_dumps(manifest, JSON_SORT_KEYS);
    file_put(tempdir_path(LATEST "run.json"), text);
    free(text);
    json_decref(manifest);
}

START_TEST(of_a_killed_run_the_newest_files_may_lag_behind)
{
    short_run();
    unseal();
    ck_assert(agrees());
    ck_assert(!found.sealed);
    ck_assert_uint_eq(found.note_count, 1); /* that the last line is not vouched for */
    char *report = file_get(tempdir_path(LATEST "TUNING_REPORT.json"));
    char *second = file_get(tempdir_path(LATEST "ITER_SUMMARY_2.json"));
    unlink(tempdir_path(LATEST "ITER_SUMMARY_2.json"));
    unlink(tempdir_path(LATEST "summary.txt"));
    ck_assert(agrees());
    ck_assert_uint_eq(found.note_count, 2);
    /* but not the one before */
    file_put(tempdir_path(LATEST "ITER_SUMMARY_2.json"), second);
    unlink(tempdir_path(LATEST "ITER_SUMMARY_1.json"));
    ck_assert(!agrees());
    ck_assert_str_eq(found.fault.file, "ITER_SUMMARY_1.json");
    free(report);
    free(second);
}
END_TEST

START_TEST(a_killed_runs_report_is_one_that_it_had)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 1;
    soak_run(&soak);
    soak_drop(&soak);
    char *of_one = file_get(tempdir_path(LATEST "TUNING_REPORT.json"));
    soak = soak_new("a");
    soak.options.iterations = 3;
    soak_run(&soak);
    soak_drop(&soak);
    unseal();
    /* the first iteration of a run of one is late, that of a run of three is not */
    file_put(tempdir_path(LATEST "TUNING_REPORT.json"), of_one);
    ck_assert(!agrees());
    ck_assert_str_eq(found.fault.file, "TUNING_REPORT.json");
    unlink(tempdir_path(LATEST "TUNING_REPORT.json"));
    ck_assert(!agrees());
    free(of_one);
}
END_TEST

START_TEST(every_line_but_the_last_of_a_killed_run_is_vouched_for)
{
    short_run();
    unseal();
    struct file journal = file_of(LATEST "journal.jsonl");
    journal.text[journal.length - 1] = '\0';
    size_t last = (size_t)(strrchr(journal.text, '\n') - journal.text);
    journal.text[journal.length - 1] = '\n';
    for (size_t at = 0; at <= last; at += 7) {
        ck_assert_msg(!missed(&journal, at, (char)(journal.text[at] ^ 1)), "byte %zu", at);
        put_byte(&journal, at, journal.text[at]);
    }
    file_drop(&journal);
}
END_TEST

START_TEST(a_soak_that_goes_on_is_audited_beside_it)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 4;
    soak.options.interval_s = 100;
    soak_start(&soak);
    for (int i = 1; i < 4; i++) {
        soak_until(&soak, soak_sleeps);
        ck_assert_msg(agrees(), "%s: %s", found.fault.file, found.fault.text);
        ck_assert(found.in_progress);
        ck_assert(!found.sealed);
        soak_send(&soak, (struct command){.kind = COMMAND_NEXT});
        soak_until_count(&soak, (size_t)i + 1);
    }
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

/* What is recorded after the end is vouched for too. */
START_TEST(a_rollback_after_the_end_seals_anew)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 4;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
    ck_assert(agrees());
    ck_assert(found.sealed);
    struct file journal = file_of(LATEST "journal.jsonl");
    put_byte(&journal, journal.length - 5, 'x');
    ck_assert(!agrees());
    file_drop(&journal);
}
END_TEST

Suite *audit_suite(void)
{
    const TTest *const list[] = {
        a_journal_with_any_byte_changed_is_caught,
        a_journal_cut_off_anywhere_is_caught,
        a_well_made_record_that_came_after_the_end_is_caught,
        a_derived_file_that_was_changed_is_named,
        the_first_differing_place_is_named,
        of_a_killed_run_the_newest_files_may_lag_behind,
        a_killed_runs_report_is_one_that_it_had,
        every_line_but_the_last_of_a_killed_run_is_vouched_for,
        a_soak_that_goes_on_is_audited_beside_it,
        a_rollback_after_the_end_seals_anew,
    };
    Suite *suite = suite_create("audit");
    TCase *tcase = tcase_create("audit");
    tcase_set_timeout(tcase, 240);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
