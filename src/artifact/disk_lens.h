/* disk_lens: what runtime_overrides.json holds now, as it stands there, for a screen to set beside
 * what is in force: values at their nested paths, second copies of a parameter elsewhere, keys that
 * no parameter has. Looks without locking and writes nothing. Any thread; a lens belongs to one. */
#ifndef SOAKTOP_ARTIFACT_DISK_LENS_H
#define SOAKTOP_ARTIFACT_DISK_LENS_H

#include <stdint.h>

#include "artifact/root.h"
#include "model/param.h"
#include "model/proposal.h"

enum { DISK_LENS_LIST_MAX = 16, DISK_LENS_PATH_MAX = 96 };

enum disk_lens_state {
    DISK_LENS_NONE, /* not looked at, or there is no place to look at */
    DISK_LENS_MISSING,
    DISK_LENS_UNREADABLE, /* error says why */
    DISK_LENS_READ
};

/* A parameter at another path than its own: the flat key of an older file, or a copy. */
struct disk_copy {
    int param;
    char path[DISK_LENS_PATH_MAX];
    struct value value; /* missing: it is no number */
};

struct disk_lens {
    enum disk_lens_state state;
    struct error error;
    char hash[HASH_TEXT_MAX];      /* of the bytes */
    struct value value[PARAM_MAX]; /* nested, else the flat key, as the engine reads it */
    size_t copy_count;             /* all; the first ones are listed */
    struct disk_copy copy[DISK_LENS_LIST_MAX];
    size_t unknown_count;
    char unknown[DISK_LENS_LIST_MAX][DISK_LENS_PATH_MAX]; /* "engine.foo" */
    /* of the file that was read, to know it again */
    uint64_t device, inode, size;
    int64_t changed_s, changed_ns;
};

/* Looks at the file in DIR's soak directory and reads it if it is another than last time. True if
 * LENS changed. Begin with an all-zero one. */
bool disk_lens_look(struct disk_lens *lens, const struct rundir *dir,
                    const struct param_table *table);

#endif
