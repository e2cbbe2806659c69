/* session: sets a view up for a live run or a replay, and leaves everything in order: a gate job
 * ended, the engine asked to stop. For the dashboard on a terminal and for the one without. UI
 * thread. */
#ifndef SOAKTOP_UI_SESSION_H
#define SOAKTOP_UI_SESSION_H

#include "ui/ui.h"
#include "ui/view.h"

/* Fills VIEW; takes the run of a replay over. -1 with ERR; session_close is due in any case. */
int session_open(struct view *view, const struct ui_options *options, struct error *err);
/* Asks the engine to stop if it still runs (its owner joins it), and frees what VIEW holds. */
void session_close(struct view *view);

#endif
