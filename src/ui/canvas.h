/* canvas: a grid of cells that everything is drawn into; pure, no curses. screen.c puts a canvas on
 * the terminal and writes only the cells that differ; tests and screen dumps read it. Text is made
 * safe (model/text) on its way in, wide characters take two cells, what does not fit is cut. */
#ifndef SOAKTOP_UI_CANVAS_H
#define SOAKTOP_UI_CANVAS_H

#include <stddef.h>
#include "ui/style.h"

struct buffer; /* model/mem.h */

struct cell {
    unsigned code; /* Unicode code point; 0: right half of a wide character */
    unsigned mark; /* combining mark; 0: none */
    enum style style;
};

struct rect {
    int x, y, width, height;
};

struct canvas {
    int width, height;
    struct cell *cell;    /* [height * width] */
    enum charset charset; /* what line drawing and graphs may use */
};

void canvas_init(struct canvas *canvas, int width, int height, enum charset charset);
void canvas_fini(struct canvas *canvas);
void canvas_clear(struct canvas *canvas, enum style style);
/* Writes TEXT from X, Y on, inside CLIP; returns the x behind it. */
int canvas_text(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                const char *text);
int canvas_printf(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                  const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same; where it does not all fit, a ">" stands at the end of CLIP: half a sentence must not
 * look whole. */
int canvas_text_cut(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                    const char *text);
/* Right-aligned: ends before X. */
void canvas_text_right(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                       const char *text);
void canvas_put(struct canvas *canvas, struct rect clip, int x, int y, enum style style,
                unsigned code);
/* The code point at X, Y; 0 outside the canvas. */
unsigned canvas_code(const struct canvas *canvas, int x, int y);
void canvas_fill(struct canvas *canvas, struct rect area, enum style style, unsigned code);
/* Restyles cells, keeping their text (a selection bar). */
void canvas_restyle(struct canvas *canvas, struct rect area, enum style style);
/* A frame with a title in its top line ("1 KPIs") and a hint at the right; returns the inside. */
struct rect canvas_frame(struct canvas *canvas, struct rect area, const char *title,
                         const char *hint, bool focused);
/* Columns that TEXT takes once it is safe. */
int text_columns(const char *text);
/* The canvas as text, one line a row without trailing blanks (free it): for tests and dumps. */
char *canvas_dump(const struct canvas *canvas);
/* Appends what stands in CELL to TEXT as UTF-8; nothing for the right half of a wide character. */
void canvas_add_cell(struct buffer *text, const struct cell *cell);

#endif
