/* export: CSV by RFC 4180, canonical JSON, a Markdown table; a missing number is empty, null, n/a;
 * a file is written whole or not at all, and never among a run's own. */
#include "config.h"

#include "suites.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/export.h"
#include "harness.h"

static const struct export_column columns[] = {{"it", true}, {"risk", true}, {"note", false}};

/* Two rows: what must be quoted, and what is missing. */
static char *document(enum export_format format)
{
    size_t length;
    struct export *export = export_new(format, columns, 3);
    export_cell(export, value_of(1), "1");
    export_cell(export, value_of(0.1 + 0.2), "0.300");
    export_cell(export, value_missing(), "a, \"b\" | c");
    export_cell(export, value_of(12), "12");
    export_cell(export, value_missing(), "n/a");
    export_cell(export, value_missing(), "");
    char *text = export_end_take(export, &length);
    ck_assert_uint_eq(length, strlen(text));
    return text;
}

static void check(enum export_format format, const char *wanted)
{
    char *text = document(format);
    ck_assert_str_eq(text, wanted);
    free(text);
}

START_TEST(csv_quotes_by_rfc_4180_and_leaves_a_missing_number_empty)
{
    check(EXPORT_CSV, "it,risk,note\r\n"
                      "1,0.30000000000000004,\"a, \"\"b\"\" | c\"\r\n"
                      "12,,\r\n");
}
END_TEST

START_TEST(json_is_canonical_with_null_for_a_missing_number)
{
    check(EXPORT_JSON, "[\n"
                       "  {\n"
                       "    \"it\": 1,\n"
                       "    \"note\": \"a, \\\"b\\\" | c\",\n"
                       "    \"risk\": 0.30000000000000004\n"
                       "  },\n"
                       "  {\n"
                       "    \"it\": 12,\n"
                       "    \"note\": \"\",\n"
                       "    \"risk\": null\n"
                       "  }\n"
                       "]\n");
}
END_TEST

START_TEST(a_markdown_table_lines_up_and_escapes)
{
    char *text = document(EXPORT_MARKDOWN);
    size_t width = strcspn(text, "\n");
    ck_assert_ptr_nonnull(strstr(text, "\\|"));
    ck_assert_ptr_nonnull(strstr(text, "n/a"));
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        ck_assert_uint_eq(strlen(line), width);
    free(text);
}
END_TEST

START_TEST(no_rows_are_still_a_document)
{
    static const char *const wanted[] = {"it,risk,note\r\n", "[]\n"};
    for (int format = EXPORT_CSV; format <= EXPORT_JSON; format++) {
        size_t length;
        struct export *export = export_new((enum export_format)format, columns, 3);
        char *text = export_end_take(export, &length);
        ck_assert_str_eq(text, wanted[format]);
        free(text);
    }
}
END_TEST

START_TEST(a_row_alone_is_one_line_of_json)
{
    struct export *export = export_new(EXPORT_JSON, columns, 3);
    export_cell(export, value_of(7), "7");
    export_cell(export, value_missing(), "n/a");
    export_cell(export, value_missing(), "bad \xff byte");
    char *text = export_row_json(export, 0);
    ck_assert_str_eq(text, "{\"it\":7,\"note\":\"bad \\ufffd byte\",\"risk\":null}");
    free(text);
    export_free(export);
}
END_TEST

static char directory[] = "/tmp/soaktop-export-XXXXXX";

static const char *in_directory(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void touch(const char *name)
{
    FILE *file = fopen(in_directory(name), "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
}

START_TEST(a_file_is_written_and_replaced_whole)
{
    struct error err = ERROR_INIT;
    char read[16] = "";
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert(!export_exists(in_directory("a.csv")));
    ck_assert_int_eq(export_write(in_directory("a.csv"), "one\r\n", 5, &err), 0);
    ck_assert_int_eq(export_write(in_directory("a.csv"), "2\r\n", 3, &err), 0);
    ck_assert(export_exists(in_directory("a.csv")));
    FILE *file = fopen(in_directory("a.csv"), "r");
    ck_assert_uint_eq(fread(read, 1, sizeof read - 1, file), 3);
    fclose(file);
    ck_assert_str_eq(read, "2\r\n");
    unlink(in_directory("a.csv"));
    rmdir(directory);
}
END_TEST

START_TEST(what_cannot_be_written_is_said_in_one_sentence)
{
    struct error err = ERROR_INIT;
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(export_write("/dev/null/a.csv", "", 0, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "/dev/null/a.csv"));
    error_clear(&err);
    ck_assert_int_eq(export_write(in_directory(""), "", 0, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "no name of a file"));
    error_clear(&err);
    ck_assert_int_eq(export_write(directory, "", 0, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "no regular file"));
    rmdir(directory);
}
END_TEST

START_TEST(nothing_is_written_among_a_runs_artifacts)
{
    static const char *const own[] = {"run.json", "journal.jsonl", "ITER_SUMMARY_1.json"};
    ck_assert_ptr_nonnull(mkdtemp(directory));
    for (size_t i = 0; i < 3; i++) {
        struct error err = ERROR_INIT;
        touch(own[i]);
        ck_assert_int_eq(export_write(in_directory("a.csv"), "", 0, &err), -1);
        ck_assert_ptr_nonnull(strstr(err.text, "among the artifacts of a run"));
        ck_assert(!export_exists(in_directory("a.csv")));
        unlink(in_directory(own[i]));
    }
    rmdir(directory);
}
END_TEST

Suite *export_suite(void)
{
    const TTest *const tests[] = {
        csv_quotes_by_rfc_4180_and_leaves_a_missing_number_empty,
        json_is_canonical_with_null_for_a_missing_number,
        a_markdown_table_lines_up_and_escapes,
        no_rows_are_still_a_document,
        a_row_alone_is_one_line_of_json,
        a_file_is_written_and_replaced_whole,
        what_cannot_be_written_is_said_in_one_sentence,
        nothing_is_written_among_a_runs_artifacts,
        NULL,
    };
    return harness_suite("export", tests, 20);
}
