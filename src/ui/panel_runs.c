/* panel_runs: the runs of the artifact root, newest first, and below them what the one that is
 * shown is: where it comes from, how it is set up, how it went so far. The list is read when the
 * panel gets the focus. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/explain.h"
#include "ui/run_rows.h"

enum { LABEL_WIDTH = 12, FACT_ROWS = 8, LIST_MIN = 2 };

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

struct facts {
    struct canvas *canvas;
    struct rect area;
    int row;
};

static void fact(struct facts *facts, const char *label, const char *text)
{
    struct rect row = {facts->area.x, facts->area.y + facts->row, facts->area.width, 1};
    if (facts->row++ >= facts->area.height || text[0] == '\0')
        return;
    canvas_text(facts->canvas, row, row.x + 1, row.y, STYLE_DIM, label);
    canvas_text(facts->canvas, row, row.x + LABEL_WIDTH, row.y, STYLE_TEXT, text);
}

static void draw_times(struct facts *facts, const struct run *run)
{
    char utc[UTC_TEXT_MAX], span[DURATION_TEXT_MAX], text[80];
    utc_format(utc, run->started_ms);
    fact(facts, "started", run->started_ms == UTC_NONE ? "n/a" : utc);
    if (run->started_ms != UTC_NONE && run->ended_ms != UTC_NONE) {
        utc_format(utc, run->ended_ms);
        duration_text(span, run->ended_ms - run->started_ms);
        snprintf(text, sizeof text, "%s after %s, %s", utc, span, run_state_name(run->state));
        fact(facts, "ended", text);
    } else {
        fact(facts, "state", run->has_manifest ? run_state_name(run->state) : "n/a");
    }
}

static void draw_facts(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct run *run = &view->run;
    struct facts facts = {canvas, area, 0};
    char text[320];
    fact(&facts, "run", run->id[0] ? run->id : "n/a (no run.json)");
    snprintf(text, sizeof text, "%s%s%s", run_source_name(run->source),
             run->source_detail[0] ? ": " : "", run->source_detail);
    fact(&facts, "source", text);
    draw_times(&facts, run);
    struct tally tally = tally_of(view);
    bool waits = view->provisional > 0 && view->provisional == view_number(view);
    int recorded = view_number(view) - waits;
    snprintf(text, sizeof text, "%d recorded, %d failed, %d missing", recorded, tally.failed,
             tally.missing);
    fact(&facts, "iterations", text);
    snprintf(text, sizeof text, "%d applied, %d rolled back, %d declined, %d blocked",
             tally.applied, tally.undone, tally.declined, tally.blocked);
    fact(&facts, "deltas", text);
    fact(&facts, "directory", run->directory);
    char span[DURATION_TEXT_MAX];
    duration_text(span, (int64_t)(run->interval_s * 1000.0));
    snprintf(text, sizeof text, "%s, decisions %s", span, approve_mode_name(run->mode));
    fact(&facts, "interval", run->has_manifest || view->mode != VIEW_REPLAY ? text : "n/a");
}

/* Rows that the list may take of HEIGHT: all of them where the panel has the focus. */
static int list_height(const struct view *view, int height)
{
    int wanted = (int)view->runs.list.count + 1;
    int most = view->focus == PANEL_RUNS ? height : height - FACT_ROWS;
    wanted = wanted > most ? most : wanted;
    return view->runs.list.count == 0 || wanted < LIST_MIN ? 0 : wanted;
}

static void panel_runs_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    int rows = list_height(view, area.height);
    if (rows > 0)
        run_rows_draw(view, canvas, (struct rect){area.x, area.y, area.width, rows});
    else if (view->runs.list_fault[0] != '\0' && area.height > FACT_ROWS)
        canvas_text(canvas, area, area.x + 1, area.y + rows++, STYLE_ALERT, view->runs.list_fault);
    draw_facts(view, canvas, (struct rect){area.x, area.y + rows, area.width, area.height - rows});
}

static void panel_runs_hint(const struct view *view, char *text, size_t size)
{
    size_t count = view->runs.list.count;
    text[0] = '\0';
    if (view->runs.listing != NULL && count == 0)
        snprintf(text, size, "listing ...");
    else if (count > 0)
        snprintf(text, size, "%zu run%s", count, count == 1 ? "" : "s");
}

static unsigned panel_runs_move(struct view *view, int rows)
{
    return rows_move(view, PANEL_RUNS, rows);
}

/* In a replay at once; a live view is asked first, because the picture changes wholly. */
static unsigned panel_runs_open(struct view *view)
{
    const struct run_entry *entry = run_rows_selected(view);
    if (entry == NULL) {
        view_say(view, true, "no run is listed");
        return REACT_REDRAW;
    }
    if (runs_is_shown(view, entry)) {
        view_say(view, false, "%s is shown already", run_entry_name(entry));
        return REACT_REDRAW;
    }
    if (view->mode == VIEW_REPLAY)
        return runs_read(view, entry->path, READ_TO_SHOW);
    return dialog_pick_open(view, READ_TO_SHOW, entry->path);
}

const struct panel_class panel_runs = {
    .id = PANEL_RUNS,
    .name = "Runs",
    .hint = panel_runs_hint,
    .draw = panel_runs_draw,
    .explain = explain_runs,
    .move = panel_runs_move,
    .open = panel_runs_open,
    .rows = &run_rows_class,
    .help = "The runs of the artifact root, newest first; > marks the one shown, B the baseline. "
            "{open} opens one as a replay (a live run goes on underneath), {compare} compares with "
            "one. "
            "The verdict is that of the thresholds that a gate would use: mock for a mock run. "
            "Below the list: this run's source, times, interval, and what became of its "
            "proposals so far.",
};
