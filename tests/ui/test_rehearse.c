/* test_rehearse: a rehearsal by its keys: what it shows and asks, what it leaves alone, and that it
 * never looks like the run. The worked example's numbers (ENGINE section 10). */
#include "config.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "harness.h"
#include "suites.h"
#include "ui/key.h"
#include "ui/sandbox.h"

static struct driver driver;

/* A replay of 22 iterations at NUMBER. */
static void replay_at(int number)
{
    driver_init(&driver, 22, QUIET);
    struct view *view = driver.view;
    view->mode = VIEW_REPLAY;
    view->readonly = view->forever_readonly = true;
    view_show(view, number);
    view_refresh(view);
}

static void enter_at(int number)
{
    replay_at(number);
    for (int i = 1; i <= 22; i++) { /* the bot says which parameters it runs with */
        struct iteration *iteration = iteration_copy(run_iteration(&driver.view->run, i));
        snprintf(iteration->summary.overrides_hash, sizeof iteration->summary.overrides_hash, "%s",
                 iteration->signature);
        run_put_iteration_take(&driver.view->run, iteration);
    }
    driver_key(&driver, 'r');
    ck_assert_int_eq(driver.view->mode, VIEW_SANDBOX);
}

static void confirm(void)
{
    driver_pass(&driver, 500);
    driver_key(&driver, 'Y');
}

static void leave(void)
{
    driver_fini(&driver);
}

/* MAKER_BOOST rejected at 6: at 7 it asks for 0.135 and 204 again. */
START_TEST(another_decision_leads_to_another_proposal)
{
    enter_at(6);
    driver_shows(&driver, "SANDBOX");
    driver_shows(&driver, "base_spread_bps      0.120 -> 0.135");
    driver_type(&driver, "*x1");
    driver_says(&driver, "rehearsed: rejected");
    driver_key(&driver, ']');
    driver_shows(&driver, "it 7 waits");
    driver_shows(&driver, "base_spread_bps      0.120 -> 0.135");
    driver_shows(&driver, "replace_rate_per_min   240 ->   204");
    driver_shows(&driver, "NO it 6");
    leave();
}
END_TEST

/* Applied at 6 as recorded, 7 asks for 0.15 and 200 as recorded. */
START_TEST(an_apply_asks_with_its_own_words)
{
    enter_at(6);
    driver_type(&driver, "*aA");
    driver_shows(&driver, "REHEARSE: apply 2 of 2 lines of it 6");
    driver_shows(&driver, "SANDBOX: nothing is written");
    driver_shows(&driver, "Y (Shift)  rehearse it");
    driver_hides(&driver, "runtime_overrides.json");
    confirm();
    driver_shows(&driver, "it 6 is decided");
    driver_key(&driver, ']');
    driver_hides(&driver, "DIVERGED"); /* what the bot ran with says nothing of a rehearsal */
    driver_shows(&driver, "0.135 -> 0.150");
    driver_shows(&driver, "204 ->   200");
    leave();
}
END_TEST

/* What is staged and not applied is not lost by going on. */
START_TEST(going_on_wants_staged_lines_settled)
{
    enter_at(6);
    driver_type(&driver, "a]");
    driver_says(&driver, "1 line is staged and not applied");
    ck_assert_int_eq(view_number(driver.view), 6);
    leave();
}
END_TEST

START_TEST(n_decides_as_auto_would)
{
    enter_at(1);
    driver_key(&driver, 'N');
    ck_assert_int_eq(view_number(driver.view), 2);
    driver_shows(&driver, "min_interval_ms");
    for (int i = 0; i < 30; i++)
        driver_key(&driver, 'N');
    ck_assert_int_eq(view_number(driver.view), 22);
    driver_says(&driver, "the recorded run ends with iteration 22");
    driver_shows(&driver, "it 22 was the last seen");
    leave();
}
END_TEST

/* Back among what was decided the lines are shut; 0 leads to the newest. */
START_TEST(what_was_decided_is_looked_at)
{
    enter_at(6);
    driver_key(&driver, 'N');
    driver_key(&driver, '[');
    ck_assert_int_eq(view_number(driver.view), 6);
    driver_shows(&driver, "it 6 of the rehearsal");
    driver_key(&driver, 'a');
    driver_says(&driver, "approve: this iteration is decided: 0 goes to the newest");
    driver_key(&driver, '0');
    ck_assert_int_eq(view_number(driver.view), 7);
    driver_shows(&driver, "it 7 waits");
    leave();
}
END_TEST

/* u takes back across iterations, U does it again. */
START_TEST(undo_goes_back_across_iterations)
{
    enter_at(6);
    driver_type(&driver, "*x1]");
    ck_assert_int_eq(view_number(driver.view), 7);
    driver_key(&driver, 'u');
    driver_says(&driver, "rehearsed: undid: ");
    ck_assert_int_eq(view_number(driver.view), 6);
    driver_key(&driver, 'u');
    driver_says(&driver, "undid: rejected 2 lines");
    driver_shows(&driver, "it 6 waits: 2 open");
    driver_key(&driver, 'u');
    driver_says(&driver, "nothing to take back");
    driver_type(&driver, "UU");
    ck_assert_int_eq(view_number(driver.view), 7);
    leave();
}
END_TEST

START_TEST(a_rollback_is_rehearsed)
{
    enter_at(7);
    driver_key(&driver, 'R');
    driver_key(&driver, KEYCODE_ENTER);
    driver_shows(&driver, "REHEARSE: roll back");
    driver_shows(&driver, "SANDBOX: nothing is written");
    driver_hides(&driver, "runtime_overrides.json");
    confirm();
    driver_says(&driver, "rehearsed: rolled back");
    driver_shows(&driver, "oscill");
    leave();
}
END_TEST

/* Nothing reaches an engine, and the replay underneath is what it was. */
START_TEST(the_replay_is_left_alone)
{
    replay_at(6);
    char *before = compose_dump(driver.view, 120, 40);
    driver_key(&driver, 'r');
    driver_type(&driver, "*aA");
    confirm();
    driver_key(&driver, ']');
    driver_sent_nothing(&driver);
    driver_key(&driver, 'r');
    driver_shows(&driver, "decisions not exported");
    driver_key(&driver, KEYCODE_ENTER); /* the focus is on going on */
    ck_assert_int_eq(driver.view->mode, VIEW_SANDBOX);
    driver_key(&driver, 'r');
    confirm();
    ck_assert_int_eq(driver.view->mode, VIEW_REPLAY);
    ck_assert_int_eq(view_number(driver.view), 6);
    driver.view->status[0] = '\0';
    driver.view->focus = PANEL_DELTAS;
    view_refresh(driver.view);
    char *after = compose_dump(driver.view, 120, 40);
    ck_assert_str_eq(before, after);
    free(before);
    free(after);
    leave();
}
END_TEST

/* Esc, q and the key itself leave; without decisions nobody asks. */
START_TEST(leaving_without_decisions_asks_nothing)
{
    static const unsigned keys[] = {'r', 'q', KEYCODE_ESCAPE};
    for (size_t i = 0; i < 3; i++) {
        enter_at(6);
        ck_assert(!(driver_key(&driver, keys[i]) & REACT_QUIT));
        ck_assert_int_eq(driver.view->mode, VIEW_REPLAY);
        leave();
    }
}
END_TEST

/* "~" all round and the word, at every size; that KPIs are not simulated wherever it fits. */
START_TEST(it_never_looks_like_the_run)
{
    static const struct {
        int width, height;
        bool told;
    } sizes[] = {{200, 60, true}, {120, 40, true}, {80, 24, true}, {60, 16, true}, {40, 8, true},
                 {20, 4, true},   {12, 3, false},  {3, 2, false},  {1, 1, false}};
    enter_at(6);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct canvas canvas;
        int width = sizes[i].width, height = sizes[i].height;
        canvas_init(&canvas, width, height, CHARSET_ASCII);
        compose_draw(driver.view, &canvas);
        for (int y = 0; y < height; y++) {
            ck_assert_int_eq(canvas_code(&canvas, 0, y), '~');
            ck_assert_int_eq(canvas_code(&canvas, width - 1, y), '~');
        }
        char *text = canvas_dump(&canvas);
        if (sizes[i].told)
            ck_assert_msg(strstr(text, "simulated") != NULL, "%dx%d: %s", width, height, text);
        if (width >= 12)
            ck_assert_msg(strstr(text, "SANDBOX") != NULL, "%dx%d: %s", width, height, text);
        free(text);
        canvas_fini(&canvas);
    }
    leave();
}
END_TEST

/* The mouse finds the rows behind the border. */
START_TEST(the_mouse_reckons_with_the_border)
{
    enter_at(6);
    struct view *view = driver.view;
    struct layout layout = compose_layout(view, 80, 24);
    view->layout = &layout;
    struct rect tabs = layout.tabs;
    char *screen = compose_dump(view, 80, 24), *row = fixture_row(screen, tabs.y + 1);
    const char *tab = strstr(row, "[3 Params");
    ck_assert_ptr_nonnull(tab);
    struct mouse_event event = {.kind = MOUSE_PRESS, .x = (int)(tab - row) + 1, .y = tabs.y + 1};
    mouse_dispatch(view, &event);
    ck_assert_int_eq(view->focus, PANEL_PARAMS);
    free(row);
    free(screen);
    leave();
}
END_TEST

/* The runbook: what was seen, decided, and the command lines; after its export nobody asks. */
START_TEST(the_runbook_is_exported)
{
    char path[] = "/tmp/soaktop-runbook-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    unlink(path);
    enter_at(6);
    driver_type(&driver, "x1");
    driver_type(&driver, "ja");
    driver_key(&driver, 'A');
    confirm();
    driver_key(&driver, ']');
    driver_key(&driver, 't');
    driver_shows(&driver, "the runbook so far");
    driver_key(&driver, 'E');
    driver_shows(&driver, "EXPORT the runbook");
    driver_key(&driver, 0x15); /* ^U */
    driver_type(&driver, path);
    driver_key(&driver, KEYCODE_ENTER);
    driver_says(&driver, "the runbook is in ");
    char *text = sandbox_runbook(driver.view, false);
    static const char *const wanted[] = {
        "KPIs are those that were\nrecorded",
        "risk ratio 0.389",
        "rule MAKER_BOOST",
        "decided: rejected base_spread_bps",
        "soaktop deltas reject --iteration 6 base_spread_bps --reason 'too big'",
        "soaktop deltas approve --iteration 6 replace_rate_per_min",
        "soaktop deltas apply --iteration 6 --yes",
        "recorded: applied base_spread_bps 0.120 -> 0.135, replace_rate_per_min 240 -> 204",
        "| 240, from it 7 204"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(text, wanted[i]) != NULL, "no \"%s\" in: %s", wanted[i], text);
    free(text);
    driver_key(&driver, 'q');
    ck_assert_int_eq(driver.view->mode, VIEW_REPLAY);
    unlink(path);
    leave();
}
END_TEST

START_TEST(the_runbook_is_json_too)
{
    enter_at(6);
    driver_type(&driver, "x1]N");
    char *text = sandbox_runbook(driver.view, true);
    json_error_t fault;
    json_t *json = json_loads(text, 0, &fault);
    ck_assert_msg(json != NULL, "%s: %s", fault.text, text);
    ck_assert(json_is_true(json_object_get(json, "sandbox")));
    ck_assert_int_eq(json_integer_value(json_object_get(json, "from")), 6);
    json_t *first = json_array_get(json_object_get(json, "decisions"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(first, "op")), "reject");
    ck_assert_str_eq(json_string_value(json_object_get(first, "param")), "base_spread_bps");
    json_t *seven = json_array_get(json_object_get(json, "iterations"), 1);
    ck_assert_int_eq(json_integer_value(json_object_get(seven, "iteration")), 7);
    ck_assert(json_real_value(json_object_get(json_object_get(seven, "kpis"), "net_bps")) > 3.39);
    json_decref(json);
    free(text);
    leave();
}
END_TEST

/* An iteration whose parameters are not known cannot be rehearsed, and it says so. */
START_TEST(what_cannot_be_rehearsed_says_so)
{
    replay_at(6);
    struct iteration *bare = iteration_copy(run_iteration(&driver.view->run, 6));
    free(bare->params);
    bare->params = NULL;
    bare->param_count = 0;
    run_put_iteration_take(&driver.view->run, bare);
    driver_key(&driver, 'r');
    ck_assert_int_eq(driver.view->mode, VIEW_REPLAY);
    driver_says(&driver, "the parameters in force during iteration 6 were not recorded");
    leave();
}
END_TEST

Suite *rehearse_suite(void)
{
    const TTest *const list[] = {
        another_decision_leads_to_another_proposal,
        an_apply_asks_with_its_own_words,
        going_on_wants_staged_lines_settled,
        n_decides_as_auto_would,
        what_was_decided_is_looked_at,
        undo_goes_back_across_iterations,
        a_rollback_is_rehearsed,
        the_replay_is_left_alone,
        leaving_without_decisions_asks_nothing,
        it_never_looks_like_the_run,
        the_mouse_reckons_with_the_border,
        the_runbook_is_exported,
        the_runbook_is_json_too,
        what_cannot_be_rehearsed_says_so,
        NULL,
    };
    return harness_suite("rehearse", list, 60);
}
