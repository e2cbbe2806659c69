/* past: see past.h. Pure; any thread. */
#include "config.h"

#include "model/past.h"

#include <math.h>
#include <string.h>

/* after - before of PARAM by an apply; false if CHANGE is none, or did not move it. */
static bool step_of(const struct change *change, int param, double *step)
{
    if (change->kind != CHANGE_APPLY || !change_moves(change, param) ||
        !value_present(change->before[param]) || !value_present(change->after[param]))
        return false;
    *step = change->after[param].number - change->before[param].number;
    return true;
}

static bool matches(enum past_match match, double step, double wanted)
{
    return match == PAST_SAME_STEP ? number_equal(step, wanted) : step * wanted > 0.0;
}

static bool is_mixed(const struct change *change, int param)
{
    for (int other = 0; (size_t)other < change->param_count; other++)
        if (other != param && change_moves(change, other))
            return true;
    return false;
}

/* True if iteration NUMBER ran with VALUE of PARAM. */
static bool ran_with(const struct run *run, int number, int param, double value)
{
    const struct iteration *iteration = run_iteration(run, number);
    return iteration != NULL && iteration->params != NULL &&
           (size_t)param < iteration->param_count && value_present(iteration->params[param]) &&
           number_equal(iteration->params[param].number, value);
}

static struct past_effect effect_of(const struct run *run, const struct change *change, int before,
                                    int param, double step)
{
    struct past_effect effect = {.iteration = change->after_iteration, .step = step};
    double sum[KPI_COUNT] = {0};
    int count[KPI_COUNT] = {0}, first = change->after_iteration + 1;
    const struct iteration *own = run_iteration(run, change->after_iteration);
    effect.mixed = is_mixed(change, param);
    for (int n = first; n < first + PAST_AFTER && n < before; n++) {
        if (!ran_with(run, n, param, change->after[param].number))
            break; /* moved again, or rolled back */
        effect.followed += iteration_valid(run_iteration(run, n));
        for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
            struct value value = iteration_kpi(run_iteration(run, n), (enum kpi)kpi);
            sum[kpi] += value_usable(value) ? value.number : 0.0;
            count[kpi] += value_usable(value);
        }
    }
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        struct value from = own != NULL ? iteration_kpi(own, (enum kpi)kpi) : value_missing();
        effect.change[kpi] = count[kpi] > 0 && value_usable(from)
                                 ? value_of(sum[kpi] / count[kpi] - from.number)
                                 : value_missing();
    }
    return effect;
}

static size_t collect(struct past_effect *effects, size_t max, const struct run *run, int before,
                      int param, double wanted, enum past_match match)
{
    size_t total = 0, skip = 0;
    double step;
    for (size_t i = 0; i < run->change_count; i++)
        total += run->change[i].after_iteration < before &&
                 step_of(&run->change[i], param, &step) && matches(match, step, wanted);
    skip = total > max ? total - max : 0;
    for (size_t i = 0, filled = 0; i < run->change_count; i++) {
        const struct change *change = &run->change[i];
        if (change->after_iteration >= before || !step_of(change, param, &step) ||
            !matches(match, step, wanted))
            continue;
        if (skip > 0)
            skip--;
        else
            effects[filled++] = effect_of(run, change, before, param, step);
    }
    return total;
}

enum past_match past_effects(struct past_effect *effects, size_t max, size_t *count,
                             const struct run *run, int before, int param, double step)
{
    *count = 0;
    if (!isfinite(step) || number_equal(step, 0.0) || param < 0)
        return PAST_NONE;
    *count = collect(effects, max, run, before, param, step, PAST_SAME_STEP);
    if (*count > 0)
        return PAST_SAME_STEP;
    *count = collect(effects, max, run, before, param, step, PAST_SAME_WAY);
    return *count > 0 ? PAST_SAME_WAY : PAST_NONE;
}
