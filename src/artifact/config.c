/* config: see config.h. A file of the user replaces the installed one of that name whole. */
#include "config.h"

#include "artifact/config.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "artifact/datadir.h"
#include "artifact/jsonfile.h"
#include "model/mem.h"

int config_find(const char *name, char *path, size_t size)
{
    struct datadir_list dirs;
    struct stat status;
    datadir_list_fill(&dirs);
    for (size_t i = 0; i < dirs.count; i++) {
        int length = snprintf(path, size, "%s/%s", dirs.path[i], name);
        if (length > 0 && (size_t)length < size && stat(path, &status) == 0)
            return 0;
    }
    return -1;
}

static int not_found(const char *name, struct error *err)
{
    struct datadir_list dirs;
    struct buffer where = {0};
    datadir_list_fill(&dirs);
    for (size_t i = 0; i < dirs.count; i++)
        buffer_printf(&where, "%s%s", i > 0 ? ", " : "", dirs.path[i]);
    error_set(err, ERROR_INPUT, "%s is not in any of %s; set SOAKTOP_DATADIR to where it is", name,
              where.text);
    buffer_fini(&where);
    return -1;
}

struct json_t *config_read_json(const char *path, struct error *err)
{
    size_t length = 0;
    json_error_t fault;
    char *text = file_read(AT_FDCWD, path, path, JSONFILE_BYTES_MAX, &length, err);
    if (!text)
        return NULL;
    json_t *json = json_read_text(text, length, path, err);
    json_auto_t *strict = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                                     &fault);
    free(text);
    if (json && !strict) {
        error_set(err, ERROR_INPUT, "%s: line %d, column %d: %s", path, fault.line, fault.column,
                  fault.text);
        json_decref(json);
        return NULL;
    }
    return json;
}

/* Path of NAME in PATH, and its content; a new reference. */
static json_t *read_named(const char *name, char *path, size_t size, struct error *err)
{
    if (config_find(name, path, size) < 0) {
        not_found(name, err);
        return NULL;
    }
    return config_read_json(path, err);
}

static json_t *read_policy(struct config *config, const char *policy_file, struct error *err)
{
    size_t size = sizeof config->policy_file;
    if (!policy_file)
        return read_named("policy.json", config->policy_file, size, err);
    if (snprintf(config->policy_file, size, "%s", policy_file) >= (int)size) {
        error_set(err, ERROR_USAGE, "the name of the policy file is longer than %zu bytes",
                  size - 1);
        return NULL;
    }
    return config_read_json(policy_file, err);
}

int config_load(struct config *config, const char *policy_file, struct error *err)
{
    json_auto_t *params = read_named("params.json", config->params_file, sizeof config->params_file,
                                     err);
    if (!params || param_table_read(&config->params, params, config->params_file, err) < 0)
        return -1;
    json_auto_t *policy = read_policy(config, policy_file, err);
    if (!policy ||
        policy_read(&config->policy, policy, config->policy_file, &config->params, err) < 0)
        return -1;
    json_auto_t *thresholds = read_named("thresholds.json", config->thresholds_file,
                                         sizeof config->thresholds_file, err);
    if (!thresholds)
        return -1;
    return thresholds_read(&config->thresholds, thresholds, config->thresholds_file, err);
}
