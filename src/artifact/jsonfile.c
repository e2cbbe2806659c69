/* jsonfile: reads JSON from a file or text. jansson parses; what it lacks is done here: a limit of
 * depth and size, and the JSON path of a fault, found by scanning the text up to it. Any thread. */
#include "config.h"

#include "artifact/jsonfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "model/mem.h"

static int open_failed(const char *shown, struct error *err)
{
    if (errno == ENOENT)
        return error_set(err, ERROR_INPUT, "%s: there is no such file", shown);
    if (errno == ELOOP)
        return error_set(err, ERROR_INPUT,
                         "%s is a symbolic link; files of artifacts are not read through links",
                         shown);
    return error_set(err, ERROR_INPUT, "cannot open %s: %s", shown, strerror(errno));
}

/* Neither a FIFO without a writer nor a device may stop the run: nothing here waits. */
static int open_regular(int dirfd, const char *name, const char *shown, struct stat *status,
                        struct error *err)
{
    int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

    if (dirfd != AT_FDCWD) {
        flags |= O_NOFOLLOW;
        if (strchr(name, '/'))
            return error_set(err, ERROR_INPUT, "%s: \"%s\" is not a plain file name", shown, name);
    }
    int fd = openat(dirfd, name, flags);
    if (fd < 0)
        return open_failed(shown, err);
    if (fstat(fd, status) == 0 && S_ISREG(status->st_mode))
        return fd;
    close(fd);
    return error_set(err, ERROR_INPUT, "%s is not a regular file", shown);
}

static int too_large(const char *shown, size_t limit, struct error *err)
{
    return error_set(err, ERROR_INPUT, "%s is larger than the limit of %zu bytes", shown, limit);
}

/* Reads up to the end, which may have moved since fstat. */
static int read_all(int fd, struct buffer *text, const char *shown, size_t limit, struct error *err)
{
    char block[65536];

    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(err, ERROR_INPUT, "cannot read %s: %s", shown, strerror(errno));
        if (got == 0)
            return 0;
        if ((size_t)got > limit - text->length)
            return too_large(shown, limit, err);
        buffer_add(text, block, (size_t)got);
    }
}

char *file_read(int dirfd, const char *name, const char *shown, size_t limit, size_t *length,
                struct error *err)
{
    struct buffer text = {0};
    struct stat status;
    int fd = open_regular(dirfd, name, shown, &status, err);

    if (fd < 0)
        return NULL;
    int result = status.st_size > 0 && (size_t)status.st_size > limit
                     ? too_large(shown, limit, err)
                     : read_all(fd, &text, shown, limit, err);
    close(fd);
    if (result < 0) {
        buffer_fini(&text);
        return NULL;
    }
    buffer_add(&text, "", 0);
    *length = text.length;
    return buffer_take(&text);
}

/* Where a scan stands within the document: the way from the top to the value being read. */
struct level {
    bool array, key_next;
    size_t index;
    const char *key; /* within the text, quotes excluded; NULL before the first */
    size_t key_length;
};

struct scan {
    const char *text;
    size_t at, end;
    size_t token; /* where the last token began */
    int depth;
    struct level level[JSONFILE_DEPTH_MAX + 1]; /* [1..depth] */
};

static size_t string_end(const struct scan *scan)
{
    size_t at = scan->at + 1;

    while (at < scan->end && scan->text[at] != '"')
        at += scan->text[at] == '\\' ? 2 : 1;
    return at < scan->end ? at : scan->end;
}

static void scan_string(struct scan *scan)
{
    struct level *top = &scan->level[scan->depth];
    size_t end = string_end(scan);

    if (scan->depth > 0 && !top->array && top->key_next) {
        top->key = scan->text + scan->at + 1;
        top->key_length = end > scan->at ? end - scan->at - 1 : 0;
        top->key_next = false;
    }
    scan->at = end + 1;
}

static void scan_word(struct scan *scan)
{
    while (scan->at < scan->end && !strchr(" \t\r\n,:[]{}\"", scan->text[scan->at]))
        scan->at++;
    if (scan->at == scan->token)
        scan->at++;
}

static void scan_comma(struct scan *scan)
{
    struct level *top = &scan->level[scan->depth];

    if (scan->depth > 0) {
        top->index++;
        top->key_next = true;
    }
}

/* Reads one token; -1 if it opens a level too many. A text that is no JSON does no harm. */
static int scan_token(struct scan *scan)
{
    char c = scan->text[scan->at];

    scan->token = scan->at;
    if (c == '"') {
        scan_string(scan);
        return 0;
    }
    if (c == '{' || c == '[') {
        if (scan->depth == JSONFILE_DEPTH_MAX)
            return -1;
        scan->level[++scan->depth] = (struct level){.array = c == '[', .key_next = true};
    } else if ((c == '}' || c == ']') && scan->depth > 0) {
        scan->depth--;
    } else if (c == ',') {
        scan_comma(scan);
    } else if (c != ':') {
        scan_word(scan);
        return 0;
    }
    scan->at++;
    return 0;
}

/* Scans up to END; -1 if the text is nested too deeply, where scan->at stands. */
static int scan_run(struct scan *scan, const char *text, size_t end)
{
    scan->text = text;
    scan->at = scan->token = 0;
    scan->end = end;
    scan->depth = 0;
    while (scan->at < end) {
        char c = text[scan->at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            scan->at++;
        else if (scan_token(scan) < 0)
            return -1;
    }
    return 0;
}

/* The path as "totals.fills[2].count". A key's text is cut: messages are short. */
static void scan_path(const struct scan *scan, struct buffer *path)
{
    for (int i = 1; i <= scan->depth; i++) {
        const struct level *level = &scan->level[i];
        if (level->array)
            buffer_printf(path, "[%zu]", level->index);
        else if (level->key)
            buffer_printf(path, "%s%.*s", path->length > 0 ? "." : "",
                          level->key_length < 64 ? (int)level->key_length : 64, level->key);
        if (path->length > 256) {
            buffer_puts(path, "...");
            break;
        }
    }
    if (path->length == 0)
        buffer_puts(path, "top level");
}

/* True if the text at FROM begins with one of the words that other languages write for numbers. */
static bool is_no_number(const char *text, size_t length, size_t from)
{
    static const char *const words[] = {"NaN", "nan", "Infinity", "-Infinity", "-NaN", "inf"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (size <= length - from && memcmp(text + from, words[i], size) == 0)
            return true;
    }
    return false;
}

/* A reason for people where jansson's is about tokens. */
static const char *reason_of(const struct scan *scan, size_t length, const json_error_t *fault)
{
    if (is_no_number(scan->text, length, scan->token) ||
        is_no_number(scan->text, length, scan->end))
        return "NaN and Infinity are no JSON numbers";
    switch (json_error_code(fault)) {
    case json_error_numeric_overflow:
        return "the number is too large; integers have at most 64 bits";
    case json_error_premature_end_of_input:
        return "the text ends before the document does";
    default:
        return fault->text;
    }
}

static int parse_failed(const char *text, size_t length, const char *shown,
                        const json_error_t *fault, struct error *err)
{
    size_t end = fault->position > 0 ? (size_t)fault->position - 1 : 0;
    struct buffer path = {0};
    struct scan scan;

    scan_run(&scan, text, end < length ? end : length);
    scan_path(&scan, &path);
    error_set(err, ERROR_INPUT, "%s: line %d, column %d (%s): %s", shown, fault->line,
              fault->column, path.text, reason_of(&scan, length, fault));
    buffer_fini(&path);
    return -1;
}

static int check_depth(const char *text, size_t length, const char *shown, struct error *err)
{
    struct buffer path = {0};
    struct scan scan;

    if (scan_run(&scan, text, length) == 0)
        return 0;
    scan_path(&scan, &path);
    error_set(err, ERROR_INPUT, "%s: byte %zu (%s): nested deeper than %d levels", shown, scan.at,
              path.text, (int)JSONFILE_DEPTH_MAX);
    buffer_fini(&path);
    return -1;
}

struct json_t *json_read_text(const char *text, size_t length, const char *shown, struct error *err)
{
    json_error_t fault;

    if (length > JSONFILE_BYTES_MAX) {
        too_large(shown, JSONFILE_BYTES_MAX, err);
        return NULL;
    }
    if (length == 0) {
        error_set(err, ERROR_INPUT, "%s is empty", shown);
        return NULL;
    }
    if (check_depth(text, length, shown, err) < 0)
        return NULL;
    json_t *json = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &fault);
    if (!json)
        parse_failed(text, length, shown, &fault, err);
    return json;
}

struct json_t *json_read_file(int dirfd, const char *name, const char *shown, struct error *err)
{
    size_t length;
    char *text = file_read(dirfd, name, shown, JSONFILE_BYTES_MAX, &length, err);

    if (!text)
        return NULL;
    json_t *json = json_read_text(text, length, shown, err);
    free(text);
    return json;
}
