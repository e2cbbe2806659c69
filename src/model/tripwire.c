/* tripwire: see tripwire.h. Pure; any thread. */
#include "config.h"

#include "model/tripwire.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WORD_MAX = 32 };

static const char *const kpi_names[KPI_COUNT] = {
    [KPI_RISK] = "risk",
    [KPI_MAKER_TAKER] = "maker_taker",
    [KPI_NET] = "net",
    [KPI_P95] = "p95",
};

/* The longer sign first. */
static const struct {
    const char *sign;
    enum tripwire_op op;
} signs[] = {
    {">=", TRIPWIRE_AT_LEAST},
    {"<=", TRIPWIRE_AT_MOST},
    {">", TRIPWIRE_ABOVE},
    {"<", TRIPWIRE_BELOW},
};

const char *tripwire_op_sign(enum tripwire_op op)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].op == op)
            return signs[i].sign;
    return "?";
}

const char *tripwire_kpi_name(enum kpi kpi)
{
    return kpi_names[kpi];
}

static const char *skip_space(const char *text)
{
    return text + strspn(text, " \t");
}

/* The word of letters, digits, '_', '/' and '.' at *TEXT; its length, of what fits. */
static size_t read_word(const char **text, char word[WORD_MAX])
{
    size_t length = 0;
    const char *at = skip_space(*text);
    for (; isalnum((unsigned char)*at) || (*at != '\0' && strchr("_/.", *at) != NULL); at++)
        if (length + 1 < WORD_MAX)
            word[length++] = *at == '/' ? '_' : *at;
    word[length] = '\0';
    *text = at;
    return length;
}

/* A name, what begins one, or the field of ITER_SUMMARY. */
static int read_kpi(struct tripwire *wire, const char **text, struct error *err)
{
    char word[WORD_MAX];
    size_t length = read_word(text, word);
    for (int kpi = 0; length > 0 && kpi < KPI_COUNT; kpi++)
        if (strncasecmp(kpi_names[kpi], word, length) == 0 ||
            strcasecmp(kpi_table[kpi].key, word) == 0) {
            wire->kpi = (enum kpi)kpi;
            return 0;
        }
    return error_set(err, ERROR_USAGE,
                     "a tripwire begins with a KPI: risk, maker_taker, net or p95, not \"%s\"",
                     length > 0 ? word : *text);
}

static int read_op(struct tripwire *wire, const char **text, struct error *err)
{
    *text = skip_space(*text);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].sign);
        if (strncmp(*text, signs[i].sign, length) != 0)
            continue;
        wire->op = signs[i].op;
        *text += length;
        return 0;
    }
    return error_set(err, ERROR_USAGE, "%s wants > >= < or <= behind it, not \"%s\"",
                     kpi_names[wire->kpi], *text);
}

static int read_limit(struct tripwire *wire, const char **text, struct error *err)
{
    char *end = NULL;
    *text = skip_space(*text);
    wire->limit = strtod(*text, &end);
    bool ended = *end == '\0' || *end == ' ' || *end == '\t';
    if (end == *text || !ended || !isfinite(wire->limit))
        return error_set(err, ERROR_USAGE, "%s %s wants a number, not \"%s\"", kpi_names[wire->kpi],
                         tripwire_op_sign(wire->op), *text);
    *text = end;
    return 0;
}

/* "2" and, if it follows, "it". */
static int read_count(const char *word, int *count, const char **text, struct error *err)
{
    char number[WORD_MAX], unit[WORD_MAX], *end = NULL;
    read_word(text, number);
    long value = strtol(number, &end, 10);
    if (end == number || *end != '\0' || value < 1 || value > TRIPWIRE_COUNT_MAX)
        return error_set(err, ERROR_USAGE, "%s wants 1 to %d iterations, not \"%s\"", word,
                         TRIPWIRE_COUNT_MAX, number[0] ? number : skip_space(*text));
    *count = (int)value;
    const char *after = *text;
    if (read_word(&after, unit) > 0 && strcasecmp(unit, "it") == 0)
        *text = after;
    return 0;
}

/* What follows the number: "for N" and "until M", each once. */
static int read_tail(struct tripwire *wire, const char *text, struct error *err)
{
    char word[WORD_MAX];
    wire->count = wire->until = 0;
    while (*skip_space(text) != '\0') {
        const char *from = skip_space(text);
        read_word(&text, word);
        bool is_for = strcasecmp(word, "for") == 0, is_until = strcasecmp(word, "until") == 0;
        int *count = is_for ? &wire->count : &wire->until;
        if ((!is_for && !is_until) || *count != 0)
            return error_set(err, ERROR_USAGE,
                             "\"%s\": behind the number stand \"for N\" and \"until M\", each once",
                             from);
        if (read_count(is_for ? "for" : "until", count, &text, err) != 0)
            return -1;
    }
    if (wire->count == 0)
        wire->count = 1;
    if (wire->until == 0)
        wire->until = wire->count > TRIPWIRE_UNTIL ? wire->count : TRIPWIRE_UNTIL;
    if (wire->until < wire->count)
        return error_set(err, ERROR_USAGE,
                         "until %d: it could never be met for %d iterations in a row", wire->until,
                         wire->count);
    return 0;
}

int tripwire_parse(struct tripwire *wire, const char *text, struct error *err)
{
    if (read_kpi(wire, &text, err) != 0 || read_op(wire, &text, err) != 0 ||
        read_limit(wire, &text, err) != 0)
        return -1;
    return read_tail(wire, text, err);
}

char *tripwire_short(const struct tripwire *wire, char text[TRIPWIRE_TEXT_MAX])
{
    snprintf(text, TRIPWIRE_TEXT_MAX, "%s %s %.12g for %d", kpi_names[wire->kpi],
             tripwire_op_sign(wire->op), wire->limit, wire->count);
    return text;
}

char *tripwire_text(const struct tripwire *wire, char text[TRIPWIRE_TEXT_MAX])
{
    snprintf(text, TRIPWIRE_TEXT_MAX, "%s %s %.12g for %d until %d", kpi_names[wire->kpi],
             tripwire_op_sign(wire->op), wire->limit, wire->count, wire->until);
    return text;
}

bool tripwire_meets(const struct tripwire *wire, struct value value)
{
    switch (wire->op) {
    case TRIPWIRE_ABOVE:
        return value_above(value, wire->limit);
    case TRIPWIRE_AT_LEAST:
        return value_at_least(value, wire->limit);
    case TRIPWIRE_BELOW:
        return value_below(value, wire->limit);
    case TRIPWIRE_AT_MOST:
        return value_at_most(value, wire->limit);
    }
    return false;
}
