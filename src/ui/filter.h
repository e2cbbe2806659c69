/* filter: the little language of `\`: words that a row must hold, and conditions on its columns
 * ("it>20 state:hold risk>.42"), separated by spaces; a row must meet all of them. UI thread; pure.
 *
 * column: contains the text (a number column: is the number); = and != compare whole, < > <= >= in
 * order; n/a is a missing number, which is neither above nor below anything. A column may be
 * shortened as long as it stays the only one. Case does not count. "two words" are one word. */
#ifndef SOAKTOP_UI_FILTER_H
#define SOAKTOP_UI_FILTER_H

#include "model/error.h"
#include "ui/rows.h"

enum { FILTER_TERMS_MAX = 16 };

enum filter_op {
    FILTER_HOLDS,
    FILTER_EQUAL,
    FILTER_UNEQUAL,
    FILTER_LESS,
    FILTER_MORE,
    FILTER_AT_MOST,
    FILTER_AT_LEAST
};

struct filter_term {
    int column; /* -1: any */
    enum filter_op op;
    struct value number; /* of a number column; missing: n/a is asked for */
    char text[ROW_FIND_MAX];
};

struct filter {
    size_t count; /* 0: every row matches */
    struct filter_term term[FILTER_TERMS_MAX];
};

/* Reads TEXT for the columns of CLASS. -1 with ERR: an unknown column (the columns that there are
 * are named), a number that is none. */
int filter_read(struct filter *filter, const struct row_class *class, const char *text,
                struct error *err);
bool filter_match(const struct filter *filter, const struct row_class *class,
                  const struct view *view, size_t row);
/* Where TEXT holds PART, whatever the case of ASCII letters; NULL: nowhere, or PART is empty. */
const char *filter_find(const char *text, const char *part);

#endif
