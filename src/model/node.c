/* node: see node.h. Any thread; holds nothing but borrowed pointers. */
#include "config.h"

#include "model/node.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN_MAX = 60 };

struct node node_root(const struct json_t *json, const char *file)
{
    struct node node = {json, file, "$"};
    return node;
}

struct node node_member(const struct node *node, const char *key)
{
    struct node member = {json_object_get(node->json, key), node->file, ""};
    int length = snprintf(member.path, sizeof member.path, "%s.%s", node->path, key);
    if (length >= (int)sizeof member.path)
        memcpy(member.path + sizeof member.path - 4, "...", 4);
    return member;
}

struct node node_element(const struct node *node, size_t index)
{
    struct node element = {json_array_get(node->json, index), node->file, ""};
    int length = snprintf(element.path, sizeof element.path, "%s[%zu]", node->path, index);
    if (length >= (int)sizeof element.path)
        memcpy(element.path + sizeof element.path - 4, "...", 4);
    return element;
}

bool node_absent(const struct node *node)
{
    return !node->json || json_is_null(node->json);
}

size_t node_count(const struct node *node)
{
    return json_is_object(node->json) ? json_object_size(node->json) : json_array_size(node->json);
}

/* What stands there, short enough for a message. */
static void show_value(const json_t *json, char shown[SHOWN_MAX])
{
    if (!json)
        snprintf(shown, SHOWN_MAX, "missing");
    else if (json_is_object(json))
        snprintf(shown, SHOWN_MAX, "an object");
    else if (json_is_array(json))
        snprintf(shown, SHOWN_MAX, "an array");
    else if (json_is_string(json))
        snprintf(shown, SHOWN_MAX, "\"%.40s\"", json_string_value(json));
    else if (json_is_integer(json))
        snprintf(shown, SHOWN_MAX, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
    else if (json_is_real(json))
        snprintf(shown, SHOWN_MAX, "%.15g", json_real_value(json));
    else
        snprintf(shown, SHOWN_MAX, "%s",
                 json_is_null(json)   ? "null"
                 : json_is_true(json) ? "true"
                                      : "false");
}

int node_refuse(const struct node *node, struct error *err, const char *sentence, ...)
{
    char shown[SHOWN_MAX], text[320];
    show_value(node->json, shown);
    va_list args;
    va_start(args, sentence);
    vsnprintf(text, sizeof text, sentence, args);
    va_end(args);
    return error_set(err, ERROR_INPUT, "%s: %s is %s, but %s", node->file, node->path, shown, text);
}

static bool is_listed(const char *const *keys, const char *key)
{
    for (; *keys; keys++)
        if (strcmp(*keys, key) == 0)
            return true;
    return false;
}

static int refuse_unknown(const struct node *node, const char *const *keys, struct error *err)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)node->json, key, member)
    {
        (void)member;
        if (!is_listed(keys, key))
            return error_set(err, ERROR_INPUT, "%s: %s.%s is not known here; remove or correct it",
                             node->file, node->path, key);
    }
    return 0;
}

int node_object(const struct node *node, const char *const *keys, struct error *err)
{
    if (!json_is_object(node->json))
        return node_refuse(node, err, "it must be an object");
    return keys ? refuse_unknown(node, keys, err) : 0;
}

int node_array(const struct node *node, struct error *err)
{
    return json_is_array(node->json) ? 0 : node_refuse(node, err, "it must be an array");
}

int node_schema(const struct node *node, const char *schema, struct error *err)
{
    struct node member = node_member(node, "schema");
    const char *found = json_string_value(member.json);
    if (!found || strcmp(found, schema) != 0)
        return node_refuse(&member, err, "this program reads \"%s\"", schema);
    return 0;
}

int node_value(const struct node *node, const char *key, struct value *value, struct error *err)
{
    struct node member = node_member(node, key);
    *value = value_missing();
    if (node_absent(&member))
        return 0;
    if (!json_is_number(member.json) || !isfinite(json_number_value(member.json)))
        return node_refuse(&member, err, "it must be a finite number");
    *value = value_of(json_number_value(member.json));
    return 0;
}

int node_number(const struct node *node, const char *key, double *number, struct error *err)
{
    struct value value;
    if (node_value(node, key, &value, err) < 0)
        return -1;
    if (!value_present(value)) {
        struct node member = node_member(node, key);
        return node_refuse(&member, err, "it must be a number");
    }
    *number = value.number;
    return 0;
}

int node_number_in(const struct node *node, const char *key, double least, double most,
                   double *number, struct error *err)
{
    struct node member = node_member(node, key);
    if (node_number(node, key, number, err) < 0)
        return -1;
    if (*number < least || *number > most)
        return node_refuse(&member, err, "it must be within %.15g .. %.15g", least, most);
    return 0;
}

int node_integer(const struct node *node, const char *key, int least, int most, int *number,
                 struct error *err)
{
    struct node member = node_member(node, key);
    json_int_t whole = json_integer_value(member.json);
    if (!json_is_integer(member.json) || whole < least || whole > most)
        return node_refuse(&member, err, "it must be a whole number within %d .. %d", least, most);
    *number = (int)whole;
    return 0;
}

int node_flag(const struct node *node, const char *key, bool *flag, struct error *err)
{
    struct node member = node_member(node, key);
    if (!member.json)
        return 0;
    if (!json_is_boolean(member.json))
        return node_refuse(&member, err, "it must be true or false");
    *flag = json_is_true(member.json);
    return 0;
}

int node_own_text(const struct node *node, char *text, size_t size, struct error *err)
{
    if (!json_is_string(node->json))
        return node_refuse(node, err, "it must be a string");
    size_t length = json_string_length(node->json);
    if (length >= size || memchr(json_string_value(node->json), '\0', length))
        return node_refuse(node, err, "it must be a string of at most %zu bytes", size - 1);
    memcpy(text, json_string_value(node->json), length + 1);
    return 0;
}

int node_text(const struct node *node, const char *key, char *text, size_t size, struct error *err)
{
    struct node member = node_member(node, key);
    return node_own_text(&member, text, size, err);
}

int node_own_text_cut(const struct node *node, char *text, size_t size, struct error *err)
{
    text[0] = '\0';
    if (!json_is_string(node->json))
        return node_refuse(node, err, "it must be a string");
    const char *source = json_string_value(node->json);
    size_t length = strlen(source);
    if (length >= size)
        length = size - 1;
    while (length > 0 && ((unsigned char)source[length] & 0xc0U) == 0x80)
        length--;
    memcpy(text, source, length);
    text[length] = '\0';
    return 0;
}

int node_text_cut(const struct node *node, const char *key, char *text, size_t size,
                  struct error *err)
{
    struct node member = node_member(node, key);
    text[0] = '\0';
    return node_absent(&member) ? 0 : node_own_text_cut(&member, text, size, err);
}
