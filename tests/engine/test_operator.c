/* test_operator: manual decisions, pause, next, stop, and commands in every wait (ENGINE sections 3
 * and 7). */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact/realclock.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

static struct soak manual(int iterations)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = iterations;
    soak_start(&soak);
    return soak;
}

static const struct delta *line(struct soak *soak, const char *name)
{
    const struct delta *found = proposal_find(&soak->run.pending, name);
    ck_assert_msg(found != NULL, "no line %s", name);
    return found;
}

START_TEST(a_proposal_is_in_the_journal_before_it_holds)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert_uint_eq(soak_journal_count("a", "proposal"), 1);
    ck_assert_uint_eq(soak_journal_count("a", "iteration"), 0);
    ck_assert_int_eq(soak.run.pending.iteration, 1);
    ck_assert_uint_eq(soak.run.pending.count, 4);
    ck_assert(soak.run.pending.has_summary);
    ck_assert_str_eq(soak.run.pending.base_hash, soak_disk_hash("a"));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(some_lines_applied_one_edited_one_rejected)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "impact_cap_ratio", 0, ""));
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 620, "half of it"));
    ck_assert(soak_decide(&soak, DECIDE_REJECT, "max_delta_ratio", 0, "too big"));
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_EDITED);
    ck_assert_double_eq(line(&soak, "tail_age_ms")->after, 620);
    ck_assert_double_eq(line(&soak, "tail_age_ms")->target, 630);
    ck_assert_uint_eq(proposal_staged(&soak.run.pending), 2);
    ck_assert_msg(soak_apply(&soak), "%s", soak.reply);
    soak_end(&soak);
    ck_assert(!soak.run.has_pending);

    json_t *summary = soak_summary("a", 1);
    json_t *applied = soak_at(summary, "tuning.applied_deltas");
    ck_assert_uint_eq(json_object_size(applied), 2);
    ck_assert_double_eq(soak_number(applied, "tail_age_ms"), 620);
    ck_assert_double_eq(soak_number(applied, "impact_cap_ratio"), 0.09);
    ck_assert_uint_eq(json_object_size(soak_at(summary, "tuning.proposed_deltas")), 4);
    ck_assert_str_eq(soak_text(summary, "tuning.decided_by"), "operator:op@host");
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    const char *note = soak_text(summary, "tuning.skip_reason.note");
    ck_assert_msg(strstr(note, "max_delta_ratio (too big)") != NULL, "%s", note);
    ck_assert_msg(strstr(note, "base_spread_bps_delta") != NULL, "%s", note);
    json_decref(summary);
    ck_assert_uint_eq(soak_journal_count("a", "decision"), 4);
    soak_check_chain("a", 2, false);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_edit_outside_the_bounds_is_refused_with_the_bounds_named)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(!soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 900, ""));
    ck_assert_msg(strstr(soak.reply, "800") != NULL, "%s", soak.reply);
    ck_assert(!soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 620.5, ""));
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_PROPOSED);
    ck_assert(!soak_decide(&soak, DECIDE_APPROVE, "min_interval_ms", 0, ""));
    ck_assert(!soak_decide(&soak, DECIDE_EDIT, "", 620, ""));
    ck_assert_uint_eq(soak_journal_count("a", "decision"), 0);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_edit_is_checked_by_the_guards)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    /* velocity: at most 0.75 of 500..800 within three iterations */
    ck_assert(!soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 800 + 0, "") ||
              line(&soak, "tail_age_ms")->state == DELTA_EDITED);
    ck_assert(!soak_decide(&soak, DECIDE_EDIT, "base_spread_bps_delta", 0.25, ""));
    ck_assert_msg(strstr(soak.reply, "velocity") != NULL, "%s", soak.reply);
    ck_assert(soak_decide(&soak, DECIDE_EDIT, "base_spread_bps_delta", 0.12, ""));
    ck_assert(soak_decide(&soak, DECIDE_RESET, "base_spread_bps_delta", 0, ""));
    ck_assert_int_eq(line(&soak, "base_spread_bps_delta")->state, DELTA_PROPOSED);
    ck_assert_double_eq(line(&soak, "base_spread_bps_delta")->after, 0.08);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(all_approved_and_reset_by_the_empty_name)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert_uint_eq(proposal_staged(&soak.run.pending), 4);
    ck_assert(soak_decide(&soak, DECIDE_RESET, "", 0, ""));
    ck_assert_uint_eq(proposal_staged(&soak.run.pending), 0);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_apply(&soak));
    soak_end(&soak);
    json_t *summary = soak_summary("a", 1);
    ck_assert_str_eq(soak_text(summary, "tuning.skip_reason"), "");
    ck_assert(soak_true(summary, "tuning.applied"));
    json_decref(summary);
    soak_drop(&soak);
}
END_TEST

START_TEST(nothing_staged_declines_everything)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_apply(&soak));
    soak_end(&soak);
    json_t *summary = soak_summary("a", 1);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    json_decref(summary);
    soak_check_chain("a", 2, false);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_wrong_base_or_iteration_is_refused)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    struct command apply = {.kind = COMMAND_APPLY, .iteration = 1, .base_hash = "other"};
    ck_assert(!soak_send(&soak, apply));
    apply = (struct command){.kind = COMMAND_APPLY, .iteration = 7};
    ck_assert(!soak_send(&soak, apply));
    ck_assert(soak.run.has_pending);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert(!soak.run.has_pending);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_external_change_stops_the_apply_and_keeps_the_lines_staged)
{
    struct soak soak = manual(2);
    soak_until(&soak, soak_holds);
    char base[HASH_TEXT_MAX];
    memcpy(base, soak.run.pending.base_hash, sizeof(base));
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "tail_age_ms", 0, "yes"));
    soak_write_overrides("a", "{\"engine\":{\"tail_age_ms\":640},\"risk\":{\"impact_cap_ratio\":"
                              "0.1,\"max_delta_ratio\":0.15}}");
    ck_assert(!soak_apply(&soak));
    /* noticed by the apply, or while it was on its way */
    ck_assert_msg(strstr(soak.reply, "another process") != NULL ||
                      strstr(soak.reply, "the parameters changed since this was shown") != NULL,
                  "%s", soak.reply);
    ck_assert(soak.run.has_pending);
    ck_assert_str_ne(soak.run.pending.base_hash, base);
    ck_assert_str_eq(soak.run.pending.base_hash, soak_disk_hash("a"));
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_APPROVED);
    ck_assert_double_eq(line(&soak, "tail_age_ms")->now, 640);
    ck_assert_double_eq(line(&soak, "tail_age_ms")->after, 670);
    ck_assert_uint_eq(soak_journal_count("a", "external_change"), 1);
    ck_assert_uint_eq(soak_journal_count("a", "proposal"), 2);
    ck_assert_msg(soak_apply(&soak), "%s", soak.reply);
    soak_end(&soak);
    json_t *file = soak_json("a/soak/runtime_overrides.json");
    ck_assert_double_eq(soak_number(file, "engine.tail_age_ms"), 670);
    json_decref(file);
    soak_check_chain("a", 2, true);
    soak_drop(&soak);
}
END_TEST

START_TEST(only_blocked_lines_do_not_hold)
{
    struct soak soak = manual(1); /* the last iteration: all is late */
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    ck_assert_uint_eq(soak_journal_count("a", "proposal"), 0);
    json_t *summary = soak_summary("a", 1);
    ck_assert(soak_true(summary, "tuning.skip_reason.late"));
    json_decref(summary);
    soak_drop(&soak);
}
END_TEST

/* Iteration 1's tail_age 600 -> 800 is a large change: cooldown blocks what follows, but for the
 * lines of a safety rule (FALLBACK in iteration 2). In iteration 3 AGGRESSIVE is safe too, so a
 * rollback makes the cooldown hold for those lines. */
START_TEST(a_blocked_line_cannot_be_approved_and_the_reply_says_why)
{
    struct soak soak = manual(4);
    soak_until(&soak, soak_holds);
    soak_decide(&soak, DECIDE_APPROVE, "", 0, "");
    ck_assert(soak_apply(&soak));
    soak_until_count(&soak, 1);
    soak_until(&soak, soak_holds); /* FALLBACK */
    ck_assert(soak_roll_back(&soak, ROLLBACK_PARAM, 0, "tail_age_ms"));
    ck_assert(soak.run.has_pending); /* the other lines of FALLBACK stay open */
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_BLOCKED);
    ck_assert(!soak_decide(&soak, DECIDE_APPROVE, "tail_age_ms", 0, ""));
    ck_assert_msg(strstr(soak.reply, "cooldown") != NULL, "%s", soak.reply);
    ck_assert_int_eq(line(&soak, "min_interval_ms")->state, DELTA_PROPOSED);
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert_int_eq(line(&soak, "tail_age_ms")->state, DELTA_BLOCKED);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_stop_in_a_hold_records_the_lines_as_declined)
{
    struct soak soak = manual(3);
    soak_until(&soak, soak_holds);
    soak_decide(&soak, DECIDE_APPROVE, "", 0, "");
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_STOPPED);
    ck_assert_int_eq(soak.end.code, ERROR_NONE);
    ck_assert_int_eq(soak_count_files("a"), 1);
    json_t *summary = soak_summary("a", 1);
    ck_assert(!soak_true(summary, "tuning.applied"));
    ck_assert(soak_true(summary, "tuning.skip_reason.operator"));
    json_decref(summary);
    soak_check_chain("a", 1, false);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_mode_changes_from_the_next_proposal_on)
{
    struct soak soak = manual(4);
    soak_until(&soak, soak_holds);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_MODE, .mode = APPROVE_AUTO}));
    ck_assert(soak.run.has_pending);
    ck_assert_int_eq(soak.run.mode, APPROVE_AUTO);
    ck_assert(soak_apply(&soak));
    soak_end(&soak);
    json_t *first = soak_summary("a", 1), *second = soak_summary("a", 2);
    ck_assert(!soak_true(first, "tuning.applied"));
    ck_assert(soak_true(second, "tuning.applied"));
    ck_assert_str_eq(soak_text(second, "tuning.decided_by"), "auto");
    json_decref(first);
    json_decref(second);
    soak_drop(&soak);
}
END_TEST

static struct soak sleeping(double interval)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 0;
    soak.options.interval_s = interval;
    soak_start(&soak);
    soak_until(&soak, soak_sleeps);
    return soak;
}

START_TEST(next_ends_the_sleep_and_pause_lets_single_iterations_through)
{
    struct soak soak = sleeping(1000);
    ck_assert_uint_eq(soak.run.count, 1);
    ck_assert(soak.run.next_ms != UTC_NONE);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_NEXT}));
    soak_until_count(&soak, 2);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_PAUSE}));
    soak_until(&soak, soak_pauses);
    ck_assert(!soak_send(&soak, (struct command){.kind = COMMAND_PAUSE}));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_NEXT}));
    soak_until_count(&soak, 3);
    soak_until(&soak, soak_pauses);
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json"); /* current at a pause */
    ck_assert_uint_eq(json_array_size(soak_at(report, "iterations")), 3);
    json_decref(report);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_RESUME}));
    soak_until(&soak, soak_sleeps);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_STOP_AFTER}));
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_STOPPED);
    ck_assert_uint_eq(soak.run.count, 3);
    ck_assert_uint_eq(soak_journal_count("a", "pause"), 1);
    ck_assert_uint_eq(soak_journal_count("a", "resume"), 1);
    json_t *run = soak_json("a/soak/latest/run.json");
    ck_assert_str_eq(soak_text(run, "state"), "stopped");
    json_decref(run);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_shorter_interval_ends_the_sleep)
{
    struct soak soak = sleeping(1000);
    ck_assert(!soak_send(&soak, (struct command){.kind = COMMAND_INTERVAL, .number = -1}));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_INTERVAL, .number = 0.02}));
    soak_until_count(&soak, 4);
    ck_assert_double_eq(soak.run.interval_s, 0.02);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(no_sleep_after_the_last_iteration)
{
    int64_t begun = monotonic_ms();
    struct soak soak = soak_new("a");
    soak.options.iterations = 1;
    soak.options.interval_s = 1000;
    soak_run(&soak);
    ck_assert_int_lt(monotonic_ms() - begun, 5000);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_reader_that_stands_still_stops_a_soak_without_sleeps_but_not_its_end)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 0;
    soak_start(&soak);
    size_t before, now = 0;
    do {
        before = now;
        usleep(300000);
        now = outbox_count(engine_outbox(soak.engine));
    } while (now != before);
    ck_assert_uint_gt(now, 4096);
    ck_assert_uint_lt(now, 4096 + 100);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_uint_gt(soak.run.count, 500);
    soak_drop(&soak);
}
END_TEST

static struct soak slow_command(const char *after)
{
    static char command[400];
    struct soak soak = soak_new("a");
    soak.options.source = SOURCE_EXEC;
    soak.options.iterations = 4;
    snprintf(command, sizeof(command),
             "echo '{\"totals\": {\"net_bps\": 3, \"adverse_bps_p95\": 5, \"block_reasons\": "
             "{\"risk\": {\"ratio\": 0.5}}}}' >\"$SOAK_EDGE_REPORT\"; %s",
             after);
    soak.options.exec_command = command;
    soak_start(&soak);
    return soak;
}

START_TEST(stop_now_ends_the_command_and_records_nothing_half_done)
{
    struct soak soak = slow_command("echo $$ >\"$SOAK_RUN_DIR/pid\"; sleep 100");
    soak_until(&soak, soak_runs);
    int64_t begun = monotonic_ms();
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_int_lt(monotonic_ms() - begun, 3000);
    ck_assert_int_eq(soak.run.state, RUN_STOPPED);
    ck_assert_int_eq(soak_count_files("a"), 0);
    soak_drop(&soak);
}
END_TEST

START_TEST(freeing_an_engine_that_was_told_to_stop_leaves_no_child)
{
    struct soak soak = slow_command("sleep 100");
    soak_until(&soak, soak_runs);
    struct command stop = {.kind = COMMAND_STOP_NOW};
    inbox_post(engine_inbox(soak.engine), &stop);
    engine_free(soak.engine);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_rollback_while_the_command_runs_takes_effect_at_once)
{
    struct soak soak = slow_command("[ $SOAK_ITERATION = 1 ] || until [ -e $SOAK_RUN_DIR/go ]; "
                                    "do sleep 0.02; done");
    soak_until_count(&soak, 1);
    char first[HASH_TEXT_MAX], applied[HASH_TEXT_MAX];
    memcpy(first, run_iteration(&soak.run, 1)->signature, sizeof(first));
    memcpy(applied, run_iteration(&soak.run, 1)->state_hash, sizeof(applied));
    ck_assert_str_ne(first, applied);
    soak_until(&soak, soak_runs);
    ck_assert_str_eq(soak_disk_hash("a"), applied);
    ck_assert_msg(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL), "%s", soak.reply);
    ck_assert_str_eq(soak_disk_hash("a"), first);
    ck_assert_uint_eq(soak_journal_count("a", "rollback_outcome"), 1);
    ck_assert_uint_eq(soak.run.count, 1);
    json_t *report = soak_json("a/soak/latest/TUNING_REPORT.json");
    json_t *entry = json_array_get(soak_at(report, "iterations"), 0);
    ck_assert(json_is_string(json_object_get(entry, "rolled_back_at")));
    json_decref(report);
    file_put(tempdir_path("a/soak/latest/go"), "");
    soak_end(&soak);
    json_t *second = soak_summary("a", 2);
    ck_assert_str_eq(soak_text(second, "tuning.signature"), first); /* when it was judged */
    ck_assert(soak_true(second, "tuning.cooldown_active"));
    json_decref(second);
    soak_check_chain("a", 4, true);
    soak_drop(&soak);
}
END_TEST

START_TEST(commands_are_served_while_the_command_runs)
{
    struct soak soak = slow_command("sleep 100");
    soak_until(&soak, soak_runs);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_INTERVAL, .number = 7}));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_PAUSE}));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_RESUME}));
    ck_assert(!soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    ck_assert(!soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 3, NULL));
    ck_assert(!soak_roll_back(&soak, ROLLBACK_PARAM, 0, "no_such"));
    ck_assert(!soak_send(&soak, (struct command){.kind = COMMAND_DECIDE, .iteration = 1}));
    ck_assert(!soak_send(&soak, (struct command){.kind = (enum command_kind)99}));
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

static bool gate_is_done(const struct soak *soak)
{
    return soak->gate_done;
}

START_TEST(a_gate_runs_beside_the_loop)
{
    struct soak soak = sleeping(1000);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_GATE, .strict = true}));
    soak_until(&soak, gate_is_done);
    ck_assert_int_eq(soak.gate_verdict, VERDICT_INCONCLUSIVE);
    ck_assert_int_eq(soak.gate_exit, 3);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_NEXT}));
    soak_until_count(&soak, 2);
    ck_assert_uint_eq(soak_journal_count("a", "gate"), 1);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

/* Only the newest report, once, and never while the next one is in the making. */
START_TEST(a_gate_report_is_marked_void_and_its_record_stays)
{
    struct soak soak = sleeping(1000);
    struct command nullify = {.kind = COMMAND_GATE_VOID, .iteration = 1, .note = "wrong limits"};
    snprintf(nullify.actor, sizeof nullify.actor, "op1@desk");
    ck_assert(!soak_send(&soak, nullify)); /* no gate is on record */
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_GATE}));
    soak_until(&soak, gate_is_done);
    nullify.iteration = 2;
    ck_assert(!soak_send(&soak, nullify)); /* there is none of that number */
    nullify.iteration = 1;
    ck_assert(soak_send(&soak, nullify));
    ck_assert(!soak_send(&soak, nullify)); /* it is void already */
    ck_assert_uint_eq(soak_journal_count("a", "gate"), 1);
    ck_assert_uint_eq(soak_journal_count("a", "gate_void"), 1);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(an_engine_that_lingers_rolls_back_after_the_end)
{
    struct soak soak = soak_new("a");
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(!soak.ended);
    ck_assert(!soak_send(&soak, (struct command){.kind = COMMAND_NEXT}));
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    json_t *second = soak_summary("a", 2);
    ck_assert_str_eq(soak_disk_hash("a"), soak_text(second, "tuning.signature"));
    json_decref(second);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW}));
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    soak_drop(&soak);
}
END_TEST

Suite *operator_suite(void)
{
    const TTest *const list[] = {
        a_proposal_is_in_the_journal_before_it_holds,
        some_lines_applied_one_edited_one_rejected,
        an_edit_outside_the_bounds_is_refused_with_the_bounds_named,
        an_edit_is_checked_by_the_guards,
        all_approved_and_reset_by_the_empty_name,
        nothing_staged_declines_everything,
        a_wrong_base_or_iteration_is_refused,
        an_external_change_stops_the_apply_and_keeps_the_lines_staged,
        only_blocked_lines_do_not_hold,
        a_blocked_line_cannot_be_approved_and_the_reply_says_why,
        a_stop_in_a_hold_records_the_lines_as_declined,
        a_mode_changes_from_the_next_proposal_on,
        next_ends_the_sleep_and_pause_lets_single_iterations_through,
        a_shorter_interval_ends_the_sleep,
        no_sleep_after_the_last_iteration,
        a_reader_that_stands_still_stops_a_soak_without_sleeps_but_not_its_end,
        stop_now_ends_the_command_and_records_nothing_half_done,
        freeing_an_engine_that_was_told_to_stop_leaves_no_child,
        a_rollback_while_the_command_runs_takes_effect_at_once,
        commands_are_served_while_the_command_runs,
        a_gate_runs_beside_the_loop,
        a_gate_report_is_marked_void_and_its_record_stays,
        an_engine_that_lingers_rolls_back_after_the_end,
        NULL,
    };
    Suite *suite = suite_create("operator");
    TCase *tcase = tcase_create("operator");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    for (size_t i = 0; list[i]; i++)
        tcase_add_test(tcase, list[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
