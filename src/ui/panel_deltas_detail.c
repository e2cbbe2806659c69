/* panel_deltas_detail: one line of a proposal in full: why it was asked for, what would be written,
 * which guards look at it, what it means for the gate, where the value stands between its bounds
 * and how it moved before. UI thread; pure. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/guard.h"
#include "model/wires.h"
#include "model/running.h"
#include "ui/deltas.h"
#include "ui/deltas_disk.h"
#include "ui/deltas_past.h"
#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/effect_card.h"
#include "ui/gate_sheet.h"
#include "ui/iteration_card.h"
#include "ui/panel.h"
#include "ui/value_rail.h"

enum { TEXT_MAX = 640, RAIL_WIDTH = 40, LABEL_WIDTH = 7 };

struct detail {
    const struct view *view;
    const struct delta *delta;
    struct delta edited;       /* DELTA while its value is being typed */
    const struct param *param; /* NULL: an older file's, not in the table */
    int iteration;             /* that the line belongs to */
    bool pending;
};

typedef void detail_text(const struct detail *detail, char *text, size_t size);

/* True of a line of the proposal that waits, also where it cannot be decided: in a frozen view. */
static bool open_still(const struct detail *detail)
{
    const struct run *run = &detail->view->run;
    return detail->pending || (run->has_pending && run->pending.iteration == detail->iteration &&
                               deltas_open(detail->delta));
}

/* The rule's conditions and what it asks; the parameter's name stands above already. */
static void why_text(const struct detail *detail, char *text, size_t size)
{
    const struct delta *delta = detail->delta;
    const struct iteration *iteration = run_iteration(&detail->view->run, detail->iteration);
    if (delta->why[0] == '\0') { /* an older file tells it of all lines together */
        bool told = iteration != NULL && iteration->rationale != NULL;
        snprintf(text, size, "%s", told ? iteration->rationale : "");
        return;
    }
    const char *name = strstr(delta->why, delta->name);
    size_t before = name != NULL ? (size_t)(name - delta->why) : strlen(delta->why);
    const char *after = name != NULL ? name + strlen(delta->name) : "";
    snprintf(text, size, "%s%s: %.*s%s (from ITER_SUMMARY_%d.json)", rule_name(delta->rule),
             rule_is_safety(delta->rule) ? " (safety)" : "", (int)before, delta->why,
             after + strspn(after, " "), detail->iteration);
}

/* What became of a line that is decided. */
static void outcome_text(const struct detail *detail, char *text, size_t size)
{
    const struct delta *delta = detail->delta;
    const struct iteration *iteration = run_iteration(&detail->view->run, detail->iteration);
    const char *by = iteration != NULL ? iteration->decided_by : "";
    enum delta_state state = deltas_state(detail->view, delta, detail->iteration);
    if (open_still(detail)) {
        snprintf(text, size, "%s, not decided yet", delta_state_name(state));
        return;
    }
    char other[160] = "";
    if (state == DELTA_DIVERGED)
        running_text(&detail->view->run, detail->iteration + 1, other, sizeof other);
    snprintf(text, size, "%s%s%s%s%s%s%s", delta_state_name(state), by[0] ? " by " : "", by,
             delta->note[0] ? ": " : "", delta->note, other[0] ? "; " : "", other);
}

/* "1 path", and what else in the file has the parameter's name; that nothing has, unless BRIEF. */
static void paths_text(const struct detail *detail, bool brief, char *text, size_t size)
{
    char copies[160];
    bool looked = detail->view->disk.state == DISK_LENS_READ;
    deltas_disk_copies(detail->view, detail->delta, copies, sizeof copies);
    snprintf(text, size, "1 path%s%s", copies,
             looked && copies[0] == '\0' && !brief ? ", no shadow copy" : "");
}

/* What is odd about the write: nothing to write, out of bounds, stopped at a bound. */
static void odd_text(const struct detail *detail, char *text, size_t size)
{
    const struct delta *delta = detail->delta;
    struct error fault = ERROR_INIT;
    char target[32];
    text[0] = '\0';
    if (detail->param == NULL || !isfinite(delta->after) || !isfinite(delta->now))
        return;
    if (param_check(detail->param, delta->after, &fault) != 0)
        snprintf(text, size, "; REFUSED: %s", fault.text);
    else if (number_equal(delta->after, delta->now))
        snprintf(text, size, "; no-op: that is in force already");
    else if (delta->state == DELTA_EDITED)
        snprintf(text, size, "; the tuner asked %s",
                 deltas_number(detail->view, delta, delta->target, target, sizeof target));
    else if (delta->state == DELTA_REJECTED)
        snprintf(text, size, "; rejected: %s", delta->note);
    else {
        char clamp[96];
        deltas_disk_clamp(detail->view, delta, clamp, sizeof clamp);
        snprintf(text, size, "%s%s", clamp[0] ? "; " : "", clamp);
    }
}

static void disk_text(const struct detail *detail, char *text, size_t size)
{
    char now[32], after[32], paths[192], odd[ERROR_TEXT_MAX + 32];
    const struct delta *delta = detail->delta;
    if (!detail->pending) {
        outcome_text(detail, text, size);
        return;
    }
    deltas_number(detail->view, delta, delta->now, now, sizeof now);
    deltas_number(detail->view, delta, delta->after, after, sizeof after);
    odd_text(detail, odd, sizeof odd);
    paths_text(detail, odd[0] != '\0', paths, sizeof paths);
    snprintf(text, size, "%s -> %s at %s.%s (%s)%s", now, after,
             detail->param ? detail->param->section : "?", delta->name, paths, odd);
}

/* "; clears at it 12, in 3 it, ~15m" */
static void clears_text(const struct detail *detail, char *text, size_t size)
{
    int left = detail->delta->clears_at - detail->iteration;
    double interval = detail->view->run.interval_s;
    char span[DURATION_TEXT_MAX] = "";
    text[0] = '\0';
    if (detail->delta->clears_at <= 0)
        return;
    duration_coarse(span, (int64_t)(left * interval * 1000.0));
    bool timed = left > 0 && interval > 0.0 && detail->pending;
    snprintf(text, size, "; clears at it %d%s%s", detail->delta->clears_at, timed ? ", ~" : "",
             timed ? span : "");
}

/* What the velocity guard lets the parameter move: velocity_cap of its range; 0: not known. */
static double velocity_budget(const struct detail *detail)
{
    const struct view *view = detail->view;
    int cap = view->config->policy.guard.velocity_cap;
    struct value range = detail->param ? param_range(detail->param) : value_missing();
    if (!value_present(range) || cap < 0 || (size_t)cap >= view->config->params.count)
        return 0.0;
    struct value share = view->config->params.param[cap].assumed;
    if (view->run.params != NULL && (size_t)cap < view->run.param_count &&
        value_present(view->run.params[cap]))
        share = view->run.params[cap];
    return value_present(share) ? share.number * range.number : 0.0;
}

/* A guard's note without the values in front, which stand in the line above. */
static const char *note_of(const struct delta *delta)
{
    const char *arrow = strstr(delta->note, " -> ");
    const char *colon = arrow != NULL ? strstr(arrow, ": ") : NULL;
    return colon != NULL ? colon + 2 : delta->note;
}

/* "none holds it; velocity 12/20 -> 17/20 by this write, resets it 27" */
static void velocity_text(const struct detail *detail, double used, double step, double budget,
                          char *text, size_t size)
{
    int span = detail->view->config->policy.guard.velocity_iterations;
    bool full = number_at_least(used + step, budget);
    snprintf(text, size, "none %s it; velocity %.4g/%.4g -> %.4g/%.4g by this write, %s it %d",
             open_still(detail) ? "holds" : "held", used, budget, used + step, budget,
             full ? "FULL: waits until" : "resets", detail->iteration + span + 1);
}

static void guards_text(const struct detail *detail, char *text, size_t size)
{
    const struct view *view = detail->view;
    const struct delta *delta = detail->delta;
    const char *holds = open_still(detail) ? "holds" : "held";
    if (delta->guard != GUARD_NONE) {
        char clears[64];
        clears_text(detail, clears, sizeof clears);
        snprintf(text, size, "%s %s it%s%s%s", guard_name(delta->guard), holds,
                 delta->note[0] ? ": " : "", note_of(delta), clears);
        return;
    }
    if (delta->param < 0) {
        snprintf(text, size, "none %s it", holds);
        return;
    }
    struct value used = guard_velocity_used(&view->run, detail->iteration, delta->param,
                                            &view->config->policy, &view->config->params);
    double budget = velocity_budget(detail);
    double step = fabs(delta->after - delta->now);
    if (!value_present(used) || budget <= 0.0 || !isfinite(step))
        snprintf(text, size, "none %s it", holds);
    else
        velocity_text(detail, used.number * budget, step, budget, text, size);
}

/* The line was written by the apply of its iteration. */
static bool was_applied(const struct detail *detail)
{
    const struct change *apply = run_apply_of(&detail->view->run, detail->iteration);
    return detail->view->mode != VIEW_SANDBOX && !open_still(detail) && apply != NULL &&
           change_moves(apply, detail->delta->param);
}

static void effect_text(const struct detail *detail, char *text, size_t size)
{
    struct effect effect;
    const struct wire *wire = run_wire(&detail->view->run, detail->iteration);
    size_t length = 0;
    text[0] = '\0';
    if (wire != NULL) {
        char what[TRIPWIRE_TEXT_MAX], count[WIRE_COUNT_TEXT_MAX];
        struct wire_status status = wire_status(&detail->view->run, wire,
                                                view_number(detail->view));
        length = (size_t)snprintf(text, size, "wire %s: %s; ", tripwire_short(&wire->what, what),
                                  wire_count_text(wire, &status, count));
    }
    if (length < size && effect_card_fill(detail->view, detail->iteration, &effect)) {
        char *sentence = effect_sentence(&effect);
        snprintf(text + length, size - length, "%s", sentence);
        free(sentence);
    }
}

static void gate_text(const struct detail *detail, char *text, size_t size)
{
    if (was_applied(detail)) {
        effect_text(detail, text, size);
        return;
    }
    const struct forecast *forecast = &detail->view->forecast;
    if (forecast->out_of_reach)
        snprintf(text, size, "PASS is out of reach in this run");
    else if (detail->view->judgement.verdict == VERDICT_PASS)
        snprintf(text, size, "PASS now, after it %d", view_number(detail->view));
    else if (forecast->misses_left >= 0)
        snprintf(text, size, "PASS earliest it %d; the final window may lose %d",
                 forecast->earliest_pass, forecast->misses_left);
    else
        snprintf(text, size, "PASS earliest it %d", forecast->earliest_pass);
    char must[96];
    size_t length = strlen(text);
    gate_lines_must(detail->view, must, sizeof must);
    if (must[0] != '\0' && length < size)
        snprintf(text + length, size - length, "; %s", must);
}

static void rail_text(const struct detail *detail, char *text, size_t size)
{
    char rail[VALUE_RAIL_MAX], values[96];
    value_rail(rail, RAIL_WIDTH, detail->param, detail->delta->now, detail->delta->after);
    deltas_past_values(detail->view, detail->delta, detail->iteration, values, sizeof values);
    snprintf(text, size, "%s%s%s", rail, values[0] ? "   last values " : "", values);
}

static void past_text(const struct detail *detail, char *text, size_t size)
{
    deltas_past_text(detail->view, detail->delta, detail->iteration, text, size);
}

/* Disk, guards and gate in one line, where the room is wide and low. */
static void write_text(const struct detail *detail, char *text, size_t size)
{
    char disk[TEXT_MAX], guards[TEXT_MAX], gate[TEXT_MAX];
    disk_text(detail, disk, sizeof disk);
    guards_text(detail, guards, sizeof guards);
    gate_text(detail, gate, sizeof gate);
    bool none = detail->delta->guard == GUARD_NONE;
    char *brief = none ? strchr(guards, ';') : NULL;
    if (brief != NULL) { /* "none holds it; velocity 0/30 -> 5/30 by ..." */
        char *end = strstr(brief, " by this write");
        if (end != NULL)
            *end = '\0';
        memmove(guards + 4, brief, strlen(brief) + 1);
    }
    if (was_applied(detail)) {
        snprintf(text, size, "%.*s   effect: %.*s", TEXT_MAX / 3, disk, TEXT_MAX / 2, gate);
        return;
    }
    gate[strcspn(gate, ";")] = '\0';
    snprintf(text, size, "%.*s   guards: %.*s   gate: %.*s", TEXT_MAX / 3, disk, TEXT_MAX / 3,
             guards, TEXT_MAX / 4, gate);
}

/* In the order in which they stand; RANK: which ones stand when there is room for a few only; LOW:
 * which ones in few rows that are wide. */
static const struct {
    const char *label;
    detail_text *text;
    int rank, low;
} rows[] = {
    {"rail", rail_text, 5, 1}, {"why", why_text, 1, 2},    {"past", past_text, 6, 4},
    {"disk", disk_text, 2, 0}, {"disk", write_text, 0, 3}, {"guards", guards_text, 3, 0},
    {"gate", gate_text, 4, 0},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows, FULL_HEIGHT = 6, LOW_WIDTH = 110 };

/* True if row I is shown in AREA. */
static bool has_room(size_t i, struct rect area)
{
    bool low = area.width >= LOW_WIDTH && area.height < FULL_HEIGHT;
    int rank = low ? rows[i].low : rows[i].rank;
    return rank > 0 && rank <= area.height;
}

/* The selected line; while its value is typed, as it would be then. */
static bool detail_fill(struct detail *detail, const struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    int selected = deltas_selected(view);
    if (selected < 0)
        return false;
    *detail = (struct detail){.view = view,
                              .delta = &deltas[selected],
                              .param = deltas_param(view, &deltas[selected]),
                              .iteration = deltas_iteration(view),
                              .pending = view_pending(view)};
    const struct dialog_edit *edit = dialog_edit_of(view);
    if (edit == NULL || !value_present(edit->number) ||
        strcmp(edit->param, detail->delta->name) != 0)
        return true;
    detail->edited = *detail->delta;
    detail->edited.after = edit->number.number;
    detail->edited.state = DELTA_EDITED;
    detail->delta = &detail->edited;
    return true;
}

/* Of a line that cannot be written from here it is told what became of it. */
static const char *label_of(const struct detail *detail, const char *label)
{
    if (strcmp(label, "gate") == 0 && was_applied(detail))
        return "effect";
    if (strcmp(label, "disk") != 0 || detail->pending)
        return label;
    return open_still(detail) ? "is" : "became";
}

void panel_deltas_draw_detail(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct detail detail;
    int y = area.y;
    if (!detail_fill(&detail, view)) {
        iteration_card_draw(view, canvas, area);
        return;
    }
    for (int i = 0; i < ROW_COUNT && y < area.y + area.height; i++) {
        char text[TEXT_MAX];
        if (!has_room((size_t)i, area))
            continue;
        rows[i].text(&detail, text, sizeof text);
        struct rect row = {area.x, y, area.width, 1};
        if (text[0] == '\0')
            continue;
        canvas_text(canvas, row, row.x + 1, y, STYLE_DIM, label_of(&detail, rows[i].label));
        canvas_text_cut(canvas, row, row.x + 1 + LABEL_WIDTH, y, STYLE_TEXT, text);
        y++;
    }
}
