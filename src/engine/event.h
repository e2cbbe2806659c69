/* event: what the engine tells the front end. Immutable values in a queue under one mutex with an
 * eventfd that wakes the reader; the front end folds them into its own struct run. */
#ifndef SOAKTOP_ENGINE_EVENT_H
#define SOAKTOP_ENGINE_EVENT_H

#include "artifact/gate.h"
#include "artifact/run_list.h"
#include "artifact/stored_run.h"
#include "model/run.h"

enum message_kind {
    MESSAGE_MANIFEST,  /* run: id, source, mode, planned, interval, directory, started */
    MESSAGE_STATE,     /* state, current, next_ms */
    MESSAGE_PARAMS,    /* params in force and hash */
    MESSAGE_PROPOSAL,  /* pending proposal as it stands; has_pending false: it is gone */
    MESSAGE_ITERATION, /* a recorded iteration, or a recorded one changed (rolled back) */
    MESSAGE_CHANGE,    /* parameters changed */
    MESSAGE_WIRE,      /* a tripwire was set, or something became of it */
    MESSAGE_EVENT,     /* a line for the log */
    MESSAGE_REPLY,     /* what became of a command; REPLY fields */
    MESSAGE_GATE_PROGRESS,
    MESSAGE_GATE_RESULT,   /* gate finished, or failed (error set) */
    MESSAGE_DETACHED,      /* the soak that was attached to is not heard any more: text */
    MESSAGE_RESTART,       /* a follower: another run begins; what was folded so far is forgotten */
    MESSAGE_READ_PROGRESS, /* a read job: done of total */
    MESSAGE_RUNS,          /* the runs of an artifact root, or error */
    MESSAGE_LOADED,        /* a run read from the disk, or error */
    MESSAGE_REST, /* virtual time: all is done that could be; the engine waits for a command, for
                     time to pass, or, in RUN_RUNNING, for its source */
    MESSAGE_END   /* the engine thread ended; error if it failed */
};

/* What a read job reads for. */
enum read_purpose { READ_LIST, READ_TO_SHOW, READ_TO_COMPARE };

struct message {
    enum message_kind kind;
    bool earlier; /* ITERATION, CHANGE, EVENT: recorded by a process before this one; no news */
    struct run *manifest; /* MANIFEST: only the manifest fields are used; owned */
    enum run_state state;
    int current;
    int64_t next_ms; /* wall clock */
    size_t param_count;
    struct value *params; /* owned */
    char params_hash[HASH_TEXT_MAX];
    bool has_pending;
    struct proposal *proposal;   /* owned */
    struct iteration *iteration; /* owned */
    struct change change;        /* owned content */
    struct wire *wire;           /* owned */
    enum event_kind event;
    int event_iteration;
    int64_t utc_ms;      /* EVENT; STATE: when it began, if known */
    char *text;          /* EVENT, REPLY, DETACHED; owned */
    unsigned command_id; /* REPLY: of which command */
    unsigned client;     /* REPLY: of which client of the control socket; 0: the front end */
    bool ok;             /* REPLY: it was carried out */
    enum gate_step step; /* GATE_PROGRESS */
    size_t done, total;
    bool gate_strict;          /* GATE_*: which gate */
    struct gate_result *gate;  /* GATE_RESULT; owned; NULL if it could not run */
    bool of_job;               /* GATE_*: of a gate job of the front end's own, not of the engine */
    enum read_purpose purpose; /* READ_PROGRESS, RUNS, LOADED */
    struct run_list *runs;     /* RUNS; owned */
    struct stored_run *stored; /* LOADED; owned */
    struct error error;        /* GATE_RESULT, RUNS, LOADED, END */
    struct message *next;
};

struct message *message_new(enum message_kind kind);
void message_free(struct message *message);

/* The queue out of the engine. */
struct outbox;
struct outbox *outbox_new(struct error *err);
void outbox_free(struct outbox *outbox);
/* Any thread; steals MESSAGE. */
void outbox_post_take(struct outbox *outbox, struct message *message);
/* LISTENER (NULL: none) sees the messages that wait, and from now on every message before the
 * reader does, in the thread that posts it; it must not post itself. True: the message was for it
 * alone, and goes no further. */
typedef bool outbox_listener(void *context, const struct message *message);
void outbox_listen(struct outbox *outbox, outbox_listener *listener, void *context);
/* The oldest message, or NULL; never waits. Reader's thread. */
struct message *outbox_next(struct outbox *outbox);
/* Messages that wait. Any thread. */
size_t outbox_count(struct outbox *outbox);
/* Readable when messages wait: for ppoll. */
int outbox_fd(const struct outbox *outbox);

/* Folds MESSAGE into RUN (a front end's copy). Steals what it keeps: pointers become NULL. */
void run_fold(struct run *run, struct message *message);

#endif
