/* dialog_explain: what key i says: the explanation of the thing under the focused panel's cursor as
 * it was when the key was pressed; right after a key that could not be used, why it could not. The
 * text stands still while it is read. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/bindings.h"
#include "ui/dialog_class.h"
#include "ui/explain.h"
#include "ui/layout.h"
#include "ui/panel.h"

enum { COLUMNS_MAX = 100, COLUMNS_PLAIN = 74, COLUMNS_MIN = 20, FRAME = 6, HANGING = 2 };

struct explanation {
    struct dialog dialog;
    char title[DIALOG_TITLE_MAX];
    char *text; /* owned */
    int columns;
};

static void explain_title(const struct dialog *dialog, char *text, size_t size)
{
    snprintf(text, size, "%s", ((const struct explanation *)dialog)->title);
}

/* Bytes of TEXT, LENGTH long, that one line takes, cut at a blank if there is one. */
static size_t piece(const char *text, size_t length, size_t columns)
{
    size_t cut = columns;
    if (length <= columns)
        return length;
    while (cut > 0 && text[cut] != ' ')
        cut--;
    if (cut > 0)
        return cut;
    for (cut = columns; cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80; cut--)
        ; /* never within a character */
    return cut > 0 ? cut : columns;
}

static void explain_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct explanation *explanation = (const struct explanation *)dialog;
    const char *from = explanation->text;
    (void)view;
    while (*from != '\0') {
        size_t length = strcspn(from, "\n"), columns = (size_t)explanation->columns;
        size_t done = piece(from, length, columns);
        dialog_add(lines, STYLE_TEXT, "%.*s", (int)done, from);
        while (done < length) {
            done += strspn(from + done, " ");
            size_t more = piece(from + done, length - done, columns - HANGING);
            dialog_add(lines, STYLE_TEXT, "%*s%.*s", HANGING, "", (int)more, from + done);
            done += more;
        }
        from += length + (from[length] == '\n');
    }
}

static unsigned explain_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (dialog_cancels(key) || key == 'i') {
        dialog_close(view);
        return REACT_REDRAW;
    }
    return dialog_scroll(dialog, key);
}

static void explain_fini(struct dialog *dialog)
{
    free(((struct explanation *)dialog)->text);
}

static const struct dialog_class explain_class = {
    .title = explain_title,
    .lines = explain_lines,
    .key = explain_key,
    .fini = explain_fini,
};

/* Without the empty lines at its end. */
static char *trimmed_take(struct buffer *text)
{
    while (text->length > 0 && text->text[text->length - 1] == '\n')
        text->text[--text->length] = '\0';
    return buffer_take(text);
}

static int columns_of(const struct view *view)
{
    int columns = view->layout != NULL ? view->layout->width - FRAME : COLUMNS_PLAIN;
    return columns > COLUMNS_MAX ? COLUMNS_MAX : columns < COLUMNS_MIN ? COLUMNS_MIN : columns;
}

unsigned dialog_explain_open(struct view *view)
{
    struct buffer text = {0};
    const struct panel_class *panel = panel_table[view->focus];
    struct explanation *explanation = mem_alloc(sizeof *explanation);
    explanation->dialog.class = &explain_class;
    explanation->columns = columns_of(view);
    if (view->refused != NULL) {
        explain_action(view, view->refused, &text);
        snprintf(explanation->title, sizeof explanation->title, "WHY: key %s",
                 bindings_text(view->refused));
    } else {
        panel->explain(view, &text);
        snprintf(explanation->title, sizeof explanation->title, "WHY: %d %s", (int)view->focus + 1,
                 panel->name);
    }
    explanation->text = trimmed_take(&text);
    return dialog_open_take(view, &explanation->dialog);
}
