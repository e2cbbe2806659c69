/* runtime: see runtime.h. The object is held as it was read, so that unknown keys survive. */
#include "config.h"

#include "model/runtime.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "model/mem.h"
#include "model/node.h"

/* A larger whole number is not written as an integer: the double would not come back. */
#define INTEGER_MAX 9007199254740992.0

struct runtime {
    json_t *object;
};

/* jansson fails here only for want of memory. */
static json_t *must(json_t *json)
{
    if (!json)
        mem_exhausted();
    return json;
}

static void must_succeed(int status)
{
    if (status != 0)
        mem_exhausted();
}

static struct runtime *runtime_take(json_t *object)
{
    struct runtime *runtime = mem_alloc(sizeof *runtime);
    runtime->object = object;
    return runtime;
}

struct runtime *runtime_new_best_cell(const struct param_table *table)
{
    struct runtime *runtime = runtime_take(must(json_object()));
    for (size_t i = 0; i < table->count; i++)
        if (value_present(table->param[i].first))
            runtime_set(runtime, &table->param[i], table->param[i].first.number);
    return runtime;
}

struct runtime *runtime_copy(const struct runtime *runtime)
{
    return runtime_take(must(json_deep_copy(runtime->object)));
}

void runtime_free(struct runtime *runtime)
{
    if (!runtime)
        return;
    json_decref(runtime->object);
    free(runtime);
}

void runtime_notes_fini(struct runtime_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        free(notes->text[i]);
    notes->count = 0;
}

const struct json_t *runtime_json(const struct runtime *runtime)
{
    return runtime->object;
}

struct value runtime_get(const struct runtime *runtime, const struct param *param)
{
    const json_t *section = json_object_get(runtime->object, param->section);
    const json_t *number = json_object_get(section, param->name);
    return json_is_number(number) ? value_of(json_number_value(number)) : value_missing();
}

struct value runtime_get_or_assumed(const struct runtime *runtime, const struct param *param)
{
    struct value value = runtime_get(runtime, param);
    return value_present(value) ? value : param->assumed;
}

void runtime_values(const struct runtime *runtime, const struct param_table *table,
                    struct value *out)
{
    for (size_t i = 0; i < table->count; i++)
        out[i] = runtime_get(runtime, &table->param[i]);
}

/* As an integer if the parameter counts in whole steps and NUMBER is whole. */
static json_t *number_json(const struct param *param, double number)
{
    if (param->integer && fabs(number) < INTEGER_MAX)
        return must(json_integer((json_int_t)nearbyint(number)));
    return must(json_real(number));
}

static json_t *section_made(struct runtime *runtime, const char *name)
{
    json_t *section = json_object_get(runtime->object, name);
    if (!section) {
        section = must(json_object());
        must_succeed(json_object_set_new(runtime->object, name, section));
    }
    return section;
}

void runtime_set(struct runtime *runtime, const struct param *param, double number)
{
    json_t *section = section_made(runtime, param->section);
    must_succeed(json_object_set_new(section, param->name, number_json(param, number)));
}

void runtime_unset(struct runtime *runtime, const struct param *param)
{
    json_t *section = json_object_get(runtime->object, param->section);
    if (json_object_del(section, param->name) == 0 && json_object_size(section) == 0)
        json_object_del(runtime->object, param->section);
}

static int check_section(const struct node *root, const struct param *param, struct error *err)
{
    struct node section = node_member(root, param->section);
    return section.json ? node_object(&section, NULL, err) : 0;
}

/* A present parameter must be a number: unlike a report's field, null is none. */
static int check_number(const struct node *parent, const struct param *param, bool *found,
                        struct error *err)
{
    struct node member = node_member(parent, param->name);
    double number = 0.0;
    *found = member.json != NULL;
    if (!*found)
        return 0;
    return node_number(parent, param->name, &number, err);
}

/* Moves or drops the flat form of PARAM; TEXT tells it. */
static char *migrate(struct runtime *runtime, const struct param *param, bool has_nested)
{
    json_t *flat = json_incref(json_object_get(runtime->object, param->name));
    must_succeed(json_object_del(runtime->object, param->name));
    if (!has_nested) {
        json_t *section = section_made(runtime, param->section);
        must_succeed(json_object_set_new(section, param->name, flat));
        return mem_printf("%s moved to %s.%s", param->name, param->section, param->name);
    }
    json_decref(flat);
    return mem_printf("%s dropped: %s.%s is set and wins", param->name, param->section,
                      param->name);
}

/* 60.0 of a parameter that counts in whole steps is written as 60. */
static void normalise(struct runtime *runtime, const struct param *param)
{
    const json_t *section = json_object_get(runtime->object, param->section);
    const json_t *number = json_object_get(section, param->name);
    if (!param->integer || !json_is_real(number))
        return;
    double real = json_real_value(number);
    if (fabs(real) < INTEGER_MAX && !(real < nearbyint(real)) && !(real > nearbyint(real)))
        runtime_set(runtime, param, real);
}

static int adopt_param(struct runtime *runtime, const struct param *param, const char *file,
                       struct runtime_notes *notes, struct error *err)
{
    struct node root = node_root(runtime->object, file);
    struct node section = node_member(&root, param->section);
    bool has_flat = false, has_nested = false;
    if (check_section(&root, param, err) < 0 || check_number(&root, param, &has_flat, err) < 0 ||
        check_number(&section, param, &has_nested, err) < 0)
        return -1;
    if (has_flat) {
        char *text = migrate(runtime, param, has_nested);
        if (notes && notes->count < PARAM_MAX)
            notes->text[notes->count++] = text;
        else
            free(text);
    }
    normalise(runtime, param);
    return 0;
}

struct runtime *runtime_new_from_json(const struct param_table *table, const struct json_t *json,
                                      const char *file, struct runtime_notes *notes,
                                      struct error *err)
{
    struct node root = node_root(json, file);
    if (notes)
        notes->count = 0;
    if (node_object(&root, NULL, err) < 0)
        return NULL;
    struct runtime *runtime = runtime_take(must(json_deep_copy(json)));
    for (size_t i = 0; i < table->count; i++)
        if (adopt_param(runtime, &table->param[i], file, notes, err) < 0) {
            if (notes)
                runtime_notes_fini(notes);
            runtime_free(runtime);
            return NULL;
        }
    return runtime;
}
