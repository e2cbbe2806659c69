/* panel_guards: what each guard would do now, from what, and when it clears. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "model/guard.h"
#include "ui/duration.h"
#include "ui/explain.h"

enum { NAME_WIDTH = 18, STATE_WIDTH = 4, WHEN_MAX = 64, WIDE = 64, ONE_LINE = 110 };

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
    return view->mode != VIEW_REPLAY && !view->ended && view->run.state < RUN_STOPPED;
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
        canvas_text(canvas, row, row.x + at->text, row.y, STYLE_DIM, status->text);
    } else if (area.height >= 2) {
        row.y++;
        canvas_text(canvas, row, row.x + at->name + 2, row.y, STYLE_DIM, status->text);
    }
}

/* The text begins behind the longest "when" that there is. */
static struct columns columns_of(const struct view *view, const struct guard_status *status,
                                 int width, int each)
{
    struct columns at = {1, 1 + NAME_WIDTH, 1 + NAME_WIDTH + STATE_WIDTH, 0};
    if (each > 1 || width < WIDE)
        return at;
    at.text = at.when;
    for (int guard = GUARD_NONE + 1; guard < GUARD_COUNT; guard++) {
        char when[WHEN_MAX];
        when_text(view, &status[guard], width, when, sizeof when);
        int end = at.when + text_columns(when) + 2;
        at.text = end > at.text ? end : at.text;
    }
    return at;
}

static void panel_guards_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct guard_status status[GUARD_COUNT];
    fill(status, view);
    int guards = GUARD_COUNT - 1, each = 1;
    if (area.height >= 2 * guards && area.width < ONE_LINE)
        each = 2;
    struct columns at = columns_of(view, status, area.width, each);
    for (int i = 0; i < guards && (i + 1) * each <= area.height; i++)
        draw_guard(view, &status[i + 1], &at, canvas,
                   (struct rect){area.x, area.y + i * each, area.width, each});
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
            "it no longer covers. Guards count iterations, never the clock.",
};
