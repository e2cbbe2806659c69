/* wake: a descriptor that another thread makes readable; the only file that knows eventfd. */
#ifndef SOAKTOP_ENGINE_WAKE_H
#define SOAKTOP_ENGINE_WAKE_H

#include "model/error.h"

/* A new descriptor for poll, not readable yet; -1 with ERR. Close it with close(). */
int wake_open(struct error *err);
/* Makes it readable; any thread. */
void wake_ring(int fd);
/* Makes it unreadable again; the waiting thread. */
void wake_clear(int fd);

#endif
