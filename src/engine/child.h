/* child: one command in its own process group, with the end of its output kept. The group ends
 * with the child object; if the program is killed, at least the direct child is. Engine thread: the
 * kernel ends the child when the thread that started it ends. */
#ifndef SOAKTOP_ENGINE_CHILD_H
#define SOAKTOP_ENGINE_CHILD_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"

struct child;

/* Runs COMMAND with /bin/sh -c: standard input is /dev/null, both outputs go to the tail, SETTINGS
 * ("NAME=value", ends with NULL) stand in its environment before what is inherited. NULL with ERR.
 */
struct child *child_start(const char *command, const char *const *settings, struct error *err);

enum { CHILD_FDS = 2 };
/* Fills FDS for poll with what tells that child_serve has something to do; how many. */
size_t child_fds(const struct child *child, struct pollfd fds[CHILD_FDS]);
/* Takes its output so far (so that it never waits for us); true once the command has exited. Never
 * waits. */
bool child_serve(struct child *child);

/* Ends whatever is left of the process group (SIGTERM, up to two seconds to comply, SIGKILL) and
 * reaps the command. Returns its wait status. Safe to call again. */
int child_end(struct child *child);

/* Kills the group of the child that runs, if one does: for a program that ends at once. Any thread,
 * also in a signal handler. */
void child_kill_running(void);

/* The last lines of its output, made safe for a terminal (free it); NULL if it wrote nothing. */
char *child_tail(const struct child *child);

/* Ends it first if that was not done. */
void child_free(struct child *child);

#endif
