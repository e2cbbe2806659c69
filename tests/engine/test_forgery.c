/* test_forgery: journals by somebody who knows the chain, the form and the seal: what he changed
 * does not follow from the rest. And journals that are not even that: one sentence, no crash. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/canon.h"
#include "artifact/integrity.h"
#include "artifact/manifest.h"
#include "artifact/sha256.h"
#include "harness.h"
#include "model/mem.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

#define LATEST  "a/soak/latest/"
#define JOURNAL LATEST "journal.jsonl"

static struct integrity found;

/* 0 and FOUND, or the code of the error that there is instead. */
static enum error_code audit(void)
{
    struct rundir dir;
    struct error err = ERROR_INIT;
    ck_assert_msg(rundir_open(&dir, tempdir_path("a"), &err) == 0, "%s", err.text);
    int result = integrity_check(&found, &dir, &soak_config()->params, &err);
    rundir_close(&dir);
    ck_assert(result == 0 || err.text[0]);
    return result == 0 ? ERROR_NONE : err.code;
}

/* An apply in the first iteration, a rollback after the third. */
static void make_run(void)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 3;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}

static json_t *read_records(void)
{
    json_t *list = json_array();
    char *text = file_get(tempdir_path(JOURNAL));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        json_array_append_new(list, json_loads(line, 0, NULL));
    free(text);
    return list;
}

static void seal(long records, const char *head)
{
    struct rundir dir;
    struct error err = ERROR_INIT;
    struct manifest_seal anew = {.records = records};
    snprintf(anew.head, sizeof(anew.head), "%s", head);
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a"), &err), 0);
    ck_assert_msg(manifest_put_seal(&dir, &anew, &err) == 0, "%s", err.text);
    rundir_close(&dir);
}

/* LIST as a journal with a chain and a seal of its own. */
static void write_records(json_t *list)
{
    struct buffer text = {0};
    char prev[65];
    size_t i;
    json_t *record;
    memset(prev, '0', 64);
    prev[64] = '\0';
    json_array_foreach(list, i, record)
    {
        size_t length;
        json_object_set_new(record, "seq", json_integer((json_int_t)i + 1));
        json_object_set_new(record, "prev", json_string(prev));
        char *line = canon_dump(record, CANON_COMPACT, &length, NULL);
        ck_assert_ptr_nonnull(line);
        sha256_hex(prev, line, length);
        buffer_add(&text, line, length);
        buffer_puts(&text, "\n");
        free(line);
    }
    file_put(tempdir_path(JOURNAL), text.text);
    buffer_fini(&text);
    seal((long)json_array_size(list), prev);
}

/* The N-th record of TYPE, from 1. */
static json_t *record_of(const json_t *list, const char *type, int n)
{
    size_t i;
    json_t *record;
    json_array_foreach((json_t *)list, i, record)
    {
        if (strcmp(soak_text(record, "type"), type) == 0 && --n == 0)
            return record;
    }
    ck_abort_msg("there is no such record of type %s", type);
}

struct forgery {
    const char *type;
    int n;
    const char *parent, *key; /* PARENT "": the record itself */
    const char *value;        /* JSON; NULL: taken away */
    const char *place;        /* that is blamed */
};

#define OTHER "\"1111111111111111111111111111111111111111111111111111111111111111\""

static const struct forgery forgeries[] = {
    {"start", 1, "runtime_overrides.engine", "tail_age_ms", "601", "$.state_hash"},
    {"start", 1, "", "state_hash", OTHER, "$.state_hash"},
    {"start", 1, "", "notes", NULL, "$.notes"},
    {"start", 1, "", "type", "\"note\"", "$.actor"},
    {"stop", 1, "", "type", "\"start\"", "$.run"},
    {"apply_intent", 1, "after.engine", "tail_age_ms", "799", "$.hash_after"},
    {"apply_intent", 1, "", "hash_before", OTHER, "$.hash_before"},
    {"apply_intent", 1, "", "kind", "\"rollback\"", "$.kind"},
    {"apply_intent", 1, "", "iteration", "2", "$.iteration"},
    {"apply_intent", 1, "", "actor", "7", "$.actor"},
    {"apply_outcome", 1, "", "state_hash", OTHER, "$.state_hash"},
    {"apply_outcome", 1, "", "ok", "false", "$.state_hash"},
    {"apply_outcome", 1, "", "type", "\"rollback_outcome\"", ""},
    {"iteration", 1, "tuning", "signature", OTHER, "$.tuning.signature"},
    {"iteration", 1, "tuning", "old_hash", OTHER, "$.tuning.old_hash"},
    {"iteration", 1, "tuning", "state_hash", OTHER, "$.tuning.state_hash"},
    {"iteration", 1, "tuning", "applied", "false", "$.tuning.applied"},
    {"iteration", 3, "tuning", "applied", "true", "$.tuning.applied"},
    {"iteration", 2, "", "iteration", "3", "$.iteration"},
    {"iteration", 2, "runtime_overrides.engine", "tail_age_ms", "700", "$.tuning.signature"},
    {"iteration", 2, "", "summary", "[]", "$.summary"},
    {"rollback_intent", 1, "", "iteration", "2", "$.iteration"},
    {"rollback_outcome", 1, "", "state_hash", OTHER, "$.state_hash"},
    {"rollback_outcome", 1, "", "utc", "\"2025-01-01T00:00:03.000Z\"", "$.utc"},
    {"stop", 1, "", "type", "\"halt\"", "$.type"},
    {"stop", 1, "", "iteration", "-1", "$.iteration"},
};

START_TEST(a_record_that_does_not_follow_is_named)
{
    const struct forgery *forgery = &forgeries[_i];
    make_run();
    json_t *list = read_records();
    json_t *record = record_of(list, forgery->type, forgery->n);
    json_t *parent = forgery->parent[0] ? soak_at(record, forgery->parent) : record;
    json_int_t seq = json_integer_value(json_object_get(record, "seq"));
    if (forgery->value)
        json_object_set_new(parent, forgery->key,
                            json_loads(forgery->value, JSON_DECODE_ANY, NULL));
    else
        json_object_del(parent, forgery->key);
    write_records(list);
    json_decref(list);
    ck_assert_int_eq(audit(), ERROR_NONE);
    ck_assert_str_eq(found.fault.file, "journal.jsonl");
    ck_assert_msg(found.fault.record == seq, "record %ld, not %lld: %s", found.fault.record,
                  (long long)seq, found.fault.text);
    ck_assert_str_eq(found.fault.place, forgery->place);
}
END_TEST

/* An iteration whose figures alone were changed is at odds with its file. */
START_TEST(a_figure_in_a_record_is_held_against_the_file)
{
    make_run();
    json_t *list = read_records();
    json_t *record = record_of(list, "iteration", 2);
    json_object_set_new(json_object_get(record, "summary"), "net_bps", json_real(9.5));
    write_records(list);
    json_decref(list);
    ck_assert_int_eq(audit(), ERROR_NONE);
    ck_assert_str_eq(found.fault.file, "ITER_SUMMARY_2.json");
    ck_assert_str_eq(found.fault.text, "-0.8 stands there, by the journal it is 9.5");
}
END_TEST

/* Records that were taken out of the middle. Of a proposal nothing else follows: for it there is
 * the chain alone, which this forger makes anew. */
START_TEST(a_record_that_is_missing_in_the_middle_is_missed)
{
    make_run();
    json_t *whole = read_records();
    size_t count = json_array_size(whole);
    json_decref(whole);
    for (size_t i = 0; i + 1 < count; i++) {
        if (i > 0) { /* make_run's files stay; only the journal is written anew */
            char *text = file_get(tempdir_path("whole"));
            file_put(tempdir_path(JOURNAL), text);
            free(text);
        } else {
            char *text = file_get(tempdir_path(JOURNAL));
            file_put(tempdir_path("whole"), text);
            free(text);
        }
        json_t *list = read_records();
        bool proposal = strcmp(soak_text(json_array_get(list, i), "type"), "proposal") == 0;
        json_array_remove(list, i);
        write_records(list);
        json_decref(list);
        ck_assert_int_eq(audit(), ERROR_NONE);
        ck_assert_msg(proposal || !integrity_ok(&found), "record %zu is not missed", i + 1);
    }
}
END_TEST

static char *repeat(const char *start, const char *what, size_t count, const char *end)
{
    struct buffer text = {0};
    buffer_puts(&text, start);
    for (size_t i = 0; i < count; i++)
        buffer_puts(&text, what);
    buffer_puts(&text, end);
    return buffer_take(&text);
}

static void assert_blamed(const char *what)
{
    ck_assert_int_eq(audit(), ERROR_NONE);
    ck_assert_msg(!integrity_ok(&found), "%s: no fault", what);
    ck_assert_msg(strlen(found.fault.text) > 10, "%s: %s", what, found.fault.text);
    ck_assert_str_eq(found.fault.file, "journal.jsonl");
}

START_TEST(what_is_no_journal_is_one_sentence)
{
    make_run();
    const char *texts[] = {
        "\n",
        "null\n",
        "[]\n",
        "{}\n",
        "{\"seq\":1}\n",
        "not json\n",
        "{\"seq\":1,\"seq\":1}\n",
        "{\"a\":\"\xff\xfe\"}\n",
        "{\"a\":\"\\ud800\"}\n",
        "{\"a\":1e999}\n",
        "{\"seq\":99999999999999999999999}\n",
        repeat("{\"a\":", "[", 100000, "\n"),
        repeat("{\"a\":\"", "xxxxxxxxxxxxxxxx", 1100000, "\"}\n"),
        repeat("", "\n", 1000, ""),
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        file_put(tempdir_path(JOURNAL), texts[i]);
        assert_blamed(texts[i][0] == '\n' ? "empty lines" : "no record");
    }
    for (size_t i = 11; i < 14; i++)
        free((char *)texts[i]);
}
END_TEST

START_TEST(a_journal_that_is_no_file_cannot_be_read)
{
    make_run();
    const char *path = tempdir_path(JOURNAL);
    ck_assert_int_eq(rename(path, tempdir_path("kept")), 0);
    ck_assert_int_eq(symlink("../../../kept", path), 0);
    ck_assert_int_eq(audit(), ERROR_INPUT);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkdir(path, 0777), 0);
    ck_assert_int_ne(audit(), ERROR_NONE);
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(mkfifo(path, 0666), 0);
    ck_assert_int_eq(audit(), ERROR_INPUT);
}
END_TEST

/* The same of every other file. */
START_TEST(a_file_that_is_none_is_named)
{
    static const char *const names[] = {
        "ITER_SUMMARY_2.json", "TUNING_REPORT.json", "artifacts/KPI_GATE.json",
        "summary.txt",         "run.json",           "../runtime_overrides.json"};
    make_run();
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const char *path = tempdir_path(LATEST "%s", names[i]);
        const char *base = strncmp(names[i], "../", 3) == 0 ? names[i] + 3 : names[i];
        char *text = file_get(path);
        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(symlink("/etc/hostname", path), 0);
        ck_assert_int_eq(audit(), ERROR_NONE);
        ck_assert_str_eq(found.fault.file, base);
        ck_assert_int_eq(unlink(path), 0);
        ck_assert_int_eq(mkfifo(path, 0666), 0);
        ck_assert_int_eq(audit(), ERROR_NONE);
        ck_assert_str_eq(found.fault.file, base);
        ck_assert_int_eq(unlink(path), 0);
        file_put(path, "\xff{[");
        ck_assert_int_eq(audit(), ERROR_NONE);
        ck_assert_str_eq(found.fault.file, base);
        file_put(path, text);
        ck_assert_int_eq(audit(), ERROR_NONE);
        ck_assert_msg(integrity_ok(&found), "%s", found.fault.text);
        free(text);
    }
}
END_TEST

Suite *forgery_suite(void)
{
    Suite *suite = suite_create("forgery");
    TCase *tcase = tcase_create("forgery");
    tcase_set_timeout(tcase, 240);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_loop_test(tcase, a_record_that_does_not_follow_is_named, 0,
                        (int)(sizeof(forgeries) / sizeof(*forgeries)));
    tcase_add_test(tcase, a_figure_in_a_record_is_held_against_the_file);
    tcase_add_test(tcase, a_record_that_is_missing_in_the_middle_is_missed);
    tcase_add_test(tcase, what_is_no_journal_is_one_sentence);
    tcase_add_test(tcase, a_journal_that_is_no_file_cannot_be_read);
    tcase_add_test(tcase, a_file_that_is_none_is_named);
    suite_add_tcase(suite, tcase);
    return suite;
}
