/* dialog_runbook: the runbook of the rehearsal so far, to read on the screen: the path of the
 * parameters, the guards that were met, the decisions and their command lines; and the file that it
 * is written to. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "artifact/export.h"
#include "model/mem.h"
#include "ui/bindings.h"
#include "ui/dialog_file.h"
#include "ui/key.h"
#include "ui/sandbox.h"

enum { SIDE_STEP = 16 };

struct reader {
    struct dialog dialog;
    char *text; /* owned */
};

static void reader_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "SANDBOX: the runbook so far");
}

static void reader_lines(const struct dialog *dialog, const struct view *view,
                         struct dialog_lines *lines)
{
    const char *from = ((const struct reader *)dialog)->text;
    (void)view;
    lines->whole = true;
    while (*from != '\0') {
        size_t length = strcspn(from, "\n");
        enum style style = from[0] == '#' ? STYLE_TITLE : STYLE_TEXT;
        dialog_add(lines, style, "%.*s", (int)(length < DIALOG_LINE_MAX ? length : DIALOG_LINE_MAX),
                   from);
        from += length + (from[length] == '\n');
    }
}

static void reader_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    snprintf(buttons->confirm, sizeof buttons->confirm, "%s  export  h l  sideways",
             bindings_key("export"));
}

static unsigned reader_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (bindings_has(action_find("export"), key))
        return dialog_runbook_export_open(view);
    if (dialog_cancels(key) || bindings_has(action_find("report"), key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key == KEYCODE_LEFT || key == 'h')
        dialog->left = dialog->left > SIDE_STEP ? dialog->left - SIDE_STEP : 0;
    else if ((key == KEYCODE_RIGHT || key == 'l') && dialog->left < DIALOG_LINE_MAX - SIDE_STEP)
        dialog->left += SIDE_STEP;
    else
        return dialog_scroll(dialog, key);
    return REACT_REDRAW;
}

static void reader_fini(struct dialog *dialog)
{
    free(((struct reader *)dialog)->text);
}

static const struct dialog_class reader_class = {
    .title = reader_title,
    .lines = reader_lines,
    .buttons = reader_buttons,
    .key = reader_key,
    .fini = reader_fini,
};

unsigned dialog_runbook_open(struct view *view)
{
    struct reader *reader = mem_alloc(sizeof *reader);
    reader->dialog.class = &reader_class;
    reader->text = sandbox_runbook(view, false);
    return dialog_open_take(view, &reader->dialog);
}

/* The file. */

static const char *const forms[] = {"Markdown", "JSON"}, *const endings[] = {"md", "json"};

static void file_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "EXPORT the runbook");
}

static void file_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const bool json = *(const bool *)data;
    (void)view;
    dialog_add(lines, STYLE_TEXT, "format  %s  Tab",
               json ? " Markdown  [JSON]" : "[Markdown]  JSON ");
}

static void file_what(const void *data, char *text, size_t size)
{
    snprintf(text, size, "this runbook (%s)", forms[*(const bool *)data]);
}

/* The next form; the name's ending follows it. */
static void file_turn(void *data, char *path, size_t size, int by)
{
    bool *json = data;
    char *point = strrchr(path, '.');
    bool follows = point != NULL && strcasecmp(point + 1, endings[*json]) == 0;
    (void)by; /* there are two */
    *json = !*json;
    if (follows)
        snprintf(point + 1, size - (size_t)(point + 1 - path), "%s", endings[*json]);
}

static unsigned file_write(struct view *view, const void *data, const char *path)
{
    struct error err = ERROR_INIT;
    char *text = sandbox_runbook(view, *(const bool *)data);
    if (export_write(path, text, strlen(text), &err) != 0) {
        view_say(view, true, "%s", err.text);
    } else {
        sandbox_exported(view);
        view_say(view, false, "the runbook is in %s", path);
    }
    free(text);
    return REACT_REDRAW;
}

static const struct dialog_file runbook_file = {
    .title = file_title,
    .lines = file_lines,
    .what = file_what,
    .turn = file_turn,
    .write = file_write,
};

unsigned dialog_runbook_export_open(struct view *view)
{
    const bool json = false;
    char path[DIALOG_PATH_MAX], run[sizeof view->run.id];
    dialog_file_run(view, run, sizeof run);
    snprintf(path, sizeof path, "soaktop-%s-runbook-it%d.md", run, view->sandbox->rehearsal.from);
    return dialog_file_open(view, &runbook_file, &json, sizeof json, path);
}
