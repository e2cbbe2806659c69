/* dialogs that confirm: only Shift-Y after 400 ms, never Enter, paste or what was typed ahead; and
 * they refuse once what they show has changed. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/bindings.h"
#include "ui/dialog.h"

static struct driver driver;

START_TEST(apply_shows_what_is_written_before_it_is_written)
{
    driver_init(&driver, 22, PROPOSED);
    unsigned react = driver_key(&driver, 'A');
    ck_assert_uint_ne(react & REACT_FLUSH, 0);
    driver_shows(&driver, "APPLY 2 of 4 lines of it 23 -> soak/latest");
    driver_shows(&driver, "level 1");
    driver_shows(&driver, "min_interval_ms             65 ->       70        +5  in 40..80");
    driver_shows(&driver, "in 500..800, was 650");
    driver_shows(&driver, "left out: impact_cap_ratio      BLOCKED (freeze)");
    driver_shows(&driver, "left out: base_spread_bps_delta PROP");
    driver_shows(&driver, "in force: yes, on disk: looked at again before the write");
    driver_shows(&driver, "  at engine.min_interval_ms");
    driver.view->disk.state = DISK_LENS_READ;
    snprintf(driver.view->disk.hash, sizeof driver.view->disk.hash, "other");
    driver.view->disk.copy_count = 1;
    driver.view->disk.copy[0] = (struct disk_copy){
        .param = param_find(&driver.view->config->params, "tail_age_ms"),
        .path = "engine.old.tail_age_ms",
        .value = value_of(30)};
    driver_shows(&driver, "in force: yes, on disk: NO");
    driver_shows(&driver, "  at engine.tail_age_ms, ! copy at engine.old.tail_age_ms = 30 stays");
    driver_shows(&driver, "R puts 65, 620 back; it 24 will have run");
    driver_shows(&driver, "Y (Shift)  write now");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(only_shift_y_after_400_ms_confirms)
{
    static const unsigned others[] = {KEYCODE_PASTE, 'y', ' ', 'A', 'a', KEYCODE_F1 + 7, '\n'};
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_key(&driver, 'Y');
    driver_pass(&driver, 399);
    driver_key(&driver, 'Y');
    driver_sent_nothing(&driver);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_pass(&driver, 1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        driver_key(&driver, others[i]);
    driver_sent_nothing(&driver);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_key(&driver, 'Y');
    struct command command = driver_sent(&driver, COMMAND_APPLY);
    ck_assert_int_eq(command.iteration, 23);
    ck_assert_str_eq(command.base_hash, driver.view->run.pending.base_hash);
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(enter_and_escape_cancel_because_the_focus_is_there)
{
    static const unsigned keys[] = {KEYCODE_ENTER, KEYCODE_ESCAPE, 'q', 3};
    driver_init(&driver, 22, PROPOSED);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        driver_key(&driver, 'A');
        driver_pass(&driver, 500);
        driver_key(&driver, keys[i]);
        ck_assert_ptr_null(driver.view->dialog);
    }
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(apply_refuses_lines_that_changed_meanwhile)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_pass(&driver, 500);
    driver_line_changes(&driver, "min_interval_ms", DELTA_REJECTED);
    driver_shows(&driver, "the lines changed meanwhile");
    driver_shows(&driver, "APPLY 2 of 4 lines");
    driver_key(&driver, 'Y');
    driver_sent_nothing(&driver);
    driver_says(&driver, "the lines changed meanwhile");
    driver_fini(&driver);
}
END_TEST

START_TEST(apply_refuses_another_base)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_pass(&driver, 500);
    snprintf(driver.view->run.params_hash, HASH_TEXT_MAX, "0123456789");
    driver_shows(&driver, "in force: NO");
    driver_key(&driver, 'Y');
    driver_says(&driver, "the parameters in force changed meanwhile");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(apply_refuses_a_proposal_that_is_gone)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    driver_pass(&driver, 500);
    driver_proposal_gone(&driver);
    driver_key(&driver, 'Y');
    driver_says(&driver, "no longer waits");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(nothing_staged_is_asked_as_declining)
{
    driver_init(&driver, 22, PROPOSED);
    driver_line_changes(&driver, "min_interval_ms", DELTA_REJECTED);
    driver_line_changes(&driver, "tail_age_ms", DELTA_PROPOSED);
    driver_key(&driver, 'A');
    driver_shows(&driver, "DECLINE all 4 lines of it 23");
    driver_shows(&driver, "no parameter changes");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    driver_sent(&driver, COMMAND_APPLY);
    driver_fini(&driver);
}
END_TEST

START_TEST(reject_asks_for_a_reason_with_one_key)
{
    static const char *const notes[] = {"too big", "wrong direction", "against a guard"};
    driver_init(&driver, 22, PROPOSED);
    for (unsigned i = 0; i < 3; i++) {
        driver_key(&driver, 'x');
        driver_shows(&driver, "REJECT min_interval_ms of it 23");
        driver_sent_nothing(&driver);
        driver_key(&driver, '1' + i);
        struct command command = driver_sent(&driver, COMMAND_DECIDE);
        ck_assert_int_eq(command.op, DECIDE_REJECT);
        ck_assert_str_eq(command.name, "min_interval_ms");
        ck_assert_str_eq(command.note, notes[i]);
        ck_assert_ptr_null(driver.view->dialog);
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(reject_takes_own_words_for_all_picked_lines)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "*x4");
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent_nothing(&driver);
    driver_type(&driver, "quiet markets?");
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_key(&driver, 0xe9);
    driver_shows(&driver, "why: quiet markets");
    driver_key(&driver, KEYCODE_ENTER);
    for (int i = 0; i < 3; i++)
        ck_assert_str_eq(driver_sent(&driver, COMMAND_DECIDE).note, "quiet markets\xc3\xa9");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(reject_holds_the_lines_it_was_opened_for)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'x');
    snprintf(driver.view->selected, sizeof driver.view->selected, "tail_age_ms");
    driver_key(&driver, '1');
    ck_assert_str_eq(driver_sent(&driver, COMMAND_DECIDE).name, "min_interval_ms");
    driver_key(&driver, 'x');
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(help_lists_every_action_and_why_one_cannot_be_run)
{
    driver_init(&driver, 22, QUIET);
    driver.view->focus = PANEL_GUARDS;
    driver_key(&driver, '?');
    for (const struct action *action = action_table; action->name != NULL; action++) {
        char start[24], keys[BINDINGS_OWN_MAX];
        snprintf(start, sizeof start, "%.20s", bindings_expanded(action_summary(action)));
        driver_screen_shows(&driver, 200, 300, start);
        driver_screen_shows(&driver, 200, 300, action->name);
        bindings_own_text(action, keys);
        driver_screen_shows(&driver, 200, 300, keys);
    }
    driver_screen_shows(&driver, 200, 300, "Panel 4 Guards");
    driver_screen_shows(&driver, 200, 300, "(now not: no proposal waits for a decision)");
    driver_screen_shows(&driver, 200, 300, "A applied  x rejected");
    driver_fini(&driver);
}
END_TEST

START_TEST(help_scrolls_to_its_end_and_closes)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, KEYCODE_F1);
    driver_shows(&driver, "Panel 2 Deltas");
    driver_hides(&driver, "leave; while the soak goes on");
    driver_key(&driver, KEYCODE_END);
    driver_shows(&driver, "leave; while the soak goes on");
    driver_hides(&driver, "Panel 2 Deltas");
    driver_key(&driver, KEYCODE_HOME);
    driver_shows(&driver, "Panel 2 Deltas");
    driver_key(&driver, '?');
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_dialog_is_drawn_at_any_size)
{
    static const char keys[] = "A?TRqxQ";
    driver_init(&driver, 22, PROPOSED);
    for (const char *key = keys; *key != '\0'; key++) {
        driver_key(&driver, (unsigned char)*key);
        for (int width = 1; width < 130; width += 5)
            for (int height = 1; height < 42; height += 3)
                driver_screen_shows(&driver, width, height, "\n");
        dialog_close(driver.view);
    }
    driver_key(&driver, 'A');
    driver_screen_shows(&driver, 40, 4, "Y (Shift)");
    driver_fini(&driver);
}
END_TEST

Suite *dialog_suite(void)
{
    const TTest *const tests[] = {
        apply_shows_what_is_written_before_it_is_written,
        only_shift_y_after_400_ms_confirms,
        enter_and_escape_cancel_because_the_focus_is_there,
        apply_refuses_lines_that_changed_meanwhile,
        apply_refuses_another_base,
        apply_refuses_a_proposal_that_is_gone,
        nothing_staged_is_asked_as_declining,
        reject_asks_for_a_reason_with_one_key,
        reject_takes_own_words_for_all_picked_lines,
        reject_holds_the_lines_it_was_opened_for,
        help_lists_every_action_and_why_one_cannot_be_run,
        help_scrolls_to_its_end_and_closes,
        a_dialog_is_drawn_at_any_size,
        NULL,
    };
    return harness_suite("dialog", tests, 30);
}
