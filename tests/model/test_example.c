/* test_example: ENGINE section 10, the worked example, on the model alone. */
#include "config.h"

#include "suites.h"

#include "soak.h"

struct line {
    int iteration;
    const char *name;
    double target;
};

static const struct line lines[] = {
    {1, "impact_cap_ratio", 0.09},      {1, "max_delta_ratio", 0.14},
    {1, "base_spread_bps_delta", 0.08}, {1, "tail_age_ms", 630},
    {2, "min_interval_ms", 80},         {2, "replace_rate_per_min", 240},
    {2, "base_spread_bps_delta", 0.10}, {2, "tail_age_ms", 700},
    {3, "impact_cap_ratio", 0.08},      {3, "tail_age_ms", 730},
    {6, "base_spread_bps", 0.135},      {6, "replace_rate_per_min", 204},
    {7, "base_spread_bps", 0.15},       {7, "replace_rate_per_min", 200},
};
enum { LINE_COUNT = sizeof lines / sizeof *lines };

static const struct {
    int iteration;
    const char *rule;
} rules[] = {
    {1, "DRIVER"}, {2, "FALLBACK"}, {3, "AGGRESSIVE"}, {6, "MAKER_BOOST"}, {7, "MAKER_BOOST"}};

static struct soak soak;

static void run_example(int iterations)
{
    soak_init(&soak);
    soak.planned = iterations;
    for (int number = 1; number <= iterations; number++) {
        struct summary summary = soak_mock(number);
        soak_iterate(&soak, &summary);
    }
}

/* Exactly the table's proposals, in its order; the doubles are the decimals themselves. */
START_TEST(proposals_are_the_table)
{
    run_example(24);
    size_t at = 0;
    for (int number = 1; number <= 24; number++) {
        const struct iteration *iteration = run_iteration(&soak.run, number);
        for (size_t i = 0; i < iteration->delta_count; i++, at++) {
            ck_assert_uint_lt(at, LINE_COUNT);
            ck_assert_int_eq(number, lines[at].iteration);
            ck_assert_str_eq(iteration->delta[i].name, lines[at].name);
            ck_assert_msg(iteration->delta[i].target == lines[at].target, "%s %.17g",
                          lines[at].name, iteration->delta[i].target);
        }
    }
    ck_assert_uint_eq(at, LINE_COUNT);
    soak_fini(&soak);
}
END_TEST

START_TEST(rules_are_the_table)
{
    run_example(24);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct iteration *iteration = run_iteration(&soak.run, rules[i].iteration);
        for (size_t j = 0; j < iteration->delta_count; j++)
            ck_assert_str_eq(rule_name(iteration->delta[j].rule), rules[i].rule);
        ck_assert_int_eq(iteration->fallback_fired, rules[i].iteration == 2);
    }
    soak_fini(&soak);
}
END_TEST

START_TEST(all_are_applied_in_full)
{
    run_example(24);
    for (int number = 1; number <= 24; number++) {
        const struct iteration *iteration = run_iteration(&soak.run, number);
        const struct iteration *next = run_iteration(&soak.run, number + 1);
        ck_assert_uint_eq(iteration->skip, 0);
        ck_assert_int_eq(iteration->applied, iteration->delta_count > 0);
        ck_assert(!iteration->cooldown_active);
        for (size_t i = 0; i < iteration->delta_count; i++) {
            const struct delta *delta = &iteration->delta[i];
            ck_assert_int_eq(delta->state, DELTA_APPLIED);
            ck_assert_double_eq(next->params[delta->param].number, delta->target);
        }
        if (next)
            ck_assert_str_eq(iteration->state_hash, next->signature);
    }
    ck_assert_uint_eq(soak.run.change_count, 5);
    soak_fini(&soak);
}
END_TEST

START_TEST(freezes_start_at_8_12_16_20_24)
{
    run_example(24);
    for (int number = 1; number <= 24; number++)
        ck_assert_int_eq(run_iteration(&soak.run, number)->freeze_triggered,
                         number >= 8 && number % 4 == 0);
    soak_fini(&soak);
}
END_TEST

START_TEST(three_iterations_hold_back_the_last)
{
    run_example(3);
    ck_assert_uint_eq(soak.run.count, 3);
    ck_assert_double_eq_tol(soak_mock(3).kpi[KPI_MAKER_TAKER].number, 0.60, 1e-12);
    ck_assert_uint_eq(soak.report.skip, SKIP_LATE);
    ck_assert_ptr_nonnull(strstr(soak.report.note, "final iteration"));
    ck_assert_double_eq(soak_value(&soak, "impact_cap_ratio"), 0.09);
    soak_fini(&soak);
}
END_TEST

Suite *example_suite(void)
{
    const TTest *const tests[] = {
        proposals_are_the_table,
        rules_are_the_table,
        all_are_applied_in_full,
        freezes_start_at_8_12_16_20_24,
        three_iterations_hold_back_the_last,
        NULL,
    };
    return harness_suite("example", tests, 10);
}
