/* progress: a line on standard error, if that is a terminal and a second has passed. Main thread.
 */
#ifndef SOAKTOP_CMD_PROGRESS_H
#define SOAKTOP_CMD_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    const char *what; /* "reading the run"; borrowed */
    int64_t started_ms, shown_ms;
    bool terminal, shown;
};

/* Starts to count; shows nothing yet. */
void progress_start(struct progress *progress, const char *what);
/* Shows DONE of TOTAL (0: not known) when it is due: after the first second, then 10 times a
 * second at most. */
void progress_step(struct progress *progress, size_t done, size_t total);
/* Wipes the line, so that what follows begins at the left. */
void progress_end(struct progress *progress);

#endif
