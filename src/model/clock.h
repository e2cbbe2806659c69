/* clock: time as an argument. UTC in milliseconds since 1970-01-01T00:00:00Z. The real clock is
 * artifact/realclock.h; a virtual one serves mock runs, replays and tests. */
#ifndef SOAKTOP_MODEL_CLOCK_H
#define SOAKTOP_MODEL_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTC_TEXT_MAX = 32 };
#define UTC_NONE INT64_MIN

struct clock {
    int64_t (*now_ms)(const struct clock *clock);
    int64_t virtual_ms; /* of a virtual clock: what now_ms returns */
};

/* A mock run's clock starts at 2025-01-01T00:00:00Z. */
#define CLOCK_MOCK_START_MS INT64_C(1735689600000)

struct clock clock_virtual(int64_t start_ms);
int64_t clock_now(const struct clock *clock);
bool clock_is_virtual(const struct clock *clock);
/* Moves a virtual clock on; a real one is left alone. */
void clock_advance(struct clock *clock, int64_t ms);

/* "2025-01-01T00:00:00Z"; with a fraction ".250Z" only if there is one. UTC_NONE gives "". */
void utc_format(char text[UTC_TEXT_MAX], int64_t ms);
/* Reads what utc_format writes, also with microseconds or +00:00; UTC_NONE if it is no such time.
 */
int64_t utc_parse(const char *text);

#endif
