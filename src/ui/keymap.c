/* keymap: see keymap.h. UI thread. */
#include "config.h"

#include "ui/keymap.h"

#include "ui/actions.h"
#include "ui/bindings.h"
#include "ui/dialog_class.h"
#include "ui/keyname.h"

const struct action *keymap_find(enum view_mode mode, unsigned key)
{
    const struct action *elsewhere = NULL, *sharing = NULL;
    for (const struct action *action = action_table; action->name != NULL; action++) {
        if (!bindings_has(action, key))
            continue;
        if (action_exists_in(action, mode) && action->claims == NULL)
            return action;
        if (action->claims != NULL)
            sharing = action;
        else
            elsewhere = elsewhere != NULL ? elsewhere : action;
    }
    return elsewhere != NULL ? elsewhere : sharing;
}

const struct action *keymap_at(const struct view *view, unsigned key)
{
    for (const struct action *action = action_table; action->name != NULL; action++)
        if (action->claims != NULL && bindings_has(action, key) &&
            action_exists_in(action, view->mode) && action->claims(view))
            return action;
    return keymap_find(view->mode, key);
}

/* These work whatever is open: they change nothing but the terminal. Only by a Ctrl-letter that no
 * dialog knows: everything else is the dialog's. */
static bool is_global(const struct action *action, unsigned key)
{
    bool known = dialog_rows(key, 1) != 0 || dialog_cancels(key) || key == DIALOG_KEY_CLEAR;
    return key < ' ' && !known && (action->run == action_redraw || action->run == action_suspend);
}

unsigned keymap_run(struct view *view, const struct action *action)
{
    const char *why = action_why_not(action, view);
    if (why != NULL) {
        view_say(view, true, "%s: %s", action->name, why);
        view->refused = action;
        return REACT_REDRAW;
    }
    unsigned react = action->run(view); /* {explain} explains what was refused just before */
    view->refused = NULL;
    return react;
}

/* A key that could be meant for something is answered; a paste or a resize is no key. */
static unsigned say_unbound(struct view *view, unsigned key)
{
    char name[KEYNAME_MAX];
    if (!keyname_format(key, name))
        return REACT_NONE;
    view_say(view, false, "%s does nothing here; {help} lists what does", name);
    return REACT_REDRAW;
}

unsigned keymap_dispatch(struct view *view, unsigned key)
{
    const struct action *action = keymap_at(view, key);
    looked_key(view);
    if (view->dialog != NULL && (action == NULL || !is_global(action, key)))
        return dialog_key(view, key);
    return action != NULL ? keymap_run(view, action) : say_unbound(view, key);
}
