/* test_wires: how a tripwire counts over a run, and what ends it. */
#include "config.h"

#include "model/wires.h"

#include <math.h>
#include <stdlib.h>

#include "soak.h"
#include "suites.h"

static struct soak soak;

static void setup(void)
{
    soak_init(&soak);
}

static void teardown(void)
{
    soak_fini(&soak);
}

/* An iteration with that risk (NAN: missing) that moves min_interval_ms to TARGET; 0: nothing. */
static void iterate(double risk, double target)
{
    struct summary summary = soak_summary(risk, 2.5, 0.90, 200);
    if (target > 0.0)
        soak_propose(&soak, &summary, RULE_MODERATE, "min_interval_ms", target);
    else
        soak_propose(&soak, &summary, RULE_MODERATE, "tail_age_ms",
                     soak_value(&soak, "tail_age_ms"));
}

static void attach(int iteration, const char *text)
{
    struct wire wire = {.applied_at = iteration, .by = "op@host"};
    ck_assert_int_eq(tripwire_parse(&wire.what, text, NULL), 0);
    run_put_wire(&soak.run, &wire);
}

static struct wire_status look(int iteration, int upto)
{
    const struct wire *wire = run_wire(&soak.run, iteration);
    ck_assert_ptr_nonnull(wire);
    return wire_status(&soak.run, wire, upto);
}

START_TEST(it_counts_what_ran_with_the_apply)
{
    iterate(0.90, 65); /* ran with the old value: does not count */
    attach(1, "risk > 0.45 for 2");
    ck_assert_int_eq(look(1, 0).streak, 0);
    iterate(0.50, 0);
    ck_assert_int_eq(look(1, 0).streak, 1);
    ck_assert_int_eq(look(1, 0).met_at, 0);
    iterate(0.40, 0); /* the row is broken */
    ck_assert_int_eq(look(1, 0).streak, 0);
    iterate(0.46, 0);
    iterate(0.47, 0);
    ck_assert_int_eq(look(1, 0).met_at, 5);
    ck_assert_int_eq(look(1, 0).seen, 4);
    ck_assert_int_eq(look(1, 4).met_at, 0); /* as of iteration 4 */
    ck_assert_int_eq(look(1, 4).streak, 1);
    iterate(0.10, 0); /* what comes after changes nothing */
    ck_assert_int_eq(look(1, 0).met_at, 5);
}
END_TEST

START_TEST(an_iteration_without_a_value_neither_counts_nor_resets)
{
    iterate(0.30, 65);
    attach(1, "risk > 0.45 for 3");
    iterate(0.50, 0);
    iterate(NAN, 0);
    soak_iterate(&soak, NULL); /* failed */
    soak_gap(&soak);
    ck_assert_int_eq(look(1, 0).streak, 1);
    ck_assert_int_eq(look(1, 0).passed_over, 3);
    iterate(0.51, 0);
    iterate(0.52, 0);
    ck_assert_int_eq(look(1, 0).met_at, 7);
    ck_assert_int_eq(look(1, 0).seen, 3);
}
END_TEST

START_TEST(a_made_up_value_is_none)
{
    struct summary summary = soak_summary(0.5, 2.5, 0.60, 200);
    summary.kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    iterate(0.30, 65);
    attach(1, "maker_taker < 0.8");
    soak_iterate(&soak, &summary);
    ck_assert_int_eq(look(1, 0).met_at, 0);
    ck_assert_int_eq(look(1, 0).passed_over, 1);
}
END_TEST

START_TEST(it_watches_as_long_as_it_says)
{
    iterate(0.30, 65);
    attach(1, "risk > 0.45 for 2 until 3");
    iterate(0.40, 0);
    iterate(0.40, 0);
    ck_assert_int_eq(look(1, 0).fate, WIRE_WATCHING);
    iterate(0.50, 0); /* iteration 4 is the third and last */
    ck_assert_int_eq(look(1, 0).ends_at, 4);
    ck_assert_int_eq(look(1, 0).fate, WIRE_EXPIRED);
    iterate(0.50, 0);
    ck_assert_int_eq(look(1, 0).met_at, 0);
}
END_TEST

START_TEST(it_ends_with_its_apply)
{
    iterate(0.30, 65);
    attach(1, "risk > 0.45 for 2");
    iterate(0.30, 70);
    attach(2, "risk > 0.45 for 2");
    ck_assert_int_eq(look(1, 0).fate, WIRE_SUPERSEDED);
    ck_assert_int_eq(look(1, 1).fate, WIRE_WATCHING); /* as of iteration 1 */
    ck_assert_int_eq(look(2, 0).fate, WIRE_WATCHING);
    ck_assert(soak_rollback(&soak));
    ck_assert_int_eq(look(2, 0).fate, WIRE_ROLLED_BACK);
    ck_assert_int_eq(look(1, 0).fate, WIRE_WATCHING); /* 65 is in force again */
}
END_TEST

START_TEST(an_apply_of_another_parameter_ends_nothing)
{
    struct summary summary = soak_summary(0.3, 2.5, 0.90, 200);
    iterate(0.30, 65);
    attach(1, "risk > 0.45 for 2");
    soak_propose(&soak, &summary, RULE_MODERATE, "tail_age_ms", 630);
    ck_assert_int_eq(look(1, 0).fate, WIRE_WATCHING);
}
END_TEST

START_TEST(one_of_two_parameters_in_force_is_enough)
{
    struct value values[PARAM_MAX];
    int interval = soak_param(&soak, "min_interval_ms"), age = soak_param(&soak, "tail_age_ms");
    iterate(0.30, 0);
    memcpy(values, soak.values, sizeof values);
    values[interval] = value_of(65);
    values[age] = value_of(630);
    soak_write(&soak, CHANGE_APPLY, values);
    attach(1, "risk > 0.45");
    ck_assert_int_eq(look(1, 0).fate, WIRE_WATCHING);
    soak_write_one(&soak, CHANGE_EXTERNAL, "tail_age_ms", 640);
    ck_assert_int_eq(look(1, 0).fate, WIRE_WATCHING);
    soak_write_one(&soak, CHANGE_EXTERNAL, "min_interval_ms", 70);
    ck_assert_int_eq(look(1, 0).fate, WIRE_SUPERSEDED);
}
END_TEST

START_TEST(fired_it_waits_until_somebody_decides)
{
    size_t count;
    iterate(0.30, 65);
    attach(1, "risk > 0.45");
    iterate(0.50, 0);
    struct wire wire = *run_wire(&soak.run, 1);
    wire.fired_at = 2;
    run_put_wire(&soak.run, &wire);
    ck_assert_int_eq(look(1, 0).fate, WIRE_FIRED);
    ck_assert_int_eq(look(1, 1).fate, WIRE_WATCHING); /* as of iteration 1 */
    ck_assert_ptr_eq(run_waiting_wire(&soak.run, &count), run_wire(&soak.run, 1));
    ck_assert_uint_eq(count, 1);
    wire.rolls_back = true; /* its rollback needs nobody */
    run_put_wire(&soak.run, &wire);
    ck_assert_ptr_null(run_waiting_wire(&soak.run, &count));
    wire.failed = true; /* but could not be made */
    run_put_wire(&soak.run, &wire);
    ck_assert_ptr_nonnull(run_waiting_wire(&soak.run, NULL));
    wire.ended = WIRE_DISMISSED;
    wire.ended_at = 2;
    run_put_wire(&soak.run, &wire);
    ck_assert_ptr_null(run_waiting_wire(&soak.run, NULL));
    ck_assert_int_eq(look(1, 0).fate, WIRE_DISMISSED);
}
END_TEST

START_TEST(the_values_that_made_it_fire_are_told)
{
    struct wire_value value[4];
    iterate(0.30, 65);
    attach(1, "risk > 0.45 for 2");
    iterate(0.50, 0);
    iterate(NAN, 0);
    iterate(0.60, 0);
    struct wire wire = *run_wire(&soak.run, 1);
    wire.fired_at = 4;
    ck_assert_uint_eq(wire_values(&soak.run, &wire, 4, value, 4), 2);
    ck_assert_int_eq(value[0].iteration, 2);
    ck_assert_int_eq(value[1].iteration, 4);
    ck_assert_double_eq(value[1].value, 0.60);
    ck_assert_uint_eq(wire_values(&soak.run, &wire, 9, value, 4), 2); /* a record is missing */
    char *text = wire_fired_sentence(&soak.run, &wire);
    ck_assert_str_eq(text, "tripwire risk > 0.45 for 2 of the apply of iteration 1 fired: risk "
                           "0.500, 0.600 in iterations 2, 4; the rollback of that apply waits for "
                           "the operator");
    free(text);
}
END_TEST

START_TEST(a_wire_without_an_apply_is_idle_and_can_be_dropped)
{
    iterate(0.30, 65);
    iterate(0.30, 0);
    attach(2, "risk > 0.45");
    attach(1, "risk > 0.45");
    ck_assert_int_eq(look(2, 0).fate, WIRE_IDLE);
    run_drop_idle_wire(&soak.run, 1); /* has its apply: stays */
    run_drop_idle_wire(&soak.run, 2);
    run_drop_idle_wire(&soak.run, 3);
    ck_assert_uint_eq(soak.run.wire_count, 1);
    ck_assert_ptr_nonnull(run_wire(&soak.run, 1));
}
END_TEST

Suite *wires_suite(void)
{
    Suite *suite = suite_create("wires");
    TCase *tests = tcase_create("wires");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, it_counts_what_ran_with_the_apply);
    tcase_add_test(tests, an_iteration_without_a_value_neither_counts_nor_resets);
    tcase_add_test(tests, a_made_up_value_is_none);
    tcase_add_test(tests, it_watches_as_long_as_it_says);
    tcase_add_test(tests, it_ends_with_its_apply);
    tcase_add_test(tests, an_apply_of_another_parameter_ends_nothing);
    tcase_add_test(tests, one_of_two_parameters_in_force_is_enough);
    tcase_add_test(tests, fired_it_waits_until_somebody_decides);
    tcase_add_test(tests, the_values_that_made_it_fire_are_told);
    tcase_add_test(tests, a_wire_without_an_apply_is_idle_and_can_be_dropped);
    suite_add_tcase(suite, tests);
    return suite;
}
