/* overrides: soak/runtime_overrides.json, the file that the bot reads. Engine thread. */
#ifndef SOAKTOP_ARTIFACT_OVERRIDES_H
#define SOAKTOP_ARTIFACT_OVERRIDES_H

#include "artifact/root.h"
#include "model/proposal.h"
#include "model/runtime.h"

#define OVERRIDES_NAME "runtime_overrides.json"

/* Compact canonical text (free it) and its state hash (may be NULL). */
char *overrides_text(const struct runtime *runtime, char hash[HASH_TEXT_MAX], size_t *length,
                     struct error *err);
/* A runtime from such text. */
struct runtime *overrides_from_text(const struct param_table *table, const char *text,
                                    const char *shown, struct error *err);

/* Reads the file. HASH is of the bytes on disk. *MISSING tells that there is no file (then NULL
 * without an error). */
struct runtime *overrides_read(const struct root *root, const struct param_table *table,
                               char hash[HASH_TEXT_MAX], struct runtime_notes *notes, bool *missing,
                               struct error *err);

/* Hash of the bytes on disk; "" if the file is missing. */
int overrides_disk_hash(const struct root *root, char hash[HASH_TEXT_MAX], struct error *err);

/* Writes RUNTIME atomically and durably, re-reads it and compares the hash (the verification
 * barrier); HASH gets the new state hash, BYTES (may be NULL) the size. A mismatch is
 * ERROR_INTEGRITY. */
int overrides_write(const struct root *root, const struct runtime *runtime,
                    char hash[HASH_TEXT_MAX], size_t *bytes, struct error *err);

#endif
