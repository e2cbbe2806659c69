/* test_param: the table of ENGINE section 2, quantising, bounds. */
#include "config.h"

#include "suites.h"

#include <math.h>

#include "testdata.h"

static struct param_table table;

static const struct param *param_named(const char *name)
{
    if (table.count == 0)
        testdata_params(&table);
    int index = param_find(&table, name);
    ck_assert_msg(index >= 0, "no parameter %s", name);
    return &table.param[index];
}

START_TEST(installed_table_is_the_specified_one)
{
    static const struct {
        const char *name, *section;
        double assumed, floor, cap, step;
        bool integer;
        int decimals;
    } rows[] = {
        {"base_spread_bps", "risk", 0.12, 0.05, 0.60, 0.001, false, 3},
        {"base_spread_bps_delta", "risk", 0.05, 0.08, 0.25, 0.001, false, 3},
        {"impact_cap_ratio", "risk", 0.10, 0.08, 0.12, 0.0001, false, 4},
        {"max_delta_ratio", "risk", 0.15, 0.10, 0.16, 0.0001, false, 4},
        {"replace_rate_per_min", "engine", 300, 200, 320, 1, true, 0},
        {"concurrency_limit", "engine", 10, 1, 64, 1, true, 0},
        {"tail_age_ms", "engine", 600, 500, 800, 1, true, 0},
        {"min_interval_ms", "engine", 60, 40, 80, 1, true, 0},
        {"cooldown_iters", "tuner", 3, 0, 24, 1, true, 0},
        {"velocity_cap", "tuner", 0.75, 0, 1, 0.01, false, 2},
        {"oscillation_window", "tuner", 8, 3, 24, 1, true, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct param *param = param_named(rows[i].name);
        ck_assert_str_eq(param->section, rows[i].section);
        ck_assert_double_eq(param->assumed.number, rows[i].assumed);
        ck_assert_double_eq(param->floor.number, rows[i].floor);
        ck_assert_double_eq(param->cap.number, rows[i].cap);
        ck_assert_double_eq(param->step.number, rows[i].step);
        ck_assert_int_eq(param->integer, rows[i].integer);
        ck_assert_int_eq(param->decimals, rows[i].decimals);
    }
    ck_assert_uint_eq(table.count, 17);
    ck_assert(!value_present(param_named("max_age_ms")->assumed));
    ck_assert(!value_present(param_named("max_delta_per_hour")->cap));
    ck_assert(!value_present(param_named("tick_size")->step));
    ck_assert_int_eq(param_find(&table, "no_such"), -1);
}
END_TEST

static double nearest_decimal(long steps, long whole, int decimals)
{
    char text[64];
    long number = steps * whole, power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    snprintf(text, sizeof text, "%s%ld.%0*ld", number < 0 ? "-" : "", labs(number) / power,
             decimals, labs(number) % power);
    return strtod(text, NULL);
}

/* Every multiple, a little moved, comes back as the double of its decimal. */
START_TEST(quantize_gives_the_double_of_the_decimal)
{
    static const struct {
        double step;
        long whole;
        int decimals;
    } steps[] = {{0.0001, 1, 4}, {0.001, 1, 3}, {0.01, 1, 2}, {0.0025, 25, 4},
                 {0.1, 1, 1},    {0.03, 3, 2},  {0.7, 7, 1}};
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        struct param param = {.step = value_of(steps[s].step)};
        for (long n = -3000; n <= 12000; n++) {
            double wanted = nearest_decimal(n, steps[s].whole, steps[s].decimals);
            ck_assert_double_eq(param_quantize(&param, wanted), wanted);
            ck_assert_double_eq(param_quantize(&param, (double)n * steps[s].step), wanted);
            ck_assert_double_eq(param_quantize(&param, wanted + 0.49 * steps[s].step), wanted);
            ck_assert_double_eq(param_quantize(&param, wanted - 0.49 * steps[s].step), wanted);
        }
    }
}
END_TEST

START_TEST(quantize_of_sums_is_clean)
{
    const struct param *impact = param_named("impact_cap_ratio");
    ck_assert_double_eq(param_quantize(impact, 0.1 - 0.01), 0.09);
    ck_assert_double_eq(param_quantize(impact, 0.0855), 0.0855);
    ck_assert_double_eq(param_quantize(impact, 0.10 * 0.95), 0.095);
    ck_assert_double_eq(param_quantize(impact, 0.1 + 0.05), 0.15);
    ck_assert_double_eq(param_quantize(impact, 0.15000000000000002), 0.15);
    const struct param *spread = param_named("base_spread_bps");
    ck_assert_double_eq(param_quantize(spread, 0.12 + 0.015), 0.135);
    ck_assert_double_eq(param_quantize(spread, 0.05 + 0.025), 0.075);
}
END_TEST

START_TEST(ties_go_to_the_even_step)
{
    const struct param *impact = param_named("impact_cap_ratio");
    ck_assert_double_eq(param_quantize(impact, 0.08005), 0.08);   /* 800.5 */
    ck_assert_double_eq(param_quantize(impact, 0.08015), 0.0802); /* 801.5 */
    ck_assert_double_eq(param_quantize(impact, 0.10005), 0.1);
    ck_assert_double_eq(param_quantize(impact, 0.10015), 0.1002);
    ck_assert_double_eq(param_quantize(impact, -0.00015), -0.0002);
    const struct param *rate = param_named("replace_rate_per_min");
    ck_assert_double_eq(param_quantize(rate, 300.5), 300.0);
    ck_assert_double_eq(param_quantize(rate, 301.5), 302.0);
    ck_assert_double_eq(param_quantize(rate, 300.5 + 1e-6), 301.0);
    ck_assert(!signbit(param_quantize(rate, -0.3)));
    for (long n = 0; n < 5000; n++) {
        double tie = nearest_decimal(2 * n + 1, 5, 5); /* (n + 0.5) * 0.0001 */
        ck_assert_double_eq(param_quantize(impact, tie), nearest_decimal(n + n % 2, 1, 4));
    }
}
END_TEST

START_TEST(quantize_leaves_what_has_no_step)
{
    ck_assert_double_eq(param_quantize(param_named("tick_size"), 0.123456789), 0.123456789);
    const struct param *rate = param_named("replace_rate_per_min");
    ck_assert_double_eq(param_quantize(rate, 1e300), 1e300);
    ck_assert(isnan(param_quantize(rate, (double)NAN)));
    ck_assert(isinf(param_quantize(rate, (double)INFINITY)));
}
END_TEST

START_TEST(clamp_moves_into_the_bounds)
{
    const struct param *spread = param_named("base_spread_bps_delta");
    ck_assert_double_eq(param_clamp(spread, 0.07), 0.08);
    ck_assert_double_eq(param_clamp(spread, 0.3), 0.25);
    ck_assert_double_eq(param_clamp(spread, 0.1), 0.1);
    ck_assert_double_eq(param_clamp(param_named("tick_size"), -1.0), 0.0);
    ck_assert_double_eq(param_clamp(param_named("tick_size"), 1e9), 1e9);
}
END_TEST

START_TEST(check_names_the_bounds)
{
    const struct param *impact = param_named("impact_cap_ratio");
    struct error err = ERROR_INIT;
    ck_assert_int_eq(param_check(impact, 0.09, &err), 0);
    ck_assert_int_eq(param_check(impact, 0.12 + 1e-10, &err), 0);
    ck_assert_int_eq(param_check(impact, 0.13, &err), -1);
    ck_assert_int_eq(err.code, ERROR_REFUSED);
    ck_assert_str_eq(err.text,
                     "impact_cap_ratio 0.13 is above its cap (bounds 0.0800 .. 0.1200 ratio)");
    error_clear(&err);
    ck_assert_int_eq(param_check(impact, -0.01, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "-0.01 is below its floor"));
    error_clear(&err);
    ck_assert_int_eq(param_check(impact, 0.09004, &err), -1);
    ck_assert_ptr_nonnull(strstr(err.text, "not on its step of 0.0001; the nearest is 0.09"));
    ck_assert_int_eq(param_check(impact, (double)NAN, NULL), -1);
    ck_assert_int_eq(param_check(param_named("min_interval_ms"), 60.5, NULL), -1);
    ck_assert_int_eq(param_check(param_named("tick_size"), 0.123456, NULL), 0);
}
END_TEST

START_TEST(range_and_format)
{
    char text[40];
    const struct param *impact = param_named("impact_cap_ratio");
    ck_assert_double_eq_tol(param_range(impact).number, 0.04, 1e-12);
    ck_assert(!value_present(param_range(param_named("tick_size"))));
    ck_assert_str_eq(param_format(impact, value_of(0.08), text, sizeof text), "0.0800");
    ck_assert_str_eq(param_format(impact, value_missing(), text, sizeof text), "n/a");
    ck_assert_str_eq(param_format(param_named("tick_size"), value_of(0.1), text, sizeof text),
                     "0.1");
    ck_assert_str_eq(param_format(param_named("tick_size"), value_of(1.0 / 3.0), text, sizeof text),
                     "0.3333333333333333");
}
END_TEST

/* A table of one parameter whose members are TEXT; the message must hold WANTED. */
static void assert_refused(const char *text, const char *wanted)
{
    struct error err = ERROR_INIT;
    struct param_table read;
    json_auto_t *json = testdata_json(text);
    ck_assert_msg(param_table_read(&read, json, "p.json", &err) == -1, "was taken: %s", text);
    ck_assert_msg(strstr(err.text, wanted) != NULL, "'%s' lacks '%s'", err.text, wanted);
}

#define TABLE(params) "{'schema':'soaktop-params-1','params':" params "}"
#define NAMED(more)   TABLE("[{'name':'a','section':'s','unit':'x'" more "}]")

START_TEST(faulty_tables_are_refused_with_their_path)
{
    assert_refused("[]", "$ is an array, but it must be an object");
    assert_refused("{'schema':'other','params':[]}", "$.schema is \"other\"");
    assert_refused("{'params':[]}", "$.schema is missing");
    assert_refused("{'schema':'soaktop-params-1','params':[],'x':1}", "$.x is not known");
    assert_refused(TABLE("[]"), "1 .. 64 parameters, not 0");
    assert_refused(TABLE("{}"), "$.params is an object, but it must be an array");
    assert_refused(TABLE("[5]"), "$.params[0] is 5, but it must be an object");
    assert_refused(NAMED(",'colour':1"), "$.params[0].colour is not known");
    assert_refused(NAMED(",'cap':'1'"), "$.params[0].cap is \"1\", but it must be a finite");
    assert_refused(NAMED(",'floor':2,'cap':1"), "$.params[0].cap is 1, but a cap must not be");
    assert_refused(NAMED(",'step':0"), "$.params[0].step is 0, but a step must be above 0");
    assert_refused(NAMED(",'step':-1"), "$.params[0].step is -1");
    assert_refused(NAMED(",'step':0.33333333333"), "at most 9 decimals");
    assert_refused(NAMED(",'floor':0.05,'step':0.1"),
                   "$.params[0].floor is 0.05, but it must be a multiple of the step 0.1");
    assert_refused(TABLE("[{'name':'A','section':'s','unit':''}]"), "$.params[0].name is \"A\"");
    assert_refused(TABLE("[{'name':'','section':'s','unit':''}]"), "$.params[0].name");
    assert_refused(TABLE("[{'name':'a','section':'a.b','unit':''}]"), "$.params[0].section");
    assert_refused(TABLE("[{'section':'s','unit':''}]"), "$.params[0].name is missing");
    assert_refused(TABLE("[{'name':'a','section':'s','unit':''},"
                         "{'name':'a','section':'t','unit':''}]"),
                   "$.params[1].name is \"a\", but $.params[0] has that name already");
    assert_refused(TABLE("[{'name':'a','section':'s','unit':''},"
                         "{'name':'b','section':'a','unit':''}]"),
                   "$.params[0].name is \"a\", but $.params[1] has a section of that name");
}
END_TEST

START_TEST(no_more_than_64_parameters)
{
    json_auto_t *list = json_array();
    for (int i = 0; i < 65; i++)
        json_array_append_new(list, json_pack("{s:o,s:s,s:s}", "name", json_sprintf("p%d", i),
                                              "section", "s", "unit", ""));
    json_auto_t *json = json_pack("{s:s,s:O}", "schema", "soaktop-params-1", "params", list);
    struct param_table read;
    ck_assert_int_eq(param_table_read(&read, json, "p.json", NULL), -1);
    json_array_remove(list, 64);
    ck_assert_int_eq(param_table_read(&read, json, "p.json", NULL), 0);
    ck_assert_uint_eq(read.count, 64);
}
END_TEST

Suite *param_suite(void)
{
    const TTest *const tests[] = {
        installed_table_is_the_specified_one,
        quantize_gives_the_double_of_the_decimal,
        quantize_of_sums_is_clean,
        ties_go_to_the_even_step,
        quantize_leaves_what_has_no_step,
        clamp_moves_into_the_bounds,
        check_names_the_bounds,
        range_and_format,
        faulty_tables_are_refused_with_their_path,
        no_more_than_64_parameters,
        NULL,
    };
    return harness_suite("param", tests, 20);
}
