/* markdown: see markdown.h. Whatever is added here from an artifact went through markdown_add_text:
 * no control character, no emphasis, link, table or HTML of its own. */
#include "config.h"

#include "artifact/markdown.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "model/text.h"

enum { COLUMNS_MAX = 24, SPARK_LEVELS = 8 };

struct markdown_table {
    size_t column_count;
    struct markdown_column column[COLUMNS_MAX];
    size_t count, capacity;
    char **cell; /* row after row; owned */
};

/* Ranges of characters that a terminal draws two columns wide. */
static bool is_wide(unsigned long code)
{
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
           (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
           (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff) ||
           (code >= 0x20000 && code <= 0x3fffd);
}

static bool is_combining(unsigned long code)
{
    return (code >= 0x0300 && code <= 0x036f) || (code >= 0x1ab0 && code <= 0x1aff) ||
           (code >= 0x1dc0 && code <= 0x1dff) || (code >= 0x20d0 && code <= 0x20ff) ||
           (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f);
}

size_t markdown_width(const char *text)
{
    size_t width = 0, length = strlen(text);
    for (size_t at = 0; at < length;) {
        unsigned long code = 0;
        size_t bytes = text_decode(text + at, length - at, &code);
        at += bytes > 0 ? bytes : 1;
        if (bytes == 0 || !is_combining(code))
            width += bytes > 0 && is_wide(code) ? 2 : 1;
    }
    return width;
}

/* True if the character at AT would mean something to a Markdown reader. */
static bool needs_escape(const char *text, size_t at)
{
    char c = text[at];
    char before = at > 0 ? text[at - 1] : ' ';
    if (strchr("\\`*[]|~$", c) != NULL)
        return true;
    if (c == '<') /* a tag begins with one of these */
        return isalpha((unsigned char)text[at + 1]) || strchr("/!?", text[at + 1]) != NULL;
    if (c == '_') /* within a word it is only itself */
        return !isalnum((unsigned char)before) || !isalnum((unsigned char)text[at + 1]);
    if (c == '&')
        return isalnum((unsigned char)text[at + 1]) || text[at + 1] == '#';
    if (c == ':' || c == '@') /* links that need no brackets */
        return c == '@' || strncmp(text + at, "://", 3) == 0;
    return at == 0 && strchr("#>-+=", c) != NULL;
}

void markdown_add_text(struct buffer *out, const char *raw, size_t max)
{
    if (raw == NULL)
        return;
    char *safe = text_safe_copy(raw);
    size_t length = safe != NULL ? strlen(safe) : 0, end = length;
    if (length > max) {
        end = max;
        while (end > 0 && ((unsigned char)safe[end] & 0xc0U) == 0x80)
            end--;
    }
    for (size_t at = 0; at < end; at++) {
        if (needs_escape(safe, at))
            buffer_puts(out, "\\");
        buffer_add(out, safe + at, 1);
    }
    if (end < length)
        buffer_puts(out, "...");
    free(safe);
}

struct markdown_table *markdown_table_new(const struct markdown_column *columns, size_t count)
{
    struct markdown_table *table = mem_alloc(sizeof *table);
    table->column_count = count < COLUMNS_MAX ? count : COLUMNS_MAX;
    memcpy(table->column, columns, table->column_count * sizeof *columns);
    return table;
}

static void add_cell_take(struct markdown_table *table, char *text)
{
    mem_grow((void **)&table->cell, &table->capacity, table->count + 1, sizeof *table->cell);
    table->cell[table->count++] = text != NULL ? text : mem_strdup("");
}

void markdown_cell(struct markdown_table *table, const char *format, ...)
{
    char text[512];
    struct buffer cell = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|')
            buffer_puts(&cell, "\\");
        buffer_add(&cell, c, 1);
    }
    add_cell_take(table, buffer_take(&cell));
}

void markdown_cell_text(struct markdown_table *table, const char *raw, size_t max)
{
    struct buffer cell = {0};
    markdown_add_text(&cell, raw, max);
    add_cell_take(table, buffer_take(&cell));
}

void markdown_cell_value(struct markdown_table *table, struct value value, int decimals)
{
    if (!value_present(value))
        markdown_cell(table, "n/a");
    else
        markdown_cell(table, "%s%.*f", value_usable(value) ? "" : "~", decimals, value.number);
}

static void add_fill(struct buffer *out, char fill, size_t count)
{
    while (count-- > 0)
        buffer_add(out, &fill, 1);
}

static void measure(const struct markdown_table *table, size_t width[COLUMNS_MAX])
{
    for (size_t c = 0; c < table->column_count; c++) {
        width[c] = markdown_width(table->column[c].title);
        width[c] = width[c] < 3 ? 3 : width[c];
    }
    for (size_t i = 0; i < table->count; i++) {
        size_t cell = markdown_width(table->cell[i]), c = i % table->column_count;
        width[c] = cell > width[c] ? cell : width[c];
    }
}

static void write_cell(struct buffer *out, const char *text, size_t width,
                       enum markdown_align align)
{
    size_t space = width - markdown_width(text);
    buffer_puts(out, "| ");
    add_fill(out, ' ', align == MARKDOWN_RIGHT ? space : 0);
    buffer_puts(out, text);
    add_fill(out, ' ', align == MARKDOWN_RIGHT ? 1 : space + 1);
}

static void write_head(const struct markdown_table *table, const size_t *width, struct buffer *out)
{
    for (size_t c = 0; c < table->column_count; c++)
        write_cell(out, table->column[c].title, width[c], table->column[c].align);
    buffer_puts(out, "|\n");
    for (size_t c = 0; c < table->column_count; c++) {
        buffer_puts(out, "|-");
        add_fill(out, '-', width[c]);
        buffer_puts(out, table->column[c].align == MARKDOWN_RIGHT ? ":" : "-");
    }
    buffer_puts(out, "|\n");
}

void markdown_table_end(struct markdown_table *table, struct buffer *out)
{
    size_t width[COLUMNS_MAX];
    while (table->count % table->column_count != 0)
        add_cell_take(table, NULL);
    measure(table, width);
    write_head(table, width, out);
    for (size_t i = 0; i < table->count; i++) {
        size_t c = i % table->column_count;
        write_cell(out, table->cell[i], width[c], table->column[c].align);
        if (c + 1 == table->column_count)
            buffer_puts(out, "|\n");
        free(table->cell[i]);
    }
    free(table->cell);
    free(table);
}

/* Mean of the usable values of group INDEX of GROUPS. */
static struct value group_mean(const struct value *values, size_t count, size_t index,
                               size_t groups)
{
    size_t from = index * count / groups, to = (index + 1) * count / groups, usable = 0;
    double sum = 0.0;
    for (size_t i = from; i < to; i++) {
        if (value_usable(values[i])) {
            sum += values[i].number;
            usable++;
        }
    }
    return usable > 0 ? value_of(sum / (double)usable) : value_missing();
}

static void add_block(struct buffer *out, double number, double low, double high)
{
    static const char *const blocks[SPARK_LEVELS] = {"\u2581", "\u2582", "\u2583", "\u2584",
                                                     "\u2585", "\u2586", "\u2587", "\u2588"};
    double share = high > low ? (number - low) / (high - low) : 0.5;
    int level = (int)(share * SPARK_LEVELS);
    buffer_puts(out, blocks[level < SPARK_LEVELS ? level : SPARK_LEVELS - 1]);
}

void markdown_add_sparkline(struct buffer *out, const struct value *values, size_t count,
                            size_t width)
{
    size_t groups = count < width ? count : width;
    double low = 0.0, high = 0.0;
    bool any = false;
    for (size_t i = 0; i < groups; i++) {
        struct value mean = group_mean(values, count, i, groups);
        if (!value_usable(mean))
            continue;
        low = !any || mean.number < low ? mean.number : low;
        high = !any || mean.number > high ? mean.number : high;
        any = true;
    }
    for (size_t i = 0; i < groups; i++) {
        struct value mean = group_mean(values, count, i, groups);
        if (value_usable(mean))
            add_block(out, mean.number, low, high);
        else
            buffer_puts(out, "\u00b7");
    }
}
