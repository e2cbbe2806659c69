/* control: the soak that runs in an artifact root, over its control socket; for the commands that
 * steer one without a screen. Main thread. */
#ifndef SOAKTOP_CMD_CONTROL_H
#define SOAKTOP_CMD_CONTROL_H

#include "cmd/cmd.h"
#include "engine/control_link.h"

/* The options that name the artifact root, and the form of the answer. */
#define CONTROL_ROWS                                                                               \
    {.name = "--artifacts",                                                                        \
     .type = OPTION_TEXT,                                                                          \
     .value = "DIR",                                                                               \
     .fallback = "artifacts",                                                                      \
     .help = "the artifact root whose soak is meant"},                                             \
    {                                                                                              \
        .name = "--json", .help = "one canonical JSON object"                                      \
    }

/* The link to the soak that runs in LINE's --artifacts; NULL with ERR. DIR (may be NULL) is left
 * open for its caller. */
struct control_link *control_open(const struct command_line *line, struct rundir *dir,
                                  struct error *err);
/* Prints the answer TEXT to OP, with --json as {ok, op, text}; the exit status. */
int control_answer(const struct command_line *line, const char *op, const char *text);
/* Sends REQUEST there, prints the answer; the exit status. */
int control_do(const struct command_line *line, struct control_request *request);

#endif
