/* fixture: see fixture.h. */
#include "config.h"

#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

enum { PLANNED = 24, INTERVAL_MS = 300000 };
#define NOON_MS (CLOCK_MOCK_START_MS + INT64_C(12) * 3600000)

static double larger(double a, double b)
{
    return a > b ? a : b;
}

static double smaller(double a, double b)
{
    return a < b ? a : b;
}

/* ENGINE section 4, the mock's figures of iteration NUMBER. */
static void fill_kpis(struct summary *summary, int number)
{
    static const double early_net[] = {-1.5, -0.8}, early_adverse[] = {5.0, 4.5};
    static const double early_p95[] = {250, 280}, early_maker[] = {0.5, 0.6};
    static const double early_risk[] = {0.17, 0.33};
    int i = number - 1;
    double risk = 0.68;
    for (int k = 2; k < i; k++)
        risk *= 0.83;
    bool early = i < 2;
    summary->kpi[KPI_NET] = value_of(early ? early_net[i] : 2.8 + 0.1 * i);
    summary->kpi[KPI_RISK] = value_of(early ? early_risk[i] : larger(0.30, risk));
    summary->kpi[KPI_MAKER_TAKER] = value_of(early ? early_maker[i]
                                                   : smaller(0.85, 0.50 + 0.05 * i));
    summary->kpi[KPI_P95] = value_of(early ? early_p95[i] : larger(180, 320 - 5 * i));
    summary->adverse_bps_p95 = value_of(early ? early_adverse[i] : larger(1.5, 3.5 - 0.2 * i));
    summary->maker_taker_source = MAKER_TAKER_FILLS_VOLUME;
}

/* ENGINE section 10: what each iteration's tuning wrote. */
static const struct {
    int iteration;
    enum rule rule;
    const char *name;
    double now, after;
} worked_example[] = {
    {1, RULE_DRIVER_ADVERSE, "impact_cap_ratio", 0.10, 0.09},
    {1, RULE_DRIVER_ADVERSE, "max_delta_ratio", 0.15, 0.14},
    {1, RULE_DRIVER_SLIPPAGE, "base_spread_bps_delta", 0.05, 0.08},
    {1, RULE_DRIVER_SLIPPAGE, "tail_age_ms", 600, 630},
    {2, RULE_FALLBACK, "min_interval_ms", 60, 80},
    {2, RULE_FALLBACK, "replace_rate_per_min", 300, 240},
    {2, RULE_FALLBACK, "base_spread_bps_delta", 0.08, 0.10},
    {2, RULE_FALLBACK, "tail_age_ms", 630, 700},
    {3, RULE_AGGRESSIVE, "impact_cap_ratio", 0.09, 0.08},
    {3, RULE_AGGRESSIVE, "tail_age_ms", 700, 730},
    {6, RULE_MAKER_BOOST, "base_spread_bps", 0.12, 0.135},
    {6, RULE_MAKER_BOOST, "replace_rate_per_min", 240, 204},
    {7, RULE_MAKER_BOOST, "base_spread_bps", 0.135, 0.15},
    {7, RULE_MAKER_BOOST, "replace_rate_per_min", 204, 200},
};
enum { WORKED_ROWS = sizeof worked_example / sizeof *worked_example };

static struct delta worked_delta(const struct config *config, int row)
{
    struct delta delta = {.rule = worked_example[row].rule,
                          .now = worked_example[row].now,
                          .target = worked_example[row].after,
                          .after = worked_example[row].after,
                          .increment = worked_example[row].after - worked_example[row].now,
                          .state = DELTA_VERIFIED};
    snprintf(delta.name, sizeof delta.name, "%s", worked_example[row].name);
    snprintf(delta.why, sizeof delta.why, "%s: %s", rule_name(delta.rule), delta.name);
    delta.param = param_find(&config->params, delta.name);
    if (delta.param < 0)
        ck_abort_msg("no parameter %s", delta.name);
    return delta;
}

/* A hash that tells states of the worked example apart. */
static void hash_text(char text[HASH_TEXT_MAX], int applies)
{
    for (int i = 0; i < HASH_TEXT_MAX - 1; i++)
        text[i] = "0123456789abcdef"[(applies * 7 + i * 5 + 9) % 16];
    text[HASH_TEXT_MAX - 1] = '\0';
}

static void fill_first(struct value *values, const struct param_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        values[i] = table->param[i].first;
}

struct iteration *fixture_iteration(const struct config *config, int number)
{
    struct iteration *iteration = iteration_new(number);
    int applies = 0;
    iteration->utc_ms = NOON_MS - (int64_t)(PLANNED - number) * INTERVAL_MS;
    fill_kpis(&iteration->summary, number);
    summary_judge(&iteration->summary, &config->thresholds.kpi_gate);
    iteration->param_count = config->params.count;
    iteration->params = mem_alloc(config->params.count * sizeof *iteration->params);
    fill_first(iteration->params, &config->params);
    iteration->delta = mem_alloc(PROPOSAL_DELTAS_MAX * sizeof *iteration->delta);
    for (int row = 0; row < WORKED_ROWS; row++) {
        struct delta delta = worked_delta(config, row);
        if (worked_example[row].iteration < number)
            iteration->params[delta.param] = value_of(delta.after);
        else if (worked_example[row].iteration == number)
            iteration->delta[iteration->delta_count++] = delta;
        if (worked_example[row].iteration < number &&
            (row == 0 || worked_example[row - 1].iteration != worked_example[row].iteration))
            applies++;
    }
    iteration->applied = iteration->delta_count > 0;
    iteration->fallback_fired = number == 2;
    hash_text(iteration->signature, applies);
    hash_text(iteration->state_hash, applies + (iteration->applied ? 1 : 0));
    iteration->freeze_triggered = number >= 8 && number % 4 == 0;
    if (iteration->freeze_triggered)
        snprintf(iteration->freeze_reason, sizeof iteration->freeze_reason, "steady_state_lock");
    if (iteration->applied)
        snprintf(iteration->decided_by, sizeof iteration->decided_by, "auto");
    return iteration;
}

static void add_change(struct run *run, const struct iteration *iteration)
{
    struct change change = {.kind = CHANGE_APPLY,
                            .after_iteration = iteration->number,
                            .utc_ms = iteration->utc_ms,
                            .by = "auto"};
    struct value after[PARAM_MAX];
    memcpy(after, iteration->params, iteration->param_count * sizeof *after);
    for (size_t i = 0; i < iteration->delta_count; i++)
        after[iteration->delta[i].param] = value_of(iteration->delta[i].after);
    memcpy(change.hash_before, iteration->signature, sizeof change.hash_before);
    memcpy(change.hash_after, iteration->state_hash, sizeof change.hash_after);
    change.before = iteration->params;
    change.after = after;
    run_add_change(run, &change, iteration->param_count);
    run_set_params(run, after, iteration->param_count, iteration->state_hash);
}

static void add_events(struct run *run, const struct iteration *iteration)
{
    char text[120];
    int number = iteration->number;
    snprintf(text, sizeof text, "%s, %zu lines proposed",
             verdict_name(iteration->summary.kpi_verdict), iteration->delta_count);
    run_add_event(run, EVENT_ITERATION, number, iteration->utc_ms, text);
    if (!iteration->applied)
        return;
    snprintf(text, sizeof text, "%zu of %zu lines written", iteration->delta_count,
             iteration->delta_count);
    run_add_event(run, EVENT_APPLY, number, iteration->utc_ms, text);
}

static void fill_manifest(struct run *run)
{
    snprintf(run->id, sizeof run->id, "run_A");
    snprintf(run->directory, sizeof run->directory, "soak/latest");
    snprintf(run->source_detail, sizeof run->source_detail, "./bot --once");
    run->source = SOURCE_EXEC;
    run->mode = APPROVE_MANUAL;
    run->state = RUN_SLEEPING;
    run->has_manifest = true;
    run->planned = PLANNED;
    run->interval_s = INTERVAL_MS / 1000.0;
    run->started_ms = NOON_MS - (int64_t)PLANNED * INTERVAL_MS;
    run->next_ms = NOON_MS + 192000;
}

void fixture_init(struct fixture *fixture, int count)
{
    struct error err = ERROR_INIT;
    if (config_load(&fixture->config, NULL, &err) != 0)
        ck_abort_msg("%s", err.text);
    struct view *view = &fixture->view;
    view_init(view, &fixture->config);
    view->now_ms = NOON_MS;
    view->mono_ms = 1000000;
    view->state_ms = 1000000;
    view->charset = CHARSET_ASCII;
    snprintf(view->actor, sizeof view->actor, "op1@desk");
    struct run *run = &view->run;
    fill_manifest(run);
    struct value first[PARAM_MAX];
    char hash[HASH_TEXT_MAX];
    fill_first(first, &fixture->config.params);
    hash_text(hash, 0);
    run_set_params(run, first, fixture->config.params.count, hash);
    run_add_event(run, EVENT_START, 0, run->started_ms, "started by op1@desk");
    for (int number = 1; number <= count; number++) {
        struct iteration *iteration = fixture_iteration(&fixture->config, number);
        run_put_iteration_take(run, iteration);
        add_events(run, iteration);
        if (iteration->applied)
            add_change(run, iteration);
    }
    view_refresh(view);
}

void fixture_fini(struct fixture *fixture)
{
    view_fini(&fixture->view);
}

static void propose(struct proposal *proposal, const struct config *config, const char *name,
                    double now, double target, enum delta_state state)
{
    struct delta *delta = &proposal->delta[proposal->count++];
    *delta = (struct delta){.rule = RULE_MODERATE,
                            .now = now,
                            .increment = target - now,
                            .target = target,
                            .after = target,
                            .state = state};
    snprintf(delta->name, sizeof delta->name, "%s", name);
    snprintf(delta->why, sizeof delta->why, "risk 0.43 in 0.40..0.60: %s %+g", name, target - now);
    delta->param = param_find(&config->params, name);
}

void fixture_propose(struct fixture *fixture)
{
    struct run *run = &fixture->view.run;
    struct proposal *proposal = mem_alloc(sizeof *proposal);
    const struct config *config = &fixture->config;
    proposal->iteration = (int)run->count + 1;
    memcpy(proposal->base_hash, run->params_hash, sizeof proposal->base_hash);
    propose(proposal, config, "min_interval_ms", 65, 70, DELTA_APPROVED);
    propose(proposal, config, "tail_age_ms", 620, 650, DELTA_EDITED);
    proposal->delta[1].after = 640;
    propose(proposal, config, "impact_cap_ratio", 0.09, 0.085, DELTA_BLOCKED);
    proposal->delta[2].guard = GUARD_FREEZE;
    proposal->delta[2].clears_at = proposal->iteration + 3;
    snprintf(proposal->delta[2].note, DELTA_NOTE_MAX, "frozen until it %d",
             proposal->delta[2].clears_at);
    propose(proposal, config, "base_spread_bps_delta", 0.14, 0.16, DELTA_PROPOSED);
    snprintf(proposal->rationale, sizeof proposal->rationale, "MODERATE");
    struct iteration *next = fixture_iteration(config, proposal->iteration);
    proposal->summary = next->summary;
    proposal->has_summary = true;
    iteration_free(next);
    struct message *message = message_new(MESSAGE_PROPOSAL);
    message->has_pending = true;
    message->proposal = proposal;
    view_fold_take(&fixture->view, message);
    run->state = RUN_HOLDING;
    run->current = (int)run->count;
    run->next_ms = UTC_NONE;
    snprintf(fixture->view.selected, sizeof fixture->view.selected, "min_interval_ms");
    view_refresh(&fixture->view);
}

char *fixture_screen(struct fixture *fixture, int width, int height)
{
    view_refresh(&fixture->view);
    return compose_dump(&fixture->view, width, height);
}

char *fixture_row(const char *text, int row)
{
    while (row-- > 0 && text) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    size_t length = text ? strcspn(text, "\n") : 0;
    char *copy = mem_alloc(length + 1);
    if (length > 0)
        memcpy(copy, text, length);
    return copy;
}
