/* theme: how each style looks, by what the terminal can do. Pure: screen.c turns it into curses.
 * Okabe-Ito colours, which colour-blind people tell apart; every state is a word or letter first
 * and has an attribute of its own, so that nothing is lost without colours. */
#ifndef SOAKTOP_UI_THEME_H
#define SOAKTOP_UI_THEME_H

#include "ui/style.h"

enum colour_depth {
    COLOUR_NONE, /* NO_COLOR, vt100 */
    COLOUR_8,    /* 8 or 16: cyan, yellow, magenta */
    COLOUR_256,
    COLOUR_DIRECT /* a colour is 0xRRGGBB */
};

enum { LOOK_BOLD = 1 << 0, LOOK_DIM = 1 << 1, LOOK_UNDERLINE = 1 << 2, LOOK_REVERSE = 1 << 3 };

struct look {
    unsigned attributes;
    int foreground; /* number in the terminal's palette; -1: its default */
};

struct look theme_look(enum style style, enum colour_depth depth);

/* From the terminal's number of colours and NO_COLOR (NULL or its value: empty counts as unset). */
enum colour_depth theme_depth(int colours, const char *no_color);
/* What may be drawn with: ASCII unless CODESET is UTF-8; the console TERM "linux" has no braille.
 */
enum charset theme_charset(const char *codeset, const char *term);

#endif
