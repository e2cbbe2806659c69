/* dialog_file: asks for a path and writes a file there; one that is there already is overwritten
 * only after a question of level 1. Only the dialog_*.c files include it. UI thread. */
#ifndef SOAKTOP_UI_DIALOG_FILE_H
#define SOAKTOP_UI_DIALOG_FILE_H

#include "ui/dialog_class.h"

enum { DIALOG_PATH_MAX = 512 };

/* What is to be written; DATA is the dialog's own copy of what it was opened with. */
struct dialog_file {
    void (*title)(const void *data, char *text, size_t size);
    /* Above the line with the path. */
    void (*lines)(const struct view *view, const void *data, struct dialog_lines *lines);
    /* What replaces a file that is there: "this screen (ANSI)". */
    void (*what)(const void *data, char *text, size_t size);
    /* The next (BY 1) or previous form; PATH may follow it. NULL: there is one form. */
    void (*turn)(void *data, char *path, size_t size, int by);
    /* Writes it and says so in the status line. */
    unsigned (*write)(struct view *view, const void *data, const char *path);
};
/* FILE must live on; SIZE bytes of DATA are copied; PATH is what is offered. */
unsigned dialog_file_open(struct view *view, const struct dialog_file *file, const void *data,
                          size_t size, const char *path);
/* The run's id as a part of a file's name: only letters, digits and dashes; "run" without one. */
void dialog_file_run(const struct view *view, char *text, size_t size);

#endif
