/* screen: the terminal: start and stop, size, suspend, and a canvas on it, of which only the cells
 * that differ are written. There is one terminal, so its state is the file's. UI thread. */
#ifndef SOAKTOP_UI_SCREEN_H
#define SOAKTOP_UI_SCREEN_H

#include "model/error.h"
#include "ui/canvas.h"
#include "ui/theme.h"

/* Takes the terminal over: standard output, and standard input or, if that is none, /dev/tty.
 * However the program ends from now on (exit, abort, a fault, no memory), the terminal is given
 * back. Signals that a terminal sends must be blocked before. -1 with ERR and the terminal as it
 * was. */
int screen_start(struct error *err);
/* Gives the terminal back; does nothing if it is not taken. */
void screen_stop(void);
/* What keys are read from: for ppoll. */
int screen_input_fd(void);
/* What may be drawn with, by the locale's codeset and TERM. */
enum charset screen_charset(void);
/* How the styles look from now on; screen_start has the plain theme. */
void screen_theme(const struct theme *theme);
/* The mouse is ours (KEYCODE_MOUSE), or the terminal's, to mark text. */
void screen_mouse(bool ours);
/* LENGTH bytes for the terminal itself, which draw nothing. */
void screen_send(const char *bytes, size_t length);
void screen_size(int *width, int *height);
/* Asks the terminal for its size, after SIGWINCH. */
void screen_resize(void);

void screen_show(const struct canvas *canvas);
/* The signal that ended the last screen_show because the terminal might stand still; 0: none. From
 * then on nothing reaches the terminal but what screen_stop does to give it back. */
int screen_cut_off(void);
/* The next screen_show writes every cell. */
void screen_repaint(void);
void screen_bell(void);
/* Gives the terminal back, stops the process, and takes the terminal again when it goes on. */
void screen_suspend(void);
/* After SIGCONT: the shell may have changed the terminal's modes. */
void screen_resume(void);

#endif
