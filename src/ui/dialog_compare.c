/* dialog_compare: this run (B) beside the baseline (A): KPIs, parameters, and where they begin to
 * differ. It writes nothing: level 0. UI thread. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "artifact/compare_report.h"
#include "model/mem.h"
#include "ui/dialog_class.h"
#include "ui/figure.h"
#include "ui/key.h"

struct comparison {
    struct dialog dialog;
    enum compare_align align;
    int selected; /* row: first the KPIs, then the parameters that differ */
};

static void compute(struct compare *compare, const struct view *view, enum compare_align align)
{
    compare_runs(compare, view_baseline(view), &view->run, view_count(view), align);
}

static void compare_title(const struct dialog *dialog, char *text, size_t size)
{
    (void)dialog;
    snprintf(text, size, "COMPARE");
}

static void add_remarks(const struct compare *compare, const struct view *view,
                        struct dialog_lines *lines)
{
    struct buffer text = {0};
    compare_remarks(compare, view_baseline(view), &view->run, &text);
    char *rest = NULL;
    for (char *line = strtok_r(text.text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        dialog_add(lines, STYLE_DIM, "%s", line);
    buffer_fini(&text);
}

static void compare_lines(const struct dialog *dialog, const struct view *view,
                          struct dialog_lines *lines)
{
    const struct comparison *comparison = (const struct comparison *)dialog;
    const struct run *a = view_baseline(view);
    char text[DIALOG_LINE_MAX];
    struct compare compare;
    if (a == NULL) {
        dialog_add(lines, STYLE_TEXT, "the baseline is gone");
        return;
    }
    compute(&compare, view, comparison->align);
    lines->whole = true;
    dialog_add(lines, STYLE_TEXT, "A = %s (baseline)   B = %s (this run)", compare_run_name(a),
               compare_run_name(&view->run));
    add_remarks(&compare, view, lines);
    compare_head_line(text, sizeof text);
    dialog_add(lines, STYLE_BOLD, "%s", text);
    int first = (int)lines->count;
    for (int i = 0; i < KPI_COUNT; i++) {
        compare_kpi_line(&compare, figure_order[i], text, sizeof text);
        dialog_add(lines, STYLE_TEXT, "%s", text);
    }
    for (size_t i = 0; i < compare.param_count; i++) {
        compare_param_line(&compare, &view->config->params, i, text, sizeof text);
        dialog_add(lines, STYLE_TEXT, "%s", text);
    }
    lines->selected = first + comparison->selected;
    if (lines->selected >= (int)lines->count)
        lines->selected = (int)lines->count - 1;
    compare_fini(&compare);
}

static void compare_buttons(const struct dialog *dialog, struct dialog_buttons *buttons)
{
    (void)dialog;
    snprintf(buttons->cancel, sizeof buttons->cancel, "Esc  close");
    snprintf(buttons->confirm, sizeof buttons->confirm, "Enter jump  Tab align  c other  x none");
}

/* To where the selected row begins to differ, in both runs. */
static unsigned jump(const struct comparison *comparison, struct view *view)
{
    struct compare compare;
    compute(&compare, view, comparison->align);
    int row = comparison->selected, a = 0, b = 0;
    size_t param = (size_t)(row - KPI_COUNT);
    if (row < KPI_COUNT) {
        a = compare.kpi[figure_order[row]].first_a;
        b = compare.kpi[figure_order[row]].first_b;
    } else if (param < compare.param_count) {
        a = compare.param[param].first_a;
        b = compare.param[param].first_b;
    }
    compare_fini(&compare);
    if (b == 0) {
        view_say(view, false, "this does not differ");
        return REACT_REDRAW;
    }
    dialog_close(view);
    view->runs.baseline_at = a;
    view_say(view, false, "first difference: it %d of the baseline, it %d of this run", a, b);
    return REACT_REDRAW | view_show(view, b);
}

static int rows_of(const struct comparison *comparison, const struct view *view)
{
    struct compare compare;
    compute(&compare, view, comparison->align);
    int rows = KPI_COUNT + (int)compare.param_count;
    compare_fini(&compare);
    return rows;
}

static unsigned move(struct comparison *comparison, const struct view *view, int by)
{
    int rows = rows_of(comparison, view);
    long row = (long)comparison->selected + by;
    if (by == 0)
        return REACT_NONE;
    comparison->selected = row < 0 ? 0 : row >= rows ? rows - 1 : (int)row;
    return REACT_REDRAW;
}

static unsigned compare_key(struct dialog *dialog, struct view *view, unsigned key)
{
    struct comparison *comparison = (struct comparison *)dialog;
    if (key == KEYCODE_ENTER && view_baseline(view) != NULL)
        return jump(comparison, view);
    if (dialog_cancels(key)) {
        dialog_close(view);
        return REACT_REDRAW;
    }
    switch (key) {
    case KEYCODE_TAB:
    case KEYCODE_BACKTAB:
        comparison->align = comparison->align == ALIGN_EVENT ? ALIGN_ITERATION : ALIGN_EVENT;
        comparison->selected = 0;
        return REACT_REDRAW;
    case 'c':
        runs_refresh(view);
        return dialog_pick_open(view, READ_TO_COMPARE, "");
    case 'x':
        dialog_close(view);
        runs_drop_baseline(view);
        view_say(view, false, "no baseline any more");
        return REACT_REDRAW | REACT_RELAYOUT;
    default:
        return view_baseline(view) ? move(comparison, view, dialog_rows(key, dialog->page))
                                   : REACT_NONE;
    }
}

static const struct dialog_class compare_class = {
    .title = compare_title,
    .lines = compare_lines,
    .buttons = compare_buttons,
    .key = compare_key,
};

unsigned dialog_compare_open(struct view *view)
{
    struct comparison *comparison = mem_alloc(sizeof *comparison);
    comparison->dialog.class = &compare_class;
    return dialog_open_take(view, &comparison->dialog);
}
