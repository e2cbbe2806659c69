/* play: a replay that moves by itself: one iteration a second at x1, x1/4 to x64. UI thread. */
#ifndef SOAKTOP_UI_PLAY_H
#define SOAKTOP_UI_PLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view;

struct play {
    bool on;
    int speed;      /* power of two: -2 is x1/4, 6 is x64 */
    int64_t due_ms; /* monotonic: when the next iteration is shown */
};

/* Plays, from the start if the end is shown; or stops. What the loop has to do. */
unsigned play_toggle(struct view *view);
void play_stop(struct view *view);
/* One speed up (STEPS 1) or down (-1). */
unsigned play_speed(struct view *view, int steps);
/* Shows the iterations that are due; stops at the end. */
unsigned play_pass(struct view *view);
/* Milliseconds until play_pass has something to do; -1: never. */
int64_t play_tick_ms(const struct view *view);
/* "playing x4"; "" if it stands still at x1. */
void play_text(const struct view *view, char *text, size_t size);

#endif
