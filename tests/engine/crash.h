/* crash: what a program's death, or a full disk, does at one of its writes. The linker puts these
 * functions before the system's (--wrap): each call that changes a file is a step, and syncing
 * costs nothing. Only the program of check_resume has them. */
#ifndef SOAKTOP_TESTS_ENGINE_CRASH_H
#define SOAKTOP_TESTS_ENGINE_CRASH_H

#include <stddef.h>

enum crash_kind {
    CRASH_NONE, /* steps are counted */
    CRASH_KILL, /* SIGKILL before step AT */
    CRASH_TORN, /* step AT, if it is a write, writes BYTES of its bytes, then SIGKILL */
    CRASH_FULL /* from step AT on the disk is full: a write takes BYTES the first time, then nothing
                  does */
};
/* Counts from 1 from here on. */
void crash_arm(enum crash_kind kind, long at, size_t bytes);
/* Steps since then. */
long crash_steps(void);
/* Bytes of the write that was step AT; 0: it was another call. Of a CRASH_NONE with that AT. */
size_t crash_size(void);

#endif
