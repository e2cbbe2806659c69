/* canon: canonical JSON, byte-identical with Python's json.dumps(obj, sort_keys=True). The hashes
 * of states and of the journal's chain are over these bytes: nothing here may depend on the locale
 * or on the order in which an object was filled. Any thread. */
#include "config.h"

#include "artifact/canon.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "model/mem.h"
#include "model/text.h"

/* Deeper values cannot be read back; the recursion stays small. */
enum { DEPTH_MAX = 128 };

enum { DIGITS_MAX = 17 };

/* A finite number as DIGITS (no trailing zeros) times a power of ten: d.ddd * 10^EXPONENT. */
struct decimal {
    char digits[DIGITS_MAX + 1];
    int count, exponent;
};

/* Reads back what printf made of a magnitude with "%.*e", whatever the locale's decimal point. */
static void decimal_parse(struct decimal *decimal, const char *text)
{
    decimal->count = 0;
    for (; *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && decimal->count < DIGITS_MAX)
            decimal->digits[decimal->count++] = *text;
    decimal->exponent = (int)strtol(text + 1, NULL, 10);
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
    decimal->digits[decimal->count] = '\0';
}

static bool reads_back(const char *text, double magnitude)
{
    return strtod(text, NULL) == magnitude;
}

/* Below a power of two doubles are twice as dense as above it: there the decimal that is nearest
 * may read back as the neighbour below, and the next one up still as the number itself. A last
 * digit 9 needs no carry: with it the number would have a shorter form. */
static bool bumped_reads_back(char *text, double magnitude)
{
    char *last = strchr(text, 'e') - 1;

    if (*last == '9')
        return false;
    ++*last;
    return reads_back(text, magnitude);
}

/* Fewest digits that read back as MAGNITUDE. Up to 15 digits always survive the way to a double and
 * back, so that a number that has so short a form shows it when 15 are printed; numbers below the
 * normal range have fewer, and are tried from one digit up. */
static void decimal_shortest(struct decimal *decimal, double magnitude)
{
    char text[64];

    for (int digits = magnitude < 0x1p-1022 ? 1 : 15; digits <= DIGITS_MAX; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, magnitude);
        if (reads_back(text, magnitude) || bumped_reads_back(text, magnitude))
            break;
    }
    decimal_parse(decimal, text);
}

static char *put_zeros(char *at, int count)
{
    while (count-- > 0)
        *at++ = '0';
    return at;
}

static char *put_digits(char *at, const struct decimal *decimal, int from, int to)
{
    while (from < to)
        *at++ = decimal->digits[from++];
    return at;
}

/* 0.00015, 12.5, 1200.0: for exponents -4..15, as Python's repr has it. */
static char *put_fixed(char *at, const struct decimal *decimal)
{
    int whole = decimal->exponent + 1; /* digits before the point */

    if (whole <= 0) {
        *at++ = '0';
        *at++ = '.';
        at = put_zeros(at, -whole);
        return put_digits(at, decimal, 0, decimal->count);
    }
    if (decimal->count <= whole) {
        at = put_digits(at, decimal, 0, decimal->count);
        at = put_zeros(at, whole - decimal->count);
        *at++ = '.';
        *at++ = '0';
        return at;
    }
    at = put_digits(at, decimal, 0, whole);
    *at++ = '.';
    return put_digits(at, decimal, whole, decimal->count);
}

static char *put_scientific(char *at, const struct decimal *decimal)
{
    *at++ = decimal->digits[0];
    if (decimal->count > 1) {
        *at++ = '.';
        at = put_digits(at, decimal, 1, decimal->count);
    }
    return at + sprintf(at, "e%+03d", decimal->exponent);
}

void canon_number(char text[32], double number)
{
    struct decimal decimal;
    char *at = text;

    if (!isfinite(number)) {
        strcpy(text, "null");
        return;
    }
    if (signbit(number))
        *at++ = '-';
    decimal_shortest(&decimal, fabs(number));
    if (decimal.exponent >= -4 && decimal.exponent < 16)
        at = put_fixed(at, &decimal);
    else
        at = put_scientific(at, &decimal);
    *at = '\0';
}

struct dump {
    struct buffer out, path;
    enum canon_form form;
    struct error *err;
};

static int fail(struct dump *dump, const char *what)
{
    return error_set(dump->err, ERROR_INPUT, "%s: %s",
                     dump->path.length > 0 ? dump->path.text : "the whole document", what);
}

static void put(struct dump *dump, const char *text)
{
    buffer_puts(&dump->out, text);
}

static void put_unicode(struct dump *dump, unsigned long code)
{
    if (code >= 0x10000) {
        code -= 0x10000;
        buffer_printf(&dump->out, "\\u%04lx\\u%04lx", 0xd800 + (code >> 10),
                      0xdc00 + (code & 0x3ff));
    } else {
        buffer_printf(&dump->out, "\\u%04lx", code);
    }
}

/* The short escape of an ASCII character, or NULL. */
static const char *short_escape(char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '\f':
        return "\\f";
    case '\b':
        return "\\b";
    default:
        return NULL;
    }
}

/* Bytes that need no escape: a space to a tilde; U+007F is escaped, as Python does. */
static size_t plain_length(const char *text, size_t length)
{
    size_t n = 0;

    while (n < length && (unsigned char)text[n] >= ' ' && (unsigned char)text[n] <= '~' &&
           text[n] != '"' && text[n] != '\\')
        n++;
    return n;
}

static int dump_string(struct dump *dump, const char *text, size_t length)
{
    put(dump, "\"");
    while (length > 0) {
        size_t used = plain_length(text, length);
        if (used > 0) {
            buffer_add(&dump->out, text, used);
        } else if (short_escape(*text)) {
            put(dump, short_escape(*text));
            used = 1;
        } else if ((unsigned char)*text < ' ') {
            put_unicode(dump, (unsigned char)*text);
            used = 1;
        } else {
            unsigned long code = 0;
            used = text_decode(text, length, &code);
            if (used == 0)
                return fail(dump, "the text is not valid UTF-8");
            put_unicode(dump, code);
        }
        text += used;
        length -= used;
    }
    put(dump, "\"");
    return 0;
}

static int dump_value(struct dump *dump, const json_t *json, int depth);

static void break_line(struct dump *dump, int depth)
{
    if (dump->form != CANON_PRETTY)
        return;
    put(dump, "\n");
    for (int i = 0; i < depth; i++)
        put(dump, "  ");
}

static void path_cut(struct dump *dump, size_t length)
{
    dump->path.length = length;
    if (dump->path.text)
        dump->path.text[length] = '\0';
}

static int dump_array(struct dump *dump, const json_t *json, int depth)
{
    size_t count = json_array_size(json), outer = dump->path.length;

    put(dump, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            put(dump, ",");
        break_line(dump, depth + 1);
        buffer_printf(&dump->path, "[%zu]", i);
        if (dump_value(dump, json_array_get(json, i), depth + 1) < 0)
            return -1;
        path_cut(dump, outer);
    }
    if (count > 0)
        break_line(dump, depth);
    put(dump, "]");
    return 0;
}

/* The order of UTF-8 bytes is the order of code points, which is Python's. */
static int key_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **sorted_keys(const json_t *json)
{
    const char **keys = mem_alloc((json_object_size(json) + 1) * sizeof *keys);
    json_t *object = (json_t *)json; /* jansson's iterators know no const */
    size_t n = 0;

    for (void *i = json_object_iter(object); i; i = json_object_iter_next(object, i))
        keys[n++] = json_object_iter_key(i);
    qsort(keys, n, sizeof *keys, key_order);
    return keys;
}

static int dump_member(struct dump *dump, const char *key, const json_t *value, int depth)
{
    size_t outer = dump->path.length;

    buffer_printf(&dump->path, "%s%s", outer > 0 ? "." : "", key);
    if (dump_string(dump, key, strlen(key)) < 0)
        return -1;
    put(dump, dump->form == CANON_PRETTY ? ": " : ":");
    if (dump_value(dump, value, depth) < 0)
        return -1;
    path_cut(dump, outer);
    return 0;
}

static int dump_object(struct dump *dump, const json_t *json, int depth)
{
    size_t count = json_object_size(json);
    const char **keys = sorted_keys(json);
    int result = 0;

    put(dump, "{");
    for (size_t i = 0; i < count && result == 0; i++) {
        if (i > 0)
            put(dump, ",");
        break_line(dump, depth + 1);
        result = dump_member(dump, keys[i], json_object_get(json, keys[i]), depth + 1);
    }
    if (count > 0)
        break_line(dump, depth);
    put(dump, "}");
    free(keys);
    return result;
}

static int dump_real(struct dump *dump, double number)
{
    char text[32];

    if (!isfinite(number))
        return fail(dump, "NaN and Infinity are no JSON numbers");
    canon_number(text, number);
    put(dump, text);
    return 0;
}

static int dump_value(struct dump *dump, const json_t *json, int depth)
{
    if (!json)
        return fail(dump, "there is no value");
    if (depth > DEPTH_MAX)
        return fail(dump, "nested too deeply");
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return dump_object(dump, json, depth);
    case JSON_ARRAY:
        return dump_array(dump, json, depth);
    case JSON_STRING:
        return dump_string(dump, json_string_value(json), json_string_length(json));
    case JSON_REAL:
        return dump_real(dump, json_real_value(json));
    case JSON_INTEGER:
        buffer_printf(&dump->out, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
        return 0;
    case JSON_TRUE:
        put(dump, "true");
        return 0;
    case JSON_FALSE:
        put(dump, "false");
        return 0;
    case JSON_NULL:
        put(dump, "null");
        return 0;
    }
    return fail(dump, "unknown type of value");
}

char *canon_dump(const struct json_t *json, enum canon_form form, size_t *length, struct error *err)
{
    struct dump dump = {.form = form, .err = err};
    int result = dump_value(&dump, json, 0);

    buffer_fini(&dump.path);
    if (result < 0) {
        buffer_fini(&dump.out);
        return NULL;
    }
    if (form == CANON_PRETTY)
        put(&dump, "\n");
    if (length)
        *length = dump.out.length;
    return buffer_take(&dump.out);
}
