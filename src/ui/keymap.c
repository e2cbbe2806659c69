/* keymap: see keymap.h. UI thread. */
#include "config.h"

#include "ui/keymap.h"

#include "ui/actions.h"
#include "ui/dialog.h"

const struct action *keymap_find(unsigned key)
{
    for (const struct action *action = action_table; key != 0 && action->name != NULL; action++)
        for (size_t i = 0; i < sizeof action->key / sizeof *action->key; i++)
            if (action->key[i] == key)
                return action;
    return NULL;
}

/* These work whatever is open: they change nothing but the terminal. */
static bool is_global(const struct action *action)
{
    return action->run == action_redraw || action->run == action_suspend;
}

unsigned keymap_dispatch(struct view *view, unsigned key)
{
    const struct action *action = keymap_find(key);
    if (view->dialog != NULL && (action == NULL || !is_global(action)))
        return dialog_key(view, key);
    if (action == NULL)
        return REACT_NONE;
    const char *why = action_why_not(action, view);
    if (why != NULL) {
        view_say(view, true, "%s: %s", action->name, why);
        view->refused = action;
        return REACT_REDRAW;
    }
    unsigned react = action->run(view); /* i explains what was refused just before */
    view->refused = NULL;
    return react;
}
