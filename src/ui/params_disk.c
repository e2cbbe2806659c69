/* params_disk: runtime_overrides.json as it is now, beside what is in force. UI thread. */
#include "config.h"

#include "ui/params.h"

#include <stdio.h>
#include <string.h>

enum { LOOK_EVERY_MS = 1000 };

void params_disk_look(struct view *view)
{
    bool looked = view->disk_looked_ms > 0;
    if (looked && (view_recorded(view) || view->mono_ms - view->disk_looked_ms < LOOK_EVERY_MS))
        return;
    view->disk_looked_ms = view->mono_ms > 0 ? view->mono_ms : 1;
    disk_lens_look(&view->disk, view->dir, &view->config->params);
}

bool params_disk_differs(const struct view *view, int param, struct value *disk)
{
    *disk = value_missing();
    if (view->mode == VIEW_SANDBOX || view->disk.state != DISK_LENS_READ ||
        !params_shows_now(view) || view->run.params == NULL || param < 0 ||
        (size_t)param >= view->run.param_count ||
        strcmp(view->disk.hash, view->run.params_hash) == 0)
        return false;
    struct value now = view->run.params[param];
    *disk = view->disk.value[param];
    return value_present(now) != value_present(*disk) ||
           (value_present(now) && !number_equal(now.number, disk->number));
}

static void note(char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX], size_t *count, const char *text)
{
    if (*count < PARAMS_NOTES_MAX)
        snprintf(notes[*count], PARAMS_NOTE_MAX, "! %s", text);
    ++*count;
}

static void note_copies(const struct view *view, char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX],
                        size_t *count)
{
    const struct disk_lens *lens = &view->disk;
    for (size_t i = 0; i < lens->copy_count && i < DISK_LENS_LIST_MAX; i++) {
        const struct disk_copy *copy = &lens->copy[i];
        const struct param *param = &view->config->params.param[copy->param];
        bool flat = strcmp(copy->path, param->name) == 0;
        char number[32], text[PARAMS_NOTE_MAX - 2];
        param_format(param, copy->value, number, sizeof number);
        snprintf(text, sizeof text, "%s also %s%s = %s", param->name,
                 flat ? "as a flat key" : "at ", flat ? "" : copy->path, number);
        note(notes, count, text);
    }
}

size_t params_disk_notes(const struct view *view, char notes[PARAMS_NOTES_MAX][PARAMS_NOTE_MAX])
{
    const struct disk_lens *lens = &view->disk;
    size_t count = 0;
    char text[PARAMS_NOTE_MAX - 2];
    if (!params_shows_now(view))
        return 0;
    if (lens->state == DISK_LENS_MISSING)
        note(notes, &count, "runtime_overrides.json is gone");
    if (lens->state == DISK_LENS_UNREADABLE) {
        snprintf(text, sizeof text, "%.190s", lens->error.text);
        note(notes, &count, text);
    }
    if (lens->state != DISK_LENS_READ)
        return count;
    note_copies(view, notes, &count);
    for (size_t i = 0; i < lens->unknown_count && i < DISK_LENS_LIST_MAX; i++) {
        snprintf(text, sizeof text, "unknown key %s", lens->unknown[i]);
        note(notes, &count, text);
    }
    return count;
}
