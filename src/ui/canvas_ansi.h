/* canvas_ansi: a canvas as text with the escapes of its looks, to be shown with cat. Pure. */
#ifndef SOAKTOP_UI_CANVAS_ANSI_H
#define SOAKTOP_UI_CANVAS_ANSI_H

#include "ui/canvas.h"
#include "ui/theme.h"

/* Every cell of the canvas in UTF-8 (free it), one line a row, each ending with the looks off. */
char *canvas_ansi_dump(const struct canvas *canvas, const struct theme *theme,
                       enum colour_depth depth);

#endif
