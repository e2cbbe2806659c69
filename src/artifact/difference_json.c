/* difference_json: see difference_json.h. */
#include "config.h"

#include "artifact/difference_json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/document.h"
#include "model/clock.h"
#include "model/mem.h"

enum { LEAF_TEXT_MAX = 256 };

struct walk {
    struct difference *difference;
    const struct param_table *table;
};

static bool is_param(const struct param_table *table, const char *section, const char *name)
{
    int param = param_find(table, name);
    return param >= 0 && strcmp(table->param[param].section, section) == 0;
}

/* Compact JSON; of what is long only its size. NULL of NULL. */
static char *leaf_text(const json_t *json)
{
    size_t length;
    char *text = json ? canon_dump(json, CANON_COMPACT, &length, NULL) : NULL;
    if (!text || length <= LEAF_TEXT_MAX)
        return text;
    free(text);
    return mem_printf("\"(%zu bytes)\"", length);
}

static void compare(const struct walk *walk, const char *path, const json_t *expected,
                    const json_t *found, int depth);

static void compare_member(const struct walk *walk, const char *path, const char *key,
                           const json_t *expected, const json_t *found, int depth)
{
    char below[DIFFERENCE_KEY_MAX];
    snprintf(below, sizeof below, "%s%s%s", path, path[0] ? "." : "", key);
    if (depth == 1 && is_param(walk->table, path, key))
        return;
    compare(walk, below, expected, found, depth + 1);
}

/* Members of either, those of EXPECTED first. */
static void compare_objects(const struct walk *walk, const char *path, const json_t *expected,
                            const json_t *found, int depth)
{
    json_t *one = (json_t *)expected, *other = (json_t *)found, *value;
    const char *key;
    json_object_foreach(one, key, value)
        compare_member(walk, path, key, value, json_object_get(other, key), depth);
    json_object_foreach(other, key, value) if (!json_object_get(one, key))
        compare_member(walk, path, key, NULL, value, depth);
}

static void compare(const struct walk *walk, const char *path, const json_t *expected,
                    const json_t *found, int depth)
{
    bool open = (!expected || json_is_object(expected)) && (!found || json_is_object(found)) &&
                (json_object_size(expected) > 0 || json_object_size(found) > 0);
    if (open) {
        compare_objects(walk, path, expected, found, depth);
        return;
    }
    if ((expected && found && json_equal(expected, found)) || (!expected && !found))
        return;
    difference_add_key_take(walk->difference, path, leaf_text(expected), leaf_text(found));
}

void difference_add_keys(struct difference *difference, const json_t *expected, const json_t *found,
                         const struct param_table *table)
{
    const struct walk walk = {difference, table};
    if (expected && found)
        compare_objects(&walk, "", expected, found, 0);
}

/* Text that leaf_text made, as the value that it was. */
static json_t *leaf_json(const char *text)
{
    json_t *json = text ? json_loads(text, JSON_DECODE_ANY, NULL) : json_null();
    return json ? json : document_text(text);
}

static json_t *row_json(const struct difference_row *row, const struct param_table *table)
{
    const struct param *param = row->param >= 0 ? &table->param[row->param] : NULL;
    json_t *json = document_object();
    document_put(json, "key", document_text(row->key));
    document_put(json, "parameter", param ? document_text(param->name) : json_null());
    document_put(json, "expected",
                 param ? document_param(param, row->expected) : leaf_json(row->expected_text));
    document_put(json, "found",
                 param ? document_param(param, row->found) : leaf_json(row->found_text));
    document_put(json, "wanted", document_param(param, row->wanted));
    document_put(json, "staged", document_flag(row->staged));
    document_put(json, "kind", document_text(difference_word(row)));
    return json;
}

json_t *difference_change_json(const struct change *change, const struct param_table *table)
{
    char utc[UTC_TEXT_MAX];
    const struct difference *difference = change->difference;
    json_t *json = document_object(), *rows = document_array();
    utc_format(utc, change->utc_ms);
    document_put(json, "after_iteration", document_integer(change->after_iteration));
    document_put(json, "utc", document_text(utc));
    document_put(json, "hash_before", document_text(change->hash_before));
    document_put(json, "hash_after", document_text(change->hash_after));
    document_put(json, "conflicts",
                 document_integer(difference ? (long long)difference_conflicts(difference) : 0));
    for (size_t i = 0; difference && i < difference->count; i++)
        document_append(rows, row_json(&difference->row[i], table));
    document_put(json, "rows", rows);
    return json;
}
