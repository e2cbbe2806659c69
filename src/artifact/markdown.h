/* markdown: documents that read well as plain text and as Markdown: tables whose columns line up,
 * sparklines, and text from artifacts made harmless. Any thread. */
#ifndef SOAKTOP_ARTIFACT_MARKDOWN_H
#define SOAKTOP_ARTIFACT_MARKDOWN_H

#include <stddef.h>
#include "model/value.h"

struct buffer;

enum markdown_align { MARKDOWN_LEFT, MARKDOWN_RIGHT };

struct markdown_column {
    const char *title;
    enum markdown_align align;
};

/* A table is filled cell by cell, row after row. The columns are copied. */
struct markdown_table;
struct markdown_table *markdown_table_new(const struct markdown_column *columns, size_t count);
/* Writes it, every column as wide as its widest cell, and frees it. An unfinished last row is
 * filled with empty cells. */
void markdown_table_end(struct markdown_table *table, struct buffer *out);

/* The next cell: text of ours. "|" is escaped, nothing else. */
void markdown_cell(struct markdown_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The next cell: text of an artifact (NULL: empty), escaped; longer than MAX bytes it is cut. */
void markdown_cell_text(struct markdown_table *table, const char *raw, size_t max);
/* The next cell: a number with DECIMALS, "n/a" if it is missing, "~" before it if it is synthetic.
 */
void markdown_cell_value(struct markdown_table *table, struct value value, int decimals);

/* Adds RAW (of an artifact; NULL: nothing), safe for a terminal and without any Markdown meaning;
 * longer than MAX bytes it is cut and ends in "...". */
void markdown_add_text(struct buffer *out, const char *raw, size_t max);

/* Adds one block character a value, lowest to highest, "·" for one that is missing or synthetic.
 * More than WIDTH values are drawn as the means of WIDTH groups. */
void markdown_add_sparkline(struct buffer *out, const struct value *values, size_t count,
                            size_t width);

/* Columns that TEXT takes in a terminal. */
size_t markdown_width(const char *text);

#endif
