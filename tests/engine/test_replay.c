/* test_replay: a run that is loaded from its files is what the front end saw live. */
#include "config.h"

#include <string.h>

#include "artifact/loader.h"
#include "harness.h"
#include "soak.h"
#include "suites.h"
#include "tempdir.h"

static bool gate_is_done(const struct soak *soak)
{
    return soak->gate_done;
}

/* Decisions, a rollback in a hold, a pause, and a stop in a hold. */
static struct soak eventful_run(void)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = 12;
    soak_start(&soak);
    soak_until(&soak, soak_holds);
    soak_decide(&soak, DECIDE_APPROVE, "impact_cap_ratio", 0, "");
    soak_decide(&soak, DECIDE_EDIT, "tail_age_ms", 620, "less");
    soak_decide(&soak, DECIDE_REJECT, "max_delta_ratio", 0, "too big");
    ck_assert_msg(soak_apply(&soak), "%s", soak.reply);
    soak_until_count(&soak, 1);
    soak_until(&soak, soak_holds);
    ck_assert(soak_roll_back(&soak, ROLLBACK_PARAM, 0, "tail_age_ms"));
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_apply(&soak));
    soak_until_count(&soak, 2);
    soak_until(&soak, soak_holds);
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_INTERVAL, .number = 1}));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_PAUSE}));
    ck_assert(soak_decide(&soak, DECIDE_APPROVE, "", 0, ""));
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW}));
    soak_end(&soak);
    return soak;
}

static void assert_same_iteration(const struct iteration *live, const struct iteration *loaded)
{
    ck_assert_int_eq(live->state, loaded->state);
    ck_assert_int_eq(live->applied, loaded->applied);
    ck_assert_uint_eq(live->skip, loaded->skip);
    ck_assert_str_eq(live->signature, loaded->signature);
    ck_assert_str_eq(live->state_hash, loaded->state_hash);
    ck_assert_str_eq(live->decided_by, loaded->decided_by);
    ck_assert_str_eq(live->rolled_back_at, loaded->rolled_back_at);
    ck_assert_int_eq(live->rolled_back_after, loaded->rolled_back_after);
    ck_assert_str_eq(live->skip_note ? live->skip_note : "",
                     loaded->skip_note ? loaded->skip_note : "");
    ck_assert_int_eq(live->freeze_triggered, loaded->freeze_triggered);
    ck_assert_int_eq(live->cooldown_active, loaded->cooldown_active);
    ck_assert_uint_eq(live->delta_count, loaded->delta_count);
    for (size_t i = 0; i < live->delta_count; i++) {
        ck_assert_str_eq(live->delta[i].name, loaded->delta[i].name);
        ck_assert_int_eq(live->delta[i].state, loaded->delta[i].state);
        ck_assert_double_eq(live->delta[i].after, loaded->delta[i].after);
        ck_assert_str_eq(live->delta[i].note, loaded->delta[i].note);
    }
}

static void assert_same_changes(const struct run *live, const struct run *loaded)
{
    ck_assert_uint_eq(live->change_count, loaded->change_count);
    for (size_t i = 0; i < live->change_count; i++) {
        const struct change *a = &live->change[i], *b = &loaded->change[i];
        ck_assert_int_eq(a->kind, b->kind);
        ck_assert_int_eq(a->after_iteration, b->after_iteration);
        ck_assert_int_eq(a->undone, b->undone);
        ck_assert_str_eq(a->by, b->by);
        ck_assert_str_eq(a->hash_before, b->hash_before);
        ck_assert_str_eq(a->hash_after, b->hash_after);
        for (size_t p = 0; p < soak_config()->params.count; p++)
            ck_assert_int_eq(change_moves(a, (int)p), change_moves(b, (int)p));
    }
}

/* An apply that was not even begun is in its iteration, not in a record of its own. */
static bool is_recorded(const struct run_event *event)
{
    return event->kind != EVENT_ERROR || strncmp(event->text, "the apply failed", 16) != 0;
}

static void assert_same_events(const struct run *live, const struct run *loaded)
{
    for (size_t i = 0, k = 0; i < live->event_count; i++) {
        if (!is_recorded(&live->event[i]))
            continue;
        ck_assert_msg(k < loaded->event_count, "not loaded: %s", live->event[i].text);
        const struct run_event *a = &live->event[i], *b = &loaded->event[k++];
        ck_assert_str_eq(a->text, b->text);
        ck_assert_int_eq(a->kind, b->kind);
        ck_assert_msg(a->iteration == b->iteration, "%s: %d, %d", a->text, a->iteration,
                      b->iteration);
    }
}

/* What SOAK saw against what its directory says. */
static void assert_loads_the_same(const struct soak *soak)
{
    struct rundir dir;
    struct run loaded;
    struct error err = ERROR_INIT;
    run_init(&loaded);
    ck_assert_int_eq(rundir_open(&dir, tempdir_path("a"), &err), 0);
    ck_assert_msg(run_load(&loaded, &dir, &soak_config()->params, NULL, NULL, &err) == 0, "%s",
                  err.text);
    ck_assert_str_eq(soak->run.id, loaded.id);
    ck_assert_int_eq(soak->run.state, loaded.state);
    ck_assert_int_eq(soak->run.started_ms, loaded.started_ms);
    ck_assert_int_eq(soak->run.ended_ms, loaded.ended_ms);
    ck_assert_int_eq(soak->run.has_pending, loaded.has_pending);
    ck_assert_str_eq(soak->run.params_hash, loaded.params_hash);
    ck_assert_uint_eq(soak->run.count, loaded.count);
    for (size_t i = 0; i < loaded.count; i++)
        assert_same_iteration(soak->run.iteration[i], loaded.iteration[i]);
    assert_same_changes(&soak->run, &loaded);
    assert_same_events(&soak->run, &loaded);
    run_fini(&loaded);
    rundir_close(&dir);
}

START_TEST(decisions_and_rollbacks_load_as_they_were_seen)
{
    struct soak soak = eventful_run();
    ck_assert_uint_ge(soak.run.change_count, 3);
    assert_loads_the_same(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(a_mock_run_its_rollbacks_and_gates_load_as_they_were_seen)
{
    struct soak soak = soak_new("a");
    soak.options.iterations = 9;
    soak.options.linger = true;
    soak_start(&soak);
    soak_until(&soak, soak_over);
    ck_assert(soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL));
    ck_assert(soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 2, NULL));
    ck_assert(soak_roll_back(&soak, ROLLBACK_TO_ITERATION, 9, NULL)); /* redo */
    ck_assert(soak_send(&soak, (struct command){.kind = COMMAND_GATE}));
    soak_until(&soak, gate_is_done);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    assert_loads_the_same(&soak);
    soak_drop(&soak);
}
END_TEST

START_TEST(failures_and_external_changes_load_as_they_were_seen)
{
    struct soak soak = soak_new("a");
    soak.options.source = SOURCE_EXEC;
    soak.options.iterations = 4;
    soak.options.exec_command =
        "[ $SOAK_ITERATION = 2 ] && exit 9\n"
        "[ $SOAK_ITERATION = 3 ] && printf '{\"engine\":{\"tail_age_ms\":555}}' "
        ">\"$SOAK_RUNTIME_OVERRIDES\"\n"
        "echo '{\"totals\": {\"net_bps\": 3, \"p95_latency_ms\": 365}}' >\"$SOAK_EDGE_REPORT\"";
    soak_run(&soak);
    assert_loads_the_same(&soak);
    soak_drop(&soak);
}
END_TEST

static unsigned chance(unsigned below)
{
    static unsigned long long state = 7;
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(state >> 33) % below;
}

static const char *any_name(const struct soak *soak)
{
    size_t count = soak->run.pending.count;
    if (soak->run.has_pending && count && chance(4))
        return soak->run.pending.delta[chance((unsigned)count)].name;
    return soak_config()->params.param[chance(10)].name;
}

/* One command that an operator might send at any time; most are refused somehow. */
static void do_anything(struct soak *soak)
{
    int count = (int)soak->run.count;
    switch (chance(12)) {
    case 0:
        soak_roll_back(soak, ROLLBACK_LAST, 0, NULL);
        break;
    case 1:
        soak_roll_back(soak, ROLLBACK_TO_ITERATION, 1 + (int)chance((unsigned)count + 2), NULL);
        break;
    case 2:
        soak_roll_back(soak, ROLLBACK_PARAM, 0, any_name(soak));
        break;
    case 3:
        soak_decide(soak, DECIDE_EDIT, any_name(soak), (double)chance(700), "edit");
        break;
    case 4:
        soak_decide(soak, DECIDE_REJECT, any_name(soak), 0, "no");
        break;
    case 5:
        soak_decide(soak, DECIDE_RESET, "", 0, "");
        break;
    case 6:
    case 7:
        soak_decide(soak, DECIDE_APPROVE, chance(2) ? "" : any_name(soak), 0, "");
        break;
    case 8:
        soak_write_overrides("a", chance(5) ? "{\"engine\":{\"tail_age_ms\":555},\"own\":1}"
                                            : "{\"engine\":5}");
        break;
    case 9:
        soak_send(soak, (struct command){.kind = COMMAND_MODE,
                                         .mode = chance(10) ? APPROVE_MANUAL : (int)chance(3)});
        break;
    default:
        soak_apply(soak);
        break;
    }
}

static bool waits_or_over(const struct soak *soak)
{
    return soak_holds(soak) || soak_sleeps(soak) || soak_over(soak);
}

START_TEST(whatever_the_operator_does_loads_as_it_was_seen)
{
    struct soak soak = soak_new("a");
    soak.options.mode = APPROVE_MANUAL;
    soak.options.iterations = 40;
    soak.options.interval_s = 100;
    soak.options.linger = true;
    soak_start(&soak);
    while (!soak_over(&soak)) {
        soak_until(&soak, waits_or_over);
        do_anything(&soak);
        if (soak_sleeps(&soak) && chance(2))
            soak_send(&soak, (struct command){.kind = COMMAND_NEXT});
    }
    for (int i = 0; i < 5; i++)
        do_anything(&soak);
    /* a valid file again, and a look at it, so that what is in force is what the journal says */
    soak_write_overrides("a", "{\"engine\":{\"tail_age_ms\":555},\"own\":2}");
    soak_roll_back(&soak, ROLLBACK_LAST, 0, NULL);
    soak_send(&soak, (struct command){.kind = COMMAND_STOP_NOW});
    soak_end(&soak);
    ck_assert_int_eq(soak.end.code, ERROR_NONE);
    ck_assert_uint_eq(soak.run.count, 40);
    ck_assert_uint_gt(soak.run.change_count, 2);
    soak_check_chain("a", 40, true);
    assert_loads_the_same(&soak);
    soak_drop(&soak);
}
END_TEST

Suite *replay_suite(void)
{
    Suite *suite = suite_create("replay");
    TCase *tcase = tcase_create("replay");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, soak_setup, soak_teardown);
    tcase_add_test(tcase, decisions_and_rollbacks_load_as_they_were_seen);
    tcase_add_test(tcase, a_mock_run_its_rollbacks_and_gates_load_as_they_were_seen);
    tcase_add_test(tcase, failures_and_external_changes_load_as_they_were_seen);
    tcase_add_test(tcase, whatever_the_operator_does_loads_as_it_was_seen);
    suite_add_tcase(suite, tcase);
    return suite;
}
