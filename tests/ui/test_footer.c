/* footer: the keys of the moment, what is staged, what the run does. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"
#include "ui/bindings.h"

static struct driver driver;

static char *last_row(int width)
{
    char *screen = fixture_screen(&driver.fixture, width, 24);
    char *row = fixture_row(screen, 23);
    free(screen);
    return row;
}

static void expect_keys(const char *wanted)
{
    char *row = last_row(80);
    ck_assert_str_eq(row, wanted);
    free(row);
}

START_TEST(the_keys_are_those_that_work_now)
{
    driver_init(&driver, 22, PROPOSED);
    expect_keys(" Spc sel  a ok  x no  e edit  d hold  A APPLY  R rollbk  T gate  [ ] it  ? help");
    driver_key(&driver, 'p');
    expect_keys(" 0 live  R rollbk  T gate  [ ] it  { } event  p unfreeze  f zoom  i why  ? help");
    driver_key(&driver, '0');
    driver.view->readonly = true;
    expect_keys(" [ ] it  { } event  p freeze  f zoom  i why  Tab panel  : cmd  q quit    ? help");
    driver_fini(&driver);
}
END_TEST

static void expect_word(const char *word)
{
    char *row = last_row(80);
    ck_assert_msg(strstr(row, word) != NULL, "%s: %s", word, row);
    free(row);
}

START_TEST(the_word_is_what_the_key_does_now)
{
    driver_init(&driver, 22, QUIET);
    expect_word("  p freeze  ");
    driver.view->mode = VIEW_REPLAY;
    expect_word("  p play  ");
    char *row = last_row(80); /* at the newest iteration there is nothing newer to go to */
    ck_assert_ptr_null(strstr(row, "newest"));
    free(row);
    driver_key(&driver, '[');
    expect_word(" 0 newest  ");
    driver_type(&driver, "00");
    driver_says(&driver, "live: the newest iteration is shown already");
    driver_key(&driver, 'p');
    expect_word("  p stop  ");
    driver_key(&driver, 'p');
    expect_word("  p play  ");
    driver_fini(&driver);
}
END_TEST

START_TEST(in_a_narrow_terminal_what_waits_is_whole)
{
    driver_init(&driver, 22, PROPOSED);
    driver_screen_shows(&driver, 40, 8, "STAGED 2/4  it 23 waits for you, 0s\n");
    driver.view->mode = VIEW_REPLAY;
    driver_screen_shows(&driver, 40, 8, "it 23 of 23: [ ] step, { } events\n");
    driver_screen_shows(&driver, 80, 24, ": [ ] steps, { } goes from event to event\n");
    driver_fini(&driver);
}
END_TEST

START_TEST(in_a_dialog_the_keys_are_its_own)
{
    driver_init(&driver, 22, PROPOSED);
    driver_key(&driver, 'A');
    expect_keys(" Esc keep staged  Y (Shift) write now");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_pass(&driver, 500);
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_key(&driver, '?');
    driver_shows(&driver, "HELP"); /* drawn once, so that it knows what is cut */
    expect_keys(" Esc close  arrows PgUp PgDn scroll");
    driver_fini(&driver);
}
END_TEST

START_TEST(without_a_key_for_help_the_palette_stands_at_the_end)
{
    driver_init(&driver, 22, PROPOSED);
    bindings_clear(action_find("help"));
    char *row = last_row(80);
    ck_assert_msg(strstr(row, ": cmd") == row + strlen(row) - 5, "%s", row);
    free(row);
    bindings_clear(action_find("palette"));
    row = last_row(80);
    ck_assert_msg(strstr(row, "help") == NULL && strstr(row, "cmd") == NULL, "%s", row);
    free(row);
    driver_fini(&driver);
}
END_TEST

START_TEST(help_is_always_there_and_nothing_is_cut)
{
    driver_init(&driver, 22, PROPOSED);
    for (int width = 60; width < 200; width++) {
        char *row = last_row(width);
        ck_assert_msg(strstr(row, "? help") != NULL, "%d: %s", width, row);
        ck_assert_int_le((int)strlen(row), width);
        free(row);
    }
    driver_fini(&driver);
}
END_TEST

START_TEST(staged_lines_base_and_the_wait_are_told)
{
    driver_init(&driver, 22, PROPOSED);
    driver_pass(&driver, 72000);
    driver_shows(&driver, "STAGED 2/4  base ");
    driver_shows(&driver, "it 23 waits for you, 1m");
    driver_proposal_gone(&driver);
    driver.view->run.state = RUN_SLEEPING;
    driver.view->run.next_ms = driver.view->now_ms + 192000;
    driver_hides(&driver, "STAGED");
    driver_shows(&driver, "next iteration starts in 3m12s  [");
    driver_fini(&driver);
}
END_TEST

START_TEST(every_state_of_the_run_has_its_words)
{
    static const struct {
        enum run_state state;
        const char *words;
    } rows[] = {{RUN_STARTING, "starting"},
                {RUN_PAUSED, "PAUSED: P resumes"},
                {RUN_STOPPED, "run stopped, 22 iterations"},
                {RUN_COMPLETED, "run completed, 22 iterations: T runs a gate, q leaves"},
                {RUN_FAILED, "the run FAILED: the disk is full"}};
    driver_init(&driver, 22, QUIET);
    error_set(&driver.view->end_error, ERROR_IO, "the disk is full");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        driver.view->run.state = rows[i].state;
        driver_shows(&driver, rows[i].words);
    }
    driver.view->mode = VIEW_REPLAY;
    driver_shows(&driver, "iteration 22 of 22");
    driver_fini(&driver);
}
END_TEST

START_TEST(the_status_line_holds_the_last_word)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'A');
    driver_shows(&driver, "apply: no proposal waits for a decision");
    driver_key(&driver, KEYCODE_ESCAPE);
    driver_hides(&driver, "no proposal waits for a decision");
    driver_fini(&driver);
}
END_TEST

Suite *footer_suite(void)
{
    const TTest *const tests[] = {
        the_keys_are_those_that_work_now,
        the_word_is_what_the_key_does_now,
        in_a_narrow_terminal_what_waits_is_whole,
        in_a_dialog_the_keys_are_its_own,
        without_a_key_for_help_the_palette_stands_at_the_end,
        help_is_always_there_and_nothing_is_cut,
        staged_lines_base_and_the_wait_are_told,
        every_state_of_the_run_has_its_words,
        the_status_line_holds_the_last_word,
        NULL,
    };
    return harness_suite("footer", tests, 20);
}
