/* params: see params.h. UI thread; pure. */
#include "config.h"

#include "ui/params.h"

#include <stdio.h>
#include <string.h>

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

/* "--set" of the note "--set: tail_age_ms 600 -> 610" that the start left for PARAM. */
static bool started_by(const struct view *view, const struct param *param, char *text, size_t size)
{
    char wanted[PARAM_NAME_MAX + 4];
    snprintf(wanted, sizeof wanted, ": %s ", param->name);
    for (size_t i = view->run.event_count; i-- > 0;) {
        const struct run_event *event = &view->run.event[i];
        const char *at = event->kind == EVENT_NOTE && event->iteration == 0 && event->text != NULL
                             ? strstr(event->text, wanted)
                             : NULL;
        if (at == NULL || strstr(at, " -> ") == NULL)
            continue;
        snprintf(text, size, "%.*s", (int)(at - event->text), event->text);
        return true;
    }
    return false;
}

static void changed_by(const struct change *change, char *text, size_t size)
{
    if (change->kind != CHANGE_APPLY)
        snprintf(text, size, "%s", change_kind_name(change->kind));
    else
        snprintf(text, size, "%s", strncmp(change->by, "operator", 8) == 0 ? "operator" : "tuner");
}

char *params_origin(const struct view *view, int param, char *text, size_t size)
{
    size_t count = 0;
    const struct value *values = params_shown(view, &count);
    const struct change *change = params_change_of(view, param);
    bool set = values != NULL && (size_t)param < count && value_present(values[param]);
    if (change != NULL)
        changed_by(change, text, size);
    else if (!set)
        snprintf(text, size, "default");
    else if (!started_by(view, &view->config->params.param[param], text, size))
        snprintf(text, size, "%s", view->run.has_manifest ? "start" : "file");
    return text;
}
