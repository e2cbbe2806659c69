/* keymap: one table without clashes, and why an action cannot be run. */
#include "config.h"

#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"

static struct driver driver;

START_TEST(no_two_actions_share_a_name_or_in_one_mode_a_key)
{
    for (const struct action *a = action_table; a->name != NULL; a++) {
        for (const struct action *b = action_table; b != a; b++)
            ck_assert_msg(strcmp(a->name, b->name) != 0, "two rows %s", a->name);
        for (enum view_mode mode = VIEW_LIVE; mode <= VIEW_REPLAY; mode++)
            for (size_t i = 0; i < ACTION_KEYS_MAX && a->key[i] != 0; i++)
                ck_assert_msg(!action_exists_in(a, mode) || a->claims != NULL ||
                                  keymap_find(mode, a->key[i]) == a,
                              "%s's key %zu belongs to %s", a->name, i,
                              keymap_find(mode, a->key[i])->name);
    }
}
END_TEST

START_TEST(every_row_has_a_key_a_place_and_a_handler)
{
    for (const struct action *action = action_table; action->name != NULL; action++) {
        ck_assert_msg(action->key[0] != 0, "%s has no key", action->name);
        ck_assert_msg(action->where != 0, "%s exists nowhere", action->name);
        ck_assert_msg(action->run != NULL, "%s does nothing", action->name);
        ck_assert_uint_lt(strlen(action->name), ACTION_NAME_MAX);
        ck_assert_msg(action->footer == NULL || action->help != NULL, "%s: footer without help",
                      action->name);
    }
}
END_TEST

START_TEST(no_ctrl_letter_changes_anything)
{
    for (unsigned key = 1; key < 0x20; key++) {
        const struct action *action = keymap_find(VIEW_LIVE, key);
        ck_assert_msg(action == NULL || (!action->writes && action->level == 0), "^%c is %s",
                      (int)(key + '@'), action->name);
    }
}
END_TEST

START_TEST(the_keys_of_the_specification_are_there)
{
    static const unsigned keys[] = {KEYCODE_UP,
                                    KEYCODE_DOWN,
                                    KEYCODE_LEFT,
                                    KEYCODE_RIGHT,
                                    'h',
                                    'j',
                                    'k',
                                    'l',
                                    KEYCODE_PAGE_UP,
                                    KEYCODE_PAGE_DOWN,
                                    2,
                                    6,
                                    21,
                                    4,
                                    'g',
                                    'G',
                                    KEYCODE_HOME,
                                    KEYCODE_END,
                                    KEYCODE_TAB,
                                    KEYCODE_BACKTAB,
                                    '1',
                                    '7',
                                    'f',
                                    '[',
                                    ']',
                                    '{',
                                    '}',
                                    'p',
                                    '0',
                                    'P',
                                    'N',
                                    'Q',
                                    ' ',
                                    'v',
                                    '*',
                                    'a',
                                    'x',
                                    'e',
                                    'A',
                                    KEYCODE_F1 + 7,
                                    'R',
                                    KEYCODE_F1 + 8,
                                    'T',
                                    KEYCODE_F1 + 6,
                                    't',
                                    '?',
                                    KEYCODE_F1,
                                    '~',
                                    12,
                                    '!',
                                    'q',
                                    KEYCODE_F1 + 9,
                                    3,
                                    KEYCODE_ESCAPE,
                                    26};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        ck_assert_msg(keymap_find(VIEW_LIVE, keys[i]) != NULL, "no action for key %#x", keys[i]);
}
END_TEST

START_TEST(what_writes_is_refused_read_only_and_says_why)
{
    static const char keys[] = "axeAR PNQT";
    driver_init(&driver, 22, PROPOSED);
    driver.view->readonly = true;
    for (const char *key = keys; *key != '\0'; key++) {
        driver_key(&driver, (unsigned char)*key);
        driver_says(&driver, "read-only: ! makes it RW");
        ck_assert_ptr_null(driver.view->dialog);
    }
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_writes_is_absent_in_a_replay)
{
    static const char keys[] = "axeAR PNQ!";
    driver_init(&driver, 22, QUIET);
    driver.view->mode = VIEW_REPLAY;
    driver.view->forever_readonly = true;
    for (const char *key = keys; *key != '\0'; key++) {
        driver_key(&driver, (unsigned char)*key);
        driver_says(&driver, "replay");
        ck_assert_ptr_null(driver.view->dialog);
    }
    driver_sent_nothing(&driver);
    driver_key(&driver, 'p');
    driver_says(&driver, "playing");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_frozen_view_decides_nothing)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'p');
    driver_key(&driver, 'a');
    driver_says(&driver, "frozen: 0 goes back to live");
    driver_key(&driver, 'A');
    driver_says(&driver, "frozen: 0 goes back to live");
    driver_sent_nothing(&driver);
    driver_key(&driver, '0');
    driver_key(&driver, 'a');
    driver_sent(&driver, COMMAND_DECIDE);
    driver_fini(&driver);
}
END_TEST

START_TEST(without_a_proposal_the_mode_tells_why)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'a');
    driver_says(&driver, "no proposal waits");
    driver.view->run.mode = APPROVE_AUTO;
    driver_key(&driver, 'A');
    driver_says(&driver, "auto: what the guards let through is applied at once");
    driver.view->run.mode = APPROVE_OBSERVE;
    driver_key(&driver, 'x');
    driver_says(&driver, "observe: proposals are recorded and none is applied");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_key_that_is_not_bound_does_nothing_and_says_so)
{
    driver_init(&driver, 22, PROPOSED);
    ck_assert_uint_eq(driver_key(&driver, 'W'), REACT_REDRAW);
    driver_says(&driver, "W does nothing here; ? lists what does");
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_F12), REACT_REDRAW);
    driver_says(&driver, "F12 does nothing here");
    driver.view->status[0] = '\0';
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_PASTE), REACT_NONE);
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_RESIZE), REACT_NONE);
    ck_assert_uint_eq(driver_key(&driver, 0), REACT_NONE);
    ck_assert_str_eq(driver.view->status, "");
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

Suite *keymap_suite(void)
{
    const TTest *const tests[] = {
        no_two_actions_share_a_name_or_in_one_mode_a_key,
        every_row_has_a_key_a_place_and_a_handler,
        no_ctrl_letter_changes_anything,
        the_keys_of_the_specification_are_there,
        what_writes_is_refused_read_only_and_says_why,
        what_writes_is_absent_in_a_replay,
        a_frozen_view_decides_nothing,
        without_a_proposal_the_mode_tells_why,
        a_key_that_is_not_bound_does_nothing_and_says_so,
        NULL,
    };
    return harness_suite("keymap", tests, 20);
}
