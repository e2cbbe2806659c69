/* test_wiring: tripwires in a soak that runs: attached, fired, rolled back by themselves or by the
 * operator's word, dismissed; and that the journal alone tells the same again. The mock's risk is
 * 0.17, 0.33, 0.68, 0.564, 0.468 ... */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "artifact/loader.h"
#include "harness.h"
#include "model/wires.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

static struct soak wired(const char *condition, bool rollback, int iterations)
{
    struct soak soak = soak_new("a");
    soak.options.tripwire = condition;
    soak.options.tripwire_rollback = rollback;
    soak.options.iterations = iterations;
    return soak;
}

static enum wire_fate fate(const struct run *run, int iteration)
{
    const struct wire *wire = run_wire(run, iteration);
    ck_assert_msg(wire != NULL, "no wire on the apply of iteration %d", iteration);
    return wire_status(run, wire, 0).fate;
}

/* The run as its directory tells it. */
static void load(struct run *run)
{
    struct rundir dir;
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a/soak/latest"), NULL), 0);
    run_init(run);
    ck_assert_int_eq(run_load(run, &dir, &soak_config()->params, NULL, NULL, NULL), 0);
    rundir_close(&dir);
}

static void check_same(const struct run *told)
{
    struct run run;
    load(&run);
    ck_assert_uint_eq(run.wire_count, told->wire_count);
    for (size_t i = 0; i < run.wire_count; i++) {
        const struct wire *a = &run.wire[i], *b = &told->wire[i];
        ck_assert_int_eq(a->applied_at, b->applied_at);
        ck_assert_int_eq(a->fired_at, b->fired_at);
        ck_assert_int_eq(a->ended, b->ended);
        ck_assert_int_eq(a->ended_at, b->ended_at);
        ck_assert_int_eq(a->rolls_back, b->rolls_back);
        ck_assert_uint_eq(a->revision, b->revision);
        ck_assert_str_eq(a->by, b->by);
        ck_assert_str_eq(a->ended_by, b->ended_by);
        ck_assert_str_eq(a->note, b->note);
        ck_assert_int_eq(wire_status(&run, a, 0).fate, wire_status(told, b, 0).fate);
    }
    run_fini(&run);
}

START_TEST(a_wire_that_fires_asks)
{
    struct soak soak = wired("risk > 0.3 for 2", false, 4);
    soak_run(&soak);
    ck_assert_int_eq(run_wire(&soak.run, 1)->fired_at, 3); /* 0.33, 0.68 */
    ck_assert_int_eq(run_wire(&soak.run, 2)->fired_at, 4); /* 0.68, 0.564 */
    ck_assert_int_eq(fate(&soak.run, 1), WIRE_FIRED);
    ck_assert_str_eq(run_wire(&soak.run, 1)->by, "auto");
    ck_assert_uint_eq(soak_journal_count("a", "rollback_intent"), 0);
    check_same(&soak.run);
    json_t *manifest = soak_json("a/soak/latest/run.json");
    ck_assert_str_eq(soak_text(manifest, "tripwire"), "risk > 0.3 for 2 until 8");
    ck_assert(!soak_true(manifest, "tripwire_rollback"));
    json_decref(manifest);
    soak_drop(&soak);
}
END_TEST

START_TEST(or_rolls_back_exactly_its_apply)
{
    struct soak soak = wired("risk > 0.3 for 2", true, 3);
    soak_run(&soak);
    const struct wire *wire = run_wire(&soak.run, 1);
    const struct change *back = &soak.run.change[soak.run.change_count - 1];
    int age = param_find(&soak_config()->params, "tail_age_ms");
    int interval = param_find(&soak_config()->params, "min_interval_ms");
    int cap = param_find(&soak_config()->params, "impact_cap_ratio");
    int ratio = param_find(&soak_config()->params, "max_delta_ratio");
    ck_assert_int_eq(wire->fired_at, 3);
    ck_assert_int_eq(wire->ended, WIRE_ROLLED_BACK);
    ck_assert_int_eq(back->kind, CHANGE_ROLLBACK);
    ck_assert_str_eq(back->by, "tripwire");
    /* tail_age_ms was replaced by the apply of iteration 2, which wrote min_interval_ms too */
    ck_assert(change_moves(back, ratio) && change_moves(back, cap));
    ck_assert(!change_moves(back, age) && !change_moves(back, interval));
    ck_assert(!run_apply_of(&soak.run, 2)->undone);
    ck_assert_uint_eq(soak_journal_count("a", "rollback_outcome"), 1);
    check_same(&soak.run);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_run_without_the_option_has_no_wire)
{
    struct soak soak = soak_new("a");
    soak_run(&soak);
    ck_assert_uint_eq(soak.run.wire_count, 0);
    ck_assert_uint_eq(soak_journal_count("a", "tripwire"), 0);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_condition_that_cannot_be_read_is_refused_before_anything)
{
    struct soak soak = wired("risk >", false, 3);
    char text[ERROR_TEXT_MAX];
    ck_assert_int_eq(soak_refused(&soak, text), ERROR_USAGE);
    ck_assert_msg(strstr(text, "--tripwire") && strstr(text, "wants a number"), "%s", text);
}
END_TEST

static bool apply_with(struct soak *soak, const char *condition)
{
    struct command command = {.kind = COMMAND_APPLY, .iteration = soak->run.pending.iteration};
    ck_assert(soak_decide(soak, DECIDE_APPROVE, "", 0, ""));
    snprintf(command.tripwire, sizeof(command.tripwire), "%s", condition);
    return soak_send(soak, command);
}

static bool has_fired(const struct soak *soak)
{
    return run_waiting_wire(&soak->run, NULL) != NULL && soak_holds(soak);
}

/* A manual run that has come to the proposal of iteration 3, with a wire that fired. */
static struct soak fired(void)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = 8;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_holds);
    ck_assert(!apply_with(&soak, "risk > high"));
    ck_assert_msg(strstr(soak.reply, "wants a number"), "%s", soak.reply);
    ck_assert(apply_with(&soak, "risk>.3"));
    soak_until_count(&soak, 1);
    soak_until(&soak, soak_holds);
    ck_assert(apply_with(&soak, "none"));
    soak_until(&soak, has_fired);
    return soak;
}

static void end(struct soak *soak)
{
    soak_send(soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(soak);
    check_same(&soak->run);
    soak_drop(soak);
}

START_TEST(the_operator_rolls_its_apply_back)
{
    struct soak soak = fired();
    const struct wire *wire = run_wire(&soak.run, 1);
    ck_assert_uint_eq(soak.run.wire_count, 1);
    ck_assert_int_eq(wire->fired_at, 2);
    ck_assert_str_eq(wire->by, "operator:op@host");
    ck_assert(!soak_roll_back(&soak, ROLLBACK_APPLY, 3, NULL));
    ck_assert(soak_roll_back(&soak, ROLLBACK_APPLY, 1, NULL));
    ck_assert_int_eq(fate(&soak.run, 1), WIRE_ROLLED_BACK);
    ck_assert_ptr_null(run_waiting_wire(&soak.run, NULL));
    ck_assert(!run_apply_of(&soak.run, 2)->undone); /* a later one stays */
    ck_assert(!soak_roll_back(&soak, ROLLBACK_APPLY, 1, NULL));
    ck_assert_msg(strstr(soak.reply, "in force any more"), "%s", soak.reply);
    end(&soak);
}
END_TEST

START_TEST(or_keeps_it)
{
    struct soak soak = fired();
    struct command dismiss = {.kind = COMMAND_WIRE_DISMISS, .iteration = 2};
    ck_assert(!soak_send(&soak, dismiss));
    dismiss.iteration = 1;
    snprintf(dismiss.note, sizeof dismiss.note, "a spike of the market");
    ck_assert(soak_send(&soak, dismiss));
    ck_assert_int_eq(fate(&soak.run, 1), WIRE_DISMISSED);
    ck_assert_str_eq(run_wire(&soak.run, 1)->ended_by, "op@host");
    ck_assert_str_eq(run_wire(&soak.run, 1)->note, "a spike of the market");
    ck_assert(!soak_send(&soak, dismiss));
    end(&soak);
}
END_TEST

START_TEST(an_apply_that_is_declined_has_no_wire)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = 3;
    soak.options.tripwire = "risk > 0.1";
    soak_start(&soak);
    soak_until(&soak, soak_holds);
    ck_assert(soak_apply(&soak)); /* no line is staged */
    soak_until_count(&soak, 1);
    ck_assert_uint_eq(soak.run.wire_count, 0);
    end(&soak);
}
END_TEST

Suite *wiring_suite(void)
{
    Suite *suite = suite_create("wiring");
    TCase *tests = tcase_create("wiring");
    tcase_add_checked_fixture(tests, soak_setup, soak_teardown);
    tcase_add_test(tests, a_wire_that_fires_asks);
    tcase_add_test(tests, or_rolls_back_exactly_its_apply);
    tcase_add_test(tests, a_run_without_the_option_has_no_wire);
    tcase_add_test(tests, a_condition_that_cannot_be_read_is_refused_before_anything);
    tcase_add_test(tests, the_operator_rolls_its_apply_back);
    tcase_add_test(tests, or_keeps_it);
    tcase_add_test(tests, an_apply_that_is_declined_has_no_wire);
    suite_add_tcase(suite, tests);
    return suite;
}
