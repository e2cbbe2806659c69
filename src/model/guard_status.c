/* guard_status: what each guard thinks after an iteration, in words for the guards panel. Pure. */
#include "config.h"

#include "model/guard_internal.h"

#include <stdio.h>
#include <string.h>

/* The run as the guards will see it in the iteration after NUMBER. */
struct view {
    struct guard_context context;
    struct value unknown[PARAM_MAX];
    int number;
    bool known; /* the parameters in force then were recorded */
};

static void view_init(struct view *view, const struct run *run, int number,
                      const struct policy *policy, const struct param_table *table)
{
    bool recorded = run_iteration(run, number) != NULL;
    *view = (struct view){.number = recorded ? number : (int)run->count};
    const struct value *values = guard_values_at(run, view->number + 1, table);
    view->known = values != NULL;
    view->context = (struct guard_context){.run = run,
                                           .iteration = view->number + 1,
                                           .values = view->known ? values : view->unknown,
                                           .policy = policy,
                                           .table = table};
}

static bool blocked_by(const struct iteration *iteration, enum guard guard, unsigned flag)
{
    bool told = false;
    for (size_t i = 0; i < iteration->delta_count; i++) {
        if (iteration->delta[i].guard == guard)
            return true;
        told |= iteration->delta[i].guard != GUARD_NONE;
    }
    return !told && iteration->skip & flag; /* an older file has only the flag */
}

/* Newest iteration up to the view's in which GUARD blocked something; 0: none. */
static int last_blocked(const struct view *view, enum guard guard, unsigned flag)
{
    for (int number = view->number; number >= 1; number--) {
        const struct iteration *iteration = run_iteration(view->context.run, number);
        if (iteration && blocked_by(iteration, guard, flag))
            return number;
    }
    return 0;
}

/* The first line that GUARD blocked in iteration NUMBER, or NULL. */
static const struct delta *blocked_line(const struct view *view, int number, enum guard guard)
{
    const struct iteration *iteration = run_iteration(view->context.run, number);
    for (size_t i = 0; iteration && i < iteration->delta_count; i++)
        if (iteration->delta[i].guard == guard)
            return &iteration->delta[i];
    return NULL;
}

/* "impact_cap_ratio, max_delta_ratio" */
static void frozen_names(const struct view *view, char *text, size_t size)
{
    const struct guard_policy *policy = &view->context.policy->guard;
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < policy->frozen_count && length < size; i++) {
        int added = snprintf(text + length, size - length, "%s%s", i ? ", " : "",
                             view->context.table->param[policy->frozen[i]].name);
        length += added > 0 ? (size_t)added : 0;
    }
}

static void fill_freeze(struct guard_status *status, const struct view *view)
{
    const struct guard_policy *policy = &view->context.policy->guard;
    int start = guard_freeze_covering(&view->context, view->context.iteration);
    char names[100];
    frozen_names(view, names, sizeof names);
    for (int number = view->number; number >= 1 && !status->last_at; number--)
        if (run_iteration(view->context.run, number)->freeze_triggered)
            status->last_at = number;
    if (start) {
        status->active = true;
        status->clears_at = start + policy->freeze_for + 1;
        snprintf(status->text, sizeof status->text, "%s until iteration %d (started at %d)", names,
                 start + policy->freeze_for, start);
    } else {
        snprintf(status->text, sizeof status->text,
                 "starts after %d iterations with risk <= %.6g and net >= %.6g",
                 policy->freeze_after, policy->freeze_risk_max, policy->freeze_net_min);
    }
}

/* oscillation and state oscillation: known only by what they blocked. */
static void fill_oscillation(struct guard_status *status, const struct view *view, enum guard guard,
                             const char *what)
{
    struct value window = guard_setting(&view->context,
                                        view->context.policy->guard.oscillation_window);
    status->last_at = last_blocked(view, guard, guard == GUARD_OSCILLATION ? SKIP_OSCILLATION : 0);
    status->active = status->last_at && status->last_at == view->number;
    const struct delta *line = blocked_line(view, status->last_at, guard);
    if (status->active && line)
        status->clears_at = line->clears_at;
    if (line)
        snprintf(status->text, sizeof status->text, "last at %d: %s %s", status->last_at,
                 line->name, line->note);
    else if (value_usable(window))
        snprintf(status->text, sizeof status->text, "%s in the last %d iterations", what,
                 (int)window.number);
    else
        snprintf(status->text, sizeof status->text, "not known: oscillation_window has no value");
}

static void fill_velocity(struct guard_status *status, const struct view *view)
{
    const struct guard_context *context = &view->context;
    int fastest = -1;
    double share = 0.0, used = 0.0, budget = 0.0;
    status->last_at = last_blocked(view, GUARD_VELOCITY, SKIP_VELOCITY);
    for (int param = 0; (size_t)param < context->table->count; param++) {
        struct value limit = guard_velocity_limit(context, param);
        double sum = guard_velocity_sum(context, context->iteration, param);
        if (!value_usable(limit) || limit.number <= 0.0 || sum / limit.number <= share)
            continue;
        fastest = param;
        used = sum;
        budget = limit.number;
        share = sum / limit.number;
    }
    if (!view->known) {
        snprintf(status->text, sizeof status->text, "not known: no parameters were recorded");
        return;
    }
    if (fastest < 0) {
        snprintf(status->text, sizeof status->text, "nothing moved in the last %d iterations",
                 context->policy->guard.velocity_iterations);
        return;
    }
    int later = context->iteration;
    status->used = value_of(share);
    status->resets_at = later;
    while (!number_at_most(guard_velocity_sum(context, status->resets_at, fastest), 0.0))
        status->resets_at++;
    while (number_at_least(guard_velocity_sum(context, later, fastest), budget))
        later++;
    status->active = later > context->iteration;
    status->clears_at = status->active ? later : 0;
    snprintf(status->text, sizeof status->text, "%s %.6g/%.6g used in the last %d iterations",
             context->table->param[fastest].name, used, budget,
             context->policy->guard.velocity_iterations);
}

static void fill_cooldown(struct guard_status *status, const struct view *view)
{
    struct guard_cooldown cooldown = guard_cooldown_now(&view->context, -1);
    status->last_at = last_blocked(view, GUARD_COOLDOWN, SKIP_COOLDOWN);
    if (cooldown.until >= view->context.iteration) {
        status->active = true;
        status->clears_at = cooldown.until + 1;
        snprintf(status->text, sizeof status->text, "%d iterations left, until %d (%s at %d)",
                 cooldown.until - view->number, cooldown.until,
                 cooldown.rolled ? "rollback" : "large change", cooldown.since);
    } else {
        snprintf(status->text, sizeof status->text,
                 "no rollback and no change above %.6g of a range lately",
                 view->context.policy->guard.cooldown_change_share);
    }
}

static void fill_late(struct guard_status *status, const struct view *view)
{
    int planned = view->context.run->planned;
    status->last_at = last_blocked(view, GUARD_LATE, SKIP_LATE);
    status->active = planned && view->context.iteration >= planned;
    if (planned)
        snprintf(status->text, sizeof status->text,
                 "proposals of iteration %d, the last, are only recorded", planned);
    else
        snprintf(status->text, sizeof status->text, "the run has no last iteration");
}

static void fill_no_op(struct guard_status *status, const struct view *view)
{
    status->last_at = last_blocked(view, GUARD_NO_OP, SKIP_NO_OP);
    status->active = status->last_at && status->last_at == view->number;
    if (status->last_at)
        snprintf(status->text, sizeof status->text, "last at %d: the values were in force already",
                 status->last_at);
    else
        snprintf(status->text, sizeof status->text, "every proposal would have changed something");
}

void guard_status_fill(struct guard_status status[GUARD_COUNT], const struct run *run, int number,
                       const struct policy *policy, const struct param_table *table)
{
    struct view view;
    view_init(&view, run, number, policy, table);
    for (int guard = 0; guard < GUARD_COUNT; guard++)
        status[guard] = (struct guard_status){.guard = (enum guard)guard};
    fill_freeze(&status[GUARD_FREEZE], &view);
    fill_oscillation(&status[GUARD_OSCILLATION], &view, GUARD_OSCILLATION,
                     "no parameter went to and fro");
    fill_velocity(&status[GUARD_VELOCITY], &view);
    fill_cooldown(&status[GUARD_COOLDOWN], &view);
    fill_oscillation(&status[GUARD_STATE_OSCILLATION], &view, GUARD_STATE_OSCILLATION,
                     "no earlier state came back");
    fill_late(&status[GUARD_LATE], &view);
    fill_no_op(&status[GUARD_NO_OP], &view);
}
