/* dialog_report: the reports that the last gate left in the run directory, to read on the screen.
 * A file is read when it is turned to; its text is untrusted, the canvas makes it safe. UI thread.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/jsonfile.h"
#include "model/mem.h"
#include "ui/clipboard.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

static const char *const files[] = {"POST_SOAK_AUDIT.md", "RECOMMENDATIONS.md", "FAILURES.md",
                                    "DELTA_VERIFY_REPORT.md", "POST_SOAK_METRICS.prom"};
enum { FILE_COUNT = sizeof files / sizeof *files, REPORT_BYTES_MAX = 4 << 20, SIDE_STEP = 16 };

struct report {
    struct dialog dialog;
    int file;
    char *text[FILE_COUNT]; /* owned; NULL: there is no such file */
};

static void report_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct report *report = (const struct report *)dialog;
    snprintf(text, size, "%s", files[report->file]);
}

static void report_lines(const struct dialog *dialog, const struct view *view,
                         struct dialog_lines *lines)
{
    const struct report *report = (const struct report *)dialog;
    const char *from = report->text[report->file];
    (void)view;
    lines->whole = true;
    while (from != NULL && *from != '\0') {
        size_t length = strcspn(from, "\n");
        enum style style = from[0] == '#' ? STYLE_TITLE : STYLE_TEXT;
        dialog_add(lines, style, "%.*s", (int)(length < DIALOG_LINE_MAX ? length : DIALOG_LINE_MAX),
                   from);
        from += length + (from[length] == '\n');
    }
}

static void report_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Tab h l  y copy  c compare  v void");
}

/* To the next file (or, DIRECTION -1, the one before) that exists. */
static void turn(struct report *report, int direction)
{
    for (int i = 1; i <= FILE_COUNT; i++) {
        int file = (report->file + direction * i + FILE_COUNT * FILE_COUNT) % FILE_COUNT;
        if (report->text[file] != NULL) {
            report->file = file;
            report->dialog.top = report->dialog.left = 0;
            return;
        }
    }
}

static unsigned report_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct report *report = (struct report *)dialog;
    if (dialog_cancels(key) || key == 't') {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key == 'y')
        return clipboard_copy(view, view->gate ? view->gate->text : report->text[report->file]);
    if (key == 'c')
        return dialog_gate_compare_open(view);
    if (key == 'v')
        return dialog_gate_void_open(view);
    if (key == KEYCODE_TAB || key == KEYCODE_BACKTAB) {
        turn(report, key == KEYCODE_TAB ? 1 : -1);
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

static void report_fini(struct dialog *dialog)
{
    struct report *report = (struct report *)dialog;
    for (int i = 0; i < FILE_COUNT; i++)
        free(report->text[i]);
}

static const struct dialog_class report_class = {
    .title = report_title,
    .lines = report_lines,
    .buttons = report_buttons,
    .key = report_key,
    .fini = report_fini,
};

static int load(struct report *report, const struct rundir *dir)
{
    int found = 0;
    for (int i = 0; i < FILE_COUNT; i++) {
        struct error ignored = ERROR_INIT; /* a report that is not there is no fault */
        size_t length;
        report->text[i] = file_read(dir->fd, files[i], files[i], REPORT_BYTES_MAX, &length,
                                    &ignored);
        found += report->text[i] != NULL;
    }
    return found;
}

unsigned dialog_report_open(struct view *view)
{
    struct report *report = mem_alloc(sizeof *report);
    report->dialog.class = &report_class;
    report->file = FILE_COUNT - 1;
    if (view->dir == NULL || load(report, view->dir) == 0) {
        free(report);
        dialog_close(view);
        view_say(view, true, "no gate has left a report here yet: {gate} runs one");
        return REACT_REDRAW;
    }
    turn(report, 1);
    return dialog_open_take(view, &report->dialog);
}
