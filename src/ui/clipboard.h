/* clipboard: what y copies. The loop hands it to the terminal (OSC 52) on REACT_COPY. UI thread. */
#ifndef SOAKTOP_UI_CLIPBOARD_H
#define SOAKTOP_UI_CLIPBOARD_H

#include "ui/view.h"

/* TEXT, copied, becomes view->clipboard; the status line says what, shortened. */
unsigned clipboard_copy(struct view *view, const char *text);

#endif
