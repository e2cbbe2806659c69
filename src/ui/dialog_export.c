/* dialog_export: writes the focused panel's visible rows, or the screen, to a file of the
 * operator's choosing; the default name lies in the current directory. What would overwrite a file
 * is a question of level 1. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/mem.h"
#include "ui/canvas_ansi.h"
#include "ui/compose.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/panel.h"
#include "ui/rows_export.h"

enum { PATH_TEXT_MAX = 512, SCREEN_FORMATS = 2, SCREEN_WIDTH = 80, SCREEN_HEIGHT = 24 };

struct job {
    bool screen; /* else the rows of PANEL */
    int panel;
    int format; /* enum export_format; of a screen: 0 text, 1 ANSI */
    char path[PATH_TEXT_MAX];
};

struct exporter {
    struct dialog dialog;
    struct job job;
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

static unsigned write_file(struct view *view, const struct job *job)
{
    struct error err = ERROR_INIT;
    size_t length = 0;
    char *text = job->screen
                     ? screen_text(view, job->format == 1, &length)
                     : rows_export(view, job->panel, (enum export_format)job->format, &length);
    if (export_write(job->path, text, length, &err) != 0)
        view_say(view, true, "%s", err.text);
    else if (job->screen)
        view_say(view, false, "the screen is in %s", job->path);
    else
        view_say(view, false, "%zu rows are in %s", rows_count(view, job->panel), job->path);
    free(text);
    return REACT_REDRAW;
}

/* The question before a file is overwritten. */

static void over_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "OVERWRITE a file");
}

static void over_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    const struct job *job = data;
    (void)view;
    dialog_add(lines, STYLE_TEXT, "%s is there already", job->path);
    dialog_add(lines, STYLE_TEXT, "it is replaced whole by %s (%s)",
               job->screen ? "this screen" : "the visible rows", name_of(job, job->format));
    dialog_add(lines, STYLE_WARN, "what it holds now cannot be brought back");
}

static unsigned over_accept(struct view *view, const void *data, const char *reason)
{
    (void)reason;
    return write_file(view, data);
}

static const struct confirm over_confirm = {
    .level = 1,
    .cancel = "keep the file",
    .accept_text = "overwrite",
    .title = over_title,
    .lines = over_lines,
    .accept = over_accept,
};

static void export_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct job *job = &((const struct exporter *)dialog)->job;
    snprintf(text, size, "%s %s", job->screen ? "SAVE" : "EXPORT",
             job->screen ? "the screen" : panel_table[job->panel]->name);
}

static void export_lines(const struct dialog *dialog, const struct view *view,
                         struct dialog_lines *lines)
{
    const struct job *job = &((const struct exporter *)dialog)->job;
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
    dialog_add(lines, STYLE_BOLD, "file    %s_", job->path);
    dialog_add(lines, STYLE_DIM, "%s",
               export_exists(job->path) ? "it is there already: Enter asks before it overwrites"
                                        : "^U empties the line");
}

static void export_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  write the file");
}

/* The next format; the name's ending follows it. */
static void turn_format(struct job *job, int by)
{
    char *point = strrchr(job->path, '.');
    bool follows = point != NULL && strcasecmp(point + 1, extension_of(job)) == 0;
    job->format = (job->format + by + formats_of(job)) % formats_of(job);
    if (follows)
        snprintf(point + 1, sizeof job->path - (size_t)(point + 1 - job->path), "%s",
                 extension_of(job));
}

static unsigned export_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct job *job = &((struct exporter *)dialog)->job;
    struct job copy = *job;
    switch (key) {
    case KEYCODE_TAB:
    case KEYCODE_RIGHT:
    case KEYCODE_DOWN:
        turn_format(job, 1);
        return REACT_REDRAW;
    case KEYCODE_BACKTAB:
    case KEYCODE_LEFT:
    case KEYCODE_UP:
        turn_format(job, -1);
        return REACT_REDRAW;
    case KEYCODE_ENTER:
        if (export_exists(job->path))
            return dialog_confirm_open(view, &over_confirm, &copy, sizeof copy);
        dialog_close(view);
        return write_file(view, &copy);
    case KEYCODE_ESCAPE:
    case 3: /* ^C */
        dialog_close(view);
        return REACT_REDRAW;
    default:
        return dialog_type(job->path, sizeof job->path, key) ? REACT_REDRAW : REACT_NONE;
    }
}

static const struct dialog_class export_class = {
    .title = export_title,
    .lines = export_lines,
    .buttons = export_buttons,
    .key = export_key,
};

/* "soaktop-RUN-kpis.csv" in the current directory; of the run's id only what is harmless. */
static void default_path(const struct view *view, struct job *job)
{
    char run[sizeof view->run.id] = "run", what[32];
    size_t length = 0;
    for (const char *at = view->run.id; *at != '\0'; at++)
        run[length++] = (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') ||
                                (*at >= 'A' && *at <= 'Z')
                            ? *at
                            : '-';
    run[length > 0 ? length : strlen(run)] = '\0';
    snprintf(what, sizeof what, "%s", job->screen ? "screen" : panel_table[job->panel]->name);
    for (char *at = what; *at != '\0'; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 'a' - 'A') : *at;
    snprintf(job->path, sizeof job->path, "soaktop-%s-%s.%s", run, what, extension_of(job));
}

unsigned dialog_export_open(struct view *view, bool screen)
{
    struct exporter *exporter = mem_alloc(sizeof *exporter);
    exporter->dialog.class = &export_class;
    exporter->job.screen = screen;
    exporter->job.panel = (int)view->focus;
    default_path(view, &exporter->job);
    return dialog_open_take(view, &exporter->dialog);
}
