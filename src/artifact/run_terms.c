/* run_terms: see run_terms.h. */
#include "config.h"

#include "artifact/run_terms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/jsonfile.h"
#include "model/mem.h"
#include "model/node.h"

static char *owned(const char *text)
{
    return (char *)(uintptr_t)text;
}

static int read_option(struct run_terms *terms, const struct node *node, struct error *err)
{
    const struct node name = node_member(node, "name"), value = node_member(node, "value");
    if (node_object(node, NULL, err) < 0)
        return -1;
    if (!json_is_string(name.json))
        return node_refuse(&name, err, "it must be an option's name");
    if (!node_absent(&value) && !json_is_string(value.json))
        return node_refuse(&value, err, "it must be a string or null");
    if (terms->option_count == RUN_TERMS_OPTIONS_MAX)
        return node_refuse(node, err, "a run has at most %d options", RUN_TERMS_OPTIONS_MAX);
    const char *text = json_string_value(value.json);
    terms->option[terms->option_count++] = (struct manifest_option){
        mem_strdup(json_string_value(name.json)), mem_strdup(text ? text : "")};
    return 0;
}

static int read_limits(struct kpi_limits *limits, const struct node *thresholds, const char *set,
                       struct error *err)
{
    struct node node = node_member(thresholds, set);
    for (int kpi = 0; kpi < KPI_COUNT; kpi++)
        if (node_number(&node, kpi_table[kpi].key, &limits->limit[kpi], err) < 0)
            return -1;
    limits->synthetic_counts = strcmp(set, thresholds_name(true)) == 0;
    return 0;
}

static int read_rest(struct run_terms *terms, const struct node *root, struct error *err)
{
    struct node options = node_member(root, "options");
    struct node thresholds = node_member(root, "thresholds");
    for (size_t i = 0; i < node_count(&options); i++) {
        struct node option = node_element(&options, i);
        if (read_option(terms, &option, err) < 0)
            return -1;
    }
    if (read_limits(&terms->strict, &thresholds, thresholds_name(false), err) < 0)
        return -1;
    return read_limits(&terms->mock, &thresholds, thresholds_name(true), err);
}

int run_terms_read(struct run_terms *terms, const struct rundir *dir, struct error *err)
{
    char shown[sizeof dir->path + 16];
    *terms = (struct run_terms){.option_count = 0};
    run_init(&terms->run);
    if (manifest_read(dir, &terms->run, err) < 0)
        return -1;
    if (!terms->run.has_manifest)
        return 0;
    snprintf(shown, sizeof shown, "%s/run.json", dir->path);
    json_auto_t *json = json_read_file(dir->fd, "run.json", shown, err);
    struct node root = node_root(json, shown);
    return json ? read_rest(terms, &root, err) : -1;
}

void run_terms_fini(struct run_terms *terms)
{
    for (size_t i = 0; i < terms->option_count; i++) {
        free(owned(terms->option[i].name));
        free(owned(terms->option[i].value));
    }
    terms->option_count = 0;
    run_fini(&terms->run);
}

static struct manifest_option *find(const struct run_terms *terms, const char *name)
{
    for (size_t i = terms->option_count; i > 0; i--)
        if (strcmp(terms->option[i - 1].name, name) == 0)
            return (struct manifest_option *)&terms->option[i - 1];
    return NULL;
}

const char *run_terms_option(const struct run_terms *terms, const char *name)
{
    const struct manifest_option *option = find(terms, name);
    return option ? option->value : NULL;
}

void run_terms_set(struct run_terms *terms, const char *name, const char *value)
{
    struct manifest_option *option = find(terms, name);
    if (!option && terms->option_count < RUN_TERMS_OPTIONS_MAX) {
        option = &terms->option[terms->option_count++];
        *option = (struct manifest_option){mem_strdup(name), NULL};
    }
    if (!option)
        return;
    free(owned(option->value));
    option->value = mem_strdup(value);
}
