/* test_view: what messages do to the view, moving through the iterations, freezing, and when the
 * picture changes by itself. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"

static struct fixture fixture;
static struct view *const view = &fixture.view;

static void setup(int count)
{
    fixture_init(&fixture, count);
}

static void deliver_iteration(int number)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = fixture_iteration(&fixture.config, number);
    view_fold_take(view, message);
    view_refresh(view);
}

START_TEST(a_live_view_follows_the_newest_iteration)
{
    setup(10);
    ck_assert_int_eq(view_number(view), 10);
    deliver_iteration(11);
    ck_assert_int_eq(view_number(view), 11);
    ck_assert_int_eq(view_iteration(view)->number, 11);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_frozen_view_stands_still_while_collecting_goes_on)
{
    setup(10);
    ck_assert(view_freeze(view) & REACT_RELAYOUT);
    deliver_iteration(11);
    deliver_iteration(12);
    ck_assert_int_eq(view_number(view), 10);
    ck_assert_int_eq(view_count(view), 10);
    ck_assert_uint_eq(view->run.count, 12);
    ck_assert_int_eq(view->judgement.to, 10);
    view_newest(view);
    view_refresh(view);
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(view), 12);
    ck_assert_int_eq(view->judgement.to, 12);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(looking_back_freezes_and_stays_within_the_run)
{
    setup(10);
    view_show(view, 7);
    ck_assert_int_eq(view->mode, VIEW_FROZEN);
    ck_assert_int_eq(view_number(view), 7);
    view_show(view, -3);
    ck_assert_int_eq(view_number(view), 1);
    view_show(view, 99);
    ck_assert_int_eq(view->at, 10);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(an_empty_run_can_be_looked_at)
{
    setup(0);
    ck_assert_int_eq(view_number(view), 0);
    ck_assert_ptr_null(view_iteration(view));
    view_show(view, 3);
    ck_assert_int_eq(view_number(view), 0);
    view_newest(view);
    view_refresh(view);
    ck_assert_int_eq(view->judgement.pass_count, 0);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_replay_is_never_frozen_and_returns_to_its_end)
{
    setup(10);
    view->mode = VIEW_REPLAY;
    ck_assert_uint_eq(view_freeze(view), REACT_NONE);
    view_show(view, 4);
    ck_assert_int_eq(view->mode, VIEW_REPLAY);
    ck_assert_int_eq(view_number(view), 4);
    view_newest(view);
    ck_assert_int_eq(view_number(view), 10);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_judgement_is_that_of_the_iteration_shown)
{
    setup(24);
    ck_assert_int_eq(view->judgement.verdict, VERDICT_PASS);
    ck_assert_int_eq(view->judgement.pass_count, 8);
    view_show(view, 4);
    view_refresh(view);
    ck_assert_int_eq(view->judgement.verdict, VERDICT_FAIL);
    ck_assert_int_eq(view->judgement.from, 1);
    ck_assert_int_eq(view->judgement.to, 4);
    view->mock_limits = true;
    view_refresh(view);
    ck_assert(view->judgement.mock);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_waiting_proposal_shows_its_iteration_until_that_is_recorded)
{
    setup(10);
    fixture_propose(&fixture);
    ck_assert_int_eq(view_number(view), 11);
    ck_assert(view_pending(view));
    ck_assert_double_eq(iteration_kpi(view_iteration(view), KPI_RISK).number, 0.30);
    struct message *gone = message_new(MESSAGE_PROPOSAL);
    view_fold_take(view, gone);
    ck_assert(!view_pending(view));
    deliver_iteration(11);
    ck_assert_uint_eq(view->run.count, 11);
    ck_assert_int_eq(view->provisional, 0);
    ck_assert_int_eq(view_iteration(view)->state, ITERATION_OK);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_proposal_that_ends_with_the_engine_leaves_no_iteration_behind)
{
    setup(10);
    fixture_propose(&fixture);
    view_fold_take(view, message_new(MESSAGE_END));
    ck_assert_uint_eq(view->run.count, 10);
    ck_assert(view->ended);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_new_proposal_rings_once_and_drops_the_marks)
{
    setup(10);
    view->marked[3] = true;
    fixture_propose(&fixture);
    ck_assert(!view->marked[3]);
    view->marked[3] = true;
    struct message *again = message_new(MESSAGE_PROPOSAL);
    again->has_pending = true;
    again->proposal = mem_alloc(sizeof *again->proposal);
    *again->proposal = view->run.pending;
    ck_assert(!(view_fold_take(view, again) & REACT_BELL));
    ck_assert(view->marked[3]);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_failed_iteration_is_told_with_its_reason)
{
    setup(3);
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = iteration_new(4);
    message->iteration->state = ITERATION_FAILED;
    message->iteration->error = mem_strdup("./bot exited with 3");
    view_fold_take(view, message);
    view_refresh(view);
    ck_assert_str_eq(view->status, "iteration 4 failed: ./bot exited with 3");
    ck_assert(view->status_alert);
    ck_assert_int_eq(view->failed, 1);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_answer_to_a_command_stands_in_the_status_line)
{
    setup(3);
    struct message *message = message_new(MESSAGE_REPLY);
    message->text = mem_strdup("nothing to roll back");
    message->ok = false;
    view_fold_take(view, message);
    ck_assert_str_eq(view->status, "nothing to roll back");
    ck_assert(view->status_alert);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(commands_carry_a_fresh_id_and_the_actor)
{
    setup(3);
    struct error err = ERROR_INIT;
    view->inbox = inbox_new(&err);
    struct command command = {.kind = COMMAND_PAUSE}, got;
    view_send(view, &command);
    view_send(view, &command);
    ck_assert(inbox_next(view->inbox, &got));
    ck_assert_uint_eq(got.id, 1);
    ck_assert_str_eq(got.actor, "op1@desk");
    ck_assert(inbox_next(view->inbox, &got));
    ck_assert_uint_eq(got.id, 2);
    for (int i = 0; i < 65; i++)
        view_send(view, &command);
    ck_assert(view->status_alert);
    inbox_free(view->inbox);
    view->inbox = NULL;
    fixture_fini(&fixture);
}
END_TEST

START_TEST(writing_is_refused_with_its_reason)
{
    const char *why;
    setup(3);
    ck_assert(view_may_write(view, &why));
    ck_assert_ptr_null(why);
    view->readonly = true;
    ck_assert(!view_may_write(view, &why));
    ck_assert_ptr_nonnull(strstr(why, "!"));
    view->forever_readonly = true;
    ck_assert(!view_may_write(view, &why));
    ck_assert_ptr_nonnull(strstr(why, "--readonly"));
    view->mode = VIEW_REPLAY;
    ck_assert(!view_may_write(view, &why));
    ck_assert_ptr_nonnull(strstr(why, "replay"));
    view->mode = VIEW_LIVE;
    view->readonly = view->forever_readonly = false;
    view->ended = true;
    ck_assert(!view_may_write(view, &why));
    fixture_fini(&fixture);
}
END_TEST

START_TEST(nothing_wakes_when_nothing_changes_by_itself)
{
    setup(24);
    view->run.state = RUN_COMPLETED;
    ck_assert_int_eq(view_tick_ms(view), -1);
    view->mode = VIEW_REPLAY;
    view->run.state = RUN_SLEEPING;
    ck_assert_int_eq(view_tick_ms(view), -1);
    view->mode = VIEW_LIVE;
    view->ended = true;
    ck_assert_int_eq(view_tick_ms(view), -1);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_countdown_wakes_once_a_second)
{
    setup(10);
    ck_assert_int_eq(view->run.state, RUN_SLEEPING);
    for (int i = 0; i < 100; i++) {
        view->now_ms += 37;
        int64_t tick = view_tick_ms(view);
        ck_assert_int_gt(tick, 0);
        ck_assert_int_le(tick, 1000);
    }
    view->now_ms = view->run.next_ms + 1;
    ck_assert_int_eq(view_tick_ms(view), -1);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_view_frozen_for_minutes_wakes_once_a_minute)
{
    setup(10);
    view->run.state = RUN_COMPLETED;
    view_freeze(view);
    ck_assert_int_eq(view_tick_ms(view), 1000);
    view->mono_ms += 61000;
    ck_assert_int_eq(view_tick_ms(view), 59000);
    fixture_fini(&fixture);
}
END_TEST

Suite *view_suite(void)
{
    const TTest *const list[] = {
        a_live_view_follows_the_newest_iteration,
        a_frozen_view_stands_still_while_collecting_goes_on,
        looking_back_freezes_and_stays_within_the_run,
        an_empty_run_can_be_looked_at,
        a_replay_is_never_frozen_and_returns_to_its_end,
        the_judgement_is_that_of_the_iteration_shown,
        a_waiting_proposal_shows_its_iteration_until_that_is_recorded,
        a_proposal_that_ends_with_the_engine_leaves_no_iteration_behind,
        a_new_proposal_rings_once_and_drops_the_marks,
        a_failed_iteration_is_told_with_its_reason,
        the_answer_to_a_command_stands_in_the_status_line,
        commands_carry_a_fresh_id_and_the_actor,
        writing_is_refused_with_its_reason,
        nothing_wakes_when_nothing_changes_by_itself,
        a_countdown_wakes_once_a_second,
        a_view_frozen_for_minutes_wakes_once_a_minute,
        NULL,
    };
    return harness_suite("view", list, 10);
}
