/* panel_gate: the verdict so far and what can still become of it, and the answer of the last gate
 * with every check. The verdict is the judgement's and the gate's own; nothing is judged here. UI
 * thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <stdio.h>
#include <string.h>

#include "ui/dialog.h"
#include "ui/duration.h"
#include "ui/explain.h"
#include "ui/figure.h"
#include "ui/gate_sheet.h"
#include "ui/rows_draw.h"
#include "ui/panel_rows.h"

enum {
    MARK_WIDTH = 5,
    NAME_WIDTH = 34,
    VALUE_WIDTH = 12,
    NARROW = 60,
    NARROW_VALUE_WIDTH = 8,
    NARROW_LIMIT_WIDTH = 11
};

static void draw_progress(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    char span[DURATION_TEXT_MAX], text[GATE_LINE_MAX];
    duration_text(span, view->mono_ms - view->gate_started_ms);
    snprintf(text, sizeof text, "%s gate running: step %d of %d, %s %zu/%zu, %s; {gate} x stops it",
             view->gate_strict ? "strict" : "MOCK", (int)view->gate_step + 1, (int)GATE_STEPS,
             gate_step_name(view->gate_step), view->gate_done, view->gate_total, span);
    gate_sheet_line(sheet, STYLE_BOLD, text);
}

/* One check: PASS or FAIL, what, its value, its limit; narrow: what comes last and may be cut. A
 * mock gate's lines all say so. */
static void draw_check(struct gate_sheet *sheet, const struct gate_check *check, bool mock)
{
    const char *word = check->passed ? "PASS" : check->decides ? "FAIL" : "note";
    enum style style = check->passed ? STYLE_PASS : check->decides ? STYLE_FAIL : STYLE_WARN;
    struct canvas *canvas = sheet->canvas;
    struct rect row = gate_sheet_row(sheet);
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

/* The checks of the list, as it is filtered and sorted. */
static void draw_checks(struct gate_sheet *sheet, bool mock)
{
    const struct view *view = sheet->view;
    size_t count = rows_count(view, PANEL_GATE);
    int selected = rows_selected(view, PANEL_GATE);
    for (size_t place = 0; place < count; place++) {
        size_t row = rows_row(view, PANEL_GATE, place);
        int y = sheet->row;
        if ((int)place == selected)
            sheet->cursor = y;
        draw_check(sheet, panel_gate_row(view, row), mock);
        if (sheet->canvas != NULL && (int)place == selected && view->focus == PANEL_GATE &&
            y >= sheet->top && y - sheet->top < sheet->area.height)
            canvas_restyle(
                sheet->canvas,
                (struct rect){sheet->area.x, sheet->area.y + y - sheet->top, sheet->area.width, 1},
                STYLE_CURSOR);
    }
}

static void draw_result(struct gate_sheet *sheet, const struct gate_result *gate)
{
    const struct judgement *judgement = &gate->judgement;
    const char *mock = judgement->mock ? "MOCK " : "";
    int status = judge_exit_status(judgement);
    gate_sheet_printf(sheet,
                      status == 0   ? STYLE_PASS
                      : status == 3 ? STYLE_WARN
                                    : STYLE_FAIL,
                      "last gate: %s%s, %s%s (exit %d)", judgement->mock ? "MOCK" : "strict limits",
                      judgement->strict ? ", --strict" : "", verdict_name(judgement->verdict),
                      judgement->gate_failed ? ", gate FAILED" : "", status);
    draw_checks(sheet, judgement->mock);
    for (size_t i = 0; i < judgement->reason_count; i++)
        gate_sheet_printf(sheet, STYLE_TEXT, "%sbecause %s", mock, judgement->reason[i]);
    gate_sheet_printf(sheet, STYLE_DIM,
                      "%sit %d..%d; promotable: %s; %zu reports written, {report} reads them", mock,
                      judgement->from, judgement->to, judgement->promotable ? "yes" : "no",
                      gate->file_count);
}

static void draw_all(struct gate_sheet *sheet)
{
    const struct view *view = sheet->view;
    if (view->run.count == 0) {
        gate_sheet_line(sheet, STYLE_DIM, "no iteration to judge yet");
    } else {
        gate_lines_verdict(sheet);
        gate_lines_forecast(sheet);
        gate_lines_apply_ratio(sheet);
        gate_lines_report(sheet);
    }
    if (view->gate_running)
        draw_progress(sheet);
    if (view->gate == NULL && view->gate_error.code != ERROR_NONE)
        gate_sheet_line(sheet, STYLE_ALERT, view->gate_error.text);
    if (view->run.count == 0)
        return;
    gate_lines_xray(sheet);
    gate_lines_whatif(sheet);
    if (view->gate != NULL) {
        draw_result(sheet, view->gate);
        return;
    }
    gate_sheet_line(sheet, STYLE_DIM, "the checks so far:");
    draw_checks(sheet, view->judgement.mock);
}

/* First row shown of TOTAL: the check under the cursor is in sight, at the first one the head, at
 * the last one the end. */
static int top_of(const struct view *view, const struct gate_sheet *counted, int height)
{
    int last_top = counted->row > height ? counted->row - height : 0;
    int selected = rows_selected(view, PANEL_GATE), count = (int)rows_count(view, PANEL_GATE);
    if (selected <= 0 || counted->cursor < 0)
        return 0;
    if (selected == count - 1)
        return last_top;
    int top = counted->cursor - height / 2;
    return top < 0 ? 0 : top > last_top ? last_top : top;
}

static void panel_gate_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct gate_sheet sheet = {.view = view, .area = area, .cursor = -1};
    draw_all(&sheet);
    int top = top_of(view, &sheet, area.height), rows = sheet.row;
    sheet = (struct gate_sheet){
        .view = view, .canvas = canvas, .area = area, .top = top, .cursor = -1};
    draw_all(&sheet);
    if (rows - top > area.height)
        rows_draw_left_out(canvas, area, (size_t)(rows - top - area.height), "");
}

static unsigned panel_gate_open(struct view *view)
{
    return dialog_report_open(view);
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
    .open = panel_gate_open,
    .explain = explain_gate,
    .rows = &panel_gate_list,
    .help =
        "The verdict over the last iterations, the earliest iteration at which PASS can be, and "
        "how many misses the final window bears; below it the last gate's checks, each with its "
        "value and its limit. The X-ray shows every set of rules for the same iterations and marks "
        "those that disagree. With {zoom}, {step-down} and {step-up} imagine another limit for the "
        "KPI under the cursor and list the iterations that would flip: WHAT-IF, it changes "
        "nothing. {gate} runs a gate; {open} or {report} reads its reports. Columns: check, state, "
        "value, "
        "limit, of; filter: state:fail. {search} searches, {filter} filters, {sort} sorts, {copy} "
        "copies, {export} exports the rows.",
};
