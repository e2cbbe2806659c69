/* test_clock: UTC texts and the virtual clock. */
#include "config.h"

#include "suites.h"

#include "model/clock.h"

static void assert_round_trip(int64_t ms, const char *wanted)
{
    char text[UTC_TEXT_MAX];
    utc_format(text, ms);
    ck_assert_str_eq(text, wanted);
    ck_assert_int_eq(utc_parse(text), ms);
}

START_TEST(formats_what_it_reads)
{
    assert_round_trip(CLOCK_MOCK_START_MS, "2025-01-01T00:00:00Z");
    assert_round_trip(CLOCK_MOCK_START_MS + 250, "2025-01-01T00:00:00.250Z");
    assert_round_trip(0, "1970-01-01T00:00:00Z");
    assert_round_trip(-1, "1969-12-31T23:59:59.999Z");
    assert_round_trip(INT64_C(951782400000), "2000-02-29T00:00:00Z");
    assert_round_trip(INT64_C(4107542399000), "2100-02-28T23:59:59Z");
    assert_round_trip(INT64_C(253402300799999), "9999-12-31T23:59:59.999Z");
    assert_round_trip(INT64_C(-62167219200000), "0000-01-01T00:00:00Z");
}
END_TEST

START_TEST(every_day_of_two_centuries)
{
    for (int64_t day = -36525; day < 36525; day++) {
        char text[UTC_TEXT_MAX];
        utc_format(text, day * 86400000);
        ck_assert_int_eq(utc_parse(text), day * 86400000);
    }
}
END_TEST

START_TEST(none_has_no_text)
{
    char text[UTC_TEXT_MAX] = "x";
    utc_format(text, UTC_NONE);
    ck_assert_str_eq(text, "");
    utc_format(text, INT64_MAX);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(reads_python_forms)
{
    int64_t wanted = INT64_C(1795327660067);
    ck_assert_int_eq(utc_parse("2026-11-22T06:07:40.067825Z"), wanted);
    ck_assert_int_eq(utc_parse("2026-11-22T06:07:40.067825+00:00"), wanted);
    ck_assert_int_eq(utc_parse("2026-11-22T06:07:40.5Z"), INT64_C(1795327660500));
}
END_TEST

START_TEST(refuses_what_is_no_time)
{
    static const char *const bad[] = {
        "",
        "2025",
        "2025-01-01",
        "2025-01-01T00:00:00",
        "2025-13-01T00:00:00Z",
        "2025-00-01T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2025-01-00T00:00:00Z",
        "2025-01-01T24:00:00Z",
        "2025-01-01T00:60:00Z",
        "2025-01-01T00:00:60Z",
        "2025-01-01T00:00:00.Z",
        "2025-01-01T00:00:00+02:00",
        "2025-01-01T00:00:00Zx",
        "2025-1-01T00:00:00Z",
        "now",
        "1900-02-29T00:00:00Z",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(utc_parse(bad[i]) == UTC_NONE, "'%s' was taken", bad[i]);
    ck_assert(utc_parse(NULL) == UTC_NONE);
}
END_TEST

static int64_t fixed_now(const struct clock *clock)
{
    (void)clock;
    return 42;
}

START_TEST(only_a_virtual_clock_is_moved)
{
    struct clock clock = clock_virtual(CLOCK_MOCK_START_MS);
    ck_assert(clock_is_virtual(&clock));
    clock_advance(&clock, 1000);
    ck_assert_int_eq(clock_now(&clock), CLOCK_MOCK_START_MS + 1000);
    struct clock other = {fixed_now, 0};
    clock_advance(&other, 1000);
    ck_assert(!clock_is_virtual(&other));
    ck_assert_int_eq(clock_now(&other), 42);
    ck_assert_int_eq(other.virtual_ms, 0);
}
END_TEST

Suite *clock_suite(void)
{
    const TTest *const tests[] = {
        formats_what_it_reads,
        every_day_of_two_centuries,
        none_has_no_text,
        reads_python_forms,
        refuses_what_is_no_time,
        only_a_virtual_clock_is_moved,
        NULL,
    };
    return harness_suite("clock", tests, 20);
}
