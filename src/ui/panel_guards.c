/* panel_guards: what each guard would do now, from what, and when it clears. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "model/guard.h"
#include "ui/duration.h"
#include "ui/explain.h"
#include "ui/guards_table.h"
#include "ui/panel_rows.h"

enum { NAME_WIDTH = 18, STATE_WIDTH = 4, WHEN_MAX = 64, WIDE = 64, ONE_LINE = 110, MORE_WIDTH = 5 };

static void fill(struct guard_status status[GUARD_COUNT], const struct view *view)
{
    guard_status_fill(status, &view->run, view_number(view), &view->config->policy,
                      &view->config->params);
}

static void panel_guards_hint(const struct view *view, char *text, size_t size)
{
    snprintf(text, size, "after it %d", view_number(view));
}

static void panel_guards_mark(const struct view *view, char *text, size_t size)
{
    struct guard_status status[GUARD_COUNT];
    fill(status, view);
    int active = 0;
    for (int guard = GUARD_NONE + 1; guard < GUARD_COUNT; guard++)
        active += status[guard].active;
    text[0] = '\0';
    if (active > 0)
        snprintf(text, size, "%d!", active);
}

/* Iterations still follow, at the interval's pace. */
static bool goes_on(const struct view *view)
{
    return !view_recorded(view) && !view->ended && view->run.state < RUN_STOPPED;
}

/* "until it 25, ~9m", "last it 13", "never". */
static void when_text(const struct view *view, const struct guard_status *status, int room,
                      char *text, size_t size)
{
    int iterations = status->clears_at - view_number(view);
    char span[DURATION_TEXT_MAX] = "";
    if (status->active && status->clears_at == 0) {
        snprintf(text, size, "now");
    } else if (status->active) {
        duration_coarse(span, (int64_t)(view->run.interval_s * 1000.0) * iterations);
        bool known = view->run.interval_s > 0 && iterations > 0 && goes_on(view);
        int length = snprintf(text, size, "until it %d", status->clears_at);
        if (known && length + 4 + (int)strlen(span) <= room)
            snprintf(text + length, size - (size_t)length, ", ~%s", span);
    } else if (value_present(status->used)) {
        int length = snprintf(text, size, "%.0f%% used", status->used.number * 100.0);
        if (length + 16 <= room)
            snprintf(text + length, size - (size_t)length, ", resets it %d", status->resets_at);
    } else if (status->last_at > 0) {
        snprintf(text, size, "last it %d", status->last_at);
    } else {
        snprintf(text, size, "never");
    }
}

/* What stands where in every row. */
struct columns {
    int name, state, when, text; /* relative to the row; TEXT 0: below, or no room for it */
};

static void draw_guard(const struct view *view, const struct guard_status *status,
                       const struct columns *at, struct canvas *canvas, struct rect area)
{
    char when[WHEN_MAX];
    struct rect row = {area.x, area.y, area.width, 1};
    when_text(view, status, row.width - at->when, when, sizeof when);
    canvas_text(canvas, row, row.x + at->name, row.y, status->active ? STYLE_BOLD : STYLE_TEXT,
                guard_name(status->guard));
    canvas_text(canvas, row, row.x + at->state, row.y, status->active ? STYLE_WARN : STYLE_DIM,
                status->active ? "ON" : "off");
    canvas_text(canvas, row, row.x + at->when, row.y, status->active ? STYLE_TEXT : STYLE_DIM,
                when);
    if (at->text > 0) {
        canvas_text_cut(canvas, row, row.x + at->text, row.y, STYLE_DIM, status->text);
    } else if (area.height >= 2) {
        row.y++;
        canvas_text_cut(canvas, row, row.x + at->name + 2, row.y, STYLE_DIM, status->text);
    }
}

/* The visible rows, in the list's order. */
struct shown {
    size_t count, from; /* of all rows; the first one drawn */
    const struct guard_status *status[GUARD_COUNT];
};

static struct shown shown_rows(const struct view *view, int rows)
{
    struct shown shown = {.count = rows_count(view, PANEL_GUARDS)};
    for (size_t place = 0; place < shown.count; place++)
        shown.status[place] = panel_guards_row(view, rows_row(view, PANEL_GUARDS, place));
    shown.from = rows_top(view, PANEL_GUARDS, rows);
    return shown;
}

/* The text begins behind the longest "when" that there is. */
static struct columns columns_of(const struct view *view, const struct shown *shown, int width,
                                 int each)
{
    struct columns at = {1, 1 + NAME_WIDTH, 1 + NAME_WIDTH + STATE_WIDTH, 0};
    if (each > 1 || width < WIDE)
        return at;
    at.text = at.when;
    for (size_t place = 0; place < shown->count; place++) {
        char when[WHEN_MAX];
        when_text(view, shown->status[place], width, when, sizeof when);
        int end = at.when + text_columns(when) + 2;
        at.text = end > at.text ? end : at.text;
    }
    return at;
}

/* Below the guards: what ends a freeze early, and each parameter as they see it. */
static void draw_table(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct guard_policy *policy = &view->config->policy.guard;
    canvas_printf(canvas, area, area.x + 1, area.y, STYLE_DIM,
                  "a freeze ends early with an iteration of risk > %g or net < %g; velocity counts "
                  "the last %d iterations",
                  policy->freeze_end_risk_above, policy->freeze_end_net_below,
                  policy->velocity_iterations);
    area.y++;
    area.height--;
    guards_table_draw(view, canvas, area);
}

static void draw_rows(const struct view *view, struct canvas *canvas, struct rect area, int each)
{
    int rows = area.height / each, selected = rows_selected(view, PANEL_GUARDS);
    struct shown shown = shown_rows(view, rows);
    struct columns at = columns_of(view, &shown, area.width, each);
    for (int i = 0; i < rows && shown.from + (size_t)i < shown.count; i++) {
        struct rect row = {area.x, area.y + i * each, area.width, each};
        size_t place = shown.from + (size_t)i;
        draw_guard(view, shown.status[place], &at, canvas, row);
        if (view->focus == PANEL_GUARDS && (int)place == selected)
            canvas_restyle(canvas, (struct rect){row.x, row.y, row.width, 1}, STYLE_CURSOR);
    }
    size_t end = shown.from + (size_t)rows;
    if (end < shown.count)
        canvas_printf(canvas, area, area.x + area.width - MORE_WIDTH, area.y + area.height - 1,
                      STYLE_DIM, "(+%zu)", shown.count - end);
}

static void panel_guards_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    int guards = (int)rows_count(view, PANEL_GUARDS);
    int below = area.height - guards - 1;
    bool table = below > GUARDS_TABLE_HEIGHT && area.width >= GUARDS_TABLE_WIDTH;
    if (guards == 0)
        canvas_text(canvas, area, area.x + 1, area.y, STYLE_DIM, "no guard matches the filter");
    if (table) {
        draw_table(view, canvas, (struct rect){area.x, area.y + guards + 1, area.width, below});
        area.height = guards;
    }
    if (area.height > 0)
        draw_rows(view, canvas, area,
                  !table && area.height >= 2 * guards && area.width < ONE_LINE ? 2 : 1);
}

const struct panel_class panel_guards = {
    .id = PANEL_GUARDS,
    .name = "Guards",
    .hint = panel_guards_hint,
    .mark = panel_guards_mark,
    .draw = panel_guards_draw,
    .explain = explain_guards,
    .rows = &panel_guards_list,
    .help = "What each guard would do with the next proposal: ON blocks what it covers. The text "
            "gives the values it looks at and their limits; until names the first iteration that "
            "it no longer covers. With room ({zoom}) a row for each parameter: how much of its "
            "velocity "
            "budget is used and when that comes back, what holds it, its last values. Guards count "
            "iterations, never the clock. {open} opens nothing here; {explain} explains the guard. "
            "Columns: guard, state, until, last, sees; filter: "
            "state:on. {search} searches, {filter} filters, {sort} sorts, {copy} copies, {export} "
            "exports the rows.",
};
