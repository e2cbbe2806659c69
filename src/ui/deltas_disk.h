/* deltas_disk: what a line's write meets in runtime_overrides.json, in words: where it goes, what
 * else there has the parameter's name, what stopped at a bound. UI thread; pure. */
#ifndef SOAKTOP_UI_DELTAS_DISK_H
#define SOAKTOP_UI_DELTAS_DISK_H

#include <stddef.h>

struct delta;
struct view;

/* ", ! copy at old.min_interval_ms = 30 stays", for each; "" if there is none or nobody looked. */
void deltas_disk_copies(const struct view *view, const struct delta *delta, char *text,
                        size_t size);
/* "clamped: +0.02 would lead to 0.07" of a line of the tuner's; "" if nothing stopped it. */
void deltas_disk_clamp(const struct view *view, const struct delta *delta, char *text, size_t size);

#endif
