/* looked: what happened since the operator last touched a key: after five minutes the header tells
 * it, and the first key's status line; { and } walk it, and the handover note writes it. UI thread.
 */
#ifndef SOAKTOP_UI_LOOKED_H
#define SOAKTOP_UI_LOOKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view;

enum { LOOKED_AWAY_MS = 5 * 60 * 1000 };

struct looked {
    int64_t key_ms;    /* monotonic: the last key; 0: none yet */
    int count;         /* recorded iterations then */
    size_t events;     /* and lines of the log */
    bool back;         /* a key came after an absence, which is told until Esc */
    bool walked;       /* { or } went there */
    int64_t absent_ms; /* how long, once BACK */
    int since_count;   /* COUNT and EVENTS of that absence */
    size_t since_events;
};

/* A key came: the end of an absence, if it was one. */
void looked_key(struct view *view);
/* Brings view->since up to date. Before each frame. */
void looked_refresh(struct view *view);
/* Forgets the absence; true if one was told. */
bool looked_dismiss(struct view *view);
/* The iteration that { and } start from: the one before the absence; 0: there was none, or it was
 * walked already. */
int looked_start(struct view *view);
/* Milliseconds until the text changes by itself; -1: never. */
int64_t looked_tick_ms(const struct view *view);

#endif
