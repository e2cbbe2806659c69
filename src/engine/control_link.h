/* control_link: the client's end of a control socket. One thread a link. */
#ifndef SOAKTOP_ENGINE_CONTROL_LINK_H
#define SOAKTOP_ENGINE_CONTROL_LINK_H

#include "artifact/control_json.h"
#include "artifact/root.h"

struct control_link;

/* Connects to the soak that runs in DIR and waits for its first words. NULL with ERR: ERROR_REFUSED
 * if none runs there, ERROR_USAGE if it speaks another protocol. */
struct control_link *control_link_open(const struct rundir *dir, struct error *err);
void control_link_close(struct control_link *link);

/* The soak's hello, and the newest state that it told. */
const struct control_notice *control_link_hello(const struct control_link *link);
const struct control_notice *control_link_state(const struct control_link *link);

/* Readable when something has come: for poll. */
int control_link_fd(const struct control_link *link);
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
