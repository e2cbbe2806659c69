/* footer: the lines at the bottom. The keys are those of the table of actions that work now, the
 * most important first, as many as fit. UI thread; pure. */
#include "config.h"

#include "ui/footer.h"

#include <stdio.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/bindings.h"
#include "ui/deltas.h"
#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/keymap.h"
#include "ui/sandbox.h"
#include "ui/scene.h"

enum {
    RANK_MAX = 99,
    BAR_MAX = 22,
    BAR_MIN = 8,
    GAP = 2,
    WIDE = 100,
    SHORT = 60, /* under it what waits is said in fewer words */
    PART_MAX = ERROR_TEXT_MAX + 40
};

void footer_draw_status(const struct view *view, struct canvas *canvas, struct rect row)
{
    if (row.height <= 0 || view->status[0] == '\0')
        return;
    canvas_text_cut(canvas, row, row.x + 1, row.y, view->status_alert ? STYLE_ALERT : STYLE_TEXT,
                    view->status);
}

/* "STAGED 2/4  base 9f3a1c", or what else became of the last proposal's lines. */
static int draw_staged_count(const struct view *view, struct canvas *canvas, struct rect row, int x)
{
    const struct run *run = &view->run;
    if (!run->has_pending)
        return x;
    size_t count = proposal_staged(&run->pending);
    x = canvas_printf(canvas, row, x, row.y, count > 0 ? STYLE_BOLD : STYLE_TEXT, "STAGED %zu/%zu",
                      count, run->pending.count);
    if (canvas->width < SHORT)
        return x + GAP;
    return canvas_printf(canvas, row, x + GAP, row.y, STYLE_DIM, "base %.6s",
                         run->pending.base_hash) +
           GAP;
}

/* How long it waits already, or when it is decided without an operator. */
static void holding_words(const struct view *view, int64_t past, char *text, size_t size)
{
    const struct proposal *pending = &view->run.pending;
    char span[DURATION_TEXT_MAX];
    if (pending->decide_by_ms > 0) {
        duration_left(span, pending->decide_by_ms - view->now_ms);
        snprintf(text, size, "it %d: decide in %s, else %s", pending->iteration, span,
                 pending->timeout_applies ? "applied" : "rejected");
        return;
    }
    duration_coarse(span, past);
    snprintf(text, size, "it %d waits for you, %s", pending->iteration, span);
}

/* What the run does and waits for, in words. */
static void state_words(const struct view *view, char *text, size_t size)
{
    const struct run *run = &view->run;
    char span[DURATION_TEXT_MAX];
    int64_t past = view->mono_ms - view->state_ms;
    if (view->lost[0] != '\0' && !view->ended) {
        snprintf(text, size, "NOT CONNECTED, read-only: %s", view->lost);
        return;
    }
    switch (run->state) {
    case RUN_STARTING:
        snprintf(text, size, "starting");
        return;
    case RUN_RUNNING:
        duration_text(span, past);
        snprintf(text, size, "iteration %d is running, %s", run->current, span);
        return;
    case RUN_HOLDING:
        holding_words(view, past, text, size);
        return;
    case RUN_SLEEPING:
        duration_left(span, run->next_ms == UTC_NONE ? 0 : run->next_ms - view->now_ms);
        snprintf(text, size, "next iteration starts in %s", span);
        return;
    case RUN_PAUSED:
        snprintf(text, size, "PAUSED: {pause} resumes, {run-next} runs the next iteration");
        return;
    case RUN_STOPPED:
    case RUN_COMPLETED:
        snprintf(text, size, "run %s, %zu iterations: {gate} runs a gate, {quit} leaves",
                 run_state_name(run->state), run->count);
        return;
    case RUN_FAILED:
    case RUN_STATE_COUNT:
        break;
    }
    snprintf(text, size, "the run FAILED: %s", view->end_error.text);
}

/* "[#######-------]" of WIDTH columns; SHARE is 0..1. */
static void draw_bar(struct canvas *canvas, struct rect row, int x, int width, double share)
{
    int inside = width - 2, full = (int)(share * inside + 0.5);
    full = full < 0 ? 0 : full > inside ? inside : full;
    canvas_put(canvas, row, x, row.y, STYLE_FRAME, '[');
    for (int i = 0; i < inside; i++)
        canvas_put(canvas, row, x + 1 + i, row.y, i < full ? STYLE_GRAPH : STYLE_DIM,
                   i < full ? '#' : '-');
    canvas_put(canvas, row, x + width - 1, row.y, STYLE_FRAME, ']');
}

static void draw_share(struct canvas *canvas, struct rect row, int x, double share)
{
    int room = row.x + row.width - x - 1, width = room < BAR_MAX ? room : BAR_MAX;
    if (width >= BAR_MIN)
        draw_bar(canvas, row, x, width, share);
}

/* "strict gate 3/5 verify 12s [####----]" */
static void draw_gate(const struct view *view, struct canvas *canvas, struct rect row, int x)
{
    char span[DURATION_TEXT_MAX];
    duration_text(span, view->mono_ms - view->gate_started_ms);
    double step = view->gate_total > 0 ? (double)view->gate_done / (double)view->gate_total : 0.0;
    x = canvas_printf(canvas, row, x, row.y, STYLE_BOLD, "%s gate %d/%d %s %s",
                      view->gate_strict ? "strict" : "MOCK", (int)view->gate_step + 1,
                      (int)GATE_STEPS, gate_step_name(view->gate_step), span);
    draw_share(canvas, row, x + GAP, ((double)view->gate_step + step) / GATE_STEPS);
}

void footer_draw_staged(const struct view *view, struct canvas *canvas, struct rect row)
{
    char text[PART_MAX];
    const struct run *run = &view->run;
    if (row.height <= 0)
        return;
    int x = row.x + 1;
    if (view->mode == VIEW_REPLAY && !view->gate_running) {
        snprintf(text, sizeof text,
                 canvas->width > SHORT
                     ? "iteration %d of %d: {previous-iteration} {next-iteration} "
                       "steps, {previous-event} {next-event} goes from event to event"
                     : "it %d of %d: {previous-iteration} {next-iteration} step, "
                       "{previous-event} {next-event} events",
                 view_number(view), view_count(view));
        bindings_expand(text, sizeof text);
        canvas_text_cut(canvas, row, x, row.y, STYLE_TEXT, text);
        return;
    }
    if (view_pending(view) || view->mode != VIEW_SANDBOX)
        x = draw_staged_count(view, canvas, row, x);
    if (view->gate_running) {
        draw_gate(view, canvas, row, x);
        return;
    }
    if (view->mode == VIEW_SANDBOX)
        sandbox_state_words(view, text, sizeof text);
    else
        state_words(view, text, sizeof text);
    bindings_expand(text, sizeof text);
    enum style style = run->state == RUN_FAILED ? STYLE_ALERT : STYLE_TEXT;
    x = canvas_text_cut(canvas, row, x, row.y, style, text);
    if (run->state == RUN_SLEEPING && run->interval_s > 0.0 && run->next_ms != UTC_NONE)
        draw_share(canvas, row, x + GAP,
                   1.0 - (double)(run->next_ms - view->now_ms) / (run->interval_s * 1000.0));
}

/* The word behind the key: what it does now, where that is not always the same. */
static const char *word_of(const struct view *view, const struct action *action)
{
    if (action->run == action_freeze && view->mode == VIEW_REPLAY)
        return view->play.on ? "stop" : "play";
    if (action->run == action_freeze && view->mode == VIEW_FROZEN)
        return "unfreeze";
    if (view->mode == VIEW_SANDBOX && action->run == action_rehearse)
        return "leave";
    if (view->mode == VIEW_SANDBOX && action->run == action_run_next)
        return "as auto";
    if (view->mode == VIEW_SANDBOX && action->run == action_export)
        return "runbook";
    bool covered = view->mode != VIEW_SANDBOX && view->runs.under != NULL &&
                   view->runs.under->mode != VIEW_REPLAY;
    if (action->run == action_live && (view->mode == VIEW_FROZEN || covered))
        return view->watching ? "newest" : "live";
    return action->footer;
}

static int label_columns(const struct view *view, const struct action *action)
{
    char label[BINDINGS_LABEL_MAX];
    bindings_label(action, label);
    return text_columns(label) + 1 + text_columns(word_of(view, action));
}

static int draw_key(const struct view *view, const struct action *action, struct canvas *canvas,
                    struct rect row, int x)
{
    char label[BINDINGS_LABEL_MAX];
    bindings_label(action, label);
    x = canvas_text(canvas, row, x, row.y, STYLE_KEY, label);
    return canvas_text(canvas, row, x + 1, row.y, STYLE_TEXT, word_of(view, action));
}

/* While a value is edited its keys are these. */
static void draw_edit_keys(const struct dialog_edit *edit, const struct view *view,
                           struct canvas *canvas, struct rect row)
{
    int index = param_find(&view->config->params, edit->param);
    const struct param *param = &view->config->params.param[index < 0 ? 0 : index];
    char bounds[64] = "";
    if (value_present(param->floor))
        snprintf(bounds, sizeof bounds, "%g..", param->floor.number);
    if (value_present(param->cap))
        snprintf(bounds + strlen(bounds), sizeof bounds - strlen(bounds), "%g", param->cap.number);
    double step = value_present(param->step) ? param->step.number : 1.0;
    int x = canvas_printf(canvas, row, row.x + 1, row.y, STYLE_BOLD, "%s [%s_] in %s%s%s",
                          edit->param, edit->text, bounds, row.width >= WIDE ? " " : "",
                          row.width >= WIDE ? param->unit : "");
    x = canvas_text(canvas, row, x + GAP, row.y, STYLE_KEY, "Enter");
    x = canvas_text(canvas, row, x, row.y, STYLE_TEXT, " accept");
    x = canvas_text(canvas, row, x + GAP, row.y, STYLE_KEY, ", .");
    x = canvas_printf(canvas, row, x, row.y, STYLE_TEXT, " %g", step);
    x = canvas_text(canvas, row, x + GAP, row.y, STYLE_KEY, "Esc");
    canvas_text(canvas, row, x, row.y, STYLE_TEXT, " leave");
}

/* While a search or a filter is typed: the text, what it finds or why it cannot be read. */
static void draw_find_keys(const struct dialog_find *find, const struct view *view,
                           struct canvas *canvas, struct rect row)
{
    int x = canvas_printf(canvas, row, row.x + 1, row.y, STYLE_BOLD, "%s: %s_",
                          find->filters ? "filter" : "find", find->text);
    x += GAP;
    if (find->error.code != ERROR_NONE) {
        canvas_text(canvas, row, x, row.y, STYLE_ALERT, find->error.text);
        return;
    }
    if (find->filters)
        x = canvas_printf(canvas, row, x, row.y, STYLE_TEXT, "%zu of %zu",
                          rows_count(view, find->panel), rows_total(view, find->panel));
    else
        x = canvas_printf(canvas, row, x, row.y, STYLE_TEXT, "%zu hit%s",
                          rows_hits(view, find->panel),
                          rows_hits(view, find->panel) == 1 ? "" : "s");
    x = canvas_text(canvas, row, x + GAP, row.y, STYLE_KEY, "Enter");
    x = canvas_text(canvas, row, x, row.y, STYLE_TEXT, " keep");
    x = canvas_text(canvas, row, x + GAP, row.y, STYLE_KEY, "Esc");
    canvas_text(canvas, row, x, row.y, STYLE_TEXT, " give back");
}

static int draw_pair(struct canvas *canvas, struct rect row, int x, const char *key,
                     const char *text)
{
    x = canvas_text(canvas, row, x, row.y, STYLE_KEY, key);
    return canvas_text(canvas, row, x + 1, row.y, STYLE_TEXT, text) + GAP;
}

/* While a dialog is open the keys are its own. */
static void draw_dialog_keys(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct dialog_key_text cancel, other, confirm;
    dialog_footer(view, &cancel, &other, &confirm);
    int x = draw_pair(canvas, row, row.x + 1, cancel.key, cancel.text);
    if (other.key[0] != '\0')
        x = draw_pair(canvas, row, x, other.key, other.text);
    if (confirm.key[0] != '\0')
        x = draw_pair(canvas, row, x, confirm.key, confirm.text);
    if (dialog_is_cut(view))
        draw_pair(canvas, row, x, "arrows PgUp PgDn", "scroll");
}

/* What stands at the end: help, or the palette if help has no key; NULL: neither has. */
static const struct action *last_key(void)
{
    const struct action *help = action_find("help"), *palette = action_find("palette");
    if (bindings_of(help)->key != 0)
        return help;
    return bindings_of(palette)->key != 0 ? palette : NULL;
}

/* Places the keys of the moment in ROW; draws them on CANVAS (may be NULL); returns the action
 * whose key or word is at column X, or NULL. */
static const struct action *place_keys(const struct view *view, struct canvas *canvas,
                                       struct rect row, int column)
{
    const struct action *last = last_key(), *found = NULL;
    int x = row.x + 1, end = row.x + row.width - (last != NULL ? label_columns(view, last) : 0) - 1;
    for (int rank = 1; rank <= RANK_MAX; rank++)
        for (const struct action *action = action_table; action->name != NULL; action++) {
            if (action->rank != rank || action->footer == NULL || action == last ||
                bindings_of(action)->key == 0)
                continue;
            int width = label_columns(view, action);
            if (x + width + GAP > end || action_why_not(action, view) != NULL ||
                keymap_at(view, bindings_of(action)->key) != action)
                continue;
            if (column >= x && column < x + width)
                found = action;
            if (canvas != NULL)
                draw_key(view, action, canvas, row, x);
            x += width + GAP;
        }
    if (canvas != NULL && last != NULL)
        draw_key(view, last, canvas, row, end);
    return column >= end ? last : found;
}

const struct action *footer_action_at(const struct view *view, struct rect row, int x)
{
    return place_keys(view, NULL, row, x);
}

void footer_draw_keys(const struct view *view, struct canvas *canvas, struct rect row)
{
    const struct dialog_edit *edit = dialog_edit_of(view);
    if (row.height <= 0)
        return;
    if (edit != NULL) {
        draw_edit_keys(edit, view, canvas, row);
        return;
    }
    if (dialog_find_of(view) != NULL) {
        draw_find_keys(dialog_find_of(view), view, canvas, row);
        return;
    }
    if (view->dialog != NULL) {
        draw_dialog_keys(view, canvas, row);
        return;
    }
    place_keys(view, canvas, row, -1);
}
