/* test_canvas: text, wide characters, clipping, safe text and frames. */
#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "suites.h"
#include "ui/canvas.h"

static struct rect all(const struct canvas *canvas)
{
    return (struct rect){0, 0, canvas->width, canvas->height};
}

/* The canvas as text equals WANTED; frees the canvas. */
static void check_dump(struct canvas *canvas, const char *wanted)
{
    char *text = canvas_dump(canvas);
    ck_assert_str_eq(text, wanted);
    free(text);
    canvas_fini(canvas);
}

START_TEST(text_is_cut_at_the_clip)
{
    struct canvas canvas;
    canvas_init(&canvas, 10, 2, CHARSET_BRAILLE);
    ck_assert_int_eq(canvas_text(&canvas, (struct rect){2, 0, 4, 1}, 0, 0, STYLE_TEXT, "abcdefgh"),
                     8);
    canvas_text(&canvas, (struct rect){2, 0, 4, 1}, 2, 1, STYLE_TEXT, "below");
    check_dump(&canvas, "  cdef\n\n");
}
END_TEST

START_TEST(wide_characters_take_two_cells)
{
    struct canvas canvas;
    canvas_init(&canvas, 6, 3, CHARSET_BRAILLE);
    ck_assert_int_eq(canvas_text(&canvas, all(&canvas), 0, 0, STYLE_TEXT, "\u65e5\u672cx"), 5);
    ck_assert_uint_eq(canvas.cell[1].code, 0);
    canvas_text(&canvas, all(&canvas), 5, 1, STYLE_TEXT, "\u65e5");
    canvas_text(&canvas, (struct rect){1, 2, 5, 1}, 0, 2, STYLE_TEXT, "\u65e5y");
    ck_assert_int_eq(text_columns("\u65e5\u672cx"), 5);
    check_dump(&canvas, "\u65e5\u672cx\n\n  y\n");
}
END_TEST

START_TEST(overwriting_half_of_a_wide_character_blanks_the_other_half)
{
    struct canvas canvas;
    canvas_init(&canvas, 6, 1, CHARSET_BRAILLE);
    canvas_text(&canvas, all(&canvas), 0, 0, STYLE_TEXT, "\u65e5\u672c");
    canvas_put(&canvas, all(&canvas), 1, 0, STYLE_TEXT, 'a');
    canvas_put(&canvas, all(&canvas), 2, 0, STYLE_TEXT, 'b');
    check_dump(&canvas, " ab\n");
}
END_TEST

START_TEST(a_combining_mark_stays_with_its_letter)
{
    struct canvas canvas;
    canvas_init(&canvas, 4, 1, CHARSET_BRAILLE);
    ck_assert_int_eq(canvas_text(&canvas, all(&canvas), 0, 0, STYLE_TEXT, "e\u0301f"), 2);
    ck_assert_uint_eq(canvas.cell[0].mark, 0x301);
    check_dump(&canvas, "e\u0301f\n");
}
END_TEST

START_TEST(control_characters_are_made_visible)
{
    struct canvas canvas;
    canvas_init(&canvas, 20, 1, CHARSET_ASCII);
    canvas_text(&canvas, all(&canvas), 0, 0, STYLE_TEXT, "a\x1b[2Jb\n");
    check_dump(&canvas, "a\\x1b[2Jb\\x0a\n");
}
END_TEST

START_TEST(ascii_has_a_stand_in_for_everything)
{
    struct canvas canvas;
    canvas_init(&canvas, 12, 1, CHARSET_ASCII);
    canvas_text(&canvas, all(&canvas), 0, 0, STYLE_TEXT,
                "\u2500\u2502\u2022\u2588\u65e5\u00e9\u2192");
    for (int x = 0; x < canvas.width; x++)
        ck_assert_uint_lt(canvas.cell[x].code, 0x7f);
    check_dump(&canvas, "-|*#?\?\?>\n");
}
END_TEST

START_TEST(a_frame_holds_title_and_hint_and_tells_the_focus_without_colour)
{
    struct canvas canvas;
    canvas_init(&canvas, 24, 6, CHARSET_ASCII);
    struct rect in = canvas_frame(&canvas, (struct rect){0, 0, 24, 3}, "1 KPIs", "f zoom", false);
    ck_assert_int_eq(in.x, 1);
    ck_assert_int_eq(in.y, 1);
    ck_assert_int_eq(in.width, 22);
    ck_assert_int_eq(in.height, 1);
    canvas_frame(&canvas, (struct rect){0, 3, 24, 3}, "1 KPIs", "far too long for this", true);
    check_dump(&canvas, "+-1 KPIs ----- f zoom -+\n"
                        "|                      |\n"
                        "+----------------------+\n"
                        "+=1 KPIs ==============+\n"
                        "|                      |\n"
                        "+======================+\n");
}
END_TEST

START_TEST(frames_of_any_size_stay_inside)
{
    for (int width = -1; width < 12; width++)
        for (int height = -1; height < 5; height++) {
            struct canvas canvas;
            canvas_init(&canvas, 12, 5, CHARSET_BLOCK);
            struct rect in = canvas_frame(&canvas, (struct rect){1, 1, width, height},
                                          "title \u65e5", "hint", true);
            ck_assert_int_ge(in.width, 0);
            ck_assert_int_ge(in.height, 0);
            ck_assert_uint_eq(canvas.cell[0].code, ' ');
            canvas_fini(&canvas);
        }
}
END_TEST

START_TEST(nothing_outside_the_canvas_is_touched)
{
    struct canvas canvas;
    canvas_init(&canvas, 3, 2, CHARSET_BRAILLE);
    struct rect huge = {-100, -100, 2147483647, 2147483647};
    canvas_fill(&canvas, huge, STYLE_TEXT, '.');
    canvas_text(&canvas, huge, -2, 1, STYLE_TEXT, "abcdefg");
    canvas_text(&canvas, huge, 0, 7, STYLE_TEXT, "below");
    canvas_put(&canvas, huge, 3, 0, STYLE_TEXT, 'x');
    canvas_restyle(&canvas, huge, STYLE_CURSOR);
    ck_assert_int_eq(canvas.cell[5].style, STYLE_CURSOR);
    check_dump(&canvas, "...\ncde\n");
}
END_TEST

START_TEST(right_aligned_text_ends_before_its_column)
{
    struct canvas canvas;
    canvas_init(&canvas, 8, 1, CHARSET_ASCII);
    canvas_text_right(&canvas, all(&canvas), 6, 0, STYLE_TEXT, "0.43");
    check_dump(&canvas, "  0.43\n");
}
END_TEST

Suite *canvas_suite(void)
{
    const TTest *const list[] = {
        text_is_cut_at_the_clip,
        wide_characters_take_two_cells,
        overwriting_half_of_a_wide_character_blanks_the_other_half,
        a_combining_mark_stays_with_its_letter,
        control_characters_are_made_visible,
        ascii_has_a_stand_in_for_everything,
        a_frame_holds_title_and_hint_and_tells_the_focus_without_colour,
        frames_of_any_size_stay_inside,
        nothing_outside_the_canvas_is_touched,
        right_aligned_text_ends_before_its_column,
        NULL,
    };
    return harness_suite("canvas", list, 5);
}
