/* settings_file: see settings_file.h. A fault in one value costs that value only. */
#include "config.h"

#include "artifact/settings_file.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "artifact/atomic.h"
#include "artifact/canon.h"
#include "artifact/config.h"
#include "artifact/document.h"
#include "artifact/userdir.h"
#include "model/clock.h"
#include "model/mem.h"
#include "model/text.h"

#define CONFIG_NAME "config.json"
#define STATE_NAME  "state.json"

/* Reading. */

static const char *type_wanted(enum setting_type type)
{
    switch (type) {
    case SETTING_FLAG:
        return "true or false";
    case SETTING_INT:
        return "a whole number";
    case SETTING_SET:
        return "a list of words";
    case SETTING_CHOICE:
    case SETTING_TEXT:
        break;
    }
    return "a text";
}

/* A list of words as settings_parse takes them: "a,b". -1: it holds something else. */
static int join_words(const json_t *list, struct buffer *text)
{
    size_t index;
    const json_t *word;
    json_array_foreach(list, index, word)
    {
        if (!json_is_string(word) || strchr(json_string_value(word), ','))
            return -1;
        buffer_printf(text, "%s%s", index > 0 ? "," : "", json_string_value(word));
    }
    buffer_puts(text, "");
    return 0;
}

/* JSON of one setting as text; -1: it is of another type. */
static int value_text(enum setting_type type, const json_t *json, struct buffer *text)
{
    if (type == SETTING_FLAG && json_is_boolean(json))
        buffer_puts(text, json_is_true(json) ? "on" : "off");
    else if (type == SETTING_INT && json_is_integer(json))
        buffer_printf(text, "%lld", (long long)json_integer_value(json));
    else if ((type == SETTING_CHOICE || type == SETTING_TEXT) && json_is_string(json))
        buffer_puts(text, json_string_value(json));
    else if (type == SETTING_SET && json_is_array(json))
        return join_words(json, text);
    else
        return -1;
    return 0;
}

static void read_value(struct settings *settings, enum setting_id id, const json_t *json,
                       enum setting_origin origin, const char *path, struct error *err)
{
    const struct setting_row *row = &setting_table[id];
    struct error fault = ERROR_INIT;
    struct buffer text = {0};
    if (value_text(row->type, json, &text) != 0) {
        char *shown = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
        error_set(err, ERROR_INPUT, "%s: %s: %.80s is not %s; the default stays", path, row->name,
                  shown ? shown : "", type_wanted(row->type));
        free(shown);
    } else if (settings_parse(settings, id, text.text, origin, &fault) != 0) {
        error_set(err, ERROR_INPUT, "%s: %s; the default stays", path, fault.text);
    }
    buffer_fini(&text);
}

/* Unknown names are faults of the user's file, not of a newer program's memory. */
static void read_values(struct settings *settings, json_t *object, enum setting_origin origin,
                        const char *path, struct error *err)
{
    const char *name;
    json_t *json;
    json_object_foreach(object, name, json)
    {
        enum setting_id id = settings_find(name);
        if (id != SETTING_COUNT)
            read_value(settings, id, json, origin, path, err);
        else if (origin == FROM_CONFIG)
            error_set(err, ERROR_INPUT, "%s: %s: there is no such setting; F2 lists all", path,
                      name);
    }
}

/* The object of a file; NULL: there is no such file, or ERR says what is wrong with it. */
static json_t *read_object(enum userdir which, const char *name, char path[SETTINGS_PATH_MAX],
                           struct error *err)
{
    char directory[SETTINGS_PATH_MAX - 16];
    if (userdir_path(which, directory, sizeof directory, NULL) != 0)
        return NULL;
    snprintf(path, SETTINGS_PATH_MAX, "%s/%s", directory, name);
    if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return NULL;
    json_t *json = config_read_json(path, err);
    if (!json || json_is_object(json))
        return json;
    error_set(err, ERROR_INPUT, "%s: not a JSON object; defaults are used", path);
    json_decref(json);
    return NULL;
}

static void read_bookmark(struct bookmark_list *list, const char *run, const json_t *json)
{
    struct bookmark bookmark = {.utc_ms = UTC_NONE};
    const char *note = json_string_value(json_object_get(json, "note"));
    const char *utc = json_string_value(json_object_get(json, "utc"));
    json_int_t iteration = json_integer_value(json_object_get(json, "iteration"));
    if (iteration < 1 || iteration > INT32_MAX || strlen(run) >= sizeof bookmark.run)
        return;
    bookmark.iteration = (int)iteration;
    if (utc)
        bookmark.utc_ms = utc_parse(utc);
    snprintf(bookmark.run, sizeof bookmark.run, "%s", run);
    snprintf(bookmark.note, sizeof bookmark.note, "%s", note ? note : "");
    bookmarks_put(list, &bookmark);
}

static void read_bookmarks(struct bookmark_list *list, json_t *runs)
{
    const char *run;
    json_t *bookmarks;
    const json_t *bookmark;
    size_t index;
    json_object_foreach(runs, run, bookmarks) json_array_foreach(bookmarks, index, bookmark)
        read_bookmark(list, run, bookmark);
}

int settings_read(struct settings *settings, struct bookmark_list *bookmarks, struct error *err)
{
    char path[SETTINGS_PATH_MAX];
    struct error fault = ERROR_INIT;
    settings_init(settings);
    json_auto_t *state = read_object(USERDIR_STATE, STATE_NAME, path, &fault);
    read_values(settings, json_object_get(state, "settings"), FROM_STATE, path, &fault);
    if (bookmarks)
        read_bookmarks(bookmarks, json_object_get(state, "bookmarks"));
    json_auto_t *config = read_object(USERDIR_CONFIG, CONFIG_NAME, path, &fault);
    read_values(settings, config, FROM_CONFIG, path, &fault);
    return fault.code == ERROR_NONE ? 0 : error_set(err, fault.code, "%s", fault.text);
}

/* Writing. */

static json_t *words_json(const struct settings *settings, enum setting_id id)
{
    char word[SETTING_WORD_MAX];
    json_t *list = document_array();
    for (int i = 0; i < settings_words(id); i++) {
        settings_word(id, i, word);
        if (settings->value[id].number >> i & 1)
            document_append(list, document_string(word));
    }
    return list;
}

static json_t *value_json(const struct settings *settings, enum setting_id id)
{
    char text[SETTING_TEXT_MAX];
    switch (setting_table[id].type) {
    case SETTING_FLAG:
        return document_flag(settings->value[id].number != 0);
    case SETTING_INT:
        return document_integer(settings->value[id].number);
    case SETTING_SET:
        return words_json(settings, id);
    case SETTING_CHOICE:
    case SETTING_TEXT:
        break;
    }
    settings_print(settings, id, text, sizeof text);
    return document_string(text);
}

/* Writes JSON (stolen) to NAME in the user's directory. */
/* What is remembered needs no fsync, which would keep a key waiting: a power cut may cost the last
 * of it. A configuration is what the operator wrote. */
static int write_take(enum userdir which, const char *name, mode_t mode, enum durability durability,
                      json_t *json, struct error *err)
{
    char directory[SETTINGS_PATH_MAX - 16], path[SETTINGS_PATH_MAX];
    size_t length;
    int status = -1, fd = userdir_open(which, directory, sizeof directory, err);
    char *text = fd < 0 ? NULL : canon_dump(json, CANON_PRETTY, &length, err);
    json_decref(json);
    if (text) {
        snprintf(path, sizeof path, "%s/%s", directory, name);
        status = atomic_write_mode(fd, name, path, text, length, durability, mode, err);
    }
    if (fd >= 0)
        close(fd);
    free(text);
    return status;
}

static json_t *bookmarks_json(const struct bookmark_list *list)
{
    json_t *runs = document_object();
    for (size_t i = 0; i < list->count; i++) {
        const struct bookmark *bookmark = &list->item[i];
        char utc[UTC_TEXT_MAX] = "";
        if (bookmark->utc_ms != UTC_NONE)
            utc_format(utc, bookmark->utc_ms);
        char run[4 * BOOKMARK_RUN_MAX];
        text_make_safe(run, sizeof run, bookmark->run, strlen(bookmark->run));
        if (!json_object_get(runs, run))
            document_put(runs, run, document_array());
        json_t *json = document_object();
        document_put(json, "iteration", document_integer(bookmark->iteration));
        document_put(json, "note", document_string(bookmark->note));
        document_put(json, "utc", document_text(utc));
        document_append(json_object_get(runs, run), json);
    }
    return runs;
}

/* Keeps other dashboards from writing the state meanwhile; -1: none could be had, which costs no
 * more than that a bookmark may be lost. Held for less than a millisecond, so it is not waited for
 * much longer: another program may be stopped while it holds it. */
static int lock_state(void)
{
    char directory[SETTINGS_PATH_MAX - 16];
    const struct timespec pause = {0, 200000};
    int fd = userdir_open(USERDIR_STATE, directory, sizeof directory, NULL);
    for (int tries = 0; fd >= 0 && tries < 10; tries++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
        nanosleep(&pause, NULL);
    }
    return fd;
}

int settings_write_state(const struct settings *settings, struct bookmark_list *bookmarks,
                         struct bookmark_list *known, struct error *err)
{
    struct bookmark_list theirs = {.item = NULL};
    int lock = lock_state();
    char path[SETTINGS_PATH_MAX];
    struct settings kept;
    settings_init(&kept);
    json_auto_t *before = read_object(USERDIR_STATE, STATE_NAME, path, NULL);
    read_values(&kept, json_object_get(before, "settings"), FROM_STATE, path, NULL);
    json_t *state = document_object(), *values = document_object();
    for (int id = 0; id < SETTING_COUNT; id++) {
        bool ours = settings->value[id].origin == FROM_OPERATOR;
        const struct settings *from = ours ? settings : &kept;
        if (ours || kept.value[id].origin == FROM_STATE)
            document_put(values, setting_table[id].name, value_json(from, (enum setting_id)id));
    }
    if (before) {
        read_bookmarks(&theirs, json_object_get(before, "bookmarks"));
        bookmarks_merge(bookmarks, known, &theirs);
    }
    bookmarks_fini(&theirs);
    document_put(state, "settings", values);
    document_put(state, "bookmarks", bookmarks_json(bookmarks));
    int status = write_take(USERDIR_STATE, STATE_NAME, 0600, REBUILDABLE, state, err);
    if (status == 0)
        bookmarks_copy(known, bookmarks);
    if (lock >= 0)
        close(lock);
    return status;
}

static json_t *config_json(const struct settings *settings)
{
    json_t *config = document_object();
    for (int id = 0; id < SETTING_COUNT; id++)
        if (!settings_is_default(settings, (enum setting_id)id))
            document_put(config, setting_table[id].name, value_json(settings, (enum setting_id)id));
    return config;
}

int settings_config_path(char path[SETTINGS_PATH_MAX], struct error *err)
{
    char directory[SETTINGS_PATH_MAX - 16];
    if (userdir_path(USERDIR_CONFIG, directory, sizeof directory, err) != 0)
        return -1;
    snprintf(path, SETTINGS_PATH_MAX, "%s/" CONFIG_NAME, directory);
    return 0;
}

char *settings_config_text(const struct settings *settings)
{
    json_auto_t *json = config_json(settings);
    return canon_dump(json, CANON_PRETTY, NULL, NULL);
}

int settings_write_config(const struct settings *settings, struct error *err)
{
    return write_take(USERDIR_CONFIG, CONFIG_NAME, 0666, DURABLE, config_json(settings), err);
}
