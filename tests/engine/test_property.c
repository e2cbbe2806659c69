/* test_property: laws that hold for whatever KPIs a command reports, checked on the files. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

enum { ITERATIONS = 40 };

static unsigned long long chance_state;

/* A number in LOW..HIGH; the same ones on every machine. */
static double chance(double low, double high)
{
    chance_state = chance_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(chance_state >> 40) / (double)(1 << 24);
}

/* One in ten reports is missing, so that the iteration fails; one in ten lacks figures. */
static void write_reports(void)
{
    for (int i = 1; i <= ITERATIONS; i++) {
        char text[600];
        double kind = chance(0, 10);
        if (kind < 1)
            continue;
        if (kind < 2)
            snprintf(text, sizeof(text), "{\"totals\": {\"p95_latency_ms\": %.0f}}",
                     chance(300, 400));
        else
            snprintf(text, sizeof(text),
                     "{\"totals\": {\"net_bps\": %.2f, \"adverse_bps_p95\": %.2f, "
                     "\"slippage_bps_p95\": %.2f, \"p95_latency_ms\": %.0f, \"maker_taker_ratio\": "
                     "%.2f, \"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": %.3f}}}}",
                     chance(-1.5, 4), chance(1, 5), chance(1, 4), chance(250, 400),
                     chance(0.5, 0.95), chance(0.1, 0.8));
        file_put(tempdir_path("kpi_%d.json", i), text);
    }
}

static double number_in(const json_t *summary, const struct param *param)
{
    const json_t *section = json_object_get(json_object_get(summary, "runtime_overrides"),
                                            param->section);
    const json_t *number = json_object_get(section, param->name);
    return json_is_number(number) ? json_number_value(number) : param->assumed.number;
}

static bool is_safe(const char *rule)
{
    return strcmp(rule, "fallback") == 0 || strcmp(rule, "aggressive") == 0 ||
           strcmp(rule, "latency_hard") == 0;
}

/* Every line of iteration I against its bounds, its state and the next iteration's parameters. */
static int check_lines(const json_t *summary, const json_t *next, double *moved, bool *safe)
{
    const struct param_table *table = &soak_config()->params;
    size_t index;
    json_t *line;
    int applied = 0;
    json_array_foreach(soak_at(summary, "tuning.lines"), index, line)
    {
        int found = param_find(table, soak_text(line, "name"));
        const struct param *param = &table->param[found];
        double after = soak_number(line, "after"), now = soak_number(line, "now");
        ck_assert_double_eq(now, number_in(summary, param));
        if (strcmp(soak_text(line, "state"), "APPLIED") == 0) {
            struct error err = ERROR_INIT;
            ck_assert_msg(param_check(param, after, &err) == 0, "%s", err.text);
            ck_assert_double_eq(number_in(next, param), after); /* read back */
            ck_assert_double_eq(soak_number(soak_at(summary, "tuning.applied_deltas"), param->name),
                                after);
            moved[found] = fabs(after - now);
            safe[found] |= is_safe(soak_text(line, "rule"));
            applied++;
        } else {
            ck_assert_str_eq(soak_text(line, "state"), "BLOCKED");
            ck_assert_double_eq(number_in(next, param), now); /* what is blocked is not written */
        }
    }
    return applied;
}

/* Over three iterations running no parameter moves by more than velocity_cap times its range. */
static void check_velocity(double (*moved)[PARAM_MAX], bool (*safe)[PARAM_MAX], int last)
{
    const struct param_table *table = &soak_config()->params;
    for (size_t i = 0; i < table->count; i++) {
        struct value range = param_range(&table->param[i]);
        double sum = 0;
        for (int k = last; k > last - 3 && k >= 1; k--)
            sum += moved[k][i];
        if (value_present(range) && !safe[last][i] && moved[last][i] > 0)
            ck_assert_msg(sum <= 0.75 * range.number + 1e-9, "%s moved %g of %g",
                          table->param[i].name, sum, range.number);
    }
}

static void check_run(unsigned seed)
{
    double moved[ITERATIONS + 1][PARAM_MAX] = {{0}};
    bool safe[ITERATIONS + 1][PARAM_MAX] = {{false}};
    char root[20];
    int applied = 0, failed = 0;
    snprintf(root, sizeof(root), "r%u", seed);
    soak_check_chain(root, ITERATIONS, false);
    json_t *summary = soak_summary(root, 1);
    for (int i = 1; i < ITERATIONS; i++) {
        json_t *next = soak_summary(root, i + 1);
        int lines = check_lines(summary, next, moved[i], safe[i]);
        ck_assert_int_eq(lines > 0, soak_true(summary, "tuning.applied"));
        check_velocity(moved, safe, i);
        applied += lines > 0;
        failed += strcmp(soak_text(summary, "state"), "failed") == 0;
        json_decref(summary);
        summary = next;
    }
    json_decref(summary);
    ck_assert_int_gt(applied, 2);
    ck_assert_int_gt(failed, 0);
}

START_TEST(laws_hold_for_random_kpis)
{
    for (unsigned seed = 1; seed <= 3; seed++) {
        char root[20], command[600];
        snprintf(root, sizeof(root), "r%u", seed);
        chance_state = seed;
        for (int i = 1; i <= ITERATIONS; i++)
            remove(tempdir_path("kpi_%d.json", i));
        write_reports();
        snprintf(command, sizeof(command), "cp %s/kpi_$SOAK_ITERATION.json \"$SOAK_EDGE_REPORT\"",
                 tempdir_path("."));
        struct soak soak = soak_new(root);
        soak.options.source = SOURCE_EXEC;
        soak.options.exec_command = command;
        soak.options.iterations = ITERATIONS;
        soak_run(&soak);
        ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
        soak_drop(&soak);
        check_run(seed);
    }
}
END_TEST

Suite *property_suite(void)
{
    Suite *suite = suite_create("property");
    TCase *tcase = tcase_create("property");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, laws_hold_for_random_kpis);
    suite_add_tcase(suite, tcase);
    return suite;
}
