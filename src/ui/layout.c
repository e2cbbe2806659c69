/* layout: where everything goes. Pure: the same numbers give the same rectangles. A column is a
 * stack of slots; a slot that cannot have its minimum is left out, the focused panel never is. */
#include "config.h"

#include "ui/layout.h"

enum {
    SLOTS_MAX = PANEL_COUNT + 1,
    EDGES_HEIGHT = 6, /* header, rails, bottom lines */
    KPI_HEIGHT = 6,   /* four lines in a frame */
    DETAIL_HEIGHT = 7,
    SMALL_LINES = 4,     /* a KPI each */
    SMALL_PANEL = 3,     /* the least that a panel is of use with */
    DELTAS_OVERHEAD = 3, /* frame and the line of column names */
    DELTAS_MINIMUM = 5,
    DELTAS_OLDER = 4 /* rows for earlier proposals */
};

struct slot {
    struct rect *target;
    int minimum, want;
    bool first; /* grows to what it wants before the others do */
    bool grows; /* takes what is left over */
    bool must;  /* the focused panel */
    int height; /* that it gets; 0: left out */
};

struct stack {
    size_t count;
    struct slot slot[SLOTS_MAX];
};

/* What a panel needs, and up to where more room makes it better. */
static const struct {
    int minimum, want;
    bool grows;
} panel_needs[PANEL_COUNT] = {
    [PANEL_KPIS] = {KPI_HEIGHT, 34, true}, [PANEL_DELTAS] = {DELTAS_MINIMUM, 12, true},
    [PANEL_PARAMS] = {8, 20, true},        [PANEL_GUARDS] = {9, 16, false},
    [PANEL_GATE] = {8, 20, false},         [PANEL_RUNS] = {6, 10, true},
    [PANEL_JOURNAL] = {4, 12, true},
};

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

static int at_least(int a, int b)
{
    return a > b ? a : b;
}

static bool shown(const struct layout_input *input, enum panel_id id)
{
    return input->open[id] || input->focus == id;
}

/* Every line of the proposal, as long as the KPI numbers keep their place above it. */
static int deltas_minimum(const struct layout_input *input)
{
    int room = input->height - EDGES_HEIGHT - KPI_HEIGHT;
    return at_least(DELTAS_MINIMUM, at_most(room, input->delta_rows + DELTAS_OVERHEAD));
}

static void stack_add(struct stack *stack, struct layout *layout, const struct layout_input *input,
                      enum panel_id id)
{
    if (!shown(input, id))
        return;
    struct slot slot = {.target = &layout->panel[id],
                        .minimum = panel_needs[id].minimum,
                        .want = panel_needs[id].want,
                        .grows = panel_needs[id].grows,
                        .must = input->focus == id,
                        .first = input->focus == id};
    if (id == PANEL_GUARDS && layout->kind != LAYOUT_THREE)
        slot.want = slot.minimum; /* a line each */
    if (id == PANEL_DELTAS) {
        slot.minimum = deltas_minimum(input);
        slot.want = slot.minimum + DELTAS_OLDER;
        slot.first = true;
    }
    stack->slot[stack->count++] = slot;
}

/* Chooses the slots that get a place: those that must, then in order while their minimum fits. */
static int stack_choose(struct stack *stack, int height)
{
    int used = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < stack->count; i++) {
            struct slot *slot = &stack->slot[i];
            if (slot->height > 0 || slot->must != (pass == 0))
                continue;
            int need = slot->must ? at_most(slot->minimum, height) : slot->minimum;
            if (used + need <= height) {
                slot->height = need;
                used += need;
            }
        }
    }
    if (used == 0 && stack->count > 0) {
        stack->slot[0].height = height;
        used = height;
    }
    return used;
}

/* Gives LEFT more rows: first up to what each wants, then evenly to those that can use more. */
static void stack_grow(struct stack *stack, int left)
{
    struct slot *last = NULL;
    int growers = 0;
    for (size_t i = 0; i < 2 * stack->count; i++) {
        struct slot *slot = &stack->slot[i % stack->count];
        if (slot->height == 0 || slot->first != (i < stack->count))
            continue;
        int more = at_least(0, at_most(left, slot->want - slot->height));
        slot->height += more;
        left -= more;
        growers += slot->grows;
    }
    for (size_t i = 0; i < stack->count && growers > 0; i++) {
        struct slot *slot = &stack->slot[i];
        if (slot->height == 0 || !slot->grows)
            continue;
        int more = left / growers;
        slot->height += more;
        left -= more;
        growers--;
    }
    for (size_t i = 0; i < stack->count; i++)
        last = stack->slot[i].height > 0 ? &stack->slot[i] : last;
    if (last != NULL)
        last->height += left;
}

static void stack_place(struct stack *stack, struct rect area)
{
    int used = stack_choose(stack, area.height);
    stack_grow(stack, area.height - used);
    int y = area.y;
    for (size_t i = 0; i < stack->count; i++) {
        struct slot *slot = &stack->slot[i];
        if (slot->height == 0)
            continue;
        *slot->target = (struct rect){area.x, y, area.width, slot->height};
        y += slot->height;
    }
}

/* Puts COUNT stacks side by side, in the widths' proportion; empty ones take no room. */
static void columns_place(struct stack *stacks, const int *widths, size_t count, struct rect body)
{
    int total = 0, x = body.x, left = body.width;
    for (size_t i = 0; i < count; i++)
        total += stacks[i].count > 0 ? widths[i] : 0;
    for (size_t i = 0; i < count; i++) {
        if (stacks[i].count == 0)
            continue;
        int width = total == widths[i] ? left : left * widths[i] / total;
        stack_place(&stacks[i], (struct rect){x, body.y, width, body.height});
        x += width;
        left -= width;
        total -= widths[i];
    }
}

static void place_line(struct layout *layout, const struct layout_input *input)
{
    layout->header = (struct rect){0, 0, input->width, at_most(1, input->height)};
}

/* Lines of the KPI numbers above the focused panel on a small screen. */
static int small_lines(const struct layout_input *input, int body)
{
    int lines = at_most(SMALL_LINES, body);
    if (input->size == PANEL_NORMAL)
        return lines;
    if (input->focus == PANEL_KPIS)
        return body; /* in a frame */
    int half = at_least(SMALL_PANEL, (body + 1) / 2);
    return input->size == PANEL_FULL ? 0 : at_most(lines, body - half);
}

/* Seven lines, and below the KPI numbers the focused panel if a few rows are left. */
static void place_small(struct layout *layout, const struct layout_input *input)
{
    int width = input->width, height = input->height, body = height - 4;
    int lines = small_lines(input, body);
    layout->header = (struct rect){0, 0, width, 1};
    if (lines > 0)
        layout->panel[PANEL_KPIS] = (struct rect){0, 1, width, lines};
    layout->status = (struct rect){0, height - 3, width, 1};
    layout->staged = (struct rect){0, height - 2, width, 1};
    layout->keys = (struct rect){0, height - 1, width, 1};
    if (input->focus != PANEL_KPIS && body - lines >= SMALL_PANEL)
        layout->panel[input->focus] = (struct rect){0, 1 + lines, width, body - lines};
}

/* Header, rails and bottom lines; returns what is left between them. */
static struct rect place_edges(struct layout *layout, const struct layout_input *input)
{
    int width = input->width, height = input->height, y = 1, bottom = height - 2;
    layout->header = (struct rect){0, 0, width, 1};
    if (height >= 20)
        layout->rail_kpi = (struct rect){0, y++, width, 1};
    if (height >= 22)
        layout->rail_event = (struct rect){0, y++, width, 1};
    layout->keys = (struct rect){0, height - 1, width, 1};
    layout->staged = (struct rect){0, height - 2, width, 1};
    if (height >= 18) {
        layout->status = (struct rect){0, --bottom, width, 1};
    } else {
        int left = width * 11 / 20;
        layout->staged.width = left;
        layout->status = (struct rect){left, height - 2, width - left, 1};
    }
    return (struct rect){0, y, width, bottom - y};
}

static void take_top(struct rect *part, struct rect *body, int height)
{
    *part = (struct rect){body->x, body->y, body->width, height};
    body->y += height;
    body->height -= height;
}

static void place_full(struct layout *layout, const struct layout_input *input, struct rect body)
{
    take_top(&layout->tabs, &body, 1);
    layout->panel[input->focus] = body;
}

/* The first panel that is open besides the focused one; PANEL_COUNT: none is. */
static enum panel_id first_other(const struct layout_input *input)
{
    int id = 0;
    while (id < PANEL_COUNT && (!input->open[id] || input->focus == (enum panel_id)id))
        id++;
    return (enum panel_id)id;
}

/* The KPIs stand above the tabs, what has a tab below them. */
static void place_tabs(struct layout *layout, const struct layout_input *input, struct rect body)
{
    enum panel_id other = first_other(input);
    bool half = input->size == PANEL_HALF && other != PANEL_COUNT;
    if (!half && (input->focus == PANEL_KPIS || !shown(input, PANEL_KPIS))) {
        place_full(layout, input, body);
        return;
    }
    int focused = (body.height - 1) / 2, rest = body.height - 1 - focused;
    if (input->focus == PANEL_KPIS) {
        take_top(&layout->panel[PANEL_KPIS], &body, focused);
        take_top(&layout->tabs, &body, 1);
        layout->panel[other] = body;
        return;
    }
    take_top(&layout->panel[half ? other : PANEL_KPIS], &body, half ? rest : KPI_HEIGHT);
    take_top(&layout->tabs, &body, 1);
    layout->panel[input->focus] = body;
}

static void place_two(struct layout *layout, const struct layout_input *input, struct rect body)
{
    struct stack columns[2] = {{0}, {0}};
    static const int widths[2] = {65, 35};
    static const enum panel_id right[] = {PANEL_GUARDS, PANEL_GATE, PANEL_PARAMS, PANEL_JOURNAL,
                                          PANEL_RUNS};
    stack_add(&columns[0], layout, input, PANEL_KPIS);
    stack_add(&columns[0], layout, input, PANEL_DELTAS);
    for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
        stack_add(&columns[1], layout, input, right[i]);
    if (shown(input, PANEL_DELTAS) &&
        body.height >= KPI_HEIGHT + deltas_minimum(input) + DETAIL_HEIGHT) {
        body.height -= DETAIL_HEIGHT;
        layout->detail = (struct rect){body.x, body.y + body.height, body.width, DETAIL_HEIGHT};
    }
    columns_place(columns, widths, 2, body);
}

static void place_three(struct layout *layout, const struct layout_input *input, struct rect body)
{
    struct stack columns[3] = {{0}, {0}, {0}};
    static const int widths[3] = {34, 42, 24};
    stack_add(&columns[0], layout, input, PANEL_KPIS);
    stack_add(&columns[0], layout, input, PANEL_RUNS);
    stack_add(&columns[1], layout, input, PANEL_DELTAS);
    if (shown(input, PANEL_DELTAS)) {
        struct slot detail = {
            .target = &layout->detail, .minimum = DETAIL_HEIGHT, .want = DETAIL_HEIGHT + 1};
        columns[1].slot[columns[1].count++] = detail;
    }
    stack_add(&columns[1], layout, input, PANEL_JOURNAL);
    stack_add(&columns[2], layout, input, PANEL_GATE);
    stack_add(&columns[2], layout, input, PANEL_GUARDS);
    stack_add(&columns[2], layout, input, PANEL_PARAMS);
    columns_place(columns, widths, 3, body);
}

static void place_columns(struct layout *layout, const struct layout_input *input, struct rect body)
{
    if (layout->kind == LAYOUT_TWO)
        place_two(layout, input, body);
    else
        place_three(layout, input, body);
}

/* The focused panel has the upper half, from side to side; below it the others stand in their
 * columns, as if the screen were that much lower. */
static void place_half(struct layout *layout, const struct layout_input *input, struct rect body)
{
    struct layout_input others = *input;
    if (first_other(input) == PANEL_COUNT) {
        place_full(layout, input, body);
        return;
    }
    take_top(&layout->panel[input->focus], &body, (body.height + 1) / 2);
    others.open[input->focus] = false;
    others.focus = PANEL_COUNT;
    others.height -= layout->panel[input->focus].height;
    place_columns(layout, &others, body);
}

static enum layout_kind kind_of(int width, int height)
{
    if (width < 40 || height < 8)
        return LAYOUT_LINE;
    if (width < 60 || height < 16)
        return LAYOUT_SMALL;
    if (width < 100)
        return LAYOUT_TABS;
    return width < 160 ? LAYOUT_TWO : LAYOUT_THREE;
}

struct layout layout_compute(const struct layout_input *input)
{
    struct layout layout = {.kind = kind_of(input->width, input->height),
                            .width = input->width,
                            .height = input->height};
    if (layout.kind == LAYOUT_LINE) {
        place_line(&layout, input);
        return layout;
    }
    if (layout.kind == LAYOUT_SMALL) {
        place_small(&layout, input);
        return layout;
    }
    struct rect body = place_edges(&layout, input);
    if (layout.kind == LAYOUT_TABS && input->size != PANEL_FULL)
        place_tabs(&layout, input, body);
    else if (input->size == PANEL_FULL)
        place_full(&layout, input, body);
    else if (input->size == PANEL_HALF)
        place_half(&layout, input, body);
    else
        place_columns(&layout, input, body);
    return layout;
}
