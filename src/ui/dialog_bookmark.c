/* dialog_bookmark: marks the iteration shown with a note, and lists the marks of this run. What is
 * set can be undone: level 0. They are remembered in the state file. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/key.h"
#include "ui/undo.h"

struct marker {
    struct dialog dialog;
    int iteration;
    char note[BOOKMARK_NOTE_MAX];
};

struct lister {
    struct dialog dialog;
    int selected;
};

/* A bookmark as it was, for undo: HAD false, there was none. */
struct step {
    bool had;
    struct bookmark before, after;
};

static void put(struct view *view, const struct bookmark *bookmark)
{
    bookmarks_put(&view->preferences.bookmarks, bookmark);
    view->preferences.changed = true;
    preferences_save(view);
}

static unsigned step_undo(struct view *view, const void *data)
{
    const struct step *step = data;
    if (step->had) {
        put(view, &step->before);
    } else {
        bookmarks_remove(&view->preferences.bookmarks, step->after.run, step->after.iteration);
        view->preferences.changed = true;
        preferences_save(view);
    }
    return REACT_REDRAW;
}

static unsigned step_redo(struct view *view, const void *data)
{
    put(view, &((const struct step *)data)->after);
    return REACT_REDRAW;
}

static const struct undo_class step_class = {step_undo, step_redo};

/* A run without an id (the pipeline's) is known by its directory. */
static const char *run_name(const struct view *view)
{
    return view->run.id[0] != '\0' ? view->run.id : view->run.directory;
}

static void mark_title(const struct dialog *dialog, char *text, size_t size)
{
    snprintf(text, size, "BOOKMARK it %d", ((const struct marker *)dialog)->iteration);
}

static void mark_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    (void)view;
    dialog_add(lines, STYLE_BOLD, "note: %s_", ((const struct marker *)dialog)->note);
    dialog_add(lines, STYLE_DIM, "it may be empty; the mark is remembered with the run");
}

static void mark_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  mark");
}

static unsigned mark(struct marker *marker, struct view *view)
{
    char name[UNDO_NAME_MAX];
    struct step step = {
        .after = {.iteration = marker->iteration, .utc_ms = view->now_ms},
    };
    snprintf(step.after.run, sizeof step.after.run, "%.63s", run_name(view));
    memcpy(step.after.note, marker->note, sizeof step.after.note);
    const struct bookmark *before = bookmarks_find(&view->preferences.bookmarks, step.after.run,
                                                   marker->iteration);
    step.had = before != NULL;
    if (before != NULL)
        step.before = *before;
    put(view, &step.after);
    snprintf(name, sizeof name, "bookmark it %d", marker->iteration);
    undo_note(view, &step_class, name, &step, sizeof step);
    view_say(view, false, "it %d is marked; {undo} takes it back, {bookmarks} lists",
             marker->iteration);
    dialog_close(view);
    return REACT_REDRAW;
}

static unsigned mark_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct marker *marker = (struct marker *)dialog;
    if (key == KEYCODE_ENTER)
        return mark(marker, view);
    if (key == KEYCODE_ESCAPE || key == DIALOG_KEY_CANCEL) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    return dialog_type(marker->note, sizeof marker->note, key) ? REACT_REDRAW : REACT_NONE;
}

static const struct dialog_class mark_class = {
    .title = mark_title,
    .lines = mark_lines,
    .buttons = mark_buttons,
    .key = mark_key,
};

unsigned dialog_bookmark_open(struct view *view)
{
    struct marker *marker = mem_alloc(sizeof *marker);
    marker->dialog.class = &mark_class;
    marker->iteration = view_number(view);
    const struct bookmark *old = bookmarks_find(&view->preferences.bookmarks, run_name(view),
                                                marker->iteration);
    if (old != NULL)
        memcpy(marker->note, old->note, sizeof marker->note);
    return dialog_open_take(view, &marker->dialog);
}

/* The bookmark of this run at INDEX, or NULL; with INDEX -1 their number in *COUNT. */
static const struct bookmark *own(const struct view *view, int index, int *count)
{
    const struct bookmark_list *list = &view->preferences.bookmarks;
    const struct bookmark *found = NULL;
    *count = 0;
    for (size_t i = 0; i < list->count; i++)
        if (strncmp(list->item[i].run, run_name(view), BOOKMARK_RUN_MAX - 1) == 0 &&
            (*count)++ == index)
            found = &list->item[i];
    return found;
}

static void list_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "BOOKMARKS of this run");
}

static void list_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    int count;
    own(view, -1, &count);
    for (int i = 0; i < count; i++) {
        int all;
        const struct bookmark *bookmark = own(view, i, &all);
        dialog_add(lines, STYLE_TEXT, "it %-6d %s", bookmark->iteration, bookmark->note);
    }
    if (count == 0)
        dialog_add(lines, STYLE_DIM, "none yet");
    else
        lines->selected = ((const struct lister *)dialog)->selected;
}

static void list_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter  show it");
}

static unsigned list_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct lister *lister = (struct lister *)dialog;
    int count, rows = dialog_rows(key, dialog->page);
    const struct bookmark *bookmark = own(view, lister->selected, &count);
    if (key == KEYCODE_ENTER && bookmark != NULL) {
        int iteration = bookmark->iteration;
        dialog_close(view);
        return REACT_REDRAW | view_show(view, iteration);
    }
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (rows == 0 || count == 0)
        return REACT_NONE;
    long row = (long)lister->selected + rows;
    lister->selected = row < 0 ? 0 : row >= count ? count - 1 : (int)row;
    return REACT_REDRAW;
}

static const struct dialog_class list_class = {
    .title = list_title,
    .lines = list_lines,
    .buttons = list_buttons,
    .key = list_key,
};

unsigned dialog_bookmarks_open(struct view *view)
{
    struct lister *lister = mem_alloc(sizeof *lister);
    lister->dialog.class = &list_class;
    return dialog_open_take(view, &lister->dialog);
}
