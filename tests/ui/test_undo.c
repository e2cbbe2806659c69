/* undo: u takes the newest thing back, whether it is a step of the screen or a decision. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "driver.h"
#include "harness.h"

static struct driver driver;
static int level; /* what the steps of the tests count */

static unsigned step_back(struct view *view, const void *data)
{
    (void)view;
    level -= *(const int *)data;
    return REACT_NONE;
}

static unsigned step_again(struct view *view, const void *data)
{
    (void)view;
    level += *(const int *)data;
    return REACT_NONE;
}

static const struct undo_class steps = {step_back, step_again};

static void step(int by)
{
    char name[32];
    snprintf(name, sizeof name, "step by %d", by);
    level += by;
    undo_note(driver.view, &steps, name, &by, sizeof by);
}

/* The engine tells of a decision on, or of one taken back. */
static void tell(unsigned decided, unsigned taken_back, size_t undo, size_t redo)
{
    struct proposal *pending = &driver.view->run.pending;
    struct proposal next = *pending;
    next.decided = decided;
    next.taken_back = taken_back;
    next.undo.count = undo;
    next.redo.count = redo;
    undo_note_proposal(driver.view, &next);
    *pending = next;
}

static void sent(enum decide_op op)
{
    struct command command = driver_sent(&driver, COMMAND_DECIDE);
    ck_assert_int_eq(command.op, op);
    ck_assert_int_eq(command.iteration, driver.view->run.pending.iteration);
    driver_sent_nothing(&driver);
}

START_TEST(steps_go_back_newest_first_and_come_again)
{
    driver_init(&driver, 22, QUIET);
    level = 0;
    driver_key(&driver, 'u');
    driver_says(&driver, "nothing to take back");
    step(1);
    step(10);
    driver_key(&driver, 'u');
    driver_says(&driver, "undid: step by 10");
    ck_assert_int_eq(level, 1);
    driver_key(&driver, 'u');
    ck_assert_int_eq(level, 0);
    driver_key(&driver, 'u');
    driver_says(&driver, "nothing to take back");
    driver_key(&driver, 'U');
    driver_says(&driver, "redid: step by 1");
    driver_key(&driver, 'U');
    ck_assert_int_eq(level, 11);
    driver_key(&driver, 'U');
    driver_says(&driver, "nothing was taken back");
    driver_key(&driver, 'u');
    step(100); /* a new step: the other can no longer be done again */
    driver_key(&driver, 'U');
    ck_assert_int_eq(level, 101);
    driver_fini(&driver);
}
END_TEST

START_TEST(the_oldest_of_too_many_is_forgotten)
{
    driver_init(&driver, 22, QUIET);
    level = 0;
    for (int i = 0; i < UNDO_STEPS_MAX + 5; i++)
        step(1);
    for (int i = 0; i < UNDO_STEPS_MAX + 5; i++)
        driver_key(&driver, 'u');
    ck_assert_int_eq(level, 5);
    driver_fini(&driver);
}
END_TEST

START_TEST(of_a_step_and_a_decision_the_later_goes_first)
{
    driver_init(&driver, 22, PROPOSED);
    level = 0;
    step(1);
    driver_pass(&driver, 1000);
    tell(1, 0, 1, 0);
    driver_key(&driver, 'u');
    sent(DECIDE_UNDO);
    tell(1, 1, 0, 1);
    driver_pass(&driver, 1000);
    driver_key(&driver, 'u');
    ck_assert_int_eq(level, 0);
    driver_pass(&driver, 1000);
    driver_key(&driver, 'U'); /* undone last: the step */
    ck_assert_int_eq(level, 1);
    driver_key(&driver, 'U');
    sent(DECIDE_REDO);
    tell(2, 1, 1, 0);
    driver_pass(&driver, 1000);
    step(10);
    driver_key(&driver, 'u');
    ck_assert_int_eq(level, 1);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

START_TEST(read_only_takes_back_steps_but_no_decision)
{
    driver_init(&driver, 22, PROPOSED);
    tell(1, 0, 1, 0);
    driver_key(&driver, '!');
    driver_key(&driver, 'u');
    driver_says(&driver, "undo: read-only");
    driver_sent_nothing(&driver);
    level = 0;
    step(1);
    driver_key(&driver, 'u');
    ck_assert_int_eq(level, 0);
    driver_sent_nothing(&driver);
    driver_fini(&driver);
}
END_TEST

Suite *undo_suite(void)
{
    Suite *suite = suite_create("undo");
    TCase *tcase = tcase_create("undo");
    tcase_add_test(tcase, steps_go_back_newest_first_and_come_again);
    tcase_add_test(tcase, the_oldest_of_too_many_is_forgotten);
    tcase_add_test(tcase, of_a_step_and_a_decision_the_later_goes_first);
    tcase_add_test(tcase, read_only_takes_back_steps_but_no_decision);
    suite_add_tcase(suite, tcase);
    return suite;
}
