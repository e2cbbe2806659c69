/* control_link: the client's end of a control socket. One thread a link. */
#ifndef SOAKTOP_ENGINE_CONTROL_LINK_H
#define SOAKTOP_ENGINE_CONTROL_LINK_H

#include "artifact/control_json.h"
#include "artifact/root.h"
#include "model/proposal.h"

struct control_link;

/* Connects to the soak that runs in DIR and waits for its first words. NULL with ERR: ERROR_REFUSED
 * if none runs there, ERROR_USAGE if it speaks another protocol. */
struct control_link *control_link_open(const struct rundir *dir, struct error *err);
void control_link_close(struct control_link *link);

/* The soak's hello, and the newest state that it told. */
const struct control_notice *control_link_hello(const struct control_link *link);
const struct control_notice *control_link_state(const struct control_link *link);

/* Asks to hear the proposal that waits too, and waits for the answer. -1 with ERR: the soak is run
 * by a program that cannot do that, or gives no answer. PARAMS outlives the link. */
int control_link_attach(struct control_link *link, const struct param_table *params,
                        struct error *err);
/* Attached: the newest proposal that waits; NULL: none does. */
const struct proposal *control_link_proposal(const struct control_link *link);

/* Readable when something has come: for poll. */
int control_link_fd(const struct control_link *link);
/* What to poll it for: POLLIN, and POLLOUT while requests wait to be sent. */
short control_link_events(const struct control_link *link);
/* Takes in what has come, without waiting and without telling of it yet (control_link_next does).
 * -1 with ERR: the connection has ended; what came whole before that can still be taken. */
int control_link_read(struct control_link *link, struct error *err);
/* The next line that was taken in: 1 and *NOTICE; 0: none; -1 with ERR: it is no line of the
 * protocol.
 */
int control_link_take(struct control_link *link, struct control_notice *notice, struct error *err);
/* Puts REQUEST behind those that wait to be sent; never waits. */
void control_link_put(struct control_link *link, const struct control_request *request);
/* Sends what the other end takes, without waiting. -1 with ERR: the connection has ended. */
int control_link_flush(struct control_link *link, struct error *err);
/* Sends REQUEST whole; waits at most a few seconds for the other end to take it. */
int control_link_send(struct control_link *link, const struct control_request *request,
                      struct error *err);
/* The next line that has come whole: 1 and *NOTICE; 0: none yet; -1 with ERR: the connection has
 * ended, or what came is no line of the protocol. Never waits. */
int control_link_next(struct control_link *link, struct control_notice *notice, struct error *err);

/* Sends REQUEST (its id is set here) and waits for the reply, at most LIMIT_MS. 0 and the reply's
 * text in TEXT (SIZE bytes); -1 with ERR: refused (ERROR_REFUSED and the soak's reason), or no
 * answer. */
int control_link_ask(struct control_link *link, struct control_request *request, int limit_ms,
                     char *text, size_t size, struct error *err);

#endif
