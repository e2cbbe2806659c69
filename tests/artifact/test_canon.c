/* test_canon: the bytes are Python's, number by number and document by document. */
#include "config.h"

#include "artifact/canon.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "harness.h"
#include "suites.h"

static FILE *open_data(const char *name)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/tests/data/canon/%s", getenv("TEST_SRCDIR"), name);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    return file;
}

static int check_numbers(void)
{
    FILE *file = open_data("numbers.txt");
    char hex[64], expected[64], text[32];
    int count = 0;

    while (fscanf(file, "%63s %63s", hex, expected) == 2) {
        canon_number(text, strtod(hex, NULL));
        ck_assert_msg(strcmp(text, expected) == 0, "%s gives %s, Python says %s", hex, text,
                      expected);
        count++;
    }
    fclose(file);
    return count;
}

START_TEST(numbers_are_python_s_repr)
{
    ck_assert_int_gt(check_numbers(), 2500);
}
END_TEST

START_TEST(numbers_do_not_depend_on_the_locale)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", NULL};
    char text[32];

    for (size_t i = 0; names[i]; i++)
        if (setlocale(LC_ALL, names[i]))
            break;
    canon_number(text, 0.08);
    ck_assert_str_eq(text, "0.08");
    canon_number(text, 1.5e-7);
    ck_assert_str_eq(text, "1.5e-07");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(what_is_no_number_is_null)
{
    char text[32];

    canon_number(text, (double)NAN);
    ck_assert_str_eq(text, "null");
    canon_number(text, (double)-INFINITY);
    ck_assert_str_eq(text, "null");
}
END_TEST

static void check_form(const json_t *document, enum canon_form form, const json_t *expected)
{
    struct error err = ERROR_INIT;
    size_t length = 0;
    char *text = canon_dump(document, form, &length, &err);

    ck_assert_msg(text != NULL, "%s", err.text);
    ck_assert_str_eq(text, json_string_value(expected));
    ck_assert_uint_eq(length, json_string_length(expected));
    free(text);
}

START_TEST(documents_are_python_s_json_dumps)
{
    FILE *file = open_data("documents.jsonl");
    char line[65536];
    int count = 0;

    while (fgets(line, sizeof line, file)) {
        struct error err = ERROR_INIT;
        json_auto_t *vector = json_loads(line, 0, NULL);
        const json_t *text = json_array_get(vector, 0);
        json_auto_t *document = json_read_text(json_string_value(text), json_string_length(text),
                                               "vector", &err);
        ck_assert_msg(document != NULL, "%s: %s", line, err.text);
        check_form(document, CANON_COMPACT, json_array_get(vector, 1));
        check_form(document, CANON_PRETTY, json_array_get(vector, 2));
        count++;
    }
    fclose(file);
    ck_assert_int_gt(count, 80);
}
END_TEST

START_TEST(order_of_keys_does_not_depend_on_how_the_object_was_filled)
{
    json_auto_t *object = json_object();
    char key[16];

    for (int i = 999; i >= 0; i--) {
        snprintf(key, sizeof key, "k%03d", (i * 7) % 1000);
        json_object_set_new(object, key, json_integer(i));
    }
    char *text = canon_dump(object, CANON_COMPACT, NULL, NULL);
    const char *at = text;
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "\"k%03d\":", i);
        at = strstr(at, key);
        ck_assert_msg(at != NULL, "%s is not in its place", key);
    }
    free(text);
}
END_TEST

START_TEST(refusal_names_the_path)
{
    struct error err = ERROR_INIT;
    json_auto_t *bad = json_pack("{s:{s:[i,o]}}", "a", "b", 1, json_string_nocheck("\xff"));

    ck_assert_ptr_null(canon_dump(bad, CANON_COMPACT, NULL, &err));
    ck_assert_int_eq(err.code, ERROR_INPUT);
    ck_assert_msg(strstr(err.text, "a.b[1]") != NULL, "%s", err.text);
    ck_assert_msg(strstr(err.text, "UTF-8") != NULL, "%s", err.text);
}
END_TEST

START_TEST(lone_surrogates_are_refused)
{
    struct error err = ERROR_INIT;
    json_auto_t *bad = json_pack("{s:o}", "a", json_string_nocheck("\xed\xa0\x80"));

    ck_assert_ptr_null(canon_dump(bad, CANON_COMPACT, NULL, &err));
    ck_assert_msg(strstr(err.text, "a: ") == err.text, "%s", err.text);
}
END_TEST

START_TEST(nesting_without_end_is_refused)
{
    struct error err = ERROR_INIT;
    json_t *deep = json_array();

    for (int i = 0; i < 5000; i++) {
        json_t *outer = json_array();
        json_array_append_new(outer, deep);
        deep = outer;
    }
    ck_assert_ptr_null(canon_dump(deep, CANON_COMPACT, NULL, &err));
    ck_assert_msg(strstr(err.text, "deep") != NULL, "%s", err.text);
    json_decref(deep);
}
END_TEST

Suite *canon_suite(void)
{
    const TTest *const list[] = {numbers_are_python_s_repr,
                                 numbers_do_not_depend_on_the_locale,
                                 what_is_no_number_is_null,
                                 documents_are_python_s_json_dumps,
                                 order_of_keys_does_not_depend_on_how_the_object_was_filled,
                                 refusal_names_the_path,
                                 lone_surrogates_are_refused,
                                 nesting_without_end_is_refused,
                                 NULL};
    return harness_suite("canon", list, 30);
}
