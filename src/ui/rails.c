/* rails: see rails.h. Both rails share one scale, so that a column is an iteration in both, and it
 * stands still while a run of fixed length fills up. UI thread; pure. */
#include "config.h"

#include "ui/rails.h"

enum { LABEL_WIDTH = 8, SPACING_MAX = 5, SPACING_ENDLESS = 2 };

char rail_kpi_letter(const struct iteration *iteration)
{
    if (iteration->state == ITERATION_FAILED)
        return '!';
    if (iteration->state == ITERATION_GAP)
        return '_';
    switch (iteration->summary.kpi_verdict) {
    case VERDICT_PASS:
        return 'P';
    case VERDICT_WARN:
        return 'W';
    case VERDICT_FAIL:
        return 'F';
    case VERDICT_NONE:
    case VERDICT_INCONCLUSIVE:
        break;
    }
    return '-';
}

char rail_event_letter(const struct iteration *iteration)
{
    if (iteration->state == ITERATION_GAP)
        return '_';
    if (iteration->rolled_back_at[0] != '\0')
        return 'r';
    if (iteration->applied)
        return 'A';
    if (iteration->skip & (SKIP_OPERATOR | SKIP_TIMEOUT))
        return 'x';
    if (iteration->skip & SKIP_VELOCITY)
        return 'V';
    if (iteration->skip & SKIP_OSCILLATION)
        return 'O';
    if (iteration->skip & SKIP_COOLDOWN)
        return 'C';
    return iteration->freeze_triggered || iteration->skip & SKIP_FREEZE ? 'Z' : '-';
}

/* Where iterations lie in a rail. */
struct scale {
    int x, spacing;
    int first, last; /* iterations shown */
};

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static struct scale scale_of(const struct view *view, struct rect row)
{
    int room = at_least(row.width - LABEL_WIDTH, 1), count = view_count(view);
    int total = at_least(view->run.planned, at_least(count, 1));
    int spacing = at_most(SPACING_MAX, at_least(room / total, 1));
    if (view->run.planned == 0 && view->mode != VIEW_REPLAY)
        spacing = SPACING_ENDLESS;
    int shown = at_least(room / spacing, 1), first = 1;
    if (total > shown) {
        first = at_least(1, view_number(view) - shown * 3 / 4);
        first = at_most(first, total - shown + 1);
    }
    return (struct scale){row.x + LABEL_WIDTH, spacing, first, at_most(total, first + shown - 1)};
}

/* The newest iteration needs no bar, unless there is no room for the ">" behind it. */
static bool bar_marks(const struct view *view, const struct scale *scale)
{
    return view->at > 0 || scale->spacing == 1;
}

/* A rail's label, and a mark if it begins later than the run. */
static void draw_label(struct canvas *canvas, struct rect row, const struct scale *scale,
                       const char *label)
{
    canvas_text(canvas, row, row.x + 1, row.y, STYLE_DIM, label);
    if (scale->first > 1)
        canvas_put(canvas, row, scale->x - 1, row.y, STYLE_DIM, '<');
}

static enum style kpi_style(const struct view *view, const struct iteration *iteration)
{
    bool all = iteration_passes(iteration,
                                thresholds_limits(&view->config->thresholds, view->mock_limits));
    switch (rail_kpi_letter(iteration)) {
    case 'P':
        return all ? STYLE_PASS_ALL : STYLE_PASS;
    case 'W':
        return all ? STYLE_WARN_ALL : STYLE_RAIL_WARN;
    case 'F':
        return all ? STYLE_FAIL_ALL : STYLE_FAIL;
    case '!':
        return STYLE_ALERT;
    default:
        return STYLE_DIM;
    }
}

static enum style event_style(char letter)
{
    switch (letter) {
    case 'A':
        return STYLE_APPLIED;
    case '?':
        return STYLE_BOLD;
    case '-':
    case '_':
        return STYLE_DIM;
    default:
        return STYLE_EVENT;
    }
}

void rails_draw_kpi(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct scale scale = scale_of(view, row);
    int count = view_count(view), cursor = view_number(view);
    draw_label(canvas, row, &scale, "kpi");
    for (int number = scale.first; number <= scale.last; number++) {
        int x = scale.x + (number - scale.first) * scale.spacing;
        const struct iteration *iteration = run_iteration(&view->run, number);
        if (number > count || !iteration) {
            canvas_put(canvas, row, x, row.y, STYLE_DIM, '.');
            continue;
        }
        bool marked = number == cursor && bar_marks(view, &scale);
        enum style style = marked ? STYLE_CURSOR : kpi_style(view, iteration);
        canvas_put(canvas, row, x, row.y, style, (unsigned)rail_kpi_letter(iteration));
        if (number == cursor && scale.spacing > 1)
            canvas_put(canvas, row, x + 1, row.y, STYLE_BOLD, '>');
    }
}

void rails_draw_event(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct scale scale = scale_of(view, row);
    int count = view_count(view), cursor = view_number(view);
    draw_label(canvas, row, &scale, "event");
    for (int number = scale.first; number <= scale.last && number <= count; number++) {
        int x = scale.x + (number - scale.first) * scale.spacing;
        const struct iteration *iteration = run_iteration(&view->run, number);
        if (!iteration)
            continue;
        bool waits = view->run.has_pending && view->run.pending.iteration == number;
        char letter = waits ? '?' : rail_event_letter(iteration);
        bool marked = number == cursor && bar_marks(view, &scale);
        enum style style = marked ? STYLE_CURSOR : event_style(letter);
        canvas_put(canvas, row, x, row.y, style, (unsigned)letter);
    }
}

int rails_iteration_at(const struct view *view, struct rect row, int x)
{
    struct scale scale = scale_of(view, row);
    if (x < scale.x)
        return 0;
    int number = scale.first + (x - scale.x) / scale.spacing;
    return number <= scale.last && number <= view_count(view) ? number : 0;
}
