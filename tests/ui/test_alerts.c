/* test_alerts: what raises an alert, how it is told, and when it counts as seen. */
#include "config.h"

#include <stdio.h>

#include <string.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/osc.h"

static unsigned tell(struct driver *driver, struct message *message)
{
    unsigned react = view_fold_take(driver->view, message);
    view_refresh(driver->view);
    return react;
}

static struct message *finished(void)
{
    struct message *message = message_new(MESSAGE_STATE);
    message->state = RUN_COMPLETED;
    message->next_ms = UTC_NONE;
    return message;
}

static struct message *failed_iteration(struct driver *driver)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = iteration_new((int)driver->view->run.count + 1);
    message->iteration->state = ITERATION_FAILED;
    return message;
}

static void rule(struct driver *driver, enum setting_id id, const char *means)
{
    ck_assert_int_eq(
        settings_parse(&driver->view->preferences.settings, id, means, FROM_CONFIG, NULL), 0);
}

START_TEST(a_new_proposal_rings_once_and_leaves_the_cursor)
{
    struct driver driver;
    driver_init(&driver, 12, PROPOSED);
    struct proposal proposal = driver.view->run.pending;
    enum panel_id focus = driver.view->focus;
    driver_proposal_gone(&driver);
    driver_pass(&driver, 2000);
    for (int i = 0; i < 2; i++) { /* told again as its lines change: the same one */
        struct message *message = message_new(MESSAGE_PROPOSAL);
        message->has_pending = true;
        message->proposal = mem_alloc(sizeof *message->proposal);
        *message->proposal = proposal;
        unsigned react = tell(&driver, message);
        ck_assert_int_eq((react & REACT_BELL) != 0, i == 0);
    }
    ck_assert_int_eq(alerts_unseen(driver.view), 1);
    ck_assert_int_eq(driver.view->focus, focus);
    driver_proposal_gone(&driver);
    ck_assert_int_eq(alerts_unseen(driver.view), 0); /* nothing waits any more */
    driver_fini(&driver);
}
END_TEST

START_TEST(the_header_shows_a_word_then_a_count_until_the_operator_looks)
{
    struct driver driver;
    driver_init(&driver, 12, QUIET);
    ck_assert(tell(&driver, finished()) & REACT_BELL);
    driver_screen_shows(&driver, 120, 40, "FINISHED");
    ck_assert_int_eq(alerts_tick_ms(driver.view), 3000);
    driver_pass(&driver, 3000);
    ck_assert_int_eq(alerts_tick_ms(driver.view), -1);
    driver_screen_shows(&driver, 120, 40, "1 alert");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(alerts_unseen(driver.view), 0);
    driver_hides(&driver, "1 alert");
    driver_fini(&driver);
}
END_TEST

START_TEST(looking_at_the_journal_is_seeing)
{
    struct driver driver;
    driver_init(&driver, 12, QUIET);
    tell(&driver, finished());
    driver_key(&driver, '7');
    alerts_judge(driver.view);
    ck_assert_int_eq(alerts_unseen(driver.view), 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_rule_without_means_tells_nothing)
{
    struct driver driver;
    driver_init(&driver, 12, QUIET);
    rule(&driver, SETTING_ALERT_RUN_FINISHED, "none");
    ck_assert(!(tell(&driver, finished()) & (REACT_BELL | REACT_ALERT)));
    ck_assert_int_eq(alerts_unseen(driver.view), 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_terminal_half_gets_what_a_rule_asks_for)
{
    struct driver driver;
    struct alert alert;
    driver_init(&driver, 12, QUIET);
    rule(&driver, SETTING_ALERT_ITERATION_FAILED, "notify,command");
    struct message *message = failed_iteration(&driver);
    message->iteration->error = mem_strdup("no report");
    ck_assert(tell(&driver, message) & REACT_ALERT);
    ck_assert(alerts_next(driver.view, &alert));
    ck_assert_int_eq(alert.event, ALERT_ITERATION_FAILED);
    ck_assert_uint_eq(alert.means, ALERT_NOTIFY | ALERT_COMMAND);
    ck_assert_int_eq(alert.iteration, 13);
    ck_assert_str_eq(alert.text, "iteration 13 failed: no report");
    ck_assert(!alerts_next(driver.view, &alert));
    driver_fini(&driver);
}
END_TEST

START_TEST(a_verdict_that_changes_alerts_and_the_first_does_not)
{
    struct driver driver;
    driver_init(&driver, 12, QUIET);
    driver.view->alerts = (struct alerts){.judged = false};
    ck_assert_uint_eq(alerts_judge(driver.view), REACT_NONE);
    enum verdict first = driver.view->alerts.verdict;
    driver.view->alerts.verdict = first == VERDICT_PASS ? VERDICT_FAIL : VERDICT_PASS;
    ck_assert_uint_eq(alerts_judge(driver.view), REACT_NONE); /* no new iteration */
    tell(&driver, failed_iteration(&driver));
    alerts_seen(driver.view);
    ck_assert_uint_ne(alerts_judge(driver.view), REACT_NONE);
    driver_says(&driver, "the verdict is now");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_bot_that_diverges_is_told_once)
{
    struct driver driver;
    driver_init(&driver, 4, QUIET);
    alerts_judge(driver.view);
    struct iteration *third = fixture_iteration(&driver.fixture.config, 5);
    snprintf(third->signature, sizeof third->signature, "%064d", 4);
    snprintf(third->summary.overrides_hash, sizeof third->summary.overrides_hash, "%064d", 3);
    run_put_iteration_take(&driver.view->run, third);
    driver_pass(&driver, 5000);
    ck_assert(alerts_judge(driver.view) & REACT_BELL);
    driver_says(&driver, "the bot ran it 5 with 000000000000");
    driver_shows(&driver, "DIVERGED");
    struct iteration *next = iteration_copy(third);
    next->number = 6;
    run_put_iteration_take(&driver.view->run, next);
    driver_pass(&driver, 5000);
    ck_assert(!(alerts_judge(driver.view) & REACT_BELL));
    driver_fini(&driver);
}
END_TEST

START_TEST(the_bell_rings_once_a_second_at_most)
{
    struct driver driver;
    driver_init(&driver, 3, QUIET);
    rule(&driver, SETTING_ALERT_ITERATION_FAILED, "bell");
    driver_pass(&driver, 5000);
    ck_assert(tell(&driver, failed_iteration(&driver)) & REACT_BELL);
    driver_pass(&driver, 500);
    ck_assert(!(tell(&driver, failed_iteration(&driver)) & REACT_BELL));
    driver_pass(&driver, 500);
    ck_assert(tell(&driver, failed_iteration(&driver)) & REACT_BELL);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_rule_is_changed_in_its_dialog_and_taken_back_with_u)
{
    struct driver driver;
    driver_init(&driver, 3, QUIET);
    const struct setting *value = &driver.view->preferences.settings.value[SETTING_ALERT_PROPOSAL];
    driver_key(&driver, 'B');
    driver_shows(&driver, "alert-proposal");
    driver_key(&driver, '2');
    ck_assert_int_eq(value->number, ALERT_VISUAL);
    driver_key(&driver, 'u');
    ck_assert_int_eq(value->number, ALERT_VISUAL | ALERT_BELL);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

static void copies(enum osc_host host, const char *text, const char *wanted)
{
    struct buffer out = {0};
    osc_copy(&out, host, text, strlen(text));
    ck_assert_str_eq(out.text, wanted);
    buffer_fini(&out);
}

START_TEST(a_copy_is_base64_wrapped_for_tmux_and_screen)
{
    copies(OSC_PLAIN, "0.431", "\033]52;c;MC40MzE=\a");
    copies(OSC_PLAIN, "ab", "\033]52;c;YWI=\a");
    copies(OSC_PLAIN, "a", "\033]52;c;YQ==\a");
    copies(OSC_PLAIN, "\xc3\xa9\xff", "\033]52;c;w6n/\a");
    copies(OSC_TMUX, "a", "\033]52;c;YQ==\a\033Ptmux;\033\033]52;c;YQ==\a\033\\");
    copies(OSC_SCREEN, "a", "\033P\033]52;c;YQ==\a\033\\");
    char text[301], *at;
    struct buffer out = {0};
    memset(text, 'x', 300);
    text[300] = '\0';
    osc_copy(&out, OSC_SCREEN, text, 300);
    int chunks = 0;
    for (at = out.text; (at = strstr(at, "\033P")) != NULL; at++)
        chunks++;
    ck_assert_int_eq(chunks, 2);
    buffer_fini(&out);
}
END_TEST

START_TEST(a_notification_cannot_carry_control_characters)
{
    struct buffer out = {0};
    osc_notify(&out, OSC_PLAIN, "it 3\033]52;c;x\a");
    ck_assert_str_eq(out.text, "\033]9;soaktop: it 3\\x1b]52;c;x\\x07\a");
    buffer_fini(&out);
}
END_TEST

START_TEST(the_environment_tells_what_is_around)
{
    ck_assert_int_eq(osc_host("linux", NULL, NULL), OSC_NONE);
    ck_assert_int_eq(osc_host("vt100", NULL, NULL), OSC_NONE);
    ck_assert_int_eq(osc_host(NULL, NULL, NULL), OSC_NONE);
    ck_assert_int_eq(osc_host("xterm-256color", NULL, ""), OSC_PLAIN);
    ck_assert_int_eq(osc_host("tmux-256color", NULL, NULL), OSC_TMUX);
    ck_assert_int_eq(osc_host("screen-256color", "/tmp/tmux", NULL), OSC_TMUX);
    ck_assert_int_eq(osc_host("screen", NULL, "1.pts"), OSC_SCREEN);
}
END_TEST

Suite *alerts_suite(void)
{
    const TTest *const list[] = {
        a_new_proposal_rings_once_and_leaves_the_cursor,
        the_header_shows_a_word_then_a_count_until_the_operator_looks,
        looking_at_the_journal_is_seeing,
        a_rule_without_means_tells_nothing,
        the_terminal_half_gets_what_a_rule_asks_for,
        a_verdict_that_changes_alerts_and_the_first_does_not,
        a_bot_that_diverges_is_told_once,
        the_bell_rings_once_a_second_at_most,
        a_rule_is_changed_in_its_dialog_and_taken_back_with_u,
        a_copy_is_base64_wrapped_for_tmux_and_screen,
        a_notification_cannot_carry_control_characters,
        the_environment_tells_what_is_around,
        NULL,
    };
    return harness_suite("alerts", list, 10);
}
