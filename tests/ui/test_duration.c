/* test_duration: spans as text, and that the loop is told the very moment at which a text changes.
 */
#include "config.h"

#include <string.h>

#include "harness.h"
#include "suites.h"
#include "ui/duration.h"

typedef void duration_writer(char text[DURATION_TEXT_MAX], int64_t ms);

static void check_text(duration_writer *write, int64_t ms, const char *wanted)
{
    char text[DURATION_TEXT_MAX];
    write(text, ms);
    ck_assert_str_eq(text, wanted);
}

START_TEST(spans_have_two_units_at_most)
{
    check_text(duration_text, -5, "0s");
    check_text(duration_text, 59999, "59s");
    check_text(duration_text, 192000, "3m12s");
    check_text(duration_text, 7500000, "2h05m");
    check_text(duration_text, 273600000, "3d04h");
    check_text(duration_coarse, 59999, "59s");
    check_text(duration_coarse, 192000, "3m");
    check_text(duration_left, 192000, "3m12s");
    check_text(duration_left, 191001, "3m12s");
    check_text(duration_left, 1, "1s");
    check_text(duration_left, 0, "0s");
}
END_TEST

static const int64_t spans[] = {0,       1,        999,      1000,     59000,    59999,   60000,
                                61500,   3599000,  3599001,  3600000,  3600001,  3660000, 3661000,
                                5000123, 86399000, 86400000, 86400001, 90000000, 90001000};

/* A span that grows: the text stays until just before the tick, and changes at it. */
static void check_growing(duration_writer *write, int64_t (*tick)(int64_t), int64_t ms)
{
    char now[DURATION_TEXT_MAX], text[DURATION_TEXT_MAX];
    int64_t wait = tick(ms);
    ck_assert_int_ge(wait, 1);
    write(now, ms);
    write(text, ms + wait - 1);
    ck_assert_str_eq(text, now);
    write(text, ms + wait);
    ck_assert_msg(strcmp(text, now) != 0, "%s at %lld + %lld", text, (long long)ms,
                  (long long)wait);
}

START_TEST(a_growing_span_changes_at_its_tick_and_not_before)
{
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        check_growing(duration_text, duration_tick, spans[i]);
        check_growing(duration_coarse, duration_coarse_tick, spans[i]);
    }
}
END_TEST

START_TEST(what_is_left_changes_at_its_tick_and_not_before)
{
    for (size_t i = 1; i < sizeof spans / sizeof *spans; i++) {
        char now[DURATION_TEXT_MAX], text[DURATION_TEXT_MAX];
        int64_t wait = duration_left_tick(spans[i]);
        ck_assert_int_ge(wait, 1);
        duration_left(now, spans[i]);
        duration_left(text, spans[i] - wait + 1);
        ck_assert_str_eq(text, now);
        duration_left(text, spans[i] - wait);
        ck_assert_msg(strcmp(text, now) != 0, "%s at %lld", text, (long long)spans[i]);
    }
    ck_assert_int_eq(duration_left_tick(0), -1);
    ck_assert_int_eq(duration_left_tick(-7), -1);
}
END_TEST

Suite *duration_suite(void)
{
    const TTest *const list[] = {
        spans_have_two_units_at_most,
        a_growing_span_changes_at_its_tick_and_not_before,
        what_is_left_changes_at_its_tick_and_not_before,
        NULL,
    };
    return harness_suite("duration", list, 5);
}
