/* dialog_sort: by which column the focused panel's rows are sorted. Enter sorts, so it is a choice
 * and no question: nothing but the view changes. UI thread. */
#include "config.h"

#include <stdio.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/panel.h"

struct sorter {
    struct dialog dialog;
    int panel;
    int chosen; /* as row_list.sort */
    bool inverted;
};

static void sort_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct sorter *sorter = (const struct sorter *)dialog;
    snprintf(text, size, "SORT %s by", panel_table[sorter->panel]->name);
}

static void sort_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct sorter *sorter = (const struct sorter *)dialog;
    const struct row_class *class = panel_table[sorter->panel]->rows;
    const struct row_list *list = &view->list[sorter->panel];
    const char *way = sorter->inverted ? "inverted" : "";
    lines->whole = true;
    lines->selected = sorter->chosen;
    dialog_add(lines, STYLE_TEXT, "%c its own order  %s", list->sort == 0 ? '*' : ' ', way);
    for (size_t i = 0; i < class->columns; i++) {
        const struct row_column *column = &class->column[i];
        way = !sorter->inverted ? (column->number ? "lowest first" : "a to z")
                                : (column->number ? "highest first" : "z to a");
        dialog_add(lines, STYLE_TEXT, "%c %-14s %s%s%s%s", list->sort == (int)i + 1 ? '*' : ' ',
                   column->name, way, column->unit ? " (" : "", column->unit ? column->unit : "",
                   column->unit ? ")" : "");
    }
}

static void sort_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave it");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  sort   I  invert");
}

static unsigned sort_by(const struct sorter *sorter, struct view *view)
{
    struct row_list *list = &view->list[sorter->panel];
    const struct row_class *class = panel_table[sorter->panel]->rows;
    list->sort = sorter->chosen;
    list->inverted = sorter->inverted;
    if (sorter->chosen > 0)
        view_say(view, false, "sorted by %s%s; {back} goes back to the panel's order",
                 class->column[sorter->chosen - 1].name, sorter->inverted ? ", inverted" : "");
    dialog_close(view);
    return REACT_REDRAW;
}

static unsigned sort_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct sorter *sorter = (struct sorter *)dialog;
    int last = (int)panel_table[sorter->panel]->rows->columns;
    if (key == KEYCODE_ENTER || key == ' ')
        return sort_by(sorter, view);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key == 'I') {
        sorter->inverted = !sorter->inverted;
        return REACT_REDRAW;
    }
    int rows = dialog_rows(key, dialog->page);
    if (rows == 0)
        return REACT_NONE;
    sorter->chosen += rows;
    sorter->chosen = sorter->chosen < 0 ? 0 : sorter->chosen > last ? last : sorter->chosen;
    return REACT_REDRAW;
}

static const struct dialog_class sort_class = {
    .title = sort_title,
    .lines = sort_lines,
    .buttons = sort_buttons,
    .key = sort_key,
};

unsigned dialog_sort_open(struct view *view)
{
    struct sorter *sorter = mem_alloc(sizeof *sorter);
    sorter->dialog.class = &sort_class;
    sorter->panel = (int)view->focus;
    sorter->chosen = view->list[sorter->panel].sort;
    sorter->inverted = view->list[sorter->panel].inverted;
    return dialog_open_take(view, &sorter->dialog);
}
