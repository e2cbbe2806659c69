/* scene: see scene.h. UI thread. */
#include "config.h"

#include "ui/scene.h"

#include <stdlib.h>

#define TAKE(FIELD) .FIELD = view->FIELD
#define GIVE(FIELD) view->FIELD = scene->FIELD

void scene_swap(struct view *view, struct scene *scene)
{
    const struct scene shown = {
        TAKE(run),         TAKE(mode),       TAKE(at),
        TAKE(frozen_ms),   TAKE(readonly),   TAKE(frozen_at_count),
        TAKE(mock_limits), TAKE(gate),       TAKE(forever_readonly),
        TAKE(gate_step),   TAKE(gate_done),  TAKE(gate_running),
        TAKE(gate_total),  TAKE(gate_error), TAKE(gate_strict),
        TAKE(dir),         TAKE(end_error),  TAKE(gate_started_ms),
        TAKE(ended),       TAKE(state_ms),   TAKE(provisional),
        TAKE(gate_before),
    };
    GIVE(run);
    GIVE(mode);
    GIVE(at);
    GIVE(frozen_at_count);
    GIVE(frozen_ms);
    GIVE(readonly);
    GIVE(forever_readonly);
    GIVE(mock_limits);
    GIVE(gate_running);
    GIVE(gate_strict);
    GIVE(gate_step);
    GIVE(gate_done);
    GIVE(gate_total);
    GIVE(gate_started_ms);
    GIVE(gate);
    GIVE(gate_before);
    GIVE(gate_error);
    GIVE(dir);
    GIVE(end_error);
    GIVE(ended);
    GIVE(state_ms);
    GIVE(provisional);
    *scene = shown;
}

void scene_fini(struct scene *scene)
{
    gate_drop(&scene->gate);
    gate_drop(&scene->gate_before);
    run_fini(&scene->run);
}
