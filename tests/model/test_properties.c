/* test_properties: what must hold in every run, tried on thousands of random ones: KPIs of all
 * regimes, missing and synthetic ones, failed and unreadable iterations, rollbacks, restores and
 * external changes. Each law is computed here from the run's course, not with the guards' code. */
#include "config.h"

#include "suites.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "soak.h"

enum { RUNS = 3000, ITERATIONS_MAX = 60 };

/* The course of one run, by iteration (from 1). */
struct course {
    unsigned seed;
    struct soak soak;
    bool external; /* something else wrote, too */
    int count;
    bool gap[ITERATIONS_MAX + 1];
    bool valid[ITERATIONS_MAX + 1];
    struct summary summary[ITERATIONS_MAX + 1];
    struct value start[ITERATIONS_MAX + 2][PARAM_MAX]; /* in force during the iteration */
    double moved[ITERATIONS_MAX + 1][PARAM_MAX];       /* after it, by whomever */
    bool rolled[ITERATIONS_MAX + 1];                   /* a rollback came after it */
    bool rolled_param[ITERATIONS_MAX + 1][PARAM_MAX];
    struct value first[PARAM_MAX];
};

static uint64_t chance_state;

static void chance_seed(unsigned seed)
{
    chance_state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

/* 0 <= x < 1 */
static double chance(void)
{
    chance_state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mix = chance_state;
    mix = (mix ^ (mix >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mix = (mix ^ (mix >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (double)((mix ^ (mix >> 31)) >> 11) / 9007199254740992.0;
}

static double between(double low, double high)
{
    return low + chance() * (high - low);
}

static int pick(int count)
{
    return (int)(chance() * count);
}

static struct value random_figure(double low, double high)
{
    return chance() < 0.04 ? value_missing() : value_of(between(low, high));
}

/* Of a quiet, a risky, a losing, a slow or any market. */
static struct summary random_summary(int regime)
{
    struct summary summary = soak_steady();
    bool any = regime == 4;
    summary.kpi[KPI_RISK] = any || regime == 1 ? random_figure(0.3, 0.8) : random_figure(0.2, 0.42);
    summary.kpi[KPI_NET] = any || regime == 2 ? random_figure(-2, 4) : random_figure(2.4, 4);
    summary.kpi[KPI_MAKER_TAKER] = any ? random_figure(0.4, 1) : random_figure(0.8, 1);
    summary.kpi[KPI_P95] = any || regime == 3 ? random_figure(300, 400) : random_figure(180, 340);
    summary.adverse_bps_p95 = any || regime == 1 ? random_figure(2, 5) : random_figure(1, 3.6);
    summary.slippage_bps_p95 = any || regime == 3 ? random_figure(1, 4) : random_figure(1, 2.6);
    if (chance() < 0.1)
        summary.kpi[KPI_MAKER_TAKER].state = VALUE_SYNTHETIC;
    return summary;
}

static double effective(const struct course *course, const struct value *values, int param)
{
    struct value value = values[param];
    if (!value_present(value))
        value = course->soak.table.param[param].assumed;
    return value_present(value) ? value.number : (double)NAN;
}

static double setting(const struct course *course, int number, const char *name)
{
    return effective(course, course->start[number], soak_param(&course->soak, name));
}

/* Adds to the course how far BEFORE is from what is in force now. */
static void note_moves(struct course *course, const struct value *before)
{
    for (int param = 0; (size_t)param < course->soak.table.count; param++) {
        double step = effective(course, course->soak.values, param) -
                      effective(course, before, param);
        if (!isnan(step))
            course->moved[course->count][param] += fabs(step);
    }
}

static void note_rollback(struct course *course, const struct value *before)
{
    course->rolled[course->count] = true;
    for (int param = 0; (size_t)param < course->soak.table.count; param++) {
        struct value now = course->soak.values[param];
        if (now.state != before[param].state || fabs(now.number - before[param].number) > 0)
            course->rolled_param[course->count][param] = true;
    }
}

static void external_change(struct course *course)
{
    static const char *const names[] = {"min_interval_ms", "impact_cap_ratio", "tail_age_ms",
                                        "base_spread_bps"};
    static const double values[] = {33.3, 0.14, 655, 0.1111};
    int which = pick(4);
    soak_write_one(&course->soak, CHANGE_EXTERNAL, names[which], values[which]);
    course->external = true;
}

/* Now and then somebody else changes something between two iterations. */
static void interfere(struct course *course, bool externals)
{
    struct value before[PARAM_MAX];
    double dice = chance();
    memcpy(before, course->soak.values, sizeof before);
    bool back = false;
    if (dice < 0.06)
        back = soak_rollback(&course->soak);
    else if (dice < 0.09)
        back = soak_rollback_param(&course->soak, pick(2) ? "tail_age_ms" : "min_interval_ms");
    else if (dice < 0.11 && !course->gap[course->count]) {
        soak_restore(&course->soak, course->count);
        back = true;
    } else if (dice < 0.13 && externals)
        external_change(course);
    note_moves(course, before);
    if (back)
        note_rollback(course, before);
}

static void random_settings(struct soak *soak)
{
    soak_set(soak, "velocity_cap", (double)pick(101) / 100.0);
    soak_set(soak, "oscillation_window", 3 + pick(22));
    soak_set(soak, "cooldown_iters", pick(6));
    soak_set(soak, "min_interval_ms", 40 + pick(41));
    soak_set(soak, "impact_cap_ratio", 0.08 + 0.001 * pick(41));
    soak->policy.rule[RULE_NORMALIZE].enabled = pick(2);
}

typedef void law(const struct course *course);

static void one_iteration(struct course *course, int regime, law *holds)
{
    struct soak *soak = &course->soak;
    int number = ++course->count;
    memcpy(course->start[number], soak->values, sizeof soak->values);
    if (chance() < 0.01) {
        course->gap[number] = true;
        soak_gap(soak);
        return;
    }
    course->valid[number] = chance() > 0.04;
    course->summary[number] = random_summary(regime);
    soak_iterate(soak, course->valid[number] ? &course->summary[number] : NULL);
    note_moves(course, course->start[number]);
    holds(course);
}

/* RUNS random runs; HOLDS is asked after each recorded iteration. */
static void try_runs(law *holds, law *at_end, bool externals)
{
    static struct course course;
    for (unsigned seed = 1; seed <= RUNS; seed++) {
        memset(&course, 0, sizeof course);
        course.seed = seed;
        soak_init(&course.soak);
        chance_seed(seed);
        if (chance() < 0.5)
            random_settings(&course.soak);
        memcpy(course.first, course.soak.values, sizeof course.first);
        int length = 1 + pick(ITERATIONS_MAX), regime = pick(5);
        course.soak.planned = pick(2) ? length : 0;
        for (int i = 0; i < length; i++) {
            if (chance() < 0.2)
                regime = pick(5);
            one_iteration(&course, regime, holds);
            interfere(&course, externals);
        }
        at_end(&course);
        soak_fini(&course.soak);
    }
}

static void nothing_at_end(const struct course *course)
{
    (void)course;
}

/* Not ck_assert: it would write a mark each of the millions of times that a law holds. */
#define LAW(condition, course)                                                                     \
    do {                                                                                           \
        if (!(condition))                                                                          \
            ck_abort_msg("%s: seed %u, iteration %d", #condition, (course)->seed,                  \
                         (course)->count);                                                         \
    } while (0)

static bool exempt(enum rule rule)
{
    return rule == RULE_FALLBACK || rule == RULE_AGGRESSIVE || rule == RULE_LATENCY_HARD;
}

static bool applied(const struct delta *delta)
{
    return delta->state == DELTA_APPLIED;
}

/* Inside the bounds, on the step, in the increment's direction; a parameter once; FALLBACK alone;
 * nothing from a failed iteration or one without net_bps. */
static void targets_are_lawful(const struct course *course)
{
    const struct proposal *proposal = &course->soak.proposal;
    bool judged = course->valid[course->count] &&
                  value_usable(course->summary[course->count].kpi[KPI_NET]);
    LAW(judged || proposal->count == 0, course);
    for (size_t i = 0; i < proposal->count; i++) {
        const struct delta *delta = &proposal->delta[i];
        const struct param *param = &course->soak.table.param[delta->param];
        double steps = delta->target / param->step.number;
        LAW(delta->target >= param->floor.number - 1e-9, course);
        LAW(delta->target <= param->cap.number + 1e-9, course);
        LAW(fabs(steps - nearbyint(steps)) < 1e-6, course);
        LAW((delta->target - delta->now) * delta->increment > 0, course);
        LAW((delta->rule == RULE_FALLBACK) == proposal->fallback_fired, course);
        for (size_t j = 0; j < i; j++)
            LAW(proposal->delta[j].param != delta->param, course);
    }
}

START_TEST(targets_are_inside_bounds_on_their_step_and_in_direction)
{
    try_runs(targets_are_lawful, nothing_at_end, true);
}
END_TEST

/* What is in force afterwards is what was applied and nothing else. */
static void writes_are_lawful(const struct course *course)
{
    const struct soak *soak = &course->soak;
    const struct iteration *iteration = run_last(&soak->run);
    const struct value *before = course->start[course->count];
    bool any = false;
    for (int param = 0; (size_t)param < soak->table.count; param++) {
        const struct delta *line = NULL;
        for (size_t i = 0; i < iteration->delta_count; i++)
            if (iteration->delta[i].param == param && applied(&iteration->delta[i]))
                line = &iteration->delta[i];
        any |= line != NULL;
        double wanted = line ? line->target : before[param].number;
        LAW(!(soak->values[param].number < wanted || soak->values[param].number > wanted), course);
        LAW(line || soak->values[param].state == before[param].state, course);
    }
    LAW(iteration->applied == any, course);
    LAW(any == (strcmp(iteration->signature, iteration->state_hash) != 0), course);
    LAW(!any || course->count != soak->planned, course);
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        LAW(applied(delta) || delta->state == DELTA_BLOCKED, course);
        LAW(applied(delta) == (delta->guard == GUARD_NONE), course);
        LAW(applied(delta) || strstr(soak->report.note, delta->name), course);
    }
    LAW((soak->report.skip == 0) == (soak->report.note[0] == '\0'), course);
}

START_TEST(what_is_blocked_is_never_written)
{
    try_runs(writes_are_lawful, nothing_at_end, true);
}
END_TEST

/* A parameter moves at most velocity_cap of its range in three iterations, but for safety. */
static void speed_is_lawful(const struct course *course)
{
    int number = course->count;
    const struct iteration *iteration = run_last(&course->soak.run);
    double cap = setting(course, number, "velocity_cap");
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        if (!applied(delta) || exempt(delta->rule))
            continue;
        const struct param *param = &course->soak.table.param[delta->param];
        double moved = 0;
        for (int k = number > 2 ? number - 2 : 1; k <= number; k++)
            moved += course->moved[k][delta->param];
        LAW(moved <= cap * (param->cap.number - param->floor.number) + 1e-6, course);
    }
}

START_TEST(no_parameter_moves_faster_than_its_velocity_cap)
{
    try_runs(speed_is_lawful, nothing_at_end, true);
}
END_TEST

/* Iterations covered by the freeze that was triggered in START, as far as the run has come. */
static bool frozen_by(const struct course *course, int start)
{
    for (int k = start + 1; k <= course->count; k++) {
        const struct value *kpi = course->summary[k].kpi;
        if (course->valid[k] &&
            (value_above(kpi[KPI_RISK], 0.40) || value_below(kpi[KPI_NET], 2.0)))
            return false;
    }
    return true;
}

static bool was_steady(const struct course *course, int number)
{
    const struct value *kpi = course->summary[number].kpi;
    return number >= 1 && course->valid[number] && value_at_most(kpi[KPI_RISK], 0.35) &&
           value_at_least(kpi[KPI_NET], 2.7);
}

static void freeze_is_lawful(const struct course *course)
{
    const struct soak *soak = &course->soak;
    const struct iteration *iteration = run_last(&soak->run);
    int number = course->count;
    bool covered = false, next_covered = false;
    for (int k = number > 4 ? number - 4 : 1; k < number; k++)
        if (run_iteration(&soak->run, k)->freeze_triggered && frozen_by(course, k)) {
            covered = true;
            next_covered |= k + 4 > number;
        }
    LAW(iteration->freeze_triggered ==
            (was_steady(course, number) && was_steady(course, number - 1) && !next_covered),
        course);
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        bool risky = strcmp(delta->name, "impact_cap_ratio") == 0 ||
                     strcmp(delta->name, "max_delta_ratio") == 0;
        LAW(!(covered && risky && applied(delta)) || exempt(delta->rule), course);
        LAW(delta->guard != GUARD_FREEZE || risky, course);
    }
}

START_TEST(frozen_parameters_do_not_move)
{
    try_runs(freeze_is_lawful, nothing_at_end, true);
}
END_TEST

/* cooldown_iters iterations after a rollback: nothing automatic, and nothing at all on what the
 * rollback moved. */
static void cooldown_is_lawful(const struct course *course)
{
    const struct iteration *iteration = run_last(&course->soak.run);
    int number = course->count, covers = (int)setting(course, number, "cooldown_iters");
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        if (!applied(delta))
            continue;
        for (int k = number > covers ? number - covers : 1; k < number; k++) {
            LAW(!course->rolled[k] || exempt(delta->rule), course);
            LAW(!course->rolled_param[k][delta->param], course);
        }
    }
}

START_TEST(after_a_rollback_the_tuner_waits)
{
    try_runs(cooldown_is_lawful, nothing_at_end, true);
}
END_TEST

/* The course of one parameter in the window, the applied target last. */
static bool swings(const struct course *course, int param, int window)
{
    double last = NAN, step = 0, sum = 0, path = 0;
    int reversals = 0, number = course->count;
    int from = number - window + 2;
    for (int k = from > 1 ? from : 1; k <= number + 1; k++) {
        const struct value *values = k <= number ? course->start[k] : course->soak.values;
        double value = effective(course, values, param);
        if (!isnan(last) && fabs(value - last) > 1e-9) {
            reversals += (value - last) * step < 0;
            step = value - last;
            sum += step;
            path += fabs(step);
        }
        last = value;
    }
    return reversals >= 2 && fabs(sum) <= path / 2 - 1e-9;
}

static bool was_in_force(const struct course *course, int window)
{
    int number = course->count, from = number - window + 1;
    for (int k = from > 1 ? from : 1; k <= number; k++) {
        bool same = true;
        for (int param = 0; (size_t)param < course->soak.table.count; param++) {
            double then = effective(course, course->start[k], param);
            double now = effective(course, course->soak.values, param);
            same &= isnan(then) ? isnan(now) : fabs(then - now) <= 1e-9;
        }
        if (same)
            return true;
    }
    return false;
}

static void course_is_lawful(const struct course *course)
{
    const struct iteration *iteration = run_last(&course->soak.run);
    int window = (int)setting(course, course->count, "oscillation_window");
    bool ordinary = false, safety = false;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        const struct delta *delta = &iteration->delta[i];
        if (!applied(delta))
            continue;
        ordinary |= !exempt(delta->rule);
        safety |= exempt(delta->rule);
        LAW(exempt(delta->rule) || !swings(course, delta->param, window), course);
        for (int k = course->count > 2 ? course->count - 2 : 1; k < course->count; k++)
            LAW(exempt(delta->rule) || !course->gap[k], course);
    }
    LAW(!ordinary || safety || !was_in_force(course, window), course);
}

START_TEST(nothing_goes_to_and_fro)
{
    try_runs(course_is_lawful, nothing_at_end, true);
}
END_TEST

static void nothing_holds(const struct course *course)
{
    (void)course;
}

/* Rolling back again and again ends, and ends at the run's first state. */
static void way_back_ends(const struct course *course)
{
    struct course *own = (struct course *)(uintptr_t)course;
    size_t applies = 0;
    for (size_t i = 0; i < own->soak.run.change_count; i++)
        applies += own->soak.run.change[i].kind == CHANGE_APPLY;
    for (size_t i = 0; i <= applies; i++)
        if (!soak_rollback(&own->soak))
            break;
    LAW(run_newest_apply(&own->soak.run) == NULL, course);
    for (size_t param = 0; param < own->soak.table.count; param++) {
        LAW(own->soak.values[param].state == own->first[param].state, course);
        LAW(fabs(own->soak.values[param].number - own->first[param].number) <= 0, course);
    }
}

START_TEST(rolling_back_ends_at_the_first_state)
{
    try_runs(nothing_holds, way_back_ends, false);
}
END_TEST

/* The runs must meet what the laws are about, or they would prove nothing. */
static long met_rule[RULE_COUNT], met_guard[GUARD_COUNT], met_applied, met_freezes;

static void count_what_is_met(const struct course *course)
{
    const struct iteration *iteration = run_last(&course->soak.run);
    met_freezes += iteration->freeze_triggered;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        met_rule[iteration->delta[i].rule]++;
        met_guard[iteration->delta[i].guard]++;
        met_applied += applied(&iteration->delta[i]);
    }
}

START_TEST(the_runs_meet_every_rule_and_guard)
{
    try_runs(count_what_is_met, nothing_at_end, true);
    for (int rule = RULE_FALLBACK; rule < RULE_COUNT; rule++)
        ck_assert_msg(met_rule[rule] > 100, "rule %d: %ld", rule, met_rule[rule]);
    for (int guard = GUARD_FREEZE; guard < GUARD_NO_OP; guard++) /* the tuner proposes no no_op */
        ck_assert_msg(met_guard[guard] > 100, "%s: %ld", guard_name((enum guard)guard),
                      met_guard[guard]);
    ck_assert_int_gt(met_applied, 10000);
    ck_assert_int_gt(met_freezes, 1000);
}
END_TEST

Suite *properties_suite(void)
{
    const TTest *const tests[] = {
        targets_are_inside_bounds_on_their_step_and_in_direction,
        what_is_blocked_is_never_written,
        no_parameter_moves_faster_than_its_velocity_cap,
        frozen_parameters_do_not_move,
        after_a_rollback_the_tuner_waits,
        nothing_goes_to_and_fro,
        rolling_back_ends_at_the_first_state,
        the_runs_meet_every_rule_and_guard,
        NULL,
    };
    return harness_suite("properties", tests, 120);
}
