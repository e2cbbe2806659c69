/* rows_export: see rows_export.h. UI thread; pure. */
#include "config.h"

#include "ui/rows_export.h"

#include <stdlib.h>

#include "ui/panel.h"

static void add_row(struct export *export, const struct view *view, int panel, size_t place)
{
    const struct row_class *class = panel_table[panel]->rows;
    for (size_t column = 0; column < class->columns; column++) {
        struct row_cell cell = {.number = value_missing()};
        class->cell(view, rows_row(view, panel, place), column, &cell);
        export_cell(export, cell.number, cell.text);
    }
}

static struct export_column *columns_of(const struct row_class *class)
{
    struct export_column *columns = mem_resize(NULL, class->columns, sizeof *columns);
    for (size_t i = 0; i < class->columns; i++)
        columns[i] = (struct export_column){class->column[i].name, class->column[i].number};
    return columns;
}

char *rows_export(const struct view *view, int panel, enum export_format format, size_t *length)
{
    const struct row_class *class = panel_table[panel]->rows;
    struct export_column *columns = columns_of(class);
    struct export *export = export_new(format, columns, class->columns);
    for (size_t place = 0; place < rows_count(view, panel); place++)
        add_row(export, view, panel, place);
    char *text = export_end_take(export, length);
    free(columns);
    return text;
}

char *rows_export_json(const struct view *view, int panel, size_t place)
{
    const struct row_class *class = panel_table[panel]->rows;
    struct export_column *columns = columns_of(class);
    struct export *export = export_new(EXPORT_JSON, columns, class->columns);
    add_row(export, view, panel, place);
    char *text = export_row_json(export, 0);
    export_free(export);
    free(columns);
    return text;
}

char *rows_export_text(const struct view *view, int panel, size_t place)
{
    const struct row_class *class = panel_table[panel]->rows;
    struct buffer text = {0};
    buffer_puts(&text, "");
    for (size_t column = 0; column < class->columns; column++) {
        struct row_cell cell = {.number = value_missing()};
        class->cell(view, rows_row(view, panel, place), column, &cell);
        if (cell.text[0] != '\0')
            buffer_printf(&text, "%s%s %s", text.length > 0 ? "  " : "", class->column[column].name,
                          cell.text);
    }
    return buffer_take(&text);
}
