/* stats: figures over a window of values; missing and synthetic ones are left out. Pure. */
#ifndef SOAKTOP_MODEL_STATS_H
#define SOAKTOP_MODEL_STATS_H

#include <stddef.h>
#include "model/value.h"

struct stats {
    size_t count; /* values that were usable */
    /* missing if count is 0; deviation (sample, n-1) is 0 for one value */
    struct value mean, median, minimum, maximum, deviation;
};

struct stats stats_of(const struct value *values, size_t count);

/* NUMBER rounded to DECIMALS, half to even on the exact binary value, as Python's round. */
double stats_round(double number, int decimals);

#endif
