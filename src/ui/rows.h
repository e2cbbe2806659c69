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
    /* Where the cursor is something else than a key of the list (the iteration shown): the row that
     * it is on, -1: none; and going to a row. NULL: the list's key. */
    int (*at)(const struct view *view);
    unsigned (*go)(struct view *view, size_t row);
    /* The rows are the same whichever iteration is shown. */
    bool timeless;
    /* Without a selection the cursor is on the last row and follows what is added (a log). */
    bool follows;
    /* What makes the rows quick to reach, made once after each change; rows_prepared gives it to
     * count, cell and key, and free takes it. NULL: they need nothing. */
    void *(*prepare)(const struct view *view);
};

/* How the operator looks at a panel's rows. */
struct row_list {
    char selected[ROW_KEY_MAX]; /* key of the row under the cursor; "": the first, or the newest */
    char search[ROW_FIND_MAX];  /* rows that hold it are marked, n and N go to them; "": none */
    char filter[ROW_FIND_MAX];  /* only rows that match are shown; "": all */
    int sort;                   /* column + 1; 0: the panel's own order */
    bool inverted;
};

/* Of every panel: which rows are visible, in which order. Made when it is asked for, and anew only
 * after something that it is made of has changed. */
struct rows_cache;
struct rows_cache *rows_cache_new(void);
void rows_cache_free(struct rows_cache *cache);
/* The run, or something else that rows are made of, has changed. */
void rows_touch(struct view *view);
const void *rows_prepared(const struct view *view, int panel);

/* PANEL is an enum panel_id. A place counts the visible rows from 0, in the order shown; a row is
 * the number by which the row_class knows it. */
size_t rows_count(const struct view *view, int panel); /* visible */
size_t rows_total(const struct view *view, int panel); /* all, without the filter */
size_t rows_row(const struct view *view, int panel, size_t place);
/* Place of the row under the cursor; -1: there are no rows. If its row is gone: the nearest. */
int rows_selected(const struct view *view, int panel);
/* Puts the cursor on PLACE, or BY rows on; past the ends it stays at the end. */
unsigned rows_go(struct view *view, int panel, long place);
unsigned rows_move(struct view *view, int panel, long by);
/* First place shown in HEIGHT rows, so that the cursor is among them; scrolls no more than that
 * needs. What a panel shows is its window: remembered until the next call. */
size_t rows_top(const struct view *view, int panel, int height);

/* True if one of the row's cells holds TEXT, whatever the case. */
bool rows_hold(const struct row_class *class, const struct view *view, size_t row,
               const char *text);
/* Place of the next row in DIRECTION that holds what is searched for, from PLACE on (PLACE itself
 * not), around the end; -1: none does. */
int rows_next_hit(const struct view *view, int panel, int place, int direction);
/* Visible rows that hold what is searched for. */
size_t rows_hits(const struct view *view, int panel);
/* "filter: risk>.42  5 of 24  sort: risk, inverted  find: hold": what is done to the rows; "" if
 * nothing is. */
void rows_describe(const struct view *view, int panel, char *text, size_t size);

#endif
