/* signals: the program's signals as a descriptor, so that one ppoll waits for them too. Signals are
 * blocked in every thread; a child of child.c gets them unblocked and as they were at the start.
 */
#ifndef SOAKTOP_ENGINE_SIGNALS_H
#define SOAKTOP_ENGINE_SIGNALS_H

#include "model/error.h"

/* Blocks SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH and SIGUSR1 for this thread
 * and those it starts, and ignores SIGPIPE and SIGXFSZ (writing then fails with an error that is
 * told). Call it in main's thread before any other thread is started. */
void signals_block(void);

/* A signalfd for the blocked signals (close-on-exec, non-blocking): readable when one waits. -1
 * with ERR. Close it with close(). */
int signals_open(struct error *err);

/* The next signal's number, or 0 if none waits. Never waits itself. */
int signals_next(int fd);

#endif
