/* theme_file: see theme_file.h. A file is taken whole or not at all. */
#include "config.h"

#include "artifact/theme_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/config.h"
#include "model/mem.h"

/* A theme may build on another, that on a third; not for ever. */
enum { BASES_MAX = 4 };

static const char *const attribute_names[] = {"bold", "dim", "underline", "reverse", "italic"};
static const char *const basic_names[] = {
    "black",        "red",           "green",       "yellow",         "blue",
    "magenta",      "cyan",          "white",       "bright-black",   "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white"};

enum { ATTRIBUTES = sizeof attribute_names / sizeof *attribute_names };
enum { BASICS = sizeof basic_names / sizeof *basic_names };

size_t theme_file_list(char ***names)
{
    return config_list("themes", names);
}

static int no_such_theme(const char *name, struct error *err)
{
    char **names;
    struct buffer list = {0};
    size_t count = theme_file_list(&names);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
        free(names[i]);
    }
    free(names);
    error_set(err, ERROR_USAGE, "there is no theme \"%.64s\"; there are %s", name,
              list.text ? list.text : "none");
    buffer_fini(&list);
    return -1;
}

int theme_file_find(const char *name, char path[THEME_PATH_MAX], struct error *err)
{
    size_t length = strlen(name);
    char relative[THEME_NAME_MAX + 16];
    if (strchr(name, '/') || (length > 5 && strcmp(name + length - 5, ".json") == 0)) {
        if (length < THEME_PATH_MAX) {
            snprintf(path, THEME_PATH_MAX, "%s", name);
            return 0;
        }
        return error_set(err, ERROR_USAGE, "the path of the theme is longer than %d bytes",
                         THEME_PATH_MAX - 1);
    }
    snprintf(relative, sizeof relative, "themes/%s.json", name);
    if (!config_is_name(name) || length >= THEME_NAME_MAX ||
        config_find(relative, path, THEME_PATH_MAX) != 0)
        return no_such_theme(name, err);
    return 0;
}

/* What is being read, for messages. */
struct place {
    const char *path, *style;
    struct error *err;
};

static int refuse(const struct place *place, const char *member, const json_t *json,
                  const char *wanted)
{
    char *shown = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    error_set(place->err, ERROR_INPUT, "%s: styles.%s.%s: %.80s is not %s", place->path,
              place->style, member, shown ? shown : "", wanted);
    free(shown);
    return -1;
}

static int word_place(const char *const *words, int count, const char *word)
{
    for (int i = 0; word && i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static int read_attributes(const struct place *place, const json_t *json, unsigned *attributes)
{
    size_t index;
    const json_t *word;
    unsigned found = 0;
    const char *wanted = "a list of bold, dim, underline, reverse, italic";
    if (!json_is_array(json))
        return refuse(place, "attributes", json, wanted);
    json_array_foreach(json, index, word)
    {
        int bit = word_place(attribute_names, ATTRIBUTES, json_string_value(word));
        if (bit < 0)
            return refuse(place, "attributes", word, wanted);
        found |= 1U << bit;
    }
    *attributes = found;
    return 0;
}

static int read_colour(const struct place *place, const char *member, const json_t *json,
                       int *colour)
{
    const char *text = json_string_value(json);
    if (text && strcmp(text, "default") == 0) {
        *colour = COLOUR_DEFAULT;
        return 0;
    }
    if (!text || strlen(text) != 7 || text[0] != '#' ||
        strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return refuse(place, member, json, "a colour: \"#rrggbb\" or \"default\"");
    *colour = (int)strtol(text + 1, NULL, 16);
    return 0;
}

static int read_basic(const struct place *place, const char *member, const json_t *json,
                      int *colour)
{
    const char *text = json_string_value(json);
    int found = word_place(basic_names, BASICS, text);
    if (text && strcmp(text, "default") == 0)
        found = COLOUR_TERMINAL;
    else if (found < 0)
        return refuse(
            place, member, json,
            "default, black, red, green, yellow, blue, magenta, cyan or white, or one of them "
            "with \"bright-\" before it");
    *colour = found;
    return 0;
}

static int read_member(const struct place *place, const char *member, const json_t *json,
                       struct theme_style *style)
{
    if (strcmp(member, "attributes") == 0)
        return read_attributes(place, json, &style->attributes);
    if (strcmp(member, "foreground") == 0) {
        style->basic_foreground = COLOUR_DEFAULT;
        return read_colour(place, member, json, &style->foreground);
    }
    if (strcmp(member, "background") == 0) {
        style->basic_background = COLOUR_DEFAULT;
        return read_colour(place, member, json, &style->background);
    }
    return error_set(place->err, ERROR_INPUT,
                     "%s: styles.%s: \"%.40s\" is none of attributes, foreground, background, "
                     "basic, basic_background",
                     place->path, place->style, member);
}

/* The basic colours last: a new colour without a new basic one has the nearest. */
static int read_style(const struct place *place, json_t *json, struct theme_style *style)
{
    const char *member;
    json_t *value;
    if (!json_is_object(json))
        return error_set(place->err, ERROR_INPUT, "%s: styles.%s: not a JSON object", place->path,
                         place->style);
    json_object_foreach(json, member,
                        value) if (strcmp(member, "basic") != 0 &&
                                   strcmp(member, "basic_background") != 0 &&
                                   read_member(place, member, value, style) != 0) return -1;
    value = json_object_get(json, "basic");
    if (value && read_basic(place, "basic", value, &style->basic_foreground) != 0)
        return -1;
    value = json_object_get(json, "basic_background");
    return value ? read_basic(place, "basic_background", value, &style->basic_background) : 0;
}

static int read_styles(const char *path, json_t *styles, const char *const *names,
                       struct theme_style *style, size_t count, struct error *err)
{
    const char *name;
    json_t *json;
    if (!json_is_object(styles))
        return error_set(err, ERROR_INPUT, "%s: styles: not a JSON object", path);
    json_object_foreach(styles, name, json)
    {
        const struct place place = {path, name, err};
        int index = word_place(names, (int)count, name);
        if (index < 0)
            return error_set(err, ERROR_INPUT, "%s: styles.%.40s: there is no such style", path,
                             name);
        if (read_style(&place, json, &style[index]) != 0)
            return -1;
    }
    return 0;
}

static int check_members(const char *path, json_t *root, struct error *err)
{
    const char *member;
    json_t *json;
    if (!json_is_object(root))
        return error_set(err, ERROR_INPUT, "%s: not a JSON object", path);
    json_object_foreach(root, member,
                        json) if (strcmp(member, "styles") != 0 &&
                                  !json_is_string(json)) return error_set(err, ERROR_INPUT,
                                                                          "%s: %.40s: not a text",
                                                                          path, member);
    else if (strcmp(member, "styles") != 0 && strcmp(member, "base") != 0 &&
             strcmp(member, "description") !=
                 0) return error_set(err, ERROR_INPUT,
                                     "%s: \"%.40s\" is none of base, description, styles", path,
                                     member);
    return 0;
}

static int read_file(const char *path, const char *const *names, struct theme_style *style,
                     size_t count, int depth, struct error *err)
{
    char base[THEME_PATH_MAX];
    json_auto_t *root = config_read_json(path, err);
    if (!root || check_members(path, root, err) != 0)
        return -1;
    const json_t *name = json_object_get(root, "base");
    if (name && depth == BASES_MAX)
        return error_set(err, ERROR_INPUT, "%s: base: more than %d themes build on one another",
                         path, BASES_MAX);
    if (name && (theme_file_find(json_string_value(name), base, err) != 0 ||
                 read_file(base, names, style, count, depth + 1, err) != 0))
        return -1;
    json_t *styles = json_object_get(root, "styles");
    return styles ? read_styles(path, styles, names, style, count, err) : 0;
}

int theme_file_read(const char *path, const char *const *names, struct theme_style *style,
                    size_t count, struct error *err)
{
    struct theme_style *fresh = mem_resize(NULL, count, sizeof *fresh);
    memcpy(fresh, style, count * sizeof *fresh);
    int status = read_file(path, names, fresh, count, 0, err);
    if (status == 0)
        memcpy(style, fresh, count * sizeof *fresh);
    free(fresh);
    return status;
}
