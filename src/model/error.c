/* error: see error.h. No allocation, so that a fault can be told when memory is short. */
#include "config.h"

#include "model/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/text.h"

/* Longer than a shown text: escapes are cut only after they were made. */
enum { RAW_MAX = 2 * ERROR_TEXT_MAX };

static void make_text(char text[ERROR_TEXT_MAX], const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static void make_text(char text[ERROR_TEXT_MAX], const char *format, va_list args)
{
    char raw[RAW_MAX];
    if (vsnprintf(raw, sizeof raw, format, args) < 0)
        raw[0] = '\0';
    text_make_safe(text, ERROR_TEXT_MAX, raw, strlen(raw));
}

int error_set(struct error *err, enum error_code code, const char *format, ...)
{
    if (!err || err->code != ERROR_NONE)
        return -1;
    va_list args;
    va_start(args, format);
    make_text(err->text, format, args);
    va_end(args);
    err->code = code;
    return -1;
}

void error_prefix(struct error *err, const char *format, ...)
{
    if (!err || err->code == ERROR_NONE)
        return;
    char prefix[ERROR_TEXT_MAX], whole[RAW_MAX + sizeof ": "];
    va_list args;
    va_start(args, format);
    make_text(prefix, format, args);
    va_end(args);
    snprintf(whole, sizeof whole, "%s: %s", prefix, err->text);
    text_make_safe(err->text, sizeof err->text, whole, strlen(whole));
}

void error_clear(struct error *err)
{
    if (err)
        *err = (struct error)ERROR_INIT;
}

int error_exit_status(enum error_code code)
{
    switch (code) {
    case ERROR_NONE:
    case ERROR_STOPPED:
        return 0;
    case ERROR_LOCKED:
        return 4;
    case ERROR_INTEGRITY:
        return 5;
    case ERROR_USAGE:
    case ERROR_INPUT:
    case ERROR_IO:
    case ERROR_REFUSED:
    case ERROR_CONFLICT:
        break;
    }
    return 2;
}
