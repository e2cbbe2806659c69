/* found: see found.h. */
#include "config.h"
#include "cmd/found.h"

#include <sys/stat.h>

#include "artifact/run_list.h"

struct stored_run *found_named(const char *name, const char *artifacts, const struct config *config,
                               struct error *err)
{
    struct run_list list;
    struct stored_run *stored = NULL;
    if (run_list_read(&list, artifacts, config, NULL, NULL, NULL, err) == 0) {
        const struct run_entry *entry = run_list_find(&list, name);
        if (entry)
            stored = stored_run_new(entry->path, &config->params, NULL, NULL, err);
        else
            error_set(err, ERROR_INPUT, "there is no run %s in %s; soaktop runs lists them", name,
                      artifacts);
    }
    run_list_fini(&list);
    return stored;
}

struct stored_run *found_run(const char *name, const char *artifacts, const struct config *config,
                             struct error *err)
{
    struct stat status;
    if (stat(name, &status) == 0 && S_ISDIR(status.st_mode))
        return stored_run_new(name, &config->params, NULL, NULL, err);
    return found_named(name, artifacts, config, err);
}
