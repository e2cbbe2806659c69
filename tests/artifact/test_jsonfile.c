/* test_jsonfile: what is read, what is refused and what the refusal says. */
#include "config.h"

#include "artifact/jsonfile.h"

#include <string.h>

#include <jansson.h>

#include "sandbox.h"
#include "suites.h"

/* A text that is refused, and words that the message must hold. */
struct refusal {
    const char *text, *where, *why;
};

static void check_refusal(const struct refusal *refusal)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = json_read_text(refusal->text, strlen(refusal->text),
                                       "reports/EDGE_REPORT.json", &err);

    ck_assert_msg(json == NULL, "accepted: %s", refusal->text);
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strncmp(err.text, "reports/EDGE_REPORT.json", 24) == 0, "%s", err.text);
    ck_assert_msg(strstr(err.text, refusal->where) != NULL, "%s lacks %s", err.text,
                  refusal->where);
    ck_assert_msg(strstr(err.text, refusal->why) != NULL, "%s lacks %s", err.text, refusal->why);
}

START_TEST(refusals_name_line_column_path_and_reason)
{
    static const struct refusal refusals[] = {
        {"{\"totals\":{\"net_bps\":NaN}}", "line 1, column 24 (totals.net_bps)", "NaN"},
        {"{\"totals\":{\"net_bps\":-Infinity}}", "(totals.net_bps)", "Infinity"},
        {"{\n \"a\": [1,\n  {\"k\": 18446744073709551616}]}", "line 3", "64 bits"},
        {"{\n \"a\": [1,\n  {\"k\": 18446744073709551616}]}", "(a[1].k)", "64 bits"},
        {"[-9223372036854775809]", "([0])", "64 bits"},
        {"[1e999]", "([0])", "too large"},
        {"{\"s\":\"\\ud800\"}", "(s)", "Unicode"},
        {"{\"s\":\"\\udc00\\ud800\"}", "(s)", "Unicode"},
        {"{\"s\":\"\xed\xa0\x80\"}", "(s)", "decode"},
        {"{\"s\":[0,\"\xff\"]}", "(s[1])", "decode"},
        {"{\"s\":\"\xc0\xaf\"}", "(s)", "decode"},
        {"{\"a\":1} x", "(top level)", "end of file expected"},
        {"{\"a\":1}{", "(top level)", "end of file expected"},
        {"{\"a\":{\"b\":[1,2", "(a.b[1])", "ends before"},
        {"{\"a\":1,}", "(a)", "expected"},
        {"{\"a\":1 \"b\":2}", "(a)", "expected"},
        {"{'a':1}", "(top level)", "expected"},
        {"[01]", "([0])", ""},
        {"\"\t\"", "(top level)", "control character"},
        {"{\"a\\u0000b\":1}", "(a", "NUL"},
        {"\xef\xbb\xbf{}", "(top level)", ""},
        {"nan", "(top level)", "NaN"},
        {"", "is empty", ""},
        {"  \n ", "(top level)", "ends before"},
    };

    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        check_refusal(&refusals[i]);
}
END_TEST

/* OPENING, DEPTH times, then CLOSING. */
static char *nested(int depth, char opening, char closing)
{
    char *text = malloc((size_t)depth * 2 + 1);
    memset(text, opening, (size_t)depth);
    memset(text + depth, closing, (size_t)depth);
    text[depth * 2] = '\0';
    return text;
}

START_TEST(depth_64_is_read_and_65_is_not)
{
    struct error err = ERROR_INIT;
    char *good = nested(64, '[', ']'), *bad = nested(65, '[', ']');
    json_auto_t *json = json_read_text(good, strlen(good), "x", &err);

    ck_assert_msg(json != NULL, "%s", err.text);
    ck_assert_ptr_null(json_read_text(bad, strlen(bad), "x", &err));
    ck_assert_msg(strstr(err.text, "deeper than 64 levels") != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, "byte 64") != NULL, "%s", err.text);
    free(good);
    free(bad);
}
END_TEST

START_TEST(brackets_in_strings_are_no_depth)
{
    struct error err = ERROR_INIT;
    char *many = nested(500, '[', ']'), text[2048];

    snprintf(text, sizeof text, "{\"\\\"%s\":\"\\\\\\\"%s\"}", many, many);
    json_auto_t *json = json_read_text(text, strlen(text), "x", &err);
    ck_assert_msg(json != NULL, "%s", err.text);
    free(many);
}
END_TEST

START_TEST(a_million_levels_do_no_harm)
{
    struct error err = ERROR_INIT;
    char *deep = nested(1000000, '[', ']');

    ck_assert_ptr_null(json_read_text(deep, strlen(deep), "x", &err));
    ck_assert_msg(strstr(err.text, "64 levels") != NULL, "%s", err.text);
    free(deep);
}
END_TEST

START_TEST(strings_with_zero_characters_are_kept)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = json_read_text("[\"a\\u0000b\"]", 12, "x", &err);

    ck_assert_msg(json != NULL, "%s", err.text);
    ck_assert_uint_eq(json_string_length(json_array_get(json, 0)), 3);
}
END_TEST

START_TEST(a_raw_zero_byte_is_refused)
{
    struct error err = ERROR_INIT;

    ck_assert_ptr_null(json_read_text("{\"a\":1}\0", 8, "x", &err));
    ck_assert_ptr_null(json_read_text("[\"\0\"]", 5, "x", &err));
}
END_TEST

START_TEST(hostile_keys_make_no_hostile_message)
{
    struct error err = ERROR_INIT;
    const char text[] = "{\"\x1b[2J\x7f\":{\"\xe2\x80\xae\":NaN}}";

    ck_assert_ptr_null(json_read_text(text, strlen(text), "x", &err));
    for (const char *at = err.text; *at; at++)
        ck_assert_msg((unsigned char)*at >= ' ' && *at != 0x7f, "%s", err.text);
    ck_assert_ptr_null(strstr(err.text, "\xe2\x80\xae"));
}
END_TEST

static void expect_unreadable(int dirfd, const char *name, const char *why)
{
    struct error err = ERROR_INIT;
    size_t length;

    ck_assert_ptr_null(file_read(dirfd, name, "shown", 1000, &length, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, "shown") != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, why) != NULL, "%s", err.text);
}

START_TEST(only_regular_files_are_read_and_nothing_waits)
{
    int dir = open(".", O_RDONLY | O_DIRECTORY), dev = open("/dev", O_RDONLY | O_DIRECTORY);

    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(mkdir("directory", 0700), 0);
    expect_unreadable(dir, "fifo", "not a regular file");
    expect_unreadable(dir, "directory", "not a regular file");
    expect_unreadable(dev, "zero", "not a regular file");
    expect_unreadable(dir, "absent", "no such file");
    close(dir);
    close(dev);
}
END_TEST

START_TEST(links_are_followed_for_the_operator_only)
{
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    struct error err = ERROR_INIT;
    size_t length;

    sandbox_puts("real", "{}");
    ck_assert_int_eq(symlink("real", "link"), 0);
    ck_assert_int_eq(mkdir("below", 0700), 0);
    sandbox_puts("below/real", "{}");
    expect_unreadable(dir, "link", "symbolic link");
    expect_unreadable(dir, "below/real", "plain file name");
    expect_unreadable(dir, "../real", "plain file name");
    char *text = file_read(AT_FDCWD, "link", "link", 1000, &length, &err);
    ck_assert_str_eq(text, "{}");
    free(text);
    close(dir);
}
END_TEST

START_TEST(the_limit_of_size_holds_to_the_byte)
{
    struct error err = ERROR_INIT;
    char block[1001];
    size_t length;

    memset(block, ' ', sizeof block);
    sandbox_put("full", block, 1000);
    sandbox_put("large", block, 1001);
    char *text = file_read(AT_FDCWD, "full", "full", 1000, &length, &err);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(length, 1000);
    free(text);
    expect_unreadable(AT_FDCWD, "large", "limit of 1000 bytes");
    /* its size is said to be 0, as that of a file which grows while it is read may be too small */
    expect_unreadable(AT_FDCWD, "/proc/self/maps", "limit of 1000 bytes");
}
END_TEST

START_TEST(sixteen_mebibytes_are_the_limit_of_json)
{
    struct error err = ERROR_INIT;
    int file = open("large.json", O_CREAT | O_WRONLY, 0600);

    ck_assert_int_eq(ftruncate(file, (off_t)JSONFILE_BYTES_MAX + 1), 0);
    close(file);
    ck_assert_ptr_null(json_read_file(AT_FDCWD, "large.json", "large.json", &err));
    ck_assert_msg(strstr(err.text, "16777216 bytes") != NULL, "%s", err.text);
}
END_TEST

START_TEST(a_file_is_read_whole)
{
    struct error err = ERROR_INIT;
    size_t length, size = 300000;
    char *block = malloc(size);

    for (size_t i = 0; i < size; i++)
        block[i] = (char)(i * 31);
    sandbox_put("file", block, size);
    char *text = file_read(AT_FDCWD, "file", "file", JSONFILE_BYTES_MAX, &length, &err);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_eq(length, size);
    ck_assert_int_eq(memcmp(text, block, size), 0);
    ck_assert_int_eq(text[size], '\0');
    free(text);
    free(block);
}
END_TEST

Suite *jsonfile_suite(void)
{
    const TTest *const list[] = {refusals_name_line_column_path_and_reason,
                                 depth_64_is_read_and_65_is_not,
                                 brackets_in_strings_are_no_depth,
                                 a_million_levels_do_no_harm,
                                 strings_with_zero_characters_are_kept,
                                 a_raw_zero_byte_is_refused,
                                 hostile_keys_make_no_hostile_message,
                                 only_regular_files_are_read_and_nothing_waits,
                                 links_are_followed_for_the_operator_only,
                                 the_limit_of_size_holds_to_the_byte,
                                 sixteen_mebibytes_are_the_limit_of_json,
                                 a_file_is_read_whole,
                                 NULL};
    return sandbox_suite("jsonfile", list, 30);
}
