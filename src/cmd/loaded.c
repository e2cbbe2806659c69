/* loaded: see loaded.h. */
#include "config.h"
#include "cmd/loaded.h"

#include "cmd/progress.h"

static bool show_progress(void *context, size_t done, size_t total)
{
    progress_step(context, done, total);
    return true;
}

int loaded_open(struct loaded *loaded, const char *path, const struct config *config,
                struct error *err)
{
    struct progress progress;
    if (rundir_open(&loaded->dir, path, err) != 0)
        return -1;
    run_init(&loaded->run);
    progress_start(&progress, "reading the run");
    int status = run_load(&loaded->run, &loaded->dir, &config->params, show_progress, &progress,
                          err);
    progress_end(&progress);
    if (status != 0)
        loaded_close(loaded);
    return status;
}

void loaded_close(struct loaded *loaded)
{
    run_fini(&loaded->run);
    rundir_close(&loaded->dir);
}
