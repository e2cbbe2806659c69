/* gate_sheet: see gate_sheet.h. UI thread; pure. */
#include "config.h"

#include "ui/gate_sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ui/bindings.h"

enum { COLUMNS_MIN = 8 };

struct rect gate_sheet_row(struct gate_sheet *sheet)
{
    int y = sheet->row++ - sheet->top;
    bool visible = sheet->canvas != NULL && y >= 0 && y < sheet->area.height;
    return (struct rect){sheet->area.x, sheet->area.y + y, visible ? sheet->area.width : 0, 1};
}

/* Bytes of TEXT that fit into COLUMNS, cut at a blank if there is one. Text that comes here is made
 * by the program: but for an error's, it is ASCII. */
static size_t fitting(const char *text, int columns)
{
    size_t length = strlen(text), cut;
    if (length <= (size_t)columns)
        return length;
    for (cut = (size_t)columns; cut > 0 && text[cut] != ' '; cut--)
        ;
    return cut > 0 ? cut : (size_t)columns;
}

void gate_sheet_line(struct gate_sheet *sheet, enum style style, const char *text)
{
    int indent = 1;
    text = bindings_expanded(text);
    while (*text != '\0') {
        struct rect row = gate_sheet_row(sheet);
        int columns = sheet->area.width - indent - 1;
        size_t length = columns < COLUMNS_MIN ? strlen(text) : fitting(text, columns);
        if (row.width > 0)
            canvas_printf(sheet->canvas, row, row.x + indent, row.y, style, "%.*s", (int)length,
                          text);
        text += length;
        text += strspn(text, " ");
        indent = 3;
    }
}

void gate_sheet_printf(struct gate_sheet *sheet, enum style style, const char *format, ...)
{
    char text[GATE_LINE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    gate_sheet_line(sheet, style, text);
}
