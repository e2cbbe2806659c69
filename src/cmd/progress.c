/* progress: see progress.h. */
#include "config.h"
#include "cmd/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "artifact/realclock.h"

enum { PATIENCE_MS = 1000, EVERY_MS = 100 };

void progress_start(struct progress *progress, const char *what)
{
    *progress = (struct progress){.what = what, .started_ms = monotonic_ms()};
    progress->terminal = isatty(STDERR_FILENO) == 1;
}

void progress_step(struct progress *progress, size_t done, size_t total)
{
    if (!progress->terminal)
        return;
    int64_t now = monotonic_ms();
    if (now - progress->started_ms < PATIENCE_MS || now - progress->shown_ms < EVERY_MS)
        return;
    progress->shown_ms = now;
    progress->shown = true;
    fprintf(stderr, "\r%s: %zu", progress->what, done);
    if (total > 0)
        fprintf(stderr, " of %zu (%zu %%)", total, (size_t)(100.0 * (double)done / (double)total));
    fputs("\033[K", stderr);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
