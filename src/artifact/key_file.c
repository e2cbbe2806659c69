/* key_file: see key_file.h. jansson parses but forgets lines, so the text is scanned once more: the
 * strings of a valid document, in their order, are its names and keys. */
#include "config.h"

#include "artifact/key_file.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact/canon.h"
#include "artifact/config.h"
#include "artifact/datadir.h"
#include "artifact/document.h"
#include "artifact/jsonfile.h"
#include "artifact/userdir.h"
#include "model/mem.h"
#include "model/text.h"

#define FILE_NAME "keys.json"
#define SCHEMA    "soaktop-keys-1"

enum { BYTES_MAX = 1 << 20 };

bool key_file_find(enum key_file_whose whose, char path[KEY_FILE_PATH_MAX])
{
    struct datadir_list dirs;
    char user[DATADIR_PATH_MAX];
    bool has_user = userdir_path(USERDIR_CONFIG, user, sizeof user, NULL) == 0;
    path[0] = '\0';
    if (whose == KEY_FILE_USER) {
        if (has_user)
            snprintf(path, KEY_FILE_PATH_MAX, "%s/" FILE_NAME, user);
        return has_user && access(path, F_OK) == 0;
    }
    datadir_list_fill(&dirs);
    for (size_t i = 0; i < dirs.count; i++) {
        snprintf(path, KEY_FILE_PATH_MAX, "%s/" FILE_NAME, dirs.path[i]);
        bool users = has_user && strcmp(dirs.path[i], user) == 0;
        if (!users && access(path, F_OK) == 0)
            return true;
    }
    return false;
}

/* The line of the next string of a valid document. */
struct scan {
    const char *at;
    int line;
};

static int next_string(struct scan *scan)
{
    while (*scan->at != '\0' && *scan->at != '"')
        scan->line += *scan->at++ == '\n';
    int line = scan->line;
    if (*scan->at == '"')
        scan->at++;
    while (*scan->at != '\0' && *scan->at != '"')
        scan->at += scan->at[0] == '\\' && scan->at[1] != '\0' ? 2 : 1;
    if (*scan->at == '"')
        scan->at++;
    return line;
}

/* Goes past all strings that stand inside JSON, which is no use as a key. */
static void skip_strings(struct scan *scan, const json_t *json)
{
    const char *name;
    const json_t *value;
    size_t index;
    if (json_is_string(json))
        next_string(scan);
    json_array_foreach(json, index, value) skip_strings(scan, value);
    json_object_foreach((json_t *)json, name, value)
    {
        next_string(scan);
        skip_strings(scan, value);
    }
}

static void add_key(struct key_file_entry *entry, const json_t *json, struct scan *scan)
{
    if (!json_is_string(json)) {
        snprintf(entry->fault, sizeof entry->fault, "a key is a string, such as \"F8\"");
        skip_strings(scan, json);
        return;
    }
    int line = next_string(scan);
    if (entry->count == KEY_FILE_KEYS_MAX) {
        snprintf(entry->fault, sizeof entry->fault, "more than %d keys", KEY_FILE_KEYS_MAX);
        return;
    }
    struct key_file_key *key = &entry->key[entry->count++];
    snprintf(key->name, sizeof key->name, "%s", json_string_value(json));
    key->line = line;
}

static void add_entry(struct key_file *file, const char *name, const json_t *json,
                      struct scan *scan)
{
    void *entries = file->entry;
    mem_grow(&entries, &file->capacity, file->count + 1, sizeof *file->entry);
    file->entry = entries;
    struct key_file_entry *entry = &file->entry[file->count++];
    *entry = (struct key_file_entry){.line = next_string(scan)};
    text_make_safe(entry->action, sizeof entry->action, name, strlen(name));
    if (json_is_string(json)) {
        add_key(entry, json, scan);
    } else if (json_is_array(json)) {
        size_t index;
        const json_t *key;
        json_array_foreach(json, index, key) add_key(entry, key, scan);
    } else {
        snprintf(entry->fault, sizeof entry->fault,
                 "its value is neither a key (\"F8\") nor a list of keys ([] for none)");
        skip_strings(scan, json);
    }
}

static int add_all(struct key_file *file, json_t *json, const char *text, struct error *err)
{
    struct scan scan = {text, 1};
    const char *name;
    json_t *value;
    if (!json_is_object(json))
        return error_set(err, ERROR_INPUT,
                         "%s: it is not a JSON object: {\"action\": \"key\", ...} is wanted",
                         file->path);
    json_object_foreach(json, name, value)
    {
        if (strcmp(name, "schema") != 0) {
            add_entry(file, name, value, &scan);
            continue;
        }
        int line = next_string(&scan);
        skip_strings(&scan, value);
        if (!json_is_string(value) || strcmp(json_string_value(value), SCHEMA) != 0)
            return error_set(err, ERROR_INPUT, "%s:%d: the schema must be \"" SCHEMA "\"",
                             file->path, line);
    }
    return 0;
}

int key_file_read(struct key_file *file, const char *path, struct error *err)
{
    size_t length;
    *file = (struct key_file){.count = 0};
    snprintf(file->path, sizeof file->path, "%s", path);
    json_auto_t *json = config_read_json(path, err);
    if (!json)
        return -1;
    char *text = file_read(AT_FDCWD, path, path, BYTES_MAX, &length, err);
    int status = text ? add_all(file, json, text, err) : -1;
    free(text);
    if (status != 0)
        file->count = 0;
    return status;
}

void key_file_fini(struct key_file *file)
{
    free(file->entry);
    *file = (struct key_file){.count = 0};
}

/* The names of a row's keys: a string, or a list if there is not one. */
static json_t *names_json(const struct key_twin *row)
{
    if (row->count == 1)
        return document_string(row->key[0].name);
    json_t *names = document_array();
    for (size_t i = 0; i < row->count; i++)
        document_append(names, document_string(row->key[i].name));
    return names;
}

char *key_file_text(const struct key_twin *rows, size_t count, struct error *err)
{
    struct buffer text = {0};
    buffer_puts(&text, "{\n  \"schema\": \"" SCHEMA "\"");
    for (size_t i = 0; i < count; i++) {
        json_auto_t *names = names_json(&rows[i]);
        char *keys = canon_dump(names, CANON_COMPACT, NULL, err);
        if (!keys) {
            buffer_fini(&text);
            return NULL;
        }
        buffer_printf(&text, ",\n  \"%s\": %s", rows[i].action, keys);
        free(keys);
    }
    buffer_puts(&text, "\n}\n");
    return buffer_take(&text);
}

char *key_file_twin(const struct key_twin *rows, size_t count, struct error *err)
{
    json_auto_t *twin = document_object();
    json_t *actions = document_array();
    document_put(twin, "actions", actions);
    for (size_t i = 0; i < count; i++) {
        json_t *row = document_object(), *keys = document_array();
        document_append(actions, row);
        document_put(row, "action", document_string(rows[i].action));
        document_put(row, "help", document_string(rows[i].help));
        document_put(row, "level", document_integer(rows[i].level));
        document_put(row, "writes", document_flag(rows[i].writes));
        document_put(row, "keys", keys);
        for (size_t k = 0; k < rows[i].count; k++) {
            json_t *key = document_object();
            bool default_key = rows[i].key[k].file == NULL;
            document_append(keys, key);
            document_put(key, "key", document_string(rows[i].key[k].name));
            document_put(key, "file",
                         default_key ? json_null() : document_string(rows[i].key[k].file));
            document_put(key, "line",
                         default_key ? json_null() : document_integer(rows[i].key[k].line));
        }
    }
    struct buffer text = {0};
    char *line = canon_dump(twin, CANON_COMPACT, NULL, err);
    if (line)
        buffer_printf(&text, "%s\n", line);
    free(line);
    return line ? buffer_take(&text) : NULL;
}
