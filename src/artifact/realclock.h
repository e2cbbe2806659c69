/* realclock: the system's clock behind struct clock, and monotonic time for waits. */
#ifndef SOAKTOP_ARTIFACT_REALCLOCK_H
#define SOAKTOP_ARTIFACT_REALCLOCK_H

#include "model/clock.h"

struct clock clock_real(void);
/* Milliseconds of CLOCK_MONOTONIC: for waits and measures only, never recorded. */
int64_t monotonic_ms(void);

#endif
