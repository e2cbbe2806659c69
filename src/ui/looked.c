/* looked: see looked.h. UI thread. A replay, and a run opened on top of a live one, tell nothing.
 */
#include "config.h"

#include "ui/looked.h"

#include <stdio.h>

#include "ui/duration.h"
#include "ui/layout.h"
#include "ui/view.h"

enum { ROOMY = 160 };

static bool is_live(const struct view *view)
{
    return !view_recorded(view) && view->runs.under == NULL;
}

static int recorded(const struct view *view)
{
    return (int)view->run.count - (view->provisional > 0);
}

static bool is_away(const struct view *view)
{
    const struct looked *looked = &view->looked;
    return looked->key_ms > 0 && view->mono_ms - looked->key_ms >= LOOKED_AWAY_MS;
}

static int events_of(const struct view *view, size_t from, enum event_kind kind)
{
    int count = 0;
    for (size_t i = from; i < view->run.event_count; i++)
        count += view->run.event[i].kind == kind;
    return count;
}

static void print(struct view *view, int64_t ms, int count, size_t events)
{
    char past[DURATION_TEXT_MAX], *text = view->since;
    size_t size = sizeof view->since;
    static const struct {
        enum event_kind kind;
        const char *word;
    } told[] = {{EVENT_APPLY, "applied"},
                {EVENT_ROLLBACK, "rolled back"},
                {EVENT_EXTERNAL_CHANGE, "changed by others"},
                {EVENT_ERROR, "errors"}};
    int more = recorded(view) - count;
    text[0] = '\0';
    if (more <= 0 && events >= view->run.event_count)
        return;
    duration_coarse(past, ms);
    size_t length = (size_t)snprintf(text, size, "since you looked (%s): +%d it", past, more);
    for (size_t i = 0; i < sizeof told / sizeof *told && length < size; i++) {
        int number = events_of(view, events, told[i].kind);
        if (number > 0)
            length += (size_t)snprintf(text + length, size - length, ", %d %s", number,
                                       told[i].word);
    }
}

static void note_now(struct view *view)
{
    view->looked.key_ms = view->mono_ms;
    view->looked.count = recorded(view);
    view->looked.events = view->run.event_count;
}

void looked_key(struct view *view)
{
    struct looked *looked = &view->looked;
    if (!is_live(view))
        return;
    if (is_away(view)) {
        looked->back = true;
        looked->walked = false;
        looked->absent_ms = view->mono_ms - looked->key_ms;
        looked->since_count = looked->count;
        looked->since_events = looked->events;
        looked_refresh(view);
        if (view->since[0] != '\0' && (view->layout == NULL || view->layout->width < ROOMY))
            view_say(view, false, "%s", view->since);
    }
    note_now(view);
}

void looked_refresh(struct view *view)
{
    struct looked *looked = &view->looked;
    view->since[0] = '\0';
    if (!is_live(view))
        return;
    if (looked->key_ms == 0)
        note_now(view);
    if (is_away(view))
        print(view, view->mono_ms - looked->key_ms, looked->count, looked->events);
    else if (looked->back)
        print(view, looked->absent_ms, looked->since_count, looked->since_events);
}

bool looked_dismiss(struct view *view)
{
    bool told = view->looked.back && view->since[0] != '\0';
    view->looked.back = false;
    view->since[0] = '\0';
    return told;
}

int looked_start(struct view *view)
{
    struct looked *looked = &view->looked;
    if (!looked->back || looked->walked || !is_live(view))
        return 0;
    looked->walked = true;
    return looked->since_count;
}

int64_t looked_tick_ms(const struct view *view)
{
    if (view->since[0] == '\0' || !is_away(view))
        return -1;
    return duration_coarse_tick(view->mono_ms - view->looked.key_ms);
}
