/* input: what the terminal sends, as the key codes of key.h: a code point, or KEYCODE_*. A
 * bracketed paste arrives as one KEYCODE_PASTE; its text is dropped, it can decide nothing. UI
 * thread. */
#ifndef SOAKTOP_UI_INPUT_H
#define SOAKTOP_UI_INPUT_H

#include "ui/mouse.h"

/* Once the screen has started. */
void input_init(void);
/* The next key, or 0 if none waits; never waits itself (but ESCDELAY after an Esc). */
unsigned input_next(void);
/* What the mouse did, after KEYCODE_MOUSE; -1: nothing that counts. */
int input_mouse(struct mouse_event *event);
/* Drops what was typed ahead. */
void input_flush(void);

#endif
