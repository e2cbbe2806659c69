/* preset: profiles (values) and presets (operations): files of profiles/ and presets/ among the
 * data files. Declared in config.h. */
#include "config.h"

#include "artifact/config.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/node.h"

#define SUFFIX ".json"

/* A factor beyond this is a typing error. */
#define FACTOR_MAX 100.0
#define AMOUNT_MAX 1e6

static const struct {
    const char *folder, *label;
} kinds[] = {
    [KIND_PROFILE] = {"profiles", "profile"},
    [KIND_PRESET] = {"presets", "preset"},
};

static int read_head(const struct node *root, struct preset *preset, const char *name,
                     struct error *err)
{
    struct node member = node_member(root, "name");
    if (node_text(root, "name", preset->name, sizeof preset->name, err) < 0 ||
        node_text(root, "description", preset->description, sizeof preset->description, err) < 0)
        return -1;
    if (strcmp(preset->name, name) != 0)
        return node_refuse(&member, err, "the file is called %s%s", name, SUFFIX);
    return 0;
}

/* Finds the parameter, and refuses one that the preset moves already. */
static int add_step(struct preset *preset, const struct node *node, const char *name,
                    const struct param_table *table, struct preset_step **step, struct error *err)
{
    int param = param_find(table, name);
    if (param < 0)
        return node_refuse(node, err, "params.json has no parameter %s", name);
    for (size_t i = 0; i < preset->count; i++)
        if (preset->step[i].param == param)
            return node_refuse(node, err, "%s is changed already", name);
    *step = &preset->step[preset->count++];
    **step = (struct preset_step){.param = param};
    return 0;
}

static int read_profile(const struct node *root, const struct param_table *table,
                        struct preset *preset, struct error *err)
{
    struct node values = node_member(root, "values");
    const char *name;
    json_t *member;
    if (node_object(&values, NULL, err) < 0)
        return -1;
    json_object_foreach((json_t *)values.json, name, member)
    {
        struct preset_step *step;
        struct error fault = ERROR_INIT;
        struct node value = node_member(&values, name);
        (void)member;
        if (add_step(preset, &value, name, table, &step, err) < 0 ||
            node_number(&values, name, &step->amount, err) < 0)
            return -1;
        step->op = PRESET_SET;
        if (param_check(&table->param[step->param], step->amount, &fault) < 0)
            return node_refuse(&value, err, "%s", fault.text);
    }
    return 0;
}

static int read_operation(const struct node *node, const struct param_table *table,
                          struct preset *preset, struct error *err)
{
    static const char *const keys[] = {"param", "add", "mul", "reason", NULL};
    struct node param = node_member(node, "param");
    bool add = node_member(node, "add").json != NULL, mul = node_member(node, "mul").json != NULL;
    char name[PARAM_NAME_MAX];
    struct preset_step *step;
    if (node_object(node, keys, err) < 0 || node_text(node, "param", name, sizeof name, err) < 0 ||
        add_step(preset, &param, name, table, &step, err) < 0 ||
        node_text(node, "reason", step->reason, sizeof step->reason, err) < 0)
        return -1;
    if (add == mul)
        return node_refuse(node, err, "it must hold add or mul");
    step->op = add ? PRESET_ADD : PRESET_MUL;
    return add ? node_number_in(node, "add", -AMOUNT_MAX, AMOUNT_MAX, &step->amount, err)
               : node_number_in(node, "mul", 0.0, FACTOR_MAX, &step->amount, err);
}

static int read_preset(const struct node *root, const struct param_table *table,
                       struct preset *preset, struct error *err)
{
    struct node list = node_member(root, "operations");
    if (node_array(&list, err) < 0)
        return -1;
    for (size_t i = 0; i < node_count(&list); i++) {
        struct node element = node_element(&list, i);
        if (read_operation(&element, table, preset, err) < 0)
            return -1;
    }
    return 0;
}

static int read_file(struct preset *preset, enum preset_kind kind, const char *name,
                     const struct param_table *table, struct error *err)
{
    static const char *const profile_keys[] = {"name", "description", "values", NULL};
    static const char *const preset_keys[] = {"name", "description", "operations", NULL};
    json_auto_t *json = config_read_json(preset->file, err);
    if (!json)
        return -1;
    struct node root = node_root(json, preset->file);
    if (node_object(&root, kind == KIND_PROFILE ? profile_keys : preset_keys, err) < 0 ||
        read_head(&root, preset, name, err) < 0)
        return -1;
    return kind == KIND_PROFILE ? read_profile(&root, table, preset, err)
                                : read_preset(&root, table, preset, err);
}

int preset_load(struct preset *preset, enum preset_kind kind, const char *name,
                const struct param_table *table, struct error *err)
{
    char relative[128];
    *preset = (struct preset){.count = 0};
    if (!config_is_name(name) || strlen(name) >= sizeof preset->name)
        return error_set(err, ERROR_USAGE, "'%s' is no name of a %s", name, kinds[kind].label);
    snprintf(relative, sizeof relative, "%s/%s%s", kinds[kind].folder, name, SUFFIX);
    if (config_find(relative, preset->file, sizeof preset->file) < 0)
        return error_set(err, ERROR_USAGE,
                         "there is no %s '%s'; `soaktop %ss` lists those there are",
                         kinds[kind].label, name, kinds[kind].label);
    return read_file(preset, kind, name, table, err);
}

size_t preset_list(enum preset_kind kind, char ***names)
{
    return config_list(kinds[kind].folder, names);
}

/* The value that STEP gives its parameter, inside the bounds and on the step. */
static int target_of(const struct preset_step *step, const struct runtime *runtime,
                     const struct param *param, double *target, struct error *err)
{
    struct value value = runtime_get_or_assumed(runtime, param);
    if (step->op == PRESET_SET)
        value = value_of(step->amount);
    else if (!value_present(value))
        return error_set(err, ERROR_INPUT, "%s has no value that a preset could change",
                         param->name);
    else if (step->op == PRESET_ADD)
        value.number += step->amount;
    else
        value.number *= step->amount;
    *target = param_quantize(param, param_clamp(param, value.number));
    return 0;
}

int preset_apply(const struct preset *preset, struct runtime *runtime,
                 const struct param_table *table, struct error *err)
{
    double target[PARAM_MAX];
    for (size_t i = 0; i < preset->count; i++)
        if (target_of(&preset->step[i], runtime, &table->param[preset->step[i].param], &target[i],
                      err) < 0)
            return -1;
    for (size_t i = 0; i < preset->count; i++)
        runtime_set(runtime, &table->param[preset->step[i].param], target[i]);
    return 0;
}
