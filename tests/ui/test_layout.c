/* layout: properties that hold at every size, and the three sizes of the specification. */
#include "config.h"

#include "suites.h"
#include "harness.h"
#include "ui/layout.h"

enum { RECTS = 8 + PANEL_COUNT };

static size_t rects_of(const struct layout *layout, struct rect *rects)
{
    size_t count = 0;
    rects[count++] = layout->header;
    rects[count++] = layout->rail_kpi;
    rects[count++] = layout->rail_event;
    rects[count++] = layout->tabs;
    rects[count++] = layout->detail;
    rects[count++] = layout->status;
    rects[count++] = layout->staged;
    rects[count++] = layout->keys;
    for (int id = 0; id < PANEL_COUNT; id++)
        rects[count++] = layout->panel[id];
    return count;
}

static bool is_empty(struct rect r)
{
    return r.width == 0 || r.height == 0;
}

static bool overlap(struct rect a, struct rect b)
{
    return !is_empty(a) && !is_empty(b) && a.x < b.x + b.width && b.x < a.x + a.width &&
           a.y < b.y + b.height && b.y < a.y + a.height;
}

static bool inside(struct rect r, int width, int height)
{
    return r.x >= 0 && r.y >= 0 && r.width >= 0 && r.height >= 0 && r.x + r.width <= width &&
           r.y + r.height <= height;
}

static void check_one(const struct layout_input *input)
{
    struct layout layout = layout_compute(input);
    struct rect rects[RECTS];
    size_t count = rects_of(&layout, rects);
    for (size_t i = 0; i < count; i++) {
        if (!inside(rects[i], input->width, input->height))
            ck_abort_msg("%dx%d: rectangle %zu leaves the screen", input->width, input->height, i);
        for (size_t j = 0; j < i; j++)
            if (overlap(rects[i], rects[j]))
                ck_abort_msg("%dx%d: rectangles %zu and %zu overlap", input->width, input->height,
                             i, j);
    }
    if (is_empty(layout.header))
        ck_abort_msg("%dx%d: no header", input->width, input->height);
    if (layout.kind >= LAYOUT_TABS && layout.panel[input->focus].height < 3)
        ck_abort_msg("%dx%d: panel %u has the focus and no place", input->width, input->height,
                     (unsigned)input->focus);
}

/* Every focus and every size of the panel with the set of open panels. */
static void check_set(int width, int height, unsigned set)
{
    for (int focus = 0; focus < PANEL_COUNT; focus++)
        for (int size = 0; size < PANEL_SIZES; size++) {
            struct layout_input input = {.width = width,
                                         .height = height,
                                         .focus = (enum panel_id)focus,
                                         .size = (enum panel_size)size,
                                         .delta_rows = (width + height + focus) % 17};
            for (int id = 0; id < PANEL_COUNT; id++)
                input.open[id] = (set >> id) & 1u;
            check_one(&input);
        }
}

enum { ALL_SETS = 1 << PANEL_COUNT };

START_TEST(nothing_overlaps_or_leaves_the_screen_from_1x1_to_200x80)
{
    for (int width = 1; width <= 200; width++)
        for (int height = 1; height <= 80; height++) {
            check_set(width, height, ALL_SETS - 1);
            check_set(width, height, (unsigned)(width * 31 + height * 17) % ALL_SETS);
        }
}
END_TEST

/* Each side of every width and height at which a layout begins, and some between. */
START_TEST(nor_does_it_with_any_set_of_open_panels)
{
    static const int widths[] = {1, 20, 39, 40, 59, 60, 80, 99, 100, 120, 159, 160, 200};
    static const int heights[] = {1, 4, 7, 8, 15, 16, 18, 20, 22, 24, 31, 40, 53, 60, 80};
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
        for (size_t h = 0; h < sizeof heights / sizeof *heights; h++)
            for (unsigned set = 0; set < ALL_SETS; set++)
                check_set(widths[w], heights[h], set);
}
END_TEST

/* The focused panel of half size has half of what lies between the edges, the others the rest. */
START_TEST(half_is_half_of_the_body_in_every_layout)
{
    static const int screens[][2] = {{80, 24},  {80, 50},  {120, 40},
                                     {159, 70}, {160, 40}, {200, 60}};
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        for (int focus = 0; focus < PANEL_COUNT; focus++) {
            struct layout_input input = {.width = screens[i][0],
                                         .height = screens[i][1],
                                         .focus = (enum panel_id)focus,
                                         .size = PANEL_HALF,
                                         .delta_rows = 4};
            for (int id = 0; id < PANEL_COUNT; id++)
                input.open[id] = true;
            struct layout layout = layout_compute(&input);
            int top = layout.rail_event.y + layout.rail_event.height, others = 0;
            int body = layout.status.y - top, height = layout.panel[focus].height;
            ck_assert_msg(2 * height >= body - 2 && 2 * height <= body + 2,
                          "%dx%d panel %d: %d of %d", input.width, input.height, focus, height,
                          body);
            ck_assert_int_eq(layout.panel[focus].width, input.width);
            for (int id = 0; id < PANEL_COUNT; id++)
                others += id != focus && layout.panel[id].height > 0;
            ck_assert_int_gt(others, 0);
        }
}
END_TEST

static struct layout open_all(int width, int height, enum panel_id focus)
{
    struct layout_input input = {.width = width, .height = height, .focus = focus, .delta_rows = 4};
    for (int id = 0; id < PANEL_COUNT; id++)
        input.open[id] = id != PANEL_RUNS;
    return layout_compute(&input);
}

START_TEST(at_80x24_the_rows_are_those_of_the_picture)
{
    struct layout layout = open_all(80, 24, PANEL_DELTAS);
    ck_assert_int_eq(layout.kind, LAYOUT_TABS);
    ck_assert_int_eq(layout.rail_kpi.y, 1);
    ck_assert_int_eq(layout.rail_event.y, 2);
    ck_assert_int_eq(layout.panel[PANEL_KPIS].y, 3);
    ck_assert_int_eq(layout.panel[PANEL_KPIS].height, 6);
    ck_assert_int_eq(layout.tabs.y, 9);
    ck_assert_int_eq(layout.panel[PANEL_DELTAS].y, 10);
    ck_assert_int_eq(layout.panel[PANEL_DELTAS].height, 11);
    ck_assert_int_eq(layout.status.y, 21);
    ck_assert_int_eq(layout.staged.y, 22);
    ck_assert_int_eq(layout.keys.y, 23);
    ck_assert_int_eq(layout.panel[PANEL_GATE].width, 0);
}
END_TEST

START_TEST(at_120x40_two_columns_fill_every_row)
{
    struct layout layout = open_all(120, 40, PANEL_DELTAS);
    ck_assert_int_eq(layout.kind, LAYOUT_TWO);
    struct rect kpis = layout.panel[PANEL_KPIS], deltas = layout.panel[PANEL_DELTAS];
    ck_assert_int_eq(kpis.y, 3);
    ck_assert_int_eq(deltas.y, kpis.y + kpis.height);
    ck_assert_int_eq(layout.detail.y, deltas.y + deltas.height);
    ck_assert_int_eq(layout.detail.width, 120);
    ck_assert_int_eq(layout.detail.y + layout.detail.height, 37);
    ck_assert_int_eq(layout.panel[PANEL_GUARDS].x, kpis.width);
    ck_assert_int_eq(kpis.width + layout.panel[PANEL_GUARDS].width, 120);
    ck_assert_int_gt(layout.panel[PANEL_GATE].height, 0);
    ck_assert_int_gt(layout.panel[PANEL_PARAMS].height, 0);
}
END_TEST

START_TEST(at_200x60_every_open_panel_has_a_place)
{
    struct layout layout = open_all(200, 60, PANEL_KPIS);
    ck_assert_int_eq(layout.kind, LAYOUT_THREE);
    for (int id = 0; id < PANEL_COUNT; id++)
        ck_assert_msg((layout.panel[id].height > 0) == (id != PANEL_RUNS), "panel %d", id);
    ck_assert_int_gt(layout.detail.height, 0);
    ck_assert_int_eq(layout.panel[PANEL_GATE].x + layout.panel[PANEL_GATE].width, 200);
}
END_TEST

START_TEST(a_panel_without_room_gets_it_with_the_focus)
{
    ck_assert_int_eq(open_all(120, 40, PANEL_KPIS).panel[PANEL_JOURNAL].height, 0);
    ck_assert_int_gt(open_all(120, 40, PANEL_JOURNAL).panel[PANEL_JOURNAL].height, 0);
    ck_assert_int_gt(open_all(80, 24, PANEL_GUARDS).panel[PANEL_GUARDS].height, 0);
    ck_assert_int_eq(open_all(80, 24, PANEL_GUARDS).panel[PANEL_DELTAS].height, 0);
}
END_TEST

START_TEST(a_full_panel_fills_the_body)
{
    struct layout_input input = {
        .width = 120, .height = 40, .focus = PANEL_DELTAS, .size = PANEL_FULL, .delta_rows = 4};
    struct layout layout = layout_compute(&input);
    ck_assert_int_eq(layout.panel[PANEL_DELTAS].width, 120);
    ck_assert_int_eq(layout.panel[PANEL_DELTAS].height, 33);
    ck_assert_int_eq(layout.panel[PANEL_KPIS].height, 0);
    ck_assert_int_eq(layout.tabs.height, 1);
}
END_TEST

START_TEST(every_line_of_a_proposal_has_a_row_before_detail_and_graphs)
{
    struct layout_input input = {.width = 120, .height = 40, .delta_rows = 16};
    input.open[PANEL_KPIS] = input.open[PANEL_DELTAS] = true;
    struct layout layout = layout_compute(&input);
    ck_assert_int_ge(layout.panel[PANEL_DELTAS].height, 16 + 3);
    ck_assert_int_ge(layout.panel[PANEL_KPIS].height, 6);
}
END_TEST

START_TEST(small_terminals_degrade_to_seven_lines_and_to_one)
{
    struct layout line = open_all(39, 24, PANEL_DELTAS), small = open_all(59, 15, PANEL_DELTAS);
    ck_assert_int_eq(line.kind, LAYOUT_LINE);
    ck_assert_int_eq(open_all(80, 7, PANEL_DELTAS).kind, LAYOUT_LINE);
    ck_assert_int_eq(line.header.height, 1);
    ck_assert_int_eq(line.keys.height, 0);
    ck_assert_int_eq(small.kind, LAYOUT_SMALL);
    ck_assert_int_eq(small.panel[PANEL_KPIS].height, 4);
    ck_assert_int_eq(small.staged.y, 13);
    ck_assert_int_eq(small.keys.y, 14);
    ck_assert_int_eq(small.panel[PANEL_DELTAS].height, 7);
    ck_assert_int_eq(open_all(60, 16, PANEL_DELTAS).kind, LAYOUT_TABS);
}
END_TEST

Suite *layout_suite(void)
{
    const TTest *const tests[] = {
        nothing_overlaps_or_leaves_the_screen_from_1x1_to_200x80,
        nor_does_it_with_any_set_of_open_panels,
        half_is_half_of_the_body_in_every_layout,
        at_80x24_the_rows_are_those_of_the_picture,
        at_120x40_two_columns_fill_every_row,
        at_200x60_every_open_panel_has_a_place,
        a_panel_without_room_gets_it_with_the_focus,
        a_full_panel_fills_the_body,
        every_line_of_a_proposal_has_a_row_before_detail_and_graphs,
        small_terminals_degrade_to_seven_lines_and_to_one,
        NULL,
    };
    return harness_suite("layout", tests, 60);
}
