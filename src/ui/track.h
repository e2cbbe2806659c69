/* track: the values of one figure, iteration after iteration, that can tell lowest, highest and
 * mean of any stretch without looking at each of them: a graph costs the same after 20 and after
 * 20000 iterations. UI thread; pure. */
#ifndef SOAKTOP_UI_TRACK_H
#define SOAKTOP_UI_TRACK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/value.h"

enum { TRACK_LEVELS = 4 };

/* What a stretch of values holds; low, high and sum only if something is present. */
struct track_range {
    size_t present;   /* values that are not missing */
    size_t synthetic; /* of those, made up */
    double low, high, sum;
};

struct track {
    size_t count, capacity;
    struct value *value; /* [count]; owned */
    /* of each 16, 256, ... values that are complete; owned */
    struct track_range *block[TRACK_LEVELS];
    size_t room[TRACK_LEVELS];
};

/* A track begins as {0}. */
void track_fini(struct track *track);
void track_add(struct track *track, struct value value);
/* Forgets all values from COUNT on. */
void track_cut(struct track *track, size_t count);
/* The values FROM up to, without, TO; what lies behind the last one counts as missing. */
struct track_range track_range(const struct track *track, size_t from, size_t to);
/* The index of the worst of them, the first of equals; FROM if nothing is present. */
size_t track_worst(const struct track *track, size_t from, size_t to, bool larger_is_better);

#endif
