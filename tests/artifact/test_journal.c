/* test_journal: the chain, what a crash leaves, what a change of any byte does, a full disk. */
#include "config.h"

#include "artifact/journal.h"

#include <signal.h>
#include <sys/resource.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "artifact/sha256.h"
#include "model/clock.h"
#include "sandbox.h"
#include "suites.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static struct rundir here(void)
{
    struct rundir dir = {.path = "x", .artifacts_fd = -1, .soak_fd = -1};
    dir.fd = open(".", O_RDONLY | O_DIRECTORY);
    ck_assert_int_ge(dir.fd, 0);
    return dir;
}

static struct journal *opened(long *torn)
{
    struct error err = ERROR_INIT;
    struct rundir dir = here();
    struct journal *journal = journal_open(&dir, torn, &err);

    ck_assert_msg(journal != NULL, "%s", err.text);
    close(dir.fd);
    return journal;
}

static void append(struct journal *journal, const char *type, int iteration, json_t *data)
{
    struct error err = ERROR_INIT;
    int result = journal_append_take(journal, type, iteration,
                                     CLOCK_MOCK_START_MS + iteration * 500, data, &err);
    ck_assert_msg(result == 0, "%s", err.text);
}

/* Three records, whose bytes are the journal's file; returns them (free it). */
static char *three_records(size_t *length)
{
    struct journal *journal = opened(NULL);

    append(journal, "start", 0, json_pack("{s:s, s:[]}", "source", "mock", "notes"));
    append(journal, "proposal", 1, json_pack("{s:{s:f}}", "targets", "impact_cap_ratio", 0.09));
    append(journal, "stop", 1, NULL);
    journal_close(journal);
    return sandbox_get(JOURNAL_NAME, length);
}

/* Where the last of them begins. */
static size_t last_line(const char *text)
{
    return (size_t)(strchr(strchr(text, '\n') + 1, '\n') + 1 - text);
}

static int count_records(void *context, const json_t *record, struct error *err)
{
    (void)record;
    (void)err;
    ++*(int *)context;
    return 0;
}

/* Records that journal_each gives, or -1 with ERR. */
static int each(long *torn, struct error *err)
{
    struct rundir dir = here();
    int count = 0, result = journal_each(&dir, count_records, &count, torn, err);

    close(dir.fd);
    return result < 0 ? -1 : count;
}

START_TEST(a_line_is_canonical_and_has_what_every_record_has)
{
    size_t length;
    char *text = three_records(&length);
    const char *first = "{\"iteration\":0,\"notes\":[],\"prev\":\"" ZEROS
                        "\",\"seq\":1,\"source\":\"mock\",\"type\":\"start\","
                        "\"utc\":\"2025-01-01T00:00:00Z\"}\n";

    ck_assert_msg(strncmp(text, first, strlen(first)) == 0, "%s", text);
    ck_assert_int_eq(text[length - 1], '\n');
    ck_assert_ptr_nonnull(strstr(text, "\"utc\":\"2025-01-01T00:00:00.500Z\""));
    free(text);
}
END_TEST

START_TEST(prev_is_the_hash_of_the_line_before_without_its_newline)
{
    size_t length;
    char *text = three_records(&length), hash[65], expected[80];
    char *second = strchr(text, '\n') + 1;

    sha256_hex(hash, text, (size_t)(second - text) - 1);
    snprintf(expected, sizeof expected, "\"prev\":\"%s\"", hash);
    ck_assert_ptr_nonnull(strstr(second, expected));
    free(text);
}
END_TEST

START_TEST(seq_goes_on_after_reopening)
{
    long torn = -1;

    free(three_records(&(size_t){0}));
    struct journal *journal = opened(&torn);
    ck_assert_int_eq(torn, 0);
    ck_assert_int_eq(journal_seq(journal), 3);
    append(journal, "note", 2, NULL);
    ck_assert_int_eq(journal_seq(journal), 4);
    journal_close(journal);
    ck_assert_int_eq(each(NULL, NULL), 4);
}
END_TEST

START_TEST(a_last_line_torn_at_any_byte_is_cut_off)
{
    size_t length;
    char *text = three_records(&length), *kept;
    size_t last = last_line(text);

    for (size_t end = last; end < length; end++) {
        long torn = -1;
        struct error err = ERROR_INIT;
        sandbox_put(JOURNAL_NAME, text, end);
        ck_assert_int_eq(each(&torn, &err), 2);
        ck_assert_int_eq(torn, (long)(end - last));
        struct journal *journal = opened(&torn);
        ck_assert_int_eq(torn, (long)(end - last));
        ck_assert_int_eq(journal_seq(journal), 2);
        append(journal, "stop", 1, NULL);
        journal_close(journal);
        kept = sandbox_get(JOURNAL_NAME, NULL);
        ck_assert_str_eq(kept, text);
        free(kept);
    }
    free(text);
}
END_TEST

START_TEST(a_last_line_of_zero_bytes_is_torn_too)
{
    size_t length;
    char *text = three_records(&length);
    size_t last = last_line(text);
    long torn;

    memset(text + last, 0, 40);
    sandbox_put(JOURNAL_NAME, text, length);
    ck_assert_int_eq(each(&torn, NULL), 2);
    ck_assert_int_eq(torn, (long)(length - last));
    struct journal *journal = opened(&torn);
    ck_assert_int_eq(torn, (long)(length - last));
    journal_close(journal);
    free(text);
}
END_TEST

START_TEST(zero_bytes_in_the_middle_break_the_chain)
{
    struct error err = ERROR_INIT;
    size_t length;
    char *text = three_records(&length);

    memset(strchr(text, '\n') + 1, 0, 20);
    sandbox_put(JOURNAL_NAME, text, length);
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    ck_assert_msg(strstr(err.text, "record 2") != NULL, "%s", err.text);
    free(text);
}
END_TEST

/* Every line but the last is covered by the hash in the next; of the last one the form only. */
START_TEST(any_changed_byte_before_the_last_line_is_found)
{
    static const char changes[] = {1, 2, 32, 64, '\x7f'};
    struct error err;
    struct rundir dir = here();
    size_t length;
    char *text = three_records(&length);
    size_t last = last_line(text);

    for (size_t i = 0; i < last; i++) {
        for (size_t c = 0; c < sizeof changes; c++) {
            text[i] ^= changes[c];
            sandbox_put(JOURNAL_NAME, text, length);
            error_clear(&err);
            ck_assert_msg(each(NULL, &err) == -1 && err.code == ERROR_INTEGRITY, "byte %zu ^ %d", i,
                          changes[c]);
            ck_assert_msg(strstr(err.text, "x/journal.jsonl: record ") != NULL, "%s", err.text);
            ck_assert_ptr_null(journal_open(&dir, NULL, NULL));
            text[i] ^= changes[c];
        }
    }
    free(text);
}
END_TEST

START_TEST(a_broken_chain_names_the_record)
{
    struct error err = ERROR_INIT;
    size_t length;
    char *text = three_records(&length);

    *strstr(text, "0.09") = '7';
    sandbox_put(JOURNAL_NAME, text, length);
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_msg(strstr(err.text, "record 3: its prev is not the hash") != NULL, "%s", err.text);
    free(text);
}
END_TEST

START_TEST(a_line_taken_out_or_put_in_breaks_the_chain)
{
    struct error err = ERROR_INIT;
    size_t length;
    char *text = three_records(&length), *second = strchr(text, '\n') + 1;

    sandbox_put(JOURNAL_NAME, second, strlen(second));
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_msg(strstr(err.text, "record 1: its seq") != NULL, "%s", err.text);
    error_clear(&err);
    FILE *file = fopen(JOURNAL_NAME, "w");
    fprintf(file, "%.*s%s", (int)(second - text), text, text);
    fclose(file);
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_msg(strstr(err.text, "record 2: its seq") != NULL, "%s", err.text);
    error_clear(&err);
    sandbox_puts(JOURNAL_NAME, "\n");
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    free(text);
}
END_TEST

static void limit_file_size(rlim_t size)
{
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = size;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A limit within the line makes write take a part of it, as a full disk does. */
START_TEST(a_full_disk_leaves_no_part_of_a_record)
{
    struct error err = ERROR_INIT;
    size_t length, after;
    char *text = three_records(&length), *kept;
    struct journal *journal = opened(NULL);

    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t room = 0; room < 120; room += 17) {
        limit_file_size(length + room);
        error_clear(&err);
        ck_assert_int_eq(journal_append_take(journal, "note", 1, 0, NULL, &err), -1);
        limit_file_size(RLIM_INFINITY);
        ck_assert_int_eq(err.code, ERROR_IO);
        ck_assert_msg(strstr(err.text, "x/journal.jsonl") != NULL, "%s", err.text);
        ck_assert_int_eq(journal_seq(journal), 3);
        kept = sandbox_get(JOURNAL_NAME, &after);
        ck_assert_uint_eq(after, length);
        ck_assert_str_eq(kept, text);
        free(kept);
    }
    append(journal, "note", 2, NULL);
    journal_close(journal);
    ck_assert_int_eq(each(NULL, NULL), 4);
    free(text);
}
END_TEST

START_TEST(a_journal_that_somebody_deleted_takes_nothing)
{
    struct error err = ERROR_INIT;

    free(three_records(&(size_t){0}));
    struct journal *journal = opened(NULL);
    ck_assert_int_eq(unlink(JOURNAL_NAME), 0);
    ck_assert_int_eq(journal_append_take(journal, "note", 1, 0, json_object(), &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    journal_close(journal);
}
END_TEST

START_TEST(a_journal_that_somebody_else_wrote_takes_nothing)
{
    struct error err = ERROR_INIT;

    free(three_records(&(size_t){0}));
    struct journal *journal = opened(NULL), *other = opened(NULL);
    append(other, "note", 1, NULL);
    ck_assert_int_eq(journal_append_take(journal, "note", 1, 0, NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INTEGRITY);
    journal_close(journal);
    journal_close(other);
    ck_assert_int_eq(each(NULL, NULL), 4);
}
END_TEST

START_TEST(data_that_is_no_object_or_too_large_is_refused)
{
    struct error err = ERROR_INIT;
    struct journal *journal = opened(NULL);
    char *large = malloc(JSONFILE_BYTES_MAX);

    ck_assert_int_eq(journal_append_take(journal, "note", 1, 0, json_array(), &err), -1);
    error_clear(&err);
    memset(large, 'x', JSONFILE_BYTES_MAX);
    json_t *data = json_object();
    json_object_set_new(data, "text", json_stringn(large, JSONFILE_BYTES_MAX));
    ck_assert_int_eq(journal_append_take(journal, "note", 1, 0, data, &err), -1);
    ck_assert_msg(strstr(err.text, "limit is 16777216") != NULL, "%s", err.text);
    append(journal, "note", 1, NULL);
    journal_close(journal);
    free(large);
    ck_assert_int_eq(each(NULL, NULL), 1);
}
END_TEST

START_TEST(no_journal_is_an_input_error_and_a_link_is_not_followed)
{
    struct error err = ERROR_INIT;
    struct rundir dir = here();

    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    error_clear(&err);
    sandbox_puts("elsewhere", "");
    ck_assert_int_eq(symlink("elsewhere", JOURNAL_NAME), 0);
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_ptr_null(journal_open(&dir, NULL, NULL));
    ck_assert_int_eq(unlink(JOURNAL_NAME), 0);
    ck_assert_int_eq(mkfifo(JOURNAL_NAME, 0600), 0);
    ck_assert_int_eq(each(NULL, &err), -1);
    ck_assert_ptr_null(journal_open(&dir, NULL, NULL));
}
END_TEST

static int stop_at_two(void *context, const json_t *record, struct error *err)
{
    (void)record;
    (void)err;
    return ++*(int *)context == 2 ? -1 : 0;
}

START_TEST(a_visit_may_end_early)
{
    struct rundir dir = here();
    struct error err = ERROR_INIT;
    int count = 0;

    free(three_records(&(size_t){0}));
    ck_assert_int_eq(journal_each(&dir, stop_at_two, &count, NULL, &err), -1);
    ck_assert_int_eq(count, 2);
    ck_assert_int_eq(err.code, ERROR_NONE);
}
END_TEST

/* A sanitizer keeps what was freed: its memory says nothing. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_IS_SHOWN false
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MEMORY_IS_SHOWN false
#endif
#endif
#ifndef MEMORY_IS_SHOWN
#define MEMORY_IS_SHOWN true
#endif

static long peak_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* 40 MB in lines of 200 kB: were the file kept, or read anew for each line, it would show. */
START_TEST(reading_takes_the_memory_of_a_line)
{
    char *large = malloc(200000);
    struct journal *journal = opened(NULL);

    memset(large, 'x', 200000);
    for (int i = 0; i < 200; i++)
        append(journal, "note", i, json_pack("{s:s%}", "text", large, (size_t)200000));
    journal_close(journal);
    long before = peak_kib();
    ck_assert_int_eq(each(NULL, NULL), 200);
    if (MEMORY_IS_SHOWN)
        ck_assert_int_lt(peak_kib() - before, 16 * 1024);
    free(large);
}
END_TEST

Suite *journal_suite(void)
{
    const TTest *const list[] = {a_line_is_canonical_and_has_what_every_record_has,
                                 prev_is_the_hash_of_the_line_before_without_its_newline,
                                 seq_goes_on_after_reopening,
                                 a_last_line_torn_at_any_byte_is_cut_off,
                                 a_last_line_of_zero_bytes_is_torn_too,
                                 zero_bytes_in_the_middle_break_the_chain,
                                 any_changed_byte_before_the_last_line_is_found,
                                 a_broken_chain_names_the_record,
                                 a_line_taken_out_or_put_in_breaks_the_chain,
                                 a_full_disk_leaves_no_part_of_a_record,
                                 a_journal_that_somebody_deleted_takes_nothing,
                                 a_journal_that_somebody_else_wrote_takes_nothing,
                                 data_that_is_no_object_or_too_large_is_refused,
                                 no_journal_is_an_input_error_and_a_link_is_not_followed,
                                 a_visit_may_end_early,
                                 reading_takes_the_memory_of_a_line,
                                 NULL};
    return sandbox_suite("journal", list, 60);
}
