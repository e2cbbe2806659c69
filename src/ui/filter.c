/* filter: see filter.h. UI thread; pure. */
#include "config.h"

#include "ui/filter.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *filter_find(const char *text, const char *part)
{
    size_t length = strlen(part);
    if (length == 0)
        return NULL;
    for (; *text != '\0'; text++)
        if (strncasecmp(text, part, length) == 0)
            return text;
    return NULL;
}

/* The next word of *TEXT without its quotes into WORD; false at the end. */
static bool next_word(const char **text, char word[ROW_FIND_MAX])
{
    const char *at = *text + strspn(*text, " \t");
    size_t length = 0;
    bool quoted = false;
    if (*at == '\0')
        return false;
    for (; *at != '\0' && (quoted || (*at != ' ' && *at != '\t')); at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (length + 1 < ROW_FIND_MAX)
            word[length++] = *at;
    }
    word[length] = '\0';
    *text = at;
    return true;
}

/* The operator at TEXT and its length; 0: there is none. */
static size_t read_op(const char *text, enum filter_op *op)
{
    static const struct {
        const char *sign;
        enum filter_op op;
    } signs[] = {
        {"<=", FILTER_AT_MOST}, {">=", FILTER_AT_LEAST}, {"!=", FILTER_UNEQUAL},
        {"==", FILTER_EQUAL},   {"<", FILTER_LESS},      {">", FILTER_MORE},
        {"=", FILTER_EQUAL},    {":", FILTER_HOLDS},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(text, signs[i].sign, strlen(signs[i].sign)) == 0) {
            *op = signs[i].op;
            return strlen(signs[i].sign);
        }
    return 0;
}

static int unknown_column(const struct row_class *class, const char *name, const char *fault,
                          struct error *err)
{
    char names[ERROR_TEXT_MAX / 2] = "";
    size_t length = 0;
    for (size_t i = 0; i < class->columns && length < sizeof names; i++)
        length += (size_t)snprintf(names + length, sizeof names - length, " %s",
                                   class->column[i].name);
    return error_set(err, ERROR_USAGE, "%s column %s; there are%s", fault, name, names);
}

/* The column of that name, or the only one that begins so. */
static int find_column(const struct row_class *class, const char *name, size_t length,
                       struct error *err)
{
    char shown[ROW_FIND_MAX];
    int found = -1, matches = 0;
    for (size_t i = 0; i < class->columns; i++) {
        if (strncasecmp(class->column[i].name, name, length) != 0)
            continue;
        if (class->column[i].name[length] == '\0')
            return (int)i;
        found = (int)i;
        matches++;
    }
    if (matches == 1)
        return found;
    snprintf(shown, sizeof shown, "%.*s", (int)length, name);
    return unknown_column(class, shown, matches > 1 ? "more than one" : "no", err);
}

static int read_number(struct filter_term *term, const struct row_column *column, const char *word,
                       struct error *err)
{
    char *end = NULL;
    bool ordered = term->op >= FILTER_LESS;
    if (strcasecmp(term->text, "n/a") == 0 && !ordered) {
        term->number = value_missing();
        return 0;
    }
    double number = strtod(term->text, &end);
    if (end == term->text || *end != '\0' || !isfinite(number))
        return error_set(err, ERROR_USAGE, "%s: %s wants a number%s, not \"%s\"", word,
                         column->name, ordered ? "" : " or n/a", term->text);
    term->number = value_of(number);
    return 0;
}

/* A condition if the word begins with a name and an operator, else a word to be found. */
static int read_term(struct filter_term *term, const struct row_class *class, const char *word,
                     struct error *err)
{
    size_t length = 0, sign;
    *term = (struct filter_term){.column = -1, .op = FILTER_HOLDS};
    if (isalpha((unsigned char)word[0]))
        while (isalnum((unsigned char)word[length]) || word[length] == '_')
            length++;
    sign = length > 0 ? read_op(word + length, &term->op) : 0;
    snprintf(term->text, sizeof term->text, "%s", sign > 0 ? word + length + sign : word);
    if (sign == 0)
        return 0;
    term->column = find_column(class, word, length, err);
    if (term->column < 0)
        return -1;
    const struct row_column *column = &class->column[term->column];
    return column->number ? read_number(term, column, word, err) : 0;
}

int filter_read(struct filter *filter, const struct row_class *class, const char *text,
                struct error *err)
{
    char word[ROW_FIND_MAX];
    filter->count = 0;
    while (next_word(&text, word)) {
        if (filter->count == FILTER_TERMS_MAX)
            return error_set(err, ERROR_USAGE, "more than %d conditions", FILTER_TERMS_MAX);
        if (read_term(&filter->term[filter->count], class, word, err) != 0)
            return -1;
        filter->count++;
    }
    return 0;
}

static bool in_order(enum filter_op op, int order)
{
    switch (op) {
    case FILTER_LESS:
        return order < 0;
    case FILTER_MORE:
        return order > 0;
    case FILTER_AT_MOST:
        return order <= 0;
    case FILTER_AT_LEAST:
        return order >= 0;
    case FILTER_UNEQUAL:
        return order != 0;
    case FILTER_HOLDS:
    case FILTER_EQUAL:
        break;
    }
    return order == 0;
}

static bool match_number(const struct filter_term *term, struct value value)
{
    bool present = value_present(value), asked = value_present(term->number);
    if (!present || !asked)
        return (present == asked) == (term->op != FILTER_UNEQUAL) && term->op < FILTER_LESS;
    double number = value.number, limit = term->number.number;
    return in_order(term->op, number_equal(number, limit) ? 0 : number < limit ? -1 : 1);
}

static bool match_column(const struct filter_term *term, const struct row_class *class,
                         const struct view *view, size_t row)
{
    struct row_cell cell = {.number = value_missing()};
    class->cell(view, row, (size_t)term->column, &cell);
    if (class->column[term->column].number)
        return match_number(term, cell.number);
    if (term->op == FILTER_HOLDS)
        return term->text[0] == '\0' || filter_find(cell.text, term->text) != NULL;
    return in_order(term->op, strcasecmp(cell.text, term->text));
}

bool filter_match(const struct filter *filter, const struct row_class *class,
                  const struct view *view, size_t row)
{
    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_term *term = &filter->term[i];
        if (term->column >= 0 ? !match_column(term, class, view, row)
                              : !rows_hold(class, view, row, term->text))
            return false;
    }
    return true;
}
