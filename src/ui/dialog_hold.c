/* dialog_hold: until when a line is held back: an iteration that is typed, or the moment at which
 * no guard holds it. It holds the lines that it was opened for. A hold writes nothing and can be
 * taken back: level 0, so Enter accepts. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/dialog_class.h"
#include "ui/key.h"

struct hold {
    struct dialog dialog;
    struct delta_targets targets;
    enum guard guard; /* that holds the one line; GUARD_NONE: none, or there are several lines */
    int clears_at;    /* 0: not known */
    char text[8];
};

static void hold_title(const struct dialog *dialog, char *text, size_t size)
{
    const struct delta_targets *targets = &((const struct hold *)dialog)->targets;
    if (targets->count == 1)
        snprintf(text, size, "HOLD %s of it %d", targets->name[0], targets->iteration);
    else
        snprintf(text, size, "HOLD %zu lines of it %d", targets->count, targets->iteration);
}

static void hold_lines(const struct dialog *dialog, const struct view *view,
                       struct dialog_lines *lines)
{
    const struct hold *hold = (const struct hold *)dialog;
    char end[32] = "";
    if (view->run.planned > 0)
        snprintf(end, sizeof end, ", at most %d", view->run.planned);
    for (size_t i = 0; i < hold->targets.count && hold->targets.count > 1; i++)
        dialog_add(lines, STYLE_DIM, "%s", hold->targets.name[i]);
    dialog_add(lines, STYLE_BOLD, "until iteration: %s_", hold->text);
    dialog_add(lines, STYLE_DIM, "type %d or more%s, then Enter", hold->targets.iteration + 1, end);
    if (hold->guard != GUARD_NONE && hold->clears_at > 0)
        dialog_add(lines, STYLE_TEXT, "g  until no guard holds it: %s clears at it %d",
                   guard_name(hold->guard), hold->clears_at);
    else if (hold->guard != GUARD_NONE)
        dialog_add(lines, STYLE_TEXT, "g  until no guard holds it: now %s does",
                   guard_name(hold->guard));
    dialog_add(lines, STYLE_DIM, "it counts as declined, and comes back as a new proposal");
}

static void hold_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  keep");
}

static unsigned send(const struct hold *hold, struct view *view, double until)
{
    const struct delta_targets targets = hold->targets;
    struct command command = {.kind = COMMAND_DECIDE,
                              .op = DECIDE_HOLD,
                              .iteration = targets.iteration,
                              .batch = view->next_command_id + 1,
                              .number = until};
    unsigned react = REACT_REDRAW;
    memset(view->marked, 0, sizeof view->marked);
    view->range_from[0] = '\0';
    dialog_close(view);
    for (size_t i = 0; i < targets.count; i++) {
        memcpy(command.name, targets.name[i], sizeof command.name);
        react |= view_send(view, &command);
    }
    return react;
}

static unsigned accept(const struct hold *hold, struct view *view)
{
    int until = (int)strtol(hold->text, NULL, 10), planned = view->run.planned;
    if (until > hold->targets.iteration && (planned <= 0 || until <= planned))
        return send(hold, view, until);
    if (until > planned && planned > 0)
        view_say(view, true, "the run ends with it %d: nothing would come back", planned);
    else
        view_say(view, true, "name an iteration after %d%s", hold->targets.iteration,
                 hold->guard != GUARD_NONE ? ", or g" : "");
    return REACT_REDRAW;
}

static unsigned hold_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct hold *hold = (struct hold *)dialog;
    bool digit = key >= '0' && key <= '9';
    if (key == KEYCODE_ENTER)
        return accept(hold, view);
    if (key == 'g' && hold->guard != GUARD_NONE)
        return send(hold, view, 0.0);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    if (!digit && key != KEYCODE_BACKSPACE && key != DIALOG_KEY_CLEAR)
        return REACT_NONE;
    return dialog_type(hold->text, sizeof hold->text, key) ? REACT_REDRAW : REACT_NONE;
}

static const struct dialog_class hold_class = {
    .title = hold_title,
    .lines = hold_lines,
    .buttons = hold_buttons,
    .key = hold_key,
};

unsigned dialog_hold_open(struct view *view)
{
    struct hold *hold = mem_alloc(sizeof *hold);
    hold->dialog.class = &hold_class;
    hold->targets = deltas_targets(view);
    const struct delta *line = proposal_find(&view->run.pending, hold->targets.name[0]);
    if (line && hold->targets.count == 1 && line->guard != GUARD_LATE) {
        hold->guard = line->guard;
        hold->clears_at = line->clears_at;
    }
    return dialog_open_take(view, &hold->dialog);
}
