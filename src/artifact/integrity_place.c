/* integrity_place: where two texts that should be one differ first. Any thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "artifact/integrity_impl.h"
#include "artifact/jsonfile.h"

enum { PLACE_SIZE = 200, VALUE_SIZE = 60 };

/* VALUE short: a container is told by its kind. */
static const char *shown(char text[VALUE_SIZE], const json_t *value)
{
    if (!value)
        return "nothing";
    if (json_is_object(value))
        return "an object";
    if (json_is_array(value)) {
        snprintf(text, VALUE_SIZE, "an array of %zu", json_array_size(value));
        return text;
    }
    if (json_is_real(value)) {
        canon_number(text, json_real_value(value));
        return text;
    }
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
    snprintf(text, VALUE_SIZE, strlen(dump ? dump : "") < VALUE_SIZE ? "%s" : "%.50s...",
             dump ? dump : "?");
    free(dump);
    return text;
}

static void join(char path[PLACE_SIZE], const char *key, size_t index)
{
    size_t length = strlen(path);
    if (key)
        snprintf(path + length, PLACE_SIZE - length, ".%s", key);
    else
        snprintf(path + length, PLACE_SIZE - length, "[%zu]", index);
}

/* A pair that differs; PATH leads to it. */
struct pair {
    const json_t *expected, *found;
    char path[PLACE_SIZE];
};

static bool step(struct pair *pair, const char *key, size_t index, const json_t *expected,
                 const json_t *found)
{
    if (expected && found && json_equal(expected, found))
        return false;
    join(pair->path, key, index);
    pair->expected = expected;
    pair->found = found;
    return true;
}

static bool step_object(struct pair *pair)
{
    const json_t *expected = pair->expected, *found = pair->found;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)expected, key, value)
    {
        if (step(pair, key, 0, value, json_object_get(found, key)))
            return true;
    }
    json_object_foreach((json_t *)found, key, value)
    {
        if (!json_object_get(expected, key))
            return step(pair, key, 0, NULL, value);
    }
    return false;
}

static bool step_array(struct pair *pair)
{
    const json_t *expected = pair->expected, *found = pair->found;
    size_t count = json_array_size(expected), other = json_array_size(found);
    for (size_t i = 0; i < count || i < other; i++)
        if (step(pair, NULL, i, json_array_get(expected, i), json_array_get(found, i)))
            return true;
    return false;
}

/* Goes down to the first pair that is not two containers of a kind. */
static void descend(struct pair *pair)
{
    bool deeper = true;
    while (deeper && pair->expected && pair->found) {
        if (json_is_object(pair->expected) && json_is_object(pair->found))
            deeper = step_object(pair);
        else if (json_is_array(pair->expected) && json_is_array(pair->found))
            deeper = step_array(pair);
        else
            deeper = false;
    }
}

static void by_bytes(struct integrity_text expected, struct integrity_text found, char place[200])
{
    size_t at = 0, line = 1, start = 0;
    while (at < expected.length && at < found.length && expected.text[at] == found.text[at]) {
        if (expected.text[at] == '\n') {
            line++;
            start = at + 1;
        }
        at++;
    }
    snprintf(place, PLACE_SIZE, "line %zu, byte %zu", line, at - start + 1);
}

void integrity_place(struct integrity_text expected, struct integrity_text found, char place[200],
                     char text[200])
{
    char there[VALUE_SIZE], wanted[VALUE_SIZE];
    struct error fault = ERROR_INIT;
    json_auto_t *left = json_read_text(expected.text, expected.length, "it", NULL);
    json_auto_t *right = json_read_text(found.text, found.length, "it", &fault);
    struct pair pair = {left, right, "$"};
    by_bytes(expected, found, place);
    if (!left)
        snprintf(text, PLACE_SIZE, "it says something else than the journal");
    else if (!right)
        snprintf(text, PLACE_SIZE, "%.190s", fault.text);
    else if (json_equal(left, right))
        snprintf(text, PLACE_SIZE, "the values are right, but not written as soaktop writes them");
    else {
        descend(&pair);
        snprintf(place, PLACE_SIZE, "%s", pair.path);
        snprintf(text, PLACE_SIZE, "%s stands there, by the journal it is %s",
                 shown(there, pair.found), shown(wanted, pair.expected));
    }
}
