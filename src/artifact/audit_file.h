/* audit_file: audit.jsonl, where a bot may note each order that it let through or blocked and why.
 * Only its counts are used; garbage is passed over. Engine thread. */
#ifndef SOAKTOP_ARTIFACT_AUDIT_FILE_H
#define SOAKTOP_ARTIFACT_AUDIT_FILE_H

#include <stdint.h>
#include "artifact/root.h"
#include "model/summary.h"

#define AUDIT_FILE_NAME "audit.jsonl"

/* How far the file was read. Initialise with {0}. */
struct audit_file {
    int64_t offset;
    uint64_t inode;
};

/* Adds to BLOCKS the whole lines that were appended to DIR's file since the last call. A line
 * counts if it is an object with a text in "reason" or "blocked_by" (a name of audit_block_names,
 * in any case; "none" is allowed; else other), or with a boolean in "allowed" or "blocked". A file
 * that was replaced or shortened is read anew; no file: nothing. At most 16 MiB a call: the rest
 * comes with the next. */
void audit_file_read(struct audit_file *file, const struct rundir *dir,
                     struct audit_blocks *blocks);

#endif
