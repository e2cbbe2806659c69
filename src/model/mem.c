/* mem: see mem.h. The only place that meets a failed allocation. */
#include "config.h"

#include "model/mem.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*exhaustion_hook)(void);

/* Without atexit handlers, which may allocate; standard error is not buffered. */
_Noreturn void mem_exhausted(void)
{
    static atomic_flag told = ATOMIC_FLAG_INIT;
    if (!atomic_flag_test_and_set(&told)) {
        if (exhaustion_hook)
            exhaustion_hook();
        fputs("soaktop: out of memory\n", stderr);
    }
    _Exit(2);
}

void mem_on_exhaustion(void (*hook)(void))
{
    exhaustion_hook = hook;
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size > 0 ? size : 1);
    if (!memory)
        mem_exhausted();
    return memory;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (count == 0 || size == 0)
        count = size = 1;
    if (count > SIZE_MAX / size)
        mem_exhausted();
    void *memory = realloc(old, count * size);
    if (!memory)
        mem_exhausted();
    return memory;
}

char *mem_strdup(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

char *mem_printf(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0)
        mem_exhausted();
    return text;
}

void mem_grow(void **items, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity)
        return;
    size_t wanted = *capacity > 0 ? *capacity : 8;
    while (wanted < count) {
        if (wanted > SIZE_MAX / 2)
            mem_exhausted();
        wanted *= 2;
    }
    *items = mem_resize(*items, wanted, size);
    *capacity = wanted;
}

static void buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more >= SIZE_MAX - buffer->length)
        mem_exhausted();
    void *text = buffer->text;
    mem_grow(&text, &buffer->capacity, buffer->length + more + 1, 1);
    buffer->text = text;
}

void buffer_add(struct buffer *buffer, const char *text, size_t length)
{
    buffer_reserve(buffer, length);
    if (length > 0)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_puts(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length >= 0) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

char *buffer_take(struct buffer *buffer)
{
    char *text = buffer->text ? buffer->text : mem_strdup("");
    *buffer = (struct buffer){0};
    return text;
}

void buffer_reset(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

void buffer_fini(struct buffer *buffer)
{
    free(buffer->text);
    *buffer = (struct buffer){0};
}
