/* filewatch: tells when a file was completed: closed after writing, or moved into place. Engine
 * thread. */
#ifndef SOAKTOP_ENGINE_FILEWATCH_H
#define SOAKTOP_ENGINE_FILEWATCH_H

#include "model/error.h"

struct filewatch;

/* Watches the directory of PATH; the file itself need not exist yet. NULL with ERR if there is no
 * such directory. */
struct filewatch *filewatch_new(const char *path, struct error *err);
/* The same, but that the file was removed or moved away is told as FILEWATCH_COMPLETE too. */
struct filewatch *filewatch_any(const char *path, struct error *err);
/* The same as filewatch_new, but a directory that is missing is waited for: filewatch_take tells
 * FILEWATCH_GONE when it may have come. NULL with ERR if nothing above it can be watched either. */
struct filewatch *filewatch_await(const char *path, struct error *err);
/* Watches all of the directory PATH: anything that is written, made, renamed or removed in it is
 * told as FILEWATCH_COMPLETE. NULL with ERR if there is no such directory. */
struct filewatch *filewatch_directory(const char *path, struct error *err);
void filewatch_free(struct filewatch *watch);
/* Readable when something happened in the directory: for poll. */
int filewatch_fd(const struct filewatch *watch);

enum filewatch_news {
    FILEWATCH_NOTHING,  /* nothing that concerns the file */
    FILEWATCH_COMPLETE, /* it was completed at least once since the last call */
    FILEWATCH_GONE      /* the directory was removed, moved away or put back: open a new watch */
};
/* Takes what has happened so far; never waits. */
enum filewatch_news filewatch_take(struct filewatch *watch);

#endif
