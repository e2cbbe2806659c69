/* sandbox: a rehearsal on the screen (model/rehearsal.h): on top of the replay that it was begun in
 * lies the run that the operator's other decisions come to, and the keys of a live run decide on
 * it. Nothing is written: the rehearsal's journal is in memory, and leaves it as a runbook that is
 * exported. UI thread. */
#ifndef SOAKTOP_UI_SANDBOX_H
#define SOAKTOP_UI_SANDBOX_H

#include "model/rehearsal.h"
#include "ui/scene.h"

struct sandbox {
    struct rehearsal rehearsal; /* its run is the view's */
    struct scene under;         /* the replay; its run is what was recorded */
    unsigned exported;          /* rehearsal.steps when the runbook was written last */
};

/* What the borders of the screen say, the longest that fits into COLUMNS. */
const char *sandbox_words(int columns);

/* Begins one at the iteration shown. */
unsigned sandbox_enter(struct view *view);
/* Back to the replay, at the iteration that was shown; asks if decisions were not exported. */
unsigned sandbox_leave(struct view *view);
/* The same without asking; does nothing where there is no sandbox. */
void sandbox_drop(struct view *view);
/* Why none can be begun here; NULL: one can. */
const char *sandbox_why_not(const struct view *view);
/* Decisions that no export holds. */
size_t sandbox_unsaved(const struct view *view);
/* The runbook was written. */
void sandbox_exported(struct view *view);

/* The rehearsal so far as a runbook, Markdown or JSON (free it). */
char *sandbox_runbook(const struct view *view, bool json);

/* Carries COMMAND out on the rehearsal instead of sending it to an engine. */
unsigned sandbox_send(struct view *view, const struct command *command);
/* On to the next iteration: at the newest one the next that was recorded. */
unsigned sandbox_next(struct view *view);
/* Decides as --approve auto would, and goes on. */
unsigned sandbox_auto(struct view *view);

/* True if an iteration before the newest is shown. */
bool sandbox_looks_back(const struct view *view);
/* The line above the keys: what waits and what to press. */
void sandbox_state_words(const struct view *view, char *text, size_t size);

#endif
