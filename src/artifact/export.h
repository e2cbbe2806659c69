/* export: a table of cells as CSV (RFC 4180), canonical JSON or a Markdown table, and the file that
 * it goes to. A missing number is empty in CSV, null in JSON and n/a in Markdown. Any thread. */
#ifndef SOAKTOP_ARTIFACT_EXPORT_H
#define SOAKTOP_ARTIFACT_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include "model/error.h"
#include "model/value.h"

enum export_format { EXPORT_CSV, EXPORT_JSON, EXPORT_MARKDOWN, EXPORT_FORMATS };
extern const char *const export_names[EXPORT_FORMATS];      /* "CSV" */
extern const char *const export_extensions[EXPORT_FORMATS]; /* "csv" */

struct export_column {
    const char *name;
    bool number;
};

/* Filled cell by cell, row after row. The columns are borrowed. */
struct export;
struct export *export_new(enum export_format format, const struct export_column *columns,
                          size_t count);
void export_free(struct export *export);
/* The next cell: TEXT as the screen words it (raw); of a number column NUMBER counts, written in
 * full, and without a fraction if TEXT has none. */
void export_cell(struct export *export, struct value number, const char *text);
/* The document (free it), its length in *LENGTH. */
char *export_end_take(struct export *export, size_t *length);
/* The row at INDEX alone as one line of compact canonical JSON (free it). */
char *export_row_json(const struct export *export, size_t index);

/* True if there is something at PATH. */
bool export_exists(const char *path);
/* Writes DATA to PATH whole or not at all. Refuses a directory that holds a run: its files are the
 * run's. Paths come from the operator. */
int export_write(const char *path, const char *data, size_t length, struct error *err);

#endif
