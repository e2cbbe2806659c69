/* report_advice: what an operator should do next, said from the judgement: one sentence for the
 * verdict, one for each thing that stands in the way. Any thread. */
#include "config.h"

#include "artifact/report_common.h"

static void advise_pass(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    if (judgement->gate_failed)
        return; /* what stands in the way is said below */
    if (judgement->promotable) {
        buffer_puts(out, "- The run may be promoted: freeze these parameters and start the long "
                         "production soak.\n");
        return;
    }
    if (judgement->mock)
        buffer_puts(out, "- A mock gate shows that the pipeline works, not that the parameters are "
                         "good: judge a run of the real bot with `soaktop gate --strict`, without "
                         "--mock, before anything is promoted.\n");
    else if (input->run->source == SOURCE_MOCK)
        buffer_puts(out, "- These are the mock's figures: soak the real bot before anything is "
                         "promoted.\n");
    else if (!judgement->strict)
        buffer_puts(out, "- Run the gate with --strict; a pass there makes the run promotable.\n");
    else if (!input->run->has_manifest)
        buffer_puts(out, "- The directory has no run.json, so nothing says where its figures come "
                         "from: it cannot be promoted.\n");
}

static void advise_warn(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    const struct guard_policy *guard = &input->config->policy.guard;
    if (judgement->pass_count < input->config->thresholds.pass_count)
        buffer_printf(out,
                      "- %d of the last %d iterations pass and %d would make a PASS: see which KPI "
                      "misses its limit, and let the run go on.\n",
                      judgement->pass_count, judgement->window,
                      input->config->thresholds.pass_count);
    if (!judgement->freeze_seen)
        buffer_printf(out,
                      "- No freeze was triggered, and a PASS needs one: it starts after %d "
                      "iterations running with risk ratio <= %g and net >= %g bps. Let the run go "
                      "on before the production soak.\n",
                      guard->freeze_after, guard->freeze_risk_max, guard->freeze_net_min);
}

static void advise_fail(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    buffer_printf(out,
                  "- Do not promote: %d of the last %d iterations do not pass. FAILURES.md lists "
                  "why, RECOMMENDATIONS.md says what the tuner would change.\n",
                  judgement->fail_count, judgement->window);
}

static void advise_inconclusive(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    struct forecast forecast = judge_forecast(input->run, &input->config->thresholds,
                                              judgement->mock);
    bool over = forecast.earliest_pass == 0;
    buffer_printf(out, "- Not enough evidence%s: of %d iterations %d pass, %d do not, and %d %s. ",
                  over ? "" : " yet", judgement->window, judgement->pass_count,
                  judgement->fail_count, judgement->lacking_count,
                  over ? "were never run" : "are still to come");
    if (over)
        buffer_puts(out, "This run cannot reach a verdict any more: start a longer one.\n");
    else
        buffer_printf(out, "Let the run go on: %s is possible from iteration %d.\n",
                      forecast.out_of_reach ? "WARN" : "PASS", forecast.earliest_pass);
}

static void advise_deltas(struct buffer *out, const struct report_input *input)
{
    const struct thresholds *thresholds = &input->config->thresholds;
    const struct judgement *judgement = input->judgement;
    double minimum = judgement->strict ? thresholds->full_apply_min_strict
                                       : thresholds->full_apply_min;
    if (input->verify == NULL) {
        buffer_puts(out, "- The applied deltas were not verified (--skip-delta-verify); run "
                         "`soaktop verify` on the directory.\n");
        return;
    }
    if (!verify_ok(input->verify, minimum))
        buffer_printf(out,
                      "- %d applied proposal%s not in force in the next iteration: "
                      "DELTA_VERIFY_REPORT.md names each parameter. Find out who else writes the "
                      "parameters, or why the bot does not read them.\n",
                      input->verify->fail_count,
                      input->verify->fail_count == 1 ? " was" : "s were");
    if (input->verify->diverged_count > 0)
        buffer_printf(out,
                      "- After %d appl%s the bot reported other parameters than those in force: "
                      "check which file it reads, and when.\n",
                      input->verify->diverged_count,
                      input->verify->diverged_count == 1 ? "y" : "ies");
    if (input->verify->signature_stuck_count > thresholds->signature_stuck_max)
        buffer_puts(out, "- The signature did not change after an apply: the bot runs with old "
                         "parameters. Restart it or check which file it reads.\n");
}

static int unusable_in_window(const struct report_input *input)
{
    int count = 0;
    for (int n = input->judgement->from; n > 0 && n <= input->judgement->to; n++)
        count += !iteration_valid(input->run->iteration[n - 1]);
    return count;
}

static void advise_stability(struct buffer *out, const struct report_input *input)
{
    const struct judgement *judgement = input->judgement;
    int unusable = unusable_in_window(input);
    if (unusable > 0)
        buffer_printf(
            out,
            "- %d of the last %d iterations ha%s no KPIs: mend the source before anything "
            "is tuned.\n",
            unusable, judgement->window, unusable == 1 ? "s" : "ve");
    if (judgement->verdict == VERDICT_PASS && !judgement->freeze_ready)
        buffer_printf(out,
                      "- The last freeze is older than %d iterations, so the parameters are not "
                      "ready to be frozen: let the run go on until a new one starts.\n",
                      judgement->window);
    if (judgement->signature_loops > 0)
        buffer_printf(out,
                      "- The parameters came back to an earlier state %d time%s in the last %d "
                      "iterations: look for two rules, or two writers, that undo each other.\n",
                      judgement->signature_loops, judgement->signature_loops == 1 ? "" : "s",
                      judgement->window);
    if (judgement->anomalies_in_window > 0)
        buffer_printf(out, "- Look at the %d anomal%s in the last %d iterations first.\n",
                      judgement->anomalies_in_window,
                      judgement->anomalies_in_window == 1 ? "y" : "ies", judgement->window);
}

void report_advice(struct buffer *out, const struct report_input *input)
{
    switch (input->judgement->verdict) {
    case VERDICT_PASS:
        advise_pass(out, input);
        break;
    case VERDICT_WARN:
        advise_warn(out, input);
        break;
    case VERDICT_FAIL:
        advise_fail(out, input);
        break;
    case VERDICT_INCONCLUSIVE:
    case VERDICT_NONE:
        advise_inconclusive(out, input);
        break;
    }
    advise_deltas(out, input);
    advise_stability(out, input);
}
