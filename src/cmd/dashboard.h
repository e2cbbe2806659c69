/* dashboard: a soak of this process in the dashboard, and what becomes of it when that is left,
 * when its terminal goes, or when another process writes to the artifact root already. Main thread.
 */
#ifndef SOAKTOP_CMD_DASHBOARD_H
#define SOAKTOP_CMD_DASHBOARD_H

#include "cmd/cmd.h"
#include "engine/engine.h"
#include "ui/preferences.h"

struct dashboard {
    const struct command_line *line; /* of run */
    const struct config *config;
    const char *artifacts, *actor;
    struct preferences *preferences; /* taken over */
    bool may_outlive;                /* outlive_begin said so */
    bool mock;                       /* the source is: its gates have the mock thresholds */
};

/* Starts ENGINE and opens the dashboard on it; when that is left for good the soak has ended. If it
 * is detached, or its terminal goes, the soak goes on without one until it ends. The exit status.
 */
int dashboard_run(const struct dashboard *with, struct engine *engine);
/* The soak of another process, which holds the lock: watched, read-only. WHY (ERROR_LOCKED) is told
 * if that cannot be shown. */
int dashboard_look_on(const struct dashboard *with, const struct error *why);

#endif
