/* procgroup: what lives in a process group. Any thread. */
#ifndef SOAKTOP_ENGINE_PROCGROUP_H
#define SOAKTOP_ENGINE_PROCGROUP_H

#include <stdbool.h>
#include <sys/types.h>

/* True while the group has a member that runs. Zombies that their parent (often init, which may
 * take its time) has not reaped do not count, where /proc can tell them. */
bool procgroup_lives(pid_t group);

#endif
