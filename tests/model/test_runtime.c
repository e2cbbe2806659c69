/* test_runtime: nested writes and reads, and older flat files (ENGINE section 2). */
#include "config.h"

#include "suites.h"

#include "model/runtime.h"
#include "testdata.h"

static struct param_table table;

static const struct param *param_named(const char *name)
{
    return &table.param[param_find(&table, name)];
}

static void read_table(void)
{
    testdata_params(&table);
}

static struct runtime *runtime_of(const char *text, struct runtime_notes *notes, struct error *err)
{
    json_auto_t *json = testdata_json(text);
    return runtime_new_from_json(&table, json, "runtime_overrides.json", notes, err);
}

static void assert_json(const struct runtime *runtime, const char *wanted)
{
    json_auto_t *json = testdata_json(wanted);
    ck_assert_msg(json_equal(json, (json_t *)runtime_json(runtime)), "not %s", wanted);
}

START_TEST(first_file_is_the_best_cell)
{
    struct runtime *runtime = runtime_new_best_cell(&table);
    assert_json(runtime, "{'risk':{'base_spread_bps_delta':0.05,'impact_cap_ratio':0.10,"
                         "'max_delta_ratio':0.15},'engine':{'min_interval_ms':60,"
                         "'replace_rate_per_min':300,'tail_age_ms':600}}");
    runtime_free(runtime);
}
END_TEST

START_TEST(values_are_written_and_read_at_the_nested_path)
{
    struct runtime *runtime = runtime_of("{}", NULL, NULL);
    runtime_set(runtime, param_named("impact_cap_ratio"), 0.09);
    runtime_set(runtime, param_named("tail_age_ms"), 630.0);
    runtime_set(runtime, param_named("base_spread_bps"), 1.0);
    assert_json(runtime, "{'risk':{'impact_cap_ratio':0.09,'base_spread_bps':1.0},"
                         "'engine':{'tail_age_ms':630}}");
    ck_assert_double_eq(runtime_get(runtime, param_named("impact_cap_ratio")).number, 0.09);
    ck_assert_double_eq(runtime_get(runtime, param_named("tail_age_ms")).number, 630.0);
    ck_assert(!value_present(runtime_get(runtime, param_named("min_interval_ms"))));
    ck_assert_double_eq(runtime_get_or_assumed(runtime, param_named("min_interval_ms")).number,
                        60.0);
    ck_assert(!value_present(runtime_get_or_assumed(runtime, param_named("max_age_ms"))));
    runtime_free(runtime);
}
END_TEST

START_TEST(a_huge_whole_value_stays_a_real)
{
    struct runtime *runtime = runtime_of("{}", NULL, NULL);
    runtime_set(runtime, param_named("tail_age_ms"), 1e300);
    ck_assert_double_eq(runtime_get(runtime, param_named("tail_age_ms")).number, 1e300);
    runtime_free(runtime);
}
END_TEST

START_TEST(flat_names_move_to_their_section)
{
    struct runtime_notes notes;
    struct runtime *runtime = runtime_of(
        "{'min_interval_ms':65,'impact_cap_ratio':0.09,'note':'kept'}", &notes, NULL);
    assert_json(runtime, "{'engine':{'min_interval_ms':65},'risk':{'impact_cap_ratio':0.09},"
                         "'note':'kept'}");
    ck_assert_uint_eq(notes.count, 2);
    ck_assert_str_eq(notes.text[0], "impact_cap_ratio moved to risk.impact_cap_ratio");
    ck_assert_str_eq(notes.text[1], "min_interval_ms moved to engine.min_interval_ms");
    runtime_notes_fini(&notes);
    runtime_free(runtime);
}
END_TEST

START_TEST(nested_wins_over_flat)
{
    struct runtime_notes notes;
    struct runtime *runtime = runtime_of("{'tail_age_ms':600,'engine':{'tail_age_ms':30}}", &notes,
                                         NULL);
    assert_json(runtime, "{'engine':{'tail_age_ms':30}}");
    ck_assert_uint_eq(notes.count, 1);
    ck_assert_str_eq(notes.text[0], "tail_age_ms dropped: engine.tail_age_ms is set and wins");
    runtime_notes_fini(&notes);
    runtime_free(runtime);
}
END_TEST

START_TEST(unknown_keys_and_sections_are_kept)
{
    static const char text[] = "{'venue':{'fee':1.5,'list':[1,null]},'risk':{'other':true},"
                               "'flag':null,'engine':{}}";
    struct runtime_notes notes;
    struct runtime *runtime = runtime_of(text, &notes, NULL);
    assert_json(runtime, text);
    ck_assert_uint_eq(notes.count, 0);
    runtime_free(runtime);
}
END_TEST

START_TEST(whole_reals_become_integers)
{
    struct runtime *runtime = runtime_of("{'engine':{'tail_age_ms':600.0,'min_interval_ms':60.5},"
                                         "'risk':{'base_spread_bps':1}}",
                                         NULL, NULL);
    assert_json(runtime, "{'engine':{'tail_age_ms':600,'min_interval_ms':60.5},"
                         "'risk':{'base_spread_bps':1}}");
    runtime_free(runtime);
}
END_TEST

static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct runtime_notes notes;
    ck_assert_msg(!runtime_of(text, &notes, &err), "was taken: %s", text);
    ck_assert_str_eq(err.text, wanted);
    ck_assert_uint_eq(notes.count, 0);
}

START_TEST(faults_name_the_path)
{
    assert_refused("[1]", "runtime_overrides.json: $ is an array, but it must be an object");
    assert_refused("{'risk':5}", "runtime_overrides.json: $.risk is 5, but it must be an object");
    assert_refused("{'engine':{'tail_age_ms':'600'}}",
                   "runtime_overrides.json: $.engine.tail_age_ms is \"600\", but it must be a "
                   "finite number");
    assert_refused("{'engine':{'tail_age_ms':null}}",
                   "runtime_overrides.json: $.engine.tail_age_ms is null, but it must be a number");
    assert_refused("{'impact_cap_ratio':true,'max_delta_ratio':0.1}",
                   "runtime_overrides.json: $.impact_cap_ratio is true, but it must be a finite "
                   "number");
    assert_refused("{'base_spread_bps':0.1,'engine':[]}",
                   "runtime_overrides.json: $.engine is an array, but it must be an object");
}
END_TEST

START_TEST(copies_are_independent)
{
    struct runtime *one = runtime_new_best_cell(&table), *two = runtime_copy(one);
    runtime_set(two, param_named("tail_age_ms"), 700.0);
    ck_assert_double_eq(runtime_get(one, param_named("tail_age_ms")).number, 600.0);
    ck_assert_double_eq(runtime_get(two, param_named("tail_age_ms")).number, 700.0);
    struct value values[PARAM_MAX];
    runtime_values(two, &table, values);
    ck_assert_double_eq(values[param_find(&table, "tail_age_ms")].number, 700.0);
    ck_assert(!value_present(values[param_find(&table, "tick_size")]));
    runtime_free(one);
    runtime_free(two);
    runtime_free(NULL);
}
END_TEST

START_TEST(taking_a_value_out_takes_its_empty_section_too)
{
    struct runtime *runtime = runtime_of(
        "{'risk':{'base_spread_bps':0.135},'engine':{'tail_age_ms':600,'own':1}}", NULL, NULL);
    runtime_unset(runtime, param_named("base_spread_bps"));
    assert_json(runtime, "{'engine':{'tail_age_ms':600,'own':1}}");
    runtime_unset(runtime, param_named("tail_age_ms"));
    runtime_unset(runtime, param_named("tick_size"));
    assert_json(runtime, "{'engine':{'own':1}}");
    runtime_free(runtime);
}
END_TEST

Suite *runtime_suite(void)
{
    const TTest *const tests[] = {
        first_file_is_the_best_cell,
        values_are_written_and_read_at_the_nested_path,
        a_huge_whole_value_stays_a_real,
        flat_names_move_to_their_section,
        nested_wins_over_flat,
        unknown_keys_and_sections_are_kept,
        whole_reals_become_integers,
        faults_name_the_path,
        copies_are_independent,
        taking_a_value_out_takes_its_empty_section_too,
        NULL,
    };
    Suite *suite = suite_create("runtime");
    TCase *tcase = tcase_create("runtime");
    tcase_add_checked_fixture(tcase, read_table, NULL);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
