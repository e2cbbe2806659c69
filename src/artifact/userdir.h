/* userdir: the directories of the user's own files. Looks at the environment; main thread. */
#ifndef SOAKTOP_ARTIFACT_USERDIR_H
#define SOAKTOP_ARTIFACT_USERDIR_H

#include <stddef.h>
#include "model/error.h"

enum userdir {
    USERDIR_CONFIG, /* $XDG_CONFIG_HOME/soaktop, else ~/.config/soaktop */
    USERDIR_STATE   /* $XDG_STATE_HOME/soaktop, else ~/.local/state/soaktop */
};

/* Its path in PATH. A relative XDG_..._HOME is ignored, as its specification says. -1 with ERR:
 * neither is set, or it does not fit. */
int userdir_path(enum userdir which, char *path, size_t size, struct error *err);
/* Opens it; makes it and what is above it, for the user alone (0700), where it is missing. Returns
 * the descriptor; -1 with ERR. */
int userdir_open(enum userdir which, char *path, size_t size, struct error *err);

#endif
