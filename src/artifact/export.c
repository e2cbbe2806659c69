/* export: see export.h. Any thread. */
#include "config.h"

#include "artifact/export.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact/atomic.h"
#include "artifact/canon.h"
#include "artifact/markdown.h"
#include "model/mem.h"
#include "model/text.h"

enum { CELL_TEXT_MAX = 256 };

const char *const export_names[EXPORT_FORMATS] = {"CSV", "JSON", "Markdown"};
const char *const export_extensions[EXPORT_FORMATS] = {"csv", "json", "md"};

struct export
{
    enum export_format format;
    const struct export_column *column;
    size_t columns, next; /* NEXT: column of the next cell */
    struct buffer csv;
    json_t *rows, *row; /* of JSON, also of a row that is copied */
    struct markdown_table *table;
};

static json_t *checked(json_t *json)
{
    if (json == NULL)
        mem_exhausted();
    return json;
}

/* One field of CSV: quoted if it holds what separates fields or rows. */
static void csv_field(struct buffer *csv, const char *text)
{
    if (text[strcspn(text, ",\"\r\n")] == '\0' && text[0] != ' ') {
        buffer_puts(csv, text);
        return;
    }
    buffer_puts(csv, "\"");
    for (; *text != '\0'; text++)
        buffer_printf(csv, *text == '"' ? "\"\"" : "%c", *text);
    buffer_puts(csv, "\"");
}

static void csv_separate(struct export *export)
{
    buffer_puts(&export->csv, export->next + 1 == export->columns ? "\r\n" : ",");
}

struct export *export_new(enum export_format format, const struct export_column *columns,
                          size_t count)
{
    struct export *export = mem_alloc(sizeof *export);
    export->format = format;
    export->column = columns;
    export->columns = count;
    export->rows = checked(json_array());
    if (format == EXPORT_MARKDOWN) {
        struct markdown_column *titles = mem_resize(NULL, count, sizeof *titles);
        for (size_t i = 0; i < count; i++)
            titles[i] = (struct markdown_column){
                columns[i].name, columns[i].number ? MARKDOWN_RIGHT : MARKDOWN_LEFT};
        export->table = markdown_table_new(titles, count);
        free(titles);
    }
    for (size_t i = 0; i < count && format == EXPORT_CSV; i++, export->next++) {
        csv_field(&export->csv, columns[i].name);
        csv_separate(export);
    }
    export->next = 0;
    return export;
}

void export_free(struct export *export)
{
    struct buffer rest = {0};
    if (export == NULL)
        return;
    if (export->table != NULL)
        markdown_table_end(export->table, &rest);
    buffer_fini(&rest);
    buffer_fini(&export->csv);
    json_decref(export->rows);
    free(export);
}

static bool is_whole(const char *text)
{
    return text[strcspn(text, ".eE")] == '\0';
}

static json_t *json_number(double number, bool whole)
{
    return checked(whole ? json_integer((json_int_t)number) : json_real(number));
}

/* TEXT as it is, or, where it is no UTF-8, as a terminal would see it. */
static json_t *json_text(const char *text)
{
    json_t *json = json_string(text);
    if (json != NULL)
        return json;
    char *safe = text_safe_copy(text);
    json = checked(json_string(safe));
    free(safe);
    return json;
}

static void add_json(struct export *export, const struct export_column *column, struct value number,
                     const char *text)
{
    json_t *json;
    if (export->next == 0) {
        export->row = checked(json_object());
        json_array_append_new(export->rows, export->row);
    }
    if (!column->number)
        json = json_text(text);
    else
        json = value_present(number) ? json_number(number.number, is_whole(text)) : json_null();
    json_object_set_new(export->row, column->name, json);
}

static void add_csv(struct export *export, const struct export_column *column, struct value number,
                    const char *text)
{
    char digits[32];
    if (!column->number) {
        csv_field(&export->csv, text);
    } else if (value_present(number) && is_whole(text)) {
        buffer_printf(&export->csv, "%.0f", number.number);
    } else if (value_present(number)) {
        canon_number(digits, number.number);
        buffer_puts(&export->csv, digits);
    }
    csv_separate(export);
}

void export_cell(struct export *export, struct value number, const char *text)
{
    const struct export_column *column = &export->column[export->next];
    if (export->format == EXPORT_CSV)
        add_csv(export, column, number, text);
    else if (export->format == EXPORT_JSON)
        add_json(export, column, number, text);
    else if (column->number && !value_present(number))
        markdown_cell(export->table, "n/a");
    else
        markdown_cell_text(export->table, text, CELL_TEXT_MAX);
    export->next = export->next + 1 == export->columns ? 0 : export->next + 1;
}

static char *dump(const json_t *json, enum canon_form form, size_t *length)
{
    struct error err = ERROR_INIT;
    char *text = canon_dump(json, form, length, &err);
    if (text == NULL) /* only a number that is not finite could be at fault */
        text = mem_strdup(err.text);
    return text;
}

char *export_end_take(struct export *export, size_t *length)
{
    struct buffer out = {0};
    char *text;
    if (export->format == EXPORT_JSON) {
        text = dump(export->rows, CANON_PRETTY, length);
        export_free(export);
        return text;
    }
    if (export->format == EXPORT_MARKDOWN) {
        markdown_table_end(export->table, &out);
        export->table = NULL;
    } else {
        out = export->csv;
        export->csv = (struct buffer){0};
    }
    export_free(export);
    *length = out.length;
    return buffer_take(&out);
}

char *export_row_json(const struct export *export, size_t index)
{
    const json_t *row = json_array_get(export->rows, index);
    return row != NULL ? dump(row, CANON_COMPACT, NULL) : mem_strdup("");
}

bool export_exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* The directory of PATH, opened, and its last part in *NAME. */
static int open_parent(const char *path, const char **name, struct error *err)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash != NULL ? (size_t)(slash - path) : 0;
    *name = slash != NULL ? slash + 1 : path;
    if (**name == '\0' || length >= sizeof parent)
        return error_set(err, ERROR_USAGE, "%s: no name of a file; type one", path);
    memcpy(parent, path, length);
    parent[length] = '\0';
    int fd = open(slash == NULL ? "."
                  : length > 0  ? parent
                                : "/",
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        error_set(err, ERROR_IO, "cannot write %s: its directory: %s; type another path", path,
                  strerror(errno));
    return fd;
}

static bool holds(int dirfd, const char *name)
{
    return faccessat(dirfd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

int export_write(const char *path, const char *data, size_t length, struct error *err)
{
    const char *name;
    struct stat status;
    int result, dirfd = open_parent(path, &name, err);
    if (dirfd < 0)
        return -1;
    if (holds(dirfd, "run.json") || holds(dirfd, "journal.jsonl") ||
        holds(dirfd, "ITER_SUMMARY_1.json"))
        result = error_set(err, ERROR_REFUSED,
                           "%s lies among the artifacts of a run, which are the run's own; type "
                           "another path",
                           path);
    else if (fstatat(dirfd, name, &status, 0) == 0 && !S_ISREG(status.st_mode))
        result = error_set(err, ERROR_REFUSED, "%s is no regular file; type another path", path);
    else
        result = atomic_write(dirfd, name, path, data, length, DURABLE, err);
    close(dirfd);
    return result;
}
