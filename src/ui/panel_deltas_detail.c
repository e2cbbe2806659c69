/* panel_deltas_detail: one line of a proposal in full: why it was asked for, what would be written,
 * which guards look at it, what it means for the gate, where the value stands between its bounds
 * and how it moved before. UI thread; pure. */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/guard.h"
#include "ui/deltas.h"
#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/iteration_card.h"
#include "ui/panel.h"

enum { TEXT_MAX = 320, RAIL_WIDTH = 32, PAST_MAX = 4, LABEL_WIDTH = 7 };

struct detail {
    const struct view *view;
    const struct delta *delta;
    struct delta edited;       /* DELTA while its value is being typed */
    const struct param *param; /* NULL: an older file's, not in the table */
    int iteration;             /* that the line belongs to */
    bool pending;
};

typedef void detail_text(const struct detail *detail, char *text, size_t size);

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
    snprintf(text, size, "%s%s: %.*s%s", rule_name(delta->rule),
             rule_is_safety(delta->rule) ? " (safety)" : "", (int)before, delta->why,
             after + strspn(after, " "));
}

/* What became of a line that is decided. */
static void outcome_text(const struct detail *detail, char *text, size_t size)
{
    const struct delta *delta = detail->delta;
    const struct iteration *iteration = run_iteration(&detail->view->run, detail->iteration);
    const char *by = iteration != NULL ? iteration->decided_by : "";
    enum delta_state state = deltas_state(detail->view, delta, detail->iteration);
    snprintf(text, size, "%s%s%s%s%s", delta_state_name(state), by[0] ? " by " : "", by,
             delta->note[0] ? ": " : "", delta->note);
}

static void disk_text(const struct detail *detail, char *text, size_t size)
{
    char now[32], after[32], target[32], aside[DELTA_NOTE_MAX + 24] = "";
    const struct delta *delta = detail->delta;
    if (!detail->pending) {
        outcome_text(detail, text, size);
        return;
    }
    deltas_number(detail->view, delta, delta->now, now, sizeof now);
    deltas_number(detail->view, delta, delta->after, after, sizeof after);
    deltas_number(detail->view, delta, delta->target, target, sizeof target);
    if (delta->state == DELTA_EDITED)
        snprintf(aside, sizeof aside, "; the tuner asked %s", target);
    if (delta->state == DELTA_REJECTED)
        snprintf(aside, sizeof aside, "; rejected: %s", delta->note);
    snprintf(text, size, "%s -> %s at %s.%s (1 path)%s", now, after,
             detail->param ? detail->param->section : "?", delta->name, aside);
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

static void guards_text(const struct detail *detail, char *text, size_t size)
{
    const struct view *view = detail->view;
    const struct delta *delta = detail->delta;
    const char *holds = detail->pending ? "holds" : "held";
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
        snprintf(text, size, "none %s it; velocity budget %.0f%% used, this takes %.0f%% of it",
                 holds, used.number * 100.0, step / budget * 100.0);
}

static void gate_text(const struct detail *detail, char *text, size_t size)
{
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
}

/* "40 ......(65)..>70........ 80" */
static void rail_text(const struct detail *detail, char *text, size_t size)
{
    const struct param *param = detail->param;
    char rail[RAIL_WIDTH + 1], now[32], after[32];
    text[0] = '\0';
    if (param == NULL || !value_present(param_range(param)) || param_range(param).number <= 0.0)
        return;
    if (!isfinite(detail->delta->now) || !isfinite(detail->delta->after))
        return;
    memset(rail, '.', RAIL_WIDTH);
    rail[RAIL_WIDTH] = '\0';
    double scale = (RAIL_WIDTH - 1) / param_range(param).number, floor = param->floor.number;
    int at_now = (int)lround((param_clamp(param, detail->delta->now) - floor) * scale);
    int at_after = (int)lround((param_clamp(param, detail->delta->after) - floor) * scale);
    rail[at_now] = 'o';
    rail[at_after] = at_after < at_now ? '<' : '>';
    deltas_number(detail->view, detail->delta, detail->delta->now, now, sizeof now);
    deltas_number(detail->view, detail->delta, detail->delta->after, after, sizeof after);
    snprintf(text, size, "%g [%s] %g   %s -> %s %s", floor, rail, param->cap.number, now, after,
             param->unit);
}

/* The changes of the parameter that were applied before, the newest first. */
static void past_text(const struct detail *detail, char *text, size_t size)
{
    const struct run *run = &detail->view->run;
    size_t length = 0;
    int shown = 0;
    text[0] = '\0';
    for (size_t i = run->change_count; i > 0 && shown < PAST_MAX && length < size; i--) {
        const struct change *change = &run->change[i - 1];
        char after[32];
        if (!change_moves(change, detail->delta->param) ||
            change->after_iteration >= detail->iteration)
            continue;
        param_format(detail->param, change->after[detail->delta->param], after, sizeof after);
        length += (size_t)snprintf(
            text + length, size - length, "%s%s since it %d%s%s", shown++ > 0 ? ", " : "", after,
            change->after_iteration + 1, change->kind == CHANGE_APPLY ? "" : " by ",
            change->kind == CHANGE_APPLY ? "" : change_kind_name(change->kind));
    }
    if (shown == 0)
        snprintf(text, size, "not changed in this run before");
}

/* In the order in which they stand; RANK: which ones stand when there is room for a few only. */
static const struct {
    const char *label;
    detail_text *text;
    int rank;
} rows[] = {
    {"rail", rail_text, 5}, {"why", why_text, 1},       {"past", past_text, 6},
    {"disk", disk_text, 2}, {"guards", guards_text, 3}, {"gate", gate_text, 4},
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

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
        if (rows[i].rank > area.height)
            continue;
        rows[i].text(&detail, text, sizeof text);
        struct rect row = {area.x, y, area.width, 1};
        if (text[0] == '\0')
            continue;
        canvas_text(canvas, row, row.x + 1, y, STYLE_DIM,
                    i == 3 && !detail.pending ? "became" : rows[i].label);
        canvas_text(canvas, row, row.x + 1 + LABEL_WIDTH, y, STYLE_TEXT, text);
        y++;
    }
}
