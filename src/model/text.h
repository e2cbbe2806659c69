/* text: makes text from files fit for a terminal. Any thread. */
#ifndef SOAKTOP_MODEL_TEXT_H
#define SOAKTOP_MODEL_TEXT_H

#include <stddef.h>

/* Copies SOURCE (LENGTH bytes) to TARGET (SIZE bytes, terminated, never cut within a character):
 * control characters and C1 controls become \xNN, bidirectional overrides and isolates, line and
 * paragraph separators, zero-width and tag characters become \u{NNNN}, bytes that are no UTF-8
 * become U+FFFD. Returns the length written. */
size_t text_make_safe(char *target, size_t size, const char *source, size_t length);

/* The same into memory of its own (free it). */
char *text_safe_copy(const char *source);

/* Bytes of the first UTF-8 character of TEXT (at most LENGTH bytes) and its code point; 0 if the
 * bytes are no valid character. */
size_t text_decode(const char *text, size_t length, unsigned long *code_point);
/* CODE_POINT as UTF-8 in BYTES (not terminated); the number of bytes. */
size_t text_encode(unsigned long code_point, char bytes[4]);

#endif
