/* soak: see soak.h. */
#include "config.h"

#include "soak.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "model/mem.h"
#include "testdata.h"

void soak_init(struct soak *soak)
{
    static bool read;
    static struct param_table table;
    static struct policy policy;
    if (!read) {
        testdata_params(&table);
        testdata_policy(&policy, &table);
        read = true;
    }
    *soak = (struct soak){.table = table, .policy = policy};
    run_init(&soak->run);
    for (size_t i = 0; i < soak->table.count; i++)
        soak->values[i] = soak->table.param[i].first;
}

void soak_fini(struct soak *soak)
{
    run_fini(&soak->run);
}

int soak_param(const struct soak *soak, const char *name)
{
    int param = param_find(&soak->table, name);
    if (param < 0)
        ck_abort_msg("no parameter %s", name);
    return param;
}

double soak_value(const struct soak *soak, const char *name)
{
    struct value value = soak->values[soak_param(soak, name)];
    return value_present(value) ? value.number : (double)NAN;
}

void soak_set(struct soak *soak, const char *name, double number)
{
    soak->values[soak_param(soak, name)] = value_of(number);
}

static struct value figure(double number)
{
    return isnan(number) ? value_missing() : value_of(number);
}

struct summary soak_summary(double risk, double net, double maker_taker, double p95)
{
    struct summary summary = {.maker_taker_source = MAKER_TAKER_FILLS_VOLUME};
    summary.kpi[KPI_RISK] = figure(risk);
    summary.kpi[KPI_NET] = figure(net);
    summary.kpi[KPI_MAKER_TAKER] = figure(maker_taker);
    summary.kpi[KPI_P95] = figure(p95);
    summary.adverse_bps_p95 = value_of(1.5);
    summary.slippage_bps_p95 = value_of(1.0);
    return summary;
}

struct summary soak_steady(void)
{
    return soak_summary(0.30, 3.5, 0.90, 200);
}

struct summary soak_idle(void)
{
    return soak_summary(0.38, 2.5, 0.90, 200);
}

struct summary soak_mock(int number)
{
    int idx = number - 1;
    struct summary summary;
    if (idx == 0) {
        summary = soak_summary(0.17, -1.5, 0.50, 250);
        summary.adverse_bps_p95 = value_of(5.0);
        summary.slippage_bps_p95 = value_of(3.5);
    } else if (idx == 1) {
        summary = soak_summary(0.33, -0.8, 0.60, 280);
        summary.adverse_bps_p95 = value_of(4.5);
        summary.slippage_bps_p95 = value_of(3.2);
    } else {
        double maker = nearbyint(1000.0 * fmin(0.85, 0.50 + 0.05 * idx));
        summary = soak_summary(fmax(0.30, 0.68 * pow(0.83, idx - 2)), 2.8 + 0.1 * idx,
                               maker * 50.0 / 50000.0, fmax(180, 320 - 5 * idx));
        summary.adverse_bps_p95 = value_of(fmax(1.5, 3.5 - 0.2 * idx));
        summary.slippage_bps_p95 = value_of(fmax(1.0, 2.5 - 0.15 * idx));
    }
    return summary;
}

/* Stands for the state hash: equal for equal vectors. */
static void hash_values(const struct soak *soak, const struct value *values,
                        char hash[HASH_TEXT_MAX])
{
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < soak->table.count; i++) {
        double number = value_present(values[i]) ? values[i].number : (double)NAN;
        unsigned char bytes[sizeof number];
        memcpy(bytes, &number, sizeof number);
        for (size_t j = 0; j < sizeof bytes; j++)
            sum = (sum ^ bytes[j]) * 1099511628211u;
    }
    snprintf(hash, HASH_TEXT_MAX, "%016llx", (unsigned long long)sum);
}

static void write_change(struct soak *soak, enum change_kind kind, int after_iteration,
                         const struct value *values)
{
    size_t count = soak->table.count;
    struct value before[PARAM_MAX], after[PARAM_MAX];
    memcpy(before, soak->values, sizeof before);
    memcpy(after, values, count * sizeof *after);
    struct change change = {.kind = kind,
                            .after_iteration = after_iteration,
                            .utc_ms = CLOCK_MOCK_START_MS + 1000 * after_iteration,
                            .before = before,
                            .after = after};
    hash_values(soak, before, change.hash_before);
    hash_values(soak, after, change.hash_after);
    run_add_change(&soak->run, &change, count);
    memcpy(soak->values, after, count * sizeof *after);
}

/* Writes the lines that no guard blocked; true if there were any. */
static bool apply(struct soak *soak, int number)
{
    struct value values[PARAM_MAX];
    memcpy(values, soak->values, sizeof values);
    bool any = false;
    for (size_t i = 0; i < soak->proposal.count; i++) {
        struct delta *delta = &soak->proposal.delta[i];
        if (delta->state != DELTA_PROPOSED)
            continue;
        delta->state = soak->observe ? DELTA_DECLINED : DELTA_APPLIED;
        any |= !soak->observe;
        if (!soak->observe)
            values[delta->param] = value_of(delta->after);
    }
    if (any)
        write_change(soak, CHANGE_APPLY, number, values);
    return any;
}

static struct iteration *record_new(struct soak *soak, const struct summary *summary)
{
    struct iteration *iteration = iteration_new((int)soak->run.count + 1);
    iteration->state = summary ? ITERATION_OK : ITERATION_FAILED;
    if (summary)
        iteration->summary = *summary;
    iteration->param_count = soak->table.count;
    iteration->params = mem_resize(NULL, iteration->param_count, sizeof *iteration->params);
    memcpy(iteration->params, soak->values, iteration->param_count * sizeof *iteration->params);
    hash_values(soak, soak->values, iteration->signature);
    return iteration;
}

static const struct iteration *decide(struct soak *soak, const struct summary *summary)
{
    struct iteration *iteration = record_new(soak, summary);
    struct guard_context context = {.run = &soak->run,
                                    .iteration = iteration->number,
                                    .summary = summary,
                                    .values = soak->values,
                                    .final = iteration->number == soak->planned,
                                    .policy = &soak->policy,
                                    .table = &soak->table};
    guard_check(&soak->proposal, &soak->report, &context);
    iteration->applied = apply(soak, iteration->number);
    hash_values(soak, soak->values, iteration->state_hash);
    iteration->delta_count = soak->proposal.count;
    iteration->delta = mem_resize(NULL, soak->proposal.count, sizeof *iteration->delta);
    memcpy(iteration->delta, soak->proposal.delta, soak->proposal.count * sizeof *iteration->delta);
    iteration->fallback_fired = soak->proposal.fallback_fired;
    iteration->skip = soak->report.skip;
    iteration->freeze_triggered = soak->report.freeze_triggered;
    iteration->cooldown_active = soak->report.cooldown_active;
    run_put_iteration_take(&soak->run, iteration);
    run_set_params(&soak->run, soak->values, soak->table.count, iteration->state_hash);
    return iteration;
}

const struct iteration *soak_iterate(struct soak *soak, const struct summary *summary)
{
    soak->proposal = (struct proposal){0};
    if (summary)
        tuner_propose(&soak->proposal, summary, soak->values,
                      guard_negative_streak(&soak->run, summary), &soak->policy, &soak->table);
    return decide(soak, summary);
}

const struct iteration *soak_propose(struct soak *soak, const struct summary *summary,
                                     enum rule rule, const char *name, double target)
{
    int param = soak_param(soak, name);
    struct value now = soak->values[param];
    if (!value_present(now))
        now = soak->table.param[param].assumed;
    struct delta delta = {.param = param,
                          .rule = rule,
                          .now = now.number,
                          .increment = target - now.number,
                          .target = target,
                          .after = target,
                          .state = DELTA_PROPOSED};
    snprintf(delta.name, sizeof delta.name, "%s", name);
    soak->proposal = (struct proposal){.count = 1};
    soak->proposal.delta[0] = delta;
    return decide(soak, summary);
}

void soak_gap(struct soak *soak)
{
    struct iteration *gap = iteration_new((int)soak->run.count + 1);
    gap->state = ITERATION_GAP;
    run_put_iteration_take(&soak->run, gap);
}

void soak_write(struct soak *soak, enum change_kind kind, const struct value *values)
{
    char hash[HASH_TEXT_MAX];
    write_change(soak, kind, (int)soak->run.count, values);
    hash_values(soak, soak->values, hash);
    run_set_params(&soak->run, soak->values, soak->table.count, hash);
}

bool soak_rollback(struct soak *soak)
{
    const struct change *apply_change = run_newest_apply(&soak->run);
    if (!apply_change)
        return false;
    struct value values[PARAM_MAX];
    memcpy(values, apply_change->before, soak->table.count * sizeof *values);
    soak_write(soak, CHANGE_ROLLBACK, values);
    return true;
}

bool soak_rollback_param(struct soak *soak, const char *name)
{
    int param = soak_param(soak, name);
    const struct change *apply_change = run_newest_apply_of(&soak->run, param);
    if (!apply_change)
        return false;
    struct value values[PARAM_MAX];
    memcpy(values, soak->values, sizeof values);
    values[param] = apply_change->before[param];
    soak_write(soak, CHANGE_ROLLBACK, values);
    return true;
}

void soak_restore(struct soak *soak, int number)
{
    const struct iteration *iteration = run_iteration(&soak->run, number);
    ck_assert_ptr_nonnull(iteration);
    struct value values[PARAM_MAX];
    memcpy(values, iteration->params, soak->table.count * sizeof *values);
    soak_write(soak, CHANGE_RESTORE, values);
}

void soak_write_one(struct soak *soak, enum change_kind kind, const char *name, double number)
{
    struct value values[PARAM_MAX];
    memcpy(values, soak->values, sizeof values);
    values[soak_param(soak, name)] = value_of(number);
    soak_write(soak, kind, values);
}

const struct delta *soak_line(struct soak *soak, const char *name)
{
    const struct delta *delta = proposal_find(&soak->proposal, name);
    ck_assert_msg(delta != NULL, "%s was not proposed", name);
    return delta;
}
