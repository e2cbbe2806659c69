/* actions: moving, the moment that is shown, the soak's pace, the screen. */
#include "config.h"

#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"

static struct driver driver;

START_TEST(brackets_step_and_freeze_and_0_goes_back)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, ']');
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    driver_key(&driver, '[');
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    ck_assert_int_eq(view_number(driver.view), 21);
    driver_key(&driver, '[');
    driver_key(&driver, ']');
    ck_assert_int_eq(view_number(driver.view), 21);
    driver_key(&driver, '0');
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(driver.view), 22);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

/* The worked example applies in 1, 2, 3, 6 and 7 and starts freezes at 8, 12, 16 and 20. */
START_TEST(braces_go_from_event_to_event)
{
    static const int events[] = {20, 16, 12, 8, 7, 6, 3, 2, 1};
    driver_init(&driver, 22, QUIET);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        driver_key(&driver, '{');
        ck_assert_int_eq(view_number(driver.view), events[i]);
    }
    driver_key(&driver, '{');
    driver_says(&driver, "no earlier event");
    driver_key(&driver, '}');
    ck_assert_int_eq(view_number(driver.view), 2);
    driver_fini(&driver);
}
END_TEST

START_TEST(p_freezes_and_unfreezes)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'p');
    ck_assert_int_eq(driver.view->mode, VIEW_FROZEN);
    driver_shows(&driver, "FROZEN");
    driver_key(&driver, KEYCODE_F1 + 4);
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    driver_hides(&driver, "FROZEN");
    driver_fini(&driver);
}
END_TEST

static void tell_event(enum event_kind kind)
{
    struct message *message = message_new(MESSAGE_EVENT);
    message->event = kind;
    view_fold_take(driver.view, message);
}

START_TEST(pause_and_resume_go_by_what_the_engine_said_last)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'P');
    driver_sent(&driver, COMMAND_PAUSE);
    tell_event(EVENT_PAUSE);
    tell_event(EVENT_ITERATION);
    driver_key(&driver, 'P');
    driver_sent(&driver, COMMAND_RESUME);
    tell_event(EVENT_RESUME);
    driver_key(&driver, 'P');
    driver_sent(&driver, COMMAND_PAUSE);
    driver_fini(&driver);
}
END_TEST

START_TEST(next_is_sent_at_once_and_stop_asks)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'N');
    driver_sent(&driver, COMMAND_NEXT);
    driver_key(&driver, 'Q');
    driver_sent_nothing(&driver);
    driver_shows(&driver, "STOP THE SOAK after this iteration");
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    driver_sent(&driver, COMMAND_STOP_AFTER);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_run_that_is_over_has_no_pace)
{
    driver_init(&driver, 22, QUIET);
    driver.view->run.state = RUN_COMPLETED;
    driver_type(&driver, "PNQ");
    driver_sent_nothing(&driver);
    driver_says(&driver, "the run is over");
    driver_fini(&driver);
}
END_TEST

START_TEST(numbers_and_tab_focus_panels)
{
    driver_init(&driver, 22, QUIET);
    for (unsigned key = '1'; key <= '7'; key++) {
        driver_key(&driver, key);
        ck_assert_int_eq(driver.view->focus, key - '1');
    }
    driver_key(&driver, KEYCODE_TAB);
    ck_assert_int_eq(driver.view->focus, PANEL_KPIS);
    driver_key(&driver, KEYCODE_BACKTAB);
    ck_assert_int_eq(driver.view->focus, PANEL_JOURNAL);
    driver_fini(&driver);
}
END_TEST

START_TEST(sideways_is_time_in_the_graphs_only)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'h');
    ck_assert_int_eq(driver.view->mode, VIEW_LIVE);
    driver_type(&driver, "1hh");
    ck_assert_int_eq(view_number(driver.view), 20);
    driver_key(&driver, KEYCODE_RIGHT);
    ck_assert_int_eq(view_number(driver.view), 21);
    driver_fini(&driver);
}
END_TEST

START_TEST(zoom_and_escape)
{
    driver_init(&driver, 22, PROPOSED);
    driver_type(&driver, "ff*");
    ck_assert_int_eq(driver.view->size, PANEL_FULL);
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_ESCAPE) & REACT_QUIT, 0);
    for (int i = 0; i < PARAM_MAX; i++)
        ck_assert(!driver.view->marked[i]);
    ck_assert_int_eq(driver.view->size, PANEL_FULL);
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(driver.view->size, PANEL_NORMAL);
    for (int i = 0; i < 5; i++)
        ck_assert_uint_eq(driver_key(&driver, KEYCODE_ESCAPE) & REACT_QUIT, 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_character_set_goes_round)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, '~');
    driver_says(&driver, "not UTF-8");
    ck_assert_int_eq(driver.view->charset, CHARSET_ASCII);
    driver.view->charset = driver.view->charset_best = CHARSET_BRAILLE;
    driver_key(&driver, '~');
    ck_assert_int_eq(driver.view->charset, CHARSET_BLOCK);
    driver_type(&driver, "~~");
    ck_assert_int_eq(driver.view->charset, CHARSET_BRAILLE);
    ck_assert_uint_ne(driver_key(&driver, 12) & REACT_REPAINT, 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(read_only_is_at_once_and_writing_asks)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, '!');
    ck_assert(driver.view->readonly);
    driver_shows(&driver, "[RO]");
    driver_key(&driver, '!');
    driver_pass(&driver, 400);
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert(driver.view->readonly);
    driver_key(&driver, '!');
    driver_pass(&driver, 400);
    driver_key(&driver, 'Y');
    ck_assert(!driver.view->readonly);
    driver.view->readonly = driver.view->forever_readonly = true;
    driver_key(&driver, '!');
    driver_says(&driver, "started with --readonly");
    ck_assert_ptr_null(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

START_TEST(quit_asks_only_while_it_would_stop_a_soak)
{
    driver_init(&driver, 22, QUIET);
    ck_assert_uint_eq(driver_key(&driver, 'q') & REACT_QUIT, 0);
    driver_shows(&driver, "this dashboard drives the soak");
    driver_pass(&driver, 400);
    ck_assert_uint_eq(driver_key(&driver, KEYCODE_ENTER) & REACT_QUIT, 0);
    driver_key(&driver, 3);
    driver_pass(&driver, 399);
    ck_assert_uint_eq(driver_key(&driver, 'Y') & REACT_QUIT, 0);
    driver_pass(&driver, 1);
    ck_assert_uint_ne(driver_key(&driver, 'Y') & REACT_QUIT, 0);
    driver_sent(&driver, COMMAND_STOP_NOW);
    driver.view->run.state = RUN_COMPLETED;
    ck_assert_uint_ne(driver_key(&driver, 'q') & REACT_QUIT, 0);
    driver.view->run.state = RUN_RUNNING;
    driver.view->mode = VIEW_REPLAY;
    ck_assert_uint_ne(driver_key(&driver, KEYCODE_F1 + 9) & REACT_QUIT, 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(suspend_and_redraw_work_whatever_is_open)
{
    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'q');
    ck_assert_uint_eq(driver_key(&driver, 26), REACT_SUSPEND);
    ck_assert_uint_ne(driver_key(&driver, 12) & REACT_REPAINT, 0);
    ck_assert_ptr_nonnull(driver.view->dialog);
    driver_fini(&driver);
}
END_TEST

Suite *actions_suite(void)
{
    const TTest *const tests[] = {
        brackets_step_and_freeze_and_0_goes_back,
        braces_go_from_event_to_event,
        p_freezes_and_unfreezes,
        pause_and_resume_go_by_what_the_engine_said_last,
        next_is_sent_at_once_and_stop_asks,
        a_run_that_is_over_has_no_pace,
        numbers_and_tab_focus_panels,
        sideways_is_time_in_the_graphs_only,
        zoom_and_escape,
        the_character_set_goes_round,
        read_only_is_at_once_and_writing_asks,
        quit_asks_only_while_it_would_stop_a_soak,
        suspend_and_redraw_work_whatever_is_open,
        NULL,
    };
    return harness_suite("actions", tests, 20);
}
