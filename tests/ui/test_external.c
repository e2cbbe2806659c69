/* external: what another process did to runtime_overrides.json, on the screen: it opens by itself
 * after an apply that was refused because of it, else with its key or from its journal line. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"
#include "ui/dialog.h"
#include "ui/external.h"

static struct driver driver;

static int param(const char *name)
{
    int index = param_find(&driver.fixture.config.params, name);
    ck_assert_int_ge(index, 0);
    return index;
}

/* tail_age_ms 730 -> 650 on disk, and a key that no parameter has; the fixture's proposal wants
 * another value for it. */
static void tell_change(void)
{
    struct view *view = driver.view;
    const struct param_table *table = &driver.fixture.config.params;
    struct message *message = message_new(MESSAGE_CHANGE);
    struct change *change = &message->change;
    size_t size = table->count * sizeof *change->before;
    *change = (struct change){.kind = CHANGE_EXTERNAL,
                              .after_iteration = (int)view->run.count - 1,
                              .utc_ms = view->now_ms,
                              .param_count = table->count};
    change->before = mem_alloc(size);
    change->after = mem_alloc(size);
    memcpy(change->before, view->run.params, size);
    memcpy(change->after, view->run.params, size);
    change->after[param("tail_age_ms")] = value_of(650);
    snprintf(change->hash_after, sizeof change->hash_after, "%064d", 7);
    change->difference = difference_new(change->before, change->after, table->count, table,
                                        view->run.has_pending ? &view->run.pending : NULL);
    difference_add_key_take(change->difference, "engine.own", NULL, mem_strdup("[1,2]"));
    message->param_count = table->count;
    driver.view->mono_ms += 10;
    view_fold_take(view, message);
    message = message_new(MESSAGE_EVENT);
    message->event = EVENT_EXTERNAL_CHANGE;
    message->event_iteration = (int)view->run.count - 1;
    message->utc_ms = view->now_ms;
    message->text = mem_strdup("another process changed the parameters");
    view_fold_take(view, message);
    view_refresh(view);
}

static void reply(unsigned id, bool ok, const char *text)
{
    struct message *message = message_new(MESSAGE_REPLY);
    message->command_id = id;
    message->ok = ok;
    message->text = mem_strdup(text);
    view_fold_take(driver.view, message);
}

static unsigned apply_now(void)
{
    driver_key(&driver, 'A');
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    return driver_sent(&driver, COMMAND_APPLY).id;
}

static void check_open(void)
{
    driver_shows(&driver, "CHANGED ON DISK by another process");
    driver_shows(&driver, "engine.own                         not set     [1,2]         -  disk");
    driver_shows(&driver, "what is on disk is in force since then");
}

START_TEST(a_refused_apply_opens_the_difference)
{
    driver_init(&driver, 22, PROPOSED);
    unsigned id = apply_now();
    tell_change();
    ck_assert_ptr_null(driver.view->dialog); /* the change alone opens nothing */
    reply(id, false, "another process has changed the parameters: nothing was written");
    check_open();
    driver_shows(&driver, "CONFLICT");
    driver_shows(&driver, "are staged again, on this base");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

/* From another process's journal the change may be read after the reply. */
START_TEST(the_change_may_come_after_the_reply)
{
    driver_init(&driver, 22, PROPOSED);
    unsigned id = apply_now();
    reply(id, false, "another process has changed the parameters");
    ck_assert_ptr_null(driver.view->dialog);
    tell_change();
    check_open();
    driver_fini(&driver);
}
END_TEST

START_TEST(an_apply_that_was_done_or_refused_for_another_reason_opens_nothing)
{
    driver_init(&driver, 22, PROPOSED);
    reply(apply_now(), true, "applied");
    tell_change();
    ck_assert_ptr_null(driver.view->dialog);
    reply(apply_now(), false, "a guard holds it");
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

/* The change is noticed while the dialog is open: Y is refused there, and shows why. */
START_TEST(y_in_a_dialog_that_became_stale_opens_the_difference)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_pass(&driver, 400);
    tell_change();
    snprintf(driver.view->run.params_hash, sizeof driver.view->run.params_hash, "%064d", 7);
    driver_key(&driver, 'Y');
    driver_sent_nothing(&driver);
    check_open();
    driver_fini(&driver);
}
END_TEST

START_TEST(a_dialog_that_was_opened_meanwhile_is_not_taken_away)
{
    driver_init(&driver, 22, PROPOSED);
    unsigned id = apply_now();
    tell_change();
    driver_key(&driver, 'd');
    const struct dialog *dialog = driver.view->dialog;
    ck_assert_ptr_nonnull(dialog);
    reply(id, false, "another process has changed the parameters");
    ck_assert_ptr_eq(driver.view->dialog, dialog);
    driver_says(&driver, "D shows it");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_key_the_journal_and_why_show_it)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'D');
    driver_says(&driver, "no other process has changed the parameters so far");
    tell_change();
    driver_says(&driver, "another process changed the parameters on disk; D shows it");
    driver_key(&driver, 'D');
    check_open();
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_type(&driver, "7G");
    driver_key(&driver, KEYCODE_ENTER);
    check_open();
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_key(&driver, 'i');
    driver_shows(&driver, "external_change");
    driver_shows(&driver, "[1,2]");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_type(&driver, "k");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_null(driver.view->dialog);
    driver_says(&driver, "this line opens nothing");
    driver_fini(&driver);
}
END_TEST

/* A moment before the change knows nothing of it. */
START_TEST(a_replay_shows_it_from_its_moment_on)
{
    driver_init(&driver, 22, QUIET);
    tell_change();
    driver.view->mode = VIEW_REPLAY;
    driver.view->at = 5;
    ck_assert_uint_eq(external_shown(driver.view), 0);
    driver_key(&driver, 'D');
    ck_assert_ptr_null(driver.view->dialog);
    driver.view->at = 0;
    driver_key(&driver, 'D');
    check_open();
    driver_fini(&driver);
}
END_TEST

Suite *external_suite(void)
{
    Suite *suite = suite_create("external");
    TCase *tcase = tcase_create("external");
    tcase_add_test(tcase, a_refused_apply_opens_the_difference);
    tcase_add_test(tcase, the_change_may_come_after_the_reply);
    tcase_add_test(tcase, an_apply_that_was_done_or_refused_for_another_reason_opens_nothing);
    tcase_add_test(tcase, y_in_a_dialog_that_became_stale_opens_the_difference);
    tcase_add_test(tcase, a_dialog_that_was_opened_meanwhile_is_not_taken_away);
    tcase_add_test(tcase, a_key_the_journal_and_why_show_it);
    tcase_add_test(tcase, a_replay_shows_it_from_its_moment_on);
    suite_add_tcase(suite, tcase);
    return suite;
}
