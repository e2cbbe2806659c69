/* control_request: a client's request as a command of the engine. Any thread. */
#ifndef SOAKTOP_ENGINE_CONTROL_REQUEST_H
#define SOAKTOP_ENGINE_CONTROL_REQUEST_H

#include "artifact/control_json.h"
#include "engine/command.h"

/* Fills COMMAND (kind, op, numbers, names; not its actor and client). ERROR_USAGE: there is no such
 * op, or it lacks what it needs. */
int control_request_command(const struct control_request *request, struct command *command,
                            struct error *err);
/* The other way round, for a client; the fields that COMMAND's kind uses. */
void control_request_of(const struct command *command, struct control_request *request);

#endif
