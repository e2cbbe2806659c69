/* datadir: the directories that may hold data files, the user's first. Looks at the environment, so
 * main thread, at start. */
#ifndef SOAKTOP_ARTIFACT_DATADIR_H
#define SOAKTOP_ARTIFACT_DATADIR_H

#include <stddef.h>

enum { DATADIR_MAX = 4, DATADIR_PATH_MAX = 480 };

struct datadir_list {
    size_t count;
    char path[DATADIR_MAX][DATADIR_PATH_MAX];
};

/* $XDG_CONFIG_HOME/soaktop (or ~/.config/soaktop), $SOAKTOP_DATADIR, the source tree's data/ if the
 * program was not installed, the installed directory. A name that does not fit is left out. */
void datadir_list_fill(struct datadir_list *list);

#endif
