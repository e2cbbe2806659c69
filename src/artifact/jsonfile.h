/* jsonfile: reads JSON from a file or text with messages that name the file, the JSON path and the
 * reason. NaN, Infinity, integers beyond 64 bits and lone surrogates are refused. Any thread. */
#ifndef SOAKTOP_ARTIFACT_JSONFILE_H
#define SOAKTOP_ARTIFACT_JSONFILE_H

#include <stddef.h>
#include "model/error.h"

struct json_t;

enum { JSONFILE_DEPTH_MAX = 64 };
#define JSONFILE_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* Reads NAME below DIRFD (or AT_FDCWD) whole, following no symbolic link when DIRFD is a directory
 * of artifacts. SHOWN is the path for messages. Returns the text (free it), LENGTH in *length. NULL
 * with ERR: missing (code ERROR_INPUT), larger than LIMIT, not a regular file. */
char *file_read(int dirfd, const char *name, const char *shown, size_t limit, size_t *length,
                struct error *err);

/* Parsed text; SHOWN for messages; depth at most JSONFILE_DEPTH_MAX. A new reference. */
struct json_t *json_read_text(const char *text, size_t length, const char *shown,
                              struct error *err);
/* file_read and json_read_text. */
struct json_t *json_read_file(int dirfd, const char *name, const char *shown, struct error *err);

#endif
