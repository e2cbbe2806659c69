/* tempdir: a scratch directory for one test, and small helpers on files in it. */
#ifndef SOAKTOP_TESTS_ENGINE_TEMPDIR_H
#define SOAKTOP_TESTS_ENGINE_TEMPDIR_H

#include <stddef.h>

/* A new empty directory below $TMPDIR, or else in memory or /tmp; its path stays until the next
 * call. */
const char *tempdir_make(void);
/* Removes it with everything in it. */
void tempdir_remove(void);
/* PATH below the directory, in memory that lives as long as the test. */
char *tempdir_path(const char *format, ...) __attribute__((format(printf, 1, 2)));

void file_put(const char *path, const char *text);
/* The text of the file (free it); NULL if there is none. */
char *file_get(const char *path);

#endif
