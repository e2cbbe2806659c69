/* A run that is killed at any of its writes, or whose disk is full from there on, goes on to the
 * same artifacts as one that was not (ENGINE section 8): by itself and with an operator. */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "artifact/integrity.h"
#include "mortal.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

enum { AUTO_ITERATIONS = 6, MANUAL_ITERATIONS = 10 };

static struct mortal mortal;

static void must(enum mortal_end end, enum mortal_end wanted, const char *where)
{
    ck_assert_msg(end == wanted, "%s: end %d, not %d: %s", where, (int)end, (int)wanted,
                  mortal.memory->fault);
}

/* The run that nothing happens to, in "whole"; its steps. */
static long run_whole(enum approve_mode mode, int iterations)
{
    mortal_init(&mortal, "whole", mode, iterations);
    must(mortal_run(&mortal, CRASH_NONE, 0, 0), MORTAL_DONE, "whole");
    mortal.root = "killed";
    return mortal.memory->steps;
}

/* What a crash left is no fault: files may lag behind, but none is at odds with the journal. Before
 * there is a journal there is nothing to say. */
static long audited;

static void audit_killed(const char *where)
{
    struct error err = ERROR_INIT;
    struct rundir dir;
    static struct integrity found;
    if (rundir_open(&dir, tempdir_path("%s", mortal.root), &err) != 0)
        return;
    int result = integrity_check(&found, &dir, &soak_config()->params, &err);
    rundir_close(&dir);
    const struct integrity_fault *fault = &found.fault;
    ck_assert_msg(result != 0 || integrity_ok(&found), "%s: record %ld: %s: %s: %s", where,
                  fault->record, fault->file, fault->place, fault->text);
    ck_assert_msg(result == 0 || err.code == ERROR_INPUT, "%s: %s", where, err.text);
    ck_assert_msg(!found.in_progress, "%s: the lock of a dead process holds", where);
    audited += result == 0;
}

/* Every step; under a sanitizer, where each takes many times as long, every third. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 3 };
#else
enum { STRIDE = 1 };
#endif

/* Killed before step AT, its resume before step AGAIN (0: not). */
static void kill_at(long at, long again)
{
    char where[80];
    snprintf(where, sizeof(where), "killed at step %ld and %ld", at, again);
    must(mortal_run(&mortal, CRASH_KILL, at, 0), MORTAL_KILLED, where);
    audit_killed(where);
    if (again) {
        enum mortal_end end = mortal_resume(&mortal, CRASH_KILL, again);
        if (end != MORTAL_DONE)
            must(end, MORTAL_KILLED, where);
        audit_killed(where);
    }
    enum mortal_end end = mortal_resume(&mortal, CRASH_NONE, 0);
    must(end, MORTAL_DONE, where);
    mortal_same("whole", "killed", where);
    mortal_clear("killed");
}

static void kill_everywhere(enum approve_mode mode, int iterations)
{
    long steps = run_whole(mode, iterations);
    ck_assert_int_gt(steps, 100);
    for (long at = 1; at <= steps; at += STRIDE)
        kill_at(at, at % 5 == 0 ? 1 + at * 7 % 23 : 0);
    ck_assert_int_gt(audited, steps / STRIDE * 9 / 10);
    mortal_fini(&mortal);
}

START_TEST(by_itself_it_leaves_the_same_bytes_wherever_it_is_killed)
{
    kill_everywhere(APPROVE_AUTO, AUTO_ITERATIONS);
}
END_TEST

START_TEST(with_an_operator_no_answer_is_lost_wherever_it_is_killed)
{
    kill_everywhere(APPROVE_MANUAL, MANUAL_ITERATIONS);
}
END_TEST

/* The number of the last step that is a write to the journal, and its bytes: of the auto run that
 * is the record of its end. */
static long last_record(long steps, size_t *size)
{
    for (long at = steps; at > 0; at--) {
        must(mortal_run(&mortal, CRASH_NONE, at, 0), MORTAL_DONE, "looking for the last record");
        *size = mortal.memory->size;
        mortal_clear("killed");
        if (*size > 0 && *size < 400)
            return at;
    }
    return 0;
}

START_TEST(a_record_torn_at_any_of_its_bytes_is_cut_off)
{
    char where[80];
    size_t size = 0;
    long at = last_record(run_whole(APPROVE_AUTO, 2), &size);
    ck_assert_int_gt(at, 0);
    for (size_t bytes = 0; bytes < size; bytes += STRIDE) {
        snprintf(where, sizeof(where), "torn after %zu of %zu bytes", bytes, size);
        must(mortal_run(&mortal, CRASH_TORN, at, bytes), MORTAL_KILLED, where);
        must(mortal_resume(&mortal, CRASH_NONE, 0), MORTAL_DONE, where);
        mortal_same("whole", "killed", where);
        mortal_clear("killed");
    }
    mortal_fini(&mortal);
}
END_TEST

/* From any step on nothing can be written any more: the run ends with a clear error, and goes on
 * once there is room. */
START_TEST(a_full_disk_ends_the_run_and_it_goes_on_with_room)
{
    char where[80];
    long steps = run_whole(APPROVE_AUTO, 3);
    for (long at = 1; at <= steps; at += STRIDE) {
        snprintf(where, sizeof(where), "full from step %ld on", at);
        enum mortal_end end = mortal_run(&mortal, CRASH_FULL, at, (size_t)(at % 40));
        if (end != MORTAL_DONE) {
            must(end, MORTAL_FAILED, where);
            ck_assert_msg(strstr(mortal.memory->fault, "No space left"), "%s: %s", where,
                          mortal.memory->fault);
        }
        must(mortal_resume(&mortal, CRASH_NONE, 0), MORTAL_DONE, where);
        mortal_same("whole", "killed", where);
        mortal_clear("killed");
    }
    mortal_fini(&mortal);
}
END_TEST

Suite *crash_suite(void)
{
    Suite *suite = suite_create("crash");
    TCase *tcase = tcase_create("crash");
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, by_itself_it_leaves_the_same_bytes_wherever_it_is_killed);
    tcase_add_test(tcase, with_an_operator_no_answer_is_lost_wherever_it_is_killed);
    tcase_add_test(tcase, a_record_torn_at_any_of_its_bytes_is_cut_off);
    tcase_add_test(tcase, a_full_disk_ends_the_run_and_it_goes_on_with_room);
    suite_add_tcase(suite, tcase);
    return suite;
}
