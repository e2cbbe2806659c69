/* panel_guards: what each guard would do now, from what, and when it clears. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "model/guard.h"
#include "ui/duration.h"

enum { NAME_WIDTH = 18, STATE_WIDTH = 4, WHEN_WIDTH = 20, WIDE = 64 };

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

static void draw_guard(const struct view *view, const struct guard_status *status,
                       struct canvas *canvas, struct rect area)
{
    char when[64];
    struct rect row = {area.x, area.y, area.width, 1};
    int x = row.x + 1;
    when_text(view, status, row.width - 1 - NAME_WIDTH - STATE_WIDTH, when, sizeof when);
    canvas_text(canvas, row, x, row.y, status->active ? STYLE_BOLD : STYLE_TEXT,
                guard_name(status->guard));
    x += NAME_WIDTH;
    canvas_text(canvas, row, x, row.y, status->active ? STYLE_WARN : STYLE_DIM,
                status->active ? "ON" : "off");
    x += STATE_WIDTH;
    int end = canvas_text(canvas, row, x, row.y, status->active ? STYLE_TEXT : STYLE_DIM, when);
    if (area.height >= 2) {
        row.y++;
        canvas_text(canvas, row, row.x + 3, row.y, STYLE_DIM, status->text);
    } else if (area.width >= WIDE) {
        int column = x + WHEN_WIDTH > end + 1 ? x + WHEN_WIDTH : end + 1;
        canvas_text(canvas, row, column, row.y, STYLE_DIM, status->text);
    }
}

static void panel_guards_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct guard_status status[GUARD_COUNT];
    fill(status, view);
    int guards = GUARD_COUNT - 1, each = area.height >= 2 * guards ? 2 : 1;
    for (int i = 0; i < guards && (i + 1) * each <= area.height; i++)
        draw_guard(view, &status[i + 1], canvas,
                   (struct rect){area.x, area.y + i * each, area.width, each});
}

const struct panel_class panel_guards = {
    .id = PANEL_GUARDS,
    .name = "Guards",
    .hint = panel_guards_hint,
    .mark = panel_guards_mark,
    .draw = panel_guards_draw,
    .help = "What each guard would do with the next proposal: ON blocks what it covers. The text "
            "gives the values it looks at and their limits; until names the first iteration that "
            "it no longer covers. Guards count iterations, never the clock.",
};
