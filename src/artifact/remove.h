/* remove: deletes a directory with all that is in it. Links are removed, never followed; another
 * file system mounted inside stops it. Only root_retire_latest deletes runs. */
#ifndef SOAKTOP_ARTIFACT_REMOVE_H
#define SOAKTOP_ARTIFACT_REMOVE_H

#include "model/error.h"

/* Deletes directory NAME below DIRFD; SHOWN is its path for messages. */
int remove_tree(int dirfd, const char *name, const char *shown, struct error *err);

#endif
