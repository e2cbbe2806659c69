/* test_overrides: the bytes of runtime_overrides.json, and the barrier behind each write. */
#include "config.h"

#include "artifact/overrides.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "artifact/sha256.h"
#include "model/mem.h"
#include "sandbox.h"
#include "suites.h"
#include "table.h"

#define FILE_PATH "artifacts/soak/runtime_overrides.json"
#define BEST_CELL                                                                                  \
    "{\"engine\":{\"min_interval_ms\":60,\"replace_rate_per_min\":300,\"tail_age_ms\":600},"       \
    "\"risk\":{\"base_spread_bps_delta\":0.05,\"impact_cap_ratio\":0.1,\"max_delta_ratio\":0.15}}"

static struct param_table table;

static struct root made(void)
{
    struct error err = ERROR_INIT;
    struct root root;

    table_load(&table);
    ck_assert_msg(root_open(&root, "artifacts", ROOT_CREATE, &err) == 0, "%s", err.text);
    return root;
}

static struct runtime *read_back(const struct root *root, char hash[HASH_TEXT_MAX],
                                 struct runtime_notes *notes, struct error *err)
{
    bool missing;
    struct runtime *runtime = overrides_read(root, &table, hash, notes, &missing, err);

    ck_assert(!missing);
    return runtime;
}

START_TEST(the_best_cell_has_the_bytes_and_the_hash_that_sha256sum_prints)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    char hash[HASH_TEXT_MAX], expected[HASH_TEXT_MAX], disk[HASH_TEXT_MAX];
    size_t bytes = 0;

    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_msg(overrides_write(&root, runtime, hash, &bytes, &err) == 0, "%s", err.text);
    char *text = sandbox_get(FILE_PATH, NULL);
    ck_assert_str_eq(text, BEST_CELL);
    ck_assert_uint_eq(bytes, strlen(BEST_CELL));
    sha256_hex(expected, BEST_CELL, strlen(BEST_CELL));
    ck_assert_str_eq(hash, expected);
    ck_assert_int_eq(overrides_disk_hash(&root, disk, &err), 0);
    ck_assert_str_eq(disk, expected);
    free(text);
    runtime_free(runtime);
}
END_TEST

START_TEST(what_was_written_is_read_back_with_the_same_hash)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    char written[HASH_TEXT_MAX], read[HASH_TEXT_MAX];
    int cap = param_find(&table, "impact_cap_ratio");

    struct runtime *runtime = runtime_new_best_cell(&table);
    runtime_set(runtime, &table.param[cap], 0.09);
    ck_assert_int_eq(overrides_write(&root, runtime, written, NULL, &err), 0);
    struct runtime *back = read_back(&root, read, NULL, &err);
    ck_assert_str_eq(read, written);
    ck_assert(runtime_get(back, &table.param[cap]).number == 0.09);
    runtime_free(runtime);
    runtime_free(back);
}
END_TEST

START_TEST(a_missing_file_is_no_error)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    char hash[HASH_TEXT_MAX] = "x";
    bool missing = false;

    ck_assert_ptr_null(overrides_read(&root, &table, hash, NULL, &missing, &err));
    ck_assert(missing && *hash == '\0' && err.code == ERROR_NONE);
    strcpy(hash, "x");
    ck_assert_int_eq(overrides_disk_hash(&root, hash, &err), 0);
    ck_assert_str_eq(hash, "");
}
END_TEST

START_TEST(an_older_flat_file_is_migrated_in_memory_only)
{
    static const char flat[] = "{\"min_interval_ms\": 70, \"mine\": {\"x\": 1}}\n";
    struct error err = ERROR_INIT;
    struct root root = made();
    struct runtime_notes notes = {0};
    char hash[HASH_TEXT_MAX], expected[HASH_TEXT_MAX];

    sandbox_puts(FILE_PATH, flat);
    sha256_hex(expected, flat, strlen(flat));
    struct runtime *runtime = read_back(&root, hash, &notes, &err);
    ck_assert_msg(runtime != NULL, "%s", err.text);
    ck_assert_str_eq(hash, expected);
    ck_assert_uint_eq(notes.count, 1);
    char *text = overrides_text(runtime, NULL, NULL, &err);
    ck_assert_str_eq(text, "{\"engine\":{\"min_interval_ms\":70},\"mine\":{\"x\":1}}");
    free(text);
    text = sandbox_get(FILE_PATH, NULL);
    ck_assert_str_eq(text, flat);
    free(text);
    runtime_notes_fini(&notes);
    runtime_free(runtime);
}
END_TEST

START_TEST(a_fault_names_the_file_and_the_path)
{
    static const struct {
        const char *text, *why;
    } faults[] = {{"{\"risk\":{\"impact_cap_ratio\":\"0.1\"}}", "risk.impact_cap_ratio"},
                  {"{\"risk\":3}", "risk"},
                  {"{\"risk\":{\"impact_cap_ratio\":NaN}}", "risk.impact_cap_ratio"},
                  {"{\"risk\":", "ends before"},
                  {"", "empty"}};
    struct root root = made();

    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct error err = ERROR_INIT;
        char hash[HASH_TEXT_MAX];
        sandbox_puts(FILE_PATH, faults[i].text);
        ck_assert_ptr_null(read_back(&root, hash, NULL, &err));
        ck_assert_msg(strstr(err.text, FILE_PATH) != NULL, "%s", err.text);
        ck_assert_msg(strstr(err.text, faults[i].why) != NULL, "%s", err.text);
    }
}
END_TEST

START_TEST(a_link_in_its_place_is_neither_read_nor_written_through)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    char hash[HASH_TEXT_MAX];

    sandbox_puts("victim", "{}");
    ck_assert_int_eq(symlink("../../victim", FILE_PATH), 0);
    ck_assert_ptr_null(read_back(&root, hash, NULL, &err));
    ck_assert_int_eq(overrides_disk_hash(&root, hash, NULL), -1);
    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_int_eq(overrides_write(&root, runtime, hash, NULL, NULL), 0);
    char *text = sandbox_get("victim", NULL);
    ck_assert_str_eq(text, "{}");
    free(text);
    runtime_free(runtime);
}
END_TEST

START_TEST(what_no_record_could_hold_is_refused)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    struct buffer deep = {0};
    char hash[HASH_TEXT_MAX];

    buffer_puts(&deep, "{\"mine\":");
    for (int i = 0; i < 60; i++)
        buffer_puts(&deep, "[");
    for (int i = 0; i < 60; i++)
        buffer_puts(&deep, "]");
    buffer_puts(&deep, "}");
    sandbox_puts(FILE_PATH, deep.text);
    ck_assert_ptr_null(read_back(&root, hash, NULL, &err));
    ck_assert_msg(strstr(err.text, "deeper than 56") != NULL, "%s", err.text);
    buffer_fini(&deep);
    error_clear(&err);
    sandbox_puts(FILE_PATH, "{}");
    ck_assert_int_eq(truncate(FILE_PATH, 1024 * 1024 + 1), 0);
    ck_assert_ptr_null(read_back(&root, hash, NULL, &err));
    ck_assert_msg(strstr(err.text, "1048576") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_full_disk_leaves_the_parameters_in_force)
{
    struct error err = ERROR_INIT;
    struct root root = made();
    char hash[HASH_TEXT_MAX];
    struct rlimit limit;

    sandbox_puts(FILE_PATH, "{}");
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 20;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_int_eq(overrides_write(&root, runtime, hash, NULL, &err), -1);
    ck_assert_int_eq(err.code, ERROR_IO);
    char *text = sandbox_get(FILE_PATH, NULL);
    ck_assert_str_eq(text, "{}");
    free(text);
    runtime_free(runtime);
}
END_TEST

static atomic_bool stop;

/* Another process that writes the file all the time. */
static void *interfere(void *unused)
{
    (void)unused;
    while (!atomic_load(&stop)) {
        sandbox_puts("other", "{\"mine\":1}");
        rename("other", FILE_PATH);
    }
    return NULL;
}

START_TEST(the_barrier_sees_another_writer)
{
    struct root root = made();
    char hash[HASH_TEXT_MAX];
    pthread_t thread;
    int code = ERROR_NONE;

    struct runtime *runtime = runtime_new_best_cell(&table);
    ck_assert_int_eq(pthread_create(&thread, NULL, interfere, NULL), 0);
    for (int i = 0; i < 20000 && code == ERROR_NONE; i++) {
        struct error err = ERROR_INIT;
        overrides_write(&root, runtime, hash, NULL, &err);
        code = (int)err.code;
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    runtime_free(runtime);
    ck_assert_int_eq(code, ERROR_INTEGRITY);
}
END_TEST

START_TEST(text_and_object_are_the_same)
{
    struct error err = ERROR_INIT;
    char hash[HASH_TEXT_MAX];

    table_load(&table);
    struct runtime *runtime = overrides_from_text(&table, " " BEST_CELL "\n", "--set", &err);
    ck_assert_msg(runtime != NULL, "%s", err.text);
    char *text = overrides_text(runtime, hash, NULL, &err);
    ck_assert_str_eq(text, BEST_CELL);
    free(text);
    runtime_free(runtime);
    ck_assert_ptr_null(overrides_from_text(&table, "[]", "MM_RUNTIME_OVERRIDES_JSON", &err));
    ck_assert_msg(strstr(err.text, "MM_RUNTIME_OVERRIDES_JSON") != NULL, "%s", err.text);
}
END_TEST

Suite *overrides_suite(void)
{
    const TTest *const list[] = {the_best_cell_has_the_bytes_and_the_hash_that_sha256sum_prints,
                                 what_was_written_is_read_back_with_the_same_hash,
                                 a_missing_file_is_no_error,
                                 an_older_flat_file_is_migrated_in_memory_only,
                                 a_fault_names_the_file_and_the_path,
                                 a_link_in_its_place_is_neither_read_nor_written_through,
                                 what_no_record_could_hold_is_refused,
                                 a_full_disk_leaves_the_parameters_in_force,
                                 the_barrier_sees_another_writer,
                                 text_and_object_are_the_same,
                                 NULL};
    return sandbox_suite("overrides", list, 60);
}
