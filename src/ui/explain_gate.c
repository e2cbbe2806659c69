/* explain_gate: the verdict's arithmetic: s, f and u with the iterations, the freeze, the rule and
 * what would change the answer; the checks of the last gate that did not pass. UI thread; pure. */
#include "config.h"

#include "ui/explain.h"

#include <stdio.h>
#include <string.h>

static void add_misses(const struct view *view, const struct iteration *iteration,
                       struct buffer *text)
{
    const struct kpi_limits *limits = thresholds_limits(&view->config->thresholds,
                                                        view->mock_limits);
    bool first = true;
    for (int i = 0; i < KPI_COUNT; i++) {
        const struct kpi_info *info = &kpi_table[i];
        struct value value = iteration_kpi(iteration, (enum kpi)i);
        if (kpi_passes((enum kpi)i, value, limits))
            continue;
        buffer_printf(text, "%s%s ", first ? "" : ", ", info->label);
        if (value_usable(value))
            buffer_printf(text, "%.*f misses %s %g", info->decimals, value.number,
                          info->larger_is_better ? ">=" : "<=", limits->limit[i]);
        else
            buffer_puts(text, value_present(value) ? "is made up" : "n/a");
        first = false;
    }
}

void explain_iteration(const struct view *view, int number, struct buffer *text)
{
    const struct iteration *iteration = run_iteration(&view->run, number);
    const struct kpi_limits *limits = thresholds_limits(&view->config->thresholds,
                                                        view->mock_limits);
    if (iteration == NULL) {
        buffer_printf(text, "it %d is not recorded.\n", number);
        return;
    }
    buffer_printf(text, "it %d ", number);
    if (iteration->state != ITERATION_OK)
        buffer_printf(text, "does not pass: %s: %s",
                      iteration->state == ITERATION_FAILED ? "it failed" : "it is missing",
                      iteration->error ? iteration->error : "no reason given");
    else if (iteration_passes(iteration, limits))
        buffer_puts(text, "passes all four KPIs");
    else {
        buffer_puts(text, "does not pass: ");
        add_misses(view, iteration, text);
    }
    buffer_puts(text, ".\n");
}

static void add_counts(const struct view *view, struct buffer *text)
{
    const struct judgement *judgement = &view->judgement;
    const struct kpi_limits *limits = thresholds_limits(&view->config->thresholds, judgement->mock);
    buffer_printf(text, "%s after it %d, by the %s thresholds, over the last %d iterations.\n",
                  verdict_name(judgement->verdict), view_number(view),
                  thresholds_name(judgement->mock), judgement->window);
    buffer_printf(text, "s = %d pass all four KPIs", judgement->pass_count);
    for (int number = judgement->from, listed = 0; number > 0 && number <= judgement->to; number++)
        if (iteration_passes(run_iteration(&view->run, number), limits))
            buffer_printf(text, "%s%d", listed++ > 0 ? " " : ": it ", number);
    buffer_printf(text, ".\nf = %d do not", judgement->fail_count);
    buffer_puts(text, judgement->fail_count > 0 ? ":\n" : ".\n");
    for (int number = judgement->from; number > 0 && number <= judgement->to; number++)
        if (!iteration_passes(run_iteration(&view->run, number), limits)) {
            buffer_puts(text, "  ");
            explain_iteration(view, number, text);
        }
    buffer_printf(text, "u = %d that the window still lacks.\n", judgement->lacking_count);
}

static void add_freeze(const struct view *view, struct buffer *text)
{
    const struct guard_policy *policy = &view->config->policy.guard;
    int listed = 0;
    for (int number = 1; number <= view_number(view); number++) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        if (iteration != NULL && iteration->freeze_triggered)
            buffer_printf(text, "%s%d", listed++ > 0 ? " " : "Freeze seen: yes, in it ", number);
    }
    if (listed > 0)
        buffer_puts(text, ".\n");
    else
        buffer_printf(text,
                      "Freeze seen: no. One starts after %d iterations running with risk <= %g and "
                      "net >= %g (%s).\n",
                      policy->freeze_after, policy->freeze_risk_max, policy->freeze_net_min,
                      view->config->policy_file);
}

static void add_rule(const struct view *view, struct buffer *text)
{
    const struct thresholds *thresholds = &view->config->thresholds;
    buffer_printf(text,
                  "Rule: PASS with s >= %d and a freeze in the run; WARN with s >= %d; FAIL with f "
                  ">= %d; else INCONCLUSIVE (%s).\n",
                  thresholds->pass_count, thresholds->warn_count,
                  thresholds->window - thresholds->warn_count + 1, view->config->thresholds_file);
}

static void add_change(const struct view *view, struct buffer *text)
{
    const struct forecast *forecast = &view->forecast;
    char when[EXPLAIN_WHEN_MAX];
    if (view->judgement.verdict == VERDICT_PASS) {
        buffer_printf(text, "It stays PASS as long as %d of the last %d pass.\n",
                      view->config->thresholds.pass_count, view->judgement.window);
    } else if (forecast->out_of_reach) {
        buffer_puts(text, "PASS is out of reach: not enough iterations are left.\n");
        if (forecast->earliest_pass > 0)
            buffer_printf(text, "WARN can be at %s, if all until then pass.\n",
                          explain_when(view, forecast->earliest_pass, when));
    } else {
        buffer_printf(text, "What would change it: PASS can be at %s, if all until then pass%s.\n",
                      explain_when(view, forecast->earliest_pass, when),
                      view->judgement.freeze_seen ? "" : " and a freeze starts");
    }
    if (forecast->misses_left >= 0 && !forecast->out_of_reach)
        buffer_printf(text, "The final window may lose %d.\n", forecast->misses_left);
}

static void add_gate(const struct view *view, struct buffer *text)
{
    if (view->gate == NULL)
        return;
    const struct judgement *judgement = &view->gate->judgement;
    const char *mock = judgement->mock ? "MOCK " : "";
    buffer_printf(text, "%sThe last gate: exit %d.\n", mock, judge_exit_status(judgement));
    for (size_t i = 0; i < judgement->reason_count; i++)
        buffer_printf(text, "%sbecause %s.\n", mock, judgement->reason[i]);
}

void explain_gate(const struct view *view, struct buffer *text)
{
    if (view->judgement.to == 0) {
        buffer_puts(text, "n/a: no iteration is recorded yet, so there is nothing to judge.\n");
        return;
    }
    add_counts(view, text);
    add_freeze(view, text);
    add_rule(view, text);
    add_change(view, text);
    add_gate(view, text);
}
