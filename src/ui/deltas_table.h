/* deltas_table: lines of proposals as a table whose columns are as wide as what stands in them;
 * where the room is scarce percent, limits and change go first. Pure. */
#ifndef SOAKTOP_UI_DELTAS_TABLE_H
#define SOAKTOP_UI_DELTAS_TABLE_H

#include "ui/view.h"

enum deltas_column {
    COLUMN_BOX, /* "[x]", or the iteration of an older line */
    COLUMN_STATE,
    COLUMN_PARAM,
    COLUMN_NOW,
    COLUMN_AFTER,
    COLUMN_CHANGE,
    COLUMN_PERCENT,
    COLUMN_LIMITS,
    COLUMN_GUARD,
    COLUMN_COUNT
};

enum { DELTAS_TABLE_ROWS = 96, DELTAS_CELL_MAX = PARAM_NAME_MAX };

struct deltas_row {
    char cell[COLUMN_COUNT][DELTAS_CELL_MAX];
    char brief[DELTAS_CELL_MAX]; /* what GUARD says where the room is scarce */
    char mark;                   /* '*' picked, ' ' */
    bool selected;               /* the cursor stands here */
    bool editing;                /* AFTER is being typed */
    enum style style;            /* of the state */
    bool older;                  /* of an earlier iteration: dim */
};

struct deltas_table {
    size_t count;
    struct deltas_row row[DELTAS_TABLE_ROWS];
};

/* Appends a row for DELTA of ITERATION; false if the table is full. */
bool deltas_table_add(struct deltas_table *table, const struct view *view,
                      const struct delta *delta, int iteration, bool older);
/* Draws the column names and the rows from FROM on, as many as fit; where a column would be left
 * out the guards are worded shorter. */
void deltas_table_draw(struct deltas_table *table, struct canvas *canvas, struct rect area,
                       size_t from);

#endif
