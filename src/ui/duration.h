/* duration: spans of time as an operator reads them, and when such a text changes next, so that the
 * loop wakes only then. Pure. */
#ifndef SOAKTOP_UI_DURATION_H
#define SOAKTOP_UI_DURATION_H

#include <stdint.h>

enum { DURATION_TEXT_MAX = 24 };

/* "12s", "3m12s", "2h05m", "3d04h". Negative ones count as 0. */
void duration_text(char text[DURATION_TEXT_MAX], int64_t ms);
/* "12s", then minutes: "47m", "2h05m", "3d04h": for what is watched by the way. */
void duration_coarse(char text[DURATION_TEXT_MAX], int64_t ms);

/* Milliseconds until duration_text of a span that grows says something else; from 1 on. */
int64_t duration_tick(int64_t ms);
int64_t duration_coarse_tick(int64_t ms);
/* The same for LEFT milliseconds that run out, shown rounded up (duration_left); -1: at 0. */
int64_t duration_left_tick(int64_t left_ms);
void duration_left(char text[DURATION_TEXT_MAX], int64_t left_ms);

#endif
