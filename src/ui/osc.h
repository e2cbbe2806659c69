/* osc: what is told to the terminal itself, as bytes: text for its clipboard (OSC 52), and a
 * notification of the desktop (OSC 9). Inside tmux and GNU screen they are wrapped, so that the
 * terminal around gets them. Pure. */
#ifndef SOAKTOP_UI_OSC_H
#define SOAKTOP_UI_OSC_H

#include "model/mem.h"

/* What the program runs in. */
enum osc_host {
    OSC_NONE, /* a terminal without such a thing: linux, vt100, dumb */
    OSC_PLAIN,
    OSC_TMUX,
    OSC_SCREEN
};

/* Bytes of text that go into a clipboard: what common terminals take as base64. */
enum { OSC_COPY_MAX = 74994 };

/* From the environment: TERM, TMUX, STY; each may be NULL. */
enum osc_host osc_host(const char *term, const char *tmux, const char *sty);
/* Appends to OUT what puts LENGTH bytes of TEXT into the clipboard. In tmux twice: for tmux's own
 * buffer, and for the terminal around it; it takes what it is set to take. */
void osc_copy(struct buffer *out, enum osc_host host, const char *text, size_t length);
/* Appends to OUT what shows TEXT as a notification. TEXT is made safe. */
void osc_notify(struct buffer *out, enum osc_host host, const char *text);
/* LENGTH bytes of DATA as base64. */
void osc_base64(struct buffer *out, const char *data, size_t length);

#endif
