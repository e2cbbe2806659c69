/* dialog_file: see dialog_file.h. UI thread. */
#include "config.h"

#include "ui/dialog_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/export.h"
#include "model/mem.h"
#include "ui/key.h"

struct asking {
    struct dialog dialog;
    const struct dialog_file *file;
    char path[DIALOG_PATH_MAX];
    size_t size;
    void *data; /* owned */
};

/* Handed from the dialog to the question, which copies it: the data follow the head. */
struct overwriting {
    const struct dialog_file *file;
    char path[DIALOG_PATH_MAX];
};

static const void *data_of(const struct overwriting *over)
{
    return over + 1;
}

static void over_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "OVERWRITE a file");
}

static void over_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct overwriting *over = data;
    char what[DIALOG_TITLE_MAX];
    (void)view;
    over->file->what(data_of(over), what, sizeof what);
    dialog_add(lines, STYLE_TEXT, "%s is there already", over->path);
    dialog_add(lines, STYLE_TEXT, "it is replaced whole by %s", what);
    dialog_add(lines, STYLE_WARN, "what it holds now cannot be brought back");
}

static unsigned over_accept(struct view *view, const void *data, const char *reason)
{
    const struct overwriting *over = data;
    (void)reason;
    return over->file->write(view, data_of(over), over->path);
}

static const struct confirm over_confirm = {
    .level = 1,
    .cancel = "keep the file",
    .accept_text = "overwrite",
    .title = over_title,
    .lines = over_lines,
    .accept = over_accept,
};

static void file_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct asking *asking = (const struct asking *)dialog;
    asking->file->title(asking->data, text, size);
}

static void file_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct asking *asking = (const struct asking *)dialog;
    asking->file->lines(view, asking->data, lines);
    dialog_add(lines, STYLE_BOLD, "file    %s_", asking->path);
    dialog_add(lines, STYLE_DIM, "%s",
               export_exists(asking->path) ? "it is there already: Enter asks before it overwrites"
                                           : "^U empties the line");
}

static void file_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  write the file");
}

/* Asks first if something would be lost. What the dialog holds is copied before it goes. */
static unsigned file_write(const struct asking *asking, struct view *view)
{
    size_t size = sizeof(struct overwriting) + asking->size;
    struct overwriting *over = mem_alloc(size);
    over->file = asking->file;
    memcpy(over->path, asking->path, sizeof over->path);
    memcpy(over + 1, asking->data, asking->size);
    unsigned react;
    if (export_exists(over->path)) {
        react = dialog_confirm_open(view, &over_confirm, over, size);
    } else {
        dialog_close(view);
        react = over->file->write(view, data_of(over), over->path);
    }
    free(over);
    return react;
}

static unsigned file_turn(struct asking *asking, int by)
{
    if (asking->file->turn == NULL)
        return REACT_NONE;
    asking->file->turn(asking->data, asking->path, sizeof asking->path, by);
    return REACT_REDRAW;
}

static unsigned file_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct asking *asking = (struct asking *)dialog;
    switch (key) {
    case KEYCODE_TAB:
    case KEYCODE_RIGHT:
    case KEYCODE_DOWN:
        return file_turn(asking, 1);
    case KEYCODE_BACKTAB:
    case KEYCODE_LEFT:
    case KEYCODE_UP:
        return file_turn(asking, -1);
    case KEYCODE_ENTER:
        return asking->path[0] != '\0' ? file_write(asking, view) : REACT_NONE;
    case KEYCODE_ESCAPE:
    case DIALOG_KEY_CANCEL:
        dialog_close(view);
        return REACT_REDRAW;
    default:
        return dialog_type(asking->path, sizeof asking->path, key) ? REACT_REDRAW : REACT_NONE;
    }
}

static void file_fini(struct dialog *dialog)
{
    free(((struct asking *)dialog)->data);
}

static const struct dialog_class file_class = {
    .title = file_title,
    .lines = file_lines,
    .buttons = file_buttons,
    .key = file_key,
    .fini = file_fini,
};

unsigned dialog_file_open(struct view *view, const struct dialog_file *file, const void *data,
                          size_t size, const char *path)
{
    struct asking *asking = mem_alloc(sizeof *asking);
    asking->dialog.class = &file_class;
    asking->file = file;
    asking->size = size;
    asking->data = mem_alloc(size > 0 ? size : 1);
    if (size > 0)
        memcpy(asking->data, data, size);
    snprintf(asking->path, sizeof asking->path, "%s", path);
    return dialog_open_take(view, &asking->dialog);
}

void dialog_file_run(const struct view *view, char *text, size_t size)
{
    const char *id = view->run.id[0] != '\0' ? view->run.id : "run";
    size_t length = 0;
    for (; *id != '\0' && length + 1 < size; id++) {
        bool harmless = (*id >= '0' && *id <= '9') || (*id >= 'a' && *id <= 'z') ||
                        (*id >= 'A' && *id <= 'Z');
        text[length++] = harmless ? *id : '-';
    }
    text[length] = '\0';
}
