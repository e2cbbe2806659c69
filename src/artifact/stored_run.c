/* stored_run: see stored_run.h. */
#include "config.h"

#include "artifact/stored_run.h"

#include <stdlib.h>

#include "model/mem.h"

struct stored_run *stored_run_new(const char *path, const struct param_table *table,
                                  loader_progress *progress, void *context, struct error *err)
{
    struct stored_run *stored = mem_alloc(sizeof *stored);
    run_init(&stored->run);
    if (rundir_open(&stored->dir, path, err) != 0) {
        free(stored);
        return NULL;
    }
    if (run_load(&stored->run, &stored->dir, table, progress, context, err) == 0)
        return stored;
    stored_run_free(stored);
    return NULL;
}

void stored_run_free(struct stored_run *stored)
{
    if (!stored)
        return;
    run_fini(&stored->run);
    rundir_close(&stored->dir);
    free(stored);
}
