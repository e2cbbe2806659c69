/* engine_impl: struct engine and what the engine's files need of each other; nobody else includes
 * it. All of it belongs to the engine thread once that runs. */
#ifndef SOAKTOP_ENGINE_ENGINE_IMPL_H
#define SOAKTOP_ENGINE_ENGINE_IMPL_H

#include <pthread.h>

#include "artifact/audit_file.h"
#include "artifact/tuning_report.h"
#include "engine/apply.h"
#include "engine/engine.h"
#include "engine/filewatch.h"
#include "engine/gate_job.h"
#include "engine/rollback.h"
#include "engine/source.h"
#include "model/guard.h"
#include "model/mem.h"
#include "model/standing.h"

/* A decision on a line, in force or taken back. */
struct past_decision {
    enum decide_op op;
    unsigned batch; /* those of one batch go back together; 0: alone */
    long seq;       /* of the record that put it in force, or took it back */
    struct delta before, after;
};

/* one[0..done) are in force, the UNDONE ones after them were taken back. */
struct past_decisions {
    size_t done, undone, capacity;
    struct past_decision *one; /* owned */
};

enum decision_stage {
    DECISION_OPEN,  /* of the lines; it may wait for the operator */
    DECISION_TAKEN, /* what is staged is to be written */
    DECISION_DONE   /* it was written, or could not be */
};

/* The iteration whose proposal is being decided. */
struct decision {
    struct iteration *iteration; /* NULL: none */
    struct summary summary;
    struct proposal proposal; /* as it stands */
    struct proposal offered;  /* as the guards left it: what a reset puts back */
    struct past_decisions past;
    struct guard_report guards;
    enum decision_stage stage;            /* how far the journal has it */
    bool holding;                         /* it waits for the operator */
    bool done;                            /* the hold is over */
    bool applied;                         /* something was written */
    unsigned skip;                        /* besides the guards' */
    char actor[96];                       /* decided_by: "auto", "operator:user@host" */
    char declined[GUARD_NOTE_MAX];        /* which lines the operator declined, with his notes */
    char override_reason[DELTA_NOTE_MAX]; /* of the higher confirmation; "": none was needed */
    char tripwire[TRIPWIRE_TEXT_MAX];     /* that comes with the apply; "": the run's own */
    char timeout_note[DELTA_NOTE_MAX];    /* "no decision within 60 s"; "": there was one */
    int64_t deadline_ms;        /* monotonic: decided without an operator then; -1: never */
    char fault[ERROR_TEXT_MAX]; /* why nothing could be written; "" if nothing failed */
};

struct engine {
    const struct config *config;
    struct root root;
    struct lock lock;
    struct rundir dir;
    bool linger;
    size_t typed_count;
    struct manifest_option *typed; /* owned, with its texts */

    const struct source_class *source;
    void *source_state;
    struct audit_file audit;

    struct outbox *outbox;
    struct inbox *inbox;
    struct waiter waiter;
    pthread_t thread;
    bool started;

    struct clock clock;
    struct recorder recorder;
    struct tuning_report *report;
    struct pipeline pipeline;
    struct filewatch *watch; /* of runtime_overrides.json; NULL: it cannot be watched */
    struct run run;          /* the engine's own; front ends have copies */
    struct decision decision;
    struct standing standing; /* what the operator said before and still counts */
    double approve_timeout_s; /* 0: a hold lasts until the operator decides */
    bool timeout_applies;

    /* what was asked for */
    bool paused, next_now, stop_after, stop_now;
    bool ended;    /* the last iteration is done: the engine lingers */
    bool unsealed; /* it is over, and the journal grew since run.json named its head */
    bool virtual_time;
    int64_t virtual_ms;      /* since the start, by the last COMMAND_PASS */
    bool rest_wanted;        /* the next wait tells that there is nothing more to do */
    int64_t virtual_from_ms; /* recorded time at virtual_ms 0 */
    int64_t turn_ms;      /* recorded time of the last iteration; of the start before the first */
    bool end_recorded;    /* the journal has the run's end already, */
    int64_t end_ms;       /* of then */
    int64_t next_mono_ms; /* by loop_now: when the next iteration starts */
    int64_t last_mono_ms; /* when the last one was done */

    struct gate_job *gate;
    bool gate_strict;

    struct error fatal; /* the engine cannot go on; the first fault */
};

/* prepare.c */
int prepare_run(struct engine *engine, const struct engine_options *options, struct error *err);

/* resume.c: the same for a run that a process left. */
int resume_run(struct engine *engine, const struct engine_options *options, struct error *err);

/* loop.c: the engine thread's whole life. */
void *loop_main(void *engine);
/* Ends the run by a fault that leaves no way on (the journal cannot be written). */
void loop_fail(struct engine *engine, const struct error *err);
/* True if the run must not go on: a stop now, or a fault. */
bool loop_must_end(const struct engine *engine);
/* Milliseconds for the pace of the soak: monotonic, or virtual. */
int64_t loop_now(const struct engine *engine);
/* The next iteration is due an interval after the last one was done. */
void loop_set_next(struct engine *engine);
/* Brings TUNING_REPORT up to date: before a wait for people. */
void loop_flush(struct engine *engine);
int loop_write_manifest(struct engine *engine, struct error *err);

/* wait.c: waiter_wait of the engine; FDS may be NULL. */
enum wait_result engine_wait(void *engine, struct pollfd *fds, size_t count, int64_t deadline_ms);

/* serve.c: carries out the commands that wait; true if there were any. */
bool serve_commands(struct engine *engine);

/* live_rollback.c: a rollback while the soak runs. */
int live_rollback(struct engine *engine, const struct command *command, struct buffer *text,
                  struct error *err);

/* iterate.c: one iteration from source to record. */
void iterate_once(struct engine *engine);
/* What the guards look at in the iteration being decided; VALUES becomes what is in force. */
struct guard_context iterate_context(const struct engine *engine, struct value values[PARAM_MAX]);
/* The iteration that an earlier process began, from where the journal ends to the record. */
void iterate_go_on(struct engine *engine);
/* Signature and parameters of the iteration being decided: what is in force now. */
void iterate_put_params(struct engine *engine);
/* Tuner and guards anew for the parameters in force now. */
void iterate_propose(struct engine *engine);

/* decide.c: what becomes of the proposal. */
void decide(struct engine *engine);
/* The same of a proposal that the journal has already. */
void decide_go_on(struct engine *engine);
/* What the lines are now that CHANGE was written; or could not be, for FAULT. */
void decide_mark_written(struct engine *engine, const struct change *change);
void decide_mark_failed(struct decision *decision, const char *fault);
/* The same, told to the run and the front end; frees what CHANGE owns. */
void decide_tell_written(struct engine *engine, struct change *change);
void decide_tell_failed(struct engine *engine, const struct error *err);
/* Writes the staged lines and marks all lines accordingly; ERR says what failed. */
enum apply_result decide_write(struct engine *engine, struct error *err);
/* Lines of STATE become DECLINED with NOTE ("": their own stays). */
void decide_decline(struct proposal *proposal, enum delta_state state, const char *note);
/* Notes which lines are declined so far: by the operator. */
void decide_note_declined(struct decision *decision);
/* DELTA moves by more than its parameter's max step. */
bool decide_oversized(const struct engine *engine, const struct delta *delta);
/* Puts the lines and the reasons into the iteration. */
void decide_finish(struct engine *engine);

/* choice.c: decisions on single lines. */
/* The proposal waits, and COMMAND means it; else -1 with ERR. */
int choice_pending(const struct engine *engine, const struct command *command, struct error *err);
/* Runs the guards over the staged lines of PROPOSAL, as if they alone had been proposed. -1 with
 * ERR names the first that is blocked. */
int choice_check_staged(struct engine *engine, const struct proposal *proposal, struct error *err);
int choice_decide(struct engine *engine, const struct command *command, struct buffer *text,
                  struct error *err);

/* past.c: what can be taken back. */
/* COMMAND made AFTER of the line BEFORE; the journal has it as its last record. */
void past_note(struct engine *engine, const struct command *command, const struct delta *before,
               const struct delta *after);
/* A decision of the journal, its record SEQ, which makes AFTER of the line BEFORE. */
struct past_record {
    const char *op;
    long seq;
    unsigned batch;
    const struct delta *before, *after;
};
void past_restore(struct engine *engine, const struct past_record *record);
int past_undo(struct engine *engine, const struct command *command, struct buffer *text,
              struct error *err);
int past_redo(struct engine *engine, const struct command *command, struct buffer *text,
              struct error *err);
/* The proposal was made anew: what its lines took over is what can be taken back. */
void past_renew(struct engine *engine);
/* Nothing can be taken back any more. */
void past_clear(struct decision *decision);

/* approval.c: the operator's part. */
void approval_hold(struct engine *engine);
/* The same for a proposal that the journal has already, with the decisions on it. */
void approval_hold_again(struct engine *engine);
/* ACTOR's apply with NOTE and TRIPWIRE is in the journal: what becomes of the lines that he did not
 * stage. */
void approval_take(struct engine *engine, const char *actor, const char *note,
                   const char *tripwire);
/* The time-out is in the journal, with NOTE: APPLIES: what no guard holds is staged. */
void approval_take_timeout(struct engine *engine, bool applies, const char *note);
int approval_apply(struct engine *engine, const struct command *command, struct buffer *text,
                   struct error *err);
/* The parameters changed under a proposal that waits: makes it anew and keeps its decisions. */
void approval_renew(struct engine *engine);

/* Rolls back as COMMAND says in the name of ACTOR ("operator:user@host", "tripwire"): journal,
 * file, run and front end. -1 with ERR, also where another process changed the parameters. */
int live_rollback_make(struct engine *engine, const struct command *command, const char *actor,
                       struct buffer *text, struct error *err);

/* wiring.c: tripwires. */
/* An apply of the iteration being decided is about to be written for ACTOR; TEXT: the condition
 * that comes with it, "none", or "" for the run's own. -1: the journal failed (loop_fail). */
int wiring_attach(struct engine *engine, const char *actor, const char *text);
/* Nothing was written after all. */
void wiring_detach(struct engine *engine);
/* TEXT is none, "" or can be read; else -1 with ERR. */
int wiring_check(const char *text, struct error *err);
/* After a recorded iteration, and at the start: fires, rolls back, ends. */
void wiring_look(struct engine *engine);
/* The parameters changed: which wires are over by that. */
void wiring_end(struct engine *engine);
int wiring_dismiss(struct engine *engine, const struct command *command, struct buffer *text,
                   struct error *err);

/* external.c: pipeline_look, told to the front end. */
enum pipeline_news external_look(struct engine *engine);
/* Watches runtime_overrides.json, so that a change is noticed wherever the engine waits; where that
 * cannot be it is noticed before each write, and the front end is told so. */
void external_watch(struct engine *engine);
/* After the watch became readable: looks, and makes a proposal that waits anew; true if the
 * parameters changed. */
bool external_notice(struct engine *engine);

/* gates.c: gates beside the loop. */
int gates_start(struct engine *engine, const struct command *command, struct buffer *text,
                struct error *err);
int gates_stop(struct engine *engine, struct buffer *text, struct error *err);
/* Marks the newest report void, in the journal. */
int gates_void(struct engine *engine, const struct command *command, struct buffer *text,
               struct error *err);
/* Records a gate that is done; WAIT: waits for it. */
void gates_reap(struct engine *engine);
void gates_end(struct engine *engine);

/* post.c: messages to the front end. EARLIER ones tell what an earlier process recorded. */
void post_earlier_iteration(struct engine *engine, const struct iteration *iteration);
void post_earlier_change(struct engine *engine, const struct change *change);
void post_earlier_event(struct engine *engine, const struct run_event *event);
void post_manifest(struct engine *engine);
void post_state(struct engine *engine, enum run_state state);
void post_params(struct engine *engine);
void post_proposal(struct engine *engine);
void post_iteration(struct engine *engine, const struct iteration *iteration);
/* Adds nothing to the engine's run: run_add_change is the caller's. */
void post_change(struct engine *engine, const struct change *change);
void post_wire(struct engine *engine, const struct wire *wire);
void post_event(struct engine *engine, enum event_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void post_reply(struct engine *engine, const struct command *command, bool ok, const char *text);
void post_rest(struct engine *engine);
void post_end(struct engine *engine);

#endif
