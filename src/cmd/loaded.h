/* loaded: a run directory opened and read whole, with a progress line. For commands that show a
 * recorded run. Main thread. */
#ifndef SOAKTOP_CMD_LOADED_H
#define SOAKTOP_CMD_LOADED_H

#include "artifact/loader.h"

struct loaded {
    struct rundir dir;
    struct run run;
};

/* Opens PATH (a run directory, or an artifact root: its soak/latest) and reads the run. */
int loaded_open(struct loaded *loaded, const char *path, const struct config *config,
                struct error *err);
void loaded_close(struct loaded *loaded);

#endif
