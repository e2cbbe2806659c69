/* outlive: lets a soak outlive its terminal. The shell's job is a small process that only waits;
 * the soak is its child, which can leave the terminal's session, and then the job is done. Main
 * thread, before any other is started. */
#ifndef SOAKTOP_CMD_OUTLIVE_H
#define SOAKTOP_CMD_OUTLIVE_H

#include <stdbool.h>

/* Forks. True in the child, which goes on; the parent never returns: it passes signals on, stops
 * and goes on as the child does, and ends as it ends. False: there is only this process, and no
 * outlive_leave. */
bool outlive_begin(void);

/* In the child, when the screen is given back: leaves the session, its standard descriptors become
 * /dev/null, and the parent ends with status 0 after WORDS (a line without its newline, for
 * standard error; "": none). From now on SIGHUP is ignored. */
void outlive_leave(const char *words);

#endif
