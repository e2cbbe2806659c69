/* paint: see paint.h. UI thread. Invariant: after a character of which the terminal could think
 * otherwise how wide it is, and at the right margin, the cursor is put anew. */
#include "config.h"

#include "ui/paint.h"

#include <string.h>

/* Unchanged cells between two changed ones are cheaper than a move. */
enum { GAP_MAX = 4, UNKNOWN = -1 };

struct pen {
    struct paint *paint;
    const struct canvas *canvas; /* paint->next */
    int x, y;                    /* of the cursor; X UNKNOWN: it has to be put */
    int style;                   /* that is set; UNKNOWN: none of them */
};

void paint_fini(struct paint *paint)
{
    canvas_fini(&paint->shown);
    canvas_fini(&paint->next);
    buffer_fini(&paint->bytes);
}

void paint_forget(struct paint *paint)
{
    canvas_fini(&paint->shown);
}

void paint_cleared(struct paint *paint, int width, int height)
{
    canvas_fini(&paint->shown);
    if (!paint->blank_shows[STYLE_TEXT]) /* else no cell is as it should be */
        canvas_init(&paint->shown, width, height, CHARSET_ASCII);
}

/* CANVAS with the styles that show: a blank has no colour and no weight, so that changing them
 * costs nothing. */
static void prepare(struct paint *paint, const struct canvas *canvas)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    struct canvas *next = &paint->next;
    if (next->width != canvas->width || next->height != canvas->height) {
        canvas_fini(next);
        canvas_init(next, canvas->width, canvas->height, canvas->charset);
    }
    memcpy(next->cell, canvas->cell, count * sizeof *next->cell);
    for (size_t i = 0; !paint->blank_shows[STYLE_TEXT] && i < count; i++) {
        struct cell *cell = &next->cell[i];
        if (cell->code == ' ' && cell->mark == 0 && !paint->blank_shows[cell->style])
            cell->style = STYLE_TEXT;
    }
}

static bool differs(const struct pen *pen, int x, int y)
{
    size_t at = (size_t)y * (size_t)pen->canvas->width + (size_t)x;
    const struct cell *now = &pen->canvas->cell[at];
    if (!pen->paint->shown.cell)
        return true;
    const struct cell *old = &pen->paint->shown.cell[at];
    return now->code != old->code || now->mark != old->mark || now->style != old->style;
}

static bool row_stays(const struct pen *pen, int y)
{
    size_t width = (size_t)pen->canvas->width, at = (size_t)y * width;
    return pen->paint->shown.cell && memcmp(&pen->canvas->cell[at], &pen->paint->shown.cell[at],
                                            width * sizeof(struct cell)) == 0;
}

static void put_cell(struct pen *pen, int x, int y)
{
    const struct canvas *canvas = pen->canvas;
    const struct cell *cell = &canvas->cell[(size_t)y * (size_t)canvas->width + (size_t)x];
    if (pen->x != x || pen->y != y) {
        char bytes[PAINT_SEQUENCE_MAX];
        pen->paint->move(x, y, bytes);
        buffer_puts(&pen->paint->bytes, bytes);
    }
    if (pen->style != (int)cell->style)
        buffer_puts(&pen->paint->bytes, pen->paint->style[cell->style]);
    canvas_add_cell(&pen->paint->bytes, cell);
    bool wide = x + 1 < canvas->width && cell[1].code == 0;
    bool certain = cell->mark == 0 && !wide && x + 1 < canvas->width;
    pen->style = (int)cell->style;
    pen->x = certain ? x + 1 : UNKNOWN;
    pen->y = y;
}

/* First cell of row Y from X on that differs; the width: none. A wide character is one cell. */
static int next_change(const struct pen *pen, int x, int y)
{
    while (x < pen->canvas->width && !differs(pen, x, y))
        x++;
    return x;
}

/* A few cells that stay are written again if nothing but their characters is needed for it. */
static bool writes_over(const struct pen *pen, int from, int to, int y)
{
    const struct cell *row = &pen->canvas->cell[(size_t)y * (size_t)pen->canvas->width];
    if (pen->x != from || pen->y != y || to - from > GAP_MAX)
        return false;
    for (int x = from; x < to; x++)
        if (row[x].code >= 0x7f || row[x].code == 0 || row[x].mark != 0 ||
            (int)row[x].style != pen->style)
            return false;
    return true;
}

static void put_row(struct pen *pen, int y)
{
    const struct canvas *canvas = pen->canvas;
    const struct cell *row = &canvas->cell[(size_t)y * (size_t)canvas->width];
    int end = canvas->width;
    if (pen->paint->keeps_corner && y == canvas->height - 1)
        end--;
    for (int x = next_change(pen, 0, y); x < end; x = next_change(pen, x, y)) {
        if (pen->x >= 0 && writes_over(pen, pen->x, x, y))
            while (pen->x < x)
                put_cell(pen, pen->x, y);
        while (x > 0 && row[x].code == 0) /* the right half changed: the whole is written */
            x--;
        put_cell(pen, x++, y);
        while (x < canvas->width && row[x].code == 0)
            x++;
    }
}

void paint_frame(struct paint *paint, const struct canvas *canvas)
{
    struct pen pen = {.paint = paint, .canvas = &paint->next, .x = UNKNOWN, .style = UNKNOWN};
    if (paint->shown.width != canvas->width || paint->shown.height != canvas->height)
        paint_forget(paint);
    prepare(paint, canvas);
    buffer_reset(&paint->bytes);
    for (int y = 0; y < canvas->height; y++)
        if (!row_stays(&pen, y))
            put_row(&pen, y);
    if (pen.style != UNKNOWN && pen.style != STYLE_TEXT)
        buffer_puts(&paint->bytes, paint->style[STYLE_TEXT]);
    struct canvas before = paint->shown;
    paint->shown = paint->next;
    paint->next = before;
}
