/* journal: append-only journal.jsonl. A record counts once its line, newline included, is on the
 * disk: a rest without one is what a crash left of a record that nothing depends on yet. Appending
 * belongs to the engine thread and the lock's holder; reading to anybody, also while it grows. */
#include "config.h"

#include "artifact/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "artifact/canon.h"
#include "artifact/directory.h"
#include "artifact/jsonfile.h"
#include "artifact/sha256.h"
#include "model/clock.h"
#include "model/mem.h"

enum { HASH_SIZE = 65, PATH_SIZE = 560 };

/* Where the chain stands after the last good record. */
struct chain {
    long seq;
    char prev[HASH_SIZE]; /* hash of that record's line */
    off_t length;         /* of the file up to its newline */
};

struct journal {
    int fd;
    bool broken; /* a fault could not be undone: nothing more is written */
    struct chain chain;
    journal_hook *hook; /* before the next record */
    void *hook_context;
    char path[PATH_SIZE];
};

static void chain_init(struct chain *chain)
{
    *chain = (struct chain){0};
    memset(chain->prev, '0', HASH_SIZE - 1);
}

static void chain_advance(struct chain *chain, const char *line, size_t length)
{
    sha256_hex(chain->prev, line, length);
    chain->seq++;
    chain->length += (off_t)length + 1;
}

/* The lines of a file, one at a time; memory holds one line and a block. */
struct lines {
    int fd;
    struct buffer text;   /* read and not yet given out, from START on */
    size_t start, looked; /* LOOKED: up to here there is no newline */
};

enum { BLOCK = 65536 };

/* Moves what is left to the front and reads on. Bytes read, 0 at the end, -1 with errno. */
static ssize_t lines_fill(struct lines *lines)
{
    char block[BLOCK];
    ssize_t got;

    if (lines->start > 0) {
        lines->text.length -= lines->start;
        lines->looked -= lines->start;
        memmove(lines->text.text, lines->text.text + lines->start, lines->text.length);
        lines->start = 0;
    }
    do
        got = read(lines->fd, block, sizeof block);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        buffer_add(&lines->text, block, (size_t)got);
    return got;
}

/* 1 and the next LINE (without its newline), 0 at the end (*REST bytes without a newline), -1 with
 * errno; EFBIG for a line that no record can have. */
static int lines_next(struct lines *lines, const char **line, size_t *length, size_t *rest)
{
    for (;;) {
        const char *text = lines->text.text, *end = NULL;
        if (text)
            end = memchr(text + lines->looked, '\n', lines->text.length - lines->looked);
        if (end) {
            *line = text + lines->start;
            *length = (size_t)(end - *line);
            lines->start = lines->looked = (size_t)(end - text) + 1;
            return 1;
        }
        lines->looked = lines->text.length;
        *rest = lines->text.length - lines->start;
        if (*rest > JSONFILE_BYTES_MAX) {
            errno = EFBIG;
            return -1;
        }
        ssize_t got = lines_fill(lines);
        if (got <= 0)
            return (int)got;
    }
}

static int broken(const char *path, const struct chain *chain, const char *what, struct error *err)
{
    return error_set(err, ERROR_INTEGRITY, "%s: record %ld: %s; the journal was damaged or altered",
                     path, chain->seq + 1, what);
}

/* Checks RECORD against the CHAIN before it. */
static int check_record(const json_t *record, const char *path, const struct chain *chain,
                        struct error *err)
{
    const json_t *seq = json_object_get(record, "seq");
    const char *prev = json_string_value(json_object_get(record, "prev"));

    if (!json_is_object(record))
        return broken(path, chain, "the line is not an object", err);
    if (!json_is_integer(seq) || json_integer_value(seq) != chain->seq + 1)
        return broken(path, chain, "its seq does not follow", err);
    if (!prev || strcmp(prev, chain->prev) != 0)
        return broken(path, chain, "its prev is not the hash of the line before", err);
    if (!json_is_string(json_object_get(record, "type")) ||
        !json_is_string(json_object_get(record, "utc")) ||
        !json_is_integer(json_object_get(record, "iteration")))
        return broken(path, chain, "it lacks type, utc or iteration", err);
    return 0;
}

/* Parses one line; a new reference, or NULL with ERR. */
static json_t *read_record(const char *line, size_t length, const char *path,
                           const struct chain *chain, struct error *err)
{
    struct error fault = ERROR_INIT;
    json_t *record = json_read_text(line, length, "the line", &fault);

    if (!record)
        broken(path, chain, fault.text, err);
    else if (check_record(record, path, chain, err) < 0)
        json_decref(record);
    else
        return record;
    return NULL;
}

static int visit_line(const char *line, size_t length, const char *path, struct chain *chain,
                      journal_line_visit *visit, void *context, struct error *err)
{
    json_auto_t *record = read_record(line, length, path, chain, err);

    if (!record)
        return -1;
    chain_advance(chain, line, length);
    const struct journal_line whole = {record, line, length, chain->prev};
    return visit ? visit(context, &whole, err) : 0;
}

/* A visitor that wants the record alone. */
struct plain {
    journal_visit *visit;
    void *context;
};

static int visit_plain(void *context, const struct journal_line *line, struct error *err)
{
    const struct plain *plain = context;
    return plain->visit(plain->context, line->record, err);
}

static int read_failed(const char *path, const struct chain *chain, struct error *err)
{
    if (errno == EFBIG)
        return broken(path, chain, "the line is longer than any record", err);
    return error_set(err, ERROR_IO, "cannot read %s: %s", path, strerror(errno));
}

/* A file system that lost power may show zero bytes, newline behind them and all, where a write had
 * not arrived. No record has such a byte: the last line may look so and is torn, no other may. */
static bool is_zeroed(const char *line, size_t length)
{
    return memchr(line, '\0', length) != NULL;
}

/* Reads FD from where it stands, checks that the CHAIN goes on, calls VISIT (may be NULL). TORN
 * gets the bytes behind the last good record. */
static int walk_on(int fd, const char *path, struct chain *chain, journal_line_visit *visit,
                   void *context, long *torn, struct error *err)
{
    struct lines lines = {.fd = fd};
    const char *line = NULL;
    size_t length = 0, rest = 0;
    int more, result = 0;

    *torn = 0;
    while (result == 0 && (more = lines_next(&lines, &line, &length, &rest)) != 0) {
        if (more < 0)
            result = read_failed(path, chain, err);
        else if (*torn > 0)
            result = broken(path, chain, "the line holds zero bytes", err);
        else if (is_zeroed(line, length))
            *torn = (long)length + 1;
        else
            result = visit_line(line, length, path, chain, visit, context, err);
    }
    if (result == 0)
        *torn += (long)rest;
    buffer_fini(&lines.text);
    return result;
}

/* The same from the start. */
static int walk(int fd, const char *path, struct chain *chain, journal_line_visit *visit,
                void *context, long *torn, struct error *err)
{
    chain_init(chain);
    return walk_on(fd, path, chain, visit, context, torn, err);
}

static int not_a_journal(const char *path, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s is not a regular file", path);
}

/* Opens the file; -1 with ERR. A link, a FIFO or a device is refused without waiting. */
static int open_file(const struct rundir *dir, int flags, const char *path, struct error *err)
{
    struct stat status;
    int fd = openat(dir->fd, JOURNAL_NAME, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
                    0666);

    if (fd < 0 && errno == ENOENT)
        return error_set(err, ERROR_INPUT, "%s: there is no journal", path);
    if (fd < 0 && errno == ELOOP)
        return not_a_journal(path, err);
    if (fd < 0)
        return error_set(err, ERROR_IO, "cannot open %s: %s", path, strerror(errno));
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        return fd;
    close(fd);
    return not_a_journal(path, err);
}

/* Cuts the file back to the last good record, durably. 0, or -1 with errno. */
static int cut_back(const struct journal *journal)
{
    if (ftruncate(journal->fd, journal->chain.length) < 0)
        return -1;
    return fdatasync(journal->fd);
}

/* Reads the chain of the open file and leaves it whole. */
static int take_up(struct journal *journal, const struct rundir *dir, long *torn, struct error *err)
{
    if (walk(journal->fd, journal->path, &journal->chain, NULL, NULL, torn, err) < 0)
        return -1;
    if (*torn > 0 && cut_back(journal) < 0)
        return error_set(err, ERROR_IO, "cannot cut the torn last line off %s: %s", journal->path,
                         strerror(errno));
    return journal->chain.seq == 0 ? directory_sync(dir->fd, journal->path, err) : 0;
}

struct journal *journal_open(const struct rundir *dir, long *torn, struct error *err)
{
    struct journal *journal = mem_alloc(sizeof *journal);
    long cut = 0;

    journal->fd = -1;
    if (path_print(journal->path, PATH_SIZE, err, "%s/" JOURNAL_NAME, dir->path) < 0 ||
        (journal->fd = open_file(dir, O_RDWR | O_CREAT | O_APPEND, journal->path, err)) < 0 ||
        take_up(journal, dir, &cut, err) < 0) {
        journal_close(journal);
        return NULL;
    }
    if (torn)
        *torn = cut;
    return journal;
}

void journal_close(struct journal *journal)
{
    if (!journal)
        return;
    if (journal->fd >= 0)
        close(journal->fd);
    free(journal);
}

long journal_seq(const struct journal *journal)
{
    return journal->chain.seq;
}

const char *journal_head(const struct journal *journal)
{
    return journal->chain.prev;
}

void journal_before_next(struct journal *journal, journal_hook *hook, void *context)
{
    journal->hook = hook;
    journal->hook_context = context;
}

static int call_hook(struct journal *journal, struct error *err)
{
    if (journal->hook && journal->hook(journal->hook_context, err) < 0)
        return -1;
    journal->hook = NULL;
    return 0;
}

/* Puts what every record has into DATA. */
static int complete(json_t *data, const struct chain *chain, const char *type, int iteration,
                    int64_t utc_ms)
{
    char utc[UTC_TEXT_MAX];

    utc_format(utc, utc_ms);
    if (json_object_set_new(data, "seq", json_integer(chain->seq + 1)) < 0 ||
        json_object_set_new(data, "utc", json_string(utc)) < 0 ||
        json_object_set_new(data, "type", json_string(type)) < 0 ||
        json_object_set_new(data, "iteration", json_integer(iteration)) < 0 ||
        json_object_set_new(data, "prev", json_string(chain->prev)) < 0)
        return -1;
    return 0;
}

/* The record's line with its newline (free it). */
static char *make_line(const struct journal *journal, const char *type, int iteration,
                       int64_t utc_ms, json_t *data, size_t *length, struct error *err)
{
    struct buffer line = {0};

    if (!json_is_object(data) || complete(data, &journal->chain, type, iteration, utc_ms) < 0) {
        error_set(err, ERROR_IO, "%s: a record of type %s cannot be built", journal->path, type);
        return NULL;
    }
    char *text = canon_dump(data, CANON_COMPACT, length, err);
    if (!text)
        return NULL;
    if (*length > JSONFILE_BYTES_MAX) {
        error_set(err, ERROR_REFUSED, "%s: a record of type %s has %zu bytes, the limit is %zu",
                  journal->path, type, *length, JSONFILE_BYTES_MAX);
        free(text);
        return NULL;
    }
    buffer_add(&line, text, *length);
    free(text);
    buffer_add(&line, "\n", 1);
    *length = line.length;
    return buffer_take(&line);
}

/* The file must still be the one that the chain was read from: nobody else may write it, and one
 * that was deleted keeps nothing. */
static int check_untouched(const struct journal *journal, struct error *err)
{
    struct stat status;

    if (journal->broken)
        return error_set(err, ERROR_IO, "%s: nothing is written after the fault before",
                         journal->path);
    if (fstat(journal->fd, &status) < 0)
        return error_set(err, ERROR_IO, "cannot look at %s: %s", journal->path, strerror(errno));
    if (status.st_nlink == 0 || status.st_size != journal->chain.length)
        return error_set(err, ERROR_INTEGRITY,
                         "%s was deleted or changed by another process; stop the run and look",
                         journal->path);
    return 0;
}

/* Undoes a write that failed, so that no torn line stays in the middle. */
static int append_failed(struct journal *journal, int fault, struct error *err)
{
    journal->broken = cut_back(journal) < 0;
    return error_set(err, ERROR_IO, "cannot write %s: %s; %s", journal->path, strerror(fault),
                     journal->broken ? "nor cut it back: the run cannot go on"
                                     : "make room, then go on");
}

static int write_line(struct journal *journal, const char *line, size_t length, struct error *err)
{
    ssize_t written;

    do
        written = write(journal->fd, line, length);
    while (written < 0 && errno == EINTR);
    if (written < 0)
        return append_failed(journal, errno, err);
    /* A file takes less than all only when the disk or a quota is full. */
    if ((size_t)written != length)
        return append_failed(journal, ENOSPC, err);
    if (fdatasync(journal->fd) < 0)
        return append_failed(journal, errno, err);
    chain_advance(&journal->chain, line, length - 1);
    return 0;
}

int journal_append_take(struct journal *journal, const char *type, int iteration, int64_t utc_ms,
                        struct json_t *data, struct error *err)
{
    json_auto_t *own = data ? data : json_object();
    size_t length;

    if (check_untouched(journal, err) < 0 || call_hook(journal, err) < 0)
        return -1;
    char *line = make_line(journal, type, iteration, utc_ms, own, &length, err);
    if (!line)
        return -1;
    int result = write_line(journal, line, length, err);
    free(line);
    return result;
}

int journal_each_line(const struct rundir *dir, journal_line_visit *visit, void *context,
                      long *torn, struct error *err)
{
    char path[PATH_SIZE];
    struct chain chain;
    long rest = 0;

    if (path_print(path, sizeof path, err, "%s/" JOURNAL_NAME, dir->path) < 0)
        return -1;
    int fd = open_file(dir, O_RDONLY, path, err);
    if (fd < 0)
        return -1;
    int result = walk(fd, path, &chain, visit, context, &rest, err);
    close(fd);
    if (torn)
        *torn = rest;
    return result;
}

int journal_each(const struct rundir *dir, journal_visit *visit, void *context, long *torn,
                 struct error *err)
{
    struct plain plain = {visit, context};
    return journal_each_line(dir, visit_plain, &plain, torn, err);
}

struct journal_reader {
    int fd;
    struct chain chain;
    char path[PATH_SIZE];
};

struct journal_reader *journal_reader_new(const struct rundir *dir, struct error *err)
{
    struct journal_reader *reader = mem_alloc(sizeof *reader);

    reader->fd = -1;
    chain_init(&reader->chain);
    if (path_print(reader->path, PATH_SIZE, err, "%s/" JOURNAL_NAME, dir->path) == 0)
        reader->fd = open_file(dir, O_RDONLY, reader->path, err);
    if (reader->fd >= 0)
        return reader;
    free(reader);
    return NULL;
}

void journal_reader_free(struct journal_reader *reader)
{
    if (!reader)
        return;
    close(reader->fd);
    free(reader);
}

int journal_reader_more(struct journal_reader *reader, journal_visit *visit, void *context,
                        struct error *err)
{
    struct plain plain = {visit, context};
    long torn;

    if (lseek(reader->fd, reader->chain.length, SEEK_SET) < 0)
        return error_set(err, ERROR_IO, "cannot read %s: %s", reader->path, strerror(errno));
    return walk_on(reader->fd, reader->path, &reader->chain, visit_plain, &plain, &torn, err);
}
