/* scene: the part of a view that belongs to the run it shows. When another run is opened on top of
 * a live one, the live one's scene lies below and goes on folding messages. UI thread. */
#ifndef SOAKTOP_UI_SCENE_H
#define SOAKTOP_UI_SCENE_H

#include "ui/view.h"

struct scene {
    struct run run;
    enum view_mode mode;
    int at, frozen_at_count;
    int64_t frozen_ms;
    bool readonly, forever_readonly, mock_limits;
    bool gate_running, gate_strict;
    enum gate_step gate_step;
    size_t gate_done, gate_total;
    int64_t gate_started_ms;
    struct gate_result *gate, *gate_before; /* owned */
    struct error gate_error;
    const struct rundir *dir;
    struct error end_error;
    bool ended;
    int64_t state_ms;
    int provisional;
};

/* Exchanges what VIEW shows with SCENE. What is derived from the run is to be judged anew. */
void scene_swap(struct view *view, struct scene *scene);
/* Frees what SCENE owns. */
void scene_fini(struct scene *scene);

#endif
