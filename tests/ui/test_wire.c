/* wire: a tripwire typed in the apply dialog, fired on the screen, asked for first by R, dismissed,
 * drawn on its KPI's graph. The fixture's run applied in iterations 1, 2, 3, 6 and 7; its proposal
 * of iteration 23 has two staged lines. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "model/mem.h"
#include "model/wires.h"
#include "suites.h"

static struct driver driver;

/* The apply dialog, past its deaf time. */
static void open_apply(void)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_pass(&driver, 400);
}

START_TEST(an_apply_has_no_wire_unless_one_is_typed)
{
    open_apply();
    driver_shows(&driver, "tripwire: none   (w edits)");
    driver_key(&driver, 'Y');
    ck_assert_str_eq(driver_sent(&driver, COMMAND_APPLY).tripwire, "none");
    driver_fini(&driver);
}
END_TEST

START_TEST(what_is_typed_is_judged_at_each_key)
{
    open_apply();
    driver_type(&driver, "w");
    driver_shows(&driver, "none: e.g. risk > 0.45 for 2");
    driver_type(&driver, "risk");
    driver_shows(&driver, "risk wants > >= < or <= behind it");
    driver_type(&driver, " > .");
    driver_shows(&driver, "risk > wants a number");
    driver_type(&driver, "45 for 2");
    driver_shows(&driver, "2 in a row of it 24..31; now");
    driver_type(&driver, " Y");
    driver_shows(&driver, "each once");
    driver_key(&driver, KEYCODE_ENTER); /* cannot be read: it goes on */
    driver_says(&driver, "each once");
    driver_sent_nothing(&driver);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "tripwire: risk > 0.45 for 2 until 8");
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_sent_nothing(&driver);
    driver_key(&driver, 'Y');
    ck_assert_str_eq(driver_sent(&driver, COMMAND_APPLY).tripwire, "risk > 0.45 for 2 until 8");
    driver_fini(&driver);
}
END_TEST

START_TEST(escape_leaves_the_wire_as_it_was_and_the_dialog_open)
{
    open_apply();
    driver_type(&driver, "wnet < 1");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_shows(&driver, "tripwire: none");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_next_apply_is_offered_the_wire_of_the_last)
{
    open_apply();
    driver_type(&driver, "wp95>=400");
    driver_key(&driver, KEYCODE_ENTER);
    driver_key(&driver, 'Y');
    driver_sent(&driver, COMMAND_APPLY);
    driver_key(&driver, 'A');
    driver_shows(&driver, "tripwire: p95 >= 400 for 1 until 8");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_runs_own_wire_is_offered_first)
{
    driver_init(&driver, 22, PROPOSED);
    driver.view->run.has_tripwire = true;
    driver.view->run.tripwire_rollback = true;
    ck_assert_int_eq(tripwire_parse(&driver.view->run.tripwire, "risk > .5", NULL), 0);
    driver_key(&driver, 'A');
    driver_shows(&driver, "tripwire: risk > 0.5 for 1 until 8");
    driver_shows(&driver, "is made at once");
    driver_fini(&driver);
}
END_TEST

/* The wire of the apply of iteration 7, as the engine tells it. */
static unsigned tell(const char *condition, int fired_at)
{
    struct message *message = message_new(MESSAGE_WIRE);
    message->wire = mem_alloc(sizeof *message->wire);
    *message->wire = (struct wire){.applied_at = 7, .fired_at = fired_at, .by = "operator:op@host"};
    ck_assert_int_eq(tripwire_parse(&message->wire->what, condition, NULL), 0);
    return view_fold_take(driver.view, message);
}

START_TEST(a_wire_that_fires_rings_and_is_counted_until_it_is_decided)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_uint_eq(tell("risk > 0.1 for 2", 0) & REACT_BELL, 0);
    ck_assert_uint_ne(tell("risk > 0.1 for 2", 9) & REACT_BELL, 0);
    driver_says(&driver, "TRIPWIRE risk > 0.1 for 2 fired at it 9: the rollback of it 7's apply");
    ck_assert_int_eq(alerts_unseen(driver.view), 1);
    alerts_seen(driver.view);
    ck_assert_int_eq(alerts_unseen(driver.view), 1); /* it still waits */
    driver_fini(&driver);
}
END_TEST

START_TEST(R_shows_it_first_and_asks_for_that_apply_alone)
{
    driver_init(&driver, 22, QUIET);
    tell("risk > 0.1 for 2", 9);
    driver_key(&driver, 'R');
    driver_shows(&driver, "TRIPWIRE risk > 0.1 for 2 fired at it 9");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "base_spread_bps          0.150 ->    0.135");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_ROLLBACK);
    ck_assert_int_eq(command.what, ROLLBACK_APPLY);
    ck_assert_int_eq(command.iteration, 7);
    driver_fini(&driver);
}
END_TEST

START_TEST(x_keeps_the_apply_for_a_reason)
{
    driver_init(&driver, 22, QUIET);
    tell("risk > 0.1 for 2", 9);
    driver_type(&driver, "Rx");
    driver_shows(&driver, "KEEP the apply of it 7");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "a reason is needed");
    driver_sent_nothing(&driver);
    driver_type(&driver, "a spike");
    driver_key(&driver, KEYCODE_ENTER);
    struct command command = driver_sent(&driver, COMMAND_WIRE_DISMISS);
    ck_assert_int_eq(command.iteration, 7);
    ck_assert_str_eq(command.note, "a spike");
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(x_elsewhere_dismisses_nothing)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, "Rx");
    driver_hides(&driver, "KEEP the apply");
    driver_fini(&driver);
}
END_TEST

START_TEST(it_is_drawn_with_its_count)
{
    driver_init(&driver, 8, QUIET);
    tell("risk > 0.31 for 2", 0); /* risk of it 8 is 0.300 */
    driver_screen_shows(&driver, 200, 60, "w 0/2 > 0.31");
    driver_screen_shows(&driver, 200, 60, ".310w");
    driver_fini(&driver);
}
END_TEST

Suite *wire_suite(void)
{
    TCase *tests = tcase_create("wire");
    tcase_add_test(tests, an_apply_has_no_wire_unless_one_is_typed);
    tcase_add_test(tests, what_is_typed_is_judged_at_each_key);
    tcase_add_test(tests, escape_leaves_the_wire_as_it_was_and_the_dialog_open);
    tcase_add_test(tests, the_next_apply_is_offered_the_wire_of_the_last);
    tcase_add_test(tests, the_runs_own_wire_is_offered_first);
    tcase_add_test(tests, a_wire_that_fires_rings_and_is_counted_until_it_is_decided);
    tcase_add_test(tests, R_shows_it_first_and_asks_for_that_apply_alone);
    tcase_add_test(tests, x_keeps_the_apply_for_a_reason);
    tcase_add_test(tests, x_elsewhere_dismisses_nothing);
    tcase_add_test(tests, it_is_drawn_with_its_count);
    Suite *suite = suite_create("wire");
    suite_add_tcase(suite, tests);
    return suite;
}
