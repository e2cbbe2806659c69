/* mouse: what a click or a turn of the wheel means, by where things are on the screen. It selects,
 * scrolls and opens; it decides nothing: keys of a level are not clicked, and no dialog is
 * confirmed by it. Pure. UI thread. */
#ifndef SOAKTOP_UI_MOUSE_H
#define SOAKTOP_UI_MOUSE_H

#include <stdint.h>

struct view;

enum mouse_kind { MOUSE_PRESS, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse_event {
    enum mouse_kind kind;
    int x, y; /* cell of the screen, from 0 */
};

/* The last press: a second one on the same cell soon after it opens, as Enter does. */
struct mouse {
    int x, y;
    int64_t pressed_ms; /* monotonic; 0: none */
};

/* Does what EVENT means on the frame that VIEW shows (view->layout). */
unsigned mouse_dispatch(struct view *view, const struct mouse_event *event);

#endif
