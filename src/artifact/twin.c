/* twin: see twin.h. Any thread; no state. */
#include "config.h"
#include "artifact/twin.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/canon.h"
#include "artifact/effect_json.h"
#include "artifact/difference_json.h"
#include "artifact/iteration_file.h"
#include "model/mem.h"
#include "model/running.h"
#include "model/text.h"

/* Puts VALUE (stolen, NULL is a failure) at KEY; the failures of an object add up in *FAILED. */
static void put(json_t *object, const char *key, json_t *value, bool *failed)
{
    if (json_object_set_new(object, key, value) != 0)
        *failed = true;
}

/* "" is null; bytes that are no UTF-8 (a name that the operator typed) become visible. */
static json_t *text_json(const char *text)
{
    if (!text || *text == '\0')
        return json_null();
    json_t *json = json_string(text);
    if (json)
        return json;
    char *safe = text_safe_copy(text);
    json = json_string(safe);
    free(safe);
    return json;
}

static json_t *number_json(double number, bool integer)
{
    if (!isfinite(number))
        return json_null();
    if (integer && number > -1e15 && number < 1e15 && number == (double)(json_int_t)number)
        return json_integer((json_int_t)number);
    return json_real(number);
}

static json_t *value_json(struct value value, const struct param *param)
{
    return value_present(value) ? number_json(value.number, param->integer) : json_null();
}

/* One line of OBJECT. */
static char *line_of(const json_t *object, bool failed, struct error *err)
{
    size_t length;
    if (!object || failed) {
        error_set(err, ERROR_INPUT, "no memory for a JSON object");
        return NULL;
    }
    char *text = canon_dump(object, CANON_COMPACT, &length, err);
    if (!text)
        return NULL;
    text = mem_resize(text, length + 2, 1);
    memcpy(text + length, "\n", 2);
    return text;
}

char *twin_iteration(const struct iteration *iteration, const struct param_table *table,
                     struct error *err)
{
    json_auto_t *object = iteration_to_json(iteration, table);
    return line_of(object, false, err);
}

static json_t *param_json(const struct twin_param *row)
{
    const struct param *param = row->param;
    bool failed = false;
    json_t *object = json_object();
    put(object, "name", json_string(param->name), &failed);
    put(object, "section", json_string(param->section), &failed);
    put(object, "unit", text_json(param->unit), &failed);
    put(object, "value", value_json(row->value, param), &failed);
    put(object, "origin", json_string(row->origin), &failed);
    put(object, "default", value_json(param->assumed, param), &failed);
    put(object, "floor", value_json(param->floor, param), &failed);
    put(object, "cap", value_json(param->cap, param), &failed);
    put(object, "step", value_json(param->step, param), &failed);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

char *twin_params(const struct twin_param *rows, size_t count, const char *file, const char *hash,
                  struct error *err)
{
    bool failed = false;
    json_auto_t *object = json_object();
    json_t *array = json_array();
    put(object, "file", text_json(file), &failed);
    put(object, "state_hash", text_json(hash), &failed);
    put(object, "params", array, &failed);
    for (size_t i = 0; !failed && i < count; i++)
        failed = json_array_append_new(array, param_json(&rows[i])) != 0;
    return line_of(object, failed, err);
}

static json_t *step_json(const struct preset_step *step, const struct param_table *table)
{
    static const char *const ops[] = {
        [PRESET_SET] = "set", [PRESET_ADD] = "add", [PRESET_MUL] = "mul"};
    const struct param *param = &table->param[step->param];
    bool failed = false;
    json_t *object = json_object();
    put(object, "param", json_string(param->name), &failed);
    put(object, "op", json_string(ops[step->op]), &failed);
    put(object, "amount", number_json(step->amount, step->op != PRESET_MUL && param->integer),
        &failed);
    put(object, "reason", text_json(step->reason), &failed);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

static void put_preset_head(json_t *object, const struct preset *preset, bool *failed)
{
    put(object, "name", text_json(preset->name), failed);
    put(object, "description", text_json(preset->description), failed);
    put(object, "file", text_json(preset->file), failed);
}

char *twin_preset(const struct preset *preset, enum preset_kind kind,
                  const struct param_table *table, struct error *err)
{
    bool failed = false;
    json_auto_t *object = json_object();
    json_t *array = json_array();
    put_preset_head(object, preset, &failed);
    put(object, "kind", json_string(kind == KIND_PROFILE ? "profile" : "preset"), &failed);
    put(object, "steps", array, &failed);
    for (size_t i = 0; !failed && i < preset->count; i++)
        failed = json_array_append_new(array, step_json(&preset->step[i], table)) != 0;
    return line_of(object, failed, err);
}

char *twin_preset_list(const struct preset *presets, size_t count, enum preset_kind kind,
                       struct error *err)
{
    bool failed = false;
    json_auto_t *object = json_object();
    json_t *array = json_array();
    put(object, kind == KIND_PROFILE ? "profiles" : "presets", array, &failed);
    for (size_t i = 0; !failed && i < count; i++) {
        json_t *each = json_object();
        put_preset_head(each, &presets[i], &failed);
        if (json_array_append_new(array, each) != 0)
            failed = true;
    }
    return line_of(object, failed, err);
}

/* ITERATION NULL: DELTA is of the proposal that waits. */
static json_t *delta_json(const struct run *run, const struct iteration *iteration,
                          const struct delta *delta, const struct param_table *table)
{
    bool failed = false;
    bool whole = delta->param >= 0 && table->param[delta->param].integer;
    json_t *object = json_object();
    int number = iteration ? iteration->number : run->pending.iteration;
    enum delta_state state = iteration ? running_state(run, delta, number) : delta->state;
    put(object, "iteration", json_integer(number), &failed);
    put(object, "name", text_json(delta->name), &failed);
    put(object, "rule", delta->rule ? json_string(rule_name(delta->rule)) : json_null(), &failed);
    put(object, "state", json_string(delta_state_name(state)), &failed);
    put(object, "now", number_json(delta->now, whole), &failed);
    put(object, "increment", number_json(delta->increment, whole), &failed);
    put(object, "target", number_json(delta->target, whole), &failed);
    put(object, "after", number_json(delta->after, whole), &failed);
    put(object, "guard", delta->guard ? json_string(guard_name(delta->guard)) : json_null(),
        &failed);
    put(object, "clears_at", delta->clears_at > 0 ? json_integer(delta->clears_at) : json_null(),
        &failed);
    put(object, "note", text_json(delta->note), &failed);
    put(object, "why", text_json(delta->why), &failed);
    put(object, "decided_by", text_json(iteration ? iteration->decided_by : ""), &failed);
    put(object, "rolled_back_at",
        delta->state == DELTA_ROLLED_BACK ? text_json(iteration->rolled_back_at) : json_null(),
        &failed);
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
}

char *twin_deltas(const struct run *run, const struct param_table *table, struct error *err)
{
    bool failed = false;
    json_auto_t *object = json_object();
    json_t *array = json_array();
    put(object, "run", text_json(run->id), &failed);
    put(object, "directory", text_json(run->directory), &failed);
    put(object, "deltas", array, &failed);
    for (size_t i = 0; !failed && i < run->count; i++)
        for (size_t k = 0; !failed && k < run->iteration[i]->delta_count; k++)
            failed = json_array_append_new(array,
                                           delta_json(run, run->iteration[i],
                                                      &run->iteration[i]->delta[k], table)) != 0;
    for (size_t k = 0; !failed && run->has_pending && k < run->pending.count; k++)
        failed = json_array_append_new(array,
                                       delta_json(run, NULL, &run->pending.delta[k], table)) != 0;
    json_t *changes = json_array();
    put(object, "external_changes", changes, &failed);
    put(object, "effects", effects_to_json(run), &failed);
    put(object, "tripwires", wires_to_json(run), &failed);
    for (size_t i = 0; !failed && i < run->change_count; i++)
        if (run->change[i].kind == CHANGE_EXTERNAL)
            failed = json_array_append_new(changes,
                                           difference_change_json(&run->change[i], table)) != 0;
    return line_of(object, failed, err);
}

char *twin_answer(const char *op, const char *text, struct error *err)
{
    bool failed = false;
    json_auto_t *object = json_object();
    put(object, "ok", json_true(), &failed);
    put(object, "op", text_json(op), &failed);
    put(object, "text", text_json(text), &failed);
    return line_of(object, failed, err);
}
