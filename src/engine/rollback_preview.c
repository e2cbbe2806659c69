/* rollback_preview: see rollback_preview.h. The engine decides by its pipeline; this says the same
 * of what a front end knows, and the base hash of the command holds both to one state. */
#include "config.h"

#include "engine/rollback_preview.h"

#include <stdio.h>
#include <string.h>

#include "model/wires.h"

static bool same(struct value a, struct value b)
{
    return value_present(a) == value_present(b) &&
           (!value_present(a) || number_equal(a.number, b.number));
}

static struct value value_at(const struct value *values, size_t count, size_t index)
{
    return values && index < count ? values[index] : value_missing();
}

bool rollback_preview_moves_one(const struct rollback_preview *preview, size_t param)
{
    return param < preview->count && !same(preview->now[param], preview->then[param]);
}

size_t rollback_preview_moves(const struct rollback_preview *preview)
{
    size_t count = 0;
    for (size_t i = 0; i < preview->count; i++)
        count += rollback_preview_moves_one(preview, i);
    return count;
}

/* Iteration after which PARAM was last changed by something later than APPLY; at least 1. */
static int changed_later(const struct run *run, const struct change *apply, int param)
{
    for (size_t i = run->change_count; i > 0 && &run->change[i - 1] != apply; i--)
        if (change_moves(&run->change[i - 1], param))
            return run->change[i - 1].after_iteration > 0 ? run->change[i - 1].after_iteration : 1;
    return 1;
}

/* PARAM goes back to what it had before APPLY; if something later set it, only if ALSO names it. */
static void take_back(struct rollback_preview *preview, const struct run *run,
                      const struct change *apply, const struct param_table *table, int param,
                      const char *also)
{
    struct value before = value_at(apply->before, apply->param_count, (size_t)param);
    struct value written = value_at(apply->after, apply->param_count, (size_t)param);
    preview->before[param] = before;
    if (!same(preview->now[param], written)) {
        preview->later[param] = changed_later(run, apply, param);
        if (!rollback_names(also, table->param[param].name))
            return;
    }
    preview->then[param] = before;
}

static void take_all(struct rollback_preview *preview, const struct value *values, size_t count,
                     const char *hash)
{
    for (size_t i = 0; i < preview->count; i++)
        preview->then[i] = value_at(values, count, i);
    snprintf(preview->hash, sizeof(preview->hash), "%s", hash);
}

static void take_apply(struct rollback_preview *preview, const struct run *run,
                       const struct change *apply, const struct param_table *table,
                       const char *also)
{
    if (strcmp(apply->hash_after, run->params_hash) == 0) {
        take_all(preview, apply->before, apply->param_count, apply->hash_before);
        return;
    }
    for (size_t i = 0; i < preview->count; i++)
        if (change_moves(apply, (int)i))
            take_back(preview, run, apply, table, (int)i, also);
}

static int nothing(struct error *err, const char *text)
{
    return error_set(err, ERROR_REFUSED, "%s", text);
}

static int fill(struct rollback_preview *preview, const struct run *run,
                const struct rollback_request *request, const struct param_table *table,
                struct error *err)
{
    const struct change *change;
    const struct iteration *iteration = run_iteration(run, request->iteration);
    int param;
    preview->kind = CHANGE_ROLLBACK;
    switch (request->what) {
    case ROLLBACK_LAST:
        if (!(change = run_newest_apply(run)))
            return nothing(err, "there is no apply left to roll back");
        take_apply(preview, run, change, table, "");
        break;
    case ROLLBACK_APPLY:
        if (!(change = run_apply_of(run, request->iteration)) || change->undone)
            return error_set(err, ERROR_REFUSED, "nothing that iteration %d applied is in force",
                             request->iteration);
        take_apply(preview, run, change, table, request->also);
        break;
    case ROLLBACK_PARAM:
        param = param_find(table, request->name);
        if (param < 0 || !(change = run_newest_apply_of(run, param)))
            return error_set(err, ERROR_REFUSED, "no apply of %s is in force", request->name);
        preview->then[param] = value_at(change->before, change->param_count, (size_t)param);
        if (!same(preview->now[param], value_at(change->after, change->param_count, (size_t)param)))
            preview->later[param] = changed_later(run, change, param);
        break;
    case ROLLBACK_TO_ITERATION:
        preview->kind = CHANGE_RESTORE;
        if (!iteration || !iteration->params)
            return error_set(err, ERROR_REFUSED, "the parameters of iteration %d are not recorded",
                             request->iteration);
        take_all(preview, iteration->params, iteration->param_count, iteration->signature);
        break;
    case ROLLBACK_REDO:
        preview->kind = CHANGE_RESTORE;
        if (!(change = run_newest_rollback(run)))
            return nothing(err, "the newest change is no rollback: there is nothing to redo");
        take_all(preview, change->before, change->param_count, change->hash_before);
        break;
    }
    return 0;
}

int rollback_preview(struct rollback_preview *preview, const struct run *run,
                     const struct rollback_request *request, const struct param_table *table,
                     struct error *err)
{
    *preview = (struct rollback_preview){0};
    if (!run->params)
        return nothing(err, "the parameters in force are not known");
    preview->count = run->param_count < table->count ? run->param_count : table->count;
    for (size_t i = 0; i < preview->count; i++)
        preview->now[i] = preview->then[i] = run->params[i];
    if (fill(preview, run, request, table, err) != 0)
        return -1;
    struct change change = {.kind = preview->kind,
                            .after_iteration = (int)run->count,
                            .param_count = preview->count,
                            .before = preview->now,
                            .after = preview->then};
    memcpy(change.hash_before, run->params_hash, sizeof(change.hash_before));
    memcpy(change.hash_after, preview->hash, sizeof(change.hash_after));
    preview->weight = run_change_weight(run, &change, preview->count);
    return 0;
}
