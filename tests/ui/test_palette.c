/* palette: one list of everything that can be done, found by parts of names, run as by its key. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/bindings.h"
#include "ui/key.h"
#include "ui/palette.h"

static struct driver driver;
static struct palette_list list;

static const char *best(const char *text)
{
    palette_list_fill(&list, text);
    return list.count > 0 ? palette_name(&list.row[0]) : "";
}

START_TEST(everything_is_listed_once)
{
    size_t count = 0;
    for (const struct action *action = action_table; action->name != NULL; action++, count++)
        ck_assert_ptr_null(palette_command_find(action->name));
    for (const struct palette_command *row = palette_command_table; row->name != NULL; row++) {
        count++;
        ck_assert_ptr_nonnull(row->help);
        ck_assert_ptr_nonnull(row->run);
        ck_assert_ptr_eq(palette_command_find(row->name), row);
    }
    palette_list_fill(&list, "");
    ck_assert_uint_eq(list.count, count);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_str_ne(palette_help(&list.row[i]), "");
}
END_TEST

START_TEST(names_keys_and_help_are_found_the_best_first)
{
    static const struct {
        const char *text, *found;
    } rows[] = {{"live", "live"}, {"free", "freeze"},     {"rollb", "rollback"},
                {"A", "apply"},   {"F9", "rollback"},     {"nit", "next-iteration"},
                {"gate", "gate"}, {"strict", "gate"},     {"prev event", "previous-event"},
                {"it 17", "it"},  {"braille", "charset"}, {"  live  ", "live"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(strcmp(best(rows[i].text), rows[i].found) == 0, "%s finds %s", rows[i].text,
                      best(rows[i].text));
    ck_assert_str_eq(best("zzz"), "");
    ck_assert_str_eq(best("live zzz"), "");
}
END_TEST

START_TEST(every_action_is_found_by_its_name)
{
    for (const struct action *action = action_table; action->name != NULL; action++)
        ck_assert_str_eq(best(action->name), action->name);
    for (const struct palette_command *row = palette_command_table; row->name != NULL; row++)
        ck_assert_str_eq(best(row->name), row->name);
}
END_TEST

START_TEST(enter_runs_what_is_marked_as_its_key_would)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, ':');
    driver_shows(&driver, "COMMAND");
    driver_type(&driver, "freez");
    driver_shows(&driver, ":freez_");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_null(driver.view->dialog);
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    driver_type(&driver, ":live");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    driver_type(&driver, ":approve");
    driver_sent_nothing(&driver);
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent(&driver, COMMAND_DECIDE);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_level_holds_and_this_enter_confirms_nothing)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, ":apply");
    unsigned react = driver_key(&driver, KEYCODE_ENTER);
    ck_assert_uint_ne(react & REACT_FLUSH, 0);
    driver_shows(&driver, "level 1");
    driver_type(&driver, "YYY");
    driver_sent_nothing(&driver); /* deaf */
    driver_pass(&driver, 500);
    driver_key(&driver, KEYCODE_ENTER);
    driver_sent_nothing(&driver);
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_is_not_available_says_why_in_the_list_and_when_run)
{
    driver_init(&driver, 22, PROPOSED);
    driver.view->readonly = true;
    driver_type(&driver, ":approve");
    driver_screen_shows(&driver, 80, 24, "(now not: read-only: ! makes");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "approve: read-only: ! makes it RW");
    driver_sent_nothing(&driver);
    ck_assert_ptr_eq(driver.view->refused, action_find("approve"));
    driver_fini(&driver);
}
END_TEST

START_TEST(numbers_and_it_go_to_an_iteration)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, ":17");
    driver_shows(&driver, "Enter goes to this iteration");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view_number(driver.view), 17);
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    driver_type(&driver, ":it 5 ");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view_number(driver.view), 5);
    driver_type(&driver, ":99");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "1 to 22, not \"99\"");
    driver_type(&driver, ":it x");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "1 to 22, not \"x\"");
    ck_assert_int_eq(view_number(driver.view), 5);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_command_without_its_argument_asks_for_it)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, ":it");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "it wants N: type it");
    driver_shows(&driver, ":it _");
    driver_type(&driver, "3");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(view_number(driver.view), 3);
    driver_fini(&driver);
}
END_TEST

START_TEST(what_there_is_not_is_told_with_the_nearest)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, ":freezx");
    driver_shows(&driver, "0 found");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "nothing is called \"freezx\"; did you mean freeze?");
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_key(&driver, KEYCODE_BACKSPACE);
    driver_hides(&driver, "did you mean");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(arrows_choose_tab_completes_and_esc_closes)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, ":focus");
    palette_list_fill(&list, "focus");
    ck_assert_uint_gt(list.count, 2);
    driver_key(&driver, KEYCODE_DOWN);
    driver_key(&driver, KEYCODE_DOWN);
    driver_key(&driver, KEYCODE_UP);
    driver_key(&driver, KEYCODE_TAB);
    char line[64];
    snprintf(line, sizeof line, ":%s_", palette_name(&list.row[1]));
    driver_shows(&driver, line);
    driver_key(&driver, 21); /* ^U */
    driver_shows(&driver, ":_");
    driver_key(&driver, KEYCODE_END);
    driver_shows(&driver, "it N");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(driver.view->dialog);
    driver_key(&driver, ':');
    driver_key(&driver, 3); /* ^C */
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(help_begins_with_the_panel_and_typing_filters_it)
{
    driver_init(&driver, 22, QUIET);
    driver.view->focus = PANEL_GUARDS;
    driver_key(&driver, '?');
    driver_shows(&driver, "Panel 4 Guards");
    driver_shows(&driver, "Letters of the rails");
    driver_type(&driver, "roll");
    driver_hides(&driver, "Panel 4 Guards");
    driver_shows(&driver, "R F9         rollback");
    driver_hides(&driver, "suspend");
    driver_key(&driver, 21);
    driver_shows(&driver, "Panel 4 Guards");
    driver_key(&driver, KEYCODE_ENTER); /* nothing is marked: it closes */
    ck_assert_ptr_null(driver.view->dialog);
    driver_type(&driver, "??");
    ck_assert_ptr_null(driver.view->dialog);
    driver_key(&driver, '?');
    driver_key(&driver, KEYCODE_DOWN);
    driver_key(&driver, KEYCODE_ENTER); /* the first of all: there is no proposal */
    driver_says(&driver, "mark: no proposal waits");
    driver_fini(&driver);
}
END_TEST

START_TEST(an_action_without_a_key_is_still_run)
{
    driver_init(&driver, 22, QUIET);
    bindings_clear(action_find("freeze"));
    driver_type(&driver, ":freeze");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    driver_fini(&driver);
}
END_TEST

START_TEST(it_is_drawn_at_any_size)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, '?');
    for (int turn = 0; turn < 2; turn++) {
        for (int height = 1; height < 30; height += 2)
            for (int width = 1; width < 130; width += 7)
                free(fixture_screen(&driver.fixture, width, height));
        driver_type(&driver, "re");
        driver_key(&driver, KEYCODE_END);
    }
    driver_fini(&driver);
}
END_TEST

/* A value that is refused stays in the line, with the reason, until it is right. */
START_TEST(a_bad_value_keeps_the_palette_and_its_text)
{
    driver_init(&driver, 22, QUIET);
    driver_type(&driver, ":set mouse perhaps");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_shows(&driver, "set mouse perhaps");
    driver_shows(&driver, "perhaps\"");
    driver_key(&driver, 0x15); /* ^U */
    driver_type(&driver, "theme none-such");
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "theme none-such");
    driver_shows(&driver, "there is no theme");
    driver_key(&driver, 0x15);
    driver_type(&driver, "set mouse off");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

Suite *palette_suite(void)
{
    const TTest *const tests[] = {
        everything_is_listed_once,
        names_keys_and_help_are_found_the_best_first,
        every_action_is_found_by_its_name,
        enter_runs_what_is_marked_as_its_key_would,
        a_level_holds_and_this_enter_confirms_nothing,
        what_is_not_available_says_why_in_the_list_and_when_run,
        numbers_and_it_go_to_an_iteration,
        a_command_without_its_argument_asks_for_it,
        what_there_is_not_is_told_with_the_nearest,
        arrows_choose_tab_completes_and_esc_closes,
        help_begins_with_the_panel_and_typing_filters_it,
        an_action_without_a_key_is_still_run,
        it_is_drawn_at_any_size,
        a_bad_value_keeps_the_palette_and_its_text,
        NULL,
    };
    return harness_suite("palette", tests, 20);
}
