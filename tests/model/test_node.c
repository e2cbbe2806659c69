/* test_node: messages name file, path, value and what is wanted. */
#include "config.h"

#include "suites.h"

#include "model/node.h"
#include "testdata.h"

START_TEST(paths_name_the_place)
{
    json_auto_t *json = testdata_json("{'params':[{},{'cap':true}]}");
    struct error err = ERROR_INIT;
    struct node root = node_root(json, "params.json"), list = node_member(&root, "params");
    struct node second = node_element(&list, 1);
    struct value value;
    ck_assert_uint_eq(node_count(&list), 2);
    ck_assert_int_eq(node_value(&second, "cap", &value, &err), -1);
    ck_assert_str_eq(err.text,
                     "params.json: $.params[1].cap is true, but it must be a finite number");
    ck_assert_int_eq(err.code, ERROR_INPUT);
}
END_TEST

START_TEST(unknown_members_are_refused)
{
    static const char *const keys[] = {"a", NULL};
    json_auto_t *json = testdata_json("{'a':1,'b\\u001b':2}");
    struct error err = ERROR_INIT;
    struct node root = node_root(json, "x.json");
    ck_assert_int_eq(node_object(&root, keys, &err), -1);
    ck_assert_str_eq(err.text, "x.json: $.b\\x1b is not known here; remove or correct it");
    ck_assert_int_eq(node_object(&root, NULL, NULL), 0);
}
END_TEST

START_TEST(absent_and_null_are_missing)
{
    json_auto_t *json = testdata_json("{'a':null,'c':5}");
    struct node root = node_root(json, "x.json");
    struct value value;
    double number = 7.0;
    ck_assert_int_eq(node_value(&root, "a", &value, NULL), 0);
    ck_assert(!value_present(value));
    ck_assert_int_eq(node_value(&root, "b", &value, NULL), 0);
    ck_assert(!value_present(value));
    ck_assert_int_eq(node_value(&root, "c", &value, NULL), 0);
    ck_assert_double_eq(value.number, 5.0);
    struct error err = ERROR_INIT;
    ck_assert_int_eq(node_number(&root, "b", &number, &err), -1);
    ck_assert_str_eq(err.text, "x.json: $.b is missing, but it must be a number");
    error_clear(&err);
    ck_assert_int_eq(node_number(&root, "a", &number, &err), -1);
    ck_assert_str_eq(err.text, "x.json: $.a is null, but it must be a number");
}
END_TEST

START_TEST(whole_numbers_and_ranges)
{
    json_auto_t *json = testdata_json("{'a':8,'b':8.0,'c':99999999999,'d':1.5}");
    struct node root = node_root(json, "x.json");
    int number = 0;
    double real = 0.0;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(node_integer(&root, "a", 1, 16, &number, NULL), 0);
    ck_assert_int_eq(number, 8);
    ck_assert_int_eq(node_integer(&root, "a", 1, 7, &number, NULL), -1);
    ck_assert_int_eq(node_integer(&root, "b", 1, 16, &number, NULL), -1);
    ck_assert_int_eq(node_integer(&root, "c", 1, 16, &number, &err), -1);
    ck_assert_str_eq(err.text,
                     "x.json: $.c is 99999999999, but it must be a whole number within 1 .. 16");
    error_clear(&err);
    ck_assert_int_eq(node_number_in(&root, "d", 0.0, 1.0, &real, &err), -1);
    ck_assert_str_eq(err.text, "x.json: $.d is 1.5, but it must be within 0 .. 1");
    ck_assert_int_eq(node_number_in(&root, "d", 0.0, 1.5, &real, NULL), 0);
}
END_TEST

START_TEST(texts_flags_schemas)
{
    json_auto_t *json = testdata_json("{'s':'abc','n':'a\\u0062','f':true,'g':1,'schema':'one'}");
    struct node root = node_root(json, "x.json");
    char text[4];
    bool flag = false;
    struct error err = ERROR_INIT;
    ck_assert_int_eq(node_text(&root, "s", text, sizeof text, NULL), 0);
    ck_assert_str_eq(text, "abc");
    ck_assert_int_eq(node_text(&root, "s", text, 3, NULL), -1);
    ck_assert_int_eq(node_text(&root, "f", text, sizeof text, NULL), -1);
    ck_assert_int_eq(node_flag(&root, "f", &flag, NULL), 0);
    ck_assert(flag);
    ck_assert_int_eq(node_flag(&root, "absent", &flag, NULL), 0);
    ck_assert(flag);
    ck_assert_int_eq(node_flag(&root, "g", &flag, NULL), -1);
    ck_assert_int_eq(node_schema(&root, "one", NULL), 0);
    ck_assert_int_eq(node_schema(&root, "two", &err), -1);
    ck_assert_str_eq(err.text, "x.json: $.schema is \"one\", but this program reads \"two\"");
}
END_TEST

START_TEST(deep_paths_are_cut)
{
    json_auto_t *json = testdata_json("1");
    struct node node = node_root(json, "x.json");
    for (int i = 0; i < 100; i++)
        node = node_member(&node, "member");
    ck_assert_uint_eq(strlen(node.path), NODE_PATH_MAX - 1);
    ck_assert_str_eq(node.path + NODE_PATH_MAX - 4, "...");
    ck_assert(node_absent(&node));
}
END_TEST

Suite *node_suite(void)
{
    const TTest *const tests[] = {
        paths_name_the_place,
        unknown_members_are_refused,
        absent_and_null_are_missing,
        whole_numbers_and_ranges,
        texts_flags_schemas,
        deep_paths_are_cut,
        NULL,
    };
    return harness_suite("node", tests, 10);
}
