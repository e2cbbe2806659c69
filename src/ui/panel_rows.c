/* panel_rows: what the lists of the panels share. UI thread; pure. */
#include "config.h"

#include "ui/panel_rows.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void panel_rows_who(char *text, size_t size, const char *by)
{
    const char *start = strchr(by, ':');
    start = start ? start + 1 : by;
    snprintf(text, size, "%.*s", (int)strcspn(start, "@"), start);
}

void panel_rows_number(struct row_cell *cell, struct value value, int decimals)
{
    cell->number = value_present(value) && isfinite(value.number) ? value : value_missing();
    if (!value_present(cell->number))
        snprintf(cell->text, sizeof cell->text, "n/a");
    else if (decimals < 0)
        snprintf(cell->text, sizeof cell->text, "%.9g", value.number);
    else
        snprintf(cell->text, sizeof cell->text, "%.*f", decimals, value.number);
}

void panel_rows_text(struct row_cell *cell, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(cell->text, sizeof cell->text, format, args);
    va_end(args);
}
