/* testdata: what unit tests of every floor start from: JSON from text, and the installed rules. */
#ifndef SOAKTOP_TESTS_TESTDATA_H
#define SOAKTOP_TESTS_TESTDATA_H

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/param.h"
#include "model/policy.h"
#include "model/thresholds.h"

/* JSON from TEXT, in which ' stands for "; a new reference. */
static inline json_t *testdata_json(const char *text)
{
    char *quoted = strdup(text);
    ck_assert_ptr_nonnull(quoted);
    for (char *at = quoted; *at; at++)
        if (*at == '\'')
            *at = '"';
    json_error_t fault;
    json_t *json = json_loads(quoted, JSON_DECODE_ANY, &fault);
    ck_assert_msg(json != NULL, "%s in %s", fault.text, text);
    free(quoted);
    return json;
}

/* Path of NAME in the source tree ("data/params.json"). */
static inline void testdata_path(char path[1024], const char *name)
{
    const char *tree = getenv("TEST_SRCDIR");
    snprintf(path, 1024, "%s/%s", tree ? tree : TOP_SRCDIR, name);
}

/* A JSON file of the source tree; a new reference. */
static inline json_t *testdata_file(const char *name)
{
    char path[1024];
    json_error_t fault;
    testdata_path(path, name);
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    ck_assert_msg(json != NULL, "%s: %s", path, fault.text);
    return json;
}

/* Writes TEXT, in which ' stands for ", to PATH; its folders are made. */
static inline void testdata_write(const char *path, const char *text)
{
    char part[1024];
    snprintf(part, sizeof part, "%s", path);
    for (char *at = strchr(part, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(part, 0777);
        *at = '/';
    }
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    for (; *text; text++)
        fputc(*text == '\'' ? '"' : *text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void testdata_params(struct param_table *table)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_file("data/params.json");
    ck_assert_msg(param_table_read(table, json, "params.json", &err) == 0, "%s", err.text);
}

static inline void testdata_policy(struct policy *policy, const struct param_table *table)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_file("data/policy.json");
    ck_assert_msg(policy_read(policy, json, "policy.json", table, &err) == 0, "%s", err.text);
}

static inline void testdata_thresholds(struct thresholds *thresholds)
{
    struct error err = ERROR_INIT;
    json_auto_t *json = testdata_file("data/thresholds.json");
    ck_assert_msg(thresholds_read(thresholds, json, "thresholds.json", &err) == 0, "%s", err.text);
}

#endif
