/* dialog_find: what is searched for or filtered by, typed in the footer line. Every character takes
 * effect at once; Enter keeps it, Esc gives back what was before, the moment too where the cursor
 * is the moment. A condition that cannot be read, or not yet, is left out, and said. Draws nothing
 * itself. UI thread. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "model/mem.h"
#include "ui/deltas.h"
#include "ui/dialog_class.h"
#include "ui/filter.h"
#include "ui/key.h"
#include "ui/panel.h"

struct finder {
    struct dialog dialog;
    struct dialog_find find;
    struct row_list before;
    int place; /* where the search begins */
    enum view_mode mode;
    int at, frozen_at_count;
    int64_t frozen_ms;
};

static struct row_list *list_of(const struct finder *finder, struct view *view)
{
    return &view->list[finder->find.panel];
}

/* The moment as it was before the first character. */
static void restore_moment(const struct finder *finder, struct view *view)
{
    view->mode = finder->mode;
    view->at = finder->at;
    view->frozen_at_count = finder->frozen_at_count;
    view->frozen_ms = finder->frozen_ms;
    view->judged = false;
}

/* To the first row from where the search began that holds the text; without one back there. */
static unsigned search_again(struct finder *finder, struct view *view)
{
    struct row_list *list = list_of(finder, view);
    memcpy(list->search, finder->find.text, sizeof list->search);
    memcpy(list->selected, finder->before.selected, sizeof list->selected);
    restore_moment(finder, view);
    int hit = rows_next_hit(view, finder->find.panel, finder->place - 1, 1);
    if (hit >= 0 && hit != finder->place)
        rows_go(view, finder->find.panel, hit);
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned filter_again(struct finder *finder, struct view *view)
{
    struct row_list *list = list_of(finder, view);
    const struct row_class *class = panel_table[finder->find.panel]->rows;
    struct filter filter;
    char text[ROW_FIND_MAX], *cut;
    memcpy(text, finder->find.text, sizeof text);
    error_clear(&finder->find.error);
    if (filter_read(&filter, class, text, &finder->find.error) != 0) {
        cut = strrchr(text, ' ');
        *(cut != NULL ? cut : text) = '\0';
    }
    if (filter_read(&filter, class, text, NULL) == 0)
        memcpy(list->filter, text, sizeof list->filter);
    return REACT_REDRAW | REACT_RELAYOUT;
}

static unsigned give_back(struct finder *finder, struct view *view)
{
    *list_of(finder, view) = finder->before;
    restore_moment(finder, view);
    view_say(view, false, "%s", "");
    dialog_close(view);
    return REACT_REDRAW | REACT_RELAYOUT;
}

/* "; 2 picks that it hides are dropped": nothing is decided that is not seen. */
static const char *drop_picks(struct view *view, int panel, char *text, size_t size)
{
    int dropped = panel == PANEL_DELTAS ? deltas_drop_hidden(view) : 0;
    text[0] = '\0';
    if (dropped > 0)
        snprintf(text, size, "; %d pick%s that it hides dropped", dropped, dropped == 1 ? "" : "s");
    return text;
}

static unsigned keep(struct finder *finder, struct view *view)
{
    char picks[64];
    const struct row_list *list = list_of(finder, view);
    int panel = finder->find.panel;
    if (finder->find.error.code != ERROR_NONE) {
        view_say(view, true, "%s", finder->find.error.text);
        return REACT_REDRAW;
    }
    if (finder->find.filters && list->filter[0] != '\0')
        view_say(view, false, "%zu of %zu rows; {back} takes the filter off%s",
                 rows_count(view, panel), rows_total(view, panel),
                 drop_picks(view, panel, picks, sizeof picks));
    else if (!finder->find.filters && list->search[0] != '\0')
        view_say(view, rows_hits(view, panel) == 0,
                 "%zu rows hold it; {next-hit} next, {previous-hit} previous, {back} ends it",
                 rows_hits(view, panel));
    else
        view_say(view, false, "%s", "");
    dialog_close(view);
    return REACT_REDRAW;
}

static unsigned step(struct finder *finder, struct view *view, int direction)
{
    int panel = finder->find.panel, place = rows_selected(view, panel);
    int hit = finder->find.filters ? place + direction
                                   : rows_next_hit(view, panel, place, direction);
    return hit < 0 ? REACT_NONE : rows_go(view, panel, hit);
}

static unsigned find_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct finder *finder = (struct finder *)dialog;
    if (key == KEYCODE_ENTER)
        return keep(finder, view);
    if (key == KEYCODE_ESCAPE || key == 3 /* ^C */)
        return give_back(finder, view);
    if (key == KEYCODE_UP || key == KEYCODE_DOWN)
        return step(finder, view, key == KEYCODE_UP ? -1 : 1);
    if (!dialog_type(finder->find.text, sizeof finder->find.text, key))
        return REACT_NONE;
    return finder->find.filters ? filter_again(finder, view) : search_again(finder, view);
}

static const struct dialog_class find_class = {.in_place = true, .key = find_key};

unsigned dialog_find_open(struct view *view, bool filters)
{
    struct finder *finder = mem_alloc(sizeof *finder);
    int panel = (int)view->focus;
    finder->dialog.class = &find_class;
    finder->find.filters = filters;
    finder->find.panel = panel;
    finder->before = view->list[panel];
    finder->place = rows_selected(view, panel);
    finder->mode = view->mode;
    finder->at = view->at;
    finder->frozen_at_count = view->frozen_at_count;
    finder->frozen_ms = view->frozen_ms;
    if (filters)
        memcpy(finder->find.text, finder->before.filter, sizeof finder->find.text);
    view->status[0] = '\0';
    return dialog_open_take(view, &finder->dialog);
}

const struct dialog_find *dialog_find_of(const struct view *view)
{
    if (view->dialog == NULL || view->dialog->class != &find_class)
        return NULL;
    return &((const struct finder *)view->dialog)->find;
}
