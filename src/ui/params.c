/* params: see params.h. UI thread; pure. */
#include "config.h"

#include "ui/params.h"

bool params_shows_now(const struct view *view)
{
    return view->run.count == 0 ||
           (view_number(view) == (int)view->run.count && view->mode != VIEW_FROZEN);
}

const struct value *params_shown(const struct view *view, size_t *count)
{
    const struct iteration *iteration = view_iteration(view);
    if (params_shows_now(view) || !iteration) {
        *count = view->run.param_count;
        return view->run.params;
    }
    *count = iteration->param_count;
    return iteration->params;
}

const struct change *params_change_of(const struct view *view, int param)
{
    bool newest = params_shows_now(view);
    for (size_t i = view->run.change_count; i-- > 0;) {
        const struct change *change = &view->run.change[i];
        if (!newest && change->after_iteration >= view_number(view))
            continue;
        if (change_moves(change, param))
            return change;
    }
    return NULL;
}
