/* test_realclock: the system's clock behind struct clock. */
#include "config.h"

#include "artifact/realclock.h"

#include <time.h>

#include "harness.h"
#include "suites.h"

START_TEST(real_time_is_utc_in_milliseconds)
{
    struct clock clock = clock_real();
    int64_t before = (int64_t)time(NULL) * 1000, now = clock_now(&clock);

    ck_assert(!clock_is_virtual(&clock));
    ck_assert_int_ge(now, before - 1000);
    ck_assert_int_le(now, before + 5000);
    clock_advance(&clock, 3600000);
    ck_assert_int_le(clock_now(&clock), now + 5000);
}
END_TEST

START_TEST(monotonic_time_counts_milliseconds)
{
    int64_t before = monotonic_ms();
    nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    int64_t passed = monotonic_ms() - before;

    ck_assert_int_ge(passed, 29);
    ck_assert_int_lt(passed, 5000);
}
END_TEST

Suite *realclock_suite(void)
{
    const TTest *const list[] = {real_time_is_utc_in_milliseconds,
                                 monotonic_time_counts_milliseconds, NULL};
    return harness_suite("realclock", list, 10);
}
