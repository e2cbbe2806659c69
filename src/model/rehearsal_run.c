/* rehearsal_run: the run that a rehearsal comes to, iteration by iteration: KPIs as recorded,
 * everything else made anew. See rehearsal.h. */
#include "config.h"

#include "model/rehearsal_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/propose.h"

static bool same_values(const struct value *a, const struct value *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value_present(a[i]) != value_present(b[i]) ||
            (value_present(a[i]) && a[i].number != b[i].number))
            return false;
    return true;
}

/* The name of a state: the recorded hash if the recorded run had these very values, else "~" and
 * one of our own, so that it cannot be taken for the hash of a file. */
static void hash_state(const struct rehearsal *rehearsal, const struct value *values,
                       char hash[HASH_TEXT_MAX])
{
    const struct run *recorded = rehearsal->recorded;
    size_t count = rehearsal->table->count;
    for (size_t i = 0; i < recorded->count; i++) {
        const struct iteration *iteration = recorded->iteration[i];
        if (iteration->params && iteration->param_count == count && iteration->signature[0] &&
            same_values(iteration->params, values, count)) {
            memcpy(hash, iteration->signature, HASH_TEXT_MAX);
            return;
        }
    }
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < count; i++) {
        double number = value_present(values[i]) ? values[i].number : (double)NAN;
        unsigned char bytes[sizeof number];
        memcpy(bytes, &number, sizeof number);
        for (size_t j = 0; j < sizeof bytes; j++)
            sum = (sum ^ bytes[j]) * 1099511628211u;
    }
    snprintf(hash, HASH_TEXT_MAX, "~%016llx", (unsigned long long)sum);
}

int rehearsal_at(const struct rehearsal *rehearsal)
{
    return (int)rehearsal->run->count;
}

static struct iteration *newest(const struct rehearsal *rehearsal)
{
    struct run *run = rehearsal->run;
    return run->count > 0 ? run->iteration[run->count - 1] : NULL;
}

void rehearsal_log(struct rehearsal *rehearsal, enum event_kind kind, const char *text)
{
    const struct iteration *iteration = newest(rehearsal);
    run_add_event(rehearsal->run, kind, rehearsal_at(rehearsal),
                  iteration ? iteration->utc_ms : UTC_NONE, text);
}

struct line_context rehearsal_context(const struct rehearsal *rehearsal, struct run *before)
{
    const struct iteration *iteration = newest(rehearsal);
    *before = *rehearsal->run; /* borrows all of it */
    before->count--;
    return (struct line_context){
        .guards = {.run = before,
                   .iteration = iteration->number,
                   .summary = iteration->state == ITERATION_OK ? &iteration->summary : NULL,
                   .values = rehearsal->values,
                   .final = iteration->number == rehearsal->recorded->planned,
                   .policy = rehearsal->policy,
                   .table = rehearsal->table},
        .offered = &rehearsal->offered,
        .planned = rehearsal->recorded->planned};
}

static void put_lines(struct iteration *iteration, const struct proposal *proposal)
{
    free(iteration->delta);
    iteration->delta = NULL;
    iteration->delta_count = proposal->count;
    if (proposal->count > 0) {
        iteration->delta = mem_resize(NULL, proposal->count, sizeof *iteration->delta);
        memcpy(iteration->delta, proposal->delta, proposal->count * sizeof *iteration->delta);
    }
}

void rehearsal_show(struct rehearsal *rehearsal)
{
    put_lines(newest(rehearsal), &rehearsal->run->pending);
}

/* Tuner, earlier decisions and guards for the newest iteration. */
static void propose(struct rehearsal *rehearsal)
{
    struct run before, *run = rehearsal->run;
    const struct line_context context = rehearsal_context(rehearsal, &before);
    propose_lines(&run->pending, &rehearsal->guards, &context.guards, &rehearsal->standing);
    memcpy(run->pending.base_hash, run->params_hash, sizeof run->pending.base_hash);
    rehearsal->offered = run->pending;
    run->has_pending = proposal_count(&run->pending, DELTA_PROPOSED) > 0;
    rehearsal_show(rehearsal);
}

void rehearsal_renew(struct rehearsal *rehearsal)
{
    struct run before, *run = rehearsal->run;
    if (!run->has_pending)
        return;
    const struct proposal old = run->pending;
    propose(rehearsal);
    run->has_pending = true;
    for (size_t i = 0; i < old.count; i++) {
        const struct delta *was = &old.delta[i];
        struct line_decision decision = {.op = DECIDE_APPROVE, .note = was->note};
        struct proposal next = run->pending;
        struct delta *line = proposal_find(&next, was->name);
        if (!line || was->overridden || was->state == DELTA_PROPOSED || was->state == DELTA_BLOCKED)
            continue;
        if (was->state == DELTA_EDITED)
            decision = (struct line_decision){DECIDE_EDIT, was->after, was->note};
        else if (was->state == DELTA_HELD)
            decision = (struct line_decision){DECIDE_HOLD, was->hold_until, was->note};
        else if (was->state == DELTA_REJECTED)
            decision.op = DECIDE_REJECT;
        const struct line_context context = rehearsal_context(rehearsal, &before);
        struct error ignored = ERROR_INIT; /* what can no longer be decided is open again */
        if (line_decide(&next, line, &decision, &context, &ignored) == 0)
            run->pending = next;
    }
    rehearsal_show(rehearsal);
}

bool rehearsal_put(struct rehearsal *rehearsal, enum change_kind kind, int after,
                   const struct value *values)
{
    struct run *run = rehearsal->run;
    const struct iteration *iteration = newest(rehearsal);
    size_t count = rehearsal->table->count;
    struct value old[PARAM_MAX], new[PARAM_MAX];
    if (same_values(rehearsal->values, values, count))
        return false;
    memcpy(old, rehearsal->values, count * sizeof *old);
    memcpy(new, values, count * sizeof *new);
    struct change change = {.kind = kind,
                            .after_iteration = after,
                            .utc_ms = iteration ? iteration->utc_ms : UTC_NONE,
                            .before = old,
                            .after = new};
    snprintf(change.by, sizeof change.by, "sandbox:%.80s",
             kind == CHANGE_EXTERNAL ? "another process" : rehearsal->actor);
    memcpy(change.hash_before, run->params_hash, sizeof change.hash_before);
    hash_state(rehearsal, new, change.hash_after);
    run_add_change(run, &change, count);
    run_set_params(run, new, count, change.hash_after);
    memcpy(rehearsal->values, new, count * sizeof *new);
    return true;
}

void rehearsal_name_change(const struct rehearsal *rehearsal, struct buffer *text)
{
    const struct run *run = rehearsal->run;
    const struct change *change = &run->change[run->change_count - 1];
    const char *gap = "";
    for (size_t i = 0; i < rehearsal->table->count; i++) {
        const struct param *param = &rehearsal->table->param[i];
        char before[40], after[40];
        if (!change_moves(change, (int)i))
            continue;
        buffer_printf(text, "%s%s %s -> %s", gap, param->name,
                      param_format(param, change->before[i], before, sizeof before),
                      param_format(param, change->after[i], after, sizeof after));
        gap = ", ";
    }
}

/* What another process changed after iteration AFTER in the recorded run it would have changed here
 * too. */
static void put_external(struct rehearsal *rehearsal, int after)
{
    const struct run *recorded = rehearsal->recorded;
    for (size_t i = 0; i < recorded->change_count; i++) {
        const struct change *change = &recorded->change[i];
        struct value values[PARAM_MAX];
        if (change->kind != CHANGE_EXTERNAL || change->after_iteration != after)
            continue;
        memcpy(values, rehearsal->values, sizeof values);
        for (size_t j = 0; j < change->param_count && j < PARAM_MAX; j++)
            if (change_moves(change, (int)j))
                values[j] = change->after[j];
        rehearsal_put(rehearsal, CHANGE_EXTERNAL, after, values);
    }
}

/* Writes the staged lines, and marks what became of each. True: something was written. */
static bool write_staged(struct rehearsal *rehearsal, struct proposal *proposal,
                         const char *override_reason, unsigned *skip)
{
    struct value values[PARAM_MAX];
    const struct param_table *table = rehearsal->table;
    memcpy(values, rehearsal->values, sizeof values);
    for (size_t i = 0; i < proposal->count; i++)
        if (line_staged(&proposal->delta[i]))
            values[proposal->delta[i].param] = value_of(proposal->delta[i].after);
    struct value old[PARAM_MAX];
    memcpy(old, rehearsal->values, sizeof old);
    bool written = rehearsal_put(rehearsal, CHANGE_APPLY, proposal->iteration, values);
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (!line_staged(delta))
            continue;
        const struct value was = old[delta->param];
        if (written && !(value_present(was) && was.number == delta->after)) {
            delta->oversized = override_reason[0] && param_oversized(&table->param[delta->param],
                                                                     delta->now, delta->after);
            delta->state = DELTA_APPLIED;
            continue;
        }
        delta->state = DELTA_DECLINED;
        delta->guard = GUARD_NO_OP;
        snprintf(delta->note, sizeof delta->note, "is in force already");
        *skip |= SKIP_NO_OP;
    }
    return written;
}

static void put_guards(struct iteration *iteration, const struct guard_report *guards)
{
    iteration->oscillation_detected = guards->oscillation_detected;
    iteration->velocity_violation = guards->velocity_violation;
    iteration->cooldown_active = guards->cooldown_active;
    iteration->freeze_triggered = guards->freeze_triggered;
    memcpy(iteration->freeze_reason, guards->freeze_reason, sizeof iteration->freeze_reason);
    free(iteration->skip_note);
    iteration->skip_note = guards->note[0] ? mem_strdup(guards->note) : NULL;
}

void rehearsal_close(struct rehearsal *rehearsal, const char *note, const char *override_reason)
{
    struct run *run = rehearsal->run;
    struct iteration *iteration = newest(rehearsal);
    struct proposal *proposal = &run->pending;
    unsigned skip = 0;
    for (size_t i = 0; i < proposal->count; i++) {
        struct delta *delta = &proposal->delta[i];
        if (delta->state == DELTA_PROPOSED) {
            delta->state = DELTA_DECLINED;
            snprintf(delta->note, sizeof delta->note, "%s", note);
        }
        if (delta->state == DELTA_DECLINED || delta->state == DELTA_REJECTED ||
            delta->state == DELTA_HELD)
            skip |= SKIP_OPERATOR;
    }
    iteration->applied = write_staged(rehearsal, proposal, override_reason, &skip);
    guard_report_lines(&rehearsal->guards, proposal);
    put_guards(iteration, &rehearsal->guards);
    put_lines(iteration, proposal);
    iteration->skip = skip | rehearsal->guards.skip;
    iteration->fallback_fired = proposal->fallback_fired;
    free(iteration->rationale);
    iteration->rationale = mem_strdup(proposal->rationale);
    if (iteration->applied && override_reason[0])
        iteration->override_reason = mem_strdup(override_reason);
    if (run->has_pending)
        snprintf(iteration->decided_by, sizeof iteration->decided_by, "sandbox:%.80s",
                 rehearsal->actor);
    memcpy(iteration->state_hash, run->params_hash, sizeof iteration->state_hash);
    run->has_pending = false;
    run->state = run->count == rehearsal->recorded->count ? RUN_COMPLETED : RUN_PAUSED;
    standing_add(&rehearsal->standing, iteration);
    put_external(rehearsal, iteration->number);
}

/* The recorded iteration with nothing but what was seen, in the parameters in force here. */
static struct iteration *seen(const struct rehearsal *rehearsal, const struct iteration *recorded)
{
    struct iteration *iteration = iteration_new(recorded->number);
    size_t count = rehearsal->table->count;
    iteration->state = recorded->state;
    iteration->utc_ms = recorded->utc_ms;
    iteration->summary = recorded->summary;
    iteration->summary.overrides_hash[0] = '\0'; /* the bot ran with the recorded parameters */
    iteration->error = mem_strdup(recorded->error);
    iteration->param_count = count;
    iteration->params = mem_resize(NULL, count, sizeof *iteration->params);
    memcpy(iteration->params, rehearsal->values, count * sizeof *iteration->params);
    memcpy(iteration->signature, rehearsal->run->params_hash, sizeof iteration->signature);
    memcpy(iteration->state_hash, rehearsal->run->params_hash, sizeof iteration->state_hash);
    return iteration;
}

bool rehearsal_open_next(struct rehearsal *rehearsal)
{
    struct run *run = rehearsal->run;
    const struct iteration *recorded = run_iteration(rehearsal->recorded, (int)run->count + 1);
    if (!recorded)
        return false;
    run_put_iteration_take(run, seen(rehearsal, recorded));
    propose(rehearsal);
    run->state = RUN_HOLDING;
    if (!run->has_pending)
        rehearsal_close(rehearsal, "", "");
    return true;
}

/* What a rollback that came later made of ITERATION is forgotten: run_add_change tells it anew. */
static void forget_rollback(struct iteration *iteration)
{
    iteration->rolled_back_at[0] = '\0';
    iteration->rolled_back_after = 0;
    for (size_t i = 0; i < iteration->delta_count; i++)
        if (iteration->delta[i].state == DELTA_ROLLED_BACK)
            iteration->delta[i].state = DELTA_APPLIED;
}

/* How many of the recorded changes were in force when iteration FROM was judged. */
static size_t changes_before(const struct rehearsal *rehearsal)
{
    const struct run *recorded = rehearsal->recorded;
    size_t count = 0;
    while (count < recorded->change_count &&
           recorded->change[count].after_iteration < rehearsal->from)
        count++;
    while (count > 0) {
        const struct change *last = &recorded->change[count - 1];
        if (last->kind == CHANGE_APPLY || last->after_iteration < rehearsal->from - 1 ||
            last->param_count != rehearsal->table->count ||
            same_values(last->after, rehearsal->values, last->param_count))
            break;
        count--; /* it came while FROM waited for a decision */
    }
    return count;
}

static void copy_history(struct rehearsal *rehearsal)
{
    const struct run *recorded = rehearsal->recorded;
    struct run *run = rehearsal->run;
    for (int number = 1; number < rehearsal->from; number++) {
        struct iteration *copy = iteration_copy(run_iteration(recorded, number));
        forget_rollback(copy);
        standing_add(&rehearsal->standing, copy);
        run_put_iteration_take(run, copy);
    }
    size_t changes = changes_before(rehearsal);
    for (size_t i = 0; i < changes; i++)
        run_add_change(run, &recorded->change[i], recorded->change[i].param_count);
    for (size_t i = 0; i < recorded->event_count; i++)
        if (recorded->event[i].iteration < rehearsal->from)
            run_add_event(run, recorded->event[i].kind, recorded->event[i].iteration,
                          recorded->event[i].utc_ms, recorded->event[i].text);
}

void rehearsal_restart(struct rehearsal *rehearsal)
{
    const struct run *recorded = rehearsal->recorded;
    const struct iteration *first = run_iteration(recorded, rehearsal->from);
    struct run *run = rehearsal->run, fresh;
    run_init(&fresh);
    memcpy(fresh.id, recorded->id, sizeof fresh.id);
    memcpy(fresh.source_detail, recorded->source_detail, sizeof fresh.source_detail);
    memcpy(fresh.directory, recorded->directory, sizeof fresh.directory);
    fresh.source = recorded->source;
    fresh.mode = APPROVE_MANUAL;
    fresh.has_manifest = recorded->has_manifest;
    fresh.planned = recorded->planned;
    fresh.interval_s = recorded->interval_s;
    fresh.started_ms = recorded->started_ms;
    fresh.ended_ms = UTC_NONE;
    fresh.next_ms = UTC_NONE;
    fresh.readonly = true;
    run_fini(run);
    *run = fresh;
    standing_fini(&rehearsal->standing);
    rehearsal->standing = (struct standing){0};
    memcpy(rehearsal->values, first->params, rehearsal->table->count * sizeof *rehearsal->values);
    copy_history(rehearsal);
    run_set_params(run, rehearsal->values, rehearsal->table->count, first->signature);
    rehearsal_open_next(rehearsal);
}
