/* test_runs: the list of runs, a run opened on top of a live one, and a replay that plays. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "harness.h"
#include "model/mem.h"
#include "suites.h"
#include "ui/dialog.h"
#include "ui/panel.h"
#include "ui/scene.h"

static struct driver driver;
static struct view *view;
static struct outbox *outbox;

static void setup(int count)
{
    struct error err = ERROR_INIT;
    driver_init(&driver, count, QUIET);
    view = driver.view;
    outbox = outbox_new(&err);
    ck_assert_ptr_nonnull(outbox);
    view->outbox = outbox;
}

static void finish(void)
{
    runs_fini(view);
    view->outbox = NULL;
    outbox_free(outbox);
    driver_fini(&driver);
}

static void put_entry(struct run_list *list, const char *name, int count, enum verdict verdict)
{
    struct run_entry *entry = &list->entry[list->count++];
    *entry = (struct run_entry){.has_manifest = true,
                                .source = SOURCE_EXEC,
                                .state = RUN_COMPLETED,
                                .count = count,
                                .verdict = verdict,
                                .started_ms = CLOCK_MOCK_START_MS,
                                .ended_ms = CLOCK_MOCK_START_MS + 3600000,
                                .date_ms = CLOCK_MOCK_START_MS};
    snprintf(entry->id, sizeof entry->id, "%s", name);
    snprintf(entry->path, sizeof entry->path, "/a/soak/runs/%s", name);
    snprintf(entry->shown, sizeof entry->shown, "soak/runs/%s", name);
}

static void deliver_list(void)
{
    struct message *message = message_new(MESSAGE_RUNS);
    struct run_list *list = mem_alloc(sizeof *list);
    list->entry = mem_resize(NULL, 3, sizeof *list->entry);
    list->capacity = 3;
    put_entry(list, "run_A", 24, VERDICT_PASS);
    snprintf(list->entry[0].shown, sizeof list->entry[0].shown, "soak/latest");
    put_entry(list, "run_B", 17, VERDICT_FAIL);
    put_entry(list, "run_C", 5, VERDICT_INCONCLUSIVE);
    snprintf(list->entry[2].fault, sizeof list->entry[2].fault, "run.json: $.state is no state");
    message->runs = list;
    view_fold_take(view, message);
}

/* The run B of COUNT iterations, whose iteration 4 is missing. */
static struct stored_run *run_b(int count)
{
    struct stored_run *stored = mem_alloc(sizeof *stored);
    stored->dir = (struct rundir){.fd = -1, .artifacts_fd = -1, .soak_fd = -1};
    run_init(&stored->run);
    for (int number = 1; number <= count; number++) {
        struct iteration *iteration = fixture_iteration(&driver.fixture.config, number);
        if (number == 4) {
            iteration_free(iteration);
            iteration = iteration_new(number);
            iteration->state = ITERATION_GAP;
            iteration->error = mem_strdup("ITER_SUMMARY_4.json is missing");
        }
        run_put_iteration_take(&stored->run, iteration);
    }
    snprintf(stored->run.id, sizeof stored->run.id, "run_B");
    snprintf(stored->run.directory, sizeof stored->run.directory, "soak/runs/run_B");
    stored->run.source = SOURCE_EXEC;
    stored->run.state = RUN_COMPLETED;
    stored->run.has_manifest = true;
    return stored;
}

static unsigned deliver_run(int count, enum read_purpose purpose)
{
    struct message *message = message_new(MESSAGE_LOADED);
    message->purpose = purpose;
    message->stored = run_b(count);
    unsigned react = view_fold_take(view, message);
    view_refresh(view);
    return react;
}

static unsigned deliver_iteration(int number)
{
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = fixture_iteration(&driver.fixture.config, number);
    unsigned react = view_fold_take(view, message);
    view_refresh(view);
    return react;
}

START_TEST(the_panel_lists_the_runs_and_marks_the_one_shown)
{
    setup(10);
    driver_type(&driver, "6ff");
    deliver_list();
    driver_shows(&driver, "> run_A");
    driver_shows(&driver,
                 "  run_B        2025-01-01 00:00 FAIL             17   1h00m completed  exec");
    driver_screen_shows(&driver, 160, 40, "UNREADABLE exec  run.json: $.state is no state");
    driver_shows(&driver, "interval");
    ck_assert_str_eq(run_entry_name(&view->runs.list.entry[1]), "run_B");
    finish();
}
END_TEST

START_TEST(the_cursor_of_the_list_is_bound_to_a_run)
{
    struct row_cell cell;
    char key[ROW_KEY_MAX];
    setup(10);
    driver_type(&driver, "6");
    deliver_list();
    driver_type(&driver, "jk");
    driver_type(&driver, "j");
    ck_assert_str_eq(view->list[PANEL_RUNS].selected, "run_B");
    deliver_list();
    ck_assert_str_eq(view->list[PANEL_RUNS].selected, "run_B");
    const struct row_class *rows = panel_table[PANEL_RUNS]->rows;
    ck_assert_uint_eq(rows->count(view), 3);
    rows->key(view, 1, key, sizeof key);
    ck_assert_str_eq(key, "run_B");
    rows->cell(view, 1, 3, &cell);
    ck_assert(value_usable(cell.number) && cell.number.number == 17);
    finish();
}
END_TEST

/* i tells of the run under the cursor, of the one shown with its own details. */
START_TEST(i_explains_the_run_under_the_cursor)
{
    setup(10);
    driver_type(&driver, "6");
    deliver_list();
    driver_type(&driver, "gji");
    driver_screen_shows(&driver, 120, 40, "run_B in ");
    driver_screen_shows(&driver, 120, 40, "Verdict FAIL by the");
    driver_type(&driver, "iji");
    driver_screen_shows(&driver, 120, 40, "It cannot be read: run.json: $.state is no state");
    finish();
}
END_TEST

START_TEST(enter_asks_before_it_covers_a_live_run)
{
    setup(10);
    driver_type(&driver, "6");
    deliver_list();
    driver_type(&driver, "j");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(view->dialog);
    driver_shows(&driver, "OPEN a run as a replay");
    driver_shows(&driver, "the live run goes on underneath");
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_ptr_null(view->dialog);
    ck_assert_ptr_null(view->runs.reading);
    driver_type(&driver, "k");
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "run_A is shown already");
    finish();
}
END_TEST

START_TEST(a_path_can_be_typed_and_what_cannot_be_read_is_said)
{
    setup(10);
    driver_type(&driver, "o/nowhere/q");
    driver_shows(&driver, "path: /nowhere/q_");
    driver_key(&driver, KEYCODE_ENTER);
    ck_assert_ptr_nonnull(view->runs.reading);
    while (view->runs.reading != NULL) {
        struct message *message = outbox_next(outbox);
        if (message != NULL)
            view_fold_take(view, message);
    }
    driver_says(&driver, "/nowhere/q");
    ck_assert(view->status_alert);
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    finish();
}
END_TEST

START_TEST(a_live_run_goes_on_under_an_opened_one)
{
    setup(10);
    ck_assert(deliver_run(17, READ_TO_SHOW) & REACT_RELAYOUT);
    ck_assert_int_eq(view->mode, VIEW_REPLAY);
    ck_assert_int_eq(view_number(view), 17);
    driver_shows(&driver, "REPLAY");
    driver_shows(&driver, "[RO]");
    deliver_iteration(11);
    deliver_iteration(12);
    deliver_iteration(13);
    ck_assert_int_eq(view_count(view), 17);
    driver_shows(&driver, "LIVE goes on: +3 it");
    driver_type(&driver, "A");
    driver_says(&driver, "a replay is read-only");
    driver_type(&driver, "q");
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(view), 13);
    ck_assert_str_eq(view->run.id, "run_A");
    ck_assert(view_may_write(view, NULL));
    finish();
}
END_TEST

START_TEST(zero_and_escape_lead_back_to_live_too)
{
    setup(10);
    deliver_run(17, READ_TO_SHOW);
    driver_type(&driver, "[[0");
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    deliver_run(17, READ_TO_SHOW);
    deliver_run(16, READ_TO_SHOW); /* replaces the opened one */
    driver_key(&driver, KEYCODE_ESCAPE);
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(view), 10);
    finish();
}
END_TEST

START_TEST(what_the_live_run_says_meanwhile_is_told_as_its_own)
{
    setup(10);
    deliver_run(17, READ_TO_SHOW);
    fixture_propose(&driver.fixture);
    ck_assert_int_eq(view->mode, VIEW_REPLAY);
    ck_assert(!view_pending(view));
    driver_shows(&driver, "LIVE WAITS: +0 it");
    struct message *reply = message_new(MESSAGE_REPLY);
    reply->ok = true;
    reply->text = mem_strdup("paused");
    view_fold_take(view, reply);
    driver_says(&driver, "LIVE: paused");
    driver_type(&driver, "q");
    ck_assert(view_pending(view));
    finish();
}
END_TEST

START_TEST(a_gate_of_an_opened_run_never_becomes_the_live_runs)
{
    setup(10);
    deliver_run(17, READ_TO_SHOW);
    view->gate_running = true;
    struct message *live = message_new(MESSAGE_GATE_RESULT);
    error_set(&live->error, ERROR_INPUT, "the live gate");
    view_fold_take(view, live);
    ck_assert(view->gate_running);
    driver_type(&driver, "q");
    ck_assert_str_eq(view->gate_error.text, "the live gate");
    struct message *late = message_new(MESSAGE_GATE_RESULT);
    late->of_job = true;
    error_set(&late->error, ERROR_INPUT, "the replay's gate");
    view_fold_take(view, late);
    ck_assert_str_eq(view->gate_error.text, "the live gate");
    finish();
}
END_TEST

static int shown_after(int64_t ms)
{
    driver_pass(&driver, ms);
    view_pass(view);
    return view_number(view);
}

START_TEST(a_replay_plays_one_iteration_a_second_and_stops_at_the_end)
{
    setup(6);
    view->mode = VIEW_REPLAY;
    ck_assert_int_eq(play_tick_ms(view), -1);
    driver_type(&driver, "p");
    ck_assert_int_eq(view_number(view), 1); /* it stood at the end */
    ck_assert_int_eq(view_tick_ms(view), 1000);
    driver_shows(&driver, "playing x1");
    ck_assert_int_eq(shown_after(999), 1);
    ck_assert_int_eq(shown_after(1), 2);
    driver_type(&driver, ">>");
    driver_shows(&driver, "playing x4");
    ck_assert_int_eq(shown_after(250), 3);
    ck_assert_int_eq(shown_after(250), 4);
    driver_type(&driver, "p");
    ck_assert_int_eq(shown_after(5000), 4);
    ck_assert_int_eq(play_tick_ms(view), -1);
    driver_type(&driver, "p");
    ck_assert_int_eq(shown_after(500), 6);
    ck_assert(!view->play.on);
    driver_says(&driver, "the end of the run");
    finish();
}
END_TEST

START_TEST(the_speed_stays_between_a_quarter_and_64)
{
    setup(6);
    view->mode = VIEW_REPLAY;
    driver_type(&driver, "<<<");
    driver_says(&driver, "x1/4 already");
    driver_type(&driver, ">>>>>>>>>");
    driver_says(&driver, "x64 already");
    driver_type(&driver, "p");
    ck_assert_int_eq(view_tick_ms(view), 15);
    driver_type(&driver, "[");
    ck_assert(!view->play.on);
    finish();
}
END_TEST

START_TEST(the_speed_has_no_meaning_live)
{
    setup(6);
    driver_type(&driver, ">");
    driver_says(&driver, "the view is live already");
    finish();
}
END_TEST

START_TEST(a_file_that_is_missing_is_a_gap_with_its_name)
{
    setup(6);
    deliver_run(6, READ_TO_SHOW);
    driver_type(&driver, "[[");
    ck_assert_int_eq(view_number(view), 4);
    driver_shows(&driver, "ITER_SUMMARY_4.json is missing");
    finish();
}
END_TEST

START_TEST(a_run_that_was_read_to_compare_with_opens_the_comparison)
{
    setup(10);
    deliver_run(17, READ_TO_COMPARE);
    ck_assert_ptr_eq(view_baseline(view), &view->runs.baseline->run);
    driver_screen_shows(&driver, 120, 40, "A = run_B (baseline)   B = run_A (this run)");
    driver_screen_shows(&driver, 120, 40, "A has 17, B has 10, what is beyond is left out");
    driver_screen_shows(&driver, 120, 40, "it 4");
    driver_key(&driver, KEYCODE_TAB);
    driver_screen_shows(&driver, 120, 40, "thr=strict  thin=run_B");
    driver_screen_shows(&driver, 120, 40, "aligned by event");
    driver_key(&driver, KEYCODE_TAB);
    driver_key(&driver, KEYCODE_ENTER); /* the gap of B is where they begin to differ */
    ck_assert_int_eq(view_number(view), 4);
    ck_assert_int_eq(view->runs.baseline_at, 4);
    driver_type(&driver, "c");
    ck_assert_ptr_nonnull(view->dialog);
    driver_type(&driver, "x");
    ck_assert_ptr_null(view_baseline(view));
    ck_assert_ptr_null(view->dialog);
    finish();
}
END_TEST

START_TEST(another_run_in_a_followed_directory_begins_anew)
{
    setup(10);
    driver_type(&driver, "[");
    struct message *restart = message_new(MESSAGE_RESTART);
    view_fold_take(view, restart);
    ck_assert_int_eq(view->mode, VIEW_LIVE);
    ck_assert_int_eq(view_number(view), 0);
    deliver_iteration(1);
    ck_assert_int_eq(view_number(view), 1);
    finish();
}
END_TEST

Suite *runs_suite(void)
{
    const TTest *const tests[] = {
        the_panel_lists_the_runs_and_marks_the_one_shown,
        the_cursor_of_the_list_is_bound_to_a_run,
        i_explains_the_run_under_the_cursor,
        enter_asks_before_it_covers_a_live_run,
        a_path_can_be_typed_and_what_cannot_be_read_is_said,
        a_live_run_goes_on_under_an_opened_one,
        zero_and_escape_lead_back_to_live_too,
        what_the_live_run_says_meanwhile_is_told_as_its_own,
        a_gate_of_an_opened_run_never_becomes_the_live_runs,
        a_replay_plays_one_iteration_a_second_and_stops_at_the_end,
        the_speed_stays_between_a_quarter_and_64,
        the_speed_has_no_meaning_live,
        a_file_that_is_missing_is_a_gap_with_its_name,
        a_run_that_was_read_to_compare_with_opens_the_comparison,
        another_run_in_a_followed_directory_begins_anew,
        NULL,
    };
    return harness_suite("runs", tests, 10);
}
