/* dialog_pick: which run to open or to compare with: a path as typed, completed by Tab, or one of
 * the list below it. It writes nothing: level 0. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "artifact/path_complete.h"
#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/run_rows.h"

struct pick {
    struct dialog dialog;
    enum read_purpose purpose;
    char text[512];        /* the path as typed; "": the selected run is meant */
    char selected[512];    /* path of the run under the cursor */
    char completions[160]; /* that Tab found, if it could not decide */
};

static const struct run_list *list_of(const struct view *view)
{
    return &view->runs.list;
}

/* The row under the cursor; at first the newest that is not shown itself. */
static int selected_row(const struct pick *pick, const struct view *view)
{
    const struct run_list *list = list_of(view);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->entry[i].path, pick->selected) == 0)
            return (int)i;
    for (size_t i = 0; i < list->count; i++)
        if (!runs_is_shown(view, &list->entry[i]))
            return (int)i;
    return list->count > 0 ? 0 : -1;
}

static void pick_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct pick *pick = (const struct pick *)dialog;
    snprintf(text, size, "%s",
             pick->purpose == READ_TO_SHOW ? "OPEN a run as a replay" : "COMPARE with a run");
}

static void pick_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct pick *pick = (const struct pick *)dialog;
    const struct run_list *list = list_of(view);
    char text[DIALOG_LINE_MAX];
    lines->whole = true;
    dialog_add(lines, STYLE_BOLD, "path: %s_", pick->text);
    if (pick->completions[0] != '\0')
        dialog_add(lines, STYLE_DIM, "  %s", pick->completions);
    if (pick->purpose == READ_TO_SHOW && view->mode != VIEW_REPLAY)
        dialog_add(lines, STYLE_DIM, "the live run goes on underneath; q or 0 goes back to it");
    run_rows_line(view, NULL, text, sizeof text);
    dialog_add(lines, STYLE_DIM, "%s", text);
    int first = (int)lines->count;
    for (size_t i = 0; i < list->count; i++) {
        run_rows_line(view, &list->entry[i], text, sizeof text);
        dialog_add(lines, list->entry[i].fault[0] ? STYLE_ALERT : STYLE_TEXT, "%s", text);
    }
    if (list->count == 0)
        dialog_add(lines, STYLE_DIM, "%s",
                   view->runs.list_fault[0] ? view->runs.list_fault : "listing the runs ...");
    else if (pick->text[0] == '\0')
        lines->selected = first + selected_row(pick, view);
}

static void pick_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    const struct pick *pick = (const struct pick *)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  cancel");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  %s",
             pick->purpose == READ_TO_SHOW ? "open" : "compare");
}

static unsigned move(struct pick *pick, const struct view *view, int rows)
{
    const struct run_list *list = list_of(view);
    long row = (long)selected_row(pick, view) + rows;
    if (list->count == 0)
        return REACT_NONE;
    row = row < 0 ? 0 : row >= (long)list->count ? (long)list->count - 1 : row;
    memcpy(pick->selected, list->entry[row].path, sizeof pick->selected);
    pick->text[0] = '\0';
    return REACT_REDRAW;
}

static unsigned accept(struct pick *pick, struct view *view)
{
    char path[sizeof pick->text];
    enum read_purpose purpose = pick->purpose;
    int row = selected_row(pick, view);
    if (pick->text[0] == '\0' && row < 0)
        return REACT_NONE;
    memcpy(path, pick->text[0] ? pick->text : list_of(view)->entry[row].path, sizeof path);
    dialog_close(view);
    return runs_read(view, path, purpose);
}

static unsigned pick_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct pick *pick = (struct pick *)dialog;
    bool empty = pick->text[0] == '\0';
    int rows = key < 0x110000 ? 0 : dialog_rows(key, dialog->page);
    pick->completions[0] = '\0';
    if (key == KEYCODE_ESCAPE || key == DIALOG_KEY_CANCEL) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key == KEYCODE_ENTER)
        return accept(pick, view);
    if (key == KEYCODE_TAB) {
        path_complete(pick->text, sizeof pick->text, pick->completions, sizeof pick->completions);
        return REACT_REDRAW;
    }
    if (empty && (key == 'j' || key == 'k'))
        rows = key == 'j' ? 1 : -1;
    if (rows != 0)
        return move(pick, view, rows);
    return dialog_type(pick->text, sizeof pick->text, key) ? REACT_REDRAW : REACT_NONE;
}

static const struct dialog_class pick_class = {
    .title = pick_title,
    .lines = pick_lines,
    .buttons = pick_buttons,
    .key = pick_key,
};

unsigned dialog_pick_open(struct view *view, enum read_purpose purpose, const char *path)
{
    struct pick *pick = mem_alloc(sizeof *pick);
    pick->dialog.class = &pick_class;
    pick->purpose = purpose;
    snprintf(pick->selected, sizeof pick->selected, "%s", path);
    return dialog_open_take(view, &pick->dialog);
}
