/* timeaxis: which iterations graphs and rails show, and in which column each lies. All graphs and
 * both rails of a screen share the window; rails and graphs over the whole width share the columns
 * too. UI thread; pure. */
#ifndef SOAKTOP_UI_TIMEAXIS_H
#define SOAKTOP_UI_TIMEAXIS_H

#include <stdbool.h>
#include <stddef.h>

struct view;

enum {
    TIMEAXIS_LEFT = 8,     /* columns of labels before the first column of time */
    TIMEAXIS_POWER_MAX = 3 /* 2^3 columns an iteration */
};

/* How the operator looks at time; {0}: everything that is recorded. */
struct timeaxis {
    bool fixed; /* false: all that is recorded fits */
    int power;  /* fixed: 2^power columns an iteration, or 2^-power iterations a column */
    int first;  /* the window begins here; 0: it ends with the newest */
};

struct timeaxis_input {
    int width;   /* columns of time */
    int count;   /* recorded iterations */
    int planned; /* 0: endless */
    int cursor;  /* iteration shown; 0: the newest */
};

/* A window of time in columns. One of SPACING and EACH is 1. */
struct timespan {
    int first, last; /* iterations; the last may not be recorded yet; last < first: none */
    int recorded;    /* the last that is */
    int spacing;     /* columns that an iteration takes */
    int each;        /* iterations that share a column */
};

struct timespan timeaxis_span(const struct timeaxis *axis, const struct timeaxis_input *input);
/* The first column of iteration NUMBER; it may lie outside. */
int timespan_column(const struct timespan *span, int number);
/* The iterations *FROM..*TO that column COLUMN tells of; false if there are none in the window. */
bool timespan_range(const struct timespan *span, int column, int *from, int *to);
/* "it 1..10000, 56 it/col" or "it 1..36, 2 col/it". */
void timespan_text(const struct timespan *span, char *text, size_t size);

/* Columns of time on a screen of WIDTH. */
int timeaxis_width(int width);
/* What a screen of WIDTH columns shows of VIEW. */
struct timespan timeaxis_of(const struct view *view, int width);
/* What the frame on the screen shows. */
struct timespan timeaxis_shown(const struct view *view);
/* The iteration shown has changed: keeps the window where it is, unless that lies outside. */
void timeaxis_follow(struct view *view);
/* Time is stretched (DIRECTION 1) or shrunk (-1) around the iteration shown; false: it is at its
 * end already. */
bool timeaxis_zoom(struct view *view, int direction);
/* The iterations that lie in the same column as the one shown. */
void timeaxis_here(const struct view *view, int *from, int *to);

#endif
