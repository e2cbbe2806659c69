/* theme_file: a theme as a file of JSON: for each style its attributes and colours. Which styles
 * there are is the caller's to say. Any thread. */
#ifndef SOAKTOP_ARTIFACT_THEME_FILE_H
#define SOAKTOP_ARTIFACT_THEME_FILE_H

#include <stddef.h>
#include "model/error.h"

enum {
    LOOK_BOLD = 1 << 0,
    LOOK_DIM = 1 << 1,
    LOOK_UNDERLINE = 1 << 2,
    LOOK_REVERSE = 1 << 3,
    LOOK_ITALIC = 1 << 4 /* where the terminal has it */
};

/* COLOUR_TERMINAL: of a basic colour, the terminal's default instead of the nearest. */
enum { COLOUR_DEFAULT = -1, COLOUR_TERMINAL = -2, THEME_NAME_MAX = 64, THEME_PATH_MAX = 512 };

/* How a style is to look. */
struct theme_style {
    unsigned attributes;
    int foreground, background;             /* 0xRRGGBB, or COLOUR_DEFAULT */
    int basic_foreground, basic_background; /* 0..15: on terminals of 8 or 16 colours;
                                               COLOUR_DEFAULT: the nearest is taken */
};

/* Path of the theme called NAME ("light"; or a path, if a slash is in it or it ends in ".json") in
 * PATH; -1 with ERR: there is none, and which there are. */
int theme_file_find(const char *name, char path[THEME_PATH_MAX], struct error *err);
/* Reads the file at PATH over STYLE[COUNT], which NAMES names; what the file does not say stays. A
 * "base" is read first. -1 with ERR (file, JSON path, value); STYLE is then as it was. */
int theme_file_read(const char *path, const char *const *names, struct theme_style *style,
                    size_t count, struct error *err);
/* Names of all themes, sorted, in NAMES (free each and the array); the user's included. */
size_t theme_file_list(char ***names);

#endif
