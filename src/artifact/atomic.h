/* atomic: whole-file writes. A reader sees the old file or the new one, never a part. */
#ifndef SOAKTOP_ARTIFACT_ATOMIC_H
#define SOAKTOP_ARTIFACT_ATOMIC_H

#include <stddef.h>
#include <sys/types.h>
#include "model/error.h"

enum durability {
    DURABLE,    /* temporary file, fsync, rename, fsync of the directory */
    REBUILDABLE /* temporary file, rename: the journal can rebuild it */
};

/* Replaces NAME (no path) in the directory DIRFD. SHOWN is the path for messages. On failure the
 * old file stays and the temporary one is removed; only if the directory cannot be synced after the
 * rename is the new file in place. */
int atomic_write(int dirfd, const char *name, const char *shown, const void *data, size_t length,
                 enum durability durability, struct error *err);

/* The same with MODE (less the umask) for the new file; atomic_write has 0666. */
int atomic_write_mode(int dirfd, const char *name, const char *shown, const void *data,
                      size_t length, enum durability durability, mode_t mode, struct error *err);

/* Removes from DIRFD the temporary files that writers left which died before their rename. Only for
 * who holds the lock: nobody else may be writing there. */
void atomic_sweep(int dirfd);

#endif
