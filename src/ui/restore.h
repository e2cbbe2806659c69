/* restore: gives the terminal back however the program ends, with plain system calls only: from any
 * thread and from a signal handler.
 *
 * A terminal that stands still holds whoever writes to it. So the signals that end the program are
 * let in while a frame is written (restore_admit, restore_shut); one that comes cuts the terminal
 * off: what is left of the frame goes nowhere, and the terminal is given back through a descriptor
 * of its own, without waiting. UI thread, except restore_now. */
#ifndef SOAKTOP_UI_RESTORE_H
#define SOAKTOP_UI_RESTORE_H

#include "model/error.h"

/* Keeps the modes of INPUT_FD, and standard output by a descriptor of its own. */
int restore_open(int input_fd, struct error *err);
/* Adds a terminfo string (its padding is left out; NULL: nothing) to what gives the screen back. */
void restore_add(const char *sequence);
/* From now on faults, and signals let in, give the terminal back. */
void restore_arm(void);
/* Sets the modes that restore_open kept. */
void restore_modes(void);
/* Gives the terminal back, once. Nothing may be drawn after it. */
void restore_now(void);
/* It was given back in a better way. */
void restore_disarm(void);
void restore_close(void);

void restore_admit(void);
void restore_shut(void);
/* The signal that cut the terminal off; 0: none. */
int restore_cut_off(void);

#endif
