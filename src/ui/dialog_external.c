/* dialog_external: what another process did to runtime_overrides.json: what the journal expected
 * there, what was found, what the staged lines would have written. It opens by itself after an
 * apply or a rollback that was refused because of it. Nothing is decided here. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/difference_lines.h"
#include "ui/external.h"
#include "ui/params.h"

struct external {
    struct dialog dialog;
    size_t number; /* of the external changes, from 1; 0: the file that cannot be read */
};

static const struct external *external_of(const struct dialog *dialog)
{
    return (const struct external *)dialog;
}

static void external_title(const struct dialog *dialog, char *text, size_t size)
{
    size_t number = external_of(dialog)->number;
    if (number == 0)
        snprintf(text, size, "runtime_overrides.json CANNOT BE READ");
    else
        snprintf(text, size, "CHANGED ON DISK by another process");
}

static void add_text(struct dialog_lines *lines, const char *text)
{
    for (const char *from = text; *from != '\0';) {
        size_t length = strcspn(from, "\n");
        bool conflict = length > 8 && strncmp(from + length - 8, "CONFLICT", 8) == 0;
        dialog_add(lines,
                   from == text ? STYLE_TITLE
                   : conflict   ? STYLE_ALERT
                                : STYLE_TEXT,
                   "%.*s", (int)(length < DIALOG_LINE_MAX ? length : DIALOG_LINE_MAX), from);
        from += length + (from[length] == '\n');
    }
}

/* What was made of it, and what the operator can do. */
static void add_sequel(const struct view *view, const struct change *change,
                       struct dialog_lines *lines)
{
    const struct run *run = &view->run;
    size_t conflicts = change->difference ? difference_conflicts(change->difference) : 0;
    size_t staged = run->has_pending ? proposal_staged(&run->pending) : 0;
    bool newest = run_newest_external(run) == change;
    dialog_add(lines, STYLE_TEXT,
               "nothing was written over it: what is on disk is in force since then");
    if (conflicts > 0)
        dialog_add(lines, STYLE_TEXT,
                   "CONFLICT: the disk and the staged line had different values for it");
    if (newest && staged > 0)
        dialog_add(lines, STYLE_TEXT,
                   "%zu line%s staged again, on this base: look, then {apply} applies", staged,
                   staged == 1 ? " is" : "s are");
    dialog_add(lines, STYLE_TEXT, "to go back: {rollback}, to the parameters of an iteration");
}

static void add_change(const struct view *view, const struct change *change,
                       struct dialog_lines *lines)
{
    char utc[UTC_TEXT_MAX];
    struct buffer text = {0};
    utc_format(utc, change->utc_ms);
    dialog_add(lines, STYLE_TEXT, "soak/runtime_overrides.json  after it %d  %s",
               change->after_iteration, change->utc_ms == UTC_NONE ? "" : utc);
    dialog_add(lines, STYLE_TEXT, "the journal expected %.12s, the disk had %.12s",
               change->hash_before, change->hash_after);
    difference_lines(change, &view->config->params, &text);
    add_text(lines, text.text);
    buffer_fini(&text);
    add_sequel(view, change, lines);
}

static void add_unreadable(const struct view *view, struct dialog_lines *lines)
{
    const struct run *run = &view->run;
    bool missing = view->disk.state == DISK_LENS_MISSING;
    if (missing)
        dialog_add(lines, STYLE_ALERT, "soak/runtime_overrides.json is gone");
    else
        dialog_add(lines, STYLE_ALERT, "%s", view->disk.error.text);
    dialog_add(lines, STYLE_TEXT,
               "the journal expects %.12s there. Nothing is written, staged lines stay staged and "
               "the soak goes on",
               run->params_hash);
    dialog_add(lines, STYLE_TEXT,
               "%s the file; it is noticed at once. The object in force stands as "
               "runtime_overrides in ITER_SUMMARY_%d.json, if nothing was applied since",
               missing ? "put back" : "repair or replace", (int)run->count);
}

static void external_lines(const struct dialog *dialog, const struct view *view,
                           struct dialog_lines *lines)
{
    const struct external *external = external_of(dialog);
    const struct change *change = external_change(&view->run, external->number);
    lines->whole = external->number > 0;
    if (change != NULL)
        add_change(view, change, lines);
    else if (view->disk.state == DISK_LENS_READ)
        dialog_add(lines, STYLE_TEXT, "runtime_overrides.json can be read again");
    else
        add_unreadable(view, lines);
}

static unsigned external_key(struct dialog *dialog, struct view *view, unsigned key)
{
    if (!dialog_cancels(key))
        return dialog_scroll(dialog, key);
    dialog_close(view);
    return REACT_REDRAW;
}

static const struct dialog_class external_class = {
    .title = external_title,
    .lines = external_lines,
    .key = external_key,
};

unsigned dialog_external_open(struct view *view, size_t number)
{
    struct external *external = mem_alloc(sizeof *external);
    external->dialog.class = &external_class;
    external->number = number;
    return dialog_open_take(view, &external->dialog);
}
