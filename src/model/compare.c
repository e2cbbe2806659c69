/* compare: see compare.h. Pure. Two values differ if they are further apart than VALUE_EPSILON, or
 * if one of them is missing; parameters that one of the runs did not record are not compared. */
#include "config.h"

#include "model/compare.h"

#include <stdlib.h>

#include "model/mem.h"

const char *compare_better_name(enum compare_better better)
{
    static const char *const names[] = {
        [BETTER_UNKNOWN] = "n/a", [BETTER_A] = "A", [BETTER_B] = "B", [BETTER_NEITHER] = "same"};
    return names[better];
}

static bool is_event(const struct iteration *iteration)
{
    return iteration->delta_count > 0 || iteration->applied || iteration->freeze_triggered ||
           iteration->state != ITERATION_OK;
}

/* Numbers of the iterations of RUN that are aligned, in order (free them). */
static int *numbers_of(const struct run *run, int limit, enum compare_align align, int *count)
{
    int *numbers = mem_resize(NULL, (size_t)limit + 1, sizeof *numbers);
    *count = 0;
    for (int number = 1; number <= limit; number++)
        if (align == ALIGN_ITERATION || is_event(run_iteration(run, number)))
            numbers[(*count)++] = number;
    return numbers;
}

static bool differ(struct value a, struct value b)
{
    if (!value_present(a) || !value_present(b))
        return value_present(a) != value_present(b);
    return !number_equal(a.number, b.number);
}

static enum compare_better better_of(const struct compare_kpi *compared, enum kpi kpi)
{
    if (!value_usable(compared->difference))
        return BETTER_UNKNOWN;
    if (number_equal(compared->difference.number, 0.0))
        return BETTER_NEITHER;
    bool larger = compared->difference.number > 0.0;
    return larger == kpi_table[kpi].larger_is_better ? BETTER_B : BETTER_A;
}

static void compare_one(struct compare *compare, const struct run *a, const struct run *b,
                        enum kpi kpi)
{
    struct compare_kpi *compared = &compare->kpi[kpi];
    struct value *values = mem_resize(NULL, 2 * compare->rows + 1, sizeof *values);
    struct value *other = values + compare->rows;
    for (size_t row = 0; row < compare->rows; row++) {
        values[row] = iteration_kpi(run_iteration(a, compare->row_a[row]), kpi);
        other[row] = iteration_kpi(run_iteration(b, compare->row_b[row]), kpi);
        if (compared->first_a > 0 || !differ(values[row], other[row]))
            continue;
        compared->first_a = compare->row_a[row];
        compared->first_b = compare->row_b[row];
        compared->at_a = values[row];
        compared->at_b = other[row];
    }
    compared->a = stats_of(values, compare->rows);
    compared->b = stats_of(other, compare->rows);
    free(values);
    if (value_usable(compared->a.mean) && value_usable(compared->b.mean))
        compared->difference = value_of(compared->b.mean.number - compared->a.mean.number);
    compared->better = better_of(compared, kpi);
}

static struct compare_param *param_row(struct compare *compare, int param)
{
    for (size_t i = 0; i < compare->param_count; i++)
        if (compare->param[i].param == param)
            return &compare->param[i];
    return NULL;
}

/* Called row by row, so that the parameters stand in the order in which they begin to differ. */
static void compare_params(struct compare *compare, const struct iteration *a,
                           const struct iteration *b)
{
    if (a->params == NULL || b->params == NULL)
        return;
    compare->params_known = true;
    size_t count = a->param_count < b->param_count ? a->param_count : b->param_count;
    for (size_t i = 0; i < count && i < PARAM_MAX; i++) {
        struct compare_param *row = param_row(compare, (int)i);
        if (row == NULL && differ(a->params[i], b->params[i])) {
            row = &compare->param[compare->param_count++];
            *row = (struct compare_param){.param = (int)i,
                                          .first_a = a->number,
                                          .first_b = b->number,
                                          .at_a = a->params[i],
                                          .at_b = b->params[i]};
        }
        if (row != NULL) {
            row->last_a = a->params[i];
            row->last_b = b->params[i];
        }
    }
}

static void note_first(struct compare *compare, int first_a, int first_b)
{
    if (first_a == 0 || (compare->first_a > 0 && compare->first_a <= first_a))
        return;
    compare->first_a = first_a;
    compare->first_b = first_b;
}

void compare_runs(struct compare *compare, const struct run *a, const struct run *b, int count_b,
                  enum compare_align align)
{
    *compare = (struct compare){.align = align};
    compare->row_a = numbers_of(a, (int)a->count, align, &compare->count_a);
    compare->row_b = numbers_of(b, count_b, align, &compare->count_b);
    compare->rows = (size_t)(compare->count_a < compare->count_b ? compare->count_a
                                                                 : compare->count_b);
    compare->source_differs = a->source != b->source;
    compare->mode_differs = a->has_manifest && b->has_manifest && a->mode != b->mode;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        compare_one(compare, a, b, (enum kpi)kpi);
        note_first(compare, compare->kpi[kpi].first_a, compare->kpi[kpi].first_b);
    }
    for (size_t row = 0; row < compare->rows; row++)
        compare_params(compare, run_iteration(a, compare->row_a[row]),
                       run_iteration(b, compare->row_b[row]));
    for (size_t i = 0; i < compare->param_count; i++)
        note_first(compare, compare->param[i].first_a, compare->param[i].first_b);
}

void compare_fini(struct compare *compare)
{
    free(compare->row_a);
    free(compare->row_b);
    *compare = (struct compare){.rows = 0};
}
