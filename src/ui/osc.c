/* osc: see osc.h. */
#include "config.h"

#include "ui/osc.h"

#include <stdlib.h>
#include <string.h>

#include "model/text.h"

/* GNU screen passes strings on that are shorter than this. */
enum { SCREEN_CHUNK = 240 };

enum osc_host osc_host(const char *term, const char *tmux, const char *sty)
{
    if (!term || strcmp(term, "linux") == 0 || strncmp(term, "vt", 2) == 0 ||
        strcmp(term, "dumb") == 0)
        return OSC_NONE;
    if ((tmux && *tmux) || strncmp(term, "tmux", 4) == 0)
        return OSC_TMUX;
    if ((sty && *sty) || strncmp(term, "screen", 6) == 0)
        return OSC_SCREEN;
    return OSC_PLAIN;
}

void osc_base64(struct buffer *out, const char *data, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *byte = (const unsigned char *)data;
    for (size_t i = 0; i < length; i += 3) {
        unsigned bits = (unsigned)byte[i] << 16;
        bits |= i + 1 < length ? (unsigned)byte[i + 1] << 8 : 0;
        bits |= i + 2 < length ? byte[i + 2] : 0u;
        char four[4] = {digits[bits >> 18], digits[bits >> 12 & 63], digits[bits >> 6 & 63],
                        digits[bits & 63]};
        if (i + 1 >= length)
            four[2] = '=';
        if (i + 2 >= length)
            four[3] = '=';
        buffer_add(out, four, sizeof four);
    }
}

/* tmux hands on what stands in its own string, with every ESC doubled. */
static void wrap_tmux(struct buffer *out, const struct buffer *bytes)
{
    buffer_puts(out, "\033Ptmux;");
    for (size_t i = 0; i < bytes->length; i++)
        buffer_add(out, bytes->text[i] == '\033' ? "\033\033" : &bytes->text[i],
                   bytes->text[i] == '\033' ? 2 : 1);
    buffer_puts(out, "\033\\");
}

static void wrap_screen(struct buffer *out, const struct buffer *bytes)
{
    for (size_t at = 0; at < bytes->length; at += SCREEN_CHUNK) {
        size_t left = bytes->length - at;
        buffer_puts(out, "\033P");
        buffer_add(out, bytes->text + at, left < SCREEN_CHUNK ? left : SCREEN_CHUNK);
        buffer_puts(out, "\033\\");
    }
}

static void add_wrapped(struct buffer *out, enum osc_host host, const struct buffer *bytes)
{
    if (host == OSC_TMUX)
        wrap_tmux(out, bytes);
    else if (host == OSC_SCREEN)
        wrap_screen(out, bytes);
    else if (host == OSC_PLAIN)
        buffer_add(out, bytes->text, bytes->length);
}

void osc_copy(struct buffer *out, enum osc_host host, const char *text, size_t length)
{
    struct buffer bytes = {0};
    buffer_puts(&bytes, "\033]52;c;");
    osc_base64(&bytes, text, length);
    buffer_puts(&bytes, "\a");
    if (host == OSC_TMUX)
        add_wrapped(out, OSC_PLAIN, &bytes);
    add_wrapped(out, host, &bytes);
    buffer_fini(&bytes);
}

void osc_notify(struct buffer *out, enum osc_host host, const char *text)
{
    struct buffer bytes = {0};
    char *safe = text_safe_copy(text);
    buffer_printf(&bytes, "\033]9;soaktop: %s\a", safe);
    free(safe);
    add_wrapped(out, host, &bytes);
    buffer_fini(&bytes);
}
