/* test_guard_freeze: two steady iterations (risk <= 0.35, net >= 2.7) lock impact_cap_ratio and
 * max_delta_ratio for the next 4; risk above 0.40 or net below 2.0 unlocks at once. */
#include "config.h"

#include "suites.h"

#include <math.h>
#include <string.h>

#include "soak.h"

static struct soak soak;
static struct summary steady, idle;

static void setup(void)
{
    soak_init(&soak);
    steady = soak_steady();
    idle = soak_idle();
}

static void teardown(void)
{
    soak_fini(&soak);
}

/* Iterations by letters: s steady, i idle, f failed, g gap, n without net_bps, r without risk. */
static void run_letters(const char *letters)
{
    for (; *letters; letters++) {
        struct summary summary = *letters == 's' ? steady : idle;
        if (*letters == 'n')
            summary.kpi[KPI_NET] = value_missing();
        if (*letters == 'r')
            summary = soak_summary(NAN, 3.5, 0.90, 200);
        if (*letters == 'g')
            soak_gap(&soak);
        else
            soak_iterate(&soak, *letters == 'f' ? NULL : &summary);
    }
}

/* "-t-": where freezes were triggered. */
static void assert_triggers(const char *wanted)
{
    char found[64] = "";
    for (size_t i = 0; i < soak.run.count; i++)
        strcat(found, soak.run.iteration[i]->freeze_triggered ? "t" : "-");
    ck_assert_str_eq(found, wanted);
}

/* Proposes impact_cap 0.09 with SUMMARY; true if the freeze blocks it. */
static bool blocks(const struct summary *summary, const char *name, double target)
{
    soak_propose(&soak, summary, RULE_MODERATE, name, target);
    const struct delta *delta = &soak.proposal.delta[0];
    ck_assert_int_eq(delta->state == DELTA_BLOCKED, delta->guard == GUARD_FREEZE);
    ck_assert_int_eq(soak.report.skip, delta->state == DELTA_BLOCKED ? SKIP_FREEZE : 0);
    return delta->state == DELTA_BLOCKED;
}

START_TEST(two_steady_iterations_start_it)
{
    run_letters("s");
    ck_assert(!soak.report.freeze_triggered);
    ck_assert_str_eq(soak.report.freeze_reason, "");
    run_letters("s");
    ck_assert(soak.report.freeze_triggered);
    ck_assert_str_eq(soak.report.freeze_reason, "steady_state_lock");
}
END_TEST

START_TEST(a_new_one_starts_when_none_covers_the_next_iteration)
{
    run_letters("ssssssssssi");
    assert_triggers("-t---t---t-");
}
END_TEST

START_TEST(its_limits_are_inclusive)
{
    struct summary edge = soak_summary(0.35, 2.7, 0.90, 200);
    steady = edge;
    run_letters("ss");
    assert_triggers("-t");
    steady = soak_summary(0.351, 2.7, 0.90, 200);
    run_letters("iiiiss");
    steady = soak_summary(0.35, 2.69, 0.90, 200);
    run_letters("ss");
    assert_triggers("-t--------");
}
END_TEST

START_TEST(failed_and_kpi_less_iterations_break_the_pair)
{
    run_letters("sfsnsrsgsi");
    assert_triggers("----------");
    run_letters("f");
    soak.run.iteration[10]->summary = steady; /* whatever a failed record says */
    run_letters("si");
    assert_triggers("-------------");
}
END_TEST

START_TEST(the_next_four_iterations_are_covered)
{
    run_letters("ss"); /* covers 3, 4, 5, 6 */
    for (int number = 3; number <= 6; number++) {
        ck_assert(blocks(&idle, "impact_cap_ratio", 0.09));
        ck_assert_int_eq(soak.proposal.delta[0].clears_at, 7);
        ck_assert_double_eq(soak_value(&soak, "impact_cap_ratio"), 0.10);
    }
    ck_assert(!blocks(&idle, "impact_cap_ratio", 0.09));
    ck_assert_double_eq(soak_value(&soak, "impact_cap_ratio"), 0.09);
}
END_TEST

START_TEST(the_iteration_that_starts_it_is_not_covered)
{
    run_letters("s");
    ck_assert(!blocks(&steady, "impact_cap_ratio", 0.09));
    ck_assert(soak.report.freeze_triggered);
}
END_TEST

START_TEST(only_the_risk_parameters_are_frozen)
{
    run_letters("ss");
    ck_assert(blocks(&idle, "max_delta_ratio", 0.14));
    ck_assert(!blocks(&idle, "tail_age_ms", 630));
}
END_TEST

START_TEST(the_note_names_parameter_value_and_limit)
{
    run_letters("ss");
    blocks(&idle, "impact_cap_ratio", 0.09);
    ck_assert_str_eq(soak.report.note,
                     "freeze: impact_cap_ratio 0.1000 -> 0.0900: frozen by iteration 2 until 6 "
                     "(steady_state_lock)");
}
END_TEST

START_TEST(risk_above_040_ends_it_at_once)
{
    struct summary edge = soak_summary(0.40, 2.5, 0.90, 200);
    struct summary risky = soak_summary(0.41, 2.5, 0.90, 200);
    run_letters("ss");
    ck_assert(blocks(&edge, "impact_cap_ratio", 0.09));
    ck_assert(!blocks(&risky, "impact_cap_ratio", 0.09)); /* its own proposal */
    ck_assert(!blocks(&idle, "impact_cap_ratio", 0.085)); /* and those that follow */
}
END_TEST

START_TEST(net_below_2_ends_it_at_once)
{
    struct summary edge = soak_summary(0.30, 2.0, 0.90, 200);
    struct summary poor = soak_summary(0.30, 1.99, 0.90, 200);
    run_letters("ss");
    ck_assert(blocks(&edge, "impact_cap_ratio", 0.09));
    ck_assert(!blocks(&poor, "impact_cap_ratio", 0.09));
}
END_TEST

/* After an end, a new pair may start one although the old one would have covered it. */
START_TEST(an_ended_freeze_makes_room_for_a_new_one)
{
    run_letters("ss");
    struct summary risky = soak_summary(0.41, 2.5, 0.90, 200);
    soak_propose(&soak, &risky, RULE_MODERATE, "tail_age_ms", 630);
    run_letters("ss");
    assert_triggers("-t--t");
}
END_TEST

START_TEST(failed_iterations_count_and_do_not_end_it)
{
    run_letters("ssff");
    ck_assert(blocks(&idle, "impact_cap_ratio", 0.09));
    run_letters("f");
    ck_assert(!blocks(&idle, "impact_cap_ratio", 0.09));
}
END_TEST

START_TEST(safety_rules_are_exempt)
{
    run_letters("ss");
    const struct iteration *iteration = soak_propose(&soak, &idle, RULE_AGGRESSIVE,
                                                     "impact_cap_ratio", 0.09);
    ck_assert(iteration->applied);
}
END_TEST

/* Whether an unreadable iteration started a freeze is not known: it is held that it did. */
START_TEST(a_gap_freezes)
{
    run_letters("ig");
    for (int number = 3; number <= 6; number++) {
        ck_assert(blocks(&idle, "impact_cap_ratio", 0.09));
        ck_assert_int_eq(soak.proposal.delta[0].clears_at, 7);
        ck_assert_ptr_nonnull(strstr(soak.report.note, "iteration 2 cannot be read"));
    }
}
END_TEST

START_TEST(a_gap_before_the_end_of_any_freeze_does_not_matter)
{
    run_letters("g");
    struct summary risky = soak_summary(0.41, 2.5, 0.90, 200);
    soak_propose(&soak, &risky, RULE_MODERATE, "impact_cap_ratio", 0.09);
    ck_assert_int_ne(soak.proposal.delta[0].guard, GUARD_FREEZE); /* other guards do block it */
}
END_TEST

Suite *guard_freeze_suite(void)
{
    const TTest *const tests[] = {
        two_steady_iterations_start_it,
        a_new_one_starts_when_none_covers_the_next_iteration,
        its_limits_are_inclusive,
        failed_and_kpi_less_iterations_break_the_pair,
        the_next_four_iterations_are_covered,
        the_iteration_that_starts_it_is_not_covered,
        only_the_risk_parameters_are_frozen,
        the_note_names_parameter_value_and_limit,
        risk_above_040_ends_it_at_once,
        net_below_2_ends_it_at_once,
        an_ended_freeze_makes_room_for_a_new_one,
        failed_iterations_count_and_do_not_end_it,
        safety_rules_are_exempt,
        a_gap_freezes,
        a_gap_before_the_end_of_any_freeze_does_not_matter,
        NULL,
    };
    Suite *suite = suite_create("guard_freeze");
    TCase *tcase = tcase_create("guard_freeze");
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (const TTest *const *test = tests; *test; test++)
        tcase_add_test(tcase, *test);
    suite_add_tcase(suite, tcase);
    return suite;
}
