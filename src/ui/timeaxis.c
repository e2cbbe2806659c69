/* timeaxis: see timeaxis.h. Where several iterations share a column, columns begin at multiples, so
 * that nothing in them moves while the run grows. UI thread; pure. */
#include "config.h"

#include "ui/timeaxis.h"

#include <stdint.h>
#include <stdio.h>

#include "ui/layout.h"

enum { SPACING_MAX = 5, SPACING_ENDLESS = 2, WIDTH_DEFAULT = 80 };

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static int share_up(int a, int b)
{
    return a / b + (a % b > 0);
}

/* Iterations that the window will hold at the end, as far as one knows. */
static int total_of(const struct timeaxis_input *input)
{
    return at_least(at_least(input->planned, input->count), 1);
}

/* Columns that each of ITERATIONS can have; 0: not even one. Of the last the blanks behind it may
 * be cut off. */
static int spacing_for(int width, int iterations)
{
    return iterations > width ? 0 : at_least((width + 1) / iterations, 1);
}

/* Everything recorded; what is planned as well if there is a column for each. */
static struct timespan fit(const struct timeaxis_input *input)
{
    int width = at_least(input->width, 1), total = total_of(input);
    struct timespan span = {.first = 1, .recorded = input->count, .spacing = 1, .each = 1};
    if (input->planned <= 0)
        span.spacing = at_most(SPACING_ENDLESS, spacing_for(width, total));
    else
        span.spacing = at_most(SPACING_MAX, spacing_for(width, total));
    if (span.spacing > 0) {
        span.last = total;
        return span;
    }
    span.spacing = 1;
    span.each = at_least(1, share_up(input->count, width));
    span.last = at_most(total, span.each * width);
    return span;
}

/* Columns and iterations of a fixed scale. */
static struct timespan scale_of(const struct timeaxis *axis)
{
    int power = axis->power;
    return (struct timespan){.spacing = power > 0 ? 1 << power : 1,
                             .each = power < 0 ? 1 << -power : 1};
}

/* Columns of that scale, each with SPACING; at least one. */
static int slots_of(const struct timespan *span, int width)
{
    return span->spacing == 1 ? width : at_least(1, (width + 1) / span->spacing);
}

/* The window begins at column COLUMN of the run, the newest lies in NEWEST, the cursor in CURSOR.
 */
static int begin_column(const struct timeaxis *axis, const struct timespan *span, int slots,
                        int newest, int cursor)
{
    int begin = axis->first > 0 ? (axis->first - 1) / span->each : newest - slots + 1;
    begin = at_most(begin, newest - slots + 1);
    if (cursor >= begin + slots)
        begin = cursor - slots + 1;
    if (cursor < begin)
        begin = cursor;
    return at_least(begin, 0);
}

struct timespan timeaxis_span(const struct timeaxis *axis, const struct timeaxis_input *input)
{
    if (!axis->fixed)
        return fit(input);
    struct timespan span = scale_of(axis);
    int width = at_least(input->width, 1), slots = slots_of(&span, width);
    int total = total_of(input), newest = at_least(input->count - 1, 0) / span.each;
    int cursor = input->cursor > 0 ? (input->cursor - 1) / span.each : newest;
    int begin = begin_column(axis, &span, slots, newest, cursor);
    int64_t end = ((int64_t)begin + slots) * span.each;
    span.first = begin * span.each + 1;
    span.last = end < total ? (int)end : total;
    span.recorded = at_most(span.last, input->count);
    return span;
}

int timespan_column(const struct timespan *span, int number)
{
    int offset = number - span->first;
    return span->each > 1 ? (offset < 0 ? -1 : offset / span->each) : offset * span->spacing;
}

bool timespan_range(const struct timespan *span, int column, int *from, int *to)
{
    if (column < 0)
        return false;
    int64_t first = span->first + (int64_t)(column / span->spacing) * span->each;
    if (first > span->last)
        return false;
    *from = (int)first;
    *to = at_most(*from + span->each - 1, span->last);
    return true;
}

void timespan_text(const struct timespan *span, char *text, size_t size)
{
    int last = span->recorded;
    if (last < span->first)
        snprintf(text, size, "no iteration yet");
    else if (span->each > 1)
        snprintf(text, size, "it %d..%d, %d it/col", span->first, last, span->each);
    else
        snprintf(text, size, "it %d..%d, %d col/it", span->first, last, span->spacing);
}

int timeaxis_width(int width)
{
    return at_least(width - TIMEAXIS_LEFT - 1, 1);
}

static struct timeaxis_input input_of(const struct view *view, int width)
{
    int planned = view->run.planned, count = view_count(view);
    if (planned <= 0 && view_recorded(view))
        planned = count;
    return (struct timeaxis_input){timeaxis_width(width), count, planned, view->at};
}

struct timespan timeaxis_of(const struct view *view, int width)
{
    struct timeaxis_input input = input_of(view, width);
    return timeaxis_span(&view->time, &input);
}

static int screen_width(const struct view *view)
{
    return view->layout != NULL ? view->layout->width : WIDTH_DEFAULT;
}

struct timespan timeaxis_shown(const struct view *view)
{
    return timeaxis_of(view, screen_width(view));
}

void timeaxis_follow(struct view *view)
{
    view->time.first = timeaxis_shown(view).first;
}

/* The coarsest scale that is finer than the one at which everything fits. */
static int power_beside(const struct timespan *fitting)
{
    int power = 0;
    while (fitting->each > 1 && 1 << -power < fitting->each)
        power--;
    if (fitting->each > 1)
        return power + 1;
    while (1 << power <= fitting->spacing)
        power++;
    return power;
}

/* The cursor stays in the middle of the window. */
static void centre(struct view *view, const struct timespan *span, int width)
{
    int first = view_number(view) - slots_of(span, width) * span->each / 2;
    view->time.first = first > 1 ? first - (first - 1) % span->each : 1;
    timeaxis_follow(view);
}

bool timeaxis_zoom(struct view *view, int direction)
{
    static const struct timeaxis everything;
    struct timeaxis *axis = &view->time;
    struct timeaxis_input input = input_of(view, screen_width(view));
    struct timespan all = timeaxis_span(&everything, &input);
    int coarsest = power_beside(&all);
    if (!axis->fixed && direction < 0)
        return false;
    int power = axis->fixed ? axis->power + direction : coarsest;
    if (power > TIMEAXIS_POWER_MAX)
        return false;
    if (power < coarsest) {
        *axis = everything;
        return true;
    }
    *axis = (struct timeaxis){.fixed = true, .power = power};
    if (view->mode != VIEW_LIVE) {
        struct timespan span = timeaxis_span(axis, &input);
        centre(view, &span, input.width);
    }
    return true;
}

void timeaxis_here(const struct view *view, int *from, int *to)
{
    struct timespan span = timeaxis_shown(view);
    int number = view_number(view);
    *from = *to = number;
    if (!timespan_range(&span, timespan_column(&span, number), from, to))
        return;
    *to = at_most(*to, span.recorded);
}
