/* error: what went wrong, in one sentence, owned by the caller. The first fault wins.
 * Any thread; an error object belongs to one thread at a time. */
#ifndef SOAKTOP_MODEL_ERROR_H
#define SOAKTOP_MODEL_ERROR_H

enum error_code {
    ERROR_NONE,
    ERROR_USAGE,     /* the command line is wrong                       exit 2 */
    ERROR_INPUT,     /* a file, value or report cannot be read or used  exit 2 */
    ERROR_IO,        /* the system refused: open, write, rename, fork   exit 2 */
    ERROR_LOCKED,    /* another writer holds the artifact root          exit 4 */
    ERROR_INTEGRITY, /* a broken journal chain, a hash that differs     exit 5 */
    ERROR_REFUSED,   /* a rule forbids it (out of bounds, read-only)    exit 2 */
    ERROR_CONFLICT,  /* the parameters changed under the decision       exit 2 */
    ERROR_STOPPED    /* ended because a stop was asked for              exit 0 */
};

enum { ERROR_TEXT_MAX = 768 };

struct error {
    enum error_code code;
    char text[ERROR_TEXT_MAX]; /* one sentence: file, JSON path, value, limit, what to do */
};

#define ERROR_INIT                                                                                 \
    {                                                                                              \
        ERROR_NONE, ""                                                                             \
    }

/* Records a fault if ERR (may be NULL) holds none yet. Control characters of the arguments are
 * made visible. Always returns -1, so that a caller can `return error_set(...)`. */
int error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "PREFIX: " in front of a recorded fault (for instance the name of the file). */
void error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void error_clear(struct error *err);

/* The exit status that belongs to CODE (ENGINE: 0, 2, 4 or 5). */
int error_exit_status(enum error_code code);

#endif
