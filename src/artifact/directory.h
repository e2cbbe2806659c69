/* directory: directories of an artifact root: opened below one another without following links,
 * made, listed and synced. Any thread. */
#ifndef SOAKTOP_ARTIFACT_DIRECTORY_H
#define SOAKTOP_ARTIFACT_DIRECTORY_H

#include <stddef.h>
#include "artifact/root.h"

/* Opens directory NAME below DIRFD in *FD. Missing: ROOT_CREATE makes it (durably), ROOT_READ gives
 * *FD = -1 and 0. A link or anything else of that name is an error. SHOWN is the path for messages.
 */
int directory_open(int *fd, int dirfd, const char *name, const char *shown, enum root_mode mode,
                   struct error *err);

/* Makes what was created, renamed or removed in FD durable. */
int directory_sync(int fd, const char *shown, struct error *err);

/* Calls VISIT for each entry of FD but "." and "..", in no order, until it returns non-zero, which
 * is then returned. -1 with errno if the directory cannot be read. */
typedef int directory_visit(void *context, const char *name);
int directory_each(int fd, directory_visit *visit, void *context);

/* Copies FORMAT's text to PATH; an error if it does not fit. */
int path_print(char *path, size_t size, struct error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
