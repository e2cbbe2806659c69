/* theme: how each style looks, by what the terminal can do. Pure: screen.c turns it into curses.
 * Themes are files (artifact/theme_file.h); what a file does not say is as the plain theme has it,
 * which has no colours: every state is a word or letter first and has an attribute of its own, so
 * that nothing is lost without colours. */
#ifndef SOAKTOP_UI_THEME_H
#define SOAKTOP_UI_THEME_H

#include "artifact/theme_file.h"
#include "ui/style.h"

enum colour_depth {
    COLOUR_NONE, /* NO_COLOR, vt100 */
    COLOUR_8,
    COLOUR_16,
    COLOUR_256,
    COLOUR_DIRECT /* a colour is 0xRRGGBB */
};

struct theme {
    char name[THEME_PATH_MAX]; /* as it was asked for */
    struct theme_style style[STYLE_COUNT];
};

struct look {
    unsigned attributes;        /* LOOK_BOLD ... */
    int foreground, background; /* number in the terminal's palette; -1: its default */
};

/* As a theme file names a style: "pass-all". */
const char *style_name(enum style style);
/* Attributes only. */
void theme_plain(struct theme *theme);
/* Reads the theme called NAME, or the file NAME, into THEME. -1 with ERR; THEME stays. */
int theme_read(struct theme *theme, const char *name, struct error *err);

/* A style without a colour of its own has that of STYLE_TEXT. */
struct look theme_look(const struct theme *theme, enum style style, enum colour_depth depth);

/* From the terminal's number of colours and NO_COLOR (NULL or its value: empty counts as unset). */
enum colour_depth theme_depth(int colours, const char *no_color);
/* Name of the terminfo entry for direct colours where COLORTERM says that TERM knows them
 * ("tmux-256color": "tmux-direct"); false if it does not say so. The entry may be missing. */
bool theme_direct_term(const char *term, const char *colorterm, char *name, size_t size);
/* What may be drawn with: ASCII unless CODESET is UTF-8; the console TERM "linux" has no braille.
 */
enum charset theme_charset(const char *codeset, const char *term);

#endif
