/* mem: checked allocation. Nothing here returns NULL: when memory runs out the hook restores the
 * terminal and the program ends with status 2; the journal makes that safe. Any thread. */
#ifndef SOAKTOP_MODEL_MEM_H
#define SOAKTOP_MODEL_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);                           /* zeroed */
void *mem_resize(void *old, size_t count, size_t size); /* count * size, checked */
char *mem_strdup(const char *text);                     /* NULL stays NULL */
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Grows *ITEMS (elements of SIZE bytes, *CAPACITY of them) so that COUNT fit; doubles. */
void mem_grow(void **items, size_t *capacity, size_t count, size_t size);

/* Ends the program as a failed allocation does: for those of a library. */
_Noreturn void mem_exhausted(void);

/* HOOK runs once before the program ends for want of memory. Set at start, before any thread. */
void mem_on_exhaustion(void (*hook)(void));

/* A growing text. Initialise with {0}; buffer_take hands the text over (free it). */
struct buffer {
    char *text; /* always terminated once something was added; NULL before */
    size_t length, capacity;
};
void buffer_add(struct buffer *buffer, const char *text, size_t length);
void buffer_puts(struct buffer *buffer, const char *text);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *buffer_take(struct buffer *buffer);
void buffer_reset(struct buffer *buffer); /* empty, memory kept */
void buffer_fini(struct buffer *buffer);

#endif
