/* document: see document.h. */
#include "config.h"

#include "artifact/document.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "model/mem.h"
#include "model/text.h"

/* Up to here a double holds every integer. */
#define INTEGER_MAX 9007199254740992.0

static json_t *must(json_t *json)
{
    if (!json)
        mem_exhausted();
    return json;
}

struct json_t *document_object(void)
{
    return must(json_object());
}

struct json_t *document_array(void)
{
    return must(json_array());
}

void document_put(struct json_t *object, const char *key, struct json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        mem_exhausted();
}

void document_append(struct json_t *array, struct json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        mem_exhausted();
}

struct json_t *document_string(const char *text)
{
    json_t *json = json_string(text);
    if (json)
        return json;
    char *safe = text_safe_copy(text);
    json = must(json_string(safe));
    free(safe);
    return json;
}

struct json_t *document_text(const char *text)
{
    return text && *text ? document_string(text) : json_null();
}

struct json_t *document_flag(bool flag)
{
    return json_boolean(flag);
}

struct json_t *document_integer(long long number)
{
    return must(json_integer(number));
}

struct json_t *document_value(struct value value)
{
    return value_present(value) && isfinite(value.number) ? must(json_real(value.number))
                                                          : json_null();
}

struct json_t *document_count(struct value value)
{
    double whole = nearbyint(value.number);
    if (!value_present(value) || !isfinite(value.number) || fabs(value.number) >= INTEGER_MAX ||
        whole < value.number || whole > value.number)
        return document_value(value);
    return document_integer((long long)whole);
}

struct json_t *document_param(const struct param *param, struct value value)
{
    return param && param->integer ? document_count(value) : document_value(value);
}

int document_write_take(int dirfd, const char *name, const char *shown, struct json_t *json,
                        enum durability durability, struct error *err)
{
    size_t length = 0;
    char *text = canon_dump(json, CANON_PRETTY, &length, err);
    json_decref(json);
    if (!text) {
        error_prefix(err, "%s", shown);
        return -1;
    }
    int result = atomic_write(dirfd, name, shown, text, length, durability, err);
    free(text);
    return result;
}
