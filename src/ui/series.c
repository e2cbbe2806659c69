/* series: see series.h. Invariant: what stands under index i was read from iteration i + 1, unless
 * series_forget or series_look_back is still to be called for it. UI thread; pure. */
#include "config.h"

#include "ui/series.h"

#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/rails.h"

enum { FAN = 16, FAILED = 0, MISSING = 1 };

void series_fini(struct series *series)
{
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        track_fini(&series->kpi[kpi]);
    for (int k = 0; k <= TRACK_LEVELS; k++)
        free(series->bits[k]);
    free(series->faults);
    *series = (struct series){0};
}

void series_forget(struct series *series, int number)
{
    size_t count = number > 0 ? (size_t)number - 1 : 0;
    if (count >= series->count)
        return;
    series->count = count;
    series->last = NULL;
    series->freeze_at = series->freeze_at > (int)count ? 0 : series->freeze_at;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        track_cut(&series->kpi[kpi], count);
}

static unsigned letter_bit(const char *rank, int shift, char letter)
{
    const char *place = strchr(rank, letter);
    return place != NULL && letter != '\0' ? 1u << (shift + (int)(place - rank)) : 0;
}

static unsigned bits_of(const struct iteration *iteration, const struct thresholds *thresholds)
{
    unsigned bits = letter_bit(RAIL_EVENT_RANK, SERIES_EVENT_BITS, rail_event_letter(iteration)) |
                    letter_bit(RAIL_KPI_RANK, SERIES_KPI_BITS, rail_kpi_letter(iteration));
    if (!iteration_passes(iteration, thresholds_limits(thresholds, false)))
        bits |= 1u << SERIES_MISSES;
    if (!iteration_passes(iteration, thresholds_limits(thresholds, true)))
        bits |= 1u << SERIES_MISSES_MOCK;
    return bits;
}

/* Sums up the complete blocks, among those of the first COUNT iterations, that hold INDEX. */
static void sum_blocks(struct series *series, size_t index, size_t count)
{
    size_t size = FAN;
    for (int k = 1; k <= TRACK_LEVELS; k++, size *= FAN) {
        size_t place = index / size;
        if ((place + 1) * size > count)
            return;
        mem_grow((void **)&series->bits[k], &series->room[k], place + 1, sizeof **series->bits);
        unsigned sum = 0;
        for (size_t i = place * FAN; i < (place + 1) * FAN; i++)
            sum |= series->bits[k - 1][i];
        series->bits[k][place] = sum;
    }
}

static void add(struct series *series, const struct iteration *iteration,
                const struct thresholds *thresholds)
{
    size_t index = series->count++;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        track_add(&series->kpi[kpi], iteration_kpi(iteration, (enum kpi)kpi));
    mem_grow((void **)&series->bits[0], &series->room[0], series->count, sizeof **series->bits);
    series->bits[0][index] = bits_of(iteration, thresholds);
    mem_grow((void **)&series->faults, &series->faults_room, series->count, sizeof *series->faults);
    for (int i = 0; i < 2; i++)
        series->faults[index][i] = index > 0 ? series->faults[index - 1][i] : 0;
    series->faults[index][FAILED] += iteration->state == ITERATION_FAILED;
    series->faults[index][MISSING] += iteration->state == ITERATION_GAP;
    if (iteration->freeze_triggered && series->freeze_at == 0)
        series->freeze_at = iteration->number;
    sum_blocks(series, index, series->count);
}

/* True if what was read before belongs to RUN. */
static bool is_same(const struct series *series, const struct run *run)
{
    if (series->count == 0)
        return true;
    bool last = series->last == NULL ||
                (series->count <= run->count && series->last == run->iteration[series->count - 1]);
    return series->count <= run->count && series->first == run->iteration[0] && last;
}

void series_sync(struct series *series, const struct run *run, const struct thresholds *thresholds)
{
    if (!is_same(series, run))
        series_forget(series, 1);
    while (series->count < run->count)
        add(series, run->iteration[series->count], thresholds);
    series->first = run->count > 0 ? run->iteration[0] : NULL;
    series->last = run->count > 0 ? run->iteration[run->count - 1] : NULL;
}

void series_look_back(struct series *series, const struct run *run,
                      const struct thresholds *thresholds)
{
    for (size_t i = 0; i < run->change_count; i++) {
        const struct iteration *iteration = run_iteration(run, run->change[i].after_iteration);
        if (run->change[i].kind != CHANGE_APPLY || iteration == NULL ||
            (size_t)iteration->number > series->count)
            continue;
        size_t index = (size_t)iteration->number - 1;
        unsigned bits = bits_of(iteration, thresholds);
        if (bits == series->bits[0][index])
            continue;
        series->bits[0][index] = bits;
        sum_blocks(series, index, series->count);
    }
}

unsigned series_bits(const struct series *series, int from, int to)
{
    unsigned bits = 0;
    size_t at = from > 0 ? (size_t)from - 1 : 0, end = to > 0 ? (size_t)to : 0;
    end = end < series->count ? end : series->count;
    while (at < end) {
        size_t size = 1;
        int level = 0;
        while (level < TRACK_LEVELS && at % (size * FAN) == 0 && at + size * FAN <= end) {
            size *= FAN;
            level++;
        }
        bits |= series->bits[level][at / size];
        at += size;
    }
    return bits;
}

static char first_letter(unsigned bits, const char *rank, int shift)
{
    for (int i = 0; rank[i] != '\0'; i++)
        if (bits & 1u << (shift + i))
            return rank[i];
    return '\0';
}

char series_event(unsigned bits)
{
    return first_letter(bits, RAIL_EVENT_RANK, SERIES_EVENT_BITS);
}

char series_kpi(unsigned bits)
{
    return first_letter(bits, RAIL_KPI_RANK, SERIES_KPI_BITS);
}

unsigned series_waiting(void)
{
    return letter_bit(RAIL_EVENT_RANK, SERIES_EVENT_BITS, '?');
}

static int faults(const struct series *series, int number, int which)
{
    size_t count = number > 0 ? (size_t)number : 0;
    count = count < series->count ? count : series->count;
    return count > 0 ? series->faults[count - 1][which] : 0;
}

int series_failed(const struct series *series, int number)
{
    return faults(series, number, FAILED);
}

int series_missing(const struct series *series, int number)
{
    return faults(series, number, MISSING);
}
