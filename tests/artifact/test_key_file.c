/* key_file: names and keys with their lines, as the text has them. */
#include "config.h"

#include "suites.h"

#include "artifact/key_file.h"
#include "model/mem.h"
#include "sandbox.h"
#include "testdata.h"

static struct key_file file;

static int read_text(const char *text, struct error *err)
{
    char path[600];
    testdata_write("keys.json", text);
    snprintf(path, sizeof path, "%s/keys.json", sandbox_path);
    return key_file_read(&file, path, err);
}

START_TEST(every_name_and_key_has_its_line)
{
    struct error err = ERROR_INIT;
    int status = read_text("{\n"
                           "  \"schema\": \"soaktop-keys-1\",\n"
                           "  \"apply\": [\"A\",\n"
                           "     \"F8\"], \"live\": \"0\",\n\n"
                           "  \"a\\\"b\\\\\": [],\n"
                           "  \"gate\": {\"x\": [\"y\",\n \"z\"]},\n"
                           "  \"quit\": \"q\"}\n",
                           &err);
    ck_assert_msg(status == 0, "%s", err.text);
    ck_assert_uint_eq(file.count, 5);
    ck_assert_str_eq(file.entry[0].action, "apply");
    ck_assert_int_eq(file.entry[0].line, 3);
    ck_assert_uint_eq(file.entry[0].count, 2);
    ck_assert_int_eq(file.entry[0].key[0].line, 3);
    ck_assert_str_eq(file.entry[0].key[1].name, "F8");
    ck_assert_int_eq(file.entry[0].key[1].line, 4);
    ck_assert_str_eq(file.entry[1].action, "live");
    ck_assert_int_eq(file.entry[1].line, 4);
    ck_assert_str_eq(file.entry[1].key[0].name, "0");
    ck_assert_str_eq(file.entry[2].action, "a\"b\\");
    ck_assert_int_eq(file.entry[2].line, 6);
    ck_assert_uint_eq(file.entry[2].count, 0);
    ck_assert_str_eq(file.entry[2].fault, "");
    ck_assert_str_ne(file.entry[3].fault, "");
    ck_assert_int_eq(file.entry[4].line, 9);
    ck_assert_int_eq(file.entry[4].key[0].line, 9);
    key_file_fini(&file);
}
END_TEST

START_TEST(a_fault_of_the_document_gives_no_entry)
{
    static const char *const rows[] = {"",
                                       "[]",
                                       "\"x\"",
                                       "{\"a\": \"b\"",
                                       "{\"a\": \"b\", \"a\": \"c\"}",
                                       "{\"a\": \"b\", \"schema\": 3}",
                                       "{\"a\": \"\\u0000\"}"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err = ERROR_INIT;
        ck_assert_msg(read_text(rows[i], &err) == -1, "%s", rows[i]);
        ck_assert_uint_eq(file.count, 0);
        ck_assert_ptr_nonnull(strstr(err.text, "keys.json"));
        key_file_fini(&file);
    }
}
END_TEST

START_TEST(what_is_too_long_or_too_much_does_no_harm)
{
    struct error err = ERROR_INIT;
    struct buffer text = {0};
    buffer_printf(&text, "{\"%0300d\": [\"%0300d\"", 1, 2);
    for (int i = 0; i < 100; i++)
        buffer_printf(&text, ", \"k%d\"", i);
    buffer_puts(&text, "]}");
    ck_assert_msg(read_text(text.text, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(file.count, 1);
    ck_assert_uint_eq(file.entry[0].count, KEY_FILE_KEYS_MAX);
    ck_assert_str_ne(file.entry[0].fault, "");
    ck_assert_uint_lt(strlen(file.entry[0].key[0].name), KEY_FILE_NAME_MAX);
    key_file_fini(&file);
    buffer_fini(&text);
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    struct error err = ERROR_INIT;
    struct key_twin rows[] = {
        {.action = "apply", .help = "x", .count = 2, .key = {{.name = "\""}, {.name = "F8"}}},
        {.action = "live", .help = "x", .count = 1, .key = {{.name = "\\"}}},
        {.action = "zoom", .help = "x"}};
    char *text = key_file_text(rows, 3, &err);
    ck_assert_msg(text != NULL, "%s", err.text);
    ck_assert_msg(read_text(text, &err) == 0, "%s", err.text);
    ck_assert_uint_eq(file.count, 3);
    ck_assert_str_eq(file.entry[0].key[0].name, "\"");
    ck_assert_str_eq(file.entry[1].key[0].name, "\\");
    ck_assert_int_eq(file.entry[1].line, 4);
    ck_assert_uint_eq(file.entry[2].count, 0);
    key_file_fini(&file);
    free(text);
}
END_TEST

Suite *key_file_suite(void)
{
    const TTest *const tests[] = {
        every_name_and_key_has_its_line,
        a_fault_of_the_document_gives_no_entry,
        what_is_too_long_or_too_much_does_no_harm,
        what_is_written_is_read_back,
        NULL,
    };
    return sandbox_suite("key_file", tests, 20);
}
