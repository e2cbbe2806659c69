/* paint: the bytes that turn what the terminal shows into a canvas: only the cells that differ, in
 * one piece, so that a frame is one write. Pure; screen.c says what the terminal's sequences are.
 */
#ifndef SOAKTOP_UI_PAINT_H
#define SOAKTOP_UI_PAINT_H

#include "model/mem.h"
#include "ui/canvas.h"

enum { PAINT_SEQUENCE_MAX = 96 };

struct paint {
    char style[STYLE_COUNT][PAINT_SEQUENCE_MAX]; /* sets that look, whatever was set before */
    bool blank_shows[STYLE_COUNT]; /* even a blank has it: reverse, underlined, a background */
    bool keeps_corner;             /* the last cell of the last row must not be written: scrolls */
    /* Writes the bytes that put the cursor to X, Y. */
    void (*move)(int x, int y, char bytes[PAINT_SEQUENCE_MAX]);
    struct canvas shown; /* on the terminal, each style as it is visible; cell NULL: unknown */
    struct canvas next;  /* the one after it, and memory for it */
    struct buffer bytes; /* of the last frame */
};

void paint_fini(struct paint *paint);
/* The terminal was cleared, in its own colours: WIDTH x HEIGHT blanks. */
void paint_cleared(struct paint *paint, int width, int height);
/* What is on the terminal is unknown: the next frame has every cell. */
void paint_forget(struct paint *paint);
/* Fills BYTES with what makes the terminal show CANVAS (none if it does already) and keeps that. It
 * ends in the look of STYLE_TEXT. */
void paint_frame(struct paint *paint, const struct canvas *canvas);

#endif
