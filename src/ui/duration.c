/* duration: see duration.h. Pure. */
#include "config.h"

#include "ui/duration.h"

#include <stdio.h>

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* Two units: "3m12s". */
static void two_units(char *text, int64_t ms, int64_t large, const char *units)
{
    int64_t small = large == DAY ? HOUR : large / 60;
    snprintf(text, DURATION_TEXT_MAX, "%lld%c%02lld%c", (long long)(ms / large), units[0],
             (long long)(ms % large / small), units[1]);
}

void duration_text(char text[DURATION_TEXT_MAX], int64_t ms)
{
    if (ms >= DAY)
        two_units(text, ms, DAY, "dh");
    else if (ms >= HOUR)
        two_units(text, ms, HOUR, "hm");
    else if (ms >= MINUTE)
        two_units(text, ms, MINUTE, "ms");
    else
        snprintf(text, DURATION_TEXT_MAX, "%llds", ms > 0 ? (long long)(ms / SECOND) : 0LL);
}

void duration_coarse(char text[DURATION_TEXT_MAX], int64_t ms)
{
    if (ms >= MINUTE && ms < HOUR)
        snprintf(text, DURATION_TEXT_MAX, "%lldm", (long long)(ms / MINUTE));
    else
        duration_text(text, ms);
}

static int64_t to_next(int64_t ms, int64_t unit)
{
    return ms < 0 ? unit : unit - ms % unit;
}

int64_t duration_tick(int64_t ms)
{
    return to_next(ms, ms >= DAY ? HOUR : ms >= HOUR ? MINUTE : SECOND);
}

int64_t duration_coarse_tick(int64_t ms)
{
    return to_next(ms, ms >= DAY ? HOUR : ms >= MINUTE ? MINUTE : SECOND);
}

static int64_t round_up(int64_t ms)
{
    return ms <= 0 ? 0 : (ms + SECOND - 1) / SECOND * SECOND;
}

void duration_left(char text[DURATION_TEXT_MAX], int64_t left_ms)
{
    duration_text(text, round_up(left_ms));
}

int64_t duration_left_tick(int64_t left_ms)
{
    if (left_ms <= 0)
        return -1;
    /* Rounded up, "1h00m" stands for 1:00:00 to 1:00:59: it ends at 59:59. */
    int64_t shown = round_up(left_ms), unit = shown >= DAY ? HOUR : shown >= HOUR ? MINUTE : SECOND;
    int64_t next = shown / unit * unit - SECOND;
    return left_ms - next;
}
