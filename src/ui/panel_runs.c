/* panel_runs: what run this is: where it comes from, how it is set up, and how it went so far. UI
 * thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>

#include "ui/duration.h"
#include "ui/explain.h"

enum { LABEL_WIDTH = 12 };

struct tally {
    int applied, undone, declined, blocked, failed, missing;
};

static struct tally tally_of(const struct view *view)
{
    struct tally tally = {.failed = view->failed, .missing = view->missing};
    const unsigned blocked = SKIP_COOLDOWN | SKIP_VELOCITY | SKIP_OSCILLATION | SKIP_FREEZE;
    for (int number = view_number(view); number > 0; number--) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        tally.applied += iteration->applied;
        tally.undone += iteration->rolled_back_at[0] != '\0';
        tally.declined += (iteration->skip & (SKIP_OPERATOR | SKIP_TIMEOUT)) != 0;
        tally.blocked += (iteration->skip & blocked) != 0;
    }
    return tally;
}

struct list {
    struct canvas *canvas;
    struct rect area;
    int row;
};

static void line(struct list *list, const char *label, const char *text)
{
    struct rect row = {list->area.x, list->area.y + list->row, list->area.width, 1};
    if (list->row++ >= list->area.height || text[0] == '\0')
        return;
    canvas_text(list->canvas, row, row.x + 1, row.y, STYLE_DIM, label);
    canvas_text(list->canvas, row, row.x + LABEL_WIDTH, row.y, STYLE_TEXT, text);
}

static void draw_times(struct list *list, const struct run *run)
{
    char utc[UTC_TEXT_MAX], span[DURATION_TEXT_MAX], text[80];
    utc_format(utc, run->started_ms);
    line(list, "started", run->started_ms == UTC_NONE ? "n/a" : utc);
    if (run->started_ms != UTC_NONE && run->ended_ms != UTC_NONE) {
        utc_format(utc, run->ended_ms);
        duration_text(span, run->ended_ms - run->started_ms);
        snprintf(text, sizeof text, "%s after %s, %s", utc, span, run_state_name(run->state));
        line(list, "ended", text);
    } else {
        line(list, "state", run->has_manifest ? run_state_name(run->state) : "n/a");
    }
}

static void panel_runs_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct run *run = &view->run;
    struct list list = {canvas, area, 0};
    char text[320];
    line(&list, "run", run->id[0] ? run->id : "n/a (no run.json)");
    snprintf(text, sizeof text, "%s%s%s", run_source_name(run->source),
             run->source_detail[0] ? ": " : "", run->source_detail);
    line(&list, "source", text);
    draw_times(&list, run);
    struct tally tally = tally_of(view);
    bool waits = view->provisional > 0 && view->provisional == view_number(view);
    int recorded = view_number(view) - waits;
    snprintf(text, sizeof text, "%d recorded, %d failed, %d missing", recorded, tally.failed,
             tally.missing);
    line(&list, "iterations", text);
    snprintf(text, sizeof text, "%d applied, %d rolled back, %d declined, %d blocked",
             tally.applied, tally.undone, tally.declined, tally.blocked);
    line(&list, "deltas", text);
    line(&list, "directory", run->directory);
    char span[DURATION_TEXT_MAX];
    duration_text(span, (int64_t)(run->interval_s * 1000.0));
    snprintf(text, sizeof text, "%s, decisions %s", span, approve_mode_name(run->mode));
    line(&list, "interval", run->has_manifest || view->mode != VIEW_REPLAY ? text : "n/a");
}

const struct panel_class panel_runs = {
    .id = PANEL_RUNS,
    .name = "Run",
    .draw = panel_runs_draw,
    .explain = explain_runs,
    .help = "This run: its source, times, interval, and what became of its proposals so far.",
};
