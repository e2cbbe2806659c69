/* dialog_reason: why a line is rejected: one key, or a text of one's own. It holds the lines that
 * it was opened for. A rejection writes nothing and can be taken back: level 0. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

static const char *const reasons[] = {"too big", "wrong direction", "against a guard"};
enum { REASON_COUNT = sizeof reasons / sizeof *reasons };

struct reason {
    struct dialog dialog;
    struct delta_targets targets;
    bool own_words;
    char text[DELTA_NOTE_MAX];
};

static void reason_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct delta_targets *targets = &((const struct reason *)dialog)->targets;
    if (targets->count == 1)
        snprintf(text, size, "REJECT %s of it %d", targets->name[0], targets->iteration);
    else
        snprintf(text, size, "REJECT %zu lines of it %d", targets->count, targets->iteration);
}

static void reason_lines(const struct dialog *dialog, const struct view *view,
                         struct dialog_lines *lines)
{
    const struct reason *reason = (const struct reason *)dialog;
    (void)view;
    for (size_t i = 0; i < reason->targets.count && reason->targets.count > 1; i++)
        dialog_add(lines, STYLE_DIM, "%s", reason->targets.name[i]);
    if (reason->own_words) {
        dialog_add(lines, STYLE_BOLD, "why: %s_", reason->text);
        dialog_add(lines, STYLE_DIM, "Enter rejects; it stands in the journal");
        return;
    }
    for (int i = 0; i < REASON_COUNT; i++)
        dialog_add(lines, STYLE_TEXT, "%d  %s", i + 1, reasons[i]);
    dialog_add(lines, STYLE_TEXT, "%d  other: in your own words", REASON_COUNT + 1);
}

static void reason_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  keep");
}

static unsigned reject(struct reason *reason, struct view *view, const char *note)
{
    struct delta_targets targets = reason->targets;
    struct command command = {
        .kind = COMMAND_DECIDE, .op = DECIDE_REJECT, .iteration = targets.iteration};
    unsigned react = REACT_REDRAW;
    command.batch = view->next_command_id + 1;
    snprintf(command.note, sizeof command.note, "%s", note);
    memset(view->marked, 0, sizeof view->marked);
    view->range_from[0] = '\0';
    dialog_close(view);
    for (size_t i = 0; i < targets.count; i++) {
        memcpy(command.name, targets.name[i], sizeof command.name);
        react |= view_send(view, &command);
    }
    return react;
}

static unsigned reason_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct reason *reason = (struct reason *)dialog;
    if (reason->own_words && key == KEYCODE_ENTER && reason->text[strspn(reason->text, " ")]) {
        char note[DELTA_NOTE_MAX];
        memcpy(note, reason->text, sizeof note);
        return reject(reason, view, note);
    }
    if (key == KEYCODE_ESCAPE || (!reason->own_words && dialog_cancels(key))) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (reason->own_words)
        return dialog_type(reason->text, sizeof reason->text, key) ? REACT_REDRAW : REACT_NONE;
    if (key >= '1' && key < '1' + REASON_COUNT)
        return reject(reason, view, reasons[key - '1']);
    if (key == '1' + REASON_COUNT) {
        reason->own_words = true;
        return REACT_REDRAW;
    }
    return REACT_NONE;
}

static const struct dialog_class reason_class = {
    .title = reason_title,
    .lines = reason_lines,
    .buttons = reason_buttons,
    .key = reason_key,
};

unsigned dialog_reason_open(struct view *view)
{
    struct reason *reason = mem_alloc(sizeof *reason);
    reason->dialog.class = &reason_class;
    reason->targets = deltas_targets(view);
    return dialog_open_take(view, &reason->dialog);
}
