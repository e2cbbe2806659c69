/* text: see text.h. What a terminal could take as a command, or hide, becomes visible. */
#include "config.h"

#include "model/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "model/mem.h"

struct range {
    unsigned long first, last;
};

/* Format characters that reorder, hide or join text, and separators that break a line. */
static const struct range unsafe_ranges[] = {
    {0x061c, 0x061c},   /* Arabic letter mark */
    {0x180e, 0x180e},   /* Mongolian vowel separator */
    {0x200b, 0x200f},   /* zero-width space, joiners, direction marks */
    {0x2028, 0x202e},   /* line and paragraph separator, embeddings and overrides */
    {0x2060, 0x206f},   /* word joiner, invisible operators, isolates, deprecated formats */
    {0xfeff, 0xfeff},   /* zero-width no-break space */
    {0xfff9, 0xfffb},   /* interlinear annotation */
    {0xe0000, 0xe007f}, /* tags */
};

static bool is_control(unsigned long code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

static bool is_plain(char character)
{
    return character >= ' ' && character < 0x7f;
}

static bool is_unsafe(unsigned long code)
{
    for (size_t i = 0; i < sizeof unsafe_ranges / sizeof *unsafe_ranges; i++)
        if (code >= unsafe_ranges[i].first && code <= unsafe_ranges[i].last)
            return true;
    return false;
}

/* Length that a UTF-8 lead byte announces, the bits that it gives, the least code of that length.
 */
static size_t lead_length(unsigned char lead, unsigned long *bits, unsigned long *least)
{
    if (lead < 0x80) {
        *bits = lead;
        *least = 0;
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        *bits = lead & 0x1fU;
        *least = 0x80;
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        *bits = lead & 0x0fU;
        *least = 0x800;
        return 3;
    }
    *bits = lead & 0x07U;
    *least = 0x10000;
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

size_t text_decode(const char *text, size_t length, unsigned long *code_point)
{
    if (length == 0)
        return 0;
    unsigned long code = 0, least = 0;
    size_t bytes = lead_length((unsigned char)text[0], &code, &least);
    if (bytes == 0 || bytes > length)
        return 0;
    for (size_t i = 1; i < bytes; i++) {
        unsigned char next = (unsigned char)text[i];
        if ((next & 0xc0U) != 0x80)
            return 0;
        code = code << 6 | (next & 0x3fU);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return 0;
    *code_point = code;
    return bytes;
}

/* The safe form of the first character of TEXT in UNIT; *USED says how many bytes it stands for. */
static size_t safe_unit(char unit[16], const char *text, size_t length, size_t *used)
{
    unsigned long code = 0;
    *used = text_decode(text, length, &code);
    if (*used == 0) {
        *used = 1;
        return (size_t)snprintf(unit, 16, "\xef\xbf\xbd");
    }
    if (is_control(code))
        return (size_t)snprintf(unit, 16, "\\x%02lx", code);
    if (is_unsafe(code))
        return (size_t)snprintf(unit, 16, "\\u{%04lX}", code);
    memcpy(unit, text, *used);
    return *used;
}

size_t text_make_safe(char *target, size_t size, const char *source, size_t length)
{
    if (size == 0)
        return 0;
    size_t written = 0;
    for (size_t at = 0, used = 0; at < length; at += used) {
        char unit[16];
        if (is_plain(source[at]) && written + 1 < size) { /* nearly every character */
            target[written++] = source[at];
            used = 1;
            continue;
        }
        size_t unit_length = safe_unit(unit, source + at, length - at, &used);
        if (unit_length > size - 1 - written)
            break;
        memcpy(target + written, unit, unit_length);
        written += unit_length;
    }
    target[written] = '\0';
    return written;
}

char *text_safe_copy(const char *source)
{
    if (!source)
        return NULL;
    struct buffer buffer = {0};
    size_t length = strlen(source);
    for (size_t at = 0, used = 0; at < length; at += used) {
        char unit[16];
        size_t unit_length = safe_unit(unit, source + at, length - at, &used);
        buffer_add(&buffer, unit, unit_length);
    }
    return buffer_take(&buffer);
}

size_t text_encode(unsigned long code_point, char bytes[4])
{
    enum { TAIL = 0x80, TAIL_BITS = 0x3f };
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xc0 | code_point >> 6);
        bytes[1] = (char)(TAIL | (code_point & TAIL_BITS));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xe0 | code_point >> 12);
        bytes[1] = (char)(TAIL | (code_point >> 6 & TAIL_BITS));
        bytes[2] = (char)(TAIL | (code_point & TAIL_BITS));
        return 3;
    }
    bytes[0] = (char)(0xf0 | code_point >> 18);
    bytes[1] = (char)(TAIL | (code_point >> 12 & TAIL_BITS));
    bytes[2] = (char)(TAIL | (code_point >> 6 & TAIL_BITS));
    bytes[3] = (char)(TAIL | (code_point & TAIL_BITS));
    return 4;
}
