/* test_compose: the whole screen at the sizes that matter, and at every small one. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "harness.h"
#include "suites.h"

static struct fixture fixture;
static struct view *const view = &fixture.view;

static size_t rows_of(const char *text)
{
    size_t rows = 0;
    for (; *text; text++)
        rows += *text == '\n';
    return rows;
}

static void check_has(const char *text, const char *wanted)
{
    ck_assert_msg(strstr(text, wanted) != NULL, "no \"%s\" in:\n%s", wanted, text);
}

START_TEST(every_size_is_drawn_whole_and_nothing_is_wider)
{
    fixture_init(&fixture, 18);
    fixture_propose(&fixture);
    for (int id = 0; id < PANEL_COUNT; id++) {
        view->focus = (enum panel_id)id;
        for (int width = 1; width <= 210; width += width < 12 ? 1 : 7)
            for (int height = 1; height <= 62; height += height < 26 ? 1 : 9) {
                char *text = fixture_screen(&fixture, width, height);
                ck_assert_uint_eq(rows_of(text), (size_t)height);
                size_t widest = 0;
                for (const char *row = text; *row; row += strcspn(row, "\n") + 1)
                    widest = strcspn(row, "\n") > widest ? strcspn(row, "\n") : widest;
                ck_assert_uint_le(widest, (size_t)width);
                free(text);
            }
    }
    fixture_fini(&fixture);
}
END_TEST

START_TEST(an_empty_run_is_drawn_in_every_panel)
{
    fixture_init(&fixture, 0);
    for (int id = 0; id < PANEL_COUNT; id++) {
        view->focus = (enum panel_id)id;
        view->size = PANEL_FULL;
        char *text = fixture_screen(&fixture, 100, 30);
        ck_assert_uint_eq(rows_of(text), 30);
        free(text);
    }
    fixture_fini(&fixture);
}
END_TEST

START_TEST(gaps_and_failures_are_drawn_without_numbers)
{
    fixture_init(&fixture, 12);
    for (int number = 9; number <= 12; number++) {
        struct iteration *hole = iteration_new(number);
        hole->state = number % 2 ? ITERATION_GAP : ITERATION_FAILED;
        run_put_iteration_take(&view->run, hole);
    }
    view->judged = false;
    char *text = fixture_screen(&fixture, 80, 24);
    check_has(text, " kpi    F  F  F  F  W  P  P  P  _  !  _  !>");
    check_has(text, "| maker/taker      n/a        mean");
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(what_waits_has_the_row_that_nobody_else_needs)
{
    fixture_init(&fixture, 18);
    fixture_propose(&fixture);
    char *text = fixture_screen(&fixture, 60, 16), *row = fixture_row(text, 14);
    check_has(row, "it 19 waits for you");
    free(row);
    free(text);
    view_say(view, false, "said");
    text = fixture_screen(&fixture, 60, 16);
    row = fixture_row(text, 14);
    check_has(row, "said");
    free(row);
    free(text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(ascii_means_ascii_on_the_whole_screen)
{
    fixture_init(&fixture, 18);
    fixture_propose(&fixture);
    char *text = fixture_screen(&fixture, 200, 60);
    for (const char *p = text; *p; p++)
        ck_assert((*p >= ' ' && *p <= '~') || *p == '\n');
    free(text);
    fixture_fini(&fixture);
}
END_TEST

Suite *compose_suite(void)
{
    const TTest *const list[] = {
        every_size_is_drawn_whole_and_nothing_is_wider,
        an_empty_run_is_drawn_in_every_panel,
        gaps_and_failures_are_drawn_without_numbers,
        what_waits_has_the_row_that_nobody_else_needs,
        ascii_means_ascii_on_the_whole_screen,
        NULL,
    };
    return harness_suite("compose", list, 60);
}
