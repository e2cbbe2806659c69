/* test_lines: header, tabs, rails and what is left of them on small screens. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "harness.h"
#include "suites.h"
#include "ui/header.h"
#include "ui/rails.h"
#include "ui/small.h"

static struct fixture fixture;
static struct view *const view = &fixture.view;

typedef void row_drawer(const struct view *view, struct canvas *canvas, struct rect row);

/* One row drawn by DRAW, WIDTH columns, without its line end; in a static buffer. */
static const char *drawn(row_drawer *draw, int width)
{
    static char text[1024];
    struct canvas canvas;
    view_refresh(view);
    canvas_init(&canvas, width, 1, CHARSET_ASCII);
    draw(view, &canvas, (struct rect){0, 0, width, 1});
    char *dump = canvas_dump(&canvas);
    dump[strcspn(dump, "\n")] = '\0';
    ck_assert_uint_lt(strlen(dump), sizeof text);
    strcpy(text, dump);
    free(dump);
    canvas_fini(&canvas);
    return text;
}

static enum style style_at(row_drawer *draw, int width, int x)
{
    struct canvas canvas;
    view_refresh(view);
    canvas_init(&canvas, width, 1, CHARSET_ASCII);
    draw(view, &canvas, (struct rect){0, 0, width, 1});
    enum style style = canvas.cell[x].style;
    canvas_fini(&canvas);
    return style;
}

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

START_TEST(the_header_says_run_mode_iteration_countdown_rights_and_gate)
{
    fixture_init(&fixture, 18);
    const char *text = drawn(header_draw, 80);
    ck_assert_str_eq(text, " soak/latest  LIVE  it 18/24  next 3m12s            "
                           "[RW]  manual  gate PASS 8/8");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_wide_header_has_bar_end_and_thresholds_too)
{
    fixture_init(&fixture, 4);
    const char *text = drawn(header_draw, 160);
    ck_assert_msg(has(text, "[##----------]"), "%s", text);
    ck_assert_msg(has(text, "end ~"), "%s", text);
    ck_assert_msg(has(text, "thr=strict"), "%s", text);
    ck_assert_msg(has(text, "gate FAIL 0/8"), "%s", text);
    ck_assert_msg(has(text, "PASS from it 10"), "%s", text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(what_happened_while_nobody_looked_stands_in_a_wide_header)
{
    fixture_init(&fixture, 18);
    view->looked.key_ms = 1;
    view->mono_ms = view->looked.key_ms + 47 * 60000;
    view->looked.count = (int)view->run.count - 9;
    view->looked.events = view->run.event_count;
    ck_assert(has(drawn(header_draw, 200), "since you looked (47m): +9 it"));
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_header_is_never_wider_than_its_row)
{
    fixture_init(&fixture, 18);
    view->run.source = SOURCE_MOCK;
    view_freeze(view);
    for (int width = 1; width < 200; width++) {
        struct canvas canvas;
        canvas_init(&canvas, 220, 1, CHARSET_ASCII);
        header_draw(view, &canvas, (struct rect){0, 0, width, 1});
        for (int x = width; x < canvas.width; x++)
            ck_assert_uint_eq(canvas.cell[x].code, ' ');
        canvas_fini(&canvas);
    }
    fixture_fini(&fixture);
}
END_TEST

START_TEST(modes_never_look_alike)
{
    fixture_init(&fixture, 18);
    ck_assert_int_eq(style_at(header_draw, 80, 40), STYLE_HEADER);
    view_freeze(view);
    view->mono_ms += 130000;
    struct message *message = message_new(MESSAGE_ITERATION);
    message->iteration = fixture_iteration(&fixture.config, 19);
    view_fold_take(view, message);
    const char *text = drawn(header_draw, 80);
    ck_assert_msg(has(text, "FROZEN 2m +1 new"), "%s", text);
    ck_assert_int_eq(style_at(header_draw, 80, 79), STYLE_HEADER_MODE);
    view_newest(view);
    view->mode = VIEW_REPLAY;
    view_show(view, 7);
    text = drawn(header_draw, 80);
    ck_assert_msg(has(text, "REPLAY") && has(text, "it 7/19") && has(text, "[RO]"), "%s", text);
    ck_assert_int_eq(style_at(header_draw, 80, 79), STYLE_HEADER_MODE);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_mock_says_so_at_every_width_that_holds_a_word_of_it)
{
    fixture_init(&fixture, 18);
    view->run.source = SOURCE_MOCK;
    for (int width = 40; width <= 200; width += 20)
        ck_assert_msg(has(drawn(header_draw, width), "MOCK"), "%d", width);
    ck_assert(has(drawn(small_draw_line, 39), "MOCK"));
    fixture_fini(&fixture);
}
END_TEST

START_TEST(a_gate_that_runs_is_seen_everywhere)
{
    fixture_init(&fixture, 18);
    struct message *message = message_new(MESSAGE_GATE_PROGRESS);
    message->gate_strict = true;
    message->step = GATE_VERIFY;
    view_fold_take(view, message);
    view->mono_ms += 3000;
    const char *text = drawn(header_draw, 120);
    ck_assert_msg(has(text, "strict gate runs 3/5 3s"), "%s", text);
    ck_assert_int_eq(view_tick_ms(view), 1000);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(failed_and_missing_iterations_are_counted)
{
    fixture_init(&fixture, 18);
    view->run.iteration[4]->state = ITERATION_FAILED;
    view->run.iteration[6]->state = ITERATION_GAP;
    view->judged = false;
    const char *text = drawn(header_draw, 160);
    ck_assert_msg(has(text, "1 failed  1 missing"), "%s", text);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(tabs_name_every_panel_and_the_focus_in_capitals)
{
    fixture_init(&fixture, 18);
    view->focus = PANEL_GUARDS;
    ck_assert_str_eq(
        drawn(header_draw_tabs, 80),
        " [1 KPIs N] [2 Deltas] [3 Params] [4 GUARDS 1!] [5 Gate] [6 Runs] [7 Journal]");
    ck_assert_str_eq(drawn(header_draw_tabs, 60),
                     " 1 KPI N 2 Del 3 Par 4 GUA 1! 5 Gat 6 Run 7 Jou");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_kpi_rail_has_a_letter_an_iteration_and_room_for_those_to_come)
{
    fixture_init(&fixture, 9);
    ck_assert_str_eq(drawn(rails_draw_kpi, 80),
                     " kpi    F  F  F  F  W  P  P  P  P> .  .  .  .  .  .  .  .  .  .  .  .  .  .  "
                     ".");
    ck_assert_str_eq(drawn(rails_draw_event, 80), " event  A  A  A  -  -  A  A  Z  -");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_kpi_rail_underlines_what_passes_all_four)
{
    fixture_init(&fixture, 24);
    /* Iteration 6: P, but maker/taker 0.75 is below 0.85; iteration 8 passes all four. */
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 5 * 3), STYLE_PASS);
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 7 * 3), STYLE_PASS_ALL);
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 0 * 3), STYLE_FAIL);
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 4 * 3), STYLE_RAIL_WARN);
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 23 * 3), STYLE_PASS_ALL);
    view_show(view, 24);
    ck_assert_int_eq(style_at(rails_draw_kpi, 80, 8 + 23 * 3), STYLE_CURSOR);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_event_rail_shows_the_most_telling_event)
{
    struct iteration *iteration = iteration_new(1);
    ck_assert_int_eq(rail_event_letter(iteration), '-');
    iteration->skip = SKIP_FREEZE;
    ck_assert_int_eq(rail_event_letter(iteration), 'Z');
    iteration->skip |= SKIP_COOLDOWN;
    ck_assert_int_eq(rail_event_letter(iteration), 'C');
    iteration->skip |= SKIP_OSCILLATION;
    ck_assert_int_eq(rail_event_letter(iteration), 'O');
    iteration->skip |= SKIP_VELOCITY;
    ck_assert_int_eq(rail_event_letter(iteration), 'V');
    iteration->skip |= SKIP_OPERATOR;
    ck_assert_int_eq(rail_event_letter(iteration), 'x');
    iteration->applied = true;
    ck_assert_int_eq(rail_event_letter(iteration), 'A');
    strcpy(iteration->rolled_back_at, "2025-01-01T00:00:00Z");
    ck_assert_int_eq(rail_event_letter(iteration), 'r');
    iteration->state = ITERATION_FAILED;
    ck_assert_int_eq(rail_kpi_letter(iteration), '!');
    iteration->state = ITERATION_GAP;
    ck_assert_int_eq(rail_kpi_letter(iteration), '_');
    ck_assert_int_eq(rail_event_letter(iteration), '_');
    iteration_free(iteration);
}
END_TEST

START_TEST(a_waiting_proposal_is_a_question_mark)
{
    fixture_init(&fixture, 9);
    fixture_propose(&fixture);
    ck_assert_str_eq(drawn(rails_draw_event, 80), " event  A  A  A  -  -  A  A  Z  -  ?");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(the_rails_of_a_long_run_show_the_worst_of_a_column)
{
    fixture_init(&fixture, 24);
    view->run.planned = 1000;
    /* 21 columns: two iterations share one. */
    ck_assert_str_eq(drawn(rails_draw_kpi, 30), " kpi    FFWPPPPPPPPP>........");
    ck_assert_str_eq(drawn(rails_draw_event, 30), " event  AAAA-Z-Z-Z-Z");
    view_show(view, 1);
    ck_assert_int_eq(style_at(rails_draw_kpi, 30, 8), STYLE_CURSOR);
    fixture_fini(&fixture);
}
END_TEST

START_TEST(stretched_rails_scroll_with_the_cursor)
{
    fixture_init(&fixture, 24);
    view->time = (struct timeaxis){.fixed = true, .power = 2};
    ck_assert_str_eq(drawn(rails_draw_kpi, 30), " kpi   <P   P   P   P   P>");
    view_show(view, 1);
    ck_assert_str_eq(drawn(rails_draw_kpi, 30), " kpi    F>  F   F   F   W");
    fixture_fini(&fixture);
}
END_TEST

START_TEST(one_line_says_the_worst_and_cuts_no_word)
{
    fixture_init(&fixture, 4);
    ck_assert_str_eq(drawn(small_draw_line, 39), "FAIL 0/8 risk .564 FAIL 3 RW");
    ck_assert_str_eq(drawn(small_draw_line, 20), "FAIL 0/8 risk .564");
    ck_assert_str_eq(drawn(small_draw_line, 10), "FAIL 0/8");
    ck_assert_str_eq(drawn(small_draw_line, 5), "FAIL");
    fixture_fini(&fixture);
    fixture_init(&fixture, 11);
    fixture_propose(&fixture);
    view->run.planned = 0;
    ck_assert_str_eq(drawn(small_draw_line, 39), "WARN 5/8 risk .300 FAIL 1 2 staged RW");
    fixture_fini(&fixture);
}
END_TEST

Suite *lines_suite(void)
{
    const TTest *const list[] = {
        the_header_says_run_mode_iteration_countdown_rights_and_gate,
        a_wide_header_has_bar_end_and_thresholds_too,
        what_happened_while_nobody_looked_stands_in_a_wide_header,
        the_header_is_never_wider_than_its_row,
        modes_never_look_alike,
        a_mock_says_so_at_every_width_that_holds_a_word_of_it,
        a_gate_that_runs_is_seen_everywhere,
        failed_and_missing_iterations_are_counted,
        tabs_name_every_panel_and_the_focus_in_capitals,
        the_kpi_rail_has_a_letter_an_iteration_and_room_for_those_to_come,
        the_kpi_rail_underlines_what_passes_all_four,
        the_event_rail_shows_the_most_telling_event,
        a_waiting_proposal_is_a_question_mark,
        the_rails_of_a_long_run_show_the_worst_of_a_column,
        stretched_rails_scroll_with_the_cursor,
        one_line_says_the_worst_and_cuts_no_word,
        NULL,
    };
    return harness_suite("lines", list, 10);
}
