/* iteration: makes, copies and frees the record of one iteration, and answers what verdict, guards
 * and panels ask of it. A record belongs to one thread at a time. */
#include "config.h"

#include "model/iteration.h"

#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

const char *const skip_flag_names[SKIP_FLAG_COUNT] = {
    "cooldown", "velocity", "oscillation", "freeze",  "no_op",
    "late",     "observe",  "operator",    "timeout", "error",
};

struct iteration *iteration_new(int number)
{
    struct iteration *iteration = mem_alloc(sizeof *iteration);
    iteration->number = number;
    iteration->utc_ms = UTC_NONE;
    return iteration;
}

static void *array_copy(const void *items, size_t count, size_t size)
{
    if (!items || count == 0)
        return NULL;
    void *copy = mem_resize(NULL, count, size);
    return memcpy(copy, items, count * size);
}

struct iteration *iteration_copy(const struct iteration *iteration)
{
    struct iteration *copy = mem_alloc(sizeof *copy);
    *copy = *iteration;
    copy->delta = array_copy(iteration->delta, iteration->delta_count, sizeof *iteration->delta);
    copy->params = array_copy(iteration->params, iteration->param_count, sizeof *iteration->params);
    copy->rationale = mem_strdup(iteration->rationale);
    copy->skip_note = mem_strdup(iteration->skip_note);
    copy->error = mem_strdup(iteration->error);
    copy->override_reason = mem_strdup(iteration->override_reason);
    copy->output_tail = mem_strdup(iteration->output_tail);
    copy->runtime_text = mem_strdup(iteration->runtime_text);
    return copy;
}

void iteration_free(struct iteration *iteration)
{
    if (!iteration)
        return;
    free(iteration->delta);
    free(iteration->params);
    free(iteration->rationale);
    free(iteration->skip_note);
    free(iteration->error);
    free(iteration->override_reason);
    free(iteration->output_tail);
    free(iteration->runtime_text);
    free(iteration);
}

void iteration_drop_text(struct iteration *iteration)
{
    free(iteration->runtime_text);
    free(iteration->output_tail);
    iteration->runtime_text = NULL;
    iteration->output_tail = NULL;
}

bool iteration_valid(const struct iteration *iteration)
{
    return iteration->state == ITERATION_OK;
}

struct value iteration_kpi(const struct iteration *iteration, enum kpi kpi)
{
    return iteration_valid(iteration) ? iteration->summary.kpi[kpi] : value_missing();
}

bool iteration_passes(const struct iteration *iteration, const struct kpi_limits *limits)
{
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        if (!kpi_passes((enum kpi)kpi, iteration_kpi(iteration, (enum kpi)kpi), limits))
            return false;
    return true;
}
