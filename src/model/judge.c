/* judge: the verdict over the last iterations of a run, the gate's checks and its reasons. The only
 * place that decides them: everything else shows this answer. Pure; any thread. */
#include "config.h"

#include "model/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "model/mem.h"

enum { WINDOW_MAX = 16 };

const char *anomaly_name(enum anomaly_kind kind)
{
    switch (kind) {
    case ANOMALY_P95_HIGH:
        return "p95 latency high";
    case ANOMALY_RISK_JUMP:
        return "risk ratio jumped";
    case ANOMALY_MAKER_TAKER_LOW:
        return "maker/taker low";
    }
    return "unknown";
}

/* The iterations that the verdict looks at. */
struct window {
    const struct run *run;
    size_t first, count; /* indexes into run->iteration */
    int wanted;          /* thresholds->window */
};

static struct window window_of(const struct run *run, const struct thresholds *thresholds)
{
    int wanted = thresholds->window < WINDOW_MAX ? thresholds->window : WINDOW_MAX;
    size_t count = run->count < (size_t)wanted ? run->count : (size_t)wanted;
    return (struct window){run, run->count - count, count, wanted};
}

static const struct iteration *window_at(const struct window *window, size_t index)
{
    return window->run->iteration[window->first + index];
}

static void count_passes(struct judgement *judgement, const struct window *window,
                         const struct kpi_limits *limits)
{
    judgement->window = window->wanted;
    for (size_t i = 0; i < window->count; i++)
        judgement->pass_count += iteration_passes(window_at(window, i), limits);
    judgement->fail_count = (int)window->count - judgement->pass_count;
    judgement->lacking_count = window->wanted - (int)window->count;
    if (window->count > 0) {
        judgement->from = window_at(window, 0)->number;
        judgement->to = window_at(window, window->count - 1)->number;
    }
}

static void collect_kpis(struct judgement *judgement, const struct window *window)
{
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        for (size_t i = 0; i < window->count; i++)
            judgement->kpi_value[kpi][i] = iteration_kpi(window_at(window, i), (enum kpi)kpi);
        judgement->kpi[kpi] = stats_of(judgement->kpi_value[kpi], window->count);
    }
}

static void count_guards(struct judgement *judgement, const struct window *window)
{
    for (size_t i = 0; i < window->count; i++) {
        const struct iteration *iteration = window_at(window, i);
        judgement->oscillation_count += iteration->oscillation_detected;
        judgement->velocity_count += iteration->velocity_violation;
        judgement->cooldown_count += iteration->cooldown_active;
        judgement->freeze_events += iteration->freeze_triggered;
    }
    judgement->freeze_in_window = judgement->freeze_events > 0;
}

static bool freeze_triggered(const struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->iteration[i]->freeze_triggered)
            return true;
    return false;
}

size_t judge_loops(const struct run *run, size_t first, struct signature_loop *loops, size_t max)
{
    const struct iteration *before = NULL, *last = NULL;
    size_t count = 0;
    for (size_t i = first; i < run->count; i++) {
        const struct iteration *iteration = run->iteration[i];
        if (iteration->signature[0] == '\0' ||
            (last != NULL && strcmp(last->signature, iteration->signature) == 0))
            continue;
        if (before != NULL && strcmp(before->signature, iteration->signature) == 0) {
            if (count < max)
                loops[count] = (struct signature_loop){before->number, last->number,
                                                       iteration->number};
            count++;
        }
        before = last;
        last = iteration;
    }
    return count;
}

static void add_anomaly(struct judgement *judgement, size_t *capacity, struct anomaly anomaly)
{
    mem_grow((void **)&judgement->anomaly, capacity, judgement->anomaly_count + 1, sizeof anomaly);
    judgement->anomaly[judgement->anomaly_count++] = anomaly;
    judgement->anomalies_in_window += anomaly.iteration >= judgement->from;
}

static void find_anomalies(struct judgement *judgement, const struct run *run,
                           const struct thresholds *thresholds)
{
    size_t capacity = 0;
    struct value risk_before = value_missing();
    for (size_t i = 0; i < run->count; i++) {
        const struct iteration *iteration = run->iteration[i];
        struct value p95 = iteration_kpi(iteration, KPI_P95);
        struct value risk = iteration_kpi(iteration, KPI_RISK);
        struct value maker_taker = iteration_kpi(iteration, KPI_MAKER_TAKER);
        double jump = risk.number - risk_before.number;
        if (value_above(p95, thresholds->anomaly_p95_above))
            add_anomaly(judgement, &capacity,
                        (struct anomaly){iteration->number, ANOMALY_P95_HIGH, p95.number,
                                         thresholds->anomaly_p95_above});
        if (value_usable(risk) && value_usable(risk_before) &&
            !number_at_most(jump, thresholds->anomaly_risk_jump_above))
            add_anomaly(judgement, &capacity,
                        (struct anomaly){iteration->number, ANOMALY_RISK_JUMP, jump,
                                         thresholds->anomaly_risk_jump_above});
        if (value_below(maker_taker, thresholds->anomaly_maker_taker_below))
            add_anomaly(judgement, &capacity,
                        (struct anomaly){iteration->number, ANOMALY_MAKER_TAKER_LOW,
                                         maker_taker.number,
                                         thresholds->anomaly_maker_taker_below});
        risk_before = risk;
    }
}

static enum verdict decide(const struct judgement *judgement, const struct thresholds *thresholds)
{
    int passes = judgement->pass_count;
    if (passes >= thresholds->pass_count && judgement->freeze_seen)
        return VERDICT_PASS;
    if (passes >= thresholds->warn_count)
        return VERDICT_WARN;
    /* with more failures than this the window cannot hold enough passes any more */
    if (judgement->fail_count > judgement->window - thresholds->warn_count)
        return VERDICT_FAIL;
    return VERDICT_INCONCLUSIVE;
}

static void add_reason(struct judgement *judgement, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add_reason(struct judgement *judgement, const char *format, ...)
{
    judgement->gate_failed = true;
    if (judgement->reason_count == GATE_CHECKS_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(judgement->reason[judgement->reason_count++], GATE_REASON_MAX, format, arguments);
    va_end(arguments);
}

/* A new line of the gate's answer; the caller fills value and limit. */
static struct gate_check *add_check(struct judgement *judgement, bool passed, bool decides,
                                    const char *name)
{
    struct gate_check *check = &judgement->check[judgement->check_count++];
    *check = (struct gate_check){.passed = passed, .decides = decides};
    snprintf(check->name, sizeof check->name, "%s", name);
    return check;
}

static void check_kpis(struct judgement *judgement, const struct kpi_limits *limits)
{
    int shown = judgement->window - judgement->lacking_count;
    for (int kpi = 0; kpi < KPI_COUNT; kpi++) {
        const struct kpi_info *info = &kpi_table[kpi];
        struct value mean = judgement->kpi[kpi].mean;
        bool passed = kpi_passes((enum kpi)kpi, mean, limits);
        struct gate_check *check = add_check(judgement, passed, false, "");
        snprintf(check->name, sizeof check->name, "%s, mean of last %d", info->label, shown);
        snprintf(check->limit, sizeof check->limit, "%s %g%s%s",
                 info->larger_is_better ? ">=" : "<=", limits->limit[kpi],
                 info->unit[0] != '\0' ? " " : "", info->unit);
        if (value_present(mean))
            snprintf(check->value, sizeof check->value, "%.*f", info->decimals, mean.number);
        else
            snprintf(check->value, sizeof check->value, "n/a");
    }
}

/* WARN_FAILS: only a PASS is enough. */
static void check_verdict(struct judgement *judgement, const struct thresholds *thresholds,
                          bool warn_fails)
{
    enum verdict verdict = judgement->verdict;
    struct gate_check *check;
    check = add_check(judgement, judgement->pass_count >= thresholds->pass_count, false, "");
    snprintf(check->name, sizeof check->name, "iterations that pass, of last %d",
             judgement->window);
    snprintf(check->value, sizeof check->value, "%d", judgement->pass_count);
    snprintf(check->limit, sizeof check->limit, ">= %d (WARN at %d)", thresholds->pass_count,
             thresholds->warn_count);
    check = add_check(judgement, judgement->freeze_seen, false, "freeze triggered in the run");
    snprintf(check->value, sizeof check->value, "%s", judgement->freeze_seen ? "yes" : "no");
    snprintf(check->limit, sizeof check->limit, "yes");
    bool enough = verdict == VERDICT_PASS || (verdict == VERDICT_WARN && !warn_fails);
    check = add_check(judgement, enough, verdict != VERDICT_INCONCLUSIVE, "verdict");
    snprintf(check->value, sizeof check->value, "%s", verdict_name(verdict));
    snprintf(check->limit, sizeof check->limit,
             warn_fails ? "PASS (--warn-fails)" : "PASS or WARN");
    if (verdict == VERDICT_WARN && warn_fails)
        add_reason(
            judgement,
            "verdict WARN, --warn-fails needs PASS: %d of the last %d pass (%d must), freeze "
            "triggered in the run: %s",
            judgement->pass_count, judgement->window, thresholds->pass_count,
            judgement->freeze_seen ? "yes" : "no");
    if (verdict == VERDICT_FAIL)
        add_reason(judgement, "verdict FAIL: %d of the last %d iterations fail, at most %d may",
                   judgement->fail_count, judgement->window,
                   judgement->window - thresholds->warn_count);
}

/* A bot that says so ran with other parameters than those in force: what was measured then belongs
 * to parameters that nobody decided on. Told only of bots that report what they run with. */
static void check_running(struct judgement *judgement, const struct verify *verify)
{
    int diverged = verify->diverged_count;
    if (diverged == 0)
        return;
    struct gate_check *check = add_check(judgement, false, true, "diverged_count");
    snprintf(check->value, sizeof check->value, "%d of %d", diverged,
             diverged + verify->confirmed_count);
    snprintf(check->limit, sizeof check->limit, "<= 0");
    add_reason(judgement,
               "diverged_count %d is above 0: after that many applies the bot reported other "
               "parameters (runtime.overrides_hash) than those in force",
               diverged);
}

static void check_deltas(struct judgement *judgement, const struct verify *verify,
                         const struct thresholds *thresholds)
{
    double minimum = judgement->strict ? thresholds->full_apply_min_strict
                                       : thresholds->full_apply_min;
    bool passed = verify_ok(verify, minimum);
    double ratio = verify->full_apply_ratio.number;
    int judged = verify->full_apply_count + verify->fail_count;
    struct gate_check *check = add_check(judgement, passed, true, "full_apply_ratio");
    if (judged > 0)
        snprintf(check->value, sizeof check->value, "%.3f (%d of %d)", ratio,
                 verify->full_apply_count, judged);
    else
        snprintf(check->value, sizeof check->value, "n/a (nothing to judge)");
    snprintf(check->limit, sizeof check->limit, ">= %.2f", minimum);
    if (!passed)
        add_reason(judgement,
                   "full_apply_ratio %.3f is below %.2f: %d of %d applied proposals were not "
                   "in force next",
                   ratio, minimum, verify->fail_count, judged);

    int stuck = verify->signature_stuck_count, limit = thresholds->signature_stuck_max;
    check = add_check(judgement, stuck <= limit, true, "signature_stuck_count");
    snprintf(check->value, sizeof check->value, "%d", stuck);
    snprintf(check->limit, sizeof check->limit, "<= %d", limit);
    if (stuck > limit)
        add_reason(judgement, "signature_stuck_count %d is above %d", stuck, limit);
    check_running(judgement, verify);
}

static void check_freeze_ready(struct judgement *judgement, const struct thresholds *thresholds)
{
    bool decides = judgement->strict &&
                   (judgement->verdict == VERDICT_PASS || judgement->verdict == VERDICT_WARN);
    bool ready = judgement->freeze_ready;
    struct gate_check *check = add_check(judgement, ready, decides, "freeze_ready");
    snprintf(check->value, sizeof check->value, "%s", ready ? "yes" : "no");
    snprintf(check->limit, sizeof check->limit, "%s", judgement->strict ? "yes" : "yes (--strict)");
    if (decides && !ready)
        add_reason(judgement,
                   "freeze_ready is false, --strict needs true: %d of the last %d pass (at least "
                   "%d must), freeze in the last %d: %s",
                   judgement->pass_count, judgement->window, thresholds->pass_count,
                   judgement->window, judgement->freeze_in_window ? "yes" : "no");
}

/* A run may be promoted only on evidence that is real, complete and strict. */
static bool promotable(const struct judgement *judgement, const struct run *run,
                       const struct judge_options *options)
{
    bool real = run->has_manifest && run->source != SOURCE_MOCK && run->source != SOURCE_UNKNOWN;
    return real && judgement->verdict == VERDICT_PASS && !judgement->gate_failed &&
           options->strict && !options->mock && !options->skip_verify;
}

void judge_run(struct judgement *judgement, const struct run *run, const struct verify *verify,
               const struct thresholds *thresholds, const struct judge_options *options)
{
    *judgement = (struct judgement){.mock = options->mock, .strict = options->strict};
    const struct kpi_limits *limits = thresholds_limits(thresholds, options->mock);
    struct window window = window_of(run, thresholds);
    count_passes(judgement, &window, limits);
    collect_kpis(judgement, &window);
    count_guards(judgement, &window);
    judgement->signature_loops = (int)judge_loops(run, window.first, NULL, 0);
    bool known = options->freeze_at > 0 && (size_t)options->freeze_at <= run->count;
    judgement->freeze_seen = options->window_only ? known : freeze_triggered(run);
    if (!options->window_only)
        find_anomalies(judgement, run, thresholds);
    judgement->verdict = decide(judgement, thresholds);
    judgement->freeze_ready = (judgement->verdict == VERDICT_PASS ||
                               judgement->verdict == VERDICT_WARN) &&
                              judgement->pass_count >= thresholds->pass_count &&
                              judgement->freeze_in_window;
    check_kpis(judgement, limits);
    check_verdict(judgement, thresholds, options->warn_fails);
    if (!options->skip_verify)
        check_deltas(judgement, verify, thresholds);
    check_freeze_ready(judgement, thresholds);
    judgement->promotable = promotable(judgement, run, options);
}

void judge_fini(struct judgement *judgement)
{
    free(judgement->anomaly);
    *judgement = (struct judgement){0};
}

int judge_exit_status(const struct judgement *judgement)
{
    if (judgement->gate_failed)
        return 1;
    return judgement->verdict == VERDICT_INCONCLUSIVE ? 3 : 0;
}

enum parity judge_parity(const struct run *run, enum verdict kpi_gate,
                         const struct thresholds *thresholds, bool mock)
{
    const struct iteration *last = run_last(run);
    if (last == NULL || kpi_gate == VERDICT_NONE)
        return PARITY_UNKNOWN;
    bool passes = iteration_passes(last, thresholds_limits(thresholds, mock));
    return passes == (kpi_gate != VERDICT_FAIL) ? PARITY_AGREES : PARITY_DIFFERS;
}
