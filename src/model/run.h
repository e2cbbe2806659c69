/* run: the one read model. The live engine, a replayed directory and a followed one all fill it;
 * guards, verify, verdict, reports and screens read it. Owned by one thread; the UI's copy is fed
 * by events. */
#ifndef SOAKTOP_MODEL_RUN_H
#define SOAKTOP_MODEL_RUN_H

#include "model/difference.h"
#include "model/iteration.h"
#include "model/tripwire.h"

enum run_source { SOURCE_UNKNOWN, SOURCE_MOCK, SOURCE_EXEC, SOURCE_EDGE_REPORT, SOURCE_COUNT };
const char *run_source_name(enum run_source source); /* "mock", "exec", "edge_report", "unknown" */
enum run_source run_source_parse(const char *name);

enum approve_mode { APPROVE_OBSERVE, APPROVE_AUTO, APPROVE_MANUAL, APPROVE_COUNT };
const char *approve_mode_name(enum approve_mode mode);  /* "observe" */
enum approve_mode approve_mode_parse(const char *name); /* APPROVE_COUNT if unknown */

enum run_state {
    RUN_STARTING,
    RUN_RUNNING,  /* the source works on an iteration */
    RUN_HOLDING,  /* a proposal waits for the operator */
    RUN_SLEEPING, /* until the next iteration */
    RUN_PAUSED,
    RUN_STOPPED, /* ended before its last iteration, as asked */
    RUN_COMPLETED,
    RUN_FAILED, /* the engine itself could not go on; the error says why */
    RUN_STATE_COUNT
};
const char *run_state_name(enum run_state state); /* "running" */
enum run_state run_state_parse(const char *name); /* RUN_STATE_COUNT if unknown */

/* A change of the parameters in force: the applied history that guards and rollback go by. */
enum change_kind { CHANGE_APPLY, CHANGE_ROLLBACK, CHANGE_RESTORE, CHANGE_EXTERNAL };
const char *change_kind_name(enum change_kind kind); /* "apply" */

struct change {
    enum change_kind kind;
    int after_iteration; /* it took effect after this iteration was judged: an apply of iteration i
                            has i; something between two has the last recorded one (0: none yet) */
    int64_t utc_ms;
    char by[96];
    char hash_before[HASH_TEXT_MAX], hash_after[HASH_TEXT_MAX];
    struct value *before, *after;  /* [param_count]; owned */
    struct difference *difference; /* EXTERNAL: by parameter and key; owned; else NULL */
    /* set by run_add_change */
    size_t param_count;
    bool undone;       /* an apply that is no longer in force: it was taken back */
    size_t under, top; /* run_change.c's chain; places count from 1, 0 is the first state */
};

/* What has become of a tripwire. */
enum wire_fate {
    WIRE_IDLE,        /* its apply is not written, or not known */
    WIRE_WATCHING,    /* counts */
    WIRE_FIRED,       /* its rollback waits for the operator, or is about to be made */
    WIRE_DISMISSED,   /* it fired, and the operator keeps the apply */
    WIRE_ROLLED_BACK, /* its apply was taken back, by itself or by somebody else */
    WIRE_SUPERSEDED,  /* later changes replaced all that its apply wrote */
    WIRE_EXPIRED,     /* it watched as long as it should and was not met */
    WIRE_UNUSED,      /* its apply came to nothing */
    WIRE_FATES
};

/* A tripwire that is attached to an apply: what the journal says of it. The rest is wires.h's. */
struct wire {
    struct tripwire what;
    int applied_at;            /* iteration of the apply */
    char by[96];               /* who attached it */
    int fired_at;              /* iteration whose record made it fire; 0: it has not */
    bool rolls_back;           /* it fired, and the rollback needs nobody's word */
    enum wire_fate ended;      /* DISMISSED and what follows it: recorded; else WIRE_IDLE */
    int ended_at;              /* last recorded iteration then */
    char ended_by[96];         /* who dismissed it */
    char note[DELTA_NOTE_MAX]; /* why it was dismissed, or why a rollback of its own failed */
    bool failed;               /* that rollback could not be made: it waits for the operator */
    unsigned revision;         /* how often the journal spoke of it */
};

enum event_kind {
    EVENT_START,
    EVENT_ITERATION,
    EVENT_PROPOSAL,
    EVENT_DECISION,
    EVENT_APPLY,
    EVENT_ROLLBACK,
    EVENT_EXTERNAL_CHANGE,
    EVENT_GATE,
    EVENT_GATE_VOID, /* the newest gate is void */
    EVENT_PAUSE,
    EVENT_RESUME,
    EVENT_STOP,
    EVENT_NOTE,
    EVENT_ERROR,
    EVENT_TRIPWIRE,
    EVENT_KIND_COUNT
};
const char *event_kind_name(enum event_kind kind); /* "rollback", as the journal's type */

struct run_event {
    enum event_kind kind;
    int iteration;
    int64_t utc_ms;
    char *text; /* one sentence, raw: made safe where it is drawn; owned */
};

struct run {
    /* manifest */
    char id[64], source_detail[160]; /* the command or the report's path, for display */
    char directory[256];             /* for display: "soak/latest" */
    enum run_source source;
    enum approve_mode mode;
    enum run_state state;
    bool has_manifest; /* run.json was there (the pipeline's directories have none) */
    int planned;       /* iterations; 0: until stopped */
    double interval_s;
    int64_t started_ms, ended_ms; /* UTC_NONE: not yet */
    bool readonly;
    bool has_tripwire; /* every apply that brings none of its own gets TRIPWIRE */
    struct tripwire tripwire;
    bool tripwire_rollback; /* a wire that fires rolls back by itself */

    /* recorded iterations: iteration[i]->number == i + 1; missing files are ITERATION_GAP */
    size_t count, capacity;
    struct iteration **iteration;

    size_t change_count, change_capacity;
    struct change *change;

    size_t event_count, event_capacity;
    struct run_event *event;

    size_t wire_count, wire_capacity;
    struct wire *wire; /* in the order of their applies */

    /* now */
    int current;      /* iteration that the source works on; 0: none */
    int64_t next_ms;  /* when the next iteration starts; UTC_NONE: not counting */
    bool has_pending; /* a proposal that waits, below */
    struct proposal pending;
    size_t param_count;
    struct value *params; /* in force now; NULL: not known */
    char params_hash[HASH_TEXT_MAX];
};

void run_init(struct run *run);
void run_fini(struct run *run);

/* Takes ITERATION over. Its number must be count + 1, or it replaces one that is there. */
void run_put_iteration_take(struct run *run, struct iteration *iteration);
/* The iteration of that number, or NULL. */
const struct iteration *run_iteration(const struct run *run, int number);
/* The newest recorded iteration, or NULL. */
const struct iteration *run_last(const struct run *run);

/* Appends a copy of CHANGE (its vectors copied) and keeps `undone` of all applies right:
 * - ROLLBACK or RESTORE whose hash_after is a state of this run's history: the applies in force are
 *   those that were in force at that state (of equal states, the newest that lies on the way back
 *   from now; else the newest). A restore can so put undone applies in force again (redo).
 * - ROLLBACK or RESTORE to a state that never was (single parameters went back): of each parameter
 *   that it moved, the applies down to the one that had replaced the value now back in force are
 *   taken back; an apply is undone once all the values that it changed were taken back.
 * - EXTERNAL: the same if its hash is a known state, else it lies on top and undoes nothing: an
 *   apply whose values it replaced can still be rolled back.
 *
 * A ROLLBACK or RESTORE also sets rolled_back_at and rolled_back_after of the iterations whose
 * apply it undoes (the first time stays), and marks their lines ROLLED_BACK, each parameter by
 * itself; a redo makes the lines APPLIED again. */
void run_add_change(struct run *run, const struct change *change, size_t param_count);
/* The newest apply that is still in force, or NULL. Rolling back the last apply writes the state
 * before it (hash_before); again and again leads to the run's first state. */
const struct change *run_newest_apply(const struct run *run);
/* The newest apply whose value of PARAM is still in force, or NULL: rolling back that parameter
 * alone writes its before[PARAM]. */
const struct change *run_newest_apply_of(const struct run *run, int param);
/* True if CHANGE gave PARAM another value (also from or to "not set"). */
bool change_moves(const struct change *change, int param);
/* Applies that CHANGE would undo or put in force again, if it were added; RUN stays as it is. */
int run_change_weight(const struct run *run, const struct change *change, size_t param_count);
/* The newest change, if it is a ROLLBACK or RESTORE: its hash_before is what a redo puts back; else
 * NULL. */
const struct change *run_newest_rollback(const struct run *run);
/* The newest EXTERNAL change, or NULL; and how many there are. */
const struct change *run_newest_external(const struct run *run);
size_t run_external_count(const struct run *run);
/* Copies CHANGE whole; change_fini frees what the copy owns. */
struct change change_copy(const struct change *change, size_t param_count);
void change_fini(struct change *change);

void run_add_event(struct run *run, enum event_kind kind, int iteration, int64_t utc_ms,
                   const char *text);

/* Sets the parameters in force (copied). */
void run_set_params(struct run *run, const struct value *params, size_t count, const char *hash);

#endif
