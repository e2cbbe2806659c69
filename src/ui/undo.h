/* undo: what u takes back and U does again. Two kinds of things, the newest first: steps of this
 * screen alone (a bookmark set, an alert rule changed), which stand in a stack here; and decisions
 * on the proposal that waits, whose stack is the engine's, because they belong to the journal.
 * UI thread. */
#ifndef SOAKTOP_UI_UNDO_H
#define SOAKTOP_UI_UNDO_H

#include <stddef.h>
#include <stdint.h>

struct view;
struct proposal;

/* A kind of step: takes it back, does it again; what the loop has to do. DATA is the step's copy.
 * Neither may call undo_note, and neither says anything: undo does ("undid: NAME"). */
struct undo_class {
    unsigned (*undo)(struct view *view, const void *data);
    unsigned (*redo)(struct view *view, const void *data);
};

enum { UNDO_STEPS_MAX = 32, UNDO_NAME_MAX = 96, UNDO_DATA_MAX = 512 };

struct undo_step {
    const struct undo_class *class;
    char name[UNDO_NAME_MAX];
    int64_t at_ms; /* monotonic: when it was done, or undone */
    union {
        unsigned char bytes[UNDO_DATA_MAX];
        max_align_t align;
    } data;
};

/* In the view: zero is empty. */
struct undo {
    size_t done, undone; /* step[0..done) can be taken back, the UNDONE ones after them redone */
    struct undo_step step[UNDO_STEPS_MAX];
    int64_t decided_ms, taken_back_ms; /* monotonic: when a decision was last made, taken back */
};

/* A step was done: NAME says what ("bookmark it 12"), DATA (SIZE <= UNDO_DATA_MAX bytes) is copied.
 * What could be redone no longer can; of too many the oldest is forgotten. */
void undo_note(struct view *view, const struct undo_class *class, const char *name,
               const void *data, size_t size);

/* The engine told of PROPOSAL (NULL: none waits any more): notes when its decisions changed. Before
 * the run takes it. */
void undo_note_proposal(struct view *view, const struct proposal *proposal);

/* The actions u and U, and why they can do nothing now (NULL: they can). */
unsigned undo_newest(struct view *view);
unsigned redo_newest(struct view *view);
const char *why_no_undo(const struct view *view);
const char *why_no_redo(const struct view *view);

#endif
