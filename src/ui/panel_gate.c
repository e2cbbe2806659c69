/* panel_gate: the verdict so far and what can still become of it, and the answer of the last gate
 * with every check. The verdict is the judgement's and the gate's own; nothing is judged here. UI
 * thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "ui/bindings.h"
#include "ui/duration.h"
#include "ui/explain.h"
#include "ui/figure.h"
#include "ui/layout.h"

enum {
    LINE_MAX_TEXT = 256,
    MARK_WIDTH = 5,
    NAME_WIDTH = 34,
    VALUE_WIDTH = 12,
    NARROW = 60,
    NARROW_VALUE_WIDTH = 8,
    NARROW_LIMIT_WIDTH = 11,
    COLUMNS_MIN = 8
};

/* The rows are counted as they are drawn, so that drawing and scrolling agree. */
struct sheet {
    const struct view *view;
    struct canvas *canvas; /* NULL: only count */
    struct rect area;
    int row, top;
};

static struct rect next_row(struct sheet *sheet)
{
    int y = sheet->row++ - sheet->top;
    bool visible = sheet->canvas != NULL && y >= 0 && y < sheet->area.height;
    return (struct rect){sheet->area.x, sheet->area.y + y, visible ? sheet->area.width : 0, 1};
}

/* Bytes of TEXT that fit into COLUMNS, cut at a blank if there is one. Text that comes here is made
 * by the program: but for an error's, it is ASCII. */
static size_t fitting(const char *text, int columns)
{
    size_t length = strlen(text), cut;
    if (length <= (size_t)columns)
        return length;
    for (cut = (size_t)columns; cut > 0 && text[cut] != ' '; cut--)
        ;
    return cut > 0 ? cut : (size_t)columns;
}

/* TEXT in as many rows as it needs, all but the first indented. */
static void line(struct sheet *sheet, enum style style, const char *text)
{
    int indent = 1;
    text = bindings_expanded(text);
    while (*text != '\0') {
        struct rect row = next_row(sheet);
        int columns = sheet->area.width - indent - 1;
        size_t length = columns < COLUMNS_MIN ? strlen(text) : fitting(text, columns);
        if (row.width > 0)
            canvas_printf(sheet->canvas, row, row.x + indent, row.y, style, "%.*s", (int)length,
                          text);
        text += length;
        text += strspn(text, " ");
        indent = 3;
    }
}

static void draw_verdict(struct sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct judgement *judgement = &view->judgement;
    char text[LINE_MAX_TEXT];
    snprintf(text, sizeof text, "%s %d/%d pass (%s), need %d; freeze seen: %s",
             verdict_name(judgement->verdict), judgement->pass_count, judgement->window,
             thresholds_name(judgement->mock), view->config->thresholds.pass_count,
             judgement->freeze_seen ? "yes" : "no");
    line(sheet, verdict_style(judgement->verdict), text);
}

static void draw_forecast(struct sheet *sheet)
{
    const struct view *view = sheet->view;
    const struct forecast *forecast = &view->forecast;
    char text[LINE_MAX_TEXT];
    enum run_state state = view->run.state;
    bool over = view->mode == VIEW_REPLAY || state == RUN_COMPLETED || state == RUN_STOPPED;
    if (over && view_number(view) == (int)view->run.count)
        snprintf(text, sizeof text, "the run is over: this verdict stays");
    else if (forecast->out_of_reach && forecast->earliest_pass > 0)
        snprintf(text, sizeof text, "PASS is out of reach, WARN from it %d",
                 forecast->earliest_pass);
    else if (forecast->out_of_reach)
        snprintf(text, sizeof text, "PASS and WARN are out of reach in this run");
    else if (view->judgement.verdict == VERDICT_PASS)
        snprintf(text, sizeof text, "PASS now");
    else
        snprintf(text, sizeof text, "PASS earliest it %d, if all until then pass",
                 forecast->earliest_pass);
    size_t length = strlen(text);
    if (forecast->misses_left >= 0 && !forecast->out_of_reach && !over)
        snprintf(text + length, sizeof text - length, "; the final window may lose %d",
                 forecast->misses_left);
    line(sheet, forecast->out_of_reach ? STYLE_FAIL : STYLE_TEXT, text);
}

static void draw_progress(struct sheet *sheet)
{
    const struct view *view = sheet->view;
    char span[DURATION_TEXT_MAX], text[LINE_MAX_TEXT];
    duration_text(span, view->mono_ms - view->gate_started_ms);
    snprintf(text, sizeof text, "%s gate running: step %d of %d, %s %zu/%zu, %s; {gate} x stops it",
             view->gate_strict ? "strict" : "MOCK", (int)view->gate_step + 1, (int)GATE_STEPS,
             gate_step_name(view->gate_step), view->gate_done, view->gate_total, span);
    line(sheet, STYLE_BOLD, text);
}

/* One check: PASS or FAIL, what, its value, its limit; narrow: what comes last and may be cut. A
 * mock gate's lines all say so. */
static void draw_check(struct sheet *sheet, const struct gate_check *check, bool mock)
{
    const char *word = check->passed ? "PASS" : check->decides ? "FAIL" : "note";
    enum style style = check->passed ? STYLE_PASS : check->decides ? STYLE_FAIL : STYLE_WARN;
    struct canvas *canvas = sheet->canvas;
    struct rect row = next_row(sheet);
    bool narrow = sheet->area.width < NARROW;
    if (row.width == 0)
        return;
    int x = row.x + 1;
    if (mock)
        x = canvas_text(canvas, row, x, row.y, STYLE_WARN, "MOCK") + 1;
    canvas_text(canvas, row, x, row.y, style, word);
    x += MARK_WIDTH;
    if (!narrow) {
        canvas_text(canvas, row, x, row.y, STYLE_TEXT, check->name);
        x += NAME_WIDTH;
    }
    int end = canvas_text(canvas, row, x, row.y, STYLE_BOLD, check->value);
    x += narrow ? NARROW_VALUE_WIDTH : VALUE_WIDTH;
    x = end < x ? x : end + 1;
    end = canvas_text(canvas, row, x, row.y, STYLE_DIM, check->limit);
    x += NARROW_LIMIT_WIDTH;
    if (narrow)
        canvas_text(canvas, row, end < x ? x : end + 1, row.y, STYLE_TEXT, check->name);
}

static void draw_result(struct sheet *sheet, const struct gate_result *gate)
{
    const struct judgement *judgement = &gate->judgement;
    char text[LINE_MAX_TEXT];
    int status = judge_exit_status(judgement);
    snprintf(text, sizeof text, "last gate: %s%s, %s%s (exit %d)",
             judgement->mock ? "MOCK" : "strict limits", judgement->strict ? ", --strict" : "",
             verdict_name(judgement->verdict), judgement->gate_failed ? ", gate FAILED" : "",
             status);
    line(sheet, status == 0 ? STYLE_PASS : status == 3 ? STYLE_WARN : STYLE_FAIL, text);
    for (size_t i = 0; i < judgement->check_count; i++)
        draw_check(sheet, &judgement->check[i], judgement->mock);
    for (size_t i = 0; i < judgement->reason_count; i++) {
        snprintf(text, sizeof text, "%sbecause %s", judgement->mock ? "MOCK " : "",
                 judgement->reason[i]);
        line(sheet, STYLE_TEXT, text);
    }
    snprintf(text, sizeof text,
             "%sit %d..%d; promotable: %s; %zu reports written, {report} reads them",
             judgement->mock ? "MOCK " : "", judgement->from, judgement->to,
             judgement->promotable ? "yes" : "no", gate->file_count);
    line(sheet, STYLE_DIM, text);
}

static void draw_all(struct sheet *sheet)
{
    const struct view *view = sheet->view;
    if (view->run.count == 0)
        line(sheet, STYLE_DIM, "no iteration to judge yet");
    else {
        draw_verdict(sheet);
        draw_forecast(sheet);
    }
    if (view->gate_running)
        draw_progress(sheet);
    if (view->gate != NULL)
        draw_result(sheet, view->gate);
    else if (view->gate_error.code != ERROR_NONE)
        line(sheet, STYLE_ALERT, view->gate_error.text);
    else if (!view->gate_running)
        line(sheet, STYLE_DIM, "no gate has run in this session: {gate}");
}

static void panel_gate_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct sheet sheet = {
        .view = view, .canvas = canvas, .area = area, .top = view->top[PANEL_GATE]};
    draw_all(&sheet);
    if (sheet.row - sheet.top > area.height)
        canvas_text_right(canvas, area, area.x + area.width, area.y + area.height - 1, STYLE_DIM,
                          " more ");
}

static unsigned panel_gate_move(struct view *view, int rows)
{
    struct sheet sheet = {.view = view};
    if (view->layout != NULL)
        sheet.area.width = view->layout->panel[PANEL_GATE].width - 2;
    draw_all(&sheet);
    int top = view->top[PANEL_GATE] + rows, last = sheet.row - 1;
    top = top > last ? last : top;
    view->top[PANEL_GATE] = top < 0 ? 0 : top;
    return REACT_REDRAW;
}

static void panel_gate_hint(const struct view *view, char *text, size_t size)
{
    snprintf(text, size, view->gate_running ? "{gate} x stop" : "{gate} run");
}

static void panel_gate_mark(const struct view *view, char *text, size_t size)
{
    bool failed = view->gate != NULL && view->gate->judgement.gate_failed;
    snprintf(text, size, "%s", view->gate_running ? "..." : failed ? "!" : "");
}

const struct panel_class panel_gate = {
    .id = PANEL_GATE,
    .name = "Gate",
    .hint = panel_gate_hint,
    .mark = panel_gate_mark,
    .draw = panel_gate_draw,
    .move = panel_gate_move,
    .explain = explain_gate,
    .rows = &panel_gate_list,
    .help =
        "The verdict over the last iterations, the earliest iteration at which PASS can be, and "
        "how many misses the final window bears; below it the last gate's checks, each with its "
        "value and its limit. {gate} runs a gate, {report} reads its reports.",
};
