/* track: see track.h. Each level holds the sums of 16 of the level below. UI thread; pure.
 * Invariant: level k holds exactly count / 16^(k+1) blocks that count. */
#include "config.h"

#include "ui/track.h"

#include <math.h>
#include <stdlib.h>

#include "model/mem.h"

enum { FAN = 16 };

void track_fini(struct track *track)
{
    for (int k = 0; k < TRACK_LEVELS; k++)
        free(track->block[k]);
    free(track->value);
    *track = (struct track){0};
}

static void merge(struct track_range *into, const struct track_range *range)
{
    if (range->present == 0)
        return;
    if (into->present == 0) {
        *into = *range;
        return;
    }
    into->present += range->present;
    into->synthetic += range->synthetic;
    into->low = fmin(into->low, range->low);
    into->high = fmax(into->high, range->high);
    into->sum += range->sum;
}

static void merge_value(struct track_range *into, struct value value)
{
    if (!value_present(value))
        return;
    struct track_range one = {1, value_usable(value) ? 0 : 1, value.number, value.number,
                              value.number};
    merge(into, &one);
}

/* The block of LEVEL that ends with the newest value is complete: makes it of its parts. */
static void close_block(struct track *track, int level, size_t size)
{
    struct track_range sum = {0};
    size_t place = track->count / size - 1;
    mem_grow((void **)&track->block[level], &track->room[level], place + 1, sizeof sum);
    for (size_t i = place * FAN; i < (place + 1) * FAN; i++) {
        if (level == 0)
            merge_value(&sum, track->value[i]);
        else
            merge(&sum, &track->block[level - 1][i]);
    }
    track->block[level][place] = sum;
}

void track_add(struct track *track, struct value value)
{
    mem_grow((void **)&track->value, &track->capacity, track->count + 1, sizeof value);
    track->value[track->count++] = value;
    size_t size = FAN;
    for (int k = 0; k < TRACK_LEVELS && track->count % size == 0; k++, size *= FAN)
        close_block(track, k, size);
}

void track_cut(struct track *track, size_t count)
{
    track->count = count < track->count ? count : track->count;
}

struct track_range track_range(const struct track *track, size_t from, size_t to)
{
    struct track_range sum = {0};
    to = to < track->count ? to : track->count;
    while (from < to) {
        size_t size = 1;
        int level = -1;
        while (level + 1 < TRACK_LEVELS && from % (size * FAN) == 0 && from + size * FAN <= to) {
            size *= FAN;
            level++;
        }
        if (level < 0)
            merge_value(&sum, track->value[from]);
        else
            merge(&sum, &track->block[level][from / size]);
        from += size;
    }
    return sum;
}

static bool worse(struct value a, struct value b, bool larger_is_better)
{
    if (!value_present(a) || !value_present(b))
        return value_present(a);
    return larger_is_better ? a.number < b.number : a.number > b.number;
}

size_t track_worst(const struct track *track, size_t from, size_t to, bool larger_is_better)
{
    size_t worst = from;
    to = to < track->count ? to : track->count;
    for (size_t i = from + 1; i < to; i++)
        if (worse(track->value[i], track->value[worst], larger_is_better))
            worst = i;
    return worst;
}
