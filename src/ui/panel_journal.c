/* panel_journal: the log of the run, newest at the bottom. It follows, until it is scrolled; then
 * it stays at the line that it was scrolled to, whatever comes in. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>

#include "ui/dialog.h"
#include "ui/explain.h"
#include "ui/external.h"
#include "ui/panel_rows.h"
#include "ui/rows_draw.h"

enum { WIDE = 96, ITERATION_WIDTH = 8 };

static void panel_journal_hint(const struct view *view, char *text, size_t size)
{
    const struct row_list *list = &view->list[PANEL_JOURNAL];
    size_t count = rows_count(view, PANEL_JOURNAL);
    int selected = rows_selected(view, PANEL_JOURNAL);
    text[0] = '\0';
    if (list->selected[0] != '\0' && list->sort == 0 && !list->inverted && selected >= 0)
        snprintf(text, size, "%zu newer below", count - 1 - (size_t)selected);
}

static enum style event_style(enum event_kind kind)
{
    switch (kind) {
    case EVENT_ERROR:
        return STYLE_FAIL;
    case EVENT_APPLY:
        return STYLE_APPLIED;
    case EVENT_ROLLBACK:
    case EVENT_EXTERNAL_CHANGE:
    case EVENT_GATE_VOID:
    case EVENT_PAUSE:
    case EVENT_STOP:
    case EVENT_TRIPWIRE:
        return STYLE_EVENT;
    case EVENT_PROPOSAL:
    case EVENT_DECISION:
    case EVENT_GATE:
        return STYLE_BOLD;
    case EVENT_START:
    case EVENT_ITERATION:
    case EVENT_RESUME:
    case EVENT_NOTE:
    case EVENT_KIND_COUNT:
        break;
    }
    return STYLE_TEXT;
}

/* One letter for what the sentence beside it tells, as in the rails. */
static char event_letter(enum event_kind kind)
{
    static const char letters[EVENT_KIND_COUNT] = {
        [EVENT_START] = '>',    [EVENT_ITERATION] = '-',
        [EVENT_PROPOSAL] = '?', [EVENT_DECISION] = 'd',
        [EVENT_APPLY] = 'A',    [EVENT_ROLLBACK] = 'r',
        [EVENT_GATE] = 'G',     [EVENT_GATE_VOID] = 'g',
        [EVENT_PAUSE] = 'p',    [EVENT_EXTERNAL_CHANGE] = 'E',
        [EVENT_RESUME] = 'p',   [EVENT_STOP] = 's',
        [EVENT_NOTE] = ' ',     [EVENT_ERROR] = '!',
        [EVENT_TRIPWIRE] = 'T',
    };
    return letters[kind];
}

static void draw_event(const struct run_event *event, struct canvas *canvas, struct rect row)
{
    char utc[UTC_TEXT_MAX];
    int x = row.x + 1;
    utc_format(utc, event->utc_ms);
    if (row.width >= WIDE)
        x = canvas_printf(canvas, row, x, row.y, STYLE_DIM, "%-10.10s ", utc);
    x = canvas_printf(canvas, row, x, row.y, STYLE_DIM, "%-8.8s ", utc[0] ? utc + 11 : "");
    if (event->iteration > 0)
        canvas_printf(canvas, row, x, row.y, STYLE_DIM, "it %d", event->iteration);
    x += ITERATION_WIDTH;
    canvas_put(canvas, row, x, row.y, event_style(event->kind),
               (unsigned)event_letter(event->kind));
    canvas_text_cut(canvas, row, x + 2, row.y, event->kind == EVENT_ERROR ? STYLE_BOLD : STYLE_TEXT,
                    event->text ? event->text : "");
}

static void panel_journal_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    size_t count = rows_count(view, PANEL_JOURNAL);
    size_t top = rows_top(view, PANEL_JOURNAL, area.height), end = top;
    if (count == 0)
        rows_draw_none(view, PANEL_JOURNAL, canvas, area);
    for (; end < count && end < top + (size_t)area.height; end++) {
        struct rect row = {area.x, area.y + (int)(end - top), area.width, 1};
        draw_event(panel_journal_row(view, rows_row(view, PANEL_JOURNAL, end)), canvas, row);
        rows_draw_marks(view, PANEL_JOURNAL, canvas, row, end);
    }
    rows_draw_more(view, PANEL_JOURNAL, canvas, area, end);
}

/* A change by another process opens as the difference that it made, an apply as its effect. */
static unsigned panel_journal_open(struct view *view)
{
    int selected = rows_selected(view, PANEL_JOURNAL);
    size_t number = 0;
    if (selected >= 0)
        number = external_of_event(&view->run, rows_row(view, PANEL_JOURNAL, (size_t)selected));
    if (number > 0)
        return dialog_external_open(view, number);
    if (selected >= 0) {
        const struct run_event *event = panel_journal_row(
            view, rows_row(view, PANEL_JOURNAL, (size_t)selected));
        if (event->kind == EVENT_APPLY)
            return dialog_effect_open(view, event->iteration);
    }
    view_say(view, true, "this line opens nothing; {explain} explains it");
    return REACT_REDRAW;
}

const struct panel_class panel_journal = {
    .id = PANEL_JOURNAL,
    .name = "Journal",
    .hint = panel_journal_hint,
    .draw = panel_journal_draw,
    .open = panel_journal_open,
    .explain = explain_journal,
    .rows = &panel_journal_list,
    .help = "Everything that happened, oldest first, times in UTC: A applied, r rolled back, ? a "
            "proposal, d a decision, G a gate, T a tripwire, p paused or resumed, s stopped, E "
            "changed by another "
            "program, ! an error. It follows the newest line until you scroll up; {last} follows "
            "again. {open} on an E shows what was changed, on an A what that did to the KPIs; "
            "{explain} explains the line. Columns: time, "
            "it, event, "
            "text; filter: event:rollback it>20. {search} searches, "
            "{filter} filters, {sort} sorts, {copy} copies, {export} exports the rows.",
};
