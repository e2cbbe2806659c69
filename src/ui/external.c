/* external: see external.h. The reply and the change come in either order: from the engine the
 * change first, from another process's journal perhaps later. */
#include "config.h"

#include "ui/external.h"

#include "ui/actions.h"
#include "ui/bindings.h"
#include "ui/dialog.h"
#include "ui/params.h"

const struct change *external_change(const struct run *run, size_t number)
{
    size_t seen = 0;
    for (size_t i = 0; number > 0 && i < run->change_count; i++)
        if (run->change[i].kind == CHANGE_EXTERNAL && ++seen == number)
            return &run->change[i];
    return NULL;
}

size_t external_shown(const struct view *view)
{
    const struct run *run = &view->run;
    bool now = view->mode == VIEW_LIVE || view->at == 0;
    size_t number = 0;
    for (size_t i = 0; i < run->change_count; i++)
        number += run->change[i].kind == CHANGE_EXTERNAL &&
                  (now || run->change[i].after_iteration <= view_number(view));
    return number;
}

size_t external_of_event(const struct run *run, size_t place)
{
    size_t number = 0;
    if (place >= run->event_count || run->event[place].kind != EVENT_EXTERNAL_CHANGE)
        return 0;
    for (size_t i = 0; i <= place; i++)
        number += run->event[i].kind == EVENT_EXTERNAL_CHANGE;
    return number;
}

void external_await(struct view *view, size_t known)
{
    view->external = (struct external_wait){.id = view->next_command_id, .known = known};
}

static bool is_unreadable(const struct view *view)
{
    return view->disk.state == DISK_LENS_MISSING || view->disk.state == DISK_LENS_UNREADABLE;
}

/* The same, looked at now. */
static bool unreadable(struct view *view)
{
    view->disk_looked_ms = 0;
    params_disk_look(view);
    return is_unreadable(view);
}

static unsigned open_if_newer(struct view *view)
{
    struct external_wait *wait = &view->external;
    size_t count = run_external_count(&view->run);
    if (!wait->refused || (count <= wait->known && !unreadable(view)))
        return REACT_NONE;
    size_t number = count > wait->known ? count : 0;
    *wait = (struct external_wait){0};
    if (view->dialog != NULL) { /* opened meanwhile: it is not taken away */
        view_say(view, true,
                 "refused: another process changed the parameters; {external} shows it");
        return REACT_REDRAW;
    }
    return dialog_external_open(view, number);
}

/* The engine notes it when the file cannot be read, and when it can again. */
static unsigned hear_note(struct view *view)
{
    enum disk_lens_state before = view->disk.state;
    if (view->mode == VIEW_REPLAY || !unreadable(view) || view->disk.state == before)
        return REACT_NONE;
    return alerts_raise(view, ALERT_EXTERNAL, (int)view->run.count,
                        "runtime_overrides.json %s; nothing is written; %s says more",
                        view->disk.state == DISK_LENS_MISSING ? "is gone" : "cannot be read",
                        bindings_expanded("{external}"));
}

unsigned external_hear(struct view *view, const struct message *message)
{
    struct external_wait *wait = &view->external;
    if (message->kind == MESSAGE_EVENT)
        return message->event == EVENT_NOTE ? hear_note(view) : REACT_NONE;
    if (wait->id == 0)
        return REACT_NONE;
    if (message->kind == MESSAGE_REPLY && message->command_id == wait->id) {
        wait->refused = !message->ok;
        if (message->ok)
            *wait = (struct external_wait){0};
    }
    return open_if_newer(view);
}

const char *why_no_external(const struct view *view)
{
    if (external_shown(view) > 0 || (is_unreadable(view) && params_shows_now(view)))
        return NULL;
    return "no other process has changed the parameters so far";
}

unsigned action_external(struct view *view)
{
    bool now = is_unreadable(view) && params_shows_now(view);
    return dialog_external_open(view, now ? 0 : external_shown(view));
}
