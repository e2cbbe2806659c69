/* follow: a run that another process writes, told with the messages of an engine, so that no front
 * end needs to know that it has none. A thread of its own; it sleeps until the directory changes.
 */
#ifndef SOAKTOP_ENGINE_FOLLOW_H
#define SOAKTOP_ENGINE_FOLLOW_H

#include "engine/event.h"

struct follow;

/* Starts to follow the run at PATH (as rundir_open), from its beginning. First of all, and whenever
 * another run has taken the place, it posts RESTART, whose stored run holds the open directory (and
 * no run). When the run ends it posts END, and waits for another one. NULL with ERR. CONFIG must
 * outlive it. */
struct follow *follow_start(const char *path, const struct config *config, struct error *err);
/* Stops it and frees it with its outbox. */
void follow_stop(struct follow *follow);
struct outbox *follow_outbox(struct follow *follow);

#endif
