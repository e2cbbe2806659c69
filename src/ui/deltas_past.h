/* deltas_past: what the earlier part of the run tells about a line, in words. UI thread; pure. */
#ifndef SOAKTOP_UI_DELTAS_PAST_H
#define SOAKTOP_UI_DELTAS_PAST_H

#include "ui/view.h"

/* "+5 was applied twice: risk ratio -.021 then -.008, ... over the next 4 it  n=2: weak evidence"
 */
void deltas_past_text(const struct view *view, const struct delta *delta, int iteration, char *text,
                      size_t size);
/* "60 65 60 65 65 65": in force during the last iterations up to ITERATION. */
void deltas_past_values(const struct view *view, const struct delta *delta, int iteration,
                        char *text, size_t size);

#endif
