/* test_hold: lines held back, guards overridden, and holds that nobody decides (ENGINE section 7).
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

/* The bot of the tests: risk 0.45 proposes MODERATE (min_interval +5, impact_cap -0.005) in each
 * iteration; the figures of iteration N may be given another way. */
static void report(int iteration, const char *totals)
{
    char text[400];
    snprintf(text, sizeof(text), "{\"totals\": {%s}}", totals);
    file_put(tempdir_path("kpi_%d.json", iteration), text);
}

#define MODERATE                                                                                   \
    "\"net_bps\": 3.0, \"adverse_bps_p95\": 2, \"slippage_bps_p95\": 2, \"p95_latency_ms\": 300, " \
    "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.45}}"
#define STEADY                                                                                     \
    "\"net_bps\": 3.0, \"adverse_bps_p95\": 2, \"slippage_bps_p95\": 2, \"p95_latency_ms\": 300, " \
    "\"maker_taker_ratio\": 0.9, \"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.2}}"
#define AGGRESSIVE                                                                                 \
    "\"net_bps\": 3.0, \"adverse_bps_p95\": 2, \"slippage_bps_p95\": 2, \"p95_latency_ms\": 300, " \
    "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.7}}"

static char command_text[600];

static struct soak manual(int iterations)
{
    struct soak soak = soak_new("a");
    snprintf(command_text, sizeof(command_text),
             "cp %s/kpi_$SOAK_ITERATION.json \"$SOAK_EDGE_REPORT\"", tempdir_path("."));
    soak.options.source = SOURCE_EXEC;
    soak.options.exec_command = command_text;
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = iterations;
    return soak;
}

static const struct delta *line(struct soak *soak, const char *name)
{
    return proposal_find(&soak->run.pending, name);
}

static int wanted_hold;

static bool holds_at(const struct soak *soak)
{
    return soak_holds(soak) && soak->run.pending.iteration == wanted_hold;
}

static void until_hold(struct soak *soak, int iteration)
{
    wanted_hold = iteration;
    soak_until(soak, holds_at);
}

static void stop(struct soak *soak)
{
    soak_send(soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(soak);
    soak_drop(soak);
}

START_TEST(a_held_line_counts_as_declined_and_comes_back_in_its_iteration)
{
    report(1, MODERATE);
    report(2, MODERATE);
    report(3, STEADY);
    report(4, STEADY);
    struct soak soak = manual(10);
    soak_start(&soak);
    until_hold(&soak, 1);
    ck_assert(!soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 1, ""));
    ck_assert(!soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 11, ""));
    ck_assert(!soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 0, "")); /* no guard holds it */
    ck_assert(soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 3, "later"));
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_HELD);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->hold_until, 3);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "min_interval_ms", 0, ""));
    ck_assert(soak_apply(&soak));
    json_t *summary;
    until_hold(&soak, 2);
    summary = soak_summary("a", 1);
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    ck_assert_str_eq(soak_text(summary, "tuning.skip_reason.note"),
                     "operator: impact_cap_ratio (held until it 3: later)");
    json_decref(summary);
    /* the tuner asks again: held still, not asked */
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_HELD);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->held_at, 1);
    ck_assert_int_eq(line(&soak, "min_interval_ms")->state, DELTA_PROPOSED);
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "min_interval_ms", 0, "too big"));
    ck_assert(soak_apply(&soak));
    /* the tuner asks no more: it comes back by itself */
    until_hold(&soak, 3);
    ck_assert_uint_eq(soak.run.pending.count, 1);
    const struct delta *back = line(&soak, "impact_cap_ratio");
    ck_assert_int_eq(back->state, DELTA_PROPOSED);
    ck_assert_double_eq(back->now, 0.1);
    ck_assert_double_eq(back->after, 0.095);
    ck_assert_msg(strstr(back->why, "held at it 1: ") == back->why, "%s", back->why);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "impact_cap_ratio", 0, ""));
    ck_assert(soak_apply(&soak));
    soak_until_count(&soak, 4); /* and only once */
    ck_assert_uint_eq(soak.run.iteration[3]->delta_count, 0);
    ck_assert_double_eq(soak.run.params[back->param].number, 0.095);
    stop(&soak);
}
END_TEST

START_TEST(a_line_held_for_its_guard_comes_back_when_that_cleared)
{
    report(1, STEADY);
    report(2, STEADY); /* the freeze starts: iterations 3 to 6 */
    report(3, "\"net_bps\": 2.9, \"adverse_bps_p95\": 4, \"slippage_bps_p95\": 3, "
              "\"p95_latency_ms\": 300, \"maker_taker_ratio\": 0.9, "
              "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.34}}");
    report(4, STEADY);
    report(5, STEADY);
    report(7, STEADY);
    report(6, "\"net_bps\": 2.6, \"adverse_bps_p95\": 2, \"slippage_bps_p95\": 2, "
              "\"p95_latency_ms\": 300, \"maker_taker_ratio\": 0.9, "
              "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.36}}");
    struct soak soak = manual(12);
    soak_start(&soak);
    until_hold(&soak, 3);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->guard, GUARD_FREEZE);
    ck_assert(soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 0, ""));
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_HELD);
    ck_assert(soak_apply(&soak));
    until_hold(&soak, 7);
    for (int i = 4; i <= 6; i++)
        ck_assert_uint_eq(soak.run.iteration[i - 1]->delta_count, 0);
    ck_assert_uint_eq(soak.run.pending.count, 1);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_PROPOSED);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->held_at, 3);
    stop(&soak);
}
END_TEST

START_TEST(a_hold_does_not_keep_a_line_towards_safety_back)
{
    report(1, MODERATE);
    report(2, AGGRESSIVE);
    report(3, MODERATE);
    struct soak soak = manual(10);
    soak_start(&soak);
    until_hold(&soak, 1);
    ck_assert(soak_decide(&soak, DECIDE_HOLD, "impact_cap_ratio", 9, ""));
    ck_assert(soak_apply(&soak));
    until_hold(&soak, 2);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->rule, RULE_AGGRESSIVE);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_PROPOSED);
    ck_assert(soak_apply(&soak)); /* declined: the hold is over all the same */
    until_hold(&soak, 3);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_PROPOSED);
    stop(&soak);
}
END_TEST

START_TEST(a_rejected_target_that_comes_again_says_so)
{
    report(1, MODERATE);
    report(2, MODERATE);
    struct soak soak = manual(10);
    soak_start(&soak);
    until_hold(&soak, 1);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->rejected_at, 0);
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "impact_cap_ratio", 0, "too big"));
    ck_assert(soak_apply(&soak));
    until_hold(&soak, 2);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->rejected_at, 1);
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_PROPOSED);
    ck_assert_int_eq(line(&soak, "min_interval_ms")->rejected_at, 0); /* declined, not rejected */
    stop(&soak);
}
END_TEST

static bool apply_confirmed(struct soak *soak, const char *reason)
{
    struct command command = {
        .kind = COMMAND_APPLY, .iteration = soak->run.pending.iteration, .confirmed = true};
    snprintf(command.note, sizeof(command.note), "%s", reason);
    return soak_send(soak, command);
}

/* A freeze holds impact_cap_ratio and max_delta_ratio in iteration 3; tail_age_ms is open. */
static struct soak frozen(void)
{
    report(1, STEADY);
    report(2, STEADY);
    report(3, "\"net_bps\": 2.9, \"adverse_bps_p95\": 4, \"slippage_bps_p95\": 3, "
              "\"p95_latency_ms\": 300, \"maker_taker_ratio\": 0.9, "
              "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.34}}");
    report(4, STEADY);
    struct soak soak = manual(10);
    soak_start(&soak);
    until_hold(&soak, 3);
    return soak;
}

START_TEST(a_guard_is_overridden_with_word_and_reason_only)
{
    struct soak soak = frozen();
    ck_assert(!soak_decide(&soak, DECIDE_APPROVE, "impact_cap_ratio", 0, ""));
    ck_assert(!soak_decide(&soak, DECIDE_OVERRIDE, "tail_age_ms", 0, "")); /* no guard holds it */
    ck_assert(soak_decide(&soak, DECIDE_OVERRIDE, "impact_cap_ratio", 0, ""));
    ck_assert_msg(strstr(soak.reply, "freeze holds impact_cap_ratio until it 7") != NULL, "%s",
                  soak.reply);
    ck_assert(!soak_apply(&soak));
    ck_assert_msg(strstr(soak.reply, "freeze") != NULL, "%s", soak.reply);
    ck_assert(!apply_confirmed(&soak, ""));
    ck_assert(soak_decide(&soak, DECIDE_UNDO, "", 0, ""));
    ck_assert_int_eq(line(&soak, "impact_cap_ratio")->state, DELTA_BLOCKED);
    ck_assert(soak_decide(&soak, DECIDE_REDO, "", 0, ""));
    ck_assert(apply_confirmed(&soak, "the desk asked"));
    soak_until_count(&soak, 4);
    json_t *summary = soak_summary("a", 3);
    const json_t *one = json_array_get(soak_at(summary, "tuning.overridden"), 0);
    ck_assert_str_eq(soak_text(one, "name"), "impact_cap_ratio");
    ck_assert_str_eq(soak_text(one, "guard"), "freeze");
    ck_assert_double_eq(soak_number(one, "value"), 0.09);
    ck_assert_str_eq(soak_text(one, "reason"), "the desk asked");
    ck_assert_msg(strstr(soak_text(one, "limit"), "frozen by iteration 2 until 6"), "no limit");
    ck_assert_uint_eq(json_array_size(soak_at(summary, "tuning.overridden")), 1);
    ck_assert_double_eq(soak_number(summary, "tuning.applied_deltas.impact_cap_ratio"), 0.09);
    /* max_delta_ratio stays blocked, tail_age_ms and the spread were declined */
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.applied_deltas")), 1);
    ck_assert(soak_true(summary, "tuning.skip_reason.freeze"));
    json_decref(summary);
    stop(&soak);
    json_t *tuning = soak_json("a/soak/latest/TUNING_REPORT.json");
    const json_t *third = json_array_get(soak_at(tuning, "iterations"), 2);
    ck_assert_uint_eq(json_array_size(soak_at(third, "overridden")), 1);
    json_decref(tuning);
}
END_TEST

START_TEST(an_edit_past_the_largest_step_wants_word_and_reason)
{
    struct soak soak = frozen();
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 700, "")); /* 600 + 100 */
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 701, ""));
    ck_assert(!soak_apply(&soak));
    ck_assert_msg(strstr(soak.reply, "largest step 100") != NULL, "%s", soak.reply);
    ck_assert(apply_confirmed(&soak, "measured"));
    soak_until_count(&soak, 4);
    json_t *summary = soak_summary("a", 3);
    const json_t *one = json_array_get(soak_at(summary, "tuning.overridden"), 0);
    ck_assert_str_eq(soak_text(one, "guard"), "max_step");
    ck_assert_str_eq(soak_text(one, "limit"), "at most 100 at once");
    json_decref(summary);
    stop(&soak);
}
END_TEST

static struct soak timed(bool applies)
{
    report(1, MODERATE);
    report(2, STEADY);
    struct soak soak = manual(10);
    soak.options.approve_timeout_s = 0.3;
    soak.options.timeout_applies = applies;
    soak_start(&soak);
    until_hold(&soak, 1);
    return soak;
}

START_TEST(a_time_out_rejects_what_nobody_decided)
{
    struct soak soak = timed(false);
    ck_assert_int_gt(soak.run.pending.decide_by_ms, 0);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "min_interval_ms", 0, ""));
    soak_until_count(&soak, 1);
    json_t *summary = soak_summary("a", 1);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.timeout"));
    ck_assert(!soak_true(summary, "tuning.skip_reason.operator"));
    ck_assert_str_eq(soak_text(summary, "tuning.skip_reason.note"),
                     "timeout: no decision within 0.3 s");
    ck_assert_str_eq(soak_text(summary, "tuning.decided_by"), "timeout");
    json_decref(summary);
    stop(&soak);
}
END_TEST

START_TEST(a_time_out_that_applies_writes_what_no_guard_holds_and_nobody_declined)
{
    struct soak soak = timed(true);
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "impact_cap_ratio", 0, "no"));
    soak_until_count(&soak, 1);
    json_t *summary = soak_summary("a", 1);
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.applied_deltas")), 1);
    ck_assert_double_eq(soak_number(summary, "tuning.applied_deltas.min_interval_ms"), 65);
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    ck_assert_str_eq(soak_text(summary, "tuning.decided_by"), "timeout");
    json_decref(summary);
    stop(&soak);
}
END_TEST

START_TEST(a_time_out_writes_nothing_against_a_guard_or_past_a_largest_step)
{
    report(1, STEADY);
    report(2, STEADY);
    report(3, "\"net_bps\": 2.9, \"adverse_bps_p95\": 4, \"slippage_bps_p95\": 3, "
              "\"p95_latency_ms\": 300, \"maker_taker_ratio\": 0.9, "
              "\"block_reasons\": {\"risk\": {\"count\": 1, \"ratio\": 0.34}}");
    report(4, STEADY);
    struct soak soak = manual(10);
    soak.options.approve_timeout_s = 0.4;
    soak.options.timeout_applies = true;
    soak_start(&soak);
    until_hold(&soak, 3);
    ck_assert(soak_decide(&soak, DECIDE_OVERRIDE, "impact_cap_ratio", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 720, ""));
    soak_until_count(&soak, 4);
    json_t *summary = soak_summary("a", 3);
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.applied_deltas")), 1);
    ck_assert_double_eq(soak_number(summary, "tuning.applied_deltas.base_spread_bps_delta"), 0.08);
    json_decref(summary);
    stop(&soak);
}
END_TEST

Suite *hold_suite(void)
{
    Suite *suite = suite_create("hold");
    TCase *tcase = tcase_create("hold");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, a_held_line_counts_as_declined_and_comes_back_in_its_iteration);
    tcase_add_test(tcase, a_line_held_for_its_guard_comes_back_when_that_cleared);
    tcase_add_test(tcase, a_hold_does_not_keep_a_line_towards_safety_back);
    tcase_add_test(tcase, a_rejected_target_that_comes_again_says_so);
    tcase_add_test(tcase, a_guard_is_overridden_with_word_and_reason_only);
    tcase_add_test(tcase, an_edit_past_the_largest_step_wants_word_and_reason);
    tcase_add_test(tcase, a_time_out_rejects_what_nobody_decided);
    tcase_add_test(tcase, a_time_out_that_applies_writes_what_no_guard_holds_and_nobody_declined);
    tcase_add_test(tcase, a_time_out_writes_nothing_against_a_guard_or_past_a_largest_step);
    suite_add_tcase(suite, tcase);
    return suite;
}
