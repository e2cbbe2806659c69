/* figure: a KPI as the screens word it: value, change, mean of the window, limit, margin and one
 * word for its state. The verdict is the judgement's (model/judge); this only words it. Pure. */
#ifndef SOAKTOP_UI_FIGURE_H
#define SOAKTOP_UI_FIGURE_H

#include "ui/view.h"

enum figure_state {
    FIGURE_MISSING,   /* n/a: no usable value in the window */
    FIGURE_SYNTHETIC, /* MADE: nothing but made-up values */
    FIGURE_OK,
    FIGURE_NEAR, /* passes, but misses the target or is within 5 % of the limit */
    FIGURE_FAIL
};

enum { FIGURE_TEXT_MAX = 24 };

struct figure {
    enum kpi kpi;
    enum figure_state state; /* of the mean of the window */
    struct value value;
    char now[FIGURE_TEXT_MAX];    /* of the iteration shown: "0.912", "~0.600" made up, "n/a" */
    char change[FIGURE_TEXT_MAX]; /* since the valid iteration before; "" */
    char mean[FIGURE_TEXT_MAX];   /* of the judgement's window */
    char limit[FIGURE_TEXT_MAX];  /* ">= 0.850" */
    char target[FIGURE_TEXT_MAX]; /* ">= 0.800" */
    char margin[FIGURE_TEXT_MAX]; /* mean against limit, positive is good: "+.062"; "" */
};

/* In this order the screens list the KPIs. */
extern const enum kpi figure_order[KPI_COUNT];

/* "p95 ms" */
void figure_name(char *text, size_t size, enum kpi kpi);
void figure_fill(struct figure *figure, const struct view *view, enum kpi kpi);
/* "OK", "NEAR", "FAIL", "n/a", "MADE". */
const char *figure_word(enum figure_state state);
enum style figure_style(enum figure_state state);
enum style verdict_style(enum verdict verdict);

/* One row: name, value, change, mean, limit, word, margin; at the right a sparkline. What does not
 * fit is left out, name, value and word last. */
void figure_draw_row(const struct figure *figure, const struct view *view, struct canvas *canvas,
                     struct rect area);
/* A graph of that KPI over the iterations that the view knows of, with limit, target and events. */
void figure_draw_graph(const struct view *view, enum kpi kpi, struct canvas *canvas,
                       struct rect area);
/* The iteration to open for column X of a screen SCREEN_WIDTH wide in such a graph: the worst of
 * the column; 0: none. */
int figure_iteration_at(const struct view *view, enum kpi kpi, struct rect area, int screen_width,
                        int x);

#endif
