/* run_change: the history of the parameters in force. Changes form a chain: an apply, an external
 * change and the rollback of single parameters lie on top of what was there; a rollback or restore
 * of a whole earlier state goes back to the chain as it was at that state. So rolling back again
 * and again walks down to the run's first state, also where two states of the history are equal,
 * and restoring what was undone puts the undone applies in force again. One thread owns a run. */
#include "config.h"

#include "model/run.h"

#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

static const char *const kind_names[] = {
    [CHANGE_APPLY] = "apply",
    [CHANGE_ROLLBACK] = "rollback",
    [CHANGE_RESTORE] = "restore",
    [CHANGE_EXTERNAL] = "external",
};

const char *change_kind_name(enum change_kind kind)
{
    return kind_names[kind];
}

static struct value *vector_copy(const struct value *values, size_t count)
{
    if (!values || count == 0)
        return NULL;
    struct value *copy = mem_resize(NULL, count, sizeof *copy);
    return memcpy(copy, values, count * sizeof *copy);
}

struct change change_copy(const struct change *change, size_t param_count)
{
    struct change copy = *change;
    copy.before = vector_copy(change->before, param_count);
    copy.after = vector_copy(change->after, param_count);
    copy.difference = difference_copy(change->difference);
    copy.param_count = copy.before && copy.after ? param_count : 0;
    return copy;
}

void change_fini(struct change *change)
{
    free(change->before);
    free(change->after);
    difference_free(change->difference);
    change->before = NULL;
    change->after = NULL;
    change->difference = NULL;
    change->param_count = 0;
}

static bool same_value(struct value a, struct value b)
{
    return a.state == b.state && (a.state == VALUE_MISSING || a.number == b.number);
}

bool change_moves(const struct change *change, int param)
{
    return param >= 0 && (size_t)param < change->param_count &&
           !same_value(change->before[param], change->after[param]);
}

static bool goes_back(const struct change *change)
{
    return change->kind == CHANGE_ROLLBACK || change->kind == CHANGE_RESTORE;
}

/* The change of chain position PLACE (1 is the first change); 0 is the run's first state. */
static struct change *at(const struct run *run, size_t place)
{
    return &run->change[place - 1];
}

static size_t top_of(const struct run *run)
{
    return run->change_count ? at(run, run->change_count)->top : 0;
}

/* True and *TOP if HASH is the state below a change of the chain that starts at FROM. */
static bool find_in_chain(const struct run *run, size_t from, const char *hash, size_t *top)
{
    for (size_t place = from; place; place = at(run, place)->under)
        if (strcmp(at(run, place)->hash_before, hash) == 0) {
            *top = at(run, place)->under;
            return true;
        }
    return false;
}

/* True and *TOP if HASH is a state that was in force at any time. */
static bool find_in_history(const struct run *run, const char *hash, size_t *top)
{
    for (size_t place = run->change_count; place; place--)
        if (strcmp(at(run, place)->hash_after, hash) == 0) {
            *top = at(run, place)->top;
            return true;
        }
    *top = 0;
    return run->change_count && strcmp(at(run, 1)->hash_before, hash) == 0;
}

/* True and *TOP, the chain's top, if CHANGE goes to a state that was in force before. */
static bool find_state(const struct run *run, const struct change *change, size_t *top)
{
    if (change->kind == CHANGE_APPLY || change->hash_after[0] == '\0')
        return false;
    return find_in_chain(run, top_of(run), change->hash_after, top) ||
           find_in_history(run, change->hash_after, top);
}

/* Marks in LIVE[place] the applies of the chain whose value of PARAM was not taken back. */
static void mark_live(const struct run *run, int param, bool *live)
{
    bool back = false; /* looking for the change that set the value which a rollback took back */
    struct value wanted = value_missing();
    for (size_t place = top_of(run); place; place = at(run, place)->under) {
        const struct change *change = at(run, place);
        if (!change_moves(change, param))
            continue;
        if (back) {
            back = !same_value(change->before[param], wanted);
        } else if (goes_back(change)) {
            back = true;
            wanted = change->after[param];
        } else {
            live[place] = true;
        }
    }
}

/* Sets the state of the line of PARAM that apply CHANGE wrote. */
static void mark_lines(struct run *run, const struct change *change, int param, bool undone)
{
    if (!run_iteration(run, change->after_iteration))
        return;
    struct iteration *iteration = run->iteration[change->after_iteration - 1];
    for (size_t i = 0; i < iteration->delta_count; i++) {
        struct delta *delta = &iteration->delta[i];
        bool written = delta->state == DELTA_APPLIED || delta->state == DELTA_VERIFIED;
        if (delta->param != param)
            continue;
        if (undone && written)
            delta->state = DELTA_ROLLED_BACK;
        else if (!undone && delta->state == DELTA_ROLLED_BACK)
            delta->state = DELTA_APPLIED;
    }
}

/* The first rollback of an apply stays on record, also when it is restored later. A record read
 * from a file has the time but not the iteration. */
static void mark_rolled_back(struct run *run, const struct change *apply, const struct change *by)
{
    if (!run_iteration(run, apply->after_iteration))
        return;
    struct iteration *iteration = run->iteration[apply->after_iteration - 1];
    if (iteration->rolled_back_at[0] == '\0')
        utc_format(iteration->rolled_back_at, by->utc_ms);
    if (iteration->rolled_back_after == 0)
        iteration->rolled_back_after = by->after_iteration;
}

/* Adds to IN_FORCE[place] the applies whose value of PARAM is, and tells their iterations' lines
 * if BY is a rollback. */
static void mark_param(struct run *run, int param, const struct change *by, bool *in_force)
{
    size_t places = run->change_count + 1;
    bool *live = mem_alloc(places * sizeof *live);
    mark_live(run, param, live);
    for (size_t place = 1; place < places; place++) {
        const struct change *change = at(run, place);
        if (change->kind != CHANGE_APPLY || !change_moves(change, param))
            continue;
        in_force[place] |= live[place];
        if (goes_back(by))
            mark_lines(run, change, param, !live[place]);
    }
    free(live);
}

/* Brings every apply's mark, and its iteration's, in line with what is in force after BY. */
static void mark_applies(struct run *run, const struct change *by)
{
    bool *in_force = mem_alloc((run->change_count + 1) * sizeof *in_force);
    for (size_t place = top_of(run); place; place = at(run, place)->under)
        in_force[place] = at(run, place)->param_count == 0; /* values not known: by the chain */
    for (int param = 0; param < PARAM_MAX; param++)
        mark_param(run, param, by, in_force);
    for (size_t place = 1; place <= run->change_count; place++) {
        struct change *change = at(run, place);
        bool undone = change->kind == CHANGE_APPLY && !in_force[place];
        if (undone && !change->undone && goes_back(by))
            mark_rolled_back(run, change, by);
        change->undone = undone;
    }
    free(in_force);
}

void run_add_change(struct run *run, const struct change *change, size_t param_count)
{
    struct change added = change_copy(change, param_count);
    size_t place = run->change_count + 1;
    added.under = top_of(run);
    added.undone = false;
    if (!find_state(run, &added, &added.top))
        added.top = place;
    void *items = run->change;
    mem_grow(&items, &run->change_capacity, place, sizeof *run->change);
    run->change = items;
    run->change[run->change_count++] = added;
    if (added.kind != CHANGE_APPLY)
        mark_applies(run, at(run, place));
}

const struct change *run_newest_apply(const struct run *run)
{
    for (size_t place = run->change_count; place; place--)
        if (at(run, place)->kind == CHANGE_APPLY && !at(run, place)->undone)
            return at(run, place);
    return NULL;
}

const struct change *run_newest_apply_of(const struct run *run, int param)
{
    bool *live = mem_alloc((run->change_count + 1) * sizeof *live);
    mark_live(run, param, live);
    const struct change *found = NULL;
    for (size_t place = run->change_count; place && !found; place--)
        if (at(run, place)->kind == CHANGE_APPLY && live[place])
            found = at(run, place);
    free(live);
    return found;
}

const struct change *run_newest_external(const struct run *run)
{
    for (size_t place = run->change_count; place; place--)
        if (at(run, place)->kind == CHANGE_EXTERNAL)
            return at(run, place);
    return NULL;
}

size_t run_external_count(const struct run *run)
{
    size_t count = 0;
    for (size_t place = run->change_count; place; place--)
        count += at(run, place)->kind == CHANGE_EXTERNAL;
    return count;
}

int run_change_weight(const struct run *run, const struct change *change, size_t param_count)
{
    struct run copy;
    int weight = 0;
    run_init(&copy); /* the changes alone: no iteration is marked */
    for (size_t i = 0; i < run->change_count; i++)
        run_add_change(&copy, &run->change[i], run->change[i].param_count);
    run_add_change(&copy, change, param_count);
    for (size_t i = 0; i < run->change_count; i++)
        weight += run->change[i].undone != copy.change[i].undone;
    run_fini(&copy);
    return weight;
}

const struct change *run_newest_rollback(const struct run *run)
{
    const struct change *newest = run->change_count ? at(run, run->change_count) : NULL;
    return newest && goes_back(newest) ? newest : NULL;
}
