/* runs: the other runs: the list of those of the artifact root, one opened on top of what the view
 * shows, and the baseline that it is compared with. All of them are read by jobs beside the loop.
 * UI thread. */
#ifndef SOAKTOP_UI_RUNS_H
#define SOAKTOP_UI_RUNS_H

#include "artifact/run_list.h"
#include "artifact/stored_run.h"
#include "engine/event.h"

struct view;
struct scene;
struct read_job;

struct runs {
    struct run_list list; /* as it was read last; empty: not read yet */
    char list_fault[ERROR_TEXT_MAX];
    struct read_job *listing; /* goes on; NULL: none */
    struct read_job *reading;
    enum read_purpose reading_for;
    size_t done, total;          /* of READING */
    struct scene *under;         /* what an opened run lies on; NULL: nothing was opened */
    int under_count;             /* its recorded iterations when it was covered */
    struct stored_run *shown;    /* the opened run: its directory (its run is view->run) */
    struct stored_run *followed; /* of a follower: the directory of the run that it reads */
    struct stored_run *baseline; /* compared with; view->baseline borrows it; NULL: none */
    int baseline_at;             /* its iteration that the comparison points at; 0: none */
    int stale_gates;             /* results of gate jobs still to come whose run is gone */
};

/* Reads the list anew, unless that goes on already. */
unsigned runs_refresh(struct view *view);
/* Reads the run at PATH, to show it on top or to compare with it; the result comes as a message. */
unsigned runs_read(struct view *view, const char *path, enum read_purpose purpose);
/* The opened run goes away, and what it lies on comes back; false if nothing was opened. */
bool runs_leave(struct view *view);
/* Forgets the baseline. */
void runs_drop_baseline(struct view *view);
/* Ends the jobs and frees everything. */
void runs_fini(struct view *view);

/* Folds READ_PROGRESS, RUNS or LOADED (steals it). */
unsigned runs_fold_take(struct view *view, struct message *message);

/* True if ENTRY is the run that the view shows. */
bool runs_is_shown(const struct view *view, const struct run_entry *entry);
/* "LIVE goes on: +3 it" while a run lies on a live one; "" otherwise. */
void runs_under_text(const struct view *view, char *text, size_t size);

#endif
