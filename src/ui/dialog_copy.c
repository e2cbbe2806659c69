/* dialog_copy: what of the row under the cursor goes to the clipboard: all of it as JSON or as
 * text, a link to it, or one of its values. The row is the one that the cursor was on when the menu
 * opened. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/clipboard.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/link.h"
#include "ui/panel.h"
#include "ui/rows_export.h"

enum { WHOLE_ROWS = 3 /* lines above those of the values */ };

struct copier {
    struct dialog dialog;
    int panel;
    int chosen;
    char key[ROW_KEY_MAX];
    char link[LINK_TEXT_MAX];
    char *json, *text;           /* of the row; owned */
    size_t count;                /* of values */
    char (*value)[ROW_TEXT_MAX]; /* [count]; owned */
};

static const struct row_class *class_of(const struct copier *copier)
{
    return panel_table[copier->panel]->rows;
}

static void copy_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct copier *copier = (const struct copier *)dialog;
    snprintf(text, size, "COPY of %s: %s", panel_table[copier->panel]->name, copier->key);
}

static void copy_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct copier *copier = (const struct copier *)dialog;
    (void)view;
    lines->whole = true;
    lines->selected = copier->chosen;
    dialog_add(lines, STYLE_TEXT, "J  row as JSON     %.80s", copier->json);
    dialog_add(lines, STYLE_TEXT, "t  row as text     %.80s", copier->text);
    dialog_add(lines, STYLE_TEXT, "l  link            %.80s", copier->link);
    for (size_t i = 0; i < copier->count; i++)
        dialog_add(lines, STYLE_TEXT, "   %-15s %.80s", class_of(copier)->column[i].name,
                   copier->value[i]);
}

static void copy_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  copy the line");
}

static unsigned copy_text(struct view *view, const char *text)
{
    unsigned react = clipboard_copy(view, text);
    dialog_close(view);
    return react;
}

static unsigned copy_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct copier *copier = (struct copier *)dialog;
    int last = (int)copier->count + WHOLE_ROWS - 1, rows;
    if (key == 't' || (key == KEYCODE_ENTER && copier->chosen == 1))
        return copy_text(view, copier->text);
    if (key == 'l' || (key == KEYCODE_ENTER && copier->chosen == 2))
        return copy_text(view, copier->link);
    if (key == KEYCODE_ENTER && copier->chosen >= WHOLE_ROWS)
        return copy_text(view, copier->value[copier->chosen - WHOLE_ROWS]);
    if (key == 'J' || key == KEYCODE_ENTER)
        return copy_text(view, copier->json);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    rows = dialog_rows(key, dialog->page);
    if (rows == 0)
        return REACT_NONE;
    copier->chosen += rows;
    copier->chosen = copier->chosen < 0 ? 0 : copier->chosen > last ? last : copier->chosen;
    return REACT_REDRAW;
}

static void copy_fini(struct dialog *dialog)
{
    struct copier *copier = (struct copier *)dialog;
    free(copier->json);
    free(copier->text);
    free(copier->value);
}

/* The line that Enter copies unless another is chosen: what the panel is about. */
static int main_value(const struct row_class *class)
{
    static const char *const names[] = {"value", "after", "sees", "text", "verdict"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t column = 0; column < class->columns; column++)
            if (strcmp(class->column[column].name, names[i]) == 0)
                return WHOLE_ROWS + (int)column;
    return WHOLE_ROWS;
}

static const struct dialog_class copy_class = {
    .title = copy_title,
    .lines = copy_lines,
    .buttons = copy_buttons,
    .key = copy_key,
    .fini = copy_fini,
};

/* A line of a proposal and an iteration are moments of their own; the rest is seen from here. */
static void fill_link(struct copier *copier, const struct view *view, size_t row)
{
    const struct row_class *class = class_of(copier);
    bool own = copier->panel == PANEL_DELTAS || copier->panel == PANEL_KPIS;
    int iteration = own ? class->iteration(view, row) : view_number(view);
    link_make(copier->link, sizeof copier->link, view->run.id, iteration,
              (enum panel_id)copier->panel, copier->key);
}

unsigned dialog_copy_open(struct view *view)
{
    struct copier *copier = mem_alloc(sizeof *copier);
    int place = rows_selected(view, (int)view->focus);
    copier->dialog.class = &copy_class;
    copier->panel = (int)view->focus;
    const struct row_class *class = class_of(copier);
    size_t row = rows_row(view, copier->panel, (size_t)place);
    class->key(view, row, copier->key, sizeof copier->key);
    fill_link(copier, view, row);
    copier->json = rows_export_json(view, copier->panel, (size_t)place);
    copier->text = rows_export_text(view, copier->panel, (size_t)place);
    copier->count = class->columns;
    copier->chosen = main_value(class);
    copier->value = mem_resize(NULL, class->columns, sizeof *copier->value);
    for (size_t i = 0; i < class->columns; i++) {
        struct row_cell cell = {.number = value_missing()};
        class->cell(view, row, i, &cell);
        memcpy(copier->value[i], cell.text, sizeof cell.text);
    }
    return dialog_open_take(view, &copier->dialog);
}
