/* integrity_impl: what the files of integrity need of each other. */
#ifndef SOAKTOP_ARTIFACT_INTEGRITY_IMPL_H
#define SOAKTOP_ARTIFACT_INTEGRITY_IMPL_H

#include "artifact/integrity.h"
#include "artifact/journal.h"
#include "artifact/rebuild.h"
#include "model/mem.h"

struct json_t;

/* All functions of the files of integrity that find a fault tell it so and return -1. FILE may be
 * longer than there is room. The first fault stays. */
int integrity_blame(struct integrity *integrity, long record, const char *file, const char *place,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));
void integrity_note(struct integrity *integrity, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* integrity_form.c: the line alone: canonical form, a known type and what records of it hold. */
int integrity_form(struct integrity *integrity, const struct journal_line *line, long seq);

/* integrity_state.c: the parameters in force from record to record. */
struct integrity_state {
    char now[HASH_TEXT_MAX];     /* in force; "" before the start */
    char maybe[HASH_TEXT_MAX];   /* or this: of an intent whose outcome is not known; "" */
    char first[HASH_TEXT_MAX];   /* the start's */
    char disk[HASH_TEXT_MAX];    /* of the file before the run wrote it first; "" */
    bool moved;                  /* there was a record about the parameters after the start */
    char (*seen)[HASH_TEXT_MAX]; /* what iterations may be signed with since the last one */
    size_t seen_count, seen_capacity;
    int iterations;   /* recorded */
    bool applied;     /* since the last one an apply succeeded */
    bool resumed;     /* since the last one the run was taken up again */
    bool open;        /* an intent waits for its outcome */
    bool open_apply;  /* it is an apply's */
    long open_record; /* its seq */
};
int integrity_state_record(struct integrity *integrity, struct integrity_state *state,
                           const struct json_t *record, long seq);
void integrity_state_fini(struct integrity_state *state);

/* integrity_place.c: where FOUND, which is not EXPECTED, differs first: PLACE ("$.tuning.applied",
 * "line 3, byte 17"), and in TEXT what stands there and what should. */
struct integrity_text {
    const char *text;
    size_t length;
};
void integrity_place(struct integrity_text expected, struct integrity_text found, char place[200],
                     char text[200]);

/* integrity_files.c: the files beside the journal, read before it: what is in them is in it then.
 */
struct integrity_files {
    const struct rundir *dir;
    bool strict;                         /* the run has ended: nothing may lag behind */
    struct buffer gate, report, summary; /* text NULL: not there */
    long *record_of;                     /* [iteration - 1]: the seq of its record */
    size_t capacity;
    int gate_match;  /* the newest iteration that KPI_GATE.json is of; 0: none */
    int missing;     /* the first ITER_SUMMARY that is not there; 0: none */
    long end_record; /* that summary.txt is of; 0: none */
};
int integrity_files_open(struct integrity *integrity, struct integrity_files *files,
                         const struct rundir *dir);
void integrity_files_fini(struct integrity_files *files);
/* After REBUILD took record SEQ. */
int integrity_files_record(struct integrity *integrity, struct integrity_files *files,
                           const struct rebuild *rebuild, long seq);
/* After the last record. */
int integrity_files_end(struct integrity *integrity, struct integrity_files *files,
                        struct rebuild *rebuild, const struct param_table *table);

/* integrity_run.c: run.json and runtime_overrides.json. */
struct integrity_end {
    long seq;                 /* of the record that ended the run last; 0: none */
    char utc[UTC_TEXT_MAX];   /* when */
    char state[24];           /* "completed" */
    bool resumed;             /* the run was taken up again at least once */
    struct json_t *manifest;  /* the start record's `run`; owned */
    char head[HASH_TEXT_MAX]; /* hash of the last line */
};
void integrity_end_record(struct integrity_end *end, const struct journal_line *line, long seq);
void integrity_end_fini(struct integrity_end *end);
int integrity_manifest(struct integrity *integrity, const struct integrity_end *end,
                       const struct rundir *dir, long torn);
int integrity_overrides(struct integrity *integrity, const struct integrity_state *state,
                        const struct rundir *dir, const struct param_table *table);

#endif
