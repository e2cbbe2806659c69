/* control: the control socket of a running soak (soaktop-control.7): control.sock (0600) in the run
 * directory. Its thread takes requests of other processes into the engine's inbox and tells each
 * what became of its own, and all of them the state of the soak. Nothing that a client does or
 * leaves undone can hold the engine up: queues are bounded, and who does not read is let go. */
#ifndef SOAKTOP_ENGINE_CONTROL_H
#define SOAKTOP_ENGINE_CONTROL_H

#include "artifact/root.h"
#include "engine/command.h"
#include "engine/event.h"

struct control;

/* Makes the socket in DIR, whose lock the caller holds, and starts the thread. It posts to INBOX
 * and listens to what is posted to OUTBOX; both outlive it. NULL with ERR. Call it before the
 * engine starts. PARAMS outlives it. */
struct control *control_start(const struct rundir *dir, const struct param_table *params,
                              struct inbox *inbox, struct outbox *outbox, struct error *err);
/* Tells the clients what is still to be told, ends the thread and removes the socket. NULL: does
 * nothing. */
void control_stop(struct control *control);

#endif
