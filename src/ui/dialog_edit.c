/* dialog_edit: a line's value, edited where it stands. Draws nothing itself: the deltas panel shows
 * the text in the line, the footer the bounds and keys. The value in the line is replaced by the
 * first digit typed; until then , and . step by the parameter's step, as the arrows always do. A
 * value out of bounds is refused with the bounds named. Enter accepts: an edit is level 0, it only
 * stages. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

struct editor {
    struct dialog dialog;
    struct dialog_edit edit;
    struct param param;
    struct delta delta; /* as it was when the edit began */
    int iteration;
    bool typed; /* TEXT was typed, so a point is a decimal point */
};

static void read_number(struct editor *editor)
{
    char *end;
    double number = strtod(editor->edit.text, &end);
    bool ok = editor->edit.text[0] != '\0' && *end == '\0';
    editor->edit.number = ok ? value_of(number) : value_missing();
}

static void set_number(struct editor *editor, double number)
{
    param_format(&editor->param, value_of(number), editor->edit.text, sizeof editor->edit.text);
    editor->edit.number = value_of(number);
    editor->typed = false;
}

/* A step up (1) or down (-1), inside the bounds. */
static unsigned step(struct editor *editor, int direction)
{
    const struct param *param = &editor->param;
    double unit = value_present(param->step) ? param->step.number : 1.0;
    double from = value_present(editor->edit.number) ? editor->edit.number.number
                                                     : editor->delta.after;
    set_number(editor, param_quantize(param, param_clamp(param, from + direction * unit)));
    return REACT_REDRAW;
}

static bool is_number_key(const struct editor *editor, unsigned key)
{
    if ((key >= '0' && key <= '9') || key == KEYCODE_BACKSPACE || key == DIALOG_KEY_CLEAR)
        return true;
    if (key == '-')
        return !editor->typed || editor->edit.text[0] == '\0';
    return key == '.' && editor->typed && !editor->param.integer &&
           strchr(editor->edit.text, '.') == NULL;
}

static unsigned type(struct editor *editor, unsigned key)
{
    if (!editor->typed && key != KEYCODE_BACKSPACE)
        editor->edit.text[0] = '\0';
    editor->typed = true;
    dialog_type(editor->edit.text, sizeof editor->edit.text, key);
    read_number(editor);
    return REACT_REDRAW;
}

static unsigned refuse(struct view *view, const char *text)
{
    view_say(view, true, "%s", text);
    return REACT_REDRAW;
}

static unsigned accept(struct editor *editor, struct view *view)
{
    struct error err = ERROR_INIT;
    struct command command = {.kind = COMMAND_DECIDE, .iteration = editor->iteration};
    if (!value_present(editor->edit.number))
        return refuse(view, "that is no number: Esc leaves the line as it was");
    double number = editor->edit.number.number;
    if (param_check(&editor->param, number, &err) != 0)
        return refuse(view, err.text);
    if (number_equal(number, editor->delta.now))
        return refuse(view, "that is the value in force: {reject} rejects the line, Esc leaves it");
    bool as_asked = number_equal(number, editor->delta.target) && deltas_open(&editor->delta) &&
                    editor->delta.state != DELTA_EDITED;
    command.op = as_asked ? DECIDE_APPROVE : DECIDE_EDIT;
    command.number = number;
    memcpy(command.name, editor->edit.param, sizeof command.name);
    dialog_close(view);
    return view_send(view, &command);
}

static unsigned edit_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct editor *editor = (struct editor *)dialog;
    if (key == KEYCODE_ENTER)
        return accept(editor, view);
    if (dialog_cancels(key)) {
        view_say(view, false, "%s stays as it was", editor->edit.param);
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (is_number_key(editor, key))
        return type(editor, key);
    if (key == '.' || key == KEYCODE_UP || key == '+')
        return step(editor, 1);
    if (key == ',' || key == KEYCODE_DOWN)
        return step(editor, -1);
    return REACT_NONE;
}

static const struct dialog_class edit_class = {.in_place = true, .key = edit_key};

unsigned dialog_edit_open(struct view *view, const char *param)
{
    struct delta *delta = proposal_find(&view->run.pending, param);
    const struct param *row = delta ? deltas_param(view, delta) : NULL;
    if (row == NULL) {
        view_say(view, true, "%s is not in the table of parameters", param);
        return REACT_REDRAW;
    }
    struct editor *editor = mem_alloc(sizeof *editor);
    editor->dialog.class = &edit_class;
    editor->param = *row;
    editor->delta = *delta;
    editor->iteration = view->run.pending.iteration;
    memcpy(editor->edit.param, delta->name, sizeof editor->edit.param);
    set_number(editor, delta->after);
    view->status[0] = '\0';
    return dialog_open_take(view, &editor->dialog);
}

const struct dialog_edit *dialog_edit_of(const struct view *view)
{
    if (view->dialog == NULL || view->dialog->class != &edit_class)
        return NULL;
    return &((const struct editor *)view->dialog)->edit;
}
