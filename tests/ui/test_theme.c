/* test_theme: what each style looks like with and without colours. */
#include "config.h"

#include "harness.h"
#include "suites.h"
#include "ui/theme.h"

START_TEST(pass_warn_and_fail_differ_without_colours)
{
    unsigned pass = theme_look(STYLE_PASS, COLOUR_NONE).attributes;
    unsigned warn = theme_look(STYLE_WARN, COLOUR_NONE).attributes;
    unsigned fail = theme_look(STYLE_FAIL, COLOUR_NONE).attributes;
    ck_assert_uint_ne(pass, warn);
    ck_assert_uint_ne(warn, fail);
    ck_assert_uint_ne(pass, fail);
    ck_assert_uint_eq(warn, LOOK_UNDERLINE);
    ck_assert_uint_eq(fail, LOOK_REVERSE);
    ck_assert(theme_look(STYLE_PASS_ALL, COLOUR_NONE).attributes & LOOK_UNDERLINE);
    for (int style = 0; style < STYLE_COUNT; style++)
        ck_assert_int_eq(theme_look((enum style)style, COLOUR_NONE).foreground, -1);
}
END_TEST

START_TEST(the_modes_fill_the_header_in_reverse)
{
    ck_assert(theme_look(STYLE_HEADER_MODE, COLOUR_256).attributes & LOOK_REVERSE);
    ck_assert(!(theme_look(STYLE_HEADER, COLOUR_256).attributes & LOOK_REVERSE));
}
END_TEST

START_TEST(colours_follow_the_palette)
{
    ck_assert_int_eq(theme_look(STYLE_PASS, COLOUR_8).foreground, 6); /* cyan */
    ck_assert_int_eq(theme_look(STYLE_WARN, COLOUR_8).foreground, 3); /* yellow */
    ck_assert_int_eq(theme_look(STYLE_FAIL, COLOUR_8).foreground, 5); /* magenta */
    ck_assert_int_eq(theme_look(STYLE_FAIL, COLOUR_256).foreground, 166);
    ck_assert_int_eq(theme_look(STYLE_FAIL, COLOUR_DIRECT).foreground, 0xd55e00);
}
END_TEST

START_TEST(no_color_and_poor_terminals_get_attributes_only)
{
    ck_assert_int_eq(theme_depth(256, "1"), COLOUR_NONE);
    ck_assert_int_eq(theme_depth(256, ""), COLOUR_256);
    ck_assert_int_eq(theme_depth(256, NULL), COLOUR_256);
    ck_assert_int_eq(theme_depth(16, NULL), COLOUR_8);
    ck_assert_int_eq(theme_depth(8, NULL), COLOUR_8);
    ck_assert_int_eq(theme_depth(-1, NULL), COLOUR_NONE);
    ck_assert_int_eq(theme_depth(0x1000000, NULL), COLOUR_DIRECT);
}
END_TEST

START_TEST(the_codeset_decides_what_is_drawn_with)
{
    ck_assert_int_eq(theme_charset("ANSI_X3.4-1968", "xterm-256color"), CHARSET_ASCII);
    ck_assert_int_eq(theme_charset(NULL, "xterm"), CHARSET_ASCII);
    ck_assert_int_eq(theme_charset("UTF-8", "xterm-256color"), CHARSET_BRAILLE);
    ck_assert_int_eq(theme_charset("utf8", NULL), CHARSET_BRAILLE);
    ck_assert_int_eq(theme_charset("UTF-8", "linux"), CHARSET_BLOCK);
}
END_TEST

Suite *theme_suite(void)
{
    const TTest *const list[] = {
        pass_warn_and_fail_differ_without_colours,
        the_modes_fill_the_header_in_reverse,
        colours_follow_the_palette,
        no_color_and_poor_terminals_get_attributes_only,
        the_codeset_decides_what_is_drawn_with,
        NULL,
    };
    return harness_suite("theme", list, 5);
}
