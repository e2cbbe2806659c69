/* test_chart_at: the cell under the mouse is the iteration that is drawn there. */
#include "config.h"

#include "fixture.h"
#include "harness.h"
#include "suites.h"
#include "ui/chart_at.h"

static struct fixture fixture;
static struct view *const view = &fixture.view;

/* The columns of a row of the screen name iterations that never go back; how many it names. */
static int check_row(const struct layout *layout, int y)
{
    int last = 0, named = 0;
    for (int x = 0; x < layout->width; x++) {
        int number = chart_iteration_at(view, layout, x, y);
        if (number != 0 && number < last)
            ck_abort_msg("at %d,%d: %d after %d", x, y, number, last);
        named += number > last;
        last = number > last ? number : last;
    }
    return named;
}

START_TEST(each_recorded_iteration_has_its_cell_in_the_rails)
{
    fixture_init(&fixture, 18);
    struct layout layout = compose_layout(view, 80, 24);
    ck_assert_int_eq(check_row(&layout, layout.rail_kpi.y), 18);
    ck_assert_int_eq(check_row(&layout, layout.rail_event.y), 18);
    ck_assert_int_eq(chart_iteration_at(view, &layout, 8, layout.rail_kpi.y), 1);
    ck_assert_int_eq(chart_iteration_at(view, &layout, 7, layout.rail_kpi.y), 0);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(each_recorded_iteration_has_its_column_in_the_graphs)
{
    fixture_init(&fixture, 18);
    view->focus = PANEL_KPIS;
    view->size = PANEL_FULL;
    struct layout layout = compose_layout(view, 120, 60);
    struct rect panel = layout.panel[PANEL_KPIS];
    ck_assert_int_eq(check_row(&layout, panel.y + 4), 18);
    ck_assert_int_eq(check_row(&layout, panel.y), 0);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(elsewhere_is_no_iteration)
{
    fixture_init(&fixture, 18);
    for (int width = 1; width < 220; width += 9)
        for (int height = 1; height < 64; height += 5) {
            struct layout layout = compose_layout(view, width, height);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) {
                    int number = chart_iteration_at(view, &layout, x, y);
                    if (number < 0 || number > 18 || (number > 0 && y == layout.keys.y))
                        ck_abort_msg("%dx%d: %d at %d,%d", width, height, number, x, y);
                }
        }
    fixture_fini(&fixture);
}
END_TEST

Suite *chart_at_suite(void)
{
    const TTest *const list[] = {
        each_recorded_iteration_has_its_cell_in_the_rails,
        each_recorded_iteration_has_its_column_in_the_graphs,
        elsewhere_is_no_iteration,
        NULL,
    };
    return harness_suite("chart_at", list, 20);
}
