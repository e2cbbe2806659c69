/* narrate: what an engine or a follower says, as one sentence a change or one JSON object a line.
 * For run --plain and watch. Main thread. */
#ifndef SOAKTOP_CMD_NARRATE_H
#define SOAKTOP_CMD_NARRATE_H

#include "cmd/lines.h"
#include "engine/event.h"
#include "model/guard.h"

struct narrator {
    const struct config *config;
    struct line_style style; /* LINE_PLAIN or LINE_JSON */
    struct run run;          /* as it was told */
    char told_run[64 + 256]; /* id and directory of the last run that was named */
    bool begun;
    enum verdict verdict;
    bool guard_active[GUARD_COUNT];
    int last; /* the newest iteration that was told */
};

void narrator_init(struct narrator *narrator, const struct config *config, enum line_form form);
void narrator_fini(struct narrator *narrator);
/* Folds MESSAGE (steals it) and adds to OUT what there is to say of it. -1 with ERR if JSON cannot
 * say it. */
int narrate_take(struct narrator *narrator, struct message *message, struct buffer *out,
                 struct error *err);

#endif
