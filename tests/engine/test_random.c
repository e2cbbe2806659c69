/* test_random: laws that hold for any sequence of an operator's decisions, in any order: what is
 * written is inside its bounds and on its step; what a guard holds is not written unless it was
 * overridden with a reason; all decisions taken back is as if none had been made. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

enum { ITERATIONS = 30, STEPS_MAX = 14 };

static unsigned long long chance_state;

/* A whole number in 0..BELOW-1; the same ones on every machine. */
static int chance(int below)
{
    chance_state = chance_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (int)((chance_state >> 33) % (unsigned)below);
}

static void write_reports(void)
{
    for (int i = 1; i <= ITERATIONS; i++) {
        char text[500];
        snprintf(text, sizeof(text),
                 "{\"totals\": {\"net_bps\": %.1f, \"adverse_bps_p95\": %d, \"slippage_bps_p95\": "
                 "%d, \"p95_latency_ms\": %d, \"maker_taker_ratio\": 0.%d, \"block_reasons\": "
                 "{\"risk\": {\"count\": 1, \"ratio\": 0.%d}}}}",
                 chance(50) / 10.0 - 1, 1 + chance(5), 1 + chance(4), 250 + chance(150),
                 50 + chance(49), 10 + chance(70));
        file_put(tempdir_path("kpi_%d.json", i), text);
    }
}

static bool decided(const struct soak *soak)
{
    return soak_holds(soak) || soak_over(soak);
}

/* An edit that may be inside the bounds or not, on the step or not. */
static double any_value(const struct param *param)
{
    double range = param->cap.number - param->floor.number;
    double value = param->floor.number + range * (chance(140) - 20) / 100.0;
    return chance(4) ? param_quantize(param, value) : value + 0.00003;
}

static void decide_something(struct soak *soak)
{
    static const enum decide_op ops[] = {
        DECIDE_APPROVE,  DECIDE_APPROVE, DECIDE_REJECT, DECIDE_EDIT, DECIDE_HOLD,
        DECIDE_OVERRIDE, DECIDE_RESET,   DECIDE_UNDO,   DECIDE_UNDO, DECIDE_REDO};
    const struct proposal *pending = &soak->run.pending;
    const struct delta *line = &pending->delta[chance((int)pending->count)];
    enum decide_op op = ops[chance((int)(sizeof(ops) / sizeof(*ops)))];
    double number = 0;
    if (op == DECIDE_EDIT)
        number = any_value(&soak_config()->params.param[line->param]);
    if (op == DECIDE_HOLD && chance(2))
        number = pending->iteration + 1 + chance(4);
    bool all = op == DECIDE_UNDO || op == DECIDE_REDO || chance(8) == 0;
    soak_decide(soak, op, all ? "" : line->name, number, "");
}

/* Everything back, then again: the state before, and the state after. */
static void check_taking_back(struct soak *soak, const struct proposal *none)
{
    struct proposal after = soak->run.pending;
    size_t back = 0, again = 0;
    while (soak->run.pending.undo.count > 0) {
        ck_assert(soak_decide(soak, DECIDE_UNDO, "", 0, ""));
        back++;
    }
    ck_assert_mem_eq(soak->run.pending.delta, none->delta, sizeof(none->delta));
    for (; again < back; again++)
        ck_assert(soak_decide(soak, DECIDE_REDO, "", 0, ""));
    ck_assert_mem_eq(soak->run.pending.delta, after.delta, sizeof(after.delta));
}

static void check_written(const struct run *run, const struct iteration *iteration)
{
    const struct param_table *table = &soak_config()->params;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        const struct param *param = &table->param[delta->param];
        bool written = delta->state == DELTA_APPLIED || delta->state == DELTA_ROLLED_BACK;
        struct error err = ERROR_INIT;
        if (!written)
            continue;
        ck_assert_msg(param_check(param, delta->after, &err) == 0, "%s", err.text);
        if (delta->guard != GUARD_NONE)
            ck_assert(delta->overridden);
        if (delta->overridden)
            ck_assert_str_eq(iteration->override_reason, "because");
        if (param_oversized(param, delta->now, delta->after))
            ck_assert(delta->oversized && iteration->override_reason);
    }
    (void)run;
}

static void finish_proposal(struct soak *soak)
{
    struct command apply = {.kind = COMMAND_APPLY, .iteration = soak->run.pending.iteration};
    bool grave = chance(3) > 0;
    apply.confirmed = grave;
    if (grave)
        snprintf(apply.note, sizeof(apply.note), "because");
    if (soak_send(soak, apply))
        return;
    /* a guard holds it, or the word is wanted: back to none, which nothing stands in the way of */
    soak_decide(soak, DECIDE_RESET, "", 0, "");
    ck_assert_msg(soak_send(soak, apply) || !soak_holds(soak), "%s", soak->reply);
}

static void run_one(unsigned seed)
{
    char root[20], command[600];
    snprintf(root, sizeof(root), "x%u", seed);
    chance_state = seed;
    write_reports();
    snprintf(command, sizeof(command), "cp %s/kpi_$SOAK_ITERATION.json \"$SOAK_EDGE_REPORT\"",
             tempdir_path("."));
    struct soak soak = soak_new(root);
    soak.options.source = SOURCE_EXEC;
    soak.options.exec_command = command;
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = ITERATIONS;
    soak_start(&soak);
    size_t proposals = 0;
    for (soak_until(&soak, decided); soak_holds(&soak); soak_until(&soak, decided)) {
        const struct proposal none = soak.run.pending;
        proposals++;
        for (int i = chance(STEPS_MAX); i > 0; i--)
            decide_something(&soak);
        check_taking_back(&soak, &none);
        if (chance(6) == 0)
            soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL);
        if (soak.run.has_pending)
            finish_proposal(&soak);
        soak_until_count(&soak, (size_t)none.iteration);
    }
    soak_end(&soak);
    ck_assert_int_eq(soak.run.state, RUN_COMPLETED);
    ck_assert_uint_gt(proposals, 8);
    for (size_t i = 0; i < soak.run.count; i++)
        check_written(&soak.run, soak.run.iteration[i]);
    soak_check_chain(root, ITERATIONS, true);
    soak_drop(&soak);
}

START_TEST(laws_hold_for_random_decisions)
{
    for (unsigned seed = 1; seed <= 4; seed++)
        run_one(seed);
}
END_TEST

Suite *random_suite(void)
{
    Suite *suite = suite_create("random");
    TCase *tcase = tcase_create("random");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, laws_hold_for_random_decisions);
    suite_add_tcase(suite, tcase);
    return suite;
}
