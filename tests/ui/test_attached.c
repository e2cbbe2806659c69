/* test_attached: a dashboard on the soak of another process: q asks to detach or to stop, what
 * others decide is told, and when the connection ends nothing can be decided any more. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"

static struct driver driver;

static void attached(enum driver_state state)
{
    driver_init(&driver, 22, state);
    driver.view->attached = true;
    snprintf(driver.view->actor, sizeof driver.view->actor, "op@host:pts/3");
    snprintf(driver.view->attach_with, sizeof driver.view->attach_with, "soaktop attach /soak/a");
}

static void tell(struct message *message)
{
    view_fold_take(driver.view, message);
    view_refresh(driver.view);
}

START_TEST(q_detaches_or_stops)
{
    attached(PROPOSED);
    ck_assert_uint_eq(driver_key(&driver, 'q') & REACT_QUIT, 0);
    driver_shows(&driver, "the soak runs in another process");
    driver_shows(&driver, "soaktop attach /soak/a");
    driver_shows(&driver, "for all who are attached");
    driver_pass(&driver, 399);
    ck_assert_uint_eq(driver_key(&driver, 'D') & REACT_QUIT, 0); /* deaf */
    driver_pass(&driver, 1);
    ck_assert_uint_eq(driver_key(&driver, 'd') & REACT_QUIT, 0);
    ck_assert_uint_ne(driver_key(&driver, 'D') & REACT_QUIT, 0);
    ck_assert(driver.view->detached);
    driver_sent_nothing(&driver);
    driver_fini(&driver);

    attached(QUIET);
    driver_key(&driver, 'q');
    driver_pass(&driver, 400);
    ck_assert_uint_ne(driver_key(&driver, 'Y') & REACT_QUIT, 0);
    ck_assert(!driver.view->detached);
    driver_sent(&driver, COMMAND_STOP_NOW);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_soak_of_this_process_can_be_left_too_if_it_can_outlive_it)
{
    driver_init(&driver, 22, QUIET);
    driver.view->may_detach = true;
    driver_key(&driver, 'q');
    driver_shows(&driver, "this dashboard drives the soak");
    driver_shows(&driver, "Shift-D detaches");
    driver_pass(&driver, 400);
    ck_assert_uint_ne(driver_key(&driver, 'D') & REACT_QUIT, 0);
    ck_assert(driver.view->detached);
    driver_fini(&driver);

    driver_init(&driver, 22, QUIET);
    driver_key(&driver, 'q');
    driver_hides(&driver, "detach");
    driver_pass(&driver, 400);
    ck_assert_uint_eq(driver_key(&driver, 'D') & REACT_QUIT, 0);
    driver_fini(&driver);
}
END_TEST

START_TEST(who_only_looks_on_leaves_at_once)
{
    attached(PROPOSED);
    driver.view->readonly = true;
    ck_assert_uint_ne(driver_key(&driver, 'q') & REACT_QUIT, 0);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(a_lost_connection_is_said_and_nothing_is_decided_any_more)
{
    attached(PROPOSED);
    struct message *message = message_new(MESSAGE_DETACHED);
    message->text = mem_strdup("the connection to the soak has ended (pid 7); no answer came to: "
                               "apply");
    tell(message);
    driver_says(&driver, "no answer came to: apply: read-only from now on");
    driver_shows(&driver, "NOT CONNECTED, read-only");
    driver_key(&driver, 'a');
    driver_says(&driver, "approve: the soak is not connected any more");
    driver_key(&driver, '!');
    driver_says(&driver, "the soak is not connected any more");
    driver_sent_nothing(&driver);
    ck_assert_uint_ne(driver_key(&driver, 'q') & REACT_QUIT, 0);
    driver_fini(&driver);
}
END_TEST

/* TEXT is told of a decision on the proposal that waits; the status line then. */
static const char *told(const char *text)
{
    struct message *message = message_new(MESSAGE_EVENT);
    message->event = EVENT_DECISION;
    message->event_iteration = driver.view->run.pending.iteration;
    message->utc_ms = 0;
    message->text = mem_strdup(text);
    view_say(driver.view, false, "-");
    tell(message);
    return driver.view->status;
}

START_TEST(what_others_decide_is_told)
{
    attached(PROPOSED);
    ck_assert_str_eq(told("reject tail_age_ms by op@host:pts/4: later"),
                     "reject tail_age_ms by op@host:pts/4: later");
    ck_assert_str_eq(told("reject tail_age_ms by op@host"), "reject tail_age_ms by op@host");
    ck_assert_str_eq(told("reject tail_age_ms by op@host:pts/3"), "-");
    ck_assert_str_eq(told("reject tail_age_ms by op@host:pts/3: later"), "-");
    ck_assert_str_ne(told("reject tail_age_ms by op@host:pts/31"), "-");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_watched_run_says_whose_it_is)
{
    driver_init(&driver, 22, PROPOSED);
    driver.view->watching = driver.view->readonly = driver.view->forever_readonly = true;
    snprintf(driver.view->not_mine, sizeof driver.view->not_mine, "pid 7 on host writes here");
    driver_key(&driver, 'a');
    driver_says(&driver, "approve: pid 7 on host writes here");
    driver_key(&driver, '!');
    driver_says(&driver, "readonly: pid 7 on host writes here");
    driver_fini(&driver);
}
END_TEST

START_TEST(a_state_is_as_old_as_the_soak_says)
{
    attached(PROPOSED);
    struct message *message = message_new(MESSAGE_STATE);
    message->state = RUN_HOLDING;
    message->next_ms = UTC_NONE;
    message->utc_ms = driver.view->now_ms - 65000;
    tell(message);
    driver_shows(&driver, "waits for you, 1m");
    driver_fini(&driver);
}
END_TEST

Suite *attached_suite(void)
{
    const TTest *const tests[] = {
        q_detaches_or_stops,
        a_soak_of_this_process_can_be_left_too_if_it_can_outlive_it,
        who_only_looks_on_leaves_at_once,
        a_lost_connection_is_said_and_nothing_is_decided_any_more,
        what_others_decide_is_told,
        a_watched_run_says_whose_it_is,
        a_state_is_as_old_as_the_soak_says,
        NULL,
    };
    return harness_suite("attached", tests, 20);
}
