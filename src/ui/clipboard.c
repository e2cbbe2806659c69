/* clipboard: see clipboard.h. UI thread. */
#include "config.h"

#include "ui/clipboard.h"

#include <stdlib.h>
#include <string.h>

#include "model/mem.h"

enum { SHOWN_MAX = 60 };

unsigned clipboard_copy(struct view *view, const char *text)
{
    size_t length = strcspn(text, "\n");
    bool whole = length <= SHOWN_MAX && text[length] == '\0';
    if (length > SHOWN_MAX)
        for (length = SHOWN_MAX; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
            length--;
    free(view->clipboard);
    view->clipboard = mem_strdup(text);
    view_say(view, false, "copied: %.*s%s", (int)length, text, whole ? "" : " ...");
    return REACT_REDRAW | REACT_COPY;
}
