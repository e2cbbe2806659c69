/* journal: append-only journal.jsonl, the truth of a run (ENGINE section 8). One compact canonical
 * object per line; each names the hash of the line before it. Only the lock's holder appends. */
#ifndef SOAKTOP_ARTIFACT_JOURNAL_H
#define SOAKTOP_ARTIFACT_JOURNAL_H

#include <stdint.h>
#include "artifact/root.h"

struct json_t;
struct journal;

#define JOURNAL_NAME "journal.jsonl"

/* Opens the journal of DIR for appending; the file must be new or whole: a torn last line is cut
 * off and told in *TORN (bytes; may be NULL). ERROR_INTEGRITY if the chain is broken. */
struct journal *journal_open(const struct rundir *dir, long *torn, struct error *err);
void journal_close(struct journal *journal);

/* Appends one record with one write and one fdatasync. DATA (may be NULL; stolen also on failure)
 * is the type's own object: its keys stand beside seq, utc, type, iteration and prev. */
int journal_append_take(struct journal *journal, const char *type, int iteration, int64_t utc_ms,
                        struct json_t *data, struct error *err);

/* Sequence number of the last record; 0 if empty. */
long journal_seq(const struct journal *journal);
/* SHA-256 of the last line without its newline; 64 zeros if empty. */
const char *journal_head(const struct journal *journal);

/* HOOK (NULL: none) is called once, before the next record is written; if it fails nothing is
 * written. */
typedef int journal_hook(void *context, struct error *err);
void journal_before_next(struct journal *journal, journal_hook *hook, void *context);

/* Calls VISIT for every record of DIR's journal in order, checking seq and prev. VISIT returns -1
 * to end early (with ERR set or not), which is then returned. Memory: one line. A broken chain is
 * ERROR_INTEGRITY and names the record. No journal: ERROR_INPUT. A torn last line is passed over
 * and told in *TORN (may be NULL). */
typedef int journal_visit(void *context, const struct json_t *record, struct error *err);
int journal_each(const struct rundir *dir, journal_visit *visit, void *context, long *torn,
                 struct error *err);

/* The same with each line as it stands. */
struct journal_line {
    const struct json_t *record;
    const char *text; /* without its newline; not terminated */
    size_t length;
    const char *hash; /* of the line: the next record's prev */
};
typedef int journal_line_visit(void *context, const struct journal_line *line, struct error *err);
int journal_each_line(const struct rundir *dir, journal_line_visit *visit, void *context,
                      long *torn, struct error *err);

/* Reads a journal that another process appends to. */
struct journal_reader;
/* NULL with ERR; ERROR_INPUT if there is no journal. */
struct journal_reader *journal_reader_new(const struct rundir *dir, struct error *err);
void journal_reader_free(struct journal_reader *reader);
/* Calls VISIT for the records that were completed since the last call; as journal_each. A last line
 * without its newline is left for the next call. */
int journal_reader_more(struct journal_reader *reader, journal_visit *visit, void *context,
                        struct error *err);

#endif
