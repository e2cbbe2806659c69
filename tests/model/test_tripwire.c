/* test_tripwire: the condition of a tripwire: what can be written, what cannot, what meets it. */
#include "config.h"

#include "model/tripwire.h"

#include <check.h>
#include <string.h>

#include "suites.h"

static struct tripwire parsed(const char *text)
{
    struct tripwire wire;
    struct error err = ERROR_INIT;
    ck_assert_msg(tripwire_parse(&wire, text, &err) == 0, "%s: %s", text, err.text);
    return wire;
}

/* The condition reads back as CANONICAL. */
static void reads(const char *text, const char *canonical)
{
    char shown[TRIPWIRE_TEXT_MAX], again[TRIPWIRE_TEXT_MAX];
    struct tripwire wire = parsed(text), twice;
    ck_assert_str_eq(tripwire_text(&wire, shown), canonical);
    twice = parsed(shown);
    ck_assert_str_eq(tripwire_text(&twice, again), canonical);
}

static void refuses(const char *text, const char *why)
{
    struct tripwire wire;
    struct error err = ERROR_INIT;
    ck_assert_msg(tripwire_parse(&wire, text, &err) != 0, "%s was read", text);
    ck_assert_int_eq(err.code, ERROR_USAGE);
    ck_assert_msg(strstr(err.text, why) != NULL, "\"%s\" does not say \"%s\"", err.text, why);
}

START_TEST(a_condition_is_a_kpi_a_sign_and_a_number)
{
    reads("risk > 0.45 for 2", "risk > 0.45 for 2 until 8");
    reads("risk>.45", "risk > 0.45 for 1 until 8");
    reads("  net  <=  -1.5  ", "net <= -1.5 for 1 until 8");
    reads("maker/taker < .8 for 3 it until 20 it", "maker_taker < 0.8 for 3 until 20");
    reads("P95>=350 until 4 for 4", "p95 >= 350 for 4 until 4");
    reads("p95_latency_ms > 400", "p95 > 400 for 1 until 8");
    reads("risk_ratio > 0.4", "risk > 0.4 for 1 until 8");
    reads("r > 1", "risk > 1 for 1 until 8");
    reads("risk > 0.4 for 12", "risk > 0.4 for 12 until 12");
}
END_TEST

START_TEST(a_fault_says_what_would_be_right)
{
    refuses("", "risk, maker_taker, net or p95");
    refuses("speed > 3", "not \"speed\"");
    refuses("risk", "wants > >= < or <=");
    refuses("risk = 0.4", "wants > >= < or <=");
    refuses("risk >", "wants a number");
    refuses("risk > high", "not \"high\"");
    refuses("risk > 0.4x", "wants a number");
    refuses("risk > inf", "wants a number");
    refuses("risk > nan", "wants a number");
    refuses("risk > 0.4 for", "for wants 1 to 1000");
    refuses("risk > 0.4 for 0", "for wants 1 to 1000");
    refuses("risk > 0.4 for 1001", "for wants 1 to 1000");
    refuses("risk > 0.4 for 2 for 3", "each once");
    refuses("risk > 0.4 soon", "\"soon\"");
    refuses("risk > 0.4 for 5 until 3", "until 3");
}
END_TEST

START_TEST(a_value_at_the_limit_is_neither_above_nor_below)
{
    struct tripwire above = parsed("risk > 0.45"), least = parsed("risk >= 0.45");
    struct tripwire below = parsed("risk < 0.45"), most = parsed("risk <= 0.45");
    struct value at = value_of(0.15 * 3); /* not 0.45 bit by bit */
    ck_assert(!tripwire_meets(&above, at));
    ck_assert(tripwire_meets(&least, at));
    ck_assert(!tripwire_meets(&below, at));
    ck_assert(tripwire_meets(&most, at));
    ck_assert(tripwire_meets(&above, value_of(0.4501)));
    ck_assert(tripwire_meets(&below, value_of(0.4499)));
}
END_TEST

START_TEST(what_is_missing_or_made_up_meets_nothing)
{
    struct tripwire above = parsed("risk > -1"), below = parsed("risk < 9");
    struct value made_up = {0.5, VALUE_SYNTHETIC}, stale = {0.5, VALUE_STALE};
    ck_assert(!tripwire_meets(&above, value_missing()) && !tripwire_meets(&below, value_missing()));
    ck_assert(!tripwire_meets(&above, made_up) && !tripwire_meets(&below, made_up));
    ck_assert(!tripwire_meets(&above, stale) && !tripwire_meets(&below, stale));
}
END_TEST

Suite *tripwire_suite(void)
{
    Suite *suite = suite_create("tripwire");
    TCase *tests = tcase_create("tripwire");
    tcase_add_test(tests, a_condition_is_a_kpi_a_sign_and_a_number);
    tcase_add_test(tests, a_fault_says_what_would_be_right);
    tcase_add_test(tests, a_value_at_the_limit_is_neither_above_nor_below);
    tcase_add_test(tests, what_is_missing_or_made_up_meets_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
