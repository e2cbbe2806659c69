/* effect: see effect.h. Pure; the thread that owns the run. */
#include "config.h"

#include "model/effect.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/mem.h"

enum {
    SIZE_MIN = 3,
    SIZES = EFFECT_BEFORE - SIZE_MIN + 1,
    PAIRS_MAX = EFFECT_BEFORE * EFFECT_K_MAX
};

/* The cut for n values before and m after, both from SIZE_MIN on; -1: no difference is enough. */
static const int cuts[SIZES][SIZES] = {
    {-1, -1, -1, -1, 0, 0}, {-1, -1, 0, 0, 1, 1}, {-1, 0, 1, 1, 2, 3},
    {-1, 0, 1, 2, 4, 5},    {0, 1, 2, 3, 5, 6},   {0, 1, 3, 5, 6, 8},
};

/* Kendall's S of 3 to 8 values that a series without a trend reaches with at most 0.05; of three it
 * is more, but more they cannot show. */
static const int trends[SIZES] = {3, 6, 8, 11, 13, 16};

/* Usable values of one side. */
struct side {
    size_t count;
    double value[EFFECT_BEFORE > EFFECT_K_MAX ? EFFECT_BEFORE : EFFECT_K_MAX];
};

const char *effect_answer_name(enum effect_answer answer)
{
    static const char *const names[] = {"cannot tell yet", "cannot tell", "helped", "hurt"};
    return names[answer];
}

const char *effect_why_name(enum effect_why why)
{
    static const char *const names[] = {"", "few values", "within the noise",
                                        "it moved that way before"};
    return names[why];
}

static struct side side_of(const struct run *run, enum kpi kpi, int from, int to)
{
    struct side side = {0};
    for (int n = from; n <= to && side.count < sizeof side.value / sizeof *side.value; n++) {
        const struct iteration *iteration = run_iteration(run, n);
        struct value value = iteration != NULL ? iteration_kpi(iteration, kpi) : value_missing();
        if (value_usable(value))
            side.value[side.count++] = value.number;
    }
    return side;
}

static int compare_numbers(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static struct value median_of(const double *numbers, size_t count)
{
    double sorted[PAIRS_MAX];
    if (count == 0)
        return value_missing();
    for (size_t i = 0; i < count; i++)
        sorted[i] = numbers[i];
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    return value_of(count % 2 ? sorted[count / 2]
                              : (sorted[count / 2 - 1] + sorted[count / 2]) / 2.0);
}

/* Index of a side's size in the tables; -1: too few. */
static int size_index(size_t count)
{
    return count < SIZE_MIN ? -1 : (int)count - SIZE_MIN;
}

/* 1 or -1 if the values before went up or down by themselves; 0: they did not. */
static int trend_of(const struct side *before)
{
    int sum = 0, least;
    for (size_t i = 0; i < before->count; i++)
        for (size_t j = i + 1; j < before->count; j++)
            sum += number_equal(before->value[i], before->value[j]) ? 0
                   : before->value[j] > before->value[i]            ? 1
                                                                    : -1;
    if (before->count < SIZE_MIN)
        return 0;
    least = trends[size_index(before->count)];
    return sum >= least ? 1 : sum <= -least ? -1 : 0;
}

/* Shift and limits; false if the sizes allow none. */
static bool fill_shift(struct effect_kpi *kpi, const struct side *before, const struct side *after)
{
    double difference[PAIRS_MAX];
    size_t count = 0;
    int n = size_index(before->count), m = size_index(after->count);
    int cut = n >= 0 && m >= 0 ? cuts[n][m] : -1;
    for (size_t i = 0; i < before->count; i++)
        for (size_t j = 0; j < after->count; j++)
            difference[count++] = after->value[j] - before->value[i];
    kpi->shift = median_of(difference, count);
    if (cut < 0)
        return false;
    qsort(difference, count, sizeof *difference, compare_numbers);
    kpi->low = value_of(difference[cut]);
    kpi->high = value_of(difference[count - 1 - (size_t)cut]);
    return true;
}

static void judge(struct effect_kpi *result, const struct run *run, const struct effect *effect,
                  enum kpi kpi)
{
    struct side before = side_of(run, kpi, effect->from, effect->applied_at);
    struct side after = side_of(run, kpi, effect->applied_at + 1,
                                effect->applied_at + effect->have);
    *result = (struct effect_kpi){.before_count = before.count,
                                  .after_count = after.count,
                                  .before = median_of(before.value, before.count),
                                  .after = median_of(after.value, after.count),
                                  .shift = value_missing(),
                                  .low = value_missing(),
                                  .high = value_missing()};
    if (!effect->ready)
        return;
    result->answer = EFFECT_CANNOT_TELL;
    result->why = EFFECT_FEW;
    if (!fill_shift(result, &before, &after))
        return;
    int way = value_above(result->low, 0.0) ? 1 : value_below(result->high, 0.0) ? -1 : 0;
    result->why = way == 0                   ? EFFECT_NOISE
                  : trend_of(&before) == way ? EFFECT_TREND
                                             : EFFECT_WHY_NONE;
    if (result->why == EFFECT_WHY_NONE)
        result->answer = (way > 0) == kpi_table[kpi].larger_is_better ? EFFECT_HELPED : EFFECT_HURT;
}

/* True if CHANGE took back something that APPLY wrote. */
static bool takes_back(const struct change *change, const struct change *apply)
{
    if (change->kind != CHANGE_ROLLBACK && change->kind != CHANGE_RESTORE)
        return false;
    for (int param = 0; (size_t)param < apply->param_count; param++)
        if (change_moves(apply, param) && change_moves(change, param))
            return true;
    return false;
}

/* Where the window after ends: with K iterations, or where the apply was taken back. */
static void look_after(struct effect *effect, const struct run *run, const struct change *apply,
                       int upto)
{
    int last = effect->applied_at + effect->k;
    for (const struct change *change = apply + 1; change < run->change + run->change_count;
         change++) {
        if (change->after_iteration >= last || change->after_iteration > upto)
            break;
        if (takes_back(change, apply)) {
            last = change->after_iteration;
            effect->taken_back = true;
            break;
        }
        if (effect->other_at == 0)
            effect->other_at = change->after_iteration;
    }
    effect->ready = upto >= last;
    effect->have = (upto < last ? upto : last) - effect->applied_at;
}

/* Where the window before begins: behind the change before it, if that leaves enough to tell. */
static void look_before(struct effect *effect, const struct run *run, const struct change *apply)
{
    enum { ENOUGH = 5 };
    int at = effect->applied_at, first = at - EFFECT_BEFORE + 1;
    effect->from = first < 1 ? 1 : first;
    for (const struct change *change = apply; change > run->change; change--) {
        int other = change[-1].after_iteration;
        if (other < effect->from)
            break;
        if (at - other < ENOUGH) {
            if (effect->other_at == 0)
                effect->other_at = other;
            continue;
        }
        effect->from = other + 1;
        break;
    }
}

void effect_fill(struct effect *effect, const struct run *run, const struct change *apply, int k,
                 int upto, bool over)
{
    *effect = (struct effect){.applied_at = apply->after_iteration, .k = k};
    if (upto <= 0 || upto > (int)run->count)
        upto = (int)run->count;
    look_before(effect, run, apply);
    look_after(effect, run, apply, upto);
    if (effect->have < 0)
        effect->have = 0;
    effect->ready |= over && upto == (int)run->count;
    for (int param = 0; (size_t)param < apply->param_count; param++)
        effect->params += change_moves(apply, param);
    effect->mixed = effect->params > 1 || effect->other_at > 0;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        judge(&effect->kpi[kpi], run, effect, (enum kpi)kpi);
}

static void add_kpi(const struct effect *effect, enum kpi kpi, struct buffer *text)
{
    const struct effect_kpi *result = &effect->kpi[kpi];
    int decimals = kpi_table[kpi].decimals;
    buffer_printf(text, "%s %s", kpi_table[kpi].label, effect_answer_name(result->answer));
    if (value_present(result->low))
        buffer_printf(text, " %+.*f (%+.*f..%+.*f)", decimals, result->shift.number, decimals,
                      result->low.number, decimals, result->high.number);
    else
        buffer_printf(text, " (%s: %zu, %zu)", effect_why_name(result->why), result->before_count,
                      result->after_count);
}

char *effect_sentence(const struct effect *effect)
{
    struct buffer text = {0};
    if (!effect->ready) {
        buffer_printf(&text, "%s (%d of %d it)", effect_answer_name(EFFECT_NOT_YET), effect->have,
                      effect->k);
        return buffer_take(&text);
    }
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        buffer_puts(&text, kpi > 0 ? ", " : "");
        add_kpi(effect, (enum kpi)kpi, &text);
    }
    if (effect->params > 1)
        buffer_printf(&text, "; mixed: %d parameters together", effect->params);
    if (effect->other_at > 0)
        buffer_printf(&text, "; mixed: another change after it %d", effect->other_at);
    if (effect->taken_back)
        buffer_printf(&text, "; rolled back after %d it", effect->have);
    return buffer_take(&text);
}
