/* view: what the operator looks at: the run, the moment, the focus, the open dialog. UI thread. */
#ifndef SOAKTOP_UI_VIEW_H
#define SOAKTOP_UI_VIEW_H

#include "artifact/disk_lens.h"
#include "engine/engine.h"
#include "model/judge.h"
#include "ui/alerts.h"
#include "ui/canvas.h"
#include "ui/mouse.h"
#include "ui/gate_facts.h"
#include "ui/looked.h"
#include "ui/play.h"
#include "ui/preferences.h"
#include "ui/kpi_alone.h"
#include "ui/rows.h"
#include "ui/runs.h"
#include "ui/series.h"
#include "ui/timeaxis.h"
#include "ui/undo.h"

/* What has to happen after a key or a message; only the loop draws and sends. */
enum react {
    REACT_NONE = 0,
    REACT_REDRAW = 1 << 0,   /* the picture changed */
    REACT_RELAYOUT = 1 << 1, /* sizes or open panels changed */
    REACT_REPAINT = 1 << 2,  /* the terminal may be garbled: write every cell */
    REACT_QUIT = 1 << 3,
    REACT_SUSPEND = 1 << 4,
    REACT_FLUSH = 1 << 5, /* drop what was typed ahead: a dialog opened */
    REACT_BELL = 1 << 6,
    REACT_COPY = 1 << 7,    /* view->clipboard is for the terminal's clipboard */
    REACT_ALERT = 1 << 9,   /* alerts_next has work for the terminal half */
    REACT_TERMINAL = 1 << 8 /* what the terminal is told changed: theme, mouse */
};

enum view_mode { VIEW_LIVE, VIEW_FROZEN, VIEW_REPLAY, VIEW_SANDBOX };

enum panel_id {
    PANEL_KPIS,
    PANEL_DELTAS,
    PANEL_PARAMS,
    PANEL_GUARDS,
    PANEL_GATE,
    PANEL_RUNS,
    PANEL_JOURNAL,
    PANEL_COUNT
};

struct action; /* action.h */
/* How much of the screen the focused panel has (f). */
enum panel_size {
    PANEL_NORMAL, /* its place among the others */
    PANEL_HALF,   /* half of the body; the others share the rest */
    PANEL_FULL,   /* all of the body */
    PANEL_SIZES
};

/* external.h's own: a command that writes, by its id (0: none), and the external changes that were
 * known when it was decided. */
struct external_wait {
    unsigned id;
    size_t known;
    bool refused;
};

struct dialog;  /* dialog.h */
struct layout;  /* layout.h */
struct sandbox; /* sandbox.h */

struct view {
    const struct config *config;
    struct run run; /* the UI's own copy, always the newest */
    enum view_mode mode;
    int at;              /* iteration shown; 0: the newest (live) */
    int frozen_at_count; /* recorded iterations when the view was frozen */
    int64_t frozen_ms;   /* monotonic: since when */
    bool readonly;
    bool forever_readonly; /* --readonly or replay: cannot be left */
    bool mock_limits;      /* thresholds in use */
    enum panel_id focus;
    bool open[PANEL_COUNT];
    enum panel_size size; /* of the focused panel */
    int top[PANEL_COUNT]; /* first row shown, of panels that scroll; journal: events up to the last
                             line shown, 0: follows the newest */
    char selected[PARAM_NAME_MAX];     /* line of the deltas panel, by parameter */
    bool marked[PARAM_MAX];            /* lines picked with Space, by param index */
    char range_from[PARAM_NAME_MAX];   /* where a range began with v; "": none */
    struct row_list list[PANEL_COUNT]; /* how each panel's rows are looked at */
    struct rows_cache *rows;           /* rows.c's own: which rows are visible */
    char *clipboard;                   /* what was copied last (REACT_COPY); NULL: nothing; owned */
    struct dialog *dialog;             /* on top; NULL: none */
    /* gate */
    bool gate_running, gate_strict;
    enum gate_step gate_step;
    size_t gate_done, gate_total;
    int64_t gate_started_ms;         /* monotonic */
    struct gate_result *gate;        /* last result; owned */
    struct gate_result *gate_before; /* the one before it in this session; owned */
    struct error gate_error;
    /* status line */
    char status[256];
    bool status_alert;
    const struct action *refused; /* the last key, if it could not be used: i explains why */
    unsigned next_command_id;
    bool wire_chosen;                 /* TRIPWIRE is that of the last apply from here ... */
    char tripwire[TRIPWIRE_TEXT_MAX]; /* ... and its dialog offers it again; "": none */
    struct external_wait external;
    char actor[96];
    struct inbox *inbox;   /* NULL: replay */
    struct outbox *outbox; /* live: the engine's; replay: its own, for the gate job */
    const struct rundir *dir;
    struct disk_lens disk;     /* runtime_overrides.json as it was found (ui/params.h) */
    int64_t disk_looked_ms;    /* monotonic: when; 0: not yet */
    struct gate_job *gate_job; /* replay only */
    struct error end_error;    /* the engine's, when it ended by a fault */
    bool ended;
    int64_t now_ms;   /* wall clock at this frame, for countdowns */
    int64_t mono_ms;  /* monotonic time of this key or frame: a dialog's deaf time */
    int64_t state_ms; /* monotonic: since when the run is in its state */
    int provisional;  /* iteration that stands in RUN for a waiting proposal; 0: none */
    /* the verdict as of the iteration shown; view_refresh keeps it */
    bool judged; /* false: all that is derived is made anew, also the series */
    bool stale;  /* the run grew, or another moment is shown: judge again */
    int judged_at;
    struct judgement judgement; /* without the verification, which only a gate reads */
    struct forecast forecast;
    struct gate_facts *gate_facts;      /* gate_facts_of */
    struct whatif_state whatif;         /* a limit that the gate panel only imagines */
    int failed, missing;                /* iterations up to the one shown */
    enum charset charset, charset_best; /* in use; the most that the terminal can show */
    struct undo undo;                   /* what u takes back on this screen alone */
    struct alerts alerts;               /* what happened while nobody looked */
    struct mouse mouse;                 /* the last press */
    struct preferences preferences;     /* settings, theme, bookmarks */
    const struct layout *layout;        /* of the frame on the screen; NULL before the first */
    struct series series,
        series_behind;          /* of the run and of the baseline; view_refresh keeps them */
    struct timeaxis time;       /* which iterations graphs and rails show */
    struct kpi_alone alone;     /* one KPI on the whole screen */
    const struct run *baseline; /* run that the graphs draw behind this one; borrowed, NULL: none */
    char since[96];       /* at the header's left, "since you looked (47m): +9 it"; "": nothing */
    struct runs runs;     /* other runs: listed, opened on top, compared with */
    struct play play;     /* a replay that moves by itself */
    struct looked looked; /* what happened since the last key */
    struct sandbox *sandbox; /* a rehearsal on top of a replay; NULL: none; owned */
    bool watching;           /* another process drives the run; a follower tells of it */
    bool attached;           /* another process drives the run and takes this one's commands */
    bool may_detach;         /* the soak of this process can go on without the screen */
    bool detached;           /* and shall: the operator said so */
    char attach_with[200];   /* the command that brings a dashboard back */
    char lost[160];     /* why the soak that was attached to is not heard any more; "": it is */
    char not_mine[200]; /* why a watched run cannot be written; "": nobody said */
};

/* An empty live view, RO and RW as the caller sets it; CONFIG must outlive it. */
void view_init(struct view *view, const struct config *config);
void view_fini(struct view *view);
/* Folds a message of the engine or the gate job into the view (steals it); what has to happen. */
unsigned view_fold_take(struct view *view, struct message *message);
/* Brings up to date what is derived from the run (the judgement). Before each frame. */
void view_refresh(struct view *view);
/* The run as it was after iteration NUMBER; borrows from the view's. */
struct run view_run_until(const struct view *view, int number);
/* Does what is due by the time (mono_ms): a replay that plays. After each wait. */
unsigned view_pass(struct view *view);

/* Recorded iterations that the screens know of: all of them, or, frozen, those of that moment. */
int view_count(const struct view *view);
/* Number of the iteration shown: AT, or the newest; 0 if the run has none. */
int view_number(const struct view *view);
/* The iteration that the screens show: AT, or the newest; NULL if the run has none. */
const struct iteration *view_iteration(const struct view *view);
/* Shows iteration NUMBER, moved into 1..count; a live view freezes. */
unsigned view_show(struct view *view, int number);
/* The view stands still; collecting goes on. Does nothing in a replay. */
unsigned view_freeze(struct view *view);
/* Back to LIVE, or to the end of a replay. */
unsigned view_newest(struct view *view);
/* The run to compare with, drawn behind the graphs, aligned by iteration; NULL: none is loaded. */
const struct run *view_baseline(const struct view *view);
/* True for a replay and for a rehearsal in one: nothing moves by itself. */
bool view_recorded(const struct view *view);
/* True if the proposal that waits belongs to what is shown: live, and not looking back. */
bool view_pending(const struct view *view);
/* Milliseconds until the picture changes by itself (a countdown, elapsed time); -1: never. */
int64_t view_tick_ms(const struct view *view);
/* Sends COMMAND with a fresh id and the actor; the status line says if the queue is full. In a
 * sandbox it is carried out at once. */
unsigned view_send(struct view *view, struct command *command);
/* Says it in the status line; "{live}" becomes that action's key (bindings_expand). */
void view_say(struct view *view, bool alert, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* True if actions that change something exist here; else WHY says why not. */
bool view_may_write(const struct view *view, const char **why);

#endif
