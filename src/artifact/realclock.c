/* realclock: the system's clock behind struct clock. Any thread. */
#include "config.h"

#include "artifact/realclock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec now = {0};

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t wall_ms(const struct clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_REALTIME);
}

struct clock clock_real(void)
{
    return (struct clock){.now_ms = wall_ms, .virtual_ms = 0};
}

int64_t monotonic_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}
