/* xray: see xray.h. Pure; any thread. */
#include "config.h"

#include "model/xray.h"

#include <stdio.h>
#include <string.h>

/* 0: in none. */
static int first_freeze(const struct run *run)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->iteration[i]->freeze_triggered)
            return run->iteration[i]->number;
    return 0;
}

static struct judgement judged(const struct run *run, const struct thresholds *thresholds,
                               bool mock)
{
    struct judgement judgement;
    const struct judge_options options = {
        .mock = mock, .skip_verify = true, .window_only = true, .freeze_at = first_freeze(run)};
    judge_run(&judgement, run, NULL, thresholds, &options);
    return judgement;
}

static void fill_count(struct xray_row *row, const struct judgement *judgement,
                       const struct thresholds *thresholds)
{
    row->verdict = judgement->to == 0 ? VERDICT_NONE : judgement->verdict;
    snprintf(row->text, sizeof row->text, "%d of %d pass, need %d; freeze seen: %s",
             judgement->pass_count, judgement->window, thresholds->pass_count,
             judgement->freeze_seen ? "yes" : "no");
}

static void fill_mean(struct xray_row *row, const struct judgement *judgement,
                      const struct kpi_limits *limits)
{
    size_t length = 0;
    int misses = 0;
    row->text[0] = '\0';
    for (int i = 0; i < KPI_COUNT; i++) {
        const struct kpi_info *info = &kpi_table[i];
        struct value mean = judgement->kpi[i].mean;
        if (kpi_passes((enum kpi)i, mean, limits) || length >= sizeof row->text)
            continue;
        char number[32] = "n/a";
        if (value_present(mean))
            snprintf(number, sizeof number, "%.*f", info->decimals, mean.number);
        length += (size_t)snprintf(row->text + length, sizeof row->text - length, "%s%s %s %s %g",
                                   misses++ > 0 ? ", " : "", info->label, number,
                                   info->larger_is_better ? "<" : ">", limits->limit[i]);
    }
    row->verdict = judgement->to == 0 ? VERDICT_NONE : misses > 0 ? VERDICT_FAIL : VERDICT_PASS;
    if (misses == 0)
        snprintf(row->text, sizeof row->text, "all four means are inside");
}

static void fill_kpi_gate(struct xray_row *row, const struct run *run,
                          const struct judgement *judgement)
{
    int counts[VERDICT_INCONCLUSIVE + 1] = {0};
    for (int number = judgement->from; number > 0 && number <= judgement->to; number++) {
        const struct iteration *iteration = run_iteration(run, number);
        row->verdict = iteration_valid(iteration) ? iteration->summary.kpi_verdict : VERDICT_NONE;
        counts[row->verdict]++;
    }
    snprintf(row->text, sizeof row->text, "%d PASS, %d WARN, %d FAIL, %d n/a; the last one: %s",
             counts[VERDICT_PASS], counts[VERDICT_WARN], counts[VERDICT_FAIL], counts[VERDICT_NONE],
             verdict_name(row->verdict));
}

/* 1 good, -1 bad, 0: it says neither. */
static int side(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_PASS:
    case VERDICT_WARN:
        return 1;
    case VERDICT_FAIL:
        return -1;
    case VERDICT_NONE:
    case VERDICT_INCONCLUSIVE:
        break;
    }
    return 0;
}

void xray_fill(struct xray *xray, const struct run *run, const struct thresholds *thresholds,
               bool mock)
{
    static const char *const names[XRAY_COUNT] = {"strict, count", "mock, count", "strict, mean",
                                                  "mock, mean", "KPI_GATE"};
    struct judgement strict = judged(run, thresholds, false);
    struct judgement made = judged(run, thresholds, true);
    *xray = (struct xray){0};
    for (int i = 0; i < XRAY_COUNT; i++)
        xray->row[i].name = names[i];
    fill_count(&xray->row[XRAY_STRICT], &strict, thresholds);
    fill_count(&xray->row[XRAY_MOCK], &made, thresholds);
    fill_mean(&xray->row[XRAY_STRICT_MEAN], &strict, thresholds_limits(thresholds, false));
    fill_mean(&xray->row[XRAY_MOCK_MEAN], &made, thresholds_limits(thresholds, true));
    fill_kpi_gate(&xray->row[XRAY_KPI_GATE], run, &strict);
    struct xray_row *in_use = &xray->row[mock ? XRAY_MOCK : XRAY_STRICT];
    in_use->in_use = true;
    for (int i = 0; i < XRAY_COUNT; i++) {
        struct xray_row *row = &xray->row[i];
        row->disagrees = side(row->verdict) * side(in_use->verdict) < 0;
        xray->disagreeing += row->disagrees;
    }
    judge_fini(&strict);
    judge_fini(&made);
}

static void add_flip(struct whatif *whatif, int number, bool passes)
{
    if (whatif->flip_count >= WHATIF_FLIPS_MAX)
        memmove(whatif->flip, whatif->flip + 1, sizeof whatif->flip - sizeof *whatif->flip);
    size_t at = whatif->flip_count < WHATIF_FLIPS_MAX ? whatif->flip_count : WHATIF_FLIPS_MAX - 1;
    whatif->flip[at] = (struct whatif_flip){number, passes};
    whatif->flip_count++;
}

void whatif_fill(struct whatif *whatif, const struct run *run, const struct thresholds *thresholds,
                 bool mock, enum kpi kpi, double limit)
{
    struct thresholds imagined = *thresholds;
    struct kpi_limits *changed = mock ? &imagined.mock : &imagined.strict;
    const struct kpi_limits *real = thresholds_limits(thresholds, mock);
    changed->limit[kpi] = limit;
    struct judgement judgement = judged(run, &imagined, mock);
    *whatif = (struct whatif){.verdict = judgement.verdict, .pass_count = judgement.pass_count};
    judge_fini(&judgement);
    for (size_t i = 0; i < run->count; i++) {
        bool passes = iteration_passes(run->iteration[i], changed);
        if (passes != iteration_passes(run->iteration[i], real))
            add_flip(whatif, run->iteration[i]->number, passes);
    }
}
