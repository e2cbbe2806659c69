/* rows: what a panel lists, as a table of cells. Search, filter, sort, copy and export work on it,
 * whatever the panel; a panel only names its columns and fills its cells. UI thread; pure. */
#ifndef SOAKTOP_UI_ROWS_H
#define SOAKTOP_UI_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/value.h"

struct view;

enum { ROW_TEXT_MAX = 256, ROW_KEY_MAX = 64, ROW_FIND_MAX = 96 };

struct row_column {
    const char *name; /* "p95_ms": as filters, sort menu and exports name it */
    const char *unit; /* "ms"; NULL: none */
    bool number;      /* sorts and compares as a number; its cells set NUMBER */
};

struct row_cell {
    struct value number;     /* of a number column; missing: n/a, exported as null */
    char text[ROW_TEXT_MAX]; /* as the screen words it; raw: made safe where it is drawn */
};

struct row_class {
    const struct row_column *column;
    size_t columns;
    size_t (*count)(const struct view *view);
    void (*cell)(const struct view *view, size_t row, size_t column, struct row_cell *cell);
    /* What a selection is bound to ("tail_age_ms", "it 17"): the same row has the same key in every
     * frame, whatever is sorted, filtered or added. */
    void (*key)(const struct view *view, size_t row, char *text, size_t size);
    /* The iteration that a row belongs to, 0 for none; NULL: rows belong to none. */
    int (*iteration)(const struct view *view, size_t row);
};

/* How the operator looks at a panel's rows. */
struct row_list {
    char selected[ROW_KEY_MAX]; /* key of the row under the cursor; "": the first, or the newest */
    char search[ROW_FIND_MAX];  /* rows that hold it are marked, n and N go to them; "": none */
    char filter[ROW_FIND_MAX];  /* only rows that match are shown; "": all */
    int sort;                   /* column; -1: the panel's own order */
    bool inverted;
    int top; /* first visible row on the screen */
};

#endif
