/* rows_export: the rows of a panel as they are seen, for a file or for the clipboard. UI thread. */
#ifndef SOAKTOP_UI_ROWS_EXPORT_H
#define SOAKTOP_UI_ROWS_EXPORT_H

#include "artifact/export.h"
#include "ui/view.h"

/* The visible rows in their order (free it). */
char *rows_export(const struct view *view, int panel, enum export_format format, size_t *length);
/* The row at PLACE (free it): one line of JSON; "it 17  verdict PASS ..." */
char *rows_export_json(const struct view *view, int panel, size_t place);
char *rows_export_text(const struct view *view, int panel, size_t place);

#endif
