/* stage: the dashboard without a terminal and without the clock: the same view, keys and picture,
 * but time passes only when it is told to. With an engine of virtual time (engine_options) each key
 * and each second has all its effects before the next, so that the screens are the same every time,
 * on every machine. UI thread. */
#ifndef SOAKTOP_UI_STAGE_H
#define SOAKTOP_UI_STAGE_H

#include "ui/view.h"

struct stage;

enum stage_move {
    STAGE_MOVED,
    STAGE_STILL, /* nothing more happens by itself: it holds, is paused, or has ended */
    STAGE_FAULT  /* ERR: a signal, or the engine or its source kept silent for too long */
};

/* VIEW (borrowed) has its run or its engine, which was started. SIGNAL_FD: signals_open's, or -1.
 * Draws the first picture. */
struct stage *stage_new(struct view *view, int width, int height, int signal_fd, struct error *err);
void stage_free(struct stage *stage);

/* A key, and all that comes of it. -1 with ERR. */
int stage_key(struct stage *stage, unsigned key, struct error *err);
/* A click or a turn of the wheel, and all that comes of it. -1 with ERR. */
int stage_mouse(struct stage *stage, const struct mouse_event *event, struct error *err);
/* Time passes, and what is due in it happens. -1 with ERR. */
int stage_pass(struct stage *stage, int64_t ms, struct error *err);
/* The next thing that happens by itself: time passes up to it; for a source that is no mock it
 * takes real time. */
enum stage_move stage_advance(struct stage *stage, struct error *err);
void stage_size(struct stage *stage, int width, int height);
void stage_charset(struct stage *stage, enum charset charset);

/* The operator left. */
bool stage_left(const struct stage *stage);
const struct canvas *stage_canvas(const struct stage *stage);

#endif
