/* follow: a run that another process writes, told with the messages of an engine, so that no front
 * end needs to know that it has none. Attached, commands reach that process too, over its control
 * socket. A thread of its own; it sleeps until the directory changes or the soak says something. */
#ifndef SOAKTOP_ENGINE_FOLLOW_H
#define SOAKTOP_ENGINE_FOLLOW_H

#include "engine/command.h"
#include "engine/event.h"

struct follow;

/* Starts to follow the run at PATH (as rundir_open), from its beginning. First of all, and whenever
 * another run has taken the place, it posts RESTART, whose stored run holds the open directory (and
 * no run). When the run ends it posts END, and waits for another one. NULL with ERR. CONFIG must
 * outlive it. */
struct follow *follow_start(const char *path, const struct config *config, struct error *err);
/* The same, attached to the soak that runs there: what lasts is told from its files, what is now
 * (state, proposal, gates, replies) by the soak itself, and what is posted to follow_inbox is asked
 * of it. When the connection ends it posts DETACHED, whose text says how and what was left without
 * an answer, and goes on as if it had never been attached. NULL with ERR: ERROR_REFUSED if no soak
 * runs there, ERROR_USAGE if it speaks another protocol, or it gives no answer. */
struct follow *follow_attach(const char *path, const struct config *config, struct error *err);
/* Stops it and frees it with its queues; NULL: does nothing. What waits to be sent is sent, and its
 * answers are waited for, at most about two seconds. */
void follow_stop(struct follow *follow);
/* The same; TEXT (SIZE bytes) names what no answer came to, "" if nothing. */
void follow_leave(struct follow *follow, char *text, size_t size);
struct outbox *follow_outbox(struct follow *follow);
/* Attached: for what is to be asked of the soak. */
struct inbox *follow_inbox(struct follow *follow);
/* Attached: who this client is for the soak, "user@host:pts/3", and the soak's process. */
const char *follow_actor(const struct follow *follow);
int follow_pid(const struct follow *follow);

#endif
