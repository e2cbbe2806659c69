/* dialog_export: writes the focused panel's visible rows, or the screen, to a file of the
 * operator's choosing; the default name lies in the current directory. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ui/canvas_ansi.h"
#include "ui/compose.h"
#include "ui/dialog_file.h"
#include "ui/panel.h"
#include "ui/rows_export.h"

enum { SCREEN_FORMATS = 2, SCREEN_WIDTH = 80, SCREEN_HEIGHT = 24 };

struct job {
    bool screen; /* else the rows of PANEL */
    int panel;
    int format; /* enum export_format; of a screen: 0 text, 1 ANSI */
};

static const char *const screen_names[SCREEN_FORMATS] = {"text", "ANSI (colours)"};
static const char *const screen_extensions[SCREEN_FORMATS] = {"txt", "ansi"};

static int formats_of(const struct job *job)
{
    return job->screen ? SCREEN_FORMATS : EXPORT_FORMATS;
}

static const char *name_of(const struct job *job, int format)
{
    return job->screen ? screen_names[format] : export_names[format];
}

static const char *extension_of(const struct job *job)
{
    return job->screen ? screen_extensions[job->format] : export_extensions[job->format];
}

/* The screen as it is without the dialog. */
static char *screen_text(struct view *view, bool ansi, size_t *length)
{
    struct dialog *dialog = view->dialog;
    struct canvas canvas;
    int width = view->layout != NULL ? view->layout->width : SCREEN_WIDTH;
    int height = view->layout != NULL ? view->layout->height : SCREEN_HEIGHT;
    int border = 2 * compose_border(view, width + 2, height + 2);
    width += border;
    height += border;
    view->dialog = NULL;
    canvas_init(&canvas, width, height, view->charset);
    compose_draw(view, &canvas);
    view->dialog = dialog;
    char *text = ansi ? canvas_ansi_dump(&canvas, &view->preferences.theme,
                                         theme_depth(256, getenv("NO_COLOR")))
                      : canvas_dump(&canvas);
    canvas_fini(&canvas);
    *length = strlen(text);
    return text;
}

static unsigned export_file_write(struct view *view, const void *data, const char *path)
{
    const struct job *job = data;
    struct error err = ERROR_INIT;
    size_t length = 0;
    char *text = job->screen
                     ? screen_text(view, job->format == 1, &length)
                     : rows_export(view, job->panel, (enum export_format)job->format, &length);
    if (export_write(path, text, length, &err) != 0)
        view_say(view, true, "%s", err.text);
    else if (job->screen)
        view_say(view, false, "the screen is in %s", path);
    else
        view_say(view, false, "%zu rows are in %s", rows_count(view, job->panel), path);
    free(text);
    return REACT_REDRAW;
}

static void export_title(const void *data, char *text, size_t size)
{
    const struct job *job = data;
    snprintf(text, size, "%s %s", job->screen ? "SAVE" : "EXPORT",
             job->screen ? "the screen" : panel_table[job->panel]->name);
}

static void export_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct job *job = data;
    char text[DIALOG_LINE_MAX] = "";
    for (int format = 0; format < formats_of(job); format++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, format == job->format ? " [%s]" : "  %s ",
                 name_of(job, format));
    }
    if (!job->screen)
        dialog_add(lines, STYLE_TEXT, "rows    %zu of %zu, as filtered and sorted",
                   rows_count(view, job->panel), rows_total(view, job->panel));
    dialog_add(lines, STYLE_TEXT, "format %s  Tab", text);
}

static void export_what(const void *data, char *text, size_t size)
{
    const struct job *job = data;
    snprintf(text, size, "%s (%s)", job->screen ? "this screen" : "the visible rows",
             name_of(job, job->format));
}

/* The name's ending follows the format. */
static void export_turn(void *data, char *path, size_t size, int by)
{
    struct job *job = data;
    char *point = strrchr(path, '.');
    bool follows = point != NULL && strcasecmp(point + 1, extension_of(job)) == 0;
    job->format = (job->format + by + formats_of(job)) % formats_of(job);
    if (follows)
        snprintf(point + 1, size - (size_t)(point + 1 - path), "%s", extension_of(job));
}

static const struct dialog_file export_file = {
    .title = export_title,
    .lines = export_lines,
    .what = export_what,
    .turn = export_turn,
    .write = export_file_write,
};

/* "soaktop-RUN-kpis.csv" is offered. */
unsigned dialog_export_open(struct view *view, bool screen)
{
    const struct job job = {.screen = screen, .panel = (int)view->focus};
    if (!screen && view->mode == VIEW_SANDBOX)
        return dialog_runbook_export_open(view);
    char path[DIALOG_PATH_MAX], run[sizeof view->run.id], what[32];
    dialog_file_run(view, run, sizeof run);
    snprintf(what, sizeof what, "%s", screen ? "screen" : panel_table[job.panel]->name);
    for (char *at = what; *at != '\0'; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 'a' - 'A') : *at;
    snprintf(path, sizeof path, "soaktop-%s-%s.%s", run, what, extension_of(&job));
    return dialog_file_open(view, &export_file, &job, sizeof job, path);
}
