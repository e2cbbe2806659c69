/* panel_deltas: the proposal that waits, or what became of the one of the iteration shown, and
 * below it the earlier ones. The selection is bound to a parameter; going down past the last line
 * scrolls the earlier ones. Where there is no place apart for it, the selected line's detail stands
 * at the bottom. UI thread; pure. */
#include "config.h"

#include "ui/panel.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "model/wires.h"
#include "ui/compose.h"
#include "ui/deltas.h"
#include "ui/dialog.h"
#include "ui/deltas_table.h"
#include "ui/rows_draw.h"
#include "ui/explain.h"

enum { DETAIL_ROWS = 4, ROWS_MIN = 4, REACH = 500 };

static void add_shown(struct deltas_table *table, const struct view *view)
{
    size_t count;
    const struct delta *deltas = deltas_shown(view, &count);
    int selected = deltas_selected(view);
    for (size_t i = 0; i < count; i++)
        if (deltas_table_add(table, view, &deltas[i], deltas_iteration(view), false))
            table->row[table->count - 1].selected = (int)i == selected;
}

/* Lines of earlier iterations, of at most REACH of them; LEFT: iterations that were not looked at.
 */
static size_t older_count(const struct view *view, int reach, int *left)
{
    size_t count = 0;
    int number = deltas_iteration(view) > 0 ? deltas_iteration(view) : view_number(view) + 1;
    while (--number >= 1 && reach-- > 0) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        count += iteration != NULL ? iteration->delta_count : 0;
    }
    *left = number;
    return count;
}

/* Lines of earlier iterations, the newest first, without the first SKIP. */
static void add_older(struct deltas_table *table, const struct view *view, size_t skip)
{
    int number = deltas_iteration(view) > 0 ? deltas_iteration(view) : view_number(view) + 1;
    while (--number >= 1) {
        const struct iteration *iteration = run_iteration(&view->run, number);
        for (size_t i = 0; iteration != NULL && i < iteration->delta_count; i++)
            if (skip > 0)
                skip--;
            else if (!deltas_table_add(table, view, &iteration->delta[i], number, true))
                return;
    }
}

/* Why there are no lines. */
static void draw_nothing(const struct view *view, struct canvas *canvas, struct rect row)
{
    const struct iteration *iteration = view_iteration(view);
    if (iteration == NULL)
        canvas_text(canvas, row, row.x + 1, row.y, STYLE_DIM, "no iteration is recorded yet");
    else if (iteration->state != ITERATION_OK)
        canvas_printf(canvas, row, row.x + 1, row.y, STYLE_ALERT, "it %d %s: %s", iteration->number,
                      iteration->state == ITERATION_FAILED ? "failed" : "is missing",
                      iteration->error ? iteration->error : "no reason given");
    else {
        char text[400];
        snprintf(text, sizeof text, "it %d: nothing proposed%s%s", iteration->number,
                 iteration->rationale ? ": " : "",
                 iteration->rationale ? iteration->rationale : "");
        canvas_text_cut(canvas, row, row.x + 1, row.y, STYLE_DIM, text);
    }
}

static bool detail_apart(const struct view *view, const struct canvas *canvas)
{
    return compose_layout_inside(view, canvas->width, canvas->height).detail.height > 0;
}

/* Rows of AREA that the detail takes: what the lines leave, of those of the proposal first. */
static int detail_rows(const struct view *view, const struct canvas *canvas, struct rect area,
                       size_t lines)
{
    int left = area.height - 1 - (int)lines;
    if (left <= 0 || detail_apart(view, canvas))
        return 0;
    if (view->top[PANEL_DELTAS] > 0)
        return 0; /* the earlier ones are looked at */
    int wanted = area.height >= 20 ? DETAIL_ROWS + 2 : DETAIL_ROWS;
    return left < wanted ? left : wanted;
}

/* "(+12)": earlier lines below the SHOWN ones; of a long run only the nearest are counted. */
static void draw_more(const struct view *view, struct canvas *canvas, struct rect area,
                      size_t shown)
{
    int left;
    size_t count = older_count(view, REACH, &left), above = (size_t)view->top[PANEL_DELTAS] + shown;
    if (count <= above)
        return;
    const char *more = left > 0 ? " or more" : "";
    if (shown > 0 || !rows_draw_taken(canvas, area)) /* no line that waits makes room */
        rows_draw_left_out(canvas, area, count - above, more);
}

static void panel_deltas_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    struct deltas_table table = {0};
    if (deltas_listed(view)) {
        rows_draw_table(view, PANEL_DELTAS, canvas, area);
        return;
    }
    add_shown(&table, view);
    size_t lines = table.count;
    int detail = detail_rows(view, canvas, area, lines);
    area.height -= detail;
    if (detail > 0)
        panel_deltas_draw_detail(view, canvas,
                                 (struct rect){area.x, area.y + area.height, area.width, detail});
    if (lines == 0) {
        draw_nothing(view, canvas, (struct rect){area.x, area.y, area.width, 1});
        area.y++;
        area.height--;
    }
    add_older(&table, view, (size_t)view->top[PANEL_DELTAS]);
    int rows = area.height - 1, selected = deltas_selected(view);
    size_t from = selected >= rows && rows > 0 ? (size_t)(selected - rows + 1) : 0;
    if (table.count > 0)
        deltas_table_draw(&table, canvas, area, from);
    if (rows > 0 && (size_t)rows >= lines)
        draw_more(view, canvas, area, (size_t)rows - lines);
}

static unsigned panel_deltas_move(struct view *view, int rows)
{
    size_t count;
    if (deltas_listed(view))
        return rows_move(view, PANEL_DELTAS, rows);
    deltas_shown(view, &count);
    int index = deltas_selected(view) + rows, last = (int)count - 1;
    int left, *top = &view->top[PANEL_DELTAS], older = (int)older_count(view, INT_MAX, &left);
    if (*top > 0 && rows < 0) {
        *top = *top + rows < 0 ? 0 : *top + rows;
        return REACT_REDRAW;
    }
    if (rows > 0 && deltas_selected(view) == last && older > 0) {
        *top = rows < older - *top ? *top + rows : older - 1;
        return REACT_REDRAW;
    }
    deltas_select(view, index < 0 ? 0 : index > last ? last : index);
    return REACT_REDRAW;
}

int panel_deltas_rows(const struct view *view)
{
    size_t count;
    deltas_shown(view, &count);
    return (int)count < ROWS_MIN ? ROWS_MIN : (int)count;
}

/* "2 staged, 1 blocked": how many lines are in each state that occurs. */
static void tally(const struct view *view, char *text, size_t size)
{
    static const struct {
        const char *word;
        enum delta_state states[3];
    } groups[] = {
        {"staged", {DELTA_APPROVED, DELTA_EDITED, DELTA_EDITED}},
        {"open", {DELTA_PROPOSED, DELTA_PROPOSED, DELTA_PROPOSED}},
        {"applied", {DELTA_APPLIED, DELTA_VERIFIED, DELTA_SUPERSEDED}},
        {"DIVERGED", {DELTA_DIVERGED, DELTA_DIVERGED, DELTA_DIVERGED}},
        {"held", {DELTA_HELD, DELTA_HELD, DELTA_HELD}},
        {"blocked", {DELTA_BLOCKED, DELTA_BLOCKED, DELTA_BLOCKED}},
        {"rejected", {DELTA_REJECTED, DELTA_REJECTED, DELTA_REJECTED}},
        {"declined", {DELTA_DECLINED, DELTA_DECLINED, DELTA_DECLINED}},
        {"rolled back", {DELTA_ROLLED_BACK, DELTA_ROLLED_BACK, DELTA_ROLLED_BACK}},
    };
    size_t count, length = 0;
    const struct delta *deltas = deltas_shown(view, &count);
    int iteration = deltas_iteration(view);
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        int number = 0;
        for (size_t i = 0; i < count; i++) {
            enum delta_state state = deltas_state(view, &deltas[i], iteration);
            number += state == groups[g].states[0] || state == groups[g].states[1] ||
                      state == groups[g].states[2];
        }
        if (number > 0 && length < size)
            length += (size_t)snprintf(text + length, size - length, "%s%d %s",
                                       length > 0 ? ", " : "", number, groups[g].word);
    }
}

static void panel_deltas_hint(const struct view *view, char *text, size_t size)
{
    char counts[80] = "";
    int iteration = deltas_iteration(view);
    tally(view, counts, sizeof counts);
    if (iteration > 0)
        snprintf(text, size, "it %d%s: %s", iteration, view_pending(view) ? " waits" : "", counts);
    else if (view->mode == VIEW_FROZEN && view->run.has_pending)
        snprintf(text, size, "frozen; it %d waits", view->run.pending.iteration);
    else
        text[0] = '\0';
}

static void panel_deltas_mark(const struct view *view, char *text, size_t size)
{
    text[0] = '\0';
    if (view->run.has_pending)
        snprintf(text, size, "%zu*", view->run.pending.count);
}

/* What the apply of the iteration shown did; where there was none, the newest before it. */
static unsigned panel_deltas_open(struct view *view)
{
    int shown = view_number(view), iteration = shown;
    while (iteration > 1 && run_apply_of(&view->run, iteration) == NULL)
        iteration--;
    return dialog_effect_open(view,
                              run_apply_of(&view->run, iteration) != NULL ? iteration : shown);
}

const struct panel_class panel_deltas = {
    .id = PANEL_DELTAS,
    .name = "Deltas",
    .hint = panel_deltas_hint,
    .mark = panel_deltas_mark,
    .draw = panel_deltas_draw,
    .open = panel_deltas_open,
    .move = panel_deltas_move,
    .explain = explain_deltas,
    .rows = &panel_deltas_list,
    .help = "The proposal that waits: {approve} stages the line, {reject} rejects it, {edit} edits "
            "its value, {apply} writes what is staged. Below it what became of earlier ones; "
            "{previous-iteration} and {next-iteration} go back to them. Searched, filtered or "
            "sorted, all lines of the run are listed; decisions are for the line under the cursor, "
            "if it still waits. {open} shows what its apply did to the KPIs; {explain} explains "
            "the line. Columns: "
            "it, state, param, now, after, change, min, max, guard, "
            "clears, rule, by, note, why; filter: state:hold it>20. {search} searches, {filter} "
            "filters, {sort} sorts, {copy} copies, {export} exports the rows.",
};
