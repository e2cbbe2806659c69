/* deltas: the lines on the screen and what is selected among them. UI thread; pure. */
#include "config.h"

#include "ui/deltas.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/running.h"
#include "ui/panel_rows.h"

const struct delta *deltas_shown(const struct view *view, size_t *count)
{
    const struct iteration *iteration = view_iteration(view);
    *count = 0;
    if (view_pending(view)) {
        *count = view->run.pending.count;
        return view->run.pending.delta;
    }
    if (iteration == NULL || iteration->delta_count == 0)
        return NULL;
    *count = iteration->delta_count;
    return iteration->delta;
}

int deltas_iteration(const struct view *view)
{
    size_t count;
    deltas_shown(view, &count);
    if (count == 0)
        return 0;
    return view_pending(view) ? view->run.pending.iteration : view_number(view);
}

static int index_of(const struct delta *deltas, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(deltas[i].name, name) == 0)
            return (int)i;
    return -1;
}

bool deltas_listed(const struct view *view)
{
    const struct row_list *list = &view->list[PANEL_DELTAS];
    return list->filter[0] != '\0' || list->search[0] != '\0' || list->sort > 0 || list->inverted;
}

/* What is under the cursor of the list, and nothing that the filter hides. */
static int listed_line(const struct view *view)
{
    size_t count;
    int iteration, place = rows_selected(view, PANEL_DELTAS);
    const struct delta *deltas = deltas_shown(view, &count);
    if (place < 0)
        return -1;
    size_t row = rows_row(view, PANEL_DELTAS, (size_t)place);
    const struct delta *line = panel_deltas_row(view, row, &iteration);
    return iteration == deltas_iteration(view) ? index_of(deltas, count, line->name) : -1;
}

int deltas_selected(const struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    if (count == 0)
        return -1;
    if (deltas_listed(view))
        return listed_line(view);
    int index = index_of(deltas, count, view->selected);
    return index < 0 ? 0 : index;
}

void deltas_select(struct view *view, int index)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    if (index >= 0 && (size_t)index < count)
        memcpy(view->selected, deltas[index].name, sizeof view->selected);
}

/* Place of line NAME on the screen, from 0; -1: a filter hides it. */
static int place_of(const struct view *view, const char *name)
{
    size_t count;
    int iteration;
    const struct delta *deltas = deltas_shown(view, &count);
    if (!deltas_listed(view))
        return index_of(deltas, count, name);
    for (size_t place = 0; place < rows_count(view, PANEL_DELTAS); place++) {
        size_t row = rows_row(view, PANEL_DELTAS, place);
        const struct delta *line = panel_deltas_row(view, row, &iteration);
        if (iteration == deltas_iteration(view) && strcmp(line->name, name) == 0)
            return (int)place;
    }
    return -1;
}

bool deltas_visible(const struct view *view, const struct delta *delta)
{
    return view->list[PANEL_DELTAS].filter[0] == '\0' || place_of(view, delta->name) >= 0;
}

/* The range runs from where v was pressed to the cursor, over what is seen between them. */
static bool in_range(const struct view *view, const struct delta *delta)
{
    if (view->range_from[0] == '\0')
        return false;
    int from = place_of(view, view->range_from), here = place_of(view, delta->name);
    int to = deltas_listed(view) ? rows_selected(view, PANEL_DELTAS) : deltas_selected(view);
    if (from < 0 || to < 0 || here < 0)
        return false;
    return from <= to ? from <= here && here <= to : to <= here && here <= from;
}

bool deltas_marked(const struct view *view, const struct delta *delta)
{
    if (!view_pending(view) || !deltas_open(delta))
        return false;
    bool picked = delta->param >= 0 && delta->param < PARAM_MAX && view->marked[delta->param];
    return (picked && deltas_visible(view, delta)) || in_range(view, delta);
}

int deltas_drop_hidden(struct view *view)
{
    size_t count;
    int dropped = 0;
    const struct delta *deltas = deltas_shown(view, &count);
    for (size_t i = 0; i < count; i++) {
        int param = deltas[i].param;
        if (param < 0 || !view->marked[param] || deltas_visible(view, &deltas[i]))
            continue;
        view->marked[param] = false;
        dropped++;
    }
    if (view->range_from[0] != '\0' && place_of(view, view->range_from) < 0) {
        view->range_from[0] = '\0';
        dropped++;
    }
    return dropped;
}

bool deltas_open(const struct delta *delta)
{
    switch (delta->state) {
    case DELTA_PROPOSED:
    case DELTA_APPROVED:
    case DELTA_EDITED:
    case DELTA_HELD:
    case DELTA_REJECTED:
        return true;
    case DELTA_BLOCKED:
    case DELTA_APPLIED:
    case DELTA_VERIFIED:
    case DELTA_DECLINED:
    case DELTA_SUPERSEDED:
    case DELTA_ROLLED_BACK:
    case DELTA_DIVERGED:
    case DELTA_STATE_COUNT:
        break;
    }
    return false;
}

/* True if the apply of OWN was undone later than the moment that the screens show: in a later
 * iteration, or while the next one's proposal waited, which ran with what was applied. */
static bool undone_later(const struct run *run, const struct iteration *own, int now)
{
    if (own->rolled_back_after != now)
        return own->rolled_back_after > now;
    for (size_t i = run->event_count; i > 0 && run->event[i - 1].iteration >= now; i--) {
        const struct run_event *event = &run->event[i - 1];
        char utc[UTC_TEXT_MAX];
        utc_format(utc, event->utc_ms);
        if (event->kind == EVENT_PROPOSAL && event->iteration == now + 1)
            return strcmp(own->rolled_back_at, utc) > 0;
    }
    return false;
}

enum delta_state deltas_state(const struct view *view, const struct delta *delta, int iteration)
{
    const struct iteration *own = run_iteration(&view->run, iteration);
    const struct iteration *next = run_iteration(&view->run, iteration + 1);
    enum delta_state state = delta->state;
    int now = view_number(view);
    if (state == DELTA_ROLLED_BACK && own != NULL && undone_later(&view->run, own, now))
        state = DELTA_APPLIED;
    if (state != DELTA_APPLIED || iteration >= now || next == NULL || next->params == NULL ||
        delta->param < 0 || (size_t)delta->param >= next->param_count)
        return state;
    struct value ran_with = next->params[delta->param];
    bool same = value_present(ran_with) && number_equal(ran_with.number, delta->after);
    if (!same)
        return state;
    return running_of(&view->run, iteration + 1) == RUNNING_DIVERGED ? DELTA_DIVERGED
                                                                     : DELTA_VERIFIED;
}

static void add_target(struct delta_targets *targets, const struct delta *delta)
{
    memcpy(targets->name[targets->count++], delta->name, sizeof targets->name[0]);
}

struct delta_targets deltas_targets(const struct view *view)
{
    struct delta_targets targets = {.iteration = deltas_iteration(view)};
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    for (size_t i = 0; i < count && targets.count < PROPOSAL_DELTAS_MAX; i++)
        if (deltas_marked(view, &deltas[i]))
            add_target(&targets, &deltas[i]);
    int selected = deltas_selected(view);
    if (targets.count == 0 && selected >= 0)
        add_target(&targets, &deltas[selected]);
    return targets;
}

const struct param *deltas_param(const struct view *view, const struct delta *delta)
{
    const struct param_table *table = &view->config->params;
    if (delta->param < 0 || (size_t)delta->param >= table->count)
        return NULL;
    return &table->param[delta->param];
}

char *deltas_number(const struct view *view, const struct delta *delta, double number, char *text,
                    size_t size)
{
    const struct param *param = deltas_param(view, delta);
    if (!isfinite(number)) /* an older file does not tell */
        snprintf(text, size, "n/a");
    else if (param != NULL)
        param_format(param, value_of(number), text, size);
    else
        snprintf(text, size, "%.6g", number);
    return text;
}

char *deltas_change(const struct view *view, const struct delta *delta, char *text, size_t size)
{
    char number[32];
    double change = delta->after - delta->now;
    const char *sign = !isfinite(change) ? "" : change < 0.0 ? "-" : "+";
    snprintf(text, size, "%s%s", sign,
             deltas_number(view, delta, fabs(change), number, sizeof number));
    return text;
}
