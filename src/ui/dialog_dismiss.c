/* dialog_dismiss: why an apply stays though its tripwire fired. Nothing is written but the journal;
 * the apply can be rolled back later all the same: level 0, so Enter accepts. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "model/wires.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

struct dismissal {
    struct dialog dialog;
    int iteration; /* of the apply */
    char text[DELTA_NOTE_MAX];
};

static void dismiss_title(const struct dialog *dialog, char *text, size_t size)
{
    snprintf(text, size, "KEEP the apply of it %d", ((const struct dismissal *)dialog)->iteration);
}

static void dismiss_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct dismissal *dismissal = (const struct dismissal *)dialog;
    const struct wire *wire = run_wire(&view->run, dismissal->iteration);
    char what[TRIPWIRE_TEXT_MAX];
    if (wire != NULL)
        dialog_add(lines, STYLE_TEXT, "its tripwire %s fired at it %d: it is dismissed",
                   tripwire_short(&wire->what, what), wire->fired_at);
    dialog_add(lines, STYLE_BOLD, "why: %s_", dismissal->text);
    dialog_add(lines, STYLE_DIM, "Enter dismisses it; the reason stands in the journal");
}

static void dismiss_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  leave it waiting");
}

static unsigned dismiss_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct dismissal *dismissal = (struct dismissal *)dialog;
    if (key == KEYCODE_ENTER && dismissal->text[strspn(dismissal->text, " ")] == '\0') {
        view_say(view, true, "a reason is needed: it stands in the journal");
        return REACT_REDRAW;
    }
    if (key == KEYCODE_ENTER) {
        struct command command = {.kind = COMMAND_WIRE_DISMISS, .iteration = dismissal->iteration};
        memcpy(command.note, dismissal->text, sizeof command.note);
        dialog_close(view);
        return view_send(view, &command) | REACT_REDRAW;
    }
    if (key == KEYCODE_ESCAPE || key == DIALOG_KEY_CANCEL) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    return dialog_type(dismissal->text, sizeof dismissal->text, key) ? REACT_REDRAW : REACT_NONE;
}

static const struct dialog_class dismiss_class = {
    .title = dismiss_title,
    .lines = dismiss_lines,
    .buttons = dismiss_buttons,
    .key = dismiss_key,
};

unsigned dialog_dismiss_open(struct view *view, int iteration)
{
    struct dismissal *dismissal = mem_alloc(sizeof *dismissal);
    dismissal->dialog.class = &dismiss_class;
    dismissal->iteration = iteration;
    return dialog_open_take(view, &dismissal->dialog);
}
