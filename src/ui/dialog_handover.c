/* dialog_handover: where the handover note goes. The path stands there first; what would overwrite
 * a file is a question of level 1. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/export.h"
#include "artifact/handover.h"
#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

enum { PATH_TEXT_MAX = 512 };

struct noter {
    struct dialog dialog;
    char path[PATH_TEXT_MAX];
};

static unsigned write_note(struct view *view, const char *path)
{
    struct error err = ERROR_INIT;
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

static void over_title(const void *data, char *text, size_t size)
{
    (void)data;
    snprintf(text, size, "OVERWRITE a handover note");
}

static void over_lines(const struct view *view, const void *data, struct dialog_lines *lines)
{
    (void)view;
    dialog_add(lines, STYLE_TEXT, "%s is there already and is replaced whole", (const char *)data);
    dialog_add(lines, STYLE_WARN, "what it holds now cannot be brought back");
}

static unsigned over_accept(struct view *view, const void *data, const char *reason)
{
    (void)reason;
    return write_note(view, data);
}

static const struct confirm over_confirm = {
    .level = 1,
    .cancel = "keep the file",
    .accept_text = "overwrite",
    .title = over_title,
    .lines = over_lines,
    .accept = over_accept,
};

static void note_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "HANDOVER note (Markdown)");
}

static void note_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct noter *noter = (const struct noter *)dialog;
    dialog_add(lines, STYLE_TEXT, "verdict, KPIs, open decisions, what happened, bookmarks");
    dialog_add(lines, STYLE_DIM, "%s",
               view->since[0] ? view->since : "what happened: from the start of the run");
    dialog_add(lines, STYLE_BOLD, "file    %s_", noter->path);
    dialog_add(lines, STYLE_DIM, "%s",
               export_exists(noter->path) ? "it is there already: Enter asks before it overwrites"
                                          : "^U empties the line");
}

static void note_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  write the file");
}

static unsigned note_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct noter *noter = (struct noter *)dialog;
    char path[PATH_TEXT_MAX];
    memcpy(path, noter->path, sizeof path);
    if (key == KEYCODE_ESCAPE || key == DIALOG_KEY_CANCEL) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (key != KEYCODE_ENTER)
        return dialog_type(noter->path, sizeof noter->path, key) ? REACT_REDRAW : REACT_NONE;
    if (path[0] == '\0')
        return REACT_NONE;
    if (export_exists(path))
        return dialog_confirm_open(view, &over_confirm, path, sizeof path);
    dialog_close(view);
    return write_note(view, path);
}

static const struct dialog_class note_class = {
    .title = note_title,
    .lines = note_lines,
    .buttons = note_buttons,
    .key = note_key,
};

unsigned dialog_handover_open(struct view *view)
{
    struct noter *noter = mem_alloc(sizeof *noter);
    noter->dialog.class = &note_class;
    snprintf(noter->path, sizeof noter->path, "handover-");
    size_t length = strlen(noter->path);
    const char *id = view->run.id[0] != '\0' ? view->run.id : "run";
    for (; *id != '\0'; id++) /* of the id only what means nothing to a path */
        noter->path[length++] = (*id >= '0' && *id <= '9') || (*id >= 'a' && *id <= 'z') ||
                                        (*id >= 'A' && *id <= 'Z')
                                    ? *id
                                    : '-';
    snprintf(noter->path + length, sizeof noter->path - length, "-it%d.md", view_number(view));
    return dialog_open_take(view, &noter->dialog);
}
