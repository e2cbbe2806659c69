/* ansi: a canvas as text with colours, for files that a terminal shows again (cat, less -R). Pure.
 */
#ifndef SOAKTOP_UI_ANSI_H
#define SOAKTOP_UI_ANSI_H

#include "ui/canvas.h"
#include "ui/theme.h"

/* The canvas in UTF-8 with the colours of 256-colour terminals, one line a row; each line ends in
 * the terminal's own colours. Free it. */
char *ansi_dump(const struct canvas *canvas, const struct theme *theme);

#endif
