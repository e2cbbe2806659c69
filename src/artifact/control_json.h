/* control_json: the lines of the control socket (soaktop-control.7): one JSON object a line, in
 * both directions. What a client may send is checked here, so that nothing but plain values goes
 * on. Any thread; no state. */
#ifndef SOAKTOP_ARTIFACT_CONTROL_JSON_H
#define SOAKTOP_ARTIFACT_CONTROL_JSON_H

#include "artifact/gate.h"
#include "model/run.h"

/* A change that older programs cannot follow raises CONTROL_PROTOCOL. A longer line is refused: of
 * a client CONTROL_LINE_MAX bytes, of the soak CONTROL_NOTICE_MAX. */
enum {
    CONTROL_PROTOCOL = 1,
    CONTROL_LINE_MAX = 16384,
    CONTROL_NOTICE_MAX = 65536,
    CONTROL_OP_MAX = 24
};
#define CONTROL_SOCKET_NAME "control.sock"

/* What a client asks for. */
struct control_request {
    unsigned id;               /* the client's own number; stands in the reply */
    char op[CONTROL_OP_MAX];   /* "approve" */
    int iteration;             /* of the proposal, or to roll back to; 0: not said */
    char name[PARAM_NAME_MAX]; /* a parameter; "": all, or none */
    struct value value;        /* of an edit or an interval; missing: not said */
    char base_hash[HASH_TEXT_MAX];
    char note[DELTA_NOTE_MAX];        /* the reason */
    char tripwire[TRIPWIRE_TEXT_MAX]; /* of an apply: its condition, or "none"; "": the run's own */
    char also[512];                   /* of a rollback of one apply: names, by commas */
    char word[CONTROL_OP_MAX];        /* of ops with a choice: "last", "strict", "manual" */
    unsigned batch;                   /* decisions of one key of one client; 0: alone */
};

/* Reads one line (without its newline). An error says which member is wrong; request->id is set as
 * far as it could be read, so that the refusal finds its sender. */
int control_request_read(struct control_request *request, const char *line, size_t length,
                         struct error *err);
/* One line with its newline (free it). */
char *control_request_text(const struct control_request *request);

/* What a server tells. */
enum control_kind {
    CONTROL_HELLO, /* protocol, version, run id, directory, pid: the first line of a connection */
    CONTROL_STATE,
    CONTROL_PROPOSAL, /* to who attached: control_proposal.h */
    CONTROL_REPLY,
    CONTROL_GATE_PROGRESS,
    CONTROL_GATE, /* a gate ended */
    CONTROL_END,  /* the soak's process ends; error "" or why */
    CONTROL_OTHER /* a type that this program does not know: passed over */
};

struct control_notice {
    enum control_kind kind;
    /* hello */
    int protocol;
    char version[32], run_id[64], directory[256];
    char you[96]; /* the client, as the journal names it */
    int pid;
    /* state */
    enum run_state state;
    enum approve_mode mode;
    int current, recorded, planned; /* current 0: none; planned 0: until stopped */
    double interval_s;
    int64_t next_ms;  /* UTC; UTC_NONE: not counting */
    int64_t since_ms; /* UTC: when STATE began; UTC_NONE: not said */
    int pending;      /* iteration whose proposal waits; 0: none */
    /* reply */
    unsigned id;
    bool ok;
    char text[1024]; /* reply: what was done or why not; gate: its first reason; end: the fault */
    /* gate */
    bool strict;
    enum gate_step step;
    int done, total;
    enum verdict verdict;
    int exit_status;
};

/* One line with its newline (free it). */
char *control_notice_text(const struct control_notice *notice);
int control_notice_read(struct control_notice *notice, const char *line, size_t length,
                        struct error *err);
/* What `soaktop status --json` prints: HELLO and STATE as one object with "running" (HELLO's pid is
 * not 0) and a newline (free it). */
char *control_status_text(const struct control_notice *hello, const struct control_notice *state);

#endif
