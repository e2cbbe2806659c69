/* rollback: where to go back to, and what that undoes. Any thread that owns the run. */
#include "config.h"

#include "engine/rollback.h"

#include <stdlib.h>
#include <string.h>

#include "artifact/overrides.h"
#include "model/mem.h"
#include "model/wires.h"

static struct runtime *refuse(struct error *err, const char *text)
{
    error_set(err, ERROR_REFUSED, "%s", text);
    return NULL;
}

static struct runtime *state_of(const struct pipeline *pipeline, const char *hash,
                                struct error *err)
{
    const char *text = states_find(&pipeline->states, hash);
    if (text)
        return overrides_from_text(pipeline->table, text, "journal.jsonl", err);
    error_set(err, ERROR_REFUSED, "the journal does not hold the state %.12s", hash);
    return NULL;
}

/* Gives PARAM of TARGET the value that it had in VALUES, or none. */
static void put_value(struct runtime *target, const struct param *param, struct value value)
{
    if (value_present(value))
        runtime_set(target, param, value.number);
    else
        runtime_unset(target, param);
}

/* Since the apply something else came (another process, the rollback of a single parameter): what
 * the apply changed goes back where it still has the apply's value, the rest stays. */
static struct runtime *without_apply(const struct pipeline *pipeline, const struct change *apply,
                                     const char *also)
{
    struct runtime *target = runtime_copy(pipeline->runtime);
    for (size_t i = 0; i < pipeline->table->count && i < apply->param_count; i++) {
        const struct param *param = &pipeline->table->param[i];
        struct value now = runtime_get(target, param), written = apply->after[i];
        bool stays = now.state == written.state && number_equal(now.number, written.number);
        if (change_moves(apply, (int)i) && (stays || rollback_names(also, param->name)))
            put_value(target, param, apply->before[i]);
    }
    return target;
}

static bool is_in_force(const struct pipeline *pipeline, const struct runtime *target)
{
    char hash[HASH_TEXT_MAX];
    char *text = overrides_text(target, hash, NULL, NULL);
    bool same = text && strcmp(hash, pipeline->hash) == 0;
    free(text);
    return same;
}

static struct runtime *last_target(const struct run *run, const struct pipeline *pipeline,
                                   struct error *err)
{
    const struct change *apply = run_newest_apply(run);
    if (!apply)
        return refuse(err, "there is no apply left to roll back: the run's first state is in "
                           "force");
    if (strcmp(apply->hash_after, pipeline->hash) == 0)
        return state_of(pipeline, apply->hash_before, err);
    for (size_t i = run->change_count; i; i--) {
        apply = &run->change[i - 1];
        if (apply->kind != CHANGE_APPLY || apply->undone)
            continue;
        struct runtime *target = without_apply(pipeline, apply, "");
        if (!is_in_force(pipeline, target))
            return target;
        runtime_free(target);
    }
    return refuse(err, "another process has replaced every value that was applied; go back to the "
                       "parameters of an iteration instead");
}

/* One apply, wherever it lies: what came later to other parameters stays. */
static struct runtime *apply_target_alone(const struct run *run, const struct pipeline *pipeline,
                                          int iteration, const char *also, struct error *err)
{
    const struct change *apply = run_apply_of(run, iteration);
    if (!apply || apply->undone) {
        error_set(err, ERROR_REFUSED,
                  apply ? "nothing that iteration %d applied is in force any more"
                        : "iteration %d applied nothing",
                  iteration);
        return NULL;
    }
    if (strcmp(apply->hash_after, pipeline->hash) == 0)
        return state_of(pipeline, apply->hash_before, err);
    struct runtime *target = without_apply(pipeline, apply, also);
    if (!is_in_force(pipeline, target))
        return target;
    runtime_free(target);
    error_set(err, ERROR_REFUSED, "nothing that iteration %d applied is in force any more",
              iteration);
    return NULL;
}

static struct runtime *redo_target(const struct run *run, const struct pipeline *pipeline,
                                   struct error *err)
{
    const struct change *newest = run_newest_rollback(run);
    if (!newest)
        return refuse(err, "the newest change is no rollback: there is nothing to redo");
    return state_of(pipeline, newest->hash_before, err);
}

static struct runtime *iteration_target(const struct run *run, const struct pipeline *pipeline,
                                        int number, struct error *err)
{
    const struct iteration *iteration = run_iteration(run, number);
    if (!iteration || iteration->signature[0] == '\0') {
        error_set(err, ERROR_REFUSED,
                  iteration ? "the parameters of iteration %d were not recorded"
                            : "there is no iteration %d in this run yet",
                  number);
        return NULL;
    }
    return state_of(pipeline, iteration->signature, err);
}

static struct runtime *param_target(const struct run *run, const struct pipeline *pipeline,
                                    const char *name, struct error *err)
{
    int index = param_find(pipeline->table, name);
    if (index < 0) {
        error_set(err, ERROR_REFUSED, "there is no parameter \"%s\"", name);
        return NULL;
    }
    const struct change *apply = run_newest_apply_of(run, index);
    if (!apply) {
        error_set(err, ERROR_REFUSED, "no apply of %s is in force: it has its first value", name);
        return NULL;
    }
    struct runtime *target = runtime_copy(pipeline->runtime);
    put_value(target, &pipeline->table->param[index], apply->before[index]);
    return target;
}

struct runtime *rollback_target(const struct run *run, const struct pipeline *pipeline,
                                const struct rollback_request *request, enum change_kind *kind,
                                struct error *err)
{
    struct runtime *target = NULL;
    bool restores = request->what == ROLLBACK_TO_ITERATION || request->what == ROLLBACK_REDO;
    *kind = restores ? CHANGE_RESTORE : CHANGE_ROLLBACK;
    switch (request->what) {
    case ROLLBACK_LAST:
        target = last_target(run, pipeline, err);
        break;
    case ROLLBACK_TO_ITERATION:
        target = iteration_target(run, pipeline, request->iteration, err);
        break;
    case ROLLBACK_APPLY:
        target = apply_target_alone(run, pipeline, request->iteration, request->also, err);
        break;
    case ROLLBACK_REDO:
        target = redo_target(run, pipeline, err);
        break;
    case ROLLBACK_PARAM:
        target = param_target(run, pipeline, request->name, err);
        break;
    }
    if (!target || !is_in_force(pipeline, target))
        return target;
    runtime_free(target);
    return refuse(err, "these parameters are in force already");
}

bool rollback_names(const char *also, const char *name)
{
    size_t length = strlen(name);
    for (const char *from = also ? also : ""; *from != '\0';) {
        size_t one = strcspn(from, ",");
        if (one == length && strncmp(from, name, length) == 0)
            return true;
        from += one + (from[one] == ',');
    }
    return false;
}

int rollback_weigh(const struct run *run, const struct pipeline *pipeline,
                   const struct runtime *target, enum change_kind kind)
{
    struct value before[PARAM_MAX], after[PARAM_MAX];
    struct change change = {.kind = kind,
                            .after_iteration = (int)run->count,
                            .before = before,
                            .after = after,
                            .param_count = pipeline->table->count};
    char *text = overrides_text(target, change.hash_after, NULL, NULL);
    free(text);
    memcpy(change.hash_before, pipeline->hash, sizeof(change.hash_before));
    runtime_values(pipeline->runtime, pipeline->table, before);
    runtime_values(target, pipeline->table, after);
    return run_change_weight(run, &change, change.param_count);
}

int rollback_mark(struct run *run, const struct change *change, size_t param_count,
                  rollback_told *told, void *context, struct error *err)
{
    size_t count = run->change_count;
    bool *undone = mem_alloc((count + 1) * sizeof(*undone));
    for (size_t i = 0; i < count; i++)
        undone[i] = run->change[i].undone;
    run_add_change(run, change, param_count);
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        const struct iteration *iteration = run_iteration(run, run->change[i].after_iteration);
        if (run->change[i].undone != undone[i] && iteration)
            result = told(context, iteration, err);
    }
    free(undone);
    return result;
}
