/* dialog_handover: where the handover note goes. The path stands there first; what would overwrite
 * a file is a question of level 1. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/export.h"
#include "artifact/handover.h"
#include "ui/dialog_file.h"

static unsigned note_write(struct view *view, const void *data, const char *path)
{
    struct error err = ERROR_INIT;
    (void)data;
    view_refresh(view);
    bool since = view->looked.back && view->since[0] != '\0';
    const struct handover handover = {.run = &view->run,
                                      .number = view_number(view),
                                      .judgement = &view->judgement,
                                      .forecast = &view->forecast,
                                      .thresholds = &view->config->thresholds,
                                      .mock_limits = view->mock_limits,
                                      .since_event = since ? view->looked.since_events : 0,
                                      .since = since ? view->since : "",
                                      .bookmarks = &view->preferences.bookmarks,
                                      .by = view->actor,
                                      .now_ms = view->now_ms};
    char *text = handover_text(&handover);
    if (export_write(path, text, strlen(text), &err) != 0)
        view_say(view, true, "%s", err.text);
    else
        view_say(view, false, "the handover note is in %s", path);
    free(text);
    return REACT_REDRAW;
}

static void note_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "HANDOVER note (Markdown)");
}

static void note_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)data;
    dialog_add(lines, STYLE_TEXT, "verdict, KPIs, open decisions, what happened, bookmarks");
    dialog_add(lines, STYLE_DIM, "%s",
               view->since[0] ? view->since : "what happened: from the start of the run");
}

static void note_what(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "this handover note");
}

static const struct dialog_file note_file = {
    .title = note_title,
    .lines = note_lines,
    .what = note_what,
    .write = note_write,
};

unsigned dialog_handover_open(struct view *view)
{
    char path[DIALOG_PATH_MAX], run[sizeof view->run.id];
    dialog_file_run(view, run, sizeof run);
    snprintf(path, sizeof path, "handover-%s-it%d.md", run, view_number(view));
    return dialog_file_open(view, &note_file, NULL, 0, path);
}
