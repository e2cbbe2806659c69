/* found: a run by its path, its id or its directory's name below an artifact root. Main thread. */
#ifndef SOAKTOP_CMD_FOUND_H
#define SOAKTOP_CMD_FOUND_H

#include "artifact/config.h"
#include "artifact/stored_run.h"

/* Reads the run NAME: a path if there is such a directory, else looked for in the list of
 * ARTIFACTS. NULL with ERR, which says where was looked. */
struct stored_run *found_run(const char *name, const char *artifacts, const struct config *config,
                             struct error *err);

/* The run with that id or directory name in the list of ARTIFACTS; never a path. */
struct stored_run *found_named(const char *name, const char *artifacts, const struct config *config,
                               struct error *err);

#endif
