/* test_markdown: tables that line up, sparklines, and text from artifacts made harmless. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/markdown.h"
#include "model/mem.h"
#include "suites.h"

static char *escaped(const char *raw, size_t max)
{
    struct buffer out = {0};
    markdown_add_text(&out, raw, max);
    return buffer_take(&out);
}

START_TEST(text_of_artifacts_means_nothing_to_markdown)
{
    static const struct {
        const char *raw, *shown;
    } rows[] = {
        {"max_delta_ratio", "max_delta_ratio"}, /* within a word "_" is only itself */
        {"_em_", "\\_em\\_"},
        {"*bold* `code`", "\\*bold\\* \\`code\\`"},
        {"[a](http://b)", "\\[a\\](http\\://b)"},
        {"<script> </p> <!-- a < b", "\\<script> \\</p> \\<!-- a < b"},
        {"a | b", "a \\| b"},
        {"# head", "\\# head"},
        {"a # b", "a # b"},
        {"- item", "\\- item"},
        {"&amp; & x", "\\&amp; & x"},
        {"me@there", "me\\@there"},
        {"a\nb", "a\\\\x0ab"}, /* a line break cannot end the table's row */
        {"\x1b[31mred", "\\\\x1b\\[31mred"},
        {"\xe2\x80\xaegnp", "\\\\u{202E}gnp"}, /* right-to-left override */
        {"\xff", "\xef\xbf\xbd"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *shown = escaped(rows[i].raw, 100);
        ck_assert_str_eq(shown, rows[i].shown);
        free(shown);
    }
    char *none = escaped(NULL, 10);
    ck_assert_str_eq(none, "");
    free(none);
}
END_TEST

START_TEST(long_text_is_cut_between_characters)
{
    char *shown = escaped("ab\xc3\xa9\xc3\xa9", 3);
    ck_assert_str_eq(shown, "ab...");
    free(shown);
    shown = escaped("abcdef", 6);
    ck_assert_str_eq(shown, "abcdef");
    free(shown);
}
END_TEST

START_TEST(columns_of_a_table_line_up)
{
    static const struct markdown_column columns[] = {{"name", MARKDOWN_LEFT},
                                                     {"v", MARKDOWN_RIGHT}};
    struct buffer out = {0};
    struct markdown_table *table = markdown_table_new(columns, 2);
    markdown_cell(table, "a|b");
    markdown_cell_value(table, value_of(1.25), 1);
    markdown_cell_text(table, "caf\xc3\xa9 \xe6\x97\xa5", 100); /* one column, and two */
    markdown_cell_value(table, value_missing(), 1);
    markdown_cell(table, "%s", "last");
    markdown_table_end(table, &out);
    ck_assert_str_eq(out.text, "| name    |   v |\n"
                               "|---------|----:|\n"
                               "| a\\|b    | 1.2 |\n"
                               "| caf\xc3\xa9 \xe6\x97\xa5 | n/a |\n"
                               "| last    |     |\n");
    buffer_fini(&out);
}
END_TEST

START_TEST(a_synthetic_value_is_marked)
{
    static const struct markdown_column column = {"v", MARKDOWN_RIGHT};
    struct buffer out = {0};
    struct markdown_table *table = markdown_table_new(&column, 1);
    markdown_cell_value(table, (struct value){0.6, VALUE_SYNTHETIC}, 2);
    markdown_table_end(table, &out);
    ck_assert_ptr_nonnull(strstr(out.text, "| ~0.60 |"));
    buffer_fini(&out);
}
END_TEST

static char *sparkline(const struct value *values, size_t count, size_t width)
{
    struct buffer out = {0};
    markdown_add_sparkline(&out, values, count, width);
    return buffer_take(&out);
}

START_TEST(a_sparkline_goes_from_lowest_to_highest)
{
    struct value values[8];
    for (int i = 0; i < 8; i++)
        values[i] = value_of(i);
    char *line = sparkline(values, 8, 60);
    ck_assert_str_eq(line, "▁▂▃▄▅▆▇█");
    free(line);
    values[3] = value_missing();
    values[4].state = VALUE_SYNTHETIC;
    line = sparkline(values, 8, 60);
    ck_assert_str_eq(line, "▁▂▃··▆▇█");
    free(line);
}
END_TEST

START_TEST(a_sparkline_fits_its_width_and_survives_flat_or_empty_data)
{
    struct value values[100];
    for (int i = 0; i < 100; i++)
        values[i] = value_of(i < 50 ? 0 : 1);
    char *line = sparkline(values, 100, 4);
    ck_assert_str_eq(line, "▁▁██");
    free(line);
    line = sparkline(values, 3, 60);
    ck_assert_uint_eq(markdown_width(line), 3);
    free(line);
    values[0] = value_missing();
    line = sparkline(values, 1, 60);
    ck_assert_str_eq(line, "·");
    free(line);
    line = sparkline(values, 0, 60);
    ck_assert_str_eq(line, "");
    free(line);
}
END_TEST

Suite *markdown_suite(void)
{
    Suite *suite = suite_create("markdown");
    TCase *tcase = tcase_create("markdown");
    tcase_add_test(tcase, text_of_artifacts_means_nothing_to_markdown);
    tcase_add_test(tcase, long_text_is_cut_between_characters);
    tcase_add_test(tcase, columns_of_a_table_line_up);
    tcase_add_test(tcase, a_synthetic_value_is_marked);
    tcase_add_test(tcase, a_sparkline_goes_from_lowest_to_highest);
    tcase_add_test(tcase, a_sparkline_fits_its_width_and_survives_flat_or_empty_data);
    suite_add_tcase(suite, tcase);
    return suite;
}
