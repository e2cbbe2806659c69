/* rails: see rails.h. Where the iterations lie says the time axis, which the graphs share. UI
 * thread; pure. */
#include "config.h"

#include "ui/rails.h"

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

/* A rail as it is drawn. */
struct rail {
    const struct view *view;
    struct canvas *canvas;
    struct rect row;
    struct timespan span;
    int cursor; /* iteration shown */
};

static struct rail rail_of(const struct view *view, struct canvas *canvas, struct rect row)
{
    return (struct rail){view, canvas, row, timeaxis_of(view, row.width), view_number(view)};
}

/* A rail's label, and a mark if it begins later than the run. */
static void draw_label(const struct rail *rail, const char *label)
{
    struct rect row = rail->row;
    canvas_text(rail->canvas, row, row.x + 1, row.y, STYLE_DIM, label);
    if (rail->span.first > 1)
        canvas_put(rail->canvas, row, row.x + TIMEAXIS_LEFT - 1, row.y, STYLE_DIM, '<');
}

static enum style kpi_style(const struct view *view, unsigned bits)
{
    bool all = !(bits & 1u << (view->mock_limits ? SERIES_MISSES_MOCK : SERIES_MISSES));
    switch (series_kpi(bits)) {
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

/* The newest iteration needs no bar if there is room for the ">" behind it. */
static bool bar_marks(const struct rail *rail)
{
    return rail->view->at > 0 ||
           timespan_column(&rail->span, rail->cursor) + 1 >= timeaxis_width(rail->row.width);
}

/* One letter of a rail at column COLUMN, of iterations FROM..TO. */
static void put_letter(const struct rail *rail, int column, int from, int to, enum style style,
                       char letter)
{
    bool marked = from <= rail->cursor && rail->cursor <= to && bar_marks(rail);
    canvas_put(rail->canvas, rail->row, rail->row.x + TIMEAXIS_LEFT + column, rail->row.y,
               marked ? STYLE_CURSOR : style, (unsigned char)letter);
}

/* "P>": behind the iteration shown, where a blank or what is still to come stands. */
static void draw_pointer(const struct rail *rail)
{
    int column = timespan_column(&rail->span, rail->cursor) + 1, from, to;
    bool taken = rail->span.spacing == 1 && timespan_range(&rail->span, column, &from, &to) &&
                 from <= rail->span.recorded;
    if (rail->cursor > 0 && !taken)
        canvas_put(rail->canvas, rail->row, rail->row.x + TIMEAXIS_LEFT + column, rail->row.y,
                   STYLE_BOLD, '>');
}

void rails_draw_kpi(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct rail rail = rail_of(view, canvas, row);
    int width = row.width - TIMEAXIS_LEFT, from, to;
    draw_label(&rail, "kpi");
    for (int column = 0; column < width; column += rail.span.spacing) {
        if (!timespan_range(&rail.span, column, &from, &to))
            break;
        int last = to < rail.span.recorded ? to : rail.span.recorded;
        unsigned bits = series_bits(&view->series, from, last);
        bool recorded = series_kpi(bits) != '\0';
        put_letter(&rail, column, from, to, recorded ? kpi_style(view, bits) : STYLE_DIM,
                   recorded ? series_kpi(bits) : '.');
    }
    draw_pointer(&rail);
}

static char event_letter(const struct view *view, int from, int to)
{
    int waits = view->run.has_pending ? view->run.pending.iteration : 0;
    unsigned bits = series_bits(&view->series, from, to);
    if (waits >= from && waits <= to)
        bits |= series_waiting();
    return series_event(bits);
}

void rails_draw_event(const struct view *view, struct canvas *canvas, struct rect row)
{
    struct rail rail = rail_of(view, canvas, row);
    int width = row.width - TIMEAXIS_LEFT, from, to;
    draw_label(&rail, "event");
    for (int column = 0; column < width; column += rail.span.spacing) {
        if (!timespan_range(&rail.span, column, &from, &to) || from > rail.span.recorded)
            break;
        to = to < rail.span.recorded ? to : rail.span.recorded;
        char letter = event_letter(view, from, to);
        if (letter != '\0')
            put_letter(&rail, column, from, to, event_style(letter), letter);
    }
}

/* The first of FROM..TO that has the letter which stands for them all. */
static int most_telling(const struct view *view, int from, int to)
{
    char letter = series_kpi(series_bits(&view->series, from, to));
    for (int number = from; number < to; number++)
        if (series_kpi(series_bits(&view->series, number, number)) == letter)
            return number;
    return to;
}

static int most_telling_event(const struct view *view, int from, int to)
{
    char letter = event_letter(view, from, to);
    for (int number = from; number < to; number++)
        if (event_letter(view, number, number) == letter)
            return number;
    return to;
}

/* The recorded iterations at column X of the screen. */
static bool range_at(const struct view *view, struct rect row, int x, int *from, int *to)
{
    struct timespan span = timeaxis_of(view, row.width);
    if (!timespan_range(&span, x - row.x - TIMEAXIS_LEFT, from, to) || *from > span.recorded)
        return false;
    *to = *to < span.recorded ? *to : span.recorded;
    return true;
}

int rails_kpi_at(const struct view *view, struct rect row, int x)
{
    int from, to;
    return range_at(view, row, x, &from, &to) ? most_telling(view, from, to) : 0;
}

int rails_event_at(const struct view *view, struct rect row, int x)
{
    int from, to;
    return range_at(view, row, x, &from, &to) ? most_telling_event(view, from, to) : 0;
}
